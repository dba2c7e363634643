"""What came of meetings: turns, passages and items of each; of one, who spoke and its items by theme."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.calendar.due_at_milestones import Counted, by_progress
from tracker.db import rows
from tracker.items.list_conditions import cites
from tracker.items.models import Item, ItemPassage
from tracker.items.reading_rules import of_register
from tracker.meetings.models import Meeting
from tracker.meetings.queries import serves_at
from tracker.people.models import Person
from tracker.people.queries import Sight
from tracker.proposals.filters import NOW, is_current, waits
from tracker.proposals.models import Proposal
from tracker.transcripts.models import Passage, Transcript, Turn
from tracker.transcripts.versions.newest_places import is_newest

_MEETINGS: Any = sa.bindparam("meetings", expanding=True)
_HERE = col(Transcript.meeting_id).in_(_MEETINGS)
#: what was said in the room: its newest version, without what somebody has handed in in writing
_SPOKEN = sa.and_(col(Transcript.author_key) == "", is_newest())


@dataclass(frozen=True)
class MeetingFigures:
    """How much was said at a meeting, and how much of it puts something forward: that only for who serves there."""

    turns: int = 0
    passages: int = 0
    #: passages that wait for triage
    waiting: int = 0


def meeting_figures(
    session: Session, sight: Sight, meetings: Collection[int], now: datetime
) -> dict[int, MeetingFigures]:
    """Return by id the figures of each of these meetings, which the reader may see: two statements."""
    if not meetings:
        return {}
    numbers = list(meetings)
    turns = dict(rows(session, _turns(), meetings=numbers))
    passages = {number: counts for number, *counts in rows(session, _passages(sight), meetings=numbers, now=now)}
    return {number: MeetingFigures(turns.get(number, 0), *passages.get(number, (0, 0))) for number in numbers}


def items_by_meeting(session: Session, body_id: int, sight: Sight) -> dict[int, int]:
    """Return by meeting id how many items that the reader may see were put forward there, repeated or refined."""
    return dict(rows(session, _items(body_id, sight.alike)))


@cache
def _turns() -> Any:
    counted = sa.select(col(Transcript.meeting_id), sa.func.count()).join_from(Transcript, Turn)
    return counted.where(_HERE, _SPOKEN).group_by(col(Transcript.meeting_id))


@lru_cache(maxsize=200)
def _passages(sight: Sight) -> Any:
    waiting = sa.func.sum(sa.case((waits(NOW), 1), else_=0))
    counted = sa.select(col(Transcript.meeting_id), sa.func.count(), waiting).join_from(Proposal, Transcript)
    in_meeting = counted.join(Meeting, col(Meeting.id) == col(Transcript.meeting_id))
    return in_meeting.where(_HERE, is_current(), serves_at(sight)).group_by(col(Transcript.meeting_id))


@lru_cache(maxsize=200)
def _items(body_id: int, sight: Sight) -> Any:
    counted = sa.select(col(Transcript.meeting_id), sa.func.count(sa.distinct(col(ItemPassage.item_id))))
    passages = counted.join_from(Transcript, Passage).join(ItemPassage, col(ItemPassage.passage_id) == col(Passage.id))
    of_body = passages.join(Meeting, col(Meeting.id) == col(Transcript.meeting_id)).where(
        col(Meeting.body_id) == body_id
    )
    of_meetings = of_body.group_by(col(Transcript.meeting_id))
    # A meeting and its items are of one register: who sees all of that need not look at each item.
    if sight.sees_all_of(body_id):
        return of_meetings
    return of_meetings.join(Item, col(Item.id) == col(ItemPassage.item_id)).where(of_register(body_id, sight))


@dataclass(frozen=True)
class ThemeItems:
    """The items of a meeting under one theme, by progress; an empty theme is none."""

    theme: str
    counts: Mapping[Counted, int]

    @property
    def total(self) -> int:
        """Return how many items that are."""
        return sum(self.counts.values())


def items_by_theme(session: Session, body_id: int, sight: Sight, meeting_id: int) -> list[ThemeItems]:
    """Return the items of a meeting that the reader may see, the largest theme first; what has no theme comes last."""
    counted = by_progress(rows(session, _by_theme(body_id, sight.alike), meeting=meeting_id))
    themes = [ThemeItems(theme or "", counts) for theme, counts in counted.items()]
    return sorted(themes, key=lambda of_theme: (not of_theme.theme, -of_theme.total, of_theme.theme))


@lru_cache(maxsize=200)
def _by_theme(body_id: int, sight: Sight) -> Any:
    columns = col(Item.theme), col(Item.progress), col(Item.proposer_view)
    here = cites(ItemPassage, sa.select(sa.bindparam("meeting", type_=sa.Integer)))
    return sa.select(*columns, sa.func.count()).where(of_register(body_id, sight), here).group_by(*columns)


class MeetingSpeaker(NamedTuple):
    """Somebody who spoke: the best name there is, None where nobody is known; their turns, and the first of them."""

    name: str | None
    turns: int
    first_turn: int
    #: false of a label under which nobody knows who spoke
    is_identified: bool


def meeting_speakers(session: Session, transcript_id: int) -> list[MeetingSpeaker]:
    """Return who spoke in a transcript, whoever had the floor most often first: one line a name."""
    speakers = rows(session, _speakers(), transcript=transcript_id)
    return [MeetingSpeaker(name, turns, first, bool(identified)) for name, turns, first, identified in speakers]


@cache
def _speakers() -> Any:
    """Select each name once: a person whom a label names too, in turns that nobody has assigned, is one line."""
    name = sa.func.coalesce(col(Person.name), col(Turn.speaker), col(Turn.label))
    turns = sa.func.count()
    first = sa.func.min(col(Turn.seq))
    is_identified = sa.or_(col(Turn.person_id).is_not(None), col(Turn.speaker).is_not(None))
    identified = sa.func.max(sa.case((is_identified, 1), else_=0))
    spoken = (
        sa.select(name, turns, first, identified)
        .select_from(Turn)
        .outerjoin(Person, col(Person.id) == col(Turn.person_id))
    )
    of_transcript = spoken.where(col(Turn.transcript_id) == sa.bindparam("transcript"))
    return of_transcript.group_by(name).order_by(turns.desc(), first)
