"""The form by which a report is issued: its day, who may read it, and what the reader was shown of it."""

from datetime import date

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from tracker.errors import Refused
from tracker.reports.snapshot import Scope
from tracker.web.app.address_numbers import WholeNumberField


class IssueForm(FlaskForm):
    """The day a report is of, and why there is another version."""

    as_of = DateField(lazy_gettext("As of"), validators=[InputRequired(lazy_gettext("Give the day."))])
    internal = BooleanField(lazy_gettext("Internal: with all items, for the register's own people only"))
    reason = StringField(lazy_gettext("Why there is a new version"), validators=[Length(max=500)])
    #: the newest line of history when the figures were shown
    seen = WholeNumberField(widget=HiddenInput())
    #: the day and the scope whose figures were shown
    previewed = StringField(widget=HiddenInput())

    @property
    def scope(self) -> Scope:
        """Return who may read the report."""
        if self.internal.data:
            return Scope.INTERNAL
        return Scope.PUBLISHED

    @property
    def choice(self) -> str:
        """Return the day and the scope that are chosen now."""
        return f"{self.as_of.data} {self.scope}"

    def ask_for_preview(self, today: date) -> None:
        """Raise Refused where the figures of another choice were shown: what is issued is what the reader has seen."""
        # a day to come is refused by the report itself, beside its field
        if self.as_of.data <= today and self.previewed.data != self.choice:
            raise Refused("These are the figures for your new choice. Check them, then issue the report.")
