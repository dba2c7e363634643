"""Forms of the calendar: meetings and milestones."""

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import HiddenInput

from tracker.errors import Refused
from tracker.items.moving import NewDays
from tracker.meetings.changes import MeetingDetails, MilestoneDetails, refuse_days
from tracker.meetings.models import Milestone

TITLE = [InputRequired(lazy_gettext("Give it a title.")), Length(max=200)]
DAY = [InputRequired(lazy_gettext("Give a day, as in 2013-02-28."))]


class MeetingForm(FlaskForm):
    """A meeting: what, when, where, and the milestone that it is."""

    title = StringField(lazy_gettext("Title"), TITLE)
    starts_on = DateField(lazy_gettext("First day"), DAY)
    ends_on = DateField(lazy_gettext("Last day"), DAY)
    place = StringField(lazy_gettext("Place"), [Length(max=200)])
    milestone_id = SelectField(lazy_gettext("Belongs to milestone"), coerce=int)
    recording_url = StringField(
        lazy_gettext("Recording"),
        [Length(max=2000)],
        description=lazy_gettext("An address that begins with https://; passages link to their second of it."),
    )
    version = IntegerField(widget=HiddenInput(), default=1)

    def offer(self, milestones: list[Milestone]) -> "MeetingForm":
        """Fill in the milestones to choose from."""
        self.milestone_id.choices = [(0, "–"), *((one.id or 0, one.title) for one in milestones)]
        return self

    def details(self) -> MeetingDetails:
        """Return what was typed."""
        return MeetingDetails(
            title=self.title.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
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
            raise ValidationError(gettext(refused.message, **refused.values)) from None

    def days(self) -> NewDays:
        """Return the days that were typed."""
        return NewDays(self.starts_on.data, self.ends_on.data, self.tentative.data)


class MoveForm(DaysForm):
    """Moves a milestone, and says why."""

    reason = TextAreaField(lazy_gettext("Why it moves"), [Length(max=2000)])
    version = IntegerField(widget=HiddenInput())


class MilestoneForm(DaysForm):
    """A new milestone."""

    title = StringField(lazy_gettext("Title"), TITLE)
    place = StringField(lazy_gettext("Place"), [Length(max=200)])

    def details(self) -> MilestoneDetails:
        """Return what was typed."""
        return MilestoneDetails(
            title=self.title.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            place=self.place.data,
            tentative=self.tentative.data,
        )


class RenameForm(FlaskForm):
    """How a milestone is called, and where it is."""

    title = StringField(lazy_gettext("Title"), TITLE)
    place = StringField(lazy_gettext("Place"), [Length(max=200)])
    version = IntegerField(widget=HiddenInput())
