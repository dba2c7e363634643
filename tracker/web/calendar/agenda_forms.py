"""Forms of an agenda: what is raised where, a note for the chair, what became of it in the room."""

from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext, lazy_pgettext
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.widgets import HiddenInput

from tracker.agendas.models import AgendaOutcome
from tracker.meetings.models import Milestone
from tracker.web.app.address_numbers import WholeNumberField
from tracker.web.app.form_choices import dated, member_or_none, number_or_none, words
from tracker.web.app.pick_field import PickField

#: signs; a note is read aloud or at a glance
NOTE = [Length(max=2_000)]


class AgendaPlaceForm(FlaskForm):
    """The place of a point, and the version of the order that was seen."""

    # A place beyond the end means the end.
    to = WholeNumberField(lazy_gettext("Place"), [InputRequired(), NumberRange(1, 10_000)])
    version = WholeNumberField(widget=HiddenInput(), default=0)


class NoteForm(FlaskForm):
    """A note for whoever chairs."""

    note = TextAreaField(
        lazy_gettext("Note for the chair"),
        NOTE,
        description=lazy_gettext("Never public. It is printed only on the chair's own copy."),
    )
    version = WholeNumberField(widget=HiddenInput(), default=0)


class RaiseForm(FlaskForm):
    """Where an item is to be raised."""

    milestone = PickField(
        lazy_pgettext("milestone", "At"), [InputRequired(lazy_gettext("Choose a milestone."))], coerce=number_or_none
    )
    note = TextAreaField(lazy_gettext("Note for the chair"), NOTE)

    def offer(self, milestones: Sequence[Milestone]) -> "RaiseForm":
        """Fill in what there is to choose from."""
        self.milestone.choices = dated(milestones)
        return self


class OutcomeForm(FlaskForm):
    """What became of a point in the room."""

    outcome = RadioField(lazy_gettext("Outcome"), default="")
    to = PickField(lazy_gettext("Postponed to"), coerce=number_or_none)
    note = TextAreaField(lazy_gettext("What was said, in short"), NOTE)
    version = WholeNumberField(widget=HiddenInput(), default=0)

    def offer(self, milestones: Sequence[Milestone]) -> "OutcomeForm":
        """Fill in what there is to choose from."""
        self.outcome.choices = [("", gettext("not noted yet")), *words(AgendaOutcome)]
        self.to.choices = [("", gettext("choose one")), *dated(milestones)]
        return self

    def chosen(self) -> AgendaOutcome | None:
        """Return what was chosen."""
        return member_or_none(AgendaOutcome, self.outcome.data)
