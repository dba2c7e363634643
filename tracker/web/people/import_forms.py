"""Forms of a list of people: the file, and what was read of it until it is taken in."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, HiddenField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput


class ListForm(FlaskForm):
    """A list, and from when on its roles are held."""

    file = FileField(
        lazy_gettext("List"),
        [FileRequired(lazy_gettext("Choose a file."))],
        description=lazy_gettext("CSV, Excel (.xlsx) or JSON Lines, up to 2,000 rows."),
        render_kw={"accept": ".csv,.txt,.xlsx,.jsonl,text/csv"},
    )
    starts = DateField(
        lazy_gettext("First day of new roles"), [InputRequired(lazy_gettext("Give a day, as in 2013-02-28."))]
    )
    goes_over = BooleanField(lazy_gettext("Also change what people have set themselves: zone, language, digest"))


class ConfirmForm(FlaskForm):
    """What was read, sent back as it was shown."""

    rows = HiddenField()
    starts = DateField(widget=HiddenInput())
    goes_over = HiddenField()
    filename = HiddenField()
    seen = HiddenField()
