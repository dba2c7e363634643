"""Forms: one file a page group, beside the blueprint that uses them."""

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field

from tracker.errors import Refused


def refuse(form: FlaskForm, refused: Refused) -> None:
    """Put what a change said into the form, beside the field it belongs to; the page then answers 422."""
    text = gettext(refused.message, **refused.values)
    field = form._fields.get(refused.field or "")
    if isinstance(field, Field):
        field.errors = [*field.errors, text]
    else:
        form.form_errors.append(text)
