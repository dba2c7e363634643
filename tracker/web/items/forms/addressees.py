"""Forms on how an item was sent to its addressees."""

from collections.abc import Iterator, Sequence

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from tracker.items.details import AddresseeAnswer
from tracker.items.party_models import Addressee, SendWay
from tracker.items.sent_to_addressees import Sending
from tracker.web.app.address_numbers import WholeNumberField
from tracker.web.app.party_field import PartyField
from tracker.web.items.addressee_words import BY_WAYS


class SendForm(FlaskForm):
    """On which day, in which way and by whom an item was sent to an addressee."""

    on = DateField(lazy_gettext("Sent on"), [InputRequired(lazy_gettext("Give the day."))])
    way = RadioField(lazy_gettext("How"), default=SendWay.LETTER.value)
    words = StringField(
        lazy_gettext("Details"),
        [Length(max=300)],
        description=lazy_gettext(
            "For example: letter of 27 February to its chair. Everybody who may read the item reads this too."
        ),
    )
    by = PartyField(lazy_gettext("Sent by"), of_people=True, none=lazy_gettext("not recorded"))
    version = WholeNumberField(widget=HiddenInput())

    def offer_ways(self) -> "SendForm":
        """Fill in what there is to choose from."""
        self.way.choices = [(way.value, str(words)) for way, words in BY_WAYS.items()]
        return self

    def sending(self) -> Sending:
        """Return what was filled in."""
        return Sending(self.on.data, SendWay(self.way.data), self.words.data, self.by.data)


class SendToSeveralForm(SendForm):
    """The same for several addressees at once."""

    addressees = SelectMultipleField(
        lazy_gettext("Sent to"),
        [InputRequired(lazy_gettext("Tick at least one."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, waiting: Sequence[AddresseeAnswer]) -> "SendToSeveralForm":
        """Fill in what there is to choose from; at first all are ticked."""
        self.offer_ways()
        self.addressees.choices = [(_seen(answer.addressee), answer.party.name) for answer in waiting]
        # Only at first: what the reader has unticked stays so when the form comes back.
        if not self.is_submitted():
            self.addressees.data = [_seen(answer.addressee) for answer in waiting]
        return self

    def chosen(self) -> Iterator[tuple[int, int]]:
        """Yield the ids of the ticked addressees, each with the version that the reader saw."""
        for value in self.addressees.data or ():
            number, _, version = value.partition(".")
            yield int(number), int(version)

    def ticks(self, addressee: Addressee) -> bool:
        """Tell whether that addressee is ticked."""
        return addressee.id in {number for number, _version in self.chosen()}


def _seen(addressee: Addressee) -> str:
    """Return the row and its version: somebody else may record the sending meanwhile."""
    return f"{addressee.id}.{addressee.version}"
