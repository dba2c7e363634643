"""The form that issues a report."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, StringField
from wtforms.validators import InputRequired, Length


class IssueForm(FlaskForm):
    """The day a report is of, and why there is another version."""

    as_of = DateField(lazy_gettext("As of"), validators=[InputRequired(lazy_gettext("Give the day."))])
    internal = BooleanField(lazy_gettext("Internal: with all items, for the register's own people only"))
    reason = StringField(lazy_gettext("Why there is a new version"), validators=[Length(max=500)])
