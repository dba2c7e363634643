"""Titles are orders of at most twelve words, made from the passage."""

import pytest

from tracker.detector.titles import base, title


def made(quote: str, kind: str = "recommendation") -> str:
    return title(quote, 0, len(quote), kind)


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("I think governments should publish their budgets.", "Publish their budgets"),
        ("The documents need to be translated into six languages.", "Translate the documents into six languages"),
        ("The website really needs to be made multilingual.", "Make the website multilingual"),
        ("We should not extend the rules to the press.", "Do not extend the rules to the press"),
        ("What we need is a small travel fund.", "Provide a small travel fund"),
        ("We propose that progress be reported every autumn.", "Report progress every autumn"),
        ("I call on the mills to secure their log yards.", "Secure their log yards"),
        ("Could the office at least publish a one page summary?", "Publish a one page summary"),
        ("I suggest reviewing the charter after two years.", "Review the charter after two years"),
        ("We need a warning in every village, because the siren is gone.", "Provide a warning in every village"),
    ],
)
def test_a_title_is_an_order(quote: str, expected: str) -> None:
    assert made(quote) == expected


def test_what_will_be_done_is_an_order_too() -> None:
    assert made("A new version will be circulated by May.", "commitment") == "Circulate a new version by May"


def test_wondering_is_no_part_of_a_title() -> None:
    assert made("I wonder whether the dates fit one page.") == "The dates fit one page"


def test_a_title_names_the_side_that_is_taken() -> None:
    assert made("I cannot support handing over the data.", "objection") == "Do not support handing over the data"


def test_a_title_has_at_most_twelve_words_and_no_loose_end() -> None:
    words = made("We should create " + "a list of the names of all the boats and " * 5).split()
    assert len(words) <= 12
    assert words[-1] not in {"a", "of", "the", "and", "all"}


def test_captioners_marks_stay_out_of_titles() -> None:
    assert made("We should publish  Ian to here  the report (inaudible) soon.") == "Publish the report soon"


def test_a_passage_without_a_verb_of_doing_keeps_its_words() -> None:
    assert made("Good idea, that.", "support") == "Good idea, that"


@pytest.mark.parametrize(
    ("participle", "verb"), [("published", "publish"), ("made", "make"), ("carried", "carry"), ("planned", "plan")]
)
def test_a_participle_gives_its_verb(participle: str, verb: str) -> None:
    assert base(participle) == verb
