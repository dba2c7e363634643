"""Forms of a turn: who speaks and for whom, where it is split or joined, and a passage marked by hand."""

from collections.abc import Sequence
from textwrap import shorten

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from tracker.items.models import Capacity, Channel
from tracker.proposals.models import ProposalKind
from tracker.transcripts.models import Turn
from tracker.transcripts.speakers.speaking_for import SpokenCapacity
from tracker.web.app.address_numbers import WholeNumberField, whole_number
from tracker.web.app.form_choices import number_or_none, words
from tracker.web.app.pick_field import PickField
from tracker.web.app.value_words import word


def sentence_ticks() -> SelectMultipleField:
    """Return the field in which a passage is ticked, from its first to its last sentence."""
    return SelectMultipleField(
        lazy_gettext("Sentences"),
        [InputRequired(lazy_gettext("Tick the first and the last sentence of the passage."))],
        coerce=whole_number,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )


class TurnForm(FlaskForm):
    """Whatever is done to a turn, as the page showed it."""

    version = WholeNumberField(widget=HiddenInput(), validators=[InputRequired()])

    def see(self, turn: Turn) -> None:
        """Let the next try count from the state that is now shown beside the form."""
        self.version.data = turn.version
        self.version.raw_data = None


class WhoForm(FlaskForm):
    """Says who speaks: somebody known, or a new person by name."""

    person = PickField(lazy_gettext("Who speaks"), coerce=number_or_none, suggested_by="speakers")
    name = StringField(lazy_gettext("Or somebody new"), [Length(max=200)], description=lazy_gettext("Full name"))

    def offer(self, people: Sequence[tuple[int, str]]) -> "WhoForm":
        """Fill in who can be chosen."""
        self.person.choices = [("", gettext("not known")), *people]
        return self


class TurnWhoForm(TurnForm, WhoForm):
    """Says who speaks in one turn."""


class SplitForm(TurnForm, WhoForm):
    """Cuts a turn in two where a sentence begins."""

    at = PickField(lazy_gettext("The second part begins with"), [InputRequired()], coerce=whole_number)
    person = PickField(
        lazy_gettext("Who speaks there"), coerce=number_or_none, suggested_by="speakers", id="split-person"
    )
    label = StringField(
        lazy_gettext("Label printed there"),
        [Length(max=200)],
        description=lazy_gettext("Only if a label stands before these words and was read as speech."),
    )

    def cut(self, sentences: Sequence[tuple[int, str]]) -> "SplitForm":
        """Fill in where it may be cut: character and words of each sentence."""
        # Nothing would be left of the first part if the turn were cut at its first sentence.
        self.at.choices = [(start, shorten(sentence, 80, placeholder="…")) for start, sentence in sentences[1:]]
        return self


class CapacityForm(TurnForm):
    """Says for whom somebody spoke in a turn, and by which way."""

    capacity = SelectField(lazy_gettext("In what capacity"), id="turn-capacity")
    capacity_of = StringField(lazy_gettext("Of which body or group"), [Length(max=200)])
    channel = SelectField(lazy_gettext("By which way"))
    is_reporting = BooleanField(lazy_gettext("Reports what others said: it counts for nobody else"))

    def offer(self) -> "CapacityForm":
        """Fill in what there is to choose from."""
        stated = [capacity for capacity in Capacity if capacity is not Capacity.NOT_STATED]
        self.capacity.choices = [("", word(Capacity.NOT_STATED)), *words(stated)]
        self.channel.choices = [("", gettext("not said")), *words(Channel)]
        return self

    def speaking(self) -> SpokenCapacity:
        """Return what was filled in."""
        capacity = self.capacity.data or None
        channel = self.channel.data or None
        return SpokenCapacity(capacity, self.capacity_of.data or None, channel, self.is_reporting.data, is_settled=True)


class MarkForm(TurnForm):
    """Marks a passage that the detector missed: from the first to the last sentence that is ticked."""

    sentences = sentence_ticks()
    kind = SelectField(lazy_gettext("Kind"), [InputRequired()], choices=[])
    title = StringField(lazy_gettext("Title"), [Length(max=200)])

    def offer(self, sentences: Sequence[str]) -> "MarkForm":
        """Fill in what can be ticked, and the kinds."""
        self.sentences.choices = list(enumerate(sentences))
        self.kind.choices = [(kind.value, word(kind)) for kind in ProposalKind]
        return self
