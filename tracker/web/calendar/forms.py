"""Forms of the calendar: meetings and milestones."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from tracker.calendar.move_milestone import NewDays
from tracker.errors import Refused
from tracker.meetings.changes import MeetingDetails, MilestoneDetails, refuse_days
from tracker.meetings.models import Milestone, Repeats
from tracker.meetings.recurrence import Rule
from tracker.meetings.series import SeriesDetails
from tracker.web.app.address_numbers import WholeNumberField, whole_number
from tracker.web.app.form_choices import milestone_options, number_or_none, words
from tracker.web.app.pick_field import PickField

TITLE = [InputRequired(lazy_gettext("Give it a title.")), Length(max=200)]
DAY = [InputRequired(lazy_gettext("Give a day, as in 2013-02-28."))]
#: most meetings last a day: the page fills it in from the first day, and without a script an empty one means that day
LAST_DAY: dict[str, Any] = {
    "validators": [Optional()],
    "description": lazy_gettext("Leave it empty if it is the first day."),
    "render_kw": {"data-follows": "starts_on"},
}


class MeetingForm(FlaskForm):
    """A meeting: what, when, where, and the milestone that it is."""

    title = StringField(lazy_gettext("Title"), TITLE)
    starts_on = DateField(lazy_gettext("First day"), DAY)
    ends_on = DateField(lazy_gettext("Last day"), **LAST_DAY)
    place = StringField(lazy_gettext("Place"), [Length(max=200)])
    milestone_id = PickField(lazy_gettext("Belongs to milestone"), coerce=number_or_none)
    recording_url = StringField(
        lazy_gettext("Recording"),
        [Length(max=2000)],
        description=lazy_gettext(
            "An address that begins with https://. Each passage links to its moment in the recording."
        ),
    )
    version = WholeNumberField(widget=HiddenInput(), default=1)

    def offer(self, milestones: list[Milestone]) -> "MeetingForm":
        """Fill in the milestones to choose from."""
        self.milestone_id.choices = [("", "–"), *milestone_options(milestones, self.milestone_id.data)]
        return self

    def details(self) -> MeetingDetails:
        """Return what was typed."""
        return MeetingDetails(
            title=self.title.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data or self.starts_on.data,
            place=self.place.data,
            milestone_id=self.milestone_id.data or None,
            recording_url=self.recording_url.data,
        )


class DaysForm(FlaskForm):
    """First and last day, and whether they are certain."""

    starts_on = DateField(lazy_gettext("First day"), DAY)
    ends_on = DateField(lazy_gettext("Last day"), DAY)
    tentative = BooleanField(lazy_gettext("Tentative: due dates count to the last day"))

    def validate_ends_on(self, field: DateField) -> None:
        """Refuse days that cannot be, before anybody is shown what would move to them."""
        if self.starts_on.data is None or field.data is None:
            return
        try:
            refuse_days(self.starts_on.data, field.data)
        except Refused as refused:
            # The rule is the domain's; a form shows it beside its field.
            raise ValidationError(gettext(refused.message, **refused.values)) from None

    def move_last_day_along(self, milestone: Milestone) -> None:
        """Keep the length where only the first day was changed and now lies after the last, which nobody can mean."""
        first = self.starts_on.data
        last = self.ends_on.data
        if first and last == milestone.ends_on and first > last:
            # Whoever types only a new first day means to move the meeting, not to stretch it.
            moved = first + (milestone.ends_on - milestone.starts_on)
            self.ends_on.process(MultiDict({self.ends_on.name: moved.isoformat()}))

    def days(self) -> NewDays:
        """Return the days that were typed."""
        return NewDays(self.starts_on.data, self.ends_on.data, self.tentative.data)


class MoveForm(DaysForm):
    """Moves a milestone, and says why."""

    reason = TextAreaField(lazy_gettext("Why it moves"), [Length(max=2000)])
    version = WholeNumberField(widget=HiddenInput())


class MilestoneForm(DaysForm):
    """A new milestone."""

    title = StringField(lazy_gettext("Title"), TITLE)
    ends_on = DateField(lazy_gettext("Last day"), **LAST_DAY)
    place = StringField(lazy_gettext("Place"), [Length(max=200)])

    def details(self) -> MilestoneDetails:
        """Return what was typed."""
        return MilestoneDetails(
            title=self.title.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data or self.starts_on.data,
            place=self.place.data,
            tentative=self.tentative.data,
        )


class CancelForm(FlaskForm):
    """Cancels a milestone: why, and which of the items due at it are to be due at another."""

    reason = TextAreaField(lazy_gettext("Why it is not held"), [Length(max=2000)])
    to = PickField(lazy_gettext("Move the due dates to"), coerce=number_or_none)
    # Any number is taken here: the view keeps those that are due at the milestone.
    items = SelectMultipleField(lazy_gettext("Which of them"), coerce=whole_number, validate_choice=False)
    version = WholeNumberField(widget=HiddenInput())

    def offer(self, milestones: list[Milestone]) -> "CancelForm":
        """Fill in the milestones that what is due may move to."""
        self.to.choices = [("", gettext("no other milestone: they keep their date")), *milestone_options(milestones)]
        # The verb refuses an empty reason in its own words; the field only shows that one is needed.
        self.reason.flags.required = True
        return self


class ReinstateForm(FlaskForm):
    """Reinstates a cancelled milestone, with the version that was seen."""

    version = WholeNumberField(widget=HiddenInput())


class SeriesForm(FlaskForm):
    """A series of milestones: its first day, and how it goes on."""

    title = StringField(lazy_gettext("Title"), TITLE)
    first_day = DateField(lazy_gettext("First day"), DAY)
    every = WholeNumberField(lazy_gettext("Every"), [InputRequired(lazy_gettext("Give a number."))], default=1)
    repeats = SelectField(lazy_gettext("Weeks or months"))
    length_days = WholeNumberField(lazy_gettext("Days of each meeting"), [Optional()], default=1)
    place = StringField(lazy_gettext("Place"), [Length(max=200)])
    until = DateField(lazy_gettext("Until"), [Optional()])
    times = WholeNumberField(lazy_gettext("Or number of times"), [Optional()])

    def offer(self) -> "SeriesForm":
        """Fill in how a series may go on."""
        self.repeats.choices = words(Repeats)
        return self

    def details(self) -> SeriesDetails:
        """Return what was typed."""
        rule = Rule(self.first_day.data, Repeats(self.repeats.data), self.every.data, self.until.data, self.times.data)
        return SeriesDetails(self.title.data, rule, self.place.data, self.length_days.data or 1)


class LastDayForm(FlaskForm):
    """The last day on which a series may meet."""

    last = DateField(lazy_gettext("Last day on which it may meet"), DAY)


class EndSeriesForm(LastDayForm):
    """Ends a series: the reason, and the milestone that later due dates move to."""

    to = PickField(lazy_gettext("Move their due dates to"), coerce=number_or_none)
    reason = TextAreaField(lazy_gettext("Why it ends"), [Length(max=2000)])
    version = WholeNumberField(widget=HiddenInput())

    def offer(self, milestones: list[Milestone]) -> "EndSeriesForm":
        """Fill in the milestones that what is due may move to."""
        self.to.choices = [("", gettext("no other milestone: they keep their date")), *milestone_options(milestones)]
        self.reason.flags.required = True
        return self


class RenameForm(FlaskForm):
    """The title and the place of a milestone or series."""

    title = StringField(lazy_gettext("Title"), TITLE)
    place = StringField(lazy_gettext("Place"), [Length(max=200)])
    version = WholeNumberField(widget=HiddenInput())
