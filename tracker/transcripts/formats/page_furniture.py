"""What a web page prints around its text: menus, banners, links to share; and what its machinery let slip."""

import re
from collections.abc import Iterable

from tracker.transcripts.formats.html_elements import Element
from tracker.transcripts.reading.word_list import words

TAGS = words(
    "script style noscript template nav footer header aside form iframe svg button select object head title canvas"
    " audio video textarea"
)
ROLES = words("navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar")
NAMES = words(
    "nav navbar navigation menu submenu breadcrumb breadcrumbs share sharing social addthis cookie cookies consent gdpr"
    " sidebar footer toolbar pager pagination pagenav skip print printonly buttonheading modulelist comments advert"
)
PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
MENUS = words("ul ol table td")
LINKS = 3  # links that a menu has at least
ALL = 0.9  # share of a menu's words that are links
MOST = 0.25  # share of a page's words that furniture may have
SLIPS = re.compile(
    r"\s?(?:PHP )?(?:Warning|Notice|Deprecated|Strict Standards|Parse error|Fatal error|Catchable fatal error)\s?:"
    r"[^\n]{1,600}? on line \d{1,6}\b"
)
LABELS = re.compile(
    r"(?:printer[- ]friendly(?: version)?|print(?: this page)?|e-?mail(?: this page)?|pdf|read more|send to friend|up"
    r"|share(?: this)?(?: page| on .{1,20})?|tweet|like|skip to (?:main )?(?:content|navigation)|(?:back to )?top"
    r"|log ?in(?: to post comments)?|login or register to post comments|add new comment|« .{1,40}|.{1,40} »)\W{0,9}",
    re.IGNORECASE,
)


def hide(elements: Iterable[Element], whole: int) -> None:
    """Mark what is around the text, by its tag, its place, its name, or for being nothing but links; and all in it."""
    for one in elements:
        small = one.size <= MOST * whole
        one.hidden = one.within_hidden() or one.tag in TAGS or (small and (_named(one) or _menu(one)))


def _named(one: Element) -> bool:
    return one.role in ROLES or any(part.lower() in NAMES for part in PARTS.findall(one.names))


def _menu(one: Element) -> bool:
    return one.tag in MENUS and one.links >= LINKS and one.linked >= ALL * one.size


def without_slips(block: str) -> str:
    """A paragraph without messages of the page's machinery; empty where it is but a link's label."""
    kept = SLIPS.sub("", block).strip()
    if LABELS.fullmatch(kept):
        return ""
    return kept
