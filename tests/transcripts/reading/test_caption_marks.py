"""Captioners' marks are found as spans; what was said is not."""

import pytest

from tests.texts import baku_text, sample_text
from tracker.transcripts.reading.caption_marks import MarkKind, blank_marks, find_marks, pieces


def kinds(text: str) -> list[tuple[str, str]]:
    return [(mark.kind.value, text[mark.start : mark.end]) for mark in find_marks(text)]


@pytest.mark.parametrize(
    ("text", "kind", "span"),
    [
        ("so far  Ian to here  and on", "captioner", "Ian to here"),
        ("so far  IAN TO HERE  and on", "captioner", "IAN TO HERE"),
        ("the Halfmoon  sp group", "spelling", "sp"),
        ("it was (inaudible) then", "inaudible", "(inaudible)"),
        ("I am [name \xa0 inaudible] from", "inaudible", "[name \xa0 inaudible]"),
        ("and a coalition  inaudible]. Next", "inaudible", "inaudible]"),
        ("the [email\xa0protected] he said", "mangled", "[email\xa0protected]"),
        ("yes. [Applause] Next", "sound", "[Applause]"),
        ("then [microphone off] we", "sound", "[microphone off]"),
    ],
)
def test_a_mark_is_found_with_its_kind(text: str, kind: str, span: str) -> None:
    assert kinds(text) == [(kind, span)]


@pytest.mark.parametrize(
    "text", ["we would like to here add", "the SP office", "crisp spring", "a list (of four)", "[the motion]"]
)
def test_what_was_said_is_no_mark(text: str) -> None:
    assert find_marks(text) == []


def test_blanking_keeps_offsets() -> None:
    text = "one (inaudible) two"
    assert blank_marks(text, 0, len(text)) == "one             two"


def test_pieces_join_to_the_text_again() -> None:
    text = "one (inaudible) two"
    assert list(pieces(text, 0, len(text))) == [
        ("one ", None),
        ("(inaudible)", MarkKind.INAUDIBLE),
        (" two", None),
    ]


def test_the_sample_has_a_mark_of_every_written_kind() -> None:
    assert {mark.kind for mark in find_marks(sample_text())} == set(MarkKind) - {MarkKind.SOUND}


@pytest.mark.transcript
def test_the_baku_transcript_has_its_marks() -> None:
    found = [mark.kind for mark in find_marks(baku_text())]
    assert found.count(MarkKind.MANGLED) == 4
    assert found.count(MarkKind.CAPTIONER) == 3
