"""Minutes and logs are told from captions, and read line by line."""

import pytest

from tests.texts import sample_text
from tracker.detector.minutes import TextKind, beside, is_minutes, pieces, text_kind
from tracker.detector.training.examples import Document, documents
from tracker.transcripts.reading.turns import ReadTurn, turns

NOTED = ("technical-", "summary-record-", "telegraphic-minutes-")
KEPT = [one for one in documents() if one.name.startswith(NOTED)]
CAPTIONED = [one for one in documents() if not one.name.startswith(NOTED)]


@pytest.mark.parametrize("example", KEPT, ids=lambda one: one.name)
def test_minutes_are_told_by_their_ways(example: Document) -> None:
    assert is_minutes(example.text, turns(example.text))


@pytest.mark.parametrize("example", CAPTIONED, ids=lambda one: one.name)
def test_captions_are_no_minutes(example: Document) -> None:
    assert not is_minutes(example.text, turns(example.text))


def test_the_sample_session_is_no_minutes() -> None:
    assert not is_minutes(sample_text(), turns(sample_text()))


def test_a_forum_minutes_and_people_at_work_are_told_apart() -> None:
    kinds = {one.name: text_kind(one.text, minuted=is_minutes(one.text, turns(one.text))) for one in documents()}
    assert kinds["forum-taking-stock-lake-city"] is TextKind.FORUM
    assert kinds["technical-call-packaging"] is TextKind.CALL
    assert kinds["summary-record-indirect"] is TextKind.MINUTES


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


def test_what_nobody_is_said_to_have_said_stands_beside_the_turns() -> None:
    turns_ = [ReadTurn(1, "ANA", None, 10, 20), ReadTurn(2, "BEN", None, 25, 30)]
    assert [(one.start, one.end) for one in beside(turns_, 30)] == [(0, 10), (20, 25)]
