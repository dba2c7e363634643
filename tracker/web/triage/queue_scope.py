"""Which part of the queue a page shows: what the address asks for, of the meetings that the reader may triage."""

from dataclasses import dataclass, replace

from flask import request, url_for

from tracker.detector.measured_shares import own_shares, share_in_clear
from tracker.proposals.filters import Showing
from tracker.proposals.models import AsideReason, Proposal, TrainedDetector, TriageState
from tracker.triage import passage_leases, queue, second_look
from tracker.triage.queue import SECOND, QueueCounts, minutes_left, seconds_each
from tracker.web.app import context

#: what of the address says which part of the queue one goes through, and what more a list needs
PART: tuple[str, ...] = ("meeting", "changed", "rest")
KEPT = (*PART, "state", "reason", "by")


def among() -> frozenset[int] | None:
    """Return the meetings whose passages the reader may see: a rapporteur's own, or all of them."""
    if context.is_secretariat():
        return None
    return context.meetings_reported()


def scope() -> Showing:
    """Return everything that the reader may triage."""
    return Showing(among=among())


def showing() -> Showing:
    """Return what the address asks to see; among what waits the clear ones, unless it asks for the rest."""
    state_name = request.args.get("state", "")
    state = TriageState.WAITING
    if state_name in list(TriageState):
        state = TriageState(state_name)
    reason = None
    if request.args.get("reason") in list(AsideReason):
        reason = AsideReason(request.args["reason"])
    is_corrected = "changed" in request.args
    is_clear = None
    if state is TriageState.WAITING and not is_corrected:
        is_clear = "rest" not in request.args
    return Showing(
        state,
        request.args.get("meeting") or None,
        is_corrected=is_corrected,
        is_clear=is_clear,
        awaits_second=state_name == SECOND,
        reason=reason,
        decided_by=request.args.get("by", type=int),
        among=among(),
    )


def to_go_through() -> Showing:
    """Return the part of the queue that one goes through passage by passage from here."""
    listed = showing()
    is_clear = None
    # A correction is gone through whole: there are few, and each was looked at before.
    if not listed.is_corrected:
        is_clear = "rest" not in request.args
    return Showing(
        TriageState.WAITING,
        listed.meeting,
        is_corrected=listed.is_corrected,
        is_clear=is_clear,
        is_unadvised=listed.among is not None,
        among=listed.among,
    )


def kept(*, listing: bool = False) -> dict[str, str]:
    """Return the values of the address that go along; only a list needs to know which state it lists."""
    names = PART
    if listing:
        names = KEPT
    return {name: request.args[name] for name in names if request.args.get(name)}


def address(number: int | None) -> str:
    """Return where a passage is shown, or else the queue."""
    if number is None:
        return url_for("triage.queue", **kept())  # type: ignore[arg-type]
    return url_for("triage.page", number=number, **kept())  # type: ignore[arg-type]


def next_after(proposal: Proposal | None) -> list[int]:
    """Return what waits after this passage in the part of the queue that one goes through."""
    return queue.after(context.session(), context.body_id(), proposal, to_go_through(), context.now())


def claim(numbers: list[int]) -> int | None:
    """Reserve the first free one for the reader, so that nobody else is led to it; or release what they held."""
    session = context.session()
    reader = context.person().id
    taken = passage_leases.claim_next(session, numbers, reader)
    # Whoever came to the end holds nothing: their last passage must not look taken for ten minutes more.
    if taken is None:
        passage_leases.release(session, reader)
    else:
        second_look.keep_place(session, taken)
    return taken


@dataclass(frozen=True)
class TriageProgress:
    """How far triage has come, and how long the rest may take the reader."""

    standing: QueueCounts
    #: what is still to be said of, in the part that is shown
    left: int
    minutes: int
    #: those in doubt are shown
    is_rest: bool

    @property
    def total(self) -> int:
        """Return how many passages there are."""
        return self.standing.total

    @property
    def decided(self) -> int:
        """Return how many have been decided; what is put off is not."""
        return self.standing.decided


@dataclass(frozen=True)
class ReadingBudget:
    """What the two parts of the queue cost the reader, and how much of what was put forward the clear part holds."""

    clear: int
    clear_minutes: int
    doubtful: int
    doubtful_minutes: int
    #: of ten proposals, 1 to 9, how many stand in the clear part; None where that is not measured
    tenths: int | None
    #: decisions of this register on which that rests, for the bands of scores of which it has decided enough
    own_decisions: int


def reading_budget(far: TriageProgress) -> ReadingBudget:
    """Return what it takes to read the clear part, and what the doubtful part would add."""
    session = context.session()
    pace = seconds_each(queue.decided_lately(session, context.person().id))
    standing = far.standing
    return ReadingBudget(
        standing.clear,
        minutes_left(standing.clear, pace),
        standing.parked,
        minutes_left(standing.parked, pace),
        *_tenths_in_clear(),
    )


def _tenths_in_clear() -> tuple[int | None, int]:
    """Return how many of ten proposals the clear part holds, and on how many decisions made here that rests.

    Bands of scores of which too little was decided here go by what was measured of the detector that is shipped.
    """
    session = context.session()
    body_id = context.body_id()
    # Scores of a detector that this register has trained mean something else, and nobody has measured them.
    if session.get(TrainedDetector, body_id) is not None:
        return None, 0
    unfiltered = replace(to_go_through(), is_clear=None, is_unadvised=False)
    # Both are read from every passage there is, and change with a decision or an import alone.
    counts = context.recorded(
        ("passages by score", body_id, unfiltered), lambda: queue.counts_by_score(session, body_id, unfiltered)
    )
    decisions = context.recorded(("decisions by score", body_id), lambda: queue.decisions_by_score(session, body_id))
    own = own_shares(decisions)
    share = share_in_clear(counts, own)
    if share is None:
        return None, 0
    # Never all of them and never none: a measured share promises no single meeting that much.
    return min(9, max(1, round(share * 10))), sum(decisions[least].decided for least in own if counts.get(least))


def _left(standing: QueueCounts) -> int:
    """Return what is still to be said of; only where the count of all does not tell is it counted."""
    part = to_go_through()
    if part.is_clear is None or part.is_unadvised:
        return queue.waiting(context.session(), context.body_id(), part, context.now())
    if part.is_clear:
        return standing.clear
    return standing.parked


def progress() -> TriageProgress:
    """Return how far the meetings that are shown have come."""
    session = context.session()
    body_id = context.body_id()
    now = context.now()
    unfiltered = replace(to_go_through(), is_clear=None, is_unadvised=False)
    standing = queue.standing(session, body_id, unfiltered, now)
    left = _left(standing)
    pace = seconds_each(queue.decided_lately(session, context.person().id))
    return TriageProgress(standing, left, minutes_left(left, pace), "rest" in request.args)
