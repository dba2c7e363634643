"""A long transcript in pages: cut between turns, so that a slow line can carry each."""

from collections.abc import Sequence

#: characters of a page, of which a browser gets a third when they are compressed
PAGE = 18_000


def cut(lengths: Sequence[int], most: int = PAGE) -> list[range]:
    """Return the places of the turns of each page, given their lengths; a longer turn has a page of its own."""
    pages: list[range] = []
    first = 0
    full = 0
    for place, length in enumerate(lengths):
        if full and full + length > most:
            pages.append(range(first, place))
            first = place
            full = 0
        full += length
    if lengths:
        return [*pages, range(first, len(lengths))]
    return []


def page_with(pages: Sequence[range], place: int) -> int:
    """Return which page has the turn at that place; the first where none has."""
    return next((number for number, page in enumerate(pages) if place in page), 0)
