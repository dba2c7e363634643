"""Who may read an item, and what is internal of it, as conditions in SQL (design.md §3, rule 10)."""

import sqlalchemy as sa
from sqlmodel import col

from tracker.items.list_conditions import Condition, answers_for, cites, helped_by, owed_by, ownership
from tracker.items.models import Item, ItemPassage
from tracker.items.party_models import OwnerState, Position
from tracker.meetings.models import MeetingRapporteur, Visibility
from tracker.people.queries import Sight, records_of


def of_register(body_id: int, sight: Sight) -> Condition:
    """Return the condition that an item is of that register and the reader may see it."""
    is_here = col(Item.body_id) == body_id
    if sight.sees_all_of(body_id):
        return is_here
    if body_id in sight.only_rapporteur_in:
        return sa.and_(is_here, may_read(sight))
    return sa.and_(is_here, col(Item.visibility) == Visibility.PUBLISHED)


def may_read(sight: Sight) -> Condition:
    """Return the condition that the reader may see an item: it is published, or they may read what is internal."""
    return sa.or_(col(Item.visibility) == Visibility.PUBLISHED, reads_inside(sight))


def reads_inside(sight: Sight) -> Condition:
    """Return the condition that the reader may see what is internal of an item: its notes and its unpublished text.

    The register's people may. A person who is only a rapporteur may for items that cite their own meetings, and for
    those that they own, are asked to own, or help with (design.md §3, rule 10).
    """
    ways: list[Condition] = [col(Item.body_id).in_(sight.register_ids - sight.only_rapporteur_in)]
    if sight.only_rapporteur_in and sight.person_id is not None:
        theirs = sa.or_(_of_own_meetings(sight.person_id), _is_theirs(sight.person_id))
        ways.append(sa.and_(col(Item.body_id).in_(sight.only_rapporteur_in), theirs))
    return sa.or_(*ways)


def _of_own_meetings(person_id: int) -> Condition:
    """Return the condition that the item, or a position on it, cites a meeting whose rapporteur the person is."""
    named = col(MeetingRapporteur.person_id).in_(records_of(person_id))
    meetings = sa.select(col(MeetingRapporteur.meeting_id)).where(named)
    return sa.or_(cites(ItemPassage, meetings), cites(Position, meetings))


def _is_theirs(person_id: int) -> Condition:
    """Return the condition that the person owns the item, is asked to own it, or helps."""
    requested = ownership(answers_for(person_id), state=OwnerState.REQUESTED)
    return sa.or_(owed_by(person_id), requested, helped_by(person_id))
