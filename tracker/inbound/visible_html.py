"""The words of an HTML mail that its reader sees above whatever it quotes.

It listens to the parser and builds no tree, so tags that are nested to hurt cost no more than others.
"""

import re
from collections.abc import Mapping
from contextlib import suppress

from lxml import etree

#: what is read of a page
MOST = 100_000
UNSHOWN = frozenset(
    {"style", "script", "title", "head", "template", "noscript", "noframes", "object", "iframe", "select", "datalist",
     "textarea", "svg", "del", "s", "strike", "dialog"}
)  # fmt: skip
#: elements that begin a line
BLOCKS = frozenset({"p", "div", "br", "li", "tr", "ul", "ol", "table", "pre", "section", "h1", "h2", "h3", "h4"})
HIDDEN = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|mso-hide:all|opacity:0(?![.\d]*[1-9])"
    r"|(?:^|;)(?:(?:max-)?(?:height|width):0(?![.\d]*[1-9])|font:0)"
    r"|font-size:(?:0(?![.\d]*[1-9])|[01](?:\.\d+)?(?:px|pt|%))"
    r"|(?:left|top|right|bottom|indent|margin):-\d{3}"
    # Nobody's program clips words, or writes its styles in escapes.
    r"|clip:rect|clip-path:|color:transparent|\\"
)
#: a class or an element by its name, in a style sheet
NAME = re.compile(r"[.#]([\w-]{1,100})")
#: a line that mail programs draw above what they quote
RULED = re.compile(r"border-top:solid|border:none;border-top:|border-top:\d[\w.]*solid")
#: how mail programs call the element with what they quote, with the line that introduces it, or with a signature
QUOTES = re.compile(
    r"(?i)gmail_quote|gmail_attr|moz-cite|moz-forward|yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra"
    r"|divrplyfwdmsg|appendonsend|outlookmessageheader|mail-editor-reference|isreplycontent|signature"
)


class _Listener:
    """Gathers the words, until a quote begins."""

    def __init__(self, hidden_names: frozenset[str]) -> None:
        self.text: list[str] = []
        self._hidden_names = hidden_names
        #: how many elements are open from the one on that hides what is in it
        self._hidden = 0
        self._has_ended = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Note that an element begins."""
        if self._hidden or tag in UNSHOWN or _is_hidden(attributes) or self._hidden_names & _names(attributes):
            self._hidden += 1
        elif _begins_quote(tag, attributes):
            self._has_ended = True
        elif tag in BLOCKS:
            self._write("\n")
        elif tag in ("td", "th"):
            self._write(" ")

    def end(self, tag: str) -> None:
        """Note that an element ends."""
        if self._hidden:
            self._hidden -= 1
        elif tag in BLOCKS and tag != "br":
            self._write("\n")

    def data(self, words: str) -> None:
        """Take words as they stand between tags, where a line break is a blank."""
        if not self._hidden:
            self._write(re.sub(r"[ \t\r\n\f]+", " ", words))

    def close(self) -> str:
        """Return the lines."""
        return "".join(self.text)

    def _write(self, words: str) -> None:
        if not self._has_ended:
            self.text.append(words)


def visible_words(page: str) -> str:
    """Return the lines of an HTML page up to where it begins to quote, without what it hides. Raises nothing."""
    listener = _Listener(_names_hidden_by_sheets(page[:MOST]))
    # A page that breaks off in the middle has said what it said until then.
    with suppress(etree.LxmlError):
        parser = etree.HTMLParser(target=listener, encoding="utf-8")
        parser.feed(page[:MOST].encode("utf-8", "replace"))
        parser.close()
    return re.sub(r"\n{3,}", "\n\n", listener.close())


def _names_hidden_by_sheets(page: str) -> frozenset[str]:
    """Return the names of classes and elements that the page's own style sheets hide."""
    names: set[str] = set()
    for sheet in page.split("<style")[1:]:
        for rule in sheet.partition("</style")[0].split("}"):
            selector, _, values = rule.rpartition("{")
            if HIDDEN.search(_bare(values)):
                names.update(NAME.findall(selector))
    return frozenset(names)


def _names(attributes: Mapping[str, str]) -> frozenset[str]:
    return frozenset(f"{attributes.get('class', '')[:500]} {attributes.get('id', '')[:500]}".split())


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or bool(HIDDEN.search(_style(attributes)))


def _begins_quote(tag: str, attributes: Mapping[str, str]) -> bool:
    names = f"{attributes.get('class', '')[:500]} {attributes.get('id', '')[:500]} {attributes.get('name', '')[:500]}"
    return tag in ("blockquote", "hr") or bool(QUOTES.search(names) or RULED.search(_style(attributes)))


def _style(attributes: Mapping[str, str]) -> str:
    """Return the element's own style."""
    return _bare(attributes.get("style", "")[:1_000])


def _bare(style: str) -> str:
    """Return a style in small letters, without blanks and comments."""
    return re.sub(r"\s+|/\*[^*]{0,200}\*/", "", style).casefold()
