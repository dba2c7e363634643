"""Forms of one's own account."""

from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from flask_babel import get_locale, gettext, lazy_gettext, lazy_pgettext
from flask_wtf import FlaskForm
from wtforms import DateField, PasswordField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from tracker.config import LANGUAGES
from tracker.people.models import Frequency
from tracker.web.app.address_numbers import WholeNumberField, whole_number
from tracker.web.app.pick_field import PickField, Suggestion
from tracker.web.app.value_words import word

CONTINENTS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def zones() -> list[str]:
    """Return the time zones of all continents; read from the disk once."""
    return sorted(name for name in available_timezones() if name.split("/")[0] in CONTINENTS)


def zone_label(zone: str) -> str:
    """Return what people read for a time zone: Europe/Paris, America/New York."""
    return zone.replace("_", " ")


def zone_suggestions() -> list[Suggestion]:
    """Return every time zone for an input with suggestions."""
    return [Suggestion(zone, zone_label(zone)) for zone in zones()]


def zone_choices(kept: str | None = None) -> list[tuple[str, str]]:
    """Return the time zones as choices, and the one that is kept if it is none of them."""
    names = [kept, *zones()]
    return [(name, zone_label(name)) for name in dict.fromkeys(names) if name]


def weekdays() -> list[SelectChoice]:
    """Return Monday to Sunday in the reader's language."""
    names = get_locale().days["format"]["wide"]
    return [SelectChoice(number, names[number]) for number in range(7)]


class PreferencesForm(FlaskForm):
    """Language, time zone, and when the digest comes."""

    language = SelectField(lazy_gettext("Language"))
    timezone = PickField(lazy_gettext("Time zone"), suggested_by="time-zones")
    frequency = SelectField(lazy_gettext("Digest by mail"), choices=[])
    weekday = SelectField(lazy_pgettext("weekday", "On"), coerce=whole_number)
    hour = WholeNumberField(
        lazy_pgettext("hour", "At"),
        [InputRequired(lazy_gettext("Give a full hour, from 0 to 23.")), NumberRange(0, 23)],
    )
    paused_until = DateField(
        lazy_gettext("No digest until"),
        [Optional()],
        description=lazy_gettext(
            "While you are away. From that day on digests come again by themselves; the first tells of all the time."
        ),
    )
    version = WholeNumberField(widget=HiddenInput())

    def offer(self, language: str, register_zone: str) -> "PreferencesForm":
        """Fill in what there is to choose from, in the reader's language."""
        self.language.choices = [
            SelectChoice(code, Locale.parse(code).get_display_name()) for code in dict.fromkeys([*LANGUAGES, language])
        ]
        self.timezone.choices = [
            ("", gettext("the same as this body: %(zone)s", zone=zone_label(register_zone))),
            *zone_choices(),
        ]
        self.frequency.choices = [SelectChoice(frequency.value, word(frequency)) for frequency in Frequency]
        self.weekday.choices = weekdays()
        return self


class NewPasswordForm(FlaskForm):
    """Sets or changes the password; the old one is asked for unless the sign-in is recent."""

    current = PasswordField(
        lazy_gettext("Current password"), [Length(max=200)], render_kw={"autocomplete": "current-password"}
    )
    new = PasswordField(
        lazy_gettext("New password"),
        [InputRequired(lazy_gettext("Write the new password."))],
        render_kw={"autocomplete": "new-password"},
    )
