"""Which party a few spoken words may mean: "the MAG", "our secretariat". A guess, for a person to accept."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import fuzz

from tracker.text import slug_of

#: likeness, 0 to 100, from which words may be a name misheard
ALIKE = 90
EMPTY = frozenset(
    {"the", "a", "an", "our", "all", "of", "and", "for", "to", "on", "in", "this", "that", "every", "each"}
)


def party_meant(words: str | None, names: Mapping[int, str], slugs: Mapping[int, str]) -> int | None:
    """Return the id of the party that the words name in full, by its short name or nearly; None if two may be meant.

    `names` and `slugs` are by the party's id.
    """
    spoken = _plain(words or "")
    if not spoken:
        return None
    parties = [(number, _plain(name), _plain(slugs.get(number, ""))) for number, name in names.items()]
    # The surest rule first: a likeness counts only where no name fits exactly.
    for fits in (_is_name, _is_short_for, _is_like):
        meant = {number for number, name, slug in parties if fits(spoken, name, slug)}
        if len(meant) == 1:
            return meant.pop()
        if meant:
            return None
    return None


# A register's names are the same for each passage.
@lru_cache(maxsize=5_000)
def _plain(words: str) -> tuple[str, ...]:
    return tuple(word for word in slug_of(words).split("-") if word not in EMPTY)


def _is_name(spoken: tuple[str, ...], name: tuple[str, ...], slug: tuple[str, ...]) -> bool:
    return spoken in (name, slug)


def _is_short_for(spoken: tuple[str, ...], name: tuple[str, ...], _slug: tuple[str, ...]) -> bool:
    """Tell whether the words end the name ("secretariat"), or are its first letters ("MAG")."""
    return name[-len(spoken) :] == spoken or spoken == (_initials(name),)


def _initials(words: Iterable[str]) -> str:
    return "".join(word[0] for word in words)


def _is_like(spoken: tuple[str, ...], name: tuple[str, ...], _slug: tuple[str, ...]) -> bool:
    return fuzz.ratio(" ".join(spoken), " ".join(name)) >= ALIKE
