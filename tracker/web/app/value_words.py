"""The words people read for the values that are stored: "taken-up-in-part" is "taken up in part"."""

from flask import Flask
from flask_babel import get_locale
from sqlmodel import Session

from tracker.people.queries import GROUPS, groups
from tracker.web.app.language import gettext, page_language
from tracker.wording import phrases
from tracker.wording.language import Language
from tracker.wording.stored_values import ANSWERS


def word(value: str | None) -> str:
    """Return what people read for a stored value; a seed's own value is shown with spaces."""
    return page_language().word(value)


def answer_label(answer: str) -> str:
    """Return what the button of an answer by mail says."""
    return str(gettext(ANSWERS[answer]))


def spoken_language() -> Language:
    """Return the language that is spoken now, for the phrases that pages, mails and reports share."""
    language = page_language()
    if language.spoken is None:
        locale = get_locale()
        # Its own words, so that no phrase asks for the language anew.
        says = (language.gettext, language.ngettext, language.word)
        language.spoken = Language(str(locale), *says, is_rtl=locale.text_direction == "rtl")
    return language.spoken


def group_names(session: Session) -> dict[str, str]:
    """Return what the stakeholder groups that may be chosen are called, by slug: a seed's own by the name it gave."""
    return {slug: name if GROUPS.get(slug) != name else word(slug) for slug, name in groups(session).items()}


def not_an_outcome(body: phrases.NamedBody) -> str:
    """Return "not an IGF outcome", which every list of what was put forward says of itself."""
    outcomes = page_language().outcomes
    if body.slug not in outcomes:
        outcomes[body.slug] = phrases.not_an_outcome(spoken_language(), body)
    return outcomes[body.slug]


def register(app: Flask) -> None:
    """Give the words to the templates."""
    app.jinja_env.globals.update(word=word, answer_label=answer_label, not_an_outcome=not_an_outcome)
