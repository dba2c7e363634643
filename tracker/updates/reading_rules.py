"""Who may read a note and its evidence, as conditions in SQL (design.md §3, rule 10)."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlmodel import col

from tracker.items import reading_rules
from tracker.items.models import Item
from tracker.meetings.models import Visibility
from tracker.people.queries import Sight, records_of
from tracker.updates.models import Update


def may_read(sight: Sight) -> sa.ColumnElement[bool]:
    """Return the condition that the reader may see an update; the statement must join its item.

    A published note is public only once its item is. A person who is only a rapporteur reads their own notes, too.
    """
    # Who may not read the item reads none of its notes, however published: both conditions hold.
    reads_note = sa.or_(
        col(Update.visibility) == Visibility.PUBLISHED, reading_rules.reads_inside(sight), *_by_the_reader(sight)
    )
    return sa.and_(reads_note, reading_rules.may_read(sight))


def _by_the_reader(sight: Sight) -> Iterator[sa.ColumnElement[bool]]:
    if sight.only_rapporteur_in and sight.person_id is not None:
        its_register = col(Item.body_id).in_(sight.only_rapporteur_in)
        yield sa.and_(its_register, col(Update.author_id).in_(records_of(sight.person_id)))
