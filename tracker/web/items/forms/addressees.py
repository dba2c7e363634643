"""Forms on how an item was put to those whom it asks."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from tracker.items.details import AddresseeAnswer
from tracker.items.models import Addressee, SendWay
from tracker.items.party_choices import Choice
from tracker.items.sent_to_addressees import Sending
from tracker.web.app.address_numbers import WholeNumberField
from tracker.web.app.form_choices import number_or_none, people
from tracker.web.items.addressee_words import BY_WAYS


class SendForm(FlaskForm):
    """On which day, by which way and by whom an item was put to a party."""

    on = DateField(lazy_gettext("Put on"), [InputRequired(lazy_gettext("Give the day."))])
    way = RadioField(lazy_gettext("How"), default=SendWay.LETTER.value)
    words = StringField(
        lazy_gettext("More of it"),
        [Length(max=300)],
        description=lazy_gettext("As in: letter of 27 February to its chair. Whoever may read the item reads it too."),
    )
    by = SelectField(lazy_gettext("By whom"), coerce=number_or_none)
    version = WholeNumberField(widget=HiddenInput())

    def offer_people(self, choices: Sequence[Choice]) -> "SendForm":
        """Fill in what there is to choose from."""
        self.way.choices = [(way.value, str(words)) for way, words in BY_WAYS.items()]
        self.by.choices = people(choices, gettext("not noted"))
        return self

    def sending(self) -> Sending:
        """Return what was filled in."""
        return Sending(self.on.data, SendWay(self.way.data), self.words.data, self.by.data)


class PutSeveralForm(SendForm):
    """The same for several parties at once."""

    addressee = SelectMultipleField(
        lazy_gettext("Put to"),
        [InputRequired(lazy_gettext("Tick at least one."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, choices: Sequence[Choice], waiting: Sequence[AddresseeAnswer]) -> "PutSeveralForm":
        """Fill in what there is to choose from; at first all are ticked."""
        self.offer_people(choices)
        self.addressee.choices = [(_seen(one.addressee), one.party.name) for one in waiting]
        if not self.is_submitted():
            self.addressee.data = [_seen(one.addressee) for one in waiting]
        return self

    def chosen(self) -> Iterator[tuple[int, int]]:
        """Yield the asked rows that are ticked, each with the version that was seen."""
        for value in self.addressee.data or ():
            number, _, version = value.partition(".")
            yield int(number), int(version)

    def ticks(self, addressee: Addressee) -> bool:
        """Tell whether that row is ticked."""
        return addressee.id in {number for number, _version in self.chosen()}


def _seen(addressee: Addressee) -> str:
    """Return the row and its version: somebody else may put it to that party meanwhile."""
    return f"{addressee.id}.{addressee.version}"
