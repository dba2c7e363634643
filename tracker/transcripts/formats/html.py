"""The text of an HTML page: blocks apart by an empty line, furniture and scripts left out."""

import re
from collections.abc import Iterable, Iterator

from tracker.errors import Refused
from tracker.text import words
from tracker.transcripts.formats.html_elements import TEXT, Element, elements
from tracker.transcripts.formats.reading_result import PARAGRAPH

BLOCKS = words(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header html legend li main nav ol p pre section summary table tbody td"
    " tfoot th thead tr ul"
)
BREAKS = {"br": "\n", "hr": PARAGRAPH}
BLANKS = re.compile(r"[ \t\r\n\f]+")
#: characters in which a page shows itself as one
HEAD = 20_000
PAGE = re.compile(r"<!doctype html|<(?:html|head|body)\b", re.IGNORECASE)
TAG = re.compile(r"</?(?:p|div|br|span|table|td|h[1-6]|strong|em|ul|li|pre)\b[^<>]{0,300}>", re.IGNORECASE)
#: tags that make a page of a text without head and body
MANY = 8
#: some twenty for each line of a long day; each costs a kilobyte and more
MAX_TAGS = 200_000
TOO_MANY_TAGS = "The page has more than %(limit)s tags: split it into one file a session, or save it as plain text."
#: share of the words from which an element holds the text
PRINTED = 0.5
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
#: links that a menu has at least
LINKS = 3
#: share of a menu's words that are links
ALL = 0.9
#: share of a page's words that furniture may have
MOST = 0.25
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


def looks_like_html(text: str) -> bool:
    """Whether the text begins as an HTML page does, or is a piece of one."""
    head = text[:HEAD]
    return bool(PAGE.search(head)) or len(TAG.findall(head)) >= MANY


def read_html(markup: str) -> str:
    """The words of the page as a reader would see them, one block a paragraph."""
    if markup.count("<") > MAX_TAGS:
        raise Refused(TOO_MANY_TAGS, limit=MAX_TAGS)
    page = elements(markup)
    if not page:
        return ""
    hide_furniture(page, page[0].size)
    visible_size = sum(element.size for element in page if element.tag == TEXT and not element.within_hidden())
    # `main` may hold no more than a menu on careless pages: then the whole body is read.
    roots = (element for element in page if element.tag in ("main", "article") and not element.hidden)
    root = next((element for element in roots if element.size > PRINTED * visible_size), page[0])
    paragraphs = (without_slips(block) for block in _tidy(_blocks(page, root)))
    return PARAGRAPH.join(filter(None, paragraphs)) + "\n"


def _tidy(blocks: Iterator[str]) -> Iterator[str]:
    for block in blocks:
        yield "\n".join(line.strip(" ") for line in block.split("\n")).strip("\n ")


def _blocks(page: list[Element], root: Element) -> Iterator[str]:
    """The words block by block, each as its element begins and goes on."""
    current: list[str] = []
    place: Element | None = None
    for element in _within(page, root):
        element.block = element
        if element.above is not None and element.tag not in BLOCKS:
            element.block = element.above.block
        if element.hidden or element.within_hidden():
            continue
        current.append(BREAKS.get(element.tag, ""))
        if element.tag != TEXT:
            continue
        if element.block is not place:
            yield "".join(current)
            current = []
            place = element.block
        words = element.text
        if place is None or place.tag != "pre":
            words = BLANKS.sub(" ", words)
        current.append(words)
    yield "".join(current)


def _within(page: list[Element], root: Element) -> Iterator[Element]:
    """The root and all that stands in it."""
    inside = {id(root)}
    for element in page:
        if element is root or (element.above is not None and id(element.above) in inside):
            inside.add(id(element))
            yield element


def hide_furniture(elements: Iterable[Element], page_size: int) -> None:
    """Mark what is around the text, by its tag, its place, its name, or for being nothing but links; and all in it."""
    for element in elements:
        small = element.size <= MOST * page_size
        element.hidden = (
            element.within_hidden() or element.tag in TAGS or (small and (_named(element) or _menu(element)))
        )


def _named(element: Element) -> bool:
    return element.role in ROLES or any(part.lower() in NAMES for part in PARTS.findall(element.names))


def _menu(element: Element) -> bool:
    return element.tag in MENUS and element.links >= LINKS and element.linked >= ALL * element.size


def without_slips(block: str) -> str:
    """A paragraph without messages of the page's machinery; empty where it is but a link's label."""
    kept = SLIPS.sub("", block).strip()
    if LABELS.fullmatch(kept):
        return ""
    return kept
