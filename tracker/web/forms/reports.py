"""The form that issues a report."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length


class IssueForm(FlaskForm):
    """The day a report is of, and why there is another version."""

    as_of = DateField(lazy_gettext("As of"), validators=[InputRequired(lazy_gettext("Give the day."))])
    reason = StringField(lazy_gettext("Why there is a new version"), validators=[Length(max=500)])
