"""A speech cut for a page: nothing is lost, and every passage and mark has its edges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.transcripts.reading.caption_marks import MarkKind
from tracker.transcripts.speech_runs import SpeechRun, cut_pages, page_with, set_speeches
from tracker.transcripts.text_positions import Span

TEXT = "We should keep it (inaudible) for good. Thank you.\n\nAnd we will."


def cut(*passages: tuple[int, int], text: str = TEXT) -> list[list[SpeechRun]]:
    return set_speeches(text, [Span(0, len(text))], [Span(*passage) for passage in passages])[0]


def texts(runs: list[SpeechRun]) -> list[str]:
    return [run.text for run in runs]


def test_an_empty_line_makes_a_paragraph() -> None:
    assert [len(paragraph) for paragraph in cut()] == [3, 1]
    assert cut()[1] == [SpeechRun("And we will.", None)]


def test_a_mark_stands_apart() -> None:
    first = cut()[0]
    assert [run.mark for run in first] == [None, MarkKind.INAUDIBLE, None]
    assert texts(first) == ["We should keep it ", "(inaudible)", " for good. Thank you."]


def test_a_passage_goes_on_through_a_mark() -> None:
    first = cut((0, 39))[0]
    assert [run.inside for run in first] == [(0,), (0,), (0,), ()]
    assert [(run.begins, run.ends) for run in first] == [([0], []), ([], []), ([], [0]), ([], [])]


def test_of_two_passages_the_shorter_is_last() -> None:
    runs = cut((0, 50), (3, 9))[0]
    assert texts(runs)[:3] == ["We ", "should", " keep it "]
    assert runs[1].inside == (0, 1)


def test_a_passage_over_two_paragraphs_begins_once_and_ends_once() -> None:
    runs = [run for paragraph in cut((40, 56)) for run in paragraph if run.inside]
    assert texts(runs) == ["Thank you.", "And "]
    assert [(run.begins, run.ends) for run in runs] == [([0], []), ([], [0])]


def test_a_passage_that_ends_between_two_speeches_ends_with_the_first() -> None:
    (first,), (second,) = set_speeches(TEXT, [Span(40, 50), Span(52, 64)], [Span(40, 51)])
    assert (first[0].ends, second[0].inside) == ([0], ())


@pytest.mark.parametrize("passage", [(70, 90), (500, 600)])
def test_a_passage_elsewhere_leaves_no_trace(passage: tuple[int, int]) -> None:
    assert all(not run.inside for paragraph in cut(passage) for run in paragraph)


@given(
    st.text("a .\n\xa0(inaudible)", max_size=80),
    st.lists(st.tuples(st.integers(0, 80), st.integers(1, 80)), max_size=4),
)
def test_no_character_is_lost_or_doubled(text: str, passages: list[tuple[int, int]]) -> None:
    found = cut(*[(start, start + length) for start, length in passages], text=text)
    said = "".join(run.text for paragraph in found for run in paragraph)
    assert "".join(said.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("lengths", "pages"),
    [
        ([], []),
        ([5], [range(1)]),
        ([5, 5, 5], [range(2), range(2, 3)]),
        ([20, 1], [range(1), range(1, 2)]),
        ([1, 20, 1], [range(1), range(1, 2), range(2, 3)]),
        ([4, 4, 2, 1], [range(3), range(3, 4)]),
    ],
)
def test_turns_are_never_cut(lengths: list[int], pages: list[range]) -> None:
    assert cut_pages(lengths, 10) == pages


def test_every_turn_is_on_one_page() -> None:
    lengths = [3, 9, 1, 1, 1, 30, 2]
    assert [place for page in cut_pages(lengths, 10) for place in page] == list(range(len(lengths)))


@pytest.mark.parametrize(("place", "page"), [(0, 0), (1, 0), (2, 1), (9, 0)])
def test_a_turn_is_found_on_its_page(place: int, page: int) -> None:
    assert page_with([range(2), range(2, 4)], place) == page
