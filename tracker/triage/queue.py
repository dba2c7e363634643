"""The queue of triage: what waits after a passage, how far triage has come, and how long the rest may take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from math import ceil
from statistics import median
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.detector.measured_shares import SHARES, BandDecisions
from tracker.proposals.filters import (
    NOW,
    Showing,
    awaits_second,
    in_register,
    is_clear,
    is_current,
    is_open,
    its_passage,
    of_showing,
    queue_order,
    waits,
    with_leader,
)
from tracker.proposals.models import AsideReason, Proposal, ProposalSource, SecondLookDone, TriageState
from tracker.transcripts.models import Passage

#: what stands in the place of a state: waiting, but not clear; set aside, but not by two
PARKED = "parked"
SECOND = "second"
#: decisions from which one's pace is read
LATELY = 60
#: seconds that a passage takes until one's own pace is known
USUAL = 45.0
#: a longer gap is a break, a shorter one a decision on several at once
BREAK = timedelta(minutes=5)
AT_ONCE = timedelta(seconds=1)
#: gaps from which a pace can be told
STEADY = 8


@dataclass(frozen=True)
class QueueCounts:
    """How many proposals stand in each state; of those that wait, how many are less clear."""

    counts: Mapping[TriageState, int]
    #: among those that wait
    parked: int
    #: set aside by one, to be confirmed by a second person
    second: int

    @property
    def total(self) -> int:
        """Return how many passages there are."""
        return sum(self.counts.values()) + self.second

    @property
    def waiting(self) -> int:
        """Return how many are to be decided now."""
        return self.counts[TriageState.WAITING]

    @property
    def clear(self) -> int:
        """Return how many of those are clear."""
        return self.waiting - self.parked

    @property
    def decided(self) -> int:
        """Return how many have been decided; what is snoozed, or waits for a second person, is not."""
        return self.total - self.waiting - self.second - self.counts[TriageState.SNOOZED]


def standing(session: Session, body_id: int, showing: Showing, now: datetime) -> QueueCounts:
    """Count the proposals of the meetings that are shown, whatever state is; one whose snooze is over waits."""
    # Two statements, for each has an index of its own: one that asks for both at once reads every proposal.
    numbers = _decided(session, body_id, showing) | _open(session, body_id, showing, now)
    parked = numbers.get(PARKED, 0)
    counts = {state: numbers.get(state.value, 0) for state in TriageState}
    counts[TriageState.WAITING] += parked
    return QueueCounts(counts, parked, numbers.get(SECOND, 0))


def _decided(session: Session, body_id: int, showing: Showing) -> dict[str, int]:
    """Count what is decided, by state: most of all there is, and counted from an index, for it is always current."""
    return dict(session.execute(_count_of_decided(body_id, showing)).all())


@lru_cache(maxsize=100)
def _count_of_decided(body_id: int, showing: Showing) -> Any:
    state = col(Proposal.state)
    counted = in_register(sa.select(state, sa.func.count()).select_from(Proposal).where(~is_open()), body_id)
    return of_showing(counted, showing).group_by(state)


def _open(session: Session, body_id: int, showing: Showing, now: datetime) -> dict[str, int]:
    """Count what is not decided, by state or by what stands in its place."""
    return dict(session.execute(_count_of_open(body_id, showing), {"now": now}).all())


@lru_cache(maxsize=100)
def _count_of_open(body_id: int, showing: Showing) -> Any:
    state = sa.case(
        (sa.and_(waits(NOW), is_clear()), TriageState.WAITING.value),
        (waits(NOW), PARKED),
        (awaits_second(), SECOND),
        else_=sa.cast(col(Proposal.state), sa.String),
    )
    counted = in_register(sa.select(state, sa.func.count()).select_from(Proposal).where(is_open()), body_id)
    return of_showing(counted, showing).where(is_current()).group_by(state)


def waiting(session: Session, body_id: int, showing: Showing, now: datetime) -> int:
    """Return how many of those that are shown are to be decided now."""
    numbers = _open(session, body_id, showing, now)
    return numbers.get(TriageState.WAITING.value, 0) + numbers.get(PARKED, 0)


def counts(session: Session, body_id: int, showing: Showing, now: datetime) -> Mapping[TriageState, int]:
    """Return how many proposals stand in each state."""
    return standing(session, body_id, showing, now).counts


def counts_by_score(session: Session, body_id: int, showing: Showing) -> dict[float, int]:
    """Return how many passages the detector found there, whatever was decided of them, by the band of their score.

    A band is named by its lower end, as in `measured_shares.SHARES`.
    """
    counted = select(_BAND, sa.func.count()).select_from(Proposal).group_by(sa.text("band"))
    statement = of_showing(in_register(counted, body_id), showing).where(is_current(), _FOUND_BY_IT)
    return {_ENDS[place]: number for place, number in session.exec(statement)}


def decisions_by_score(session: Session, body_id: int) -> dict[float, BandDecisions]:
    """Return what people decided in the register of what the detector found, by the band of its score.

    Each passage was scored before anybody decided it. A duplicate is a proposal too; what an import recognised is
    nobody's decision.
    """
    is_right = sa.or_(
        col(Proposal.state).in_((TriageState.ITEM, TriageState.ATTACHED)),
        col(Proposal.reason) == AsideReason.DUPLICATE,
    )
    right = sa.func.sum(sa.case((is_right, 1), else_=0))
    counted = select(_BAND, sa.func.count(), right).select_from(Proposal).group_by(sa.text("band"))
    is_decided = col(Proposal.decided_by).is_not(None), col(Proposal.state).in_(_DECIDED)
    statement = in_register(counted, body_id).where(is_current(), _FOUND_BY_IT, *is_decided)
    return {_ENDS[place]: BandDecisions(decided, number) for place, decided, number in session.exec(statement)}


_ENDS = [least for least, _ in SHARES]
# Places in the list are grouped by, for a database may hand back another fraction than it was given.
_BAND: Any = sa.case(
    *((col(Proposal.score) >= least, place) for place, least in enumerate(_ENDS)), else_=len(_ENDS) - 1
).label("band")
_FOUND_BY_IT = col(Proposal.source).in_((ProposalSource.DETECTOR, ProposalSource.BOTH))
_DECIDED = (TriageState.ITEM, TriageState.ATTACHED, TriageState.SET_ASIDE)


def transcripts_to_come(session: Session, body_id: int, showing: Showing) -> int:
    """Return how many transcripts of the queue that is shown still wait for their second look."""
    undecided = in_register(sa.select(col(Proposal.transcript_id)).select_from(Proposal), body_id)
    undecided_here = of_showing(undecided, showing).where(is_open(), is_current())
    is_done = sa.select(col(SecondLookDone.transcript_id))
    numbers = undecided_here.where(col(Proposal.transcript_id).not_in(is_done)).distinct().subquery()
    to_come: int = session.execute(sa.select(sa.func.count()).select_from(numbers)).scalar_one()
    return to_come


def corrected_count(session: Session, body_id: int, showing: Showing, now: datetime) -> int:
    """Return how many wait that a corrected version changed or brought."""
    corrected = Showing(meeting=showing.meeting, among=showing.among, is_corrected=True)
    return waiting(session, body_id, corrected, now)


def after(session: Session, body_id: int, proposal: Proposal | None, showing: Showing, now: datetime) -> list[int]:
    """Return what waits in the queue after this proposal, from its beginning again at its end; without it all."""
    statement = of_showing(in_register(select(Proposal.id).select_from(Proposal), body_id), showing)
    placed = with_leader(statement.join(Passage, its_passage())).order_by(*queue_order())
    is_waiting = sa.and_(waits(now), is_current())
    if proposal is None:
        return list(session.exec(placed.where(is_waiting)))
    # The proposal itself may be decided: its place among those that wait is still where to go on.
    order = list(session.exec(placed.where(sa.or_(is_waiting, col(Proposal.id) == proposal.id))))
    if proposal.id not in order:
        return order
    place = order.index(proposal.id)
    return [*order[place + 1 :], *order[:place]]


def decided_lately(session: Session, person_id: int | None) -> list[datetime]:
    """Return when this person decided, the latest first."""
    return [moment for moment in session.exec(_MOMENTS, params={"person": person_id}) if moment]


_MOMENTS = (
    select(Proposal.decided_at)
    .where(col(Proposal.decided_by) == sa.bindparam("person"))
    .order_by(col(Proposal.decided_at).desc())
    .limit(LATELY)
)


def seconds_each(decided_at: Sequence[datetime]) -> float:
    """Return how many seconds a passage takes somebody who decided at these moments, in whatever order."""
    gaps = [later - earlier for earlier, later in pairwise(sorted(decided_at))]
    # The median, for a few passages take far longer than the rest.
    steady = [gap.total_seconds() for gap in gaps if AT_ONCE <= gap <= BREAK]
    if len(steady) >= STEADY:
        return median(steady)
    return USUAL


def minutes_left(count: int, seconds: float) -> int:
    """Return the minutes that so many passages take at that pace; in steps of five where it is a long time."""
    minutes = ceil(count * seconds / 60)
    if minutes <= 20:
        return minutes
    return 5 * ceil(minutes / 5)
