"""Every labelled text of our own writing loads, and its passages are well-formed."""

from pathlib import Path

import pytest

from tracker.detector.training.examples import HERE, Document, documents

ASIDE = Path(__file__).parent.parent.parent / "gold" / "aside"
TEXTS = [*documents(HERE), *documents(ASIDE)]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_passages_are_in_order_and_apart(text: Document) -> None:
    edges = [edge for one in text.gold for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert text.gold


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_a_passage_begins_and_ends_with_what_is_said(text: Document) -> None:
    quotes = [text.text[one.start : one.end] for one in text.gold]
    assert [quote for quote in quotes if quote != quote.strip() or len(quote) < 6 or "\n\n" in quote] == []


@pytest.mark.parametrize("text", [one for one in TEXTS if "Calendar: " in one.text], ids=lambda text: text.name)
def test_a_milestone_meant_is_in_the_calendar(text: Document) -> None:
    meant = {one.milestone for one in text.gold} - {None, "none"}
    assert {slug for slug in meant if f"Calendar: {slug} |" not in text.text} == set()


def test_nothing_set_aside_is_trained_on() -> None:
    assert not {text.name for text in documents(HERE)} & {text.name for text in documents(ASIDE)}
