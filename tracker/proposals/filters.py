"""Which proposals are meant: those that wait, that are of the newest version, that are shown; and the queue's order."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from tracker.db import UTCDateTime
from tracker.detector.candidate import CLEAR
from tracker.meetings.models import Meeting
from tracker.proposals.models import (
    FOUND_BY_ASSISTANT,
    Advice,
    AsideReason,
    Meaning,
    Proposal,
    ProposalSource,
    SecondScore,
    Succession,
    TriageState,
    WordingChange,
)
from tracker.transcripts.models import Passage, Transcript

#: what may be decided anew; whatever is decided can be undone first
OPEN = (TriageState.WAITING, TriageState.SNOOZED)


@dataclass(frozen=True)
class Showing:
    """Which proposals of a register to list; None is all of them."""

    state: TriageState | None = None
    #: the meeting's slug
    meeting: str | None = None
    #: only what a corrected version changed or brought
    is_corrected: bool = False
    #: only what the detector is sure of, or only the rest
    is_clear: bool | None = None
    #: only what waits for a second person
    awaits_second: bool = False
    #: only what was set aside for that reason, or decided by that person
    reason: AsideReason | None = None
    decided_by: int | None = None
    #: only what no rapporteur has advised on
    is_unadvised: bool = False
    #: numbers of the meetings that the reader may triage; None is all
    among: frozenset[int] | None = None


EVERYTHING = Showing()
#: stands for the moment in a statement that is made once for many
NOW: Any = sa.bindparam("now", type_=UTCDateTime())


def waits(now: datetime) -> sa.ColumnElement[bool]:
    """Return the condition that a proposal is to be decided now: it waits, or its snooze is over."""
    over = sa.and_(col(Proposal.state) == TriageState.SNOOZED, col(Proposal.snoozed_until) <= now)
    waiting = sa.and_(col(Proposal.state) == TriageState.WAITING, col(Proposal.aside_by).is_(None))
    return sa.and_(is_open(), sa.or_(waiting, over))


def is_open() -> sa.ColumnElement[bool]:
    """Return the condition that nothing is decided of a proposal: an index leads to the few of which this is so."""
    return col(Proposal.state).in_(OPEN)


def awaits_second() -> sa.ColumnElement[bool]:
    """Return the condition that a proposal was set aside and a second person has yet to confirm that."""
    return sa.and_(col(Proposal.state) == TriageState.WAITING, col(Proposal.aside_by).is_not(None))


def is_clear() -> sa.ColumnElement[bool]:
    """Return the condition that the detector is sure of a proposal, a person marked it, or the assistant found it."""
    return sa.or_(col(Proposal.score) >= CLEAR, col(Proposal.source).in_(FOUND_BY_ASSISTANT))


@cache
def is_current() -> sa.ColumnElement[bool]:
    """Return the condition that a proposal is decided, or of the newest version: what the detector found waits once.

    What a person marked in an earlier version, or the assistant found, waits on, unless it stands in a later one.
    """
    later = aliased(Transcript)
    own = aliased(Transcript)
    superseded = (
        sa.select(col(later.id))
        .join(own, sa.and_(col(later.meeting_id) == col(own.meeting_id), col(later.number) > col(own.number)))
        .where(col(later.author_key) == col(own.author_key))
        .where(col(own.id) == col(Proposal.transcript_id))
        .exists()
    )
    succeeded = sa.select(col(Succession.proposal_id)).where(col(Succession.earlier_id) == col(Proposal.id)).exists()
    return sa.not_(sa.and_(is_open(), superseded, sa.or_(col(Proposal.source) == ProposalSource.DETECTOR, succeeded)))


def its_passage() -> Any:
    """Return the condition that a passage is the proposal's."""
    return col(Proposal.passage_id) == col(Passage.id)


_LEADER = aliased(Proposal)
_LEADING = aliased(Passage)


def with_leader(statement: Any) -> Any:
    """Join what the order needs: the first passage of those that stand together, and the score of a second look."""
    seen_again = statement.outerjoin(SecondScore, col(SecondScore.proposal_id) == col(Proposal.id))
    meant = seen_again.outerjoin(Meaning, col(Meaning.proposal_id) == col(Proposal.id))
    led = meant.outerjoin(_LEADER, col(_LEADER.id) == col(Meaning.leader_id))
    return led.outerjoin(_LEADING, col(_LEADING.id) == col(_LEADER.passage_id))


def with_meeting(statement: Any) -> Any:
    """Join the meeting that a proposal was put forward at."""
    joined = statement.join(Transcript, col(Proposal.transcript_id) == col(Transcript.id))
    return joined.join(Meeting, col(Transcript.meeting_id) == col(Meeting.id))


def in_register(statement: Any, body_id: int) -> Any:
    """Keep what is of the register, with the meeting joined."""
    return with_meeting(statement).where(col(Meeting.body_id) == body_id)


def of_showing(statement: Any, showing: Showing) -> Any:
    """Keep what is of the meetings and of the part of the queue that are shown, in whatever state it is."""
    if showing.is_corrected:
        statement = statement.where(_is_corrected())
    if showing.is_clear is True:
        statement = statement.where(is_clear())
    if showing.is_clear is False:
        statement = statement.where(~is_clear())
    if showing.is_unadvised:
        statement = statement.where(~_has_advice())
    if showing.meeting:
        statement = statement.where(col(Meeting.slug) == showing.meeting)
    return among(statement, showing)


def among(statement: Any, showing: Showing) -> Any:
    """Keep what is of the meetings that the reader may triage."""
    if showing.among is None:
        return statement
    return statement.where(col(Meeting.id).in_(showing.among))


def _has_advice() -> sa.ColumnElement[bool]:
    return sa.select(col(Advice.proposal_id)).where(col(Advice.proposal_id) == col(Proposal.id)).exists()


def _is_corrected() -> sa.ColumnElement[bool]:
    changed = col(Succession.change) != WordingChange.SAME
    return (
        sa.select(col(Succession.proposal_id)).where(col(Succession.proposal_id) == col(Proposal.id), changed).exists()
    )


def of_state(statement: Any, showing: Showing, now: datetime) -> Any:
    """Keep what is in the state that is shown, for that reason, decided by that person."""
    if showing.awaits_second:
        return statement.where(awaits_second())
    if showing.reason is not None:
        statement = statement.where(col(Proposal.reason) == showing.reason)
    if showing.decided_by is not None:
        statement = statement.where(col(Proposal.decided_by) == showing.decided_by)
    match showing.state:
        case None:
            return statement
        case TriageState.WAITING:
            return statement.where(waits(now))
        case TriageState.SNOOZED:
            return statement.where(col(Proposal.state) == showing.state, col(Proposal.snoozed_until) > now)
        case _:
            return statement.where(col(Proposal.state) == showing.state)


def queue_order() -> list[Any]:
    """Return the order: clear ones first; then the latest meeting, in it the most promising, the like beside it."""
    band = sa.case((is_clear(), 0), else_=1)
    latest = [col(Meeting.starts_on).desc(), col(Proposal.transcript_id).desc()]
    # A group stands where its best passage would, so that what is decided together is also read together.
    group = sa.func.coalesce(col(Meaning.leader_id), col(Proposal.id))
    score = sa.func.coalesce(col(SecondScore.score), col(Proposal.score))
    promise = sa.func.max(score).over(partition_by=[band, group]).desc()
    together = sa.func.coalesce(col(_LEADING.start), col(Passage.start))
    return [band, *latest, promise, together, col(Passage.start), col(Proposal.id)]
