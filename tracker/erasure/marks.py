"""Marks in the place of words: found in whatever text repeats them, and replaced without moving what stands around."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any

from tracker.erasure.office_files import parts_changed

MARK = "\N{FULL BLOCK}"
#: shorter words say nothing by themselves: they are replaced where they were chosen, and nowhere else
SHORTEST = 10
#: archives within one another that are opened
ARCHIVES = 2
#: what may stand between two words where a text was wrapped, quoted or made into a page
_BETWEEN = r"(?:<[^<>]*>|&#?\w+;|[^\w<&]){1,12}?"
_LETTERS = re.compile(r"<[^<>]*>|&#?\w+;|\w")
Replacer = Callable[[str], str]


def masked(text: str) -> str:
    """Return as many marks as there are characters; line breaks stay."""
    return re.sub(r"[^\r\n]", MARK, text)


def mask_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text, of the same length, with marks for the characters from start up to end of each span."""
    for start, end in spans:
        text = text[:start] + masked(text[start:end]) + text[end:]
    return text


def bare(words: str) -> str:
    """Return the words alone, in small letters: equal for what `finder` does not tell apart."""
    return " ".join(re.findall(r"\w+", words)).lower()


def is_telling(words: str, shortest: int = SHORTEST) -> bool:
    """Tell whether words can be looked for elsewhere: two of them or a number, and so many letters and digits."""
    known = bare(words)
    return len(known.replace(" ", "")) >= shortest and (" " in known or known.isdigit())


def finder(words: str) -> re.Pattern[str]:
    """Return what finds the words in any case, wrapped or with tags between them."""
    tokens = re.findall(r"\w+", words)
    return re.compile(rf"(?<!\w){_BETWEEN.join(map(re.escape, tokens))}(?!\w)", re.IGNORECASE)


def longest_word(words: str) -> str:
    """Return the longest run of plain letters and digits: what a database looks for, in any case."""
    runs: list[str] = re.findall(r"[A-Za-z0-9]+", words)
    return max(runs, key=len, default="")


def _beginning(tokens: Sequence[str]) -> tuple[str, ...]:
    return tuple(token.lower() for token in tokens[:2])


def replacer(words: Iterable[str], tombstone: str | None) -> Replacer:
    """Return a function that puts the tombstone, or marks where there is none, in the place of all these words."""
    told = [(_beginning(re.findall(r"\w+", each)), finder(each)) for each in sorted(words, key=len, reverse=True)]

    def put(found: re.Match[str]) -> str:
        if tombstone is not None:
            return tombstone
        return _LETTERS.sub(lambda part: part[0] if len(part[0]) > 1 else MARK, found[0])

    def replace(text: str) -> str:
        # Thousands of sentences are looked for in each text: only those whose first two words stand there are tried.
        tokens = re.findall(r"\w+", re.sub(r"<[^<>]*>|&#?\w+;", " ", text).lower())
        standing = {*((token,) for token in tokens), *pairwise(tokens)}
        for beginning, finding in told:
            if beginning in standing:
                text = finding.sub(put, text)
        return text

    return replace


def replaced(value: Any, replace: Replacer) -> Any:
    """Return plain values with the replacement done in every text, in keys of JSON too, and in bytes that are text."""
    match value:
        case str():
            return replace(value)
        case dict():
            return {replaced(key, replace): replaced(each, replace) for key, each in value.items()}
        case list():
            return [replaced(each, replace) for each in value]
        case bytes():
            return _in_bytes(value, replace)
    return value


def _in_bytes(data: bytes, replace: Replacer, within: int = ARCHIVES) -> bytes:
    """Return text in a usual encoding, then in UTF-8, or an archive of texts with the replacement done; or the same."""
    if within and data.startswith(b"PK"):
        return parts_changed(data, replace, lambda part: _in_bytes(part, replace, within - 1))
    older = "utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "cp1252"
    # What holds zeros is a picture or the like, and would be torn.
    for encoding in ("utf-8", older) if older == "utf-16" or b"\0" not in data else ():
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            new = replace(text)
            return data if new == text else new.encode()
    return data
