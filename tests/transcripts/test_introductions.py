"""Who says that he is whom."""

import pytest

from tracker.transcripts.introductions import introduction


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
    ],
)
def test_a_self_introduction_gives_the_name(text: str, expected: str) -> None:
    assert name(text) == expected


@pytest.mark.parametrize(
    "text",
    ["I am Brazilian.", "I am not from here.", "This is what I mean.", "I am UNABLE TO hear.", "I am sorry, Karen."],
)
def test_other_sentences_do_not(text: str) -> None:
    assert name(text) is None


def test_only_the_beginning_of_a_speech_counts() -> None:
    assert name("x " * 300 + "my name is Karen Oak.") is None
