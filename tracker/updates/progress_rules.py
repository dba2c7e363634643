"""What must be said when the progress of an item moves: pure rules, and the one that says what then holds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tracker.errors import Refused
from tracker.items.models import Item, Progress, WaitingKind
from tracker.items.status import is_closed, may_follow
from tracker.text import clean_or_none

#: of these an item keeps the reason, which whoever may read the item reads
WITH_REASON = (Progress.WAITING, Progress.NO_LONGER_PURSUED)


@dataclass(frozen=True)
class ProgressStep:
    """The progress an update reports, with what belongs to it."""

    progress: Progress
    #: for what it waits, or why it is no longer pursued
    reason: str | None = None
    #: the party it waits for
    waiting_for: int | None = None
    #: n of m, for what is done in part
    done: int | None = None
    total: int | None = None
    #: what kind of thing it waits for; a party where one is named and nothing else is said
    waiting_kind: WaitingKind | None = None

    def cleaned(self) -> "ProgressStep":
        """Return the step with its reason fit to be kept."""
        return replace(self, reason=clean_or_none(self.reason))


def check_step(before: Progress, step: ProgressStep, note: str) -> None:
    """Raise Refused, with the form's field, where the step is not allowed or leaves a question open."""
    for message, field in _faults(before, step, note):
        raise Refused(message, field)


def _faults(before: Progress, step: ProgressStep, note: str) -> Iterator[tuple[str, str]]:
    if not may_follow(before, step.progress):
        yield "The item cannot go from where it stands to that progress. Choose another.", "progress"
    match step.progress:
        case Progress.WAITING if not (step.reason or step.waiting_for):
            yield "Say for whom or what it waits.", "reason"
        case Progress.DONE if not note:
            yield "Say in a note what was done.", "note"
        # a note may be internal, and whoever may read the item reads the reason: one never stands in for the other
        case Progress.NO_LONGER_PURSUED if not step.reason:
            yield "Say why it is no longer pursued.", "reason"
        case Progress.DONE_IN_PART:
            yield from _count_faults(step)


def _count_faults(step: ProgressStep) -> Iterator[tuple[str, str]]:
    if step.done is None and step.total is None:
        return
    if step.done is None or step.total is None:
        yield "Give both numbers, as in 2 of 5, or none.", "done"
    elif step.done < 1 or step.done >= step.total:
        yield "The first number is at least 1 and smaller than the second; if all is done, say done.", "done"


def apply_step(item: Item, step: ProgressStep) -> None:
    """Let the item stand where the step says; what belonged to the former progress goes."""
    if is_closed(item.progress) and not is_closed(step.progress):
        item.proposer_view = None
        item.proposer_note = None
    item.progress = step.progress
    item.waiting_for = step.waiting_for if step.progress is Progress.WAITING else None
    item.waiting_kind = kind_waited_for(step)
    item.progress_reason = step.reason if step.progress in WITH_REASON else None
    if step.progress is Progress.DONE_IN_PART:
        item.done_count = step.done
        item.total_count = step.total
    elif step.progress is Progress.DONE and item.total_count is not None:
        item.done_count = item.total_count


def kind_waited_for(step: ProgressStep) -> WaitingKind | None:
    """Return what kind of thing an item waits for after that step; None where it does not wait or nobody says."""
    if step.progress is not Progress.WAITING:
        return None
    return step.waiting_kind or (WaitingKind.PARTY if step.waiting_for else None)
