"""In a language of the tests' own every word of ours is in brackets: what is not has escaped the catalogue."""

import re
from collections.abc import Iterator
from typing import Any

import html5lib
import sqlalchemy as sa

from tests.town import Town
from tests.town.addresses import every_page
from tests.web.browsing import XHTML, Browser
from tests.web.pseudo import longer, outside, speaking

SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-text", "data-label")
#: what is said to a machine, days that Babel writes, and the zones of the world
NOT_OURS = {"code", "kbd", "optgroup", "pre", "script", "style", "time"}
#: mails that were written before, as they were sent
MAILS = re.compile(r"/digests/\d|/mail/(kept|next)/")
#: what Babel says, which it knows, which it knows in every language
BABEL = re.compile(
    r"\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b"
    r"(?: \d+ [A-Z][a-z]+(?: \d{4})?(?:, \d\d:\d\d)?)?"
    r"|\bin \d+ [a-z]+|\d+ [a-z]+ ago|\bEnglish\b"
)
FORMATS = re.compile(r"\b(?:HTML|PDF|DOCX|PPTX|MD|CSV|XLSX|JSON|UTC)\b|https?://\S+|(?<![\w<])/[\w/-]+")
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"(?<=[.?!])\s+|\n|: ")
MARKDOWN = re.compile(r"\*+|^- ", re.MULTILINE)
BETWEEN = "\x1f"


def texts(element: Any) -> Iterator[str]:
    """Yield the texts that stand on a page, in their order."""
    name = str(element.tag).removeprefix(XHTML)
    if name not in NOT_OURS:
        yield element.text or ""
        for child in element:
            yield from texts(child)
    yield element.tail or ""


def spoken(html: str) -> list[str]:
    """Return all that is read or heard of a page and stands in no bracket."""
    page = html5lib.parse(html)
    heard = [element.get(key) for element in page.iter() for key in SPOKEN if element.get(key)]
    read = outside(BETWEEN.join(texts(page))).split(BETWEEN)
    return [" ".join(text.split()) for text in [*read, *map(outside, heard)]]


class Written:
    """All that stands in the database, which is nobody's to translate."""

    def __init__(self, town: Town) -> None:
        engine = town.app.extensions["sessions"].engine
        with engine.connect() as connection:
            tables = sa.inspect(engine).get_table_names()
            rows = [row for name in tables for row in connection.execute(sa.text(f'SELECT * FROM "{name}"'))]
        values = {value for row in rows for value in row if isinstance(value, str)}
        values |= {MARKDOWN.sub("", value) for value in values}
        parts = {" ".join(part.split()) for value in values for part in [value, *SENTENCE.split(value)]}
        self.everything = "\n".join(parts)
        names = sorted((part for part in parts if 2 < len(part) < 300), key=len, reverse=True)
        self.names = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names))

    def holds(self, text: str) -> bool:
        """Tell whether there is no other word in the text."""
        said = FORMATS.sub(" ", BABEL.sub(" ", text))
        return said.strip(" ,;:.…()·–") in self.everything or not WORD.search(self.names.sub(" ", said))


def test_no_word_of_ours_escapes_the_catalogue(town: Town) -> None:
    written, escaped = Written(town), set()
    names = {page.reader for page in every_page(town)}
    browsers = {name: Browser(town.app, name and getattr(town.world, name)) for name in names}
    with speaking(town.app, "en"):
        for page in every_page(town):
            if not MAILS.match(page.path):
                heard = spoken(browsers[page.reader].get(page.path).text)
                escaped |= {(page.path, text) for text in heard if not written.holds(text)}
    assert sorted(escaped) == []


def test_the_language_of_the_tests_keeps_what_must_be_kept() -> None:
    said = longer("Take %(count)d of <b>these</b> 100%%")
    assert said == "⟦Táàkéè %(count)d óòf <b>théèséè</b> 100%%⟧"
    assert outside(f"a {said % {'count': 1}} b").split() == ["a", "b"]
