"""A web page's elements in the order of their tags, each with what is in it: one pass, however deep they are nested."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_NAMES = 300  # characters of an element's class and id that are looked at
TEXT = "-text"


@dataclass
class Element:
    """An element or a stretch of text; `size` counts the characters in it, `linked` those that are links."""

    tag: str
    above: "Element | None"
    text: str = ""
    names: str = ""
    role: str = ""
    is_link: bool = False
    size: int = 0
    linked: int = 0
    links: int = 0
    hidden: bool = False
    block: "Element | None" = None

    def within_hidden(self) -> bool:
        """Whether it stands in something that is hidden."""
        return self.above is not None and self.above.hidden


def elements(markup: str) -> list[Element]:
    """The elements of the page's body, itself first, each after the one that it stands in."""
    body = LexborHTMLParser(markup).body
    if body is None:
        return []
    made = list(_made(body))
    for one in reversed(made):
        if one.above is not None:
            one.above.size += one.size
            one.above.links += one.links
            one.above.linked += one.size if one.is_link else one.linked
    return made


def _made(body: LexborNode) -> Iterator[Element]:
    known: dict[int, Element] = {}
    for node in body.traverse(include_text=True):
        tag = node.tag or ""
        parent = node.parent
        above = known.get(parent.mem_id) if parent is not None else None
        if tag == TEXT:
            text = node.text(deep=False)
            yield Element(tag, above, text, size=len(text.strip()))
        elif not tag.startswith("-"):
            known[node.mem_id] = _element(tag, above, node.attributes)
            yield known[node.mem_id]


def _element(tag: str, above: Element | None, attributes: Mapping[str, str | None]) -> Element:
    """An element with what its attributes tell."""
    if not attributes:
        return Element(tag, above)
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:MAX_NAMES]
    is_link = tag == "a" and "href" in attributes
    hidden = "hidden" in attributes
    role = "menu" if hidden else attributes.get("role") or ""
    return Element(tag, above, names=names, role=role, is_link=is_link, links=int(is_link))
