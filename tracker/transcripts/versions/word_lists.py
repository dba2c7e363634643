"""A text as a list of words that can be compared: without case, stops and accents, each with its place."""

import re
import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass

from tracker.transcripts.text_positions import Span

#: scripts that set no blanks between words: each character counts as one
UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f"
WORD = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}\u0300-\u036f][^\W{UNSPACED}]*(?:[\u0300-\u036f][^\W{UNSPACED}]*)*")


@dataclass(frozen=True)
class WordList:
    """The words of a text as they are compared, and the characters where each begins and ends."""

    plain: list[str]
    starts: "array[int]"
    ends: "array[int]"

    def within(self, start: int, end: int) -> range:
        """Return the numbers of the words that begin between these characters."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def span(self, first: int, last: int) -> Span:
        """Return the characters from the beginning of one word to the end of another."""
        return Span(self.starts[first], self.ends[last])


def word_list(text: str) -> WordList:
    """Return the words of a text."""
    plain = []
    starts = array("l")
    ends = array("l")
    bare_words = dict[str, str]()
    for hit in WORD.finditer(text):
        printed = hit[0]
        plain.append(bare_words.get(printed) or bare_words.setdefault(printed, bare(printed)))
        starts.append(hit.start())
        ends.append(hit.end())
    return WordList(plain, starts, ends)


def bare(word: str) -> str:
    """Return a word without case and accents."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign)) or word
