"""Forms of triage: what the detector guessed stands in them ready to be accepted or changed."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import Form, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from tracker.detector.cues.polarity import Reading, polarity
from tracker.errors import Refused
from tracker.items.create import NewItem
from tracker.items.models import Capacity, DueFrom, ItemKind, Relation
from tracker.items.party_models import Stance
from tracker.meetings.models import Meeting, Milestone
from tracker.people.models import Person
from tracker.proposals.models import AsideReason, Proposal, ProposalKind
from tracker.triage.whose_words import WhoseWords
from tracker.web.app.address_numbers import WholeNumberField
from tracker.web.app.form_choices import DEPENDS, milestone_options, number_or_none, words
from tracker.web.app.party_field import PartyField
from tracker.web.app.pick_field import PickField

#: what a further passage may do to an item that is there
RELATIONS = (
    Relation.REPEATS,
    Relation.REFINES,
    Relation.SUPPORTS,
    Relation.OBJECTS,
    Relation.ASKS,
    Relation.ANSWERS,
)
#: what a passage of that kind does most likely
LIKELY = {ProposalKind.SUPPORT: Relation.SUPPORTS, ProposalKind.OBJECTION: Relation.OBJECTS}
#: kinds of which some only ask about a proposal
MAY_ASK = (ProposalKind.SUPPORT, ProposalKind.OBJECTION, ProposalKind.REQUEST)
#: the key that sets aside for a reason
KEYS = {
    AsideReason.NOT_A_PROPOSAL: "x",
    AsideReason.EXCHANGE_IN_THE_ROOM: "r",
    AsideReason.TOO_GENERAL: "g",
    AsideReason.MEETING_LOGISTICS: "l",
    AsideReason.DUPLICATE: "d",
    AsideReason.OTHER: "o",
}
#: what both forms say of a group or session that is not in the list of parties
REPORTED_NAME: dict[str, Any] = {
    "validators": [Length(max=200)],
    "description": lazy_gettext("A group or session that is not in the list. It is added to this register’s groups."),
    "render_kw": {"list": "sessions", "autocomplete": "off"},
}


def likely_relation(kind: ProposalKind, quote: str) -> Relation:
    """Return what a passage does most likely to an item that is there: what its words only doubt is asked."""
    if kind in MAY_ASK and polarity(quote.lower()) is Reading.ASKS:
        return Relation.ASKS
    return LIKELY.get(kind, Relation.REPEATS)


def _whose_or_none(value: str | None) -> WhoseWords | None:
    if value in list(WhoseWords):
        return WhoseWords(value)
    return None


def _whose_choices() -> list[tuple[str, str]]:
    """Return the choice between own and reported words; the first line is no choice."""
    return [
        ("", gettext("choose")),
        (WhoseWords.REPORTED.value, gettext("reported: the speaker tells what others said")),
        (WhoseWords.OWN.value, gettext("the speaker’s own words")),
    ]


class DecisionForm(FlaskForm):
    """Whatever is decided, of the passage as the page showed it."""

    version = WholeNumberField(widget=HiddenInput(), validators=[InputRequired()])

    def see(self, proposal: Proposal) -> None:
        """Let the next try count from the state that is now shown beside the form."""
        self.version.data = proposal.version
        # WTForms shows what was sent before what is set, and would send the stale version again.
        self.version.raw_data = None


class WhoseForm(DecisionForm):
    """Decides of words that may be those of others."""

    whose: SelectField

    def require_choice(self) -> None:
        """Let the form say at once, with whatever else is missing, that nobody has chosen whose words they are."""
        message = gettext(
            "These may be the words of others. Choose whose words they are: the speaker's own, or reported."
        )
        self.whose.validators = [InputRequired(message)]


class ItemFromProposalForm(WhoseForm):
    """Makes a new item."""

    title = StringField(
        lazy_gettext("Title"),
        [InputRequired(lazy_gettext("Give the item a title.")), Length(max=300)],
        description=lazy_gettext("What should be done, as an instruction of at most 12 words."),
    )
    kind = SelectField(lazy_gettext("Kind"), [InputRequired()])
    addressee = PartyField(lazy_gettext("Addressed to"), none=lazy_gettext("nobody named"))
    second_addressee = PartyField(lazy_gettext("Also addressed to"), none=lazy_gettext("nobody named"))
    milestone = PickField(lazy_gettext("Due by"), coerce=number_or_none)
    due_from = SelectField(lazy_gettext("Which day"), default=DueFrom.FIRST_DAY.value)
    offset_days = WholeNumberField(
        lazy_gettext("Days after it"),
        [Optional(), NumberRange(-3650, 3650, lazy_gettext("Up to ten years either way."))],
        description=lazy_gettext("−14 is two weeks before."),
    )
    text = TextAreaField(
        lazy_gettext("Text"),
        [Length(max=10_000)],
        description=lazy_gettext("One to three sentences in your own words. The passage keeps the speaker's."),
    )
    whose = SelectField(lazy_gettext("Whose words are these?"), coerce=_whose_or_none, id="whose")
    put_forward_by = PartyField(
        lazy_gettext("Put forward by"),
        none=lazy_gettext("who speaks"),
        description=lazy_gettext("If this is not the speaker, the item says that the speaker reported it."),
    )
    reported_name = StringField(lazy_gettext("Or name it"), **REPORTED_NAME)
    capacity = SelectField(lazy_gettext("In what capacity"), [InputRequired()], default=Capacity.NOT_STATED.value)
    theme = StringField(lazy_gettext("Theme"), [Length(max=80)], render_kw={"list": "themes", "autocomplete": "off"})
    condition = StringField(lazy_gettext("Condition"), [Length(max=1_000)])

    def offer(self, milestones: Sequence[Milestone]) -> "ItemFromProposalForm":
        """Fill in what there is to choose from."""
        self.kind.choices = words(ItemKind)
        self.capacity.choices = words(Capacity)
        self.whose.choices = _whose_choices()
        self.milestone.choices = [("", gettext("no date")), *milestone_options(milestones, self.milestone.data)]
        self.due_from.choices = words(DueFrom)
        return self

    def ask_whose(self) -> None:
        """Ask whose words they are, and of whom they may be reported in place of who put them forward."""
        # The choice has no default, so the page must not call it optional.
        self.whose.flags.required = True
        self.put_forward_by.label.text = gettext("Reported of")
        self.put_forward_by.description = gettext("The group, session or person whose words they are, if one is named.")
        self.put_forward_by.meaning_of_none = gettext("nobody named")

    def item(self, speaker_party: int | None, speaker: int | None) -> NewItem:
        """Return what was filled in; what another had put forward is reported by who speaks."""
        proposer = self.put_forward_by.data
        # Whoever says that the words are the speaker's own drops the party that was guessed from them.
        if self.whose.data is WhoseWords.OWN or (proposer is None and self.whose.data is None):
            proposer = speaker_party
        reported_by = None
        if proposer != speaker_party:
            reported_by = speaker
        return NewItem(
            title=self.title.data or "",
            kind=ItemKind(self.kind.data),
            text=self.text.data or "",
            theme=self.theme.data or None,
            put_forward_by=proposer,
            capacity=Capacity(self.capacity.data),
            reported_by=reported_by,
            condition=self.condition.data or None,
            milestone_id=self.milestone.data,
            offset_days=self._offset(),
            due_from=self._due_from(),
            addressees=self._addressees(),
        )

    def _offset(self) -> int:
        """Return how many days after its milestone it is due; without a milestone there is nothing to count from."""
        if self.milestone.data is None or self.offset_days.data is None:
            return 0
        return int(self.offset_days.data)

    def _due_from(self) -> DueFrom:
        if self.milestone.data is None:
            return DueFrom.FIRST_DAY
        return DueFrom(self.due_from.data)

    def _addressees(self) -> tuple[int, ...]:
        """Return each addressee once, in the order in which they were chosen."""
        parties = (self.addressee.data, self.second_addressee.data)
        return tuple(dict.fromkeys(party for party in parties if party))


def _stance_or_none(value: str | None) -> Stance | None:
    if value:
        return Stance(value)
    return None


class AttachForm(WhoseForm):
    """Ties the passage to an item: one that was named as likely, or any by its number."""

    relation = SelectField(lazy_gettext("How it relates"), [InputRequired()])
    stance = SelectField(
        lazy_gettext("Position"),
        coerce=_stance_or_none,
        description=lazy_gettext("Only for support, objection and question. If empty, the weakest reading is used."),
    )
    capacity = SelectField(
        lazy_gettext("In what capacity"), [InputRequired()], id="attach-capacity", default=Capacity.NOT_STATED.value
    )
    whose = SelectField(lazy_gettext("Whose words are these?"), coerce=_whose_or_none, id="attach-whose")
    reported_of = PartyField(
        lazy_gettext("Whose position was reported"),
        none=lazy_gettext("nobody named"),
        description=lazy_gettext("If nobody is named, the passage is cited and no position is recorded."),
    )
    reported_name = StringField(lazy_gettext("Or name it"), id="attach-reported-name", **REPORTED_NAME)
    likely = WholeNumberField(widget=HiddenInput(), validators=[Optional()])
    number = WholeNumberField(lazy_gettext("Item number"), [Optional(), DEPENDS, NumberRange(1, 2**31 - 1)])

    def offer(self) -> "AttachForm":
        """Fill in what there is to choose from."""
        self.whose.choices = _whose_choices()
        self.whose.flags.required = True
        self.relation.choices = words(RELATIONS)
        self.stance.choices = [("", gettext("the weakest reading")), *words(Stance)]
        self.capacity.choices = words(Capacity)
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, and that an item is named."""
        is_valid = super().validate(extra_validators)
        if self.likely.errors or self.number.errors or self.likely.data or self.number.data:
            return bool(is_valid)
        self.number.errors = [gettext("Give the number of an item.")]
        return False

    def wanted(self) -> int:
        """Return the number of the item; raises Refused where none was given."""
        if number := self.likely.data or self.number.data:
            return int(number)
        raise Refused("Give the number of an item.", "number")


