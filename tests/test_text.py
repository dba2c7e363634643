"""Text is cleaned before it is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.text import beginning_of, clean_line, clean_or_none, clean_text, is_slug, slug_of


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x85", "\u202e", "\u2066", "\ufeff", "\ud800"])
def test_signs_that_no_one_sees_are_dropped(sign: str) -> None:
    assert clean_text(f"an{sign} archive") == "an archive"


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\u2028", "\u2029"])
def test_every_newline_becomes_a_plain_one(newline: str) -> None:
    assert clean_text(f"one{newline}two") == "one\ntwo"


def test_a_line_holds_no_newline_and_no_double_blank() -> None:
    assert clean_line("  Keep\r\nan \t archive ") == "Keep an archive"


def test_joiners_that_a_script_is_spelled_with_stay() -> None:
    assert clean_line("می\u200cخواهم") == "می\u200cخواهم"


def test_what_is_blank_is_null() -> None:
    assert clean_or_none(" \u200b\n") is None


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Bertrand de La Chapelle", "bertrand-de-la-chapelle"),
        ("Vladimir Radunović", "vladimir-radunovic"),
        ("Workshop 85: the future", "workshop-85-the-future"),
        ("王", "x"),
    ],
)
def test_a_slug_is_made_of_the_name(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@given(st.text())
def test_a_slug_can_always_stand_in_an_address(name: str) -> None:
    assert is_slug(slug_of(name))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Keep it", "Keep it"),
        ("Keep an archive", "Keep an …"),
        ("档案" * 20, "档案" * 4 + " …"),
        ("x" * 11, "x" * 8 + " …"),
    ],
)
def test_a_long_text_is_cut_between_words_or_where_there_are_none_between_signs(text: str, expected: str) -> None:
    assert beginning_of(text, 10) == expected
