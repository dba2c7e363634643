"""Text that people wrote in Markdown: as safe HTML, and as plain words for mails and lists."""

import re
import threading
from functools import lru_cache

import nh3
from markdown import Markdown
from markupsafe import Markup

TAGS = {"p", "br", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a", "h3", "h4", "hr"}
#: signs that Markdown may read: most texts have none and need no conversion
SIGNS = re.compile(r"[*_`\[<>&#\\]|^\s*(?:[-+=]|\d+[.)])", re.MULTILINE)


class _Writer(threading.local):
    """The converter of a thread: creating one takes longer than all it converts for a page."""

    def __init__(self) -> None:
        self.markdown = Markdown(extensions=["nl2br", "sane_lists"])


_writer = _Writer()


def safe_markdown(text: str | None) -> Markup:
    """Return HTML of text that people wrote: Markdown, then a short allow-list as the last step."""
    if text and text.isprintable() and text == text.strip() and not SIGNS.search(text):
        return Markup(f"<p>{text}</p>")  # noqa: S704 - one line without any sign: it would come out so
    return _converted(text or "")


@lru_cache(maxsize=1000)
def _converted(text: str) -> Markup:
    html = _writer.markdown.reset().convert(text)
    clean = nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"})
    return Markup(clean)  # noqa: S704 - nh3 has just cleaned it


def plain(text: str) -> str:
    """Return the words of a text that people wrote, without the signs of Markdown."""
    if SIGNS.search(text):
        return safe_markdown(text).striptags()
    return text
