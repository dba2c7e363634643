"""Forms of a corrected transcript: where a passage stands that was lost, or that may be another."""

from collections.abc import Sequence

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from tracker.web.app.address_numbers import WholeNumberField, whole_number


class SettleForm(FlaskForm):
    """Says something of a passage as it was seen."""

    version = WholeNumberField(widget=HiddenInput(), validators=[InputRequired()])


class PassagePlaceForm(SettleForm):
    """Says where it stands: from the first to the last sentence that is ticked."""

    sentences = SelectMultipleField(
        lazy_gettext("Sentences"),
        [InputRequired(lazy_gettext("Tick the first and the last sentence of the passage."))],
        coerce=whole_number,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )

    def offer(self, sentences: Sequence[str]) -> "PassagePlaceForm":
        """Fill in what can be ticked."""
        self.sentences.choices = list(enumerate(sentences))
        return self
