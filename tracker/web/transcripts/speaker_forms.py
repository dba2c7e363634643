"""Forms of the speakers' desk: whose a label is, two names that may be one, what speakers say of themselves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from tracker.transcripts.models import DoubtState, SpeakerDoubt
from tracker.transcripts.speakers.accept_introductions import CorrectedIntroduction
from tracker.web.app.address_numbers import LARGEST, WholeNumberField, whole_number
from tracker.web.app.form_choices import number_or_none
from tracker.web.app.pick_field import PickField
from tracker.web.app.value_words import word
from tracker.web.transcripts.turn_forms import WhoForm

ANSWERS = (DoubtState.SAME.value, DoubtState.DIFFERENT.value)
STATES = {True: DoubtState.SAME, False: DoubtState.DIFFERENT}
#: between what is on record of somebody and what was heard
KEEP = {"": None, "kept": True, "heard": False}


def _number_pairs(values: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield both numbers of each "7=1"; what holds none, or one that no row can have, is left out."""
    for value in values:
        first, _, second = value.partition("=")
        with suppress(ValueError):
            yield whole_number(first), whole_number(second)


class SpeakerLabelForm(WhoForm):
    """Says whose a label is, for all of its turns that are one person's or nobody's now."""

    label = HiddenField()
    instead_of = WholeNumberField(widget=HiddenInput(), validators=[Optional()])
    remember = BooleanField(lazy_gettext("Remember this for later transcripts"), default=True)


class AcceptSpeakersForm(FlaskForm):
    """Accepts proposed speakers: those that are ticked, or the one whose button was pressed. "14=7" is turn=person."""

    take = SelectMultipleField(lazy_gettext("Speaker"), choices=[], validate_choice=False)
    only = StringField()
    remember = BooleanField(lazy_gettext("Remember this for later transcripts"), default=True)

    def questions(self) -> list[list[tuple[int, int]]]:
        """Return for each person the first turn of each voice with who was proposed for it, 0 for a new one."""
        # One's own button beside a speaker means that one alone, whatever is ticked.
        values = self.take.data or []
        if self.only.data:
            values = [self.only.data]
        # One person may be proposed for several voices: "5=0 15=0".
        questions = [list(_number_pairs(value.split())) for value in values]
        return [pairs for pairs in questions if pairs]


class DoubtForm(FlaskForm):
    """Says whether two names are one person's."""

    version = WholeNumberField(widget=HiddenInput(), validators=[InputRequired()])
    answer = SelectField(choices=list(ANSWERS))
    #: further doubts of the same question, "7=1" for doubt 7 in version 1; those ticked are the same person too
    others = SelectMultipleField(choices=[], validate_choice=False)
    same = SelectMultipleField(choices=[], validate_choice=False)

    def of(self, doubt: SpeakerDoubt) -> DoubtState:
        """Return the answer about the doubt that the form is sent to."""
        if str(doubt.id) in (self.same.data or []):
            return DoubtState.SAME
        return DoubtState(self.answer.data)

    def further(self) -> list[tuple[int, int, DoubtState]]:
        """Return number, version and answer of each further doubt."""
        ticked = set(self.same.data or [])
        return [
            (number, version, STATES[str(number) in ticked])
            for number, version in _number_pairs(self.others.data or [])
        ]


class IntroductionForm(FlaskForm):
    """How a speaker introduced themselves, to be corrected before it is accepted."""

    version = WholeNumberField(widget=HiddenInput(), validators=[InputRequired()])
    name = StringField(lazy_gettext("Name"), [Length(max=200)])
    affiliation = StringField(lazy_gettext("Affiliation"), [Length(max=200)])
    stakeholder_group = SelectField(lazy_gettext("Stakeholder group"))
    person = PickField(lazy_gettext("Person"), coerce=number_or_none, suggested_by="speakers")
    keep = SelectField(lazy_gettext("Where another affiliation is on record"), default="")

    def offer(self, people: Sequence[tuple[int, str]], groups: Mapping[str, str]) -> "IntroductionForm":
        """Fill in what there is to choose from."""
        self.person.choices = [("", gettext("a new person with the name above")), *people]
        self.stakeholder_group.choices = list({"unknown": word("unknown"), **groups}.items())
        self.keep.choices = [
            ("", gettext("choose one")),
            ("kept", gettext("keep what is on record")),
            ("heard", gettext("use what is written here")),
        ]
        return self

    def corrected(self) -> CorrectedIntroduction:
        """Return what is to be believed."""
        return CorrectedIntroduction(
            self.name.data or "", self.affiliation.data or None, self.stakeholder_group.data, KEEP[self.keep.data or ""]
        )


class DismissForm(FlaskForm):
    """Says that a passage is no introduction, or of no use."""

    version = WholeNumberField(widget=HiddenInput(), validators=[InputRequired()])


class UndoSpeakerForm(FlaskForm):
    """Takes a decision back."""

    event = WholeNumberField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, LARGEST)])
