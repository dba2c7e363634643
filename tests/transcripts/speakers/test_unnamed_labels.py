"""Who speaks under a label that is not their name."""

import pytest

from tracker.transcripts.reading.turns import hear


def names(text: str, people: dict[str, str] | None = None) -> list[str | None]:
    return [turn.speaker for turn in hear(text, people).turns]


def test_who_is_given_the_floor_speaks_next() -> None:
    assert names("MS OAK: I give the floor to Karl Berg.\nNEW SPEAKER: Hello.\n")[1] == "Karl Berg"


def test_who_is_thanked_has_spoken() -> None:
    text = "KARL BERG: Good day.\nMS OAK: Well?\nPARTICIPANT: No.\nMS OAK: Thank you, Karl.\n"
    assert names(text)[2] == "Karl Berg"


def test_a_given_name_that_two_bear_names_nobody() -> None:
    text = "KARL BERG: a\nKARL DENT: b\nMS OAK: Karl, please.\nNEW SPEAKER: Hello.\n"
    assert names(text)[3] is None


def test_a_chair_with_a_name_is_the_chair_all_through() -> None:
    text = "CHAIR: My name is Ilse Brand.\nMS OAK: Yes.\nCHAIR: I hand the chair over to Karl Berg.\nCHAIR: So.\n"
    assert names(text) == ["Ilse Brand", "Oak", "Ilse Brand", "Karl Berg"]


def test_a_country_is_spoken_for_by_a_person() -> None:
    text = "CHAIR: Brazil.\nBRAZIL: I am Ana Lopes from the ministry.\nCHAIR: Yes?\nBRAZIL: More.\n"
    assert names(text) == [None, "Ana Lopes", None, "Ana Lopes"]


def test_a_name_in_brackets_is_the_persons() -> None:
    assert names("CHAIR: So.\nINDIA (Mr Anil Rao): Yes.\n")[1] == "Anil Rao"


@pytest.mark.parametrize("label", ["NEW SPEAKER", "CHAIR", "BRAZIL"])
def test_nobody_is_named_without_a_hint(label: str) -> None:
    assert names(f"{label}: Good day.\nMS OAK: Yes.\n")[0] is None


def test_initials_are_read_by_the_legend() -> None:
    assert names("Present: Anna Brown (AB)\n\nAB: Yes.\nXY: No.\nAB: So.\n")[0] == "Anna Brown"


def test_a_given_name_is_completed_by_who_was_present() -> None:
    assert names("Present: Anna Brown, Carl Dent\n\nanna: a\ncarl: b\nanna: c\ncarl: d\nanna: e\n")[0] == "Anna Brown"


def test_who_gave_the_floor_speaks_again() -> None:
    text = ">> I am Ilse Brand from here. Karl Berg, please.\n>> Good day.\n>> Thank you, Karl. Next.\n"
    assert names(text) == ["Ilse Brand", "Karl Berg", "Ilse Brand"]


def test_hints_for_two_people_are_a_doubt() -> None:
    text = "HOST: I am Ana Lopes from here.\nMS OAK: a\nHOST: I am Karl Berg from there.\n"
    heard = hear(text)
    assert heard.turns[0].speaker is None
    assert {doubt.other for doubt in heard.doubts} == {"Ana Lopes", "Karl Berg"}


def test_a_chair_printed_with_a_name_once_is_known_under_the_bare_role() -> None:
    assert names("CHAIR OAKMAN: Good day.\nMS ELM: Yes.\nCHAIR: Next.\n") == ["Oakman", "Elm", "Oakman"]


def test_initials_are_no_name_until_something_explains_them() -> None:
    assert names("ES: We begin.\nKB: Yes.\n") == [None, None]
    assert names("Present: Karl Berg, Eva Stern\n\nES: We begin.\nKB: Yes.\n")[-2:] == ["Eva Stern", "Karl Berg"]


def test_numbered_speakers_stay_unknown() -> None:
    text = "Speaker 0: Good day.\nSpeaker 12: Thank you.\nSpeaker 0: I see.\nSpeaker 12: Yes.\n"
    assert set(names(text)) == {None}


def test_who_is_named_in_full_once_is_called_by_the_given_name_later() -> None:
    text = (
        "MODERATOR: Our next guest is online. Ms. Priya Nair runs the Shelf Foundation. Priya, can you hear us?\n"
        "SPEAKER: Yes, I can.\nMODERATOR: And now Karl.\nSPEAKER: Good day.\n"
    )
    assert names(text)[1::2] == ["Priya Nair", None]


@pytest.mark.parametrize("called", ["the DNS Forum", "Open AI", "AR MF", "the Tide Union", "Great Work"])
def test_a_body_or_a_word_is_called_by_no_persons_name(called: str) -> None:
    text = f"MS OAK: This is open and great work. I give the floor to {called}.\nNEW SPEAKER: Hello.\n"
    assert names(text)[1] is None


def test_a_name_that_begins_the_sentence_after_thanks_is_the_speakers_own() -> None:
    text = "CHAIR: I see the harbour.\nPARTICIPANT: Thank you. Nigel Barrow for the harbour. We agree.\nCHAIR: Good.\n"
    assert names(text) == [None, "Nigel Barrow", None]


def test_who_gave_the_floor_speaks_again_after_a_speaker_with_a_label() -> None:
    text = (
        ">> I am Sofia Reyes from the coast. Amina, please.\n>> AMINA DIALLO: Cables break.\n"
        ">> Thank you, Amina. Next, Karl Berg.\n"
    )
    assert names(text) == ["Sofia Reyes", "Amina Diallo", "Sofia Reyes"]
