"""Forms of people, bodies, classes, roles and names as printed."""

from collections.abc import Iterable
from typing import Self

from babel import Locale
from flask_babel import gettext, lazy_gettext, ngettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from tracker.config import LANGUAGES
from tracker.digests.kept_digests import MONTHS
from tracker.erasure.preview import ErasurePreview
from tracker.people.details import BodyDetails, PersonDetails
from tracker.people.models import GroupSource, Person, Role
from tracker.people.terms import Days
from tracker.web.account.settings_forms import zone_choices
from tracker.web.app.address_numbers import WholeNumberField, whole_number
from tracker.web.app.form_choices import member_or_none, number_or_none
from tracker.web.app.pick_field import PickField
from tracker.web.app.value_words import word

Pairs = list[tuple[str, str]]
NAME = [InputRequired(lazy_gettext("Give a name.")), Length(max=200)]


def languages(kept: str) -> list[SelectChoice]:
    """Return the languages of the program by their own names, and the one that is kept."""
    codes = dict.fromkeys([*LANGUAGES, kept])
    return [SelectChoice(code, Locale.parse(code, sep="-").get_display_name()) for code in codes]


class PersonForm(FlaskForm):
    """What is known of a person."""

    name = StringField(lazy_gettext("Name"), NAME)
    affiliation = StringField(lazy_gettext("Affiliation"), [Length(max=200)])
    stakeholder_group = SelectField(lazy_gettext("Stakeholder group spoken for"))
    group_source = SelectField(lazy_gettext("How the group is known"))
    email = StringField(
        lazy_gettext("Mail address"), [Length(max=254)], render_kw={"type": "email", "autocomplete": "off"}
    )
    timezone = PickField(lazy_gettext("Time zone"), suggested_by="time-zones")
    language = SelectField(lazy_gettext("Language"))
    version = WholeNumberField(widget=HiddenInput(), default=1)

    def offer(self, groups: dict[str, str], person: Person | None = None) -> "PersonForm":
        """Fill in what there is to choose from, what the person has included."""
        self.stakeholder_group.choices = [("unknown", word("unknown")), *_but_unknown(groups)]
        self.group_source.choices = [("", "–"), *((source.value, word(source)) for source in GroupSource)]
        zone = None
        language = LANGUAGES[0]
        if person is not None:
            zone = person.timezone
            language = person.language
        self.timezone.choices = [("", gettext("the same as the body")), *zone_choices(zone)]
        self.language.choices = languages(language)
        return self

    def details(self) -> PersonDetails:
        """Return what was typed."""
        return PersonDetails(
            name=self.name.data,
            affiliation=self.affiliation.data,
            stakeholder_group=self.stakeholder_group.data,
            group_source=member_or_none(GroupSource, self.group_source.data),
            email=self.email.data,
            timezone=self.timezone.data or None,
            language=self.language.data,
        )


class BodyForm(FlaskForm):
    """What is known of a body."""

    name = StringField(lazy_gettext("Name"), NAME)
    purpose = StringField(lazy_gettext("What it is for"), [Length(max=300)])
    stakeholder_group = SelectField(lazy_gettext("Stakeholder group"))
    timezone = PickField(lazy_gettext("Time zone"), suggested_by="time-zones")
    belongs = PickField(lazy_gettext("Belongs to"))
    # Only a register has digests of its own: the form of another body leaves these two out.
    digest_months = SelectField(lazy_gettext("Keep past digests for"), coerce=whole_number, default=24)
    holds_unusual = BooleanField(lazy_gettext("Hold unusual digests until somebody of the secretariat looks at them"))
    version = WholeNumberField(widget=HiddenInput(), default=1)

    def offer(self, groups: dict[str, str], parents: Pairs) -> "BodyForm":
        """Fill in what there is to choose from."""
        self.stakeholder_group.choices = [("unknown", word("unknown")), *_but_unknown(groups)]
        # No continent has UTC, which is the zone of a body until somebody chooses another.
        self.timezone.choices = zone_choices("UTC")
        self.belongs.choices = parents
        self.digest_months.choices = [
            SelectChoice(months, ngettext("%(num)d month", "%(num)d months", months)) for months in MONTHS
        ]
        return self

    def details(self) -> BodyDetails:
        """Return what was typed."""
        return BodyDetails(
            name=self.name.data,
            parent_id=number_or_none(self.belongs.data),
            timezone=self.timezone.data,
            stakeholder_group=self.stakeholder_group.data,
            digest_months=self.digest_months.data,
            holds_unusual=self.holds_unusual.data,
            purpose=self.purpose.data or "",
        )


