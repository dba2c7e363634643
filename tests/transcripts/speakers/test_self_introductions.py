"""Who introduces themselves, and as whom."""

import pytest

from tracker.transcripts.reading.turns import turns
from tracker.transcripts.speakers.self_introductions import introduction, introductions_in


def name(text: str) -> str | None:
    said = introduction(text, 0, len(text))
    return said.name if said else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Good morning, my name is Karen Oak from the harbour.", "Karen Oak"),
        ("Thank you. I am Guido van der Berg, Director of it.", "Guido van der Berg"),
        ("I am Ana Lopes Director for Rivers at the council.", "Ana Lopes"),
        ("I'm Parvati from the water board.", "Parvati"),
        ("This is Alessandro Rossi, reporting.", "Alessandro Rossi"),
        ("My name is Kyle, I am new here.", "Kyle"),
        ("Hello, my name is  sp Elvira Tasso  sp and I work there.", "Elvira Tasso"),
        ("Je m'appelle Chloé Martin.", "Chloé Martin"),
        ("My name is Dr. Karen Oak.", "Karen Oak"),
        ("Thank you. Karen Oak from the harbour.", "Karen Oak"),
        ("Karen van der Oak, Tide Union. Why not more ships?", "Karen van der Oak"),
        ("Thank you, Chair. Karen Oak speaking, from the ministry.", "Karen Oak"),
    ],
)
def test_a_self_introduction_gives_the_name(text: str, expected: str) -> None:
    assert name(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I am Brazilian.",
        "I am not from here.",
        "This is what I mean.",
        "I am UNABLE TO hear.",
        "I am sorry, Karen.",
        "This is Bluewave's Open Tide, and it is new.",
        "Yep, here. Yep, speaking.",
        "Okay. This is Is Karen.",
        "Icon here in the corner.",
        "Conversations here. We had conversations.",
        "Thank you, Karen Oak from the harbour.",
        "The Tide Union, Open Forum. It is open.",
        "Good Work, Karen Oak. Good work.",
    ],
)
def test_other_sentences_do_not(text: str) -> None:
    assert name(text) is None


def test_only_the_beginning_of_a_speech_counts() -> None:
    assert name("x " * 900 + "my name is Karen Oak.") is None


def told(text: str) -> list[tuple[int, str, str | None, str | None]]:
    return [(one.turn, one.name, one.affiliation, one.group) for one in introductions_in(text, turns(text))]


@pytest.mark.parametrize(
    ("speech", "place", "group"),
    [
        ("My name is Karen Oak from the Ministry of Tides.", "the Ministry of Tides", "government"),
        ("I am Karen Oak, I work for Harbour University.", "Harbour University", "academia"),
        ("I'm Karen Oak with the Tide Foundation, and I agree.", "the Tide Foundation", "civil-society"),
        ("This is Karen Oak, director of research at Bluewave Ltd.", "Bluewave Ltd", "private-sector"),
        ("My name is Karen Oak from Ghana.", "Ghana", None),
        ("My name is Karen Oak. I like tea.", None, None),
    ],
)
def test_an_introduction_gives_the_affiliation_as_spoken(speech: str, place: str | None, group: str | None) -> None:
    assert told(f"CHAIR: Hello.\nMS OAK: {speech}\n") == [(2, "Karen Oak", place, group)]


def test_an_introduction_spans_the_words_that_make_it() -> None:
    text = "MS OAK: Hi. My name is Karen Oak from the Tide Union. Yes.\n"
    one = introductions_in(text, turns(text))[0]
    assert text[one.start : one.end] == "My name is Karen Oak from the Tide Union"


def test_a_language_is_no_place() -> None:
    assert told("MS OAK: Hello, my name is Karen Oak, I speak in French.") == [(1, "Karen Oak", None, None)]
