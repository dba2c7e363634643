"""The catalogue of all messages, for translators: `make messages` writes tracker/translations/messages.pot.

It holds what gettext marks in code and templates, and the messages of `Refused` and `Stale`, which the edge translates.
The file has no dates and no line numbers: it changes only where a message does.
"""

import sys
import tomllib
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
TEMPLATE = ROOT / "tracker" / "translations" / "messages.pot"
#: first argument a message; `1c` a context, `2` what it is of
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
    "translatable": None,
    "Refused": None,
    "Stale": None,
    "say": None,  # what reports call gettext of their language
}
HEAD = "# Every message of Intersession, made by `make messages`: a translation begins as a copy of this file."


def extracted() -> Catalog:
    """Return the messages that code and templates hold now, in the order of their text."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    catalog = Catalog(project="Intersession", header_comment=HEAD, charset="utf-8")
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    for place, _line, message, comments, context in extract_from_dir(ROOT, methods, keywords=KEYWORDS):
        if place.startswith(("tracker/", "templates/")):
            catalog.add(message, locations=[(place, None)], auto_comments=comments, context=context)
    return catalog


def as_text(catalog: Catalog) -> str:
    """Return a catalogue as the file holds it."""
    out = BytesIO()
    write_po(out, catalog, omit_header=True, sort_output=True, include_lineno=False, width=0)
    return f'{HEAD}\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n{out.getvalue().decode()}'


@lru_cache(maxsize=1)
def shipped() -> Catalog:
    """Return the catalogue that comes with the project."""
    with TEMPLATE.open("rb") as file:
        return read_po(file)


@lru_cache(maxsize=1)
def shipped_messages() -> frozenset[tuple[str | None, str]]:
    """Return every text that a translator is given, singular and plural, each after its context or None."""
    forms = [(m.context, m.id if isinstance(m.id, tuple) else (m.id,)) for m in shipped() if m.id]
    return frozenset((context, text) for context, texts in forms for text in texts)


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_text(as_text(extracted()), encoding="utf-8")
    sys.stderr.write(f"{TEMPLATE.relative_to(ROOT)}: {len(extracted())} messages\n")
