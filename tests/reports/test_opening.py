"""What a report opens with: a sentence that a chair can say as it stands, and one bar that counts every item once."""

from datetime import date
from typing import Any

import pytest

from tests.reports.papers import wording
from tests.reports.pictures import DAY, entry, overdue
from tracker.items.models import Progress, ProposerView
from tracker.reports.opening import opening, standing_bar, with_counts
from tracker.reports.snapshot import Changes, Previous, ReportedItem

OWNED: dict[str, Any] = {"is_owned": True, "owner": "body:1", "is_accepted": True}
DONE: dict[str, Any] = {"progress": Progress.DONE, "is_accepted": True}


def items(number: int, **values: Any) -> list[ReportedItem]:
    return [entry(place, **values) for place in range(1, number + 1)]


def past(number: int) -> list[ReportedItem]:
    return [overdue(place, **{**OWNED, "is_accepted": False}) for place in range(1, number + 1)]


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ([], "There are no items."),
        (items(1), "The only item is open, 1 has no owner."),
        (items(1, **DONE), "The only item is closed."),
        (items(3, **OWNED), "All 3 items are open."),
        (items(2, **DONE), "All 2 items are closed."),
        (
            [overdue(**OWNED), *items(138), *items(5, **OWNED), overdue(is_accepted=False), *items(2, **DONE)],
            "145 of 147 items are open, 1 is overdue, 1 is past its date but accepted by nobody, 139 have no owner.",
        ),
        ([entry(due_on=DAY, **OWNED), entry(2, **DONE)], "1 of 2 items is open."),
        ([overdue(1, **OWNED), overdue(2, **OWNED)], "All 2 items are open, 2 are overdue."),
        (past(1), "The only item is open, 1 is past its date but accepted by nobody."),
        (past(2), "All 2 items are open, 2 are past their date but accepted by nobody."),
        (
            [*items(2, **OWNED), entry(3, proposer_view=ProposerView.DISPUTES, **DONE)],
            "2 of 3 items are open, 1 is closed but disputed or called partly done.",
        ),
        (
            items(2, proposer_view=ProposerView.PARTLY, **DONE),
            "All 2 items are closed, 2 are closed but disputed or called partly done.",
        ),
    ],
)
def test_the_sentence_can_be_said_as_it_stands(entries: list[ReportedItem], sentence: str) -> None:
    assert opening(wording(*entries)).sentence == sentence


@pytest.mark.parametrize(
    ("figures", "compared"),
    [
        ({"open": 2, "overdue": 0, "unowned": 2, "done": 1}, "none of these figures has changed."),
        (
            {"open": 4, "overdue": 1, "unowned": 1, "done": 0},
            ": 2 fewer open, 1 fewer overdue, 1 more without an owner, 1 more done.",
        ),
        ({"open": 1}, ": 1 more open."),
    ],
)
def test_figures_are_compared_in_words_where_the_report_before_has_them(figures: dict[str, int], compared: str) -> None:
    previous = Previous("february", "February", 1, date(2013, 2, 28), figures, Changes())
    text = opening(wording(*items(2), entry(3, **DONE), previous=previous)).compared
    assert text.startswith("Since the report of Thursday 28 February 2013")
    assert text.endswith(compared)


def test_a_first_report_compares_nothing() -> None:
    assert opening(wording(*items(2))).compared == ""


def test_the_bar_counts_every_item_once() -> None:
    bar = standing_bar(wording(overdue(1), entry(2, progress=Progress.WAITING), entry(3), entry(4, **DONE)))
    assert sum(bar.bars[0].counts) == 4
    assert bar.description == "Overdue 1, Open, in time 1, Open, waiting 1, Done 1"


def test_the_legend_of_a_print_tells_the_numbers() -> None:
    assert [part.label for part in with_counts(standing_bar(wording(entry()))).parts][3] == "Open, in time: 1"


def test_no_items_make_no_bar() -> None:
    assert with_counts(standing_bar(wording())).bars == ()


def test_at_most_three_figures_are_shown_large_the_open_items_first() -> None:
    entries = [overdue(1), entry(2, proposer_view=ProposerView.DISPUTES, **DONE), *items(3), entry(9, **DONE)]
    assert [(figure.number, figure.label) for figure in opening(wording(*entries)).figures] == [
        ("4", "open, of 6 items"),
        ("1", "overdue"),
        ("1", "closed, but disputed or partly"),
    ]
