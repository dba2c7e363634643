"""Minutes and logs are told from captions, and read line by line."""

import pytest

from tests.texts import sample_text
from tracker.proposals.examples import documents
from tracker.proposals.minutes import is_minutes, pieces
from tracker.transcripts.turns import turns

KEPT = [one for one in documents() if one.name.startswith("technical-")]
CAPTIONED = [one for one in documents() if not one.name.startswith("technical-")]


@pytest.mark.parametrize("example", KEPT, ids=lambda one: one.name)
def test_minutes_are_told_by_their_ways(example) -> None:  # type: ignore[no-untyped-def]
    assert is_minutes(example.text, turns(example.text))


@pytest.mark.parametrize("example", CAPTIONED, ids=lambda one: one.name)
def test_captions_are_no_minutes(example) -> None:  # type: ignore[no-untyped-def]
    assert not is_minutes(example.text, turns(example.text))


def test_the_sample_session_is_no_minutes() -> None:
    assert not is_minutes(sample_text(), turns(sample_text()))


def read(text: str, *, minuted: bool = True) -> list[str]:
    return [text[one.start : one.end] for one in pieces(text, 0, len(text), minuted=minuted)]


def test_each_bullet_nick_and_label_begins_an_utterance_and_is_left_out() -> None:
    text = "- router fell over\n- Mo: let's move it\n14:02 <ana> fine\n... by me\nBEN: Good. Next?"
    assert read(text) == ["router fell over", "let's move it", "fine", "by me", "Good.", "Next?"]


def test_a_wrapped_sentence_stays_whole() -> None:
    text = "She said that the tables of the yearbook would all be put on\nthe network by the end of the year."
    assert read(text) == [text]


def test_captions_are_read_by_their_full_stops_alone() -> None:
    text = "we went to the\nInternet and\n- as they say - stayed."
    assert read(text, minuted=False) == [text]
