"""Whom a register knows: what is sure is tied, what is only likely is proposed."""

import pytest

from tracker.transcripts.reading.turns import ReadTurn
from tracker.transcripts.speakers.register_match import KnownSpeakers, is_a_name, match_register

KNOWN = {"ana silva": 1, "mr berg": 2}


def turn(label: str | None, speaker: str | None = None, seq: int = 1) -> ReadTurn:
    return ReadTurn(seq, label, speaker, 0, 1, "x")


@pytest.mark.parametrize("label", ["MR BERG", "Mr. Berg", "ANA SILVA", "MS ANA SILVA"])
def test_a_label_or_full_name_that_the_register_has_is_sure(label: str) -> None:
    assert match_register([turn(label)], KNOWN).people.keys() == {1}


def test_a_likeness_is_proposed_and_not_taken() -> None:
    assert match_register([turn("MS SILVA", "Ana Silva")], KNOWN) == KnownSpeakers({}, [("MS SILVA", 1)])


def test_one_sure_label_tells_the_whole_voice() -> None:
    heard = [turn("MR BERG", "Bo Berg"), turn("BO BERG", "Bo Berg", 2)]
    assert match_register(heard, KNOWN).people == {1: 2, 2: 2}


def test_a_voice_of_two_known_people_is_tied_by_its_labels_alone() -> None:
    heard = [turn("MR BERG", "Bo Berg"), turn("ANA SILVA", "Bo Berg", 2), turn("BO BERG", "Bo Berg", 3)]
    assert match_register(heard, KNOWN).people == {1: 2, 2: 1}


@pytest.mark.parametrize("label", ["CHAIR", "NEW SPEAKER", None])
def test_who_speaks_under_a_role_or_no_label_is_left_to_a_person(label: str | None) -> None:
    assert match_register([turn(label, "Ana Silva")], KNOWN) == KnownSpeakers({}, [])


def test_a_role_that_the_register_itself_names_is_sure() -> None:
    assert match_register([turn("CHAIR")], {**KNOWN, "chair": 1}).people == {1: 1}


@pytest.mark.parametrize(("label", "names"), [("MR BERG", True), ("CHAIR", False), ("NEW SPEAKER", False)])
def test_a_role_names_nobody(label: str, names: bool) -> None:
    assert is_a_name(label) is names
