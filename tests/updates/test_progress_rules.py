"""What must be said when progress moves."""

from typing import Any

import pytest

from tests.factories import NOW
from tracker.errors import Refused
from tracker.items.models import Item, ItemKind, Progress, ProposerView
from tracker.updates.progress_rules import ProgressStep, apply_step, check_step


def fault(before: Progress, step: ProgressStep, note: str = "") -> str | None:
    try:
        check_step(before, step, note)
    except Refused as refusal:
        return refusal.field
    return None


def item(**values: Any) -> Item:
    return Item(body_id=1, number=1, title="x", kind=ItemKind.CALL, created_at=NOW, changed_at=NOW, **values)


@pytest.mark.parametrize(
    ("step", "note", "field"),
    [
        (ProgressStep(Progress.IN_PROGRESS), "", None),
        (ProgressStep(Progress.WAITING), "a note", "reason"),
        (ProgressStep(Progress.WAITING, reason="the budget"), "", None),
        (ProgressStep(Progress.WAITING, waiting_for=3), "", None),
        (ProgressStep(Progress.DONE), "", "note"),
        (ProgressStep(Progress.DONE), "It stands in the hall.", None),
        (ProgressStep(Progress.NO_LONGER_PURSUED), "", "reason"),
        (ProgressStep(Progress.NO_LONGER_PURSUED), "A note for the register's own people", "reason"),
        (ProgressStep(Progress.NO_LONGER_PURSUED, reason="overtaken"), "", None),
        (ProgressStep(Progress.DONE_IN_PART), "", None),
        (ProgressStep(Progress.DONE_IN_PART, done=2), "", "done"),
        (ProgressStep(Progress.DONE_IN_PART, total=2), "", "done"),
        (ProgressStep(Progress.DONE_IN_PART, done=2, total=5), "", None),
        (ProgressStep(Progress.DONE_IN_PART, done=5, total=5), "", "done"),
        (ProgressStep(Progress.DONE_IN_PART, done=0, total=5), "", "done"),
        (ProgressStep(Progress.DONE_IN_PART, done=-1, total=5), "", "done"),
    ],
)
def test_a_step_leaves_no_question_open(step: ProgressStep, note: str, field: str | None) -> None:
    assert fault(Progress.IN_PROGRESS, step, note) == field


def test_a_step_that_may_not_follow_is_refused() -> None:
    assert fault(Progress.DONE, ProgressStep(Progress.NOT_STARTED)) == "progress"


def test_what_is_no_longer_waited_for_goes() -> None:
    moved = item(progress=Progress.WAITING, waiting_for=3, progress_reason="the budget")
    apply_step(moved, ProgressStep(Progress.IN_PROGRESS, reason="left over", waiting_for=3))
    assert (moved.progress, moved.waiting_for, moved.progress_reason) == (Progress.IN_PROGRESS, None, None)


def test_the_reason_not_to_pursue_is_kept_as_it_was_given() -> None:
    moved = item()
    apply_step(moved, ProgressStep(Progress.NO_LONGER_PURSUED, reason="Nobody asks any more."))
    assert moved.progress_reason == "Nobody asks any more."


def test_counts_stay_until_all_is_done() -> None:
    moved = item()
    apply_step(moved, ProgressStep(Progress.DONE_IN_PART, done=2, total=5))
    apply_step(moved, ProgressStep(Progress.WAITING, reason="paper"))
    assert (moved.done_count, moved.total_count) == (2, 5)
    apply_step(moved, ProgressStep(Progress.DONE))
    assert (moved.done_count, moved.total_count) == (5, 5)


@pytest.mark.parametrize(("after", "view"), [(Progress.IN_PROGRESS, None), (Progress.DONE, ProposerView.DISPUTES)])
def test_an_item_that_opens_again_asks_the_asker_anew(after: Progress, view: ProposerView | None) -> None:
    moved = item(progress=Progress.DONE, proposer_view=ProposerView.DISPUTES, proposer_note="Half.")
    apply_step(moved, ProgressStep(after))
    assert moved.proposer_view is view
