"""What anyone can read once items or a meeting are published: how much of each kind, and who is named in it."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.db import rows
from tracker.items.models import Item, ItemPassage
from tracker.items.party_models import Position
from tracker.meetings.models import Meeting, Visibility
from tracker.people.models import Party, Person
from tracker.transcripts.models import Passage, Transcript
from tracker.updates.models import Update
from tracker.updates.queries import not_taken_back

_IDS: Any = sa.bindparam("ids", expanding=True)
_IS_PUBLISHED = col(Meeting.visibility) == Visibility.PUBLISHED


@dataclass(frozen=True)
class PublishingEffect:
    """What these items hold for readers from outside, in numbers, and the people named in it, in order of name."""

    items: int
    positions: int
    #: passages of published meetings, whose words are shown
    quotes: int
    #: of meetings that are internal, so that their words stay hidden
    hidden_quotes: int
    #: progress notes that were marked for anyone
    notes: int
    #: those that stay internal
    internal_notes: int
    names: tuple[str, ...]


def effect_of_publishing(session: Session, item_ids: Collection[int]) -> PublishingEffect:
    """Return what publishing these items lets anyone read: four statements, however many items there are."""
    ids = list(item_ids)
    quotes = dict(rows(session, _quotes(), ids=ids))
    notes = dict(rows(session, _notes(), ids=ids))
    [positions] = rows(session, _positions(), ids=ids)
    names = rows(session, _names(), ids=ids)
    return PublishingEffect(
        items=len(ids),
        positions=positions[0],
        quotes=quotes.get(True, 0),
        hidden_quotes=quotes.get(False, 0),
        notes=notes.get(Visibility.PUBLISHED, 0),
        internal_notes=notes.get(Visibility.INTERNAL, 0),
        names=tuple(name for (name,) in names),
    )


def quotes_shown_by(session: Session, meeting_id: int) -> int:
    """Return how many passages of the meeting the register's published items cite: their words appear with it."""
    [[count]] = rows(session, _cited_in_public(), meeting=meeting_id)
    return int(count)


def _cited(*conditions: Any) -> Any:
    """Select the passages that items cite, as passages of their own or with a position, each once."""
    cited: Any = (
        sa.select(col(ItemPassage.passage_id).label("passage"), col(ItemPassage.item_id).label("item")),
        sa.select(col(Position.passage_id), col(Position.item_id)).where(col(Position.passage_id).is_not(None)),
    )
    citing = sa.union_all(*cited).subquery("cited")
    passages = sa.select(citing.c.passage).join(Item, col(Item.id) == citing.c.item)
    return passages.where(*conditions).distinct().subquery("passages")


@cache
def _quotes() -> Any:
    """Count the passages of items by whether their meeting is published; one whose file is missing is hidden."""
    passages = _cited(col(Item.id).in_(_IDS))
    is_shown = sa.func.coalesce(_IS_PUBLISHED, sa.false())
    return (
        sa.select(is_shown, sa.func.count())
        .select_from(passages)
        .join(Passage, col(Passage.id) == passages.c.passage)
        .outerjoin(Transcript, col(Transcript.id) == col(Passage.transcript_id))
        .outerjoin(Meeting, col(Meeting.id) == col(Transcript.meeting_id))
        .group_by(is_shown)
    )


@cache
def _cited_in_public() -> Any:
    passages = _cited(col(Item.visibility) == Visibility.PUBLISHED)
    return (
        sa.select(sa.func.count())
        .select_from(passages)
        .join(Passage, col(Passage.id) == passages.c.passage)
        .join(Transcript, col(Transcript.id) == col(Passage.transcript_id))
        .where(col(Transcript.meeting_id) == sa.bindparam("meeting"))
    )


@cache
def _notes() -> Any:
    notes = sa.select(col(Update.visibility), sa.func.count()).where(col(Update.item_id).in_(_IDS), not_taken_back())
    return notes.where(col(Update.note) != "").group_by(col(Update.visibility))


@cache
def _positions() -> Any:
    return sa.select(sa.func.count()).select_from(Position).where(col(Position.item_id).in_(_IDS))


@cache
def _names() -> Any:
    """Select the people who are named as proposers, as taking a position, or as reporting what others said."""
    of_items = col(Item.id).in_(_IDS)
    of_positions = col(Position.item_id).in_(_IDS)
    parties: Any = sa.union(
        sa.select(col(Item.put_forward_by)).where(of_items), sa.select(col(Position.party_id)).where(of_positions)
    )
    reporters: Any = sa.union(
        sa.select(col(Item.reported_by)).where(of_items), sa.select(col(Position.reported_by)).where(of_positions)
    )
    people = sa.select(col(Party.person_id)).where(col(Party.id).in_(parties), col(Party.person_id).is_not(None))
    is_named = sa.or_(col(Person.id).in_(people), col(Person.id).in_(reporters))
    return sa.select(col(Person.name)).where(is_named).order_by(col(Person.name))
