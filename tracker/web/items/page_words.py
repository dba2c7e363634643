"""What the page of an item says in sentences: who put it forward, who is silent, how another item stands to it."""

from flask import Flask
from flask_babel import gettext, lazy_gettext, ngettext
from markupsafe import Markup, escape

from tracker.calendar.due_at_milestones import DueLine
from tracker.items.lines import ItemLine
from tracker.items.models import Capacity, LinkKind
from tracker.items.queries import Related
from tracker.items.reported_words import is_own
from tracker.transcripts.reading.caption_marks import MarkKind, pieces
from tracker.web.app.value_words import spoken_language, word
from tracker.web.items.page_content import ItemPage
from tracker.wording import phrases

#: a link made on the other item, read from this one
FROM_THE_OTHER = {
    LinkKind.REPEATS: lazy_gettext("repeated by"),
    LinkKind.REFINES: lazy_gettext("refined by"),
    LinkKind.DEPENDS_ON: lazy_gettext("needed by"),
    LinkKind.SUPERSEDES: lazy_gettext("superseded by"),
    LinkKind.ANSWERED_BY: lazy_gettext("answers"),
}


def capacity(value: Capacity, of: str | None) -> str:
    """Return in what capacity somebody spoke, as "rapporteur: main session on access"."""
    return phrases.capacity(spoken_language(), value, of)


def put_forward_by(line: ItemLine) -> str:
    """Return who put an item forward, in what capacity, and who reported it."""
    item = line.item
    spoke_as = capacity(item.capacity, item.capacity_of)
    names = line.put_forward_by, line.reported_by
    return phrases.put_forward(spoken_language(), *names, spoke_as, is_reported=not is_own(item))


def proposer_and_reporter(line: DueLine) -> str:
    """Return who put an item forward, and who reported it if that was another person."""
    names = line.put_forward_by, line.reported_by
    return phrases.put_forward(spoken_language(), *names, is_reported=not is_own(line.item))


def silence(page: ItemPage) -> str:
    """Return from which groups nothing was found, and how many speakers might have been of them: never consent."""
    groups = ", ".join(page.silent)
    if groups and page.unknown:
        text = ngettext(
            "No passage found from: %(groups)s; %(num)d speaker of unknown group. Silence is not consent.",
            "No passage found from: %(groups)s; %(num)d speakers of unknown group. Silence is not consent.",
            page.unknown,
            groups=groups,
        )
        return str(text)
    if groups:
        return str(gettext("No passage found from: %(groups)s. Silence is not consent.", groups=groups))
    if page.unknown:
        return str(ngettext("%(num)d speaker of unknown group.", "%(num)d speakers of unknown group.", page.unknown))
    return ""


def related(link: Related) -> str:
    """Return how the other item stands to this one, read from here."""
    if link.is_ours:
        return word(link.kind)
    return str(FROM_THE_OTHER[link.kind])


def spoken(words: str) -> Markup:
    """Return spoken words with the captioners' marks set apart."""
    return Markup("").join(_piece(text, kind) for text, kind in pieces(words, 0, len(words)))


def _piece(text: str, kind: MarkKind | None) -> Markup:
    if kind is None:
        return escape(text)
    drawn = '<span class="caption-mark" title="%s">%s</span>'
    return Markup(drawn) % (gettext("a captioner's mark, not speech"), text)  # noqa: S704 - a constant; the rest is escaped


def register(app: Flask) -> None:
    """Give it to the templates that quote."""
    app.jinja_env.filters["spoken"] = spoken