class SetAsideForm(DecisionForm):
    """Takes the passage out of the queue for a reason."""

    reason = SelectField(lazy_gettext("Reason"))
    note = StringField(lazy_gettext("Note"), [Length(max=500)])

    def offer(self) -> "SetAsideForm":
        """Fill in the reasons."""
        self.reason.choices = words(AsideReason)
        return self


class BatchForm(FlaskForm):
    """Decides of several passages at once, each in the version that the list showed."""

    reason = SelectField(lazy_gettext("Reason"), [Optional()], default=AsideReason.NOT_A_PROPOSAL.value)
    note = StringField(lazy_gettext("Note"), [Length(max=500)])
    days = WholeNumberField(lazy_gettext("Days"), [Optional(), NumberRange(1, 365)])

    def offer(self) -> "BatchForm":
        """Fill in the reasons."""
        self.reason.choices = words(AsideReason)
        return self

    def until(self, now: datetime) -> datetime:
        """Return the moment at which they come back."""
        return now + timedelta(days=self.days.data or 1)


class SnoozeForm(DecisionForm):
    """Puts the passage off for some days."""

    days = WholeNumberField(lazy_gettext("Days"), [InputRequired(), NumberRange(1, 365)])

    def until(self, now: datetime) -> datetime:
        """Return the moment at which it comes back."""
        return now + timedelta(days=self.days.data or 1)


class UndoTriageForm(DecisionForm):
    """Takes a decision back."""


class QueueFilter(Form):
    """The meeting whose passages are listed, chosen by its name."""

    meeting = PickField(lazy_gettext("Meeting"))

    def offer(self, meetings: Iterable[Meeting]) -> "QueueFilter":
        """Fill in what there is to choose from."""
        self.meeting.choices = [("", gettext("all")), *((meeting.slug, meeting.title) for meeting in meetings)]
        self.meeting.validate(self)
        return self


class AdviceForm(DecisionForm):
    """Takes over what a rapporteur advises, as the page showed it."""

    advice = WholeNumberField(widget=HiddenInput(), validators=[InputRequired()])


class RapporteurForm(FlaskForm):
    """Names or drops a rapporteur of a meeting."""

    person = PickField(
        lazy_gettext("Rapporteur"),
        [InputRequired(lazy_gettext("Choose somebody."))],
        coerce=number_or_none,
        id="rapporteur",
    )

    def offer(self, people: Iterable[Person]) -> "RapporteurForm":
        """Fill in who there is to choose from."""
        self.person.choices = [(person.id, person.name) for person in people]
        return self
