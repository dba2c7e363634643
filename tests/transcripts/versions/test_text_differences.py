"""What a correction changed: counted by sentences, shown by words."""

import pytest

from tracker.transcripts.text_positions import Span
from tracker.transcripts.versions.place_passages import Alignment
from tracker.transcripts.versions.text_differences import (
    Difference,
    Sentences,
    compare_words,
    count_sentences,
    says_the_same,
)

OLD = "The lamps are dim tonight. We should buy new lamps soon. The road to the mill is long. Nobody walks it."


def counted(new: str, old: str = OLD) -> Sentences:
    return count_sentences(Alignment(old, new), [Span(0, len(old))], [Span(0, len(new))])


def test_the_same_text_has_only_unchanged_sentences() -> None:
    assert counted(OLD.upper()) == Sentences(unchanged=4, moved=0, changed=0, new=0, gone=0)


def test_changed_new_and_gone_sentences_are_counted() -> None:
    new = OLD.replace("new lamps", "new lambs").replace("Nobody walks it.", "A fountain was promised in spring.")
    assert counted(new) == Sentences(unchanged=2, moved=0, changed=1, new=1, gone=1)


def test_a_sentence_in_another_order_was_moved() -> None:
    new = "The road to the mill is long. The lamps are dim tonight. We should buy new lamps soon. Nobody walks it."
    assert counted(new) == Sentences(unchanged=3, moved=1, changed=0, new=0, gone=0)


def test_an_empty_version_has_lost_everything() -> None:
    assert counted("") == Sentences(0, 0, 0, 0, gone=4)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("We should keep an archive of the sites.", "we should keep an archive, of the side", True),
        ("We should keep an archive.", "We should not keep an archive.", False),
        ("We don't want an archive of it.", "We do want an archive of it.", False),
        ("Publish all the papers in 12 days.", "Publish all the papers in 20 days.", False),
        ("Publish all the papers.", "Open the library on Sundays.", False),
    ],
)
def test_words_say_the_same_or_not(one: str, other: str, same: bool) -> None:
    assert says_the_same(one, other) is same


def test_what_was_taken_out_stands_before_what_was_put_in() -> None:
    assert compare_words("Look at the sites of it.", "Look at the side, of it!") == [
        ("Look at the", Difference.SAME),
        ("sites", Difference.TAKEN_OUT),
        ("side,", Difference.PUT_IN),
        ("of it!", Difference.SAME),
    ]


def test_both_passages_can_be_read_from_the_pieces() -> None:
    old, new = "We should buy lamps.", "So we must buy three new lamps."
    pieces = compare_words(old, new)
    assert " ".join(one.text for one in pieces if one.difference is not Difference.TAKEN_OUT) == new
    assert " ".join(one.text for one in pieces if one.difference is Difference.TAKEN_OUT) == "should"


def test_nothing_is_compared_with_nothing() -> None:
    assert compare_words("", "") == []
    assert compare_words("", "Something new.") == [("Something new.", Difference.PUT_IN)]
