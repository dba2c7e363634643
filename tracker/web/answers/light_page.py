"""Pages that come in one request: their style stands inside them, allowed by its hash, and nothing else is loaded."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import make_response, render_template
from flask_babel import force_locale
from markupsafe import Markup
from werkzeug.wrappers import Response

from tracker.answers.choices import MailAnswer
from tracker.config import LANGUAGES
from tracker.people.models import Person

STYLESHEET = Path(__file__).with_name("answers.css")
#: what each answer needs beside itself: with `:has` the page shows only that, without it all of it
NEEDS = "form:has([value={answer}]:checked) .if-{answer}{{display:block}}"
NOTED = "form:has(:is({answers}):checked) .else{{display:none}}"
#: answers of which the note says something that is asked for
WITH_REASON = (MailAnswer.DONE, MailAnswer.MORE_TIME, MailAnswer.PARTLY, MailAnswer.DISPUTES)


@cache
def style() -> str:
    """Return the style of these pages: what stands in their one style element."""
    needs = [NEEDS.format(answer=answer.value) for answer in MailAnswer]
    reasons = ",".join(f"[value={answer.value}]" for answer in WITH_REASON)
    rules = ["@supports selector(:has(a)){", ".if{display:none}", *needs, NOTED.format(answers=reasons), "}"]
    return STYLESHEET.read_text(encoding="utf-8").strip() + "\n" + "".join(rules)


@cache
def policy() -> str:
    """Return the content security policy of these pages."""
    digest = b64encode(sha256(style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )


def light_page(template: str, status: int = 200, **values: object) -> Response:
    """Draw the page with its style inside it."""
    element = Markup("<style>{}</style>").format(Markup(style()))  # noqa: S704 - our own file
    answer = make_response(render_template(f"answers/{template}.html", style=element, **values), status)
    answer.headers["Content-Security-Policy"] = policy()
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@contextmanager
def language_of(person: Person | None) -> Iterator[None]:
    """Speak the language of the person whose link it is; whoever's browser it is, they are the reader."""
    if person is None or person.language not in LANGUAGES:
        yield
        return
    with force_locale(person.language):
        yield
