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
from tracker.mail.compose_email import LOOKED_UP
from tracker.web.app import context
from tracker.wording.language import Language
from tracker.wording.stored_values import word_to_translate


def locale() -> str:
    """Return the reader's language if there is a translation, else the best their browser asks for, else English."""
    reader = context.person_or_none()
    # Whoever chose a language reads it everywhere, whatever browser they borrow.
    if reader is not None and reader.language in LANGUAGES:
        return reader.language
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def zone() -> str:
    """Return the name of the reader's time zone."""
    return context.zone().key


@dataclass
class PageLanguage:
    """The language of a page, with its catalogue: looked up once, for a page says hundreds of words."""

    locale: Locale | None
    catalogue: NullTranslations
    #: translations so far of stored values: "taken-up" is "taken up"
    words: dict[str, str] = field(default_factory=dict)
    #: "not an IGF outcome", by the slug of the body
    outcomes: dict[str, str] = field(default_factory=dict)
    #: the same language as the phrases that pages and mails share want it
    spoken: Language | None = None

    def gettext(self, message: str, /, **values: Any) -> str:
        """Return the message in this language, whichever is spoken when it is asked for."""
        text = self.catalogue.ugettext(message)
        if values:
            return text % values
        return text

    def ngettext(self, singular: str, plural: str, num: int, /, **values: Any) -> str:
        """Return the message in the form that the number wants."""
        return self.catalogue.ungettext(singular, plural, num) % {"num": num, **values}

    def word(self, value: str | None) -> str:
        """Return what people read for a stored value; a seed's own value is shown with spaces."""
        if value is None:
            return ""
        if value not in self.words:
            self.words[value] = self.catalogue.ugettext(word_to_translate(value))
        return self.words[value]


def page_language() -> PageLanguage:
    """Return the current language: within a request a mail may be written in another one than the page."""
    looked_up = LOOKED_UP.get()
    if looked_up is not None:
        if "language" not in looked_up:
            looked_up["language"] = PageLanguage(get_locale(), Domain.get_translations(get_domain()))
        language_of_mail: PageLanguage = looked_up["language"]
        return language_of_mail
    now = get_locale()
    language: PageLanguage | None = g.get("page_language")
    # One request may write a page and mails in other languages.
    if language is None or language.locale is not now:
        language = PageLanguage(now, Domain.get_translations(get_domain()))
        g.page_language = language
    return language


class Catalogue(Domain):
    """Where flask-babel's own functions find their words, by the same short way."""

    def get_translations(self) -> NullTranslations:
        """Return the catalogue of the current language."""
        return page_language().catalogue


def gettext(message: str, /, **values: Any) -> str:
    """Return the message in the current language: what flask-babel does, without asking for the language each time."""
    return page_language().gettext(message, **values)


def ngettext(singular: str, plural: str, num: int, /, **values: Any) -> str:
    """Return the message in the form that the number wants, like `gettext`."""
    return page_language().ngettext(singular, plural, num, **values)


@pass_eval_context
def translate(how: EvalContext, message: str, /, **values: Any) -> str:
    """Return the message in the language of the page, with these values in it; of HTML they are escaped."""
    text = page_language().catalogue.ugettext(message)
    if how.autoescape:
        text = Markup(text)  # noqa: S704 - our own words
    # Most messages hold no values, and putting none into HTML takes as long as looking the message up.
    if not values and "%" not in text:
        return text
    return text % values


@pass_eval_context
def translate_plural(how: EvalContext, singular: str, plural: str, num: int, /, **values: Any) -> str:
    """Return the message in the form that the number wants."""
    text = page_language().catalogue.ungettext(singular, plural, num)
    if how.autoescape:
        text = Markup(text)  # noqa: S704 - as in `translate`
    return text % {"num": num, **values}


@pass_eval_context
def translate_in_context(how: EvalContext, message_context: str, message: str, /, **values: Any) -> str:
    """Return the message as it is said in that context: one English word may need two in another language."""
    text = page_language().catalogue.upgettext(message_context, message)
    if how.autoescape:
        text = Markup(text)  # noqa: S704 - as in `translate`
    return text % values


def register(app: Flask) -> None:
    """Ask for language and zone at every request."""
    babel = Babel()
    babel.init_app(app, locale_selector=locale, timezone_selector=zone)
    babel.domain_instance = Catalogue()
    app.jinja_env.globals.update(
        _=translate, gettext=translate, ngettext=translate_plural, pgettext=translate_in_context
    )
