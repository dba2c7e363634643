"""In which language and zone a page is written."""

from dataclasses import dataclass, field
from typing import Any

from babel import Locale
from babel.support import NullTranslations
from flask import Flask, g, request
from flask_babel import Babel, Domain, get_domain, get_locale
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from tracker.config import LANGUAGES
from tracker.web.app import context


def locale() -> str:
    """Return the reader's language if there is a translation, else the best his browser asks for, else English."""
    reader = context.person_or_none()
    if reader is not None and reader.language in LANGUAGES:
        return reader.language
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def zone() -> str:
    """Return the name of the reader's time zone."""
    return context.zone().key


@dataclass
class PageLanguage:
    """A language while a page is written: a page says hundreds of words, and its catalogue is looked up once."""

    locale: Locale | None
    catalogue: NullTranslations
    #: what was said so far for the values that are stored
    words: dict[str, str] = field(default_factory=dict)


def spoken() -> PageLanguage:
    """Return the language that is spoken now: within a request a mail may be written in another one."""
    now = get_locale()
    found: PageLanguage | None = g.get("spoken")
    if found is None or found.locale is not now:
        found = g.spoken = PageLanguage(now, Domain.get_translations(get_domain()))
    return found


class Catalogue(Domain):  # type: ignore[misc]  # flask-babel has no types
    """Where flask-babel's own functions find their words, by the same short way."""

    def get_translations(self) -> NullTranslations:
        """Return the catalogue of the language that is spoken now."""
        return spoken().catalogue


@pass_eval_context
def say(how: EvalContext, message: str, **values: Any) -> str:
    """Return the message in the language of the page, with these values in it; of HTML they are escaped."""
    said = spoken().catalogue.ugettext(message)
    return (Markup(said) if how.autoescape else said) % values  # noqa: S704 - our own words


@pass_eval_context
def count(how: EvalContext, one: str, many: str, num: int, **values: Any) -> str:
    """Return the message in the form that the number wants."""
    said = spoken().catalogue.ungettext(one, many, num)
    return (Markup(said) if how.autoescape else said) % {"num": num, **values}  # noqa: S704 - as in `say`


def register(app: Flask) -> None:
    """Ask for language and zone at every request."""
    babel = Babel()
    babel.init_app(app, locale_selector=locale, timezone_selector=zone)
    babel.domain_instance = Catalogue()
    app.jinja_env.globals.update(_=say, gettext=say, ngettext=count)
