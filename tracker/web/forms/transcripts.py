"""Forms of a transcript: who speaks, and a passage marked by hand."""

from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from tracker.proposals.models import ProposalKind
from tracker.web.words import word


class WhoForm(FlaskForm):
    """Says who speaks: somebody known, or a new person by name."""

    person = SelectField(lazy_gettext("Who speaks"), [InputRequired()], coerce=int)
    name = StringField(lazy_gettext("Or somebody new"), [Length(max=200)], description=lazy_gettext("Full name"))

    def offer(self, people: Sequence[tuple[int, str]]) -> "WhoForm":
        """Fill in who can be chosen."""
        self.person.choices = [(0, gettext("not known")), *people]
        return self


class LabelForm(WhoForm):
    """Says whose a label is, for all of its turns that are one person's or nobody's now."""

    label = HiddenField()
    instead_of = IntegerField(widget=HiddenInput(), validators=[Optional()])
    remember = BooleanField(lazy_gettext("Remember this for later transcripts"), default=True)


class MarkForm(FlaskForm):
    """Marks a passage that the detector missed: from the first to the last sentence that is ticked."""

    sentences = SelectMultipleField(
        lazy_gettext("Sentences"),
        [InputRequired(lazy_gettext("Tick the first and the last sentence of the passage."))],
        coerce=int,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    kind = SelectField(lazy_gettext("Kind"), [InputRequired()], choices=[])
    title = StringField(lazy_gettext("Title"), [Length(max=200)])

    def offer(self, sentences: Sequence[str]) -> "MarkForm":
        """Fill in what can be ticked, and the kinds."""
        self.sentences.choices = list(enumerate(sentences))
        self.kind.choices = [(kind.value, word(kind)) for kind in ProposalKind]
        return self
