"""How far an item has come: which progress may follow which, what is closed, what nobody has heard of for long."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tracker.items.models import ClosingDoubt, OwnerState, Progress, ProposerView, ResponseState

CLOSED = frozenset({Progress.DONE, Progress.NO_LONGER_PURSUED})
OPEN = frozenset(Progress) - CLOSED
#: an asked party has said something for or against
ANSWERED = frozenset(ResponseState) - {ResponseState.NOT_YET_SENT, ResponseState.SENT}
#: an addressee has accepted to act, in whole or in part
TAKING_UP = frozenset({ResponseState.TAKEN_UP, ResponseState.TAKEN_UP_IN_PART})
#: what is said of a closed item, as what takes away from its closing
DOUBTS = {ProposerView.DISPUTES: ClosingDoubt.DISPUTED, ProposerView.PARTLY: ClosingDoubt.PARTLY}
#: after this long without an update an open item has "no news"
QUIET_AFTER = timedelta(days=30)

# From asked to the answers, from accepted to its end; the other four are the end of that request.
_OWNER_STEPS = {
    OwnerState.REQUESTED: frozenset(
        {OwnerState.ACCEPTED, OwnerState.DECLINED, OwnerState.PASSED_ON, OwnerState.WITHDRAWN}
    ),
    OwnerState.ACCEPTED: frozenset({OwnerState.ENDED}),
}


def is_closed(progress: Progress) -> bool:
    """Tell whether nothing more is expected."""
    return progress in CLOSED


def allowed_progress(progress: Progress) -> list[Progress]:
    """Return what may follow, in order; what has begun never reads as not started again."""
    return [after for after in Progress if may_follow(progress, after)]


def may_follow(before: Progress, after: Progress) -> bool:
    """Tell whether that step is allowed; a closed item is opened again before it closes the other way."""
    if after is Progress.NOT_STARTED:
        return before is Progress.NOT_STARTED
    return not (is_closed(before) and is_closed(after) and before is not after)


def may_become(before: OwnerState, after: OwnerState) -> bool:
    """Tell whether a request to own may take that step."""
    return after in _OWNER_STEPS.get(before, frozenset())


def doubt(progress: Progress, view: ProposerView | None) -> ClosingDoubt | None:
    """Return what stands beside a closing wherever it is shown or counted: such a "done" is never done alone."""
    if view is not None and is_closed(progress):
        return DOUBTS.get(view)
    return None


def strongest_doubt(views: Iterable[ProposerView]) -> ProposerView | None:
    """Return what proposers and supporters say together: disputed if one of them disputes it, partly if one says so."""
    said = set(views)
    return next(
        (view for view in (ProposerView.DISPUTES, ProposerView.PARTLY, ProposerView.SATISFIED) if view in said), None
    )


def is_accepted(has_owner: bool, responses: Iterable[ResponseState]) -> bool:
    """Tell whether an owner or an addressee has accepted it: only then is its date promised, and can it be late."""
    return has_owner or any(response in TAKING_UP for response in responses)


def has_no_news(progress: Progress, last_news: datetime, now: datetime) -> bool:
    """Tell whether an open item has had no update for 30 days; `last_news` is its last update, or its beginning."""
    return not is_closed(progress) and now - last_news >= QUIET_AFTER
