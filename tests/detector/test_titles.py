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


def test_a_title_names_the_side_that_is_taken() -> None:
    assert made("I cannot support handing over the data.", "objection") == "Do not support handing over the data"


def test_a_title_has_at_most_twelve_words_and_no_loose_end() -> None:
    words = made("We should create " + "a list of the names of all the boats and " * 5).split()
    assert len(words) <= 12
    assert words[-1] not in {"a", "of", "the", "and", "all"}


def test_captioners_marks_stay_out_of_titles() -> None:
    assert made("We should publish  Ian to here  the report (inaudible) soon.") == "Publish the report soon"


@pytest.mark.parametrize(
    ("quote", "kind"),
    [
        ("Good idea, that.", "support"),
        ("A few more points.", "recommendation"),
        ("I wonder whether the dates fit one page.", "recommendation"),
        ("We should do it.", "recommendation"),
        ("We must look at these things.", "recommendation"),
        ("I agree with my neighbour.", "objection"),
        ("We should move forward with.", "recommendation"),
        ("It will be set of declarations, sets of maps.", "recommendation"),
        ("We should open some roads to bring.", "recommendation"),
        ("The mast could, as I said, be the best of all of them.", "recommendation"),
    ],
)
def test_what_reads_as_no_order_has_no_title(quote: str, kind: str) -> None:
    assert made(quote, kind) == ""


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        (
            "We should set up a register of all the small boats that the harbour office has seen since the flood.",
            "Set up a register of all the small boats",
        ),
        (
            "We need to put the maps of the wells on the walls of every school and every mill in the whole valley.",
            "Put the maps of the wells on the walls",
        ),
        ("The floods should be dealt with in one plan.", "Deal with the floods in one plan"),
        ("We should try to open the archive on Sundays.", "Open the archive on Sundays"),
        ("I commit myself publicly to finding three mentors.", "Find three mentors"),
    ],
)
def test_a_title_ends_with_a_phrase(quote: str, expected: str) -> None:
    assert made(quote) == expected


@pytest.mark.parametrize(
    ("participle", "verb"), [("published", "publish"), ("made", "make"), ("carried", "carry"), ("planned", "plan")]
)
def test_a_participle_gives_its_verb(participle: str, verb: str) -> None:
    assert base(participle) == verb
