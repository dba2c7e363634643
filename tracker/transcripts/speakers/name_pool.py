"""The full names that a text or the register knows, and which of them a spoken name means."""

import re
from collections import defaultdict
from collections.abc import Iterable

from tracker.transcripts.speakers.printed_names import (
    ROLES,
    TITLES,
    Name,
    common_words,
    folded,
    given_alike,
    parse,
    printed,
    sound,
    surnames_alike,
    words_of,
)
from tracker.transcripts.speakers.stated_affiliations import ORGANISED

SURNAME = r"(?:(?:de|da|do|van|von|del|al|el)[ \xa0]){0,2}[^\W\d_a-z][\w'’-]{1,30}"
MOST = 500  # names: more than a meeting has


class Pool:
    """Full names, the surest first; of two that are alike the first stays."""

    def __init__(self, names: Iterable[str], text: str = "") -> None:
        self._text = text
        self.names: list[str] = []
        self.parsed: dict[str, Name] = {}
        self._begins: dict[str, list[str]] = defaultdict(list)
        self._found: dict[str, str | None] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Take a name of two words or more, unless one that is alike is there."""
        name = " ".join(word for word in words_of(name) if folded(word) not in TITLES)
        parts = parse(name)
        if len(self.names) >= MOST:
            return
        if parts.given is None or parts.surname is None or parts.initial or name in self.parsed:
            return
        if self._alike(parts) is None:
            self.names.append(name)
            self.parsed[name] = parts
            for sign in {sound(parts.surname)[:1], sound(parts.given)[:1]}:
                self._begins[sign].append(name)
            self._found.clear()

    def _alike(self, parts: Name) -> str | None:
        """The first known name that may be the same; both begin with one sound."""
        near = self._begins[sound(parts.surname or "")[:1]]
        return next((name for name in near if _alike(parts, self.parsed[name])), None)

    def full(self, spoken: str) -> str | None:
        """The one known name that is meant; a full or titled one stands for itself; None where two fit or none."""
        if spoken not in self._found:
            self._found[spoken] = self._full(spoken)
        return self._found[spoken]

    def _full(self, spoken: str) -> str | None:
        parts = parse(spoken)
        if parts.surname is None:
            return None
        bare = " ".join(word for word in words_of(spoken) if folded(word) not in TITLES)
        if parts.given:
            return self._alike(parts) or printed(bare)
        alike = [name for name in self.names if self._is_part(parts, self.parsed[name])]
        if len(alike) == 1:
            return alike[0]
        if not alike and parts.title is None:
            return self._written(bare)
        if parts.title and not alike:
            return printed(bare)
        return None

    def _written(self, given_name: str) -> str | None:
        """The full name that the text writes with this given name; None where it writes none, or two."""
        common = common_words(self._text)
        full_names = set()
        for hit in re.finditer(rf"\b{re.escape(given_name)}[ \xa0]({SURNAME})", self._text):
            surname = hit[1].rstrip(".'’-")
            if surname.lower() not in common and folded(surname) not in ROLES | ORGANISED and not surname.isupper():
                full_names.add(f"{given_name} {surname}")
        if len(full_names) == 1 and given_name.lower() not in common:
            return full_names.pop()
        return None

    def _is_part(self, spoken: Name, full: Name) -> bool:
        """Whether one spoken name is the given name or the surname of a full one; after a title it is the surname."""
        word = spoken.surname or ""
        key = sound(spoken.surname or "")
        surname = full.surname or ""
        parts = [surname, *surname.split()]
        if spoken.title not in MALE_FEMALE:
            parts.append(full.given or "")
        return word in parts or (len(word) >= 4 and key in {sound(part) for part in parts})


MALE_FEMALE = frozenset({"mr", "ms", "mrs", "miss", "monsieur", "mme"})


def _alike(name: Name, other: Name) -> bool:
    if not (name.surname and other.surname and name.given and other.given):
        return False
    swapped = name.surname == other.given and name.given == other.surname
    return swapped or (surnames_alike(name.surname, other.surname) and given_alike(name.given, other.given))
