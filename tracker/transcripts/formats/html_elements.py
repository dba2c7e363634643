"""A web page's elements in the order of their tags, each with what is in it: one pass, however deep they are nested."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

#: characters of an element's class and id that are looked at
MAX_NAMES = 300
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
    page = list(_made(body))
    for element in reversed(page):
        if element.above is not None:
            element.above.size += element.size
            element.above.links += element.links
            linked = element.linked
            if element.is_link:
                linked = element.size
            element.above.linked += linked
    return page


def _made(body: LexborNode) -> Iterator[Element]:
    elements_by_id: dict[int, Element] = {}
    for node in body.traverse(include_text=True):
        tag = node.tag or ""
        parent = node.parent
        above = elements_by_id.get(parent.mem_id) if parent is not None else None
        if tag == TEXT:
            text = node.text(deep=False)
            yield Element(tag, above, text, size=len(text.strip()))
        elif not tag.startswith("-"):
            elements_by_id[node.mem_id] = _element(tag, above, node.attributes)
            yield elements_by_id[node.mem_id]


def _element(tag: str, above: Element | None, attributes: Mapping[str, str | None]) -> Element:
    """An element with what its attributes tell."""
    if not attributes:
        return Element(tag, above)
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:MAX_NAMES]
    is_link = tag == "a" and "href" in attributes
    hidden = "hidden" in attributes
    role = "menu" if hidden else attributes.get("role") or ""
    return Element(tag, above, names=names, role=role, is_link=is_link, links=int(is_link))
