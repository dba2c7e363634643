"""Turns span the speech without its label; head and foot are none."""

import time

import pytest

from tests.texts import baku_text, sample_text
from tracker.transcripts.reading.turns import ReadTurn, turns


def spans(text: str) -> list[tuple[str | None, str]]:
    return [(turn.label, text[turn.start : turn.end]) for turn in turns(text)]


def test_a_turn_is_the_speech_without_label_and_blanks() -> None:
    assert spans("CHAIR: \xa0Good day. \n\nStill me.\n\nMS OAK: Yes.\n") == [
        ("CHAIR", "Good day. \n\nStill me."),
        ("MS OAK", "Yes."),
    ]


def test_head_and_foot_are_no_turns() -> None:
    text = "Hearing\n8 May 2012\n\nCHAIR: Hello.\n\nThe session ended at noon.\nCaptioned by Swift\n"
    assert spans(text) == [("CHAIR", "Hello.")]


def test_turns_are_numbered_from_one() -> None:
    assert [turn.seq for turn in turns("A OAK: a\nB ELM: b\n")] == [1, 2]


def test_a_label_without_speech_is_no_turn() -> None:
    assert spans("CHAIR:\nMS OAK: Yes.\n") == [("MS OAK", "Yes.")]


def test_a_text_without_labels_falls_into_paragraphs() -> None:
    assert spans("First one.\n\nSecond one.\n") == [(None, "First one."), (None, "Second one.")]


LOST = "MS CARR: Any comment? Thank you.\n\nI am Guy Berg from the school.\n\nWe teach.\n\nMS CARR: Thanks.\n"


def test_a_speaker_whose_label_was_lost_is_split_off() -> None:
    assert [(turn.label, turn.speaker) for turn in turns(LOST)] == [
        ("MS CARR", "Carr"),
        (None, "Guy Berg"),
        ("MS CARR", "Carr"),
    ]


def test_one_who_only_repeats_their_own_name_is_not_split() -> None:
    assert len(turns("MR BERG: Hello.\n\nMy name is Guy Berg.\n\nMR BERG: Yes.\n")) == 2


def test_a_chair_is_split_only_when_they_have_given_the_floor() -> None:
    tail = "\n\nI am Ana Lopes from here.\n\nCHAIR: Thanks.\n"
    assert len(turns("CHAIR: Welcome to all." + tail)) == 2
    assert len(turns("CHAIR: Who is next?" + tail)) == 3


def test_windows_newlines_make_no_difference() -> None:
    text = "CHAIR: Hello.\n\nMS OAK: Yes.\n\nIndeed.\n"
    plain = [label for label, _ in spans(text)]
    assert [label for label, _ in spans(text.replace("\n", "\r\n"))] == plain


def people(found: list[ReadTurn], name: str) -> set[str | None]:
    return {turn.label for turn in found if turn.speaker == name}


def test_the_sample_is_read_as_it_was_spoken() -> None:
    found = turns(sample_text())
    assert len(found) == 28
    assert people(found, "Pieter van der Lind") == {"MR VAN DER LIND", "MR VAN DER LINT"}
    assert people(found, "Kwabena Oduro") == {"NEW SPEAKER", "K ODURO"}
    assert people(found, "Oskar Lindqvarn") == {None}


@pytest.mark.transcript
def test_the_baku_session_is_read_as_it_was_spoken() -> None:
    found = turns(baku_text())
    assert len(found) == 130
    assert people(found, "Bertrand de La Chapelle") == {"MR DE LA CHAPELLE", "Mr DE LA CHAPELLE", "MR DE LA CHAPPELLE"}
    assert people(found, "Franklin Netto") == {"FRANKLIN NETTO", "MR NETTO", "FRANKUN SILVA NEDO"}
    assert people(found, "Guy Berger") == {None}


@pytest.mark.parametrize(
    "text",
    ["word " * 200_000, "CHAIR: I am " * 80_000, "A: " * 300_000, ">> A:" * 100_000, " \n \n" * 200_000, "(" * 500_000],
    ids=["one line", "labels in one line", "short labels", "arrows", "blanks", "brackets"],
)
def test_a_hostile_text_takes_linear_time(text: str) -> None:
    begun = time.process_time()
    turns(text)
    assert time.process_time() - begun < 5
