"""The day of a meeting is read from what stands before the first speech."""

from datetime import date

import pytest

from tests.texts import baku_text, sample_text
from tracker.transcripts.reading.head_matter import held_on


@pytest.mark.parametrize(
    "line",
    ["8 November 2012", "Held on the 8th of November 2012", "November 8, 2012", "2012-11-08", "8 Nov 2012",
     "8\xa0November 2012"],
)  # fmt: skip
def test_a_day_is_read_in_its_usual_forms(line: str) -> None:
    assert held_on(f"Hearing\n{line}\n\nCHAIR: Hello.\n") == date(2012, 11, 8)


def test_a_whole_day_goes_before_a_range() -> None:
    assert held_on("6-9 November 2012\n8 November 2012\nCHAIR: Hello.\n") == date(2012, 11, 8)


def test_a_range_alone_gives_its_first_day() -> None:
    assert held_on("Forum, 6-9 November 2012\nCHAIR: Hello.\n") == date(2012, 11, 6)


@pytest.mark.parametrize("text", ["CHAIR: Today is 8 November 2012.\n", "31 February 2012\nCHAIR: Hello.\n", ""])
def test_what_is_spoken_or_impossible_does_not_count(text: str) -> None:
    assert held_on(text) is None


def test_the_sample_tells_its_day() -> None:
    assert held_on(sample_text()) == date(2012, 11, 8)


@pytest.mark.transcript
def test_the_baku_session_tells_its_day() -> None:
    assert held_on(baku_text()) == date(2012, 11, 9)
