"""Languages for tests only: every message longer, with accents and in brackets; and the same from right to left."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from unittest import mock

import flask_babel
from babel.support import NullTranslations
from flask import Flask

from tests.catalogue import shipped_messages

OPEN, CLOSE = "⟦", "⟧"
CACHED = type(lru_cache(str.upper))
#: what must come through as it is: placeholders, and the little HTML that a message may hold
KEPT = re.compile(r"(%\(\w+\)[sd]|%%|<[^>]+>)")
#: accented twins: some forty per cent more letters, and words that are longer
LONGER = str.maketrans(dict(zip("aeiouAEIO", ["áà", "éè", "íì", "óò", "úù", "Áà", "Éè", "Íì", "Óò"], strict=True)))


def longer(message: str) -> str:
    """Return what a test's own language says for a message."""
    parts = KEPT.split(message)
    return OPEN + "".join(part if KEPT.fullmatch(part) else part.translate(LONGER) for part in parts) + CLOSE


class Pseudo(NullTranslations):
    """A translation of every message that a translator is given, and of no other."""

    def gettext(self, message: str) -> str:
        """Say it longer, if the catalogue has it."""
        return self.pgettext(None, message)

    def ngettext(self, msgid1: str, msgid2: str, num: int) -> str:
        """Say it longer, in the form that the number wants."""
        return self.gettext(msgid1 if num == 1 else msgid2)

    def pgettext(self, context: str | None, message: str) -> str:
        """Say it longer, if the catalogue has it in that context."""
        return longer(message) if (context, message) in shipped_messages() else message

    ugettext = gettext
    ungettext = ngettext
    upgettext = pgettext


@contextmanager
def speaking(app: Flask, locale: str) -> Iterator[None]:
    """Let the application speak it, with days and direction of a real language."""
    babel = app.extensions["babel"]
    _forget(app)
    with (
        mock.patch.object(flask_babel.Domain, "get_translations", return_value=Pseudo()),
        mock.patch.object(babel, "locale_selector", mock.Mock(return_value=locale)),
    ):
        yield
    _forget(app)


def _forget(app: Flask) -> None:
    """Let the application forget what it keeps of words, for it keeps them by the name of a real language."""
    app.extensions["shelf"].clear()
    for name, module in list(sys.modules.items()):
        for value in vars(module).values() if name.startswith("tracker.web") else ():
            if type(value) is CACHED:  # not isinstance, which would wake the proxies of Flask
                value.cache_clear()


def outside(text: str) -> str:
    """Return what of a text stands in no bracket."""
    depth, kept = 0, []
    for sign in text:
        depth += (sign == OPEN) - (sign == CLOSE)
        kept.append(sign if not depth and sign != CLOSE else " ")
    return "".join(kept)
