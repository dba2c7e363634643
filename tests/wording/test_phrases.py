"""Phrases that page, mail, paper and slide share."""

from dataclasses import dataclass
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


def test_a_capacity_names_of_what_where_that_is_known() -> None:
    assert phrases.capacity(ENGLISH, "rapporteur", "main session on access") == "rapporteur: main session on access"
    assert phrases.capacity(ENGLISH, "own", None) == "own capacity"


@dataclass(frozen=True)
class SomeBody:
    slug: str
    name: str


@pytest.mark.parametrize(
    ("slug", "name", "short"),
    [
        ("igf", "Internet Governance Forum", "IGF"),
        ("library-board", "Library Board", "Library Board"),
        ("board", "The Board", "BOARD"),
        ("g77", "Group of 77", "Group of 77"),
    ],
)
def test_a_body_goes_by_its_slug_where_that_is_an_abbreviation(slug: str, name: str, short: str) -> None:
    assert phrases.short_name(SomeBody(slug, name)) == short


@pytest.mark.parametrize(
    ("slug", "name", "text"),
    [
        ("igf", "Internet Governance Forum", "not an IGF outcome"),
        ("un", "United Nations", "not a UN outcome"),
        ("office", "Archive Office", "not an Archive Office outcome"),
        ("union-of-towns", "Union of Towns", "not a Union of Towns outcome"),
    ],
)
def test_the_article_is_that_of_the_spoken_name(slug: str, name: str, text: str) -> None:
    assert phrases.not_an_outcome(ENGLISH, SomeBody(slug, name)) == text


@pytest.mark.parametrize("progress", Progress)
def test_a_doubt_stands_beside_any_progress_and_the_word_of_it_stays(progress: Progress) -> None:
    text = phrases.closing(ENGLISH, progress, ClosingDoubt.PARTLY)
    assert text == f"{ENGLISH.word(progress)}, but only partly, says a proposer or supporter"


def test_what_nobody_accepted_is_past_its_date_and_not_overdue() -> None:
    assert phrases.past_not_accepted(ENGLISH) == "past its date, not accepted"


@pytest.mark.parametrize("kind", WaitingKind)
def test_every_kind_of_waiting_has_words(kind: WaitingKind) -> None:
    assert phrases.waits_for(ENGLISH, kind, None) == f"waits for {ENGLISH.word(kind)}"
