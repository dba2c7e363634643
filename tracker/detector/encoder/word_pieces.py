"""Words as the numbers of pieces that the encoder knows (WordPiece, as published with BERT).

`vocabulary.txt` is the uncased English vocabulary of BERT, a piece a line, numbered from 0: Copyright 2018 The Google
AI Language Team Authors, Apache License 2.0 (`vocabulary-licence.txt`), unchanged. A piece that goes on with a word
begins with "##".
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

VOCABULARY = Path(__file__).with_name("vocabulary.txt")
#: numbers of what no piece spells, of what begins a text, and of what ends each part of it
UNKNOWN = 100
BEGINS = 101
ENDS = 102
WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
#: letters from which on a word is not looked at
LONGEST = 100


def pieces(text: str) -> list[int]:
    """The numbers of a text's pieces; letter case and accents make no difference."""
    plain = unicodedata.normalize("NFD", text.lower())
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Mn")
    return [number for word in WORD.findall(plain) for number in _of_word(word)]


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> tuple[int, ...]:
    """The longest piece that begins the word, then the longest that goes on with it, and so on."""
    if len(word) > LONGEST:
        return (UNKNOWN,)
    numbers = tuple(_longest_pieces(word))
    if None in numbers:
        return (UNKNOWN,)
    return tuple(number for number in numbers if number is not None)


def _longest_pieces(word: str) -> Iterator[int | None]:
    """The number of each piece; None where none fits."""
    place = 0
    while place < len(word):
        lead = "##" * (place > 0)
        ends = range(len(word), place, -1)
        end = next((end for end in ends if lead + word[place:end] in _vocabulary()), None)
        if end is None:
            yield None
            return
        yield _vocabulary()[lead + word[place:end]]
        place = end


@cache
def _vocabulary() -> dict[str, int]:
    lines = VOCABULARY.read_text(encoding="utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines) if piece}