class ClassForm(FlaskForm):
    """A party that is neither person nor body."""

    name = StringField(lazy_gettext("Name, as in: governments"), NAME)


class TermForm(FlaskForm):
    """A role in a body from one day to another."""

    body = PickField(lazy_gettext("In"))
    role = SelectField(lazy_gettext("Role"))
    first_day = DateField(lazy_gettext("First day"), [InputRequired(lazy_gettext("Give a day, as in 2013-02-28."))])
    last_day = DateField(lazy_gettext("Last day"), [Optional()])

    def offer(self, bodies: Pairs) -> "TermForm":
        """Fill in what there is to choose from."""
        self.body.choices = bodies
        self.role.choices = [
            # The most frequent comes first, so that nobody gives the rights of the secretariat by a slip.
            (role.value, word(role))
            for role in (Role.MEMBER, Role.RAPPORTEUR, Role.CHAIR, Role.SECRETARIAT)
        ]
        return self

    def days(self) -> Days:
        """Return the days that were typed."""
        return Days(self.first_day.data, self.last_day.data)


class EndTermForm(FlaskForm):
    """The last day of a role."""

    last_day = DateField(lazy_gettext("Last day"), [InputRequired(lazy_gettext("Give a day, as in 2013-02-28."))])
    # Without a secretariat only the operator can give anybody a role again, so it is asked for in words.
    may_be_last = BooleanField(lazy_gettext("End it anyway: the operator names a new secretariat"))
    version = WholeNumberField(widget=HiddenInput())


class PersonLabelForm(FlaskForm):
    """A name as printed before somebody's speech."""

    label = StringField(lazy_gettext("As printed"), [InputRequired(lazy_gettext("Give the name.")), Length(max=200)])


class ChoosePersonForm(FlaskForm):
    """The record that stands for a person from now on."""

    keeper = PickField(lazy_gettext("Same person as"))

    def offer(self, people: Iterable[tuple[int, str]]) -> "ChoosePersonForm":
        """Fill in who there is to choose from."""
        self.keeper.choices = [("", "–"), *((str(number), name) for number, name in people)]
        return self


class StewardsForm(FlaskForm):
    """Who answers for a body or a class."""

    steward = PickField(lazy_gettext("Answers for it"))
    second = PickField(lazy_gettext("Second, when the first is away"))
    version = WholeNumberField(widget=HiddenInput())

    def offer(self, people: Iterable[tuple[int, str]]) -> "StewardsForm":
        """Fill in who there is to choose from."""
        choices = [("", gettext("nobody")), *((str(number), name) for number, name in people)]
        self.steward.choices = self.second.choices = choices
        return self


class EraseForm(FlaskForm):
    """The ground on which a person is erased."""

    extent = RadioField(lazy_gettext("What goes"), [InputRequired(lazy_gettext("Choose one."))], default="name")
    # The ground outlives the record: the tombstone shows it.
    ground = TextAreaField(lazy_gettext("On what ground"), [InputRequired(lazy_gettext("Say why.")), Length(max=500)])

    def offer(self, preview: ErasurePreview) -> Self:
        """Offer the name alone, or with what the person said in all versions; return the form."""
        self.preview = preview
        told = ngettext(
            "Name, and all that they said: %(num)d turn", "Name, and all that they said: %(num)d turns", preview.turns
        )
        self.extent.choices = [("name", gettext("Name only")), ("name-and-words", told)]
        return self


def _but_unknown(groups: dict[str, str]) -> Pairs:
    # A seed may name this group too; the form offers it first in any case.
    return [(slug, name) for slug, name in groups.items() if slug != "unknown"]
