"""Phrases about an item that page, mail, paper and slide share. The language comes first; names are finished text."""

from datetime import date
from typing import Protocol

from tracker.items.models import Progress, WaitingKind
from tracker.items.party_models import ClosingDoubt
from tracker.wording.language import Language

VOWELS = "AEIO"
#: letters that are spoken with a vowel first when an abbreviation is spelt out
SPOKEN_WITH_A_VOWEL = "AEFHILMNORSX"


class NamedBody(Protocol):
    """A body, or what a mail keeps of one."""

    @property
    def slug(self) -> str:
        """Return what stands for it in addresses."""

    @property
    def name(self) -> str:
        """Return what it is called."""


def short_name(body: NamedBody) -> str:
    """Return "IGF" for a body that has a short slug, else its name."""
    if len(body.slug) <= 5 and body.slug.isalpha():
        return body.slug.upper()
    return body.name


def not_an_outcome(language: Language, body: NamedBody) -> str:
    """Return "not an IGF outcome", which every list of what was put forward says of itself."""
    name = short_name(body)
    letters = VOWELS
    if name.isupper():
        letters = SPOKEN_WITH_A_VOWEL
    if name[0].upper() in letters:
        return language.gettext("not an %(body)s outcome", body=name)
    return language.gettext("not a %(body)s outcome", body=name)


def put_forward(
    language: Language,
    name: str | None,
    reporter: str | None = None,
    capacity: str | None = None,
    *,
    is_reported: bool = False,
) -> str:
    """Return who put an item forward, who reported it if that was another person, and the capacity if it is given.

    `is_reported` says that another person reported it, also where nobody knows yet who.
    """
    _ = language.gettext
    if is_reported and not reporter:
        reporter = _("a speaker not yet identified")
    if reporter and not name:
        return _("Reported by %(reporter)s, proposer not named", reporter=reporter)
    if not name:
        return _("Proposer not known")
    if reporter and capacity:
        values = {"name": name, "reporter": reporter, "capacity": capacity}
        return _("Put forward by %(name)s, reported by %(reporter)s (%(capacity)s)", **values)
    if reporter:
        return _("Put forward by %(name)s, reported by %(reporter)s", name=name, reporter=reporter)
    if capacity:
        return _("Put forward by %(name)s (%(capacity)s)", name=name, capacity=capacity)
    return _("Put forward by %(name)s", name=name)


def capacity(language: Language, value: str, of: str | None) -> str:
    """Return in what capacity somebody spoke, as "rapporteur: main session on access"."""
    if of:
        return language.gettext("%(capacity)s: %(of)s", capacity=language.word(value), of=of)
    return language.word(value)


def closing(language: Language, progress: Progress, doubt: ClosingDoubt | None) -> str:
    """Return a progress; a closing that somebody doubts is never called done alone."""
    text = language.word(progress)
    if doubt:
        return language.gettext("%(progress)s, but %(doubt)s", progress=text, doubt=language.word(doubt))
    return text


def past_not_accepted(language: Language) -> str:
    """Return what an item is whose day has passed and that nobody has accepted: it is not overdue."""
    return language.gettext("past its date, not accepted")


def first_set(language: Language, day: str, *, is_promised: bool) -> str:
    """Return the day first set; it was a promise only if somebody has accepted the item."""
    if is_promised:
        return language.gettext("first promised for %(day)s", day=day)
    return language.gettext("first set for %(day)s", day=day)


def waits_for(language: Language, kind: WaitingKind | None, name: str | None) -> str:
    """Return what an item waits for: the party of that name, or else a kind of thing; empty where neither is known."""
    if name:
        return language.gettext("waits for %(name)s", name=name)
    if kind:
        return language.gettext("waits for %(name)s", name=language.word(kind))
    return ""


def overdue_by(language: Language, due_on: date, today: date) -> str:
    """Return for how long an item has been overdue."""
    return language.gettext("%(time)s overdue", time=language.duration(today - due_on))
