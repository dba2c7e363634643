"""Rules of progress and ownership: which state may follow which, what counts as closed, doubted, accepted or quiet."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tracker.items.models import Progress, ProposerView
from tracker.items.party_models import ClosingDoubt, OwnerState, ResponseState

CLOSED = frozenset({Progress.DONE, Progress.NO_LONGER_PURSUED})
OPEN = frozenset(Progress) - CLOSED
#: responses that are an answer
ANSWERED = frozenset(ResponseState) - {ResponseState.NOT_YET_SENT, ResponseState.SENT}
#: responses by which an addressee accepts to act, in whole or in part
TAKING_UP = frozenset({ResponseState.TAKEN_UP, ResponseState.TAKEN_UP_IN_PART})
#: the views of a closed item that cast doubt on its closing
DOUBTS = {ProposerView.DISPUTES: ClosingDoubt.DISPUTED, ProposerView.PARTLY: ClosingDoubt.PARTLY}
#: after this long without an update an open item has "no news"
QUIET_AFTER = timedelta(days=30)

# A request is answered once; only an accepted one goes on, to its end.
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
    """Return the progress that may follow, in order."""
    return [after for after in Progress if may_follow(progress, after)]


def may_follow(before: Progress, after: Progress) -> bool:
    """Tell whether that step is allowed.

    What has started is never "not started" again. A closed item must be reopened before it is closed in another way.
    """
    if after is Progress.NOT_STARTED:
        return before is Progress.NOT_STARTED
    return not (is_closed(before) and is_closed(after) and before is not after)


def may_become(before: OwnerState, after: OwnerState) -> bool:
    """Tell whether a request to own may take that step."""
    return after in _OWNER_STEPS.get(before, frozenset())


def doubt(progress: Progress, view: ProposerView | None) -> ClosingDoubt | None:
    """Return the doubt that must stand beside a closing wherever it is shown or counted; None if there is none."""
    if view is not None and is_closed(progress):
        return DOUBTS.get(view)
    return None


def strongest_doubt(views: Iterable[ProposerView]) -> ProposerView | None:
    """Return the strongest doubt among these views, else "satisfied"; None if there are no views."""
    stated = set(views)
    for view in (ProposerView.DISPUTES, ProposerView.PARTLY, ProposerView.SATISFIED):
        if view in stated:
            return view
    return None


def is_accepted(has_owner: bool, responses: Iterable[ResponseState]) -> bool:
    """Tell whether an owner or an addressee has accepted the item: only then is its date a promise."""
    return has_owner or any(response in TAKING_UP for response in responses)


def has_no_news(progress: Progress, last_news: datetime, now: datetime) -> bool:
    """Tell whether an open item has had no update for 30 days; `last_news` is its last update, or its creation."""
    return not is_closed(progress) and now - last_news >= QUIET_AFTER
