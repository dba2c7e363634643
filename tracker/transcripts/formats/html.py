"""The text of an HTML page: blocks apart by an empty line, furniture and scripts left out."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

FURNITURE = ["script", "style", "noscript", "template", "nav", "footer", "header", "aside", "form", "iframe", "svg"]
INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "-text", "wbr",
}  # fmt: skip
MAX_CLIMB = 40  # tags nested deeper than this are of no use to a reader
BLANKS = re.compile(r"[ \t\r\n\f]+")


def looks_like_html(text: str) -> bool:
    """Whether the text begins as an HTML page does."""
    head = text[:2000].lstrip().lower()
    return head.startswith(("<!doctype html", "<html", "<head", "<body")) or "<html" in head or "<body" in head


def html_text(markup: str) -> str:
    """The words of the page as a reader would see them, one block a paragraph."""
    tree = LexborHTMLParser(markup)
    tree.strip_tags(FURNITURE)
    root = tree.css_first("main") or tree.css_first("article") or tree.body
    return "" if root is None else _joined(root)


def _joined(root: LexborNode) -> str:
    blocks: list[str] = []
    current: list[str] = []
    place: int | None = None
    for node in root.traverse(include_text=True):
        if node.tag == "br":
            current.append("\n")
        if node.tag != "-text":
            continue
        block = _block(node)
        if block != place:
            blocks.append("".join(current))
            current, place = [], block
        current.append(BLANKS.sub(" ", node.text(deep=False)))
    blocks.append("".join(current))
    tidy = ("\n".join(line.strip(" ") for line in block.split("\n")).strip("\n ") for block in blocks)
    return "\n\n".join(block for block in tidy if block) + "\n"


def _block(node: LexborNode) -> int:
    """Which block element the text stands in, as a number."""
    parent = node.parent
    for _ in range(MAX_CLIMB):
        if parent is None or parent.tag not in INLINE:
            break
        parent = parent.parent
    return 0 if parent is None else parent.mem_id
