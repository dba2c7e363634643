"""The form that takes in a transcript."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class ImportForm(FlaskForm):
    """A file of captions."""

    file = FileField(
        lazy_gettext("Transcript"),
        [FileRequired(lazy_gettext("Choose a file."))],
        description=lazy_gettext("Plain text or HTML, up to 20 MB. It is kept as it is, byte for byte."),
        render_kw={"accept": ".txt,.htm,.html,text/plain,text/html"},
    )
