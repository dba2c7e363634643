"""How long a mail may be: one that would be cut off on its way, or not read, lists fewer items."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from tracker.digests.body_parts import MilestoneAhead, MilestoneNews, MovedMilestone, Register
from tracker.digests.parts import DigestContent, DigestSection, SectionKind
from tracker.mail.compose_email import Email, compose
from tracker.mail.message_bytes import size_on_the_wire

#: bytes of the two bodies on the wire; with its headers the message stays under 40 kB
LONGEST_BODIES = 38_500
#: what base64 makes of a byte, with its line ends and headers
LARGEST_GROWTH = 1.4
#: how many items a mail lists in all, until it is short enough
FEWER = (20, 16, 13, 10, 8, 6, 4, 3, 2, 1, 0)
#: of each section, before one is listed at length
FIRST_OF_EACH = (2, 1, 0)
PRESSING = list(SectionKind)
D = TypeVar("D", MovedMilestone, MilestoneNews, MilestoneAhead)


def compose_short(name: str, content: DigestContent, **values: object) -> Email:
    """Return the mail made of the content, with as many of its items as its length allows; else as `compose`.

    Needs an application context.
    """
    email = compose(name, content=content, **values)  # type: ignore[arg-type]
    for most in FEWER:
        if _fits(email):
            break
        email = compose(name, content=shortened(content, most), **values)  # type: ignore[arg-type]
    return email


def _fits(email: Email) -> bool:
    # Most mails are so short that no encoding makes them too long.
    if (len(email.text.encode()) + len(email.html.encode())) * LARGEST_GROWTH <= LONGEST_BODIES:
        return True
    return size_on_the_wire(email) <= LONGEST_BODIES


def shortened(content: DigestContent, most: int) -> DigestContent:
    """Return the content with at most so many items: the first of each section, then more of the most pressing.

    Of each body's calendar, and of what was newly put forward, it keeps a few lines.
    """
    each = most // (2 * len(content.registers))
    moved = _first_of_each(content.moved, each)
    turned = _first_of_each(content.turned, each)
    return replace(
        content,
        sections=tuple(_shorter_sections(content.sections, most)),
        moved=moved,
        turned=turned,
        ahead=_first_of_each(content.ahead, each),
        created=tuple(replace(created, first=created.first[:each]) for created in content.created),
        dates_are_cut=len(moved) + len(turned) < len(content.moved) + len(content.turned),
    )


def _shorter_sections(sections: Sequence[DigestSection], most: int) -> Iterator[DigestSection]:
    """Yield the sections in their order with at most so many items in all."""
    first = next(first for first in FIRST_OF_EACH if sum(min(first, len(s.lines)) for s in sections) <= most)
    counts = [min(first, len(section.lines)) for section in sections]
    room = most - sum(counts)
    for place in sorted(range(len(sections)), key=lambda place: PRESSING.index(sections[place].kind)):
        extra = min(room, len(sections[place].lines) - counts[place])
        counts[place] += extra
        room -= extra
    for section, count in zip(sections, counts, strict=True):
        yield replace(section, lines=section.lines[:count], register=section.body)


def _first_of_each(dates: Sequence[D], each: int) -> tuple[D, ...]:
    """Return the first few of each body."""
    seen: Counter[Register] = Counter()
    kept = []
    for date in dates:
        seen[date.register] += 1
        if seen[date.register] <= each:
            kept.append(date)
    return tuple(kept)
