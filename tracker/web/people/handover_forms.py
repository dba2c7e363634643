"""Forms of handing over: to whom, and what the successor answers."""

from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, TextAreaField
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
