"""Forms of handing over: to whom, and what the successor answers."""

from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import DateField, HiddenField, TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length

from tracker.people.departures import Successor
from tracker.web.app.pick_field import PickField

#: signs of a note or a message; the text areas take no more
LONGEST_NOTE = 2_000
#: chosen for one duty where the rest goes to somebody
NOBODY = "nobody"


class OfferForm(FlaskForm):
    """The successor to whom everything is offered."""

    successor = PickField(lazy_gettext("Offer everything to"))
    note = TextAreaField(lazy_gettext("Message to the successor"), [Length(max=LONGEST_NOTE)])

    def offer(self, people: Sequence[Successor]) -> "OfferForm":
        """Fill in who there is to choose from."""
        self.successor.choices = [
            ("", gettext("nobody yet (the secretariat will ask)")),
            *((str(successor.id), successor.name) for successor in people),
        ]
        return self


class SuccessorFields(BaseForm):
    """A choice of successor for each of several duties or people, named to-KEY; they share one list of names."""

    def __init__(
        self, keys: Sequence[str], formdata: MultiDict[str, str] | None, first: Sequence[tuple[str, str]]
    ) -> None:
        fields = {key: PickField(lazy_gettext("Offered to")) for key in keys}
        super().__init__(fields, prefix="to-")
        self.process(formdata)
        self.first = list(first)

    def offer(self, people: Sequence[Successor]) -> "SuccessorFields":
        """Fill in who there is to choose from: nobody offers anything to themselves."""
        pairs = [(str(successor.id), successor.name) for successor in people]
        shared = None
        for key, field in self._fields.items():
            field.choices = [*self.first, *(pair for pair in pairs if pair[0] != key)]
            field.shared_list = shared
            shared = shared or f"{field.id}-list"
        return self

    def number_of(self, key: str) -> str:
        """Return the number that was chosen for a key, "" for none."""
        if key in self:
            return self[key].data or ""
        return ""

    def unclear(self) -> list[str]:
        """Return what is wrong with names that could not be resolved."""
        self.validate()
        return [str(error) for field in self for error in field.errors]


class AnswerForm(FlaskForm):
    """The reason why a successor declines."""

    message = TextAreaField(lazy_gettext("Why not"), [Length(max=LONGEST_NOTE)])


class ChangeForm(FlaskForm):
    """The yearly change of a body: its last day, and a message to all successors; the table says who they are."""

    body = PickField(lazy_gettext("Body"))
    last_day = DateField(
        lazy_gettext("Last day of those who leave"), [InputRequired(lazy_gettext("Give a day, as in 2013-12-31."))]
    )
    note = TextAreaField(lazy_gettext("Message to the successor"), [Length(max=LONGEST_NOTE)])
    #: what the preview showed; it is shown again if anything has changed since
    seen = HiddenField()

    def offer(self, bodies: Sequence[tuple[str, str]]) -> "ChangeForm":
        """Fill in what there is to choose from."""
        self.body.choices = list(bodies)
        return self
