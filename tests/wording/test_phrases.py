"""Phrases that page, mail, paper and slide share."""

from datetime import date

import pytest

from tracker.items.models import Progress, WaitingKind
from tracker.items.party_models import ClosingDoubt
from tracker.wording import phrases
from tracker.wording.language import ENGLISH


@pytest.mark.parametrize(
    ("name", "reporter", "capacity", "text"),
    [
        ("Ana Silva", None, None, "Put forward by Ana Silva"),
        ("Ana Silva", "Bo Berg", None, "Put forward by Ana Silva, reported by Bo Berg"),
        ("Ana Silva", None, "chair", "Put forward by Ana Silva (chair)"),
        ("Ana Silva", "Bo Berg", "chair", "Put forward by Ana Silva, reported by Bo Berg (chair)"),
        (None, "Bo Berg", "chair", "Reported by Bo Berg, proposer not named"),
    ],
)
def test_a_proposer_is_named_with_reporter_and_capacity(
    name: str | None, reporter: str | None, capacity: str | None, text: str
) -> None:
    assert phrases.put_forward(ENGLISH, name, reporter, capacity) == text


def test_a_doubted_closing_is_never_called_done_alone() -> None:
    assert phrases.closing(ENGLISH, Progress.DONE, None) == "done"
    assert phrases.closing(ENGLISH, Progress.DONE, ClosingDoubt.DISPUTED).startswith("done, but disputed")


def test_a_day_first_set_is_a_promise_once_somebody_has_accepted() -> None:
    assert phrases.first_set(ENGLISH, "1 March", is_promised=True) == "first promised for 1 March"
    assert phrases.first_set(ENGLISH, "1 March", is_promised=False) == "first set for 1 March"


def test_a_party_goes_before_the_kind_of_what_is_awaited() -> None:
    assert phrases.waits_for(ENGLISH, WaitingKind.FUNDING, "Park Board") == "waits for Park Board"
    assert phrases.waits_for(ENGLISH, WaitingKind.FUNDING, None) == "waits for funding"
    assert phrases.waits_for(ENGLISH, None, None) == ""


@pytest.mark.parametrize(
    ("today", "text"),
    [
        (date(2013, 3, 2), "1 day overdue"),
        (date(2013, 3, 3), "2 days overdue"),
        (date(2013, 4, 12), "6 weeks overdue"),
        (date(2013, 9, 1), "6 months overdue"),
        (date(2026, 11, 30), "14 years overdue"),
    ],
)
def test_what_is_long_overdue_is_not_counted_in_days(today: date, text: str) -> None:
    assert phrases.overdue_by(ENGLISH, date(2013, 3, 1), today) == text
