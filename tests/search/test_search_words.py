"""What is looked for, and what is shown of where it was found."""

import pytest

from tracker.search.search_words import MOST_WORDS, ExcerptPiece, number_of, snippet, words_of


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("  Lamp hall ", ["Lamp", "hall"]),
        ('"lamp" OR (hall*) -x NEAR/2', ["lamp", "OR", "hall", "x", "NEAR", "2"]),
        ("don't", ["don", "t"]),
        ("лампы 灯", ["лампы", "灯"]),
        ("a\x00b", ["a", "b"]),
        ("' ; -- &|!:*()<->", []),
        ("x " * 50, ["x"] * MOST_WORDS),
    ],
)
def test_a_question_is_its_words(question: str, words: list[str]) -> None:
    assert words_of(question) == words


@pytest.mark.parametrize(
    ("question", "number"), [("14", 14), (" #14 ", 14), ("14 lamps", None), ("²", None), ("9" * 10, None), ("", None)]
)
def test_a_number_alone_asks_for_an_item(question: str, number: int | None) -> None:
    assert number_of(question) == number


def marked(text: str, *words: str) -> str:
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in snippet(text, list(words)))


def test_every_word_found_is_marked_from_its_beginning() -> None:
    assert marked("Lamps for the hall, not a clamp.", "lamp", "HALL") == "[Lamps] for the [hall], not a clamp."


def test_a_long_text_is_cut_between_words_around_the_first_word_found() -> None:
    shown = marked("before " * 60 + "lamp" + " after" * 100, "lamp")
    assert shown.startswith("… before ")
    assert shown.endswith(" after …")
    assert "[lamp]" in shown
    assert len(shown) < 400


def test_a_text_without_the_word_shows_its_beginning() -> None:
    assert snippet("Nothing of it", ["lamp"]) == [ExcerptPiece("Nothing of it", is_hit=False)]
    assert snippet("", ["lamp"]) == []


def test_a_text_without_blanks_is_cut_all_the_same() -> None:
    assert len(marked("灯" * 1000, "灯")) < 400


def test_signs_of_expressions_are_looked_for_as_they_are() -> None:
    assert marked("a_b (c) lamp", "a_b") == "[a_b] (c) lamp"
