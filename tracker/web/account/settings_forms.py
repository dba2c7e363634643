"""Forms of one's own account."""

from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from flask_babel import get_locale, gettext, lazy_gettext, lazy_pgettext
from flask_wtf import FlaskForm
from wtforms import DateField, PasswordField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from tracker.config import LANGUAGES
from tracker.people.models import Frequency
from tracker.web.app.address_numbers import WholeNumberField, whole_number
from tracker.web.app.value_words import word

CONTINENTS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def zones() -> list[SelectChoice]:
    """Return the time zones, to be grouped by continent; read from the disk once."""
    names = sorted(name for name in available_timezones() if name.split("/")[0] in CONTINENTS)
    return [SelectChoice(name, _place(name), optgroup=name.split("/")[0]) for name in names]


def _place(zone: str) -> str:
    return zone.partition("/")[2].replace("_", " ")


def weekdays() -> list[SelectChoice]:
    """Return Monday to Sunday in the reader's language."""
    names = get_locale().days["format"]["wide"]
    return [SelectChoice(number, names[number]) for number in range(7)]


class PreferencesForm(FlaskForm):
    """Language, time zone, and when the digest comes."""

    language = SelectField(lazy_gettext("Language"))
    timezone = SelectField(lazy_gettext("Time zone"))
    frequency = SelectField(lazy_gettext("Digest by mail"), choices=[])
    weekday = SelectField(lazy_pgettext("weekday", "On"), coerce=whole_number)
    hour = SelectField(lazy_pgettext("hour", "At"), coerce=whole_number)
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
            SelectChoice("", gettext("the same as this body: %(zone)s", zone=_place(register_zone) or register_zone)),
            *zones(),
        ]
        self.frequency.choices = [SelectChoice(frequency.value, word(frequency)) for frequency in Frequency]
        self.weekday.choices = weekdays()
        self.hour.choices = [SelectChoice(hour, f"{hour:02}:00") for hour in range(24)]
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
