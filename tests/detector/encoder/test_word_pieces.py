"""Words are cut into the pieces of the encoder's vocabulary, as those who published it do."""

import pytest

from tracker.detector.encoder.word_pieces import LONGEST, UNKNOWN, VOCABULARY, pieces

NAMES = VOCABULARY.read_text(encoding="utf-8").split("\n")


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("We should meet.", "we should meet ."),
        ("SHOULD we?", "should we ?"),
        ("don't", "don ' t"),
        ("multi-year plan", "multi - year plan"),
        ("interoperability", "inter ##oper ##ability"),
        ("Zürich", "zurich"),
        ("snake_case", "snake _ case"),
        ("in 2027", "in 202 ##7"),
        ("   \n\t", ""),
        ("", ""),
        ("\U0001f600", "[UNK]"),
        ("a" * (LONGEST + 1), "[UNK]"),
    ],
)
def test_a_text_is_spelled_in_pieces(text: str, spelled: str) -> None:
    assert " ".join(NAMES[number] for number in pieces(text)) == spelled


def test_the_vocabulary_is_that_of_bert() -> None:
    assert len(NAMES) == 30_522 + 1  # the file ends with a line break
    assert [NAMES[number] for number in (0, UNKNOWN, 101, 102)] == ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
