"""What must be said when the progress of an item changes, and what the item holds after the change: pure rules."""

from dataclasses import dataclass, replace

from tracker.errors import Refused
from tracker.items.models import Item, Progress, WaitingKind
from tracker.items.status import is_closed, may_follow
from tracker.text import clean_or_none

#: progress with a reason that the item keeps; everybody who may read the item may read it
WITH_REASON = (Progress.WAITING, Progress.NO_LONGER_PURSUED)


@dataclass(frozen=True)
class ProgressStep:
    """The progress that an update reports, with what belongs to it."""

    progress: Progress
    #: for what it waits, or why it is no longer pursued
    reason: str | None = None
    #: the party it waits for
    waiting_for: int | None = None
    #: n of m, for what is done in part
    done: int | None = None
    total: int | None = None
    #: what kind of thing it waits for; taken as a party where one is named and nothing else is stated
    waiting_kind: WaitingKind | None = None

    def cleaned(self) -> "ProgressStep":
        """Return the step with its reason fit to be kept."""
        return replace(self, reason=clean_or_none(self.reason))


def check_step(before: Progress, step: ProgressStep, note: str) -> None:
    """Raise Refused, with the form's field, where the step is not allowed or leaves a question open."""
    if not may_follow(before, step.progress):
        raise Refused("The item cannot change to that progress from where it stands. Choose another.", "progress")
    match step.progress:
        case Progress.WAITING if not (step.reason or step.waiting_for):
            raise Refused("Say for whom or what it waits.", "reason")
        # Done is the claim that others will check: they need to know what was done.
        case Progress.DONE if not note:
            raise Refused("Say in a note what was done.", "note")
        # A note may be internal, but everybody who may read the item reads the reason: a note is no substitute.
        case Progress.NO_LONGER_PURSUED if not step.reason:
            raise Refused("Say why it is no longer pursued.", "reason")
        case Progress.DONE_IN_PART:
            _check_count(step)


def _check_count(step: ProgressStep) -> None:
    # "Done in part" is true without figures, too.
    if step.done is None and step.total is None:
        return
    if step.done is None or step.total is None:
        raise Refused("Give both numbers, as in 2 of 5, or neither.", "done")
    if step.done < 1 or step.done >= step.total:
        raise Refused("Give a first number from 1 to below the second. If all is done, choose done.", "done")


def apply_step(item: Item, step: ProgressStep) -> None:
    """Give the item the progress of the step, and clear what belonged to the former one."""
    if is_closed(item.progress) and not is_closed(step.progress):
        item.proposer_view = None
        item.proposer_note = None
    item.progress = step.progress
    item.waiting_for = None
    item.waiting_kind = kind_waited_for(step)
    item.progress_reason = None
    if step.progress is Progress.WAITING:
        item.waiting_for = step.waiting_for
    if step.progress in WITH_REASON:
        item.progress_reason = step.reason
    if step.progress is Progress.DONE_IN_PART:
        item.done_count = step.done
        item.total_count = step.total
    elif step.progress is Progress.DONE and item.total_count is not None:
        item.done_count = item.total_count


def kind_waited_for(step: ProgressStep) -> WaitingKind | None:
    """Return what kind of thing an item waits for after that step; None where it does not wait, or nobody stated it."""
    if step.progress is not Progress.WAITING:
        return None
    if step.waiting_kind is None and step.waiting_for:
        return WaitingKind.PARTY
    return step.waiting_kind
