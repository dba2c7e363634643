"""A mail is a value before it is sent: compose() fills its three templates in the reader's language."""

import re
from contextvars import ContextVar
from dataclasses import dataclass
from textwrap import fill
from typing import Any

import css_inline
from babel import Locale
from flask import current_app, render_template
from flask_babel import force_locale

from tracker.config import LANGUAGES, Config
from tracker.mail.server_address import running_port

# C0 and C1 controls, line and paragraph separators, and the signs that turn the direction of writing.
CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+"
)
PARTS = ("subject.txt", "txt", "html")
HEADERS = ("sender_name", "list_id", "reply_to", "unsubscribe")
# Some mail programs drop <style>: each rule also stands at its element. Only what depends on the screen stays apart,
# and says !important, for it would lose against the element's own style.
INLINER = css_inline.CSSInliner(load_remote_stylesheets=False, minify_css=True)
DEFAULT_PORT = 8000
#: signs of a line of plain text
WIDTH = 76
#: signs of a subject that a telephone shows
LONGEST_SUBJECT = 60
#: what the following lines of an item or of a line of a list are indented by
HANGING = re.compile(r" *(?:- |\S+ \d+  )?")
DEEPEST = 8
ADDRESS = re.compile(r"https?://")
LABELLED_ADDRESS = re.compile(r" *[^:]{0,60}: https?://\S+")
#: what one mail looks up once, like the catalogue of its language: it says hundreds of words
LOOKED_UP: ContextVar[dict[str, Any] | None] = ContextVar("looked up for one mail", default=None)


@dataclass(frozen=True)
class Email:
    """What one message says to one address."""

    to: str
    subject: str
    text: str
    html: str
    #: in whose name it comes, as the body's; None: the installation's. The address stays that of MAIL_FROM
    sender_name: str | None = None
    #: what mailboxes sort it by, as "digest.igf"; the installation's domain is added
    list_id: str | None = None
    #: the address that takes replies
    reply_to: str | None = None
    #: the address that takes the one-click POST of RFC 8058
    unsubscribe: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """Return what a queued mail keeps besides its address, subject and bodies: arguments of Email by name."""
        return {name: value for name in HEADERS if (value := getattr(self, name)) is not None}


def compose(name: str, *, to: str, language: str = "en", **values: object) -> Email:
    """Return the mail made of templates/email/NAME.{subject.txt,txt,html}; they also get `base_url`.

    Needs an application context.
    """
    values.setdefault("base_url", base_url(current_app.extensions["config"]))
    if language not in LANGUAGES:
        language = LANGUAGES[0]
    direction = Locale.parse(language).text_direction
    # The reader's language, not that of the person whose request makes the mail.
    values |= {"language": language, "direction": direction}
    before = LOOKED_UP.set({})
    try:
        with force_locale(language):
            subject, text, html = (render_template(f"email/{name}.{part}", **values) for part in PARTS)
    finally:
        LOOKED_UP.reset(before)
    return Email(to=to, subject=shorter(one_line(subject), LONGEST_SUBJECT), text=_tidy(text), html=_inlined(html))


def base_url(config: Config) -> str:
    """Return the beginning of every link in a mail: the configured address, never what a request says.

    Without one it is this machine, at the configured port, else at that of the running server.
    """
    if config.base_url:
        return config.base_url
    return f"http://localhost:{config.port or running_port(config) or DEFAULT_PORT}"


def one_line(text: str) -> str:
    """Return the text fit for a header or a line of a list: no control signs, one blank between words."""
    return " ".join(CONTROLS.sub(" ", text).split())


def shorter(text: str, most: int) -> str:
    """Return the text in at most so many signs, cut at the end of a word and marked with "…" where it is longer."""
    if len(text) <= most:
        return text
    cut, blank, _ = text[:most].rpartition(" ")
    if not blank:
        cut = text[: most - 1]
    return cut.rstrip(" ,;:–-") + "…"


def _inlined(html: str) -> str:
    """Return the page with its styles at the elements, without the templates' indentation: a long mail is cut off."""
    lines = map(str.strip, INLINER.inline(html).split("\n"))
    return "\n".join(filter(None, lines)) + "\n"


def _tidy(text: str) -> str:
    """Remove the empty lines that the template's own statements leave, and wrap the long ones."""
    lines = [_wrapped(line.rstrip()) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _wrapped(line: str) -> str:
    """Return the line in lines that a mail program need not break; what follows the first stands under its words.

    An address stays in one piece, on the line of what it is for: programs break links at a line's end.
    """
    if len(line) <= WIDTH or LABELLED_ADDRESS.fullmatch(line):
        return line
    hang = HANGING.match(line)
    assert hang
    indent = " " * min(len(hang[0]), DEEPEST)
    breaks_words = ADDRESS.search(line) is None
    return fill(line, WIDTH, subsequent_indent=indent, break_long_words=breaks_words, break_on_hyphens=False)
