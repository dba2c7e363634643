"""Forms of signing in."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import Email, InputRequired, Length

ADDRESS = Email(lazy_gettext("Write the full address, as in ana@example.org."), check_deliverability=False)
MISSING = InputRequired(lazy_gettext("Write your address."))


def stripped(text: str | None) -> str | None:
    """Return what was typed without the blanks that telephones add."""
    if text:
        return text.strip()
    return text


class SignInLinkForm(FlaskForm):
    """Asks for a link by mail."""

    email = EmailField(
        lazy_gettext("Your address"),
        [MISSING, Length(max=254), ADDRESS],
        filters=[stripped],
        id="link-email",
        render_kw={"autocomplete": "email"},
    )
    next = HiddenField(id="link-next")


class PasswordForm(FlaskForm):
    """Signs in by password."""

    email = EmailField(
        lazy_gettext("Your address"),
        [MISSING, Length(max=254), ADDRESS],
        filters=[stripped],
        id="password-email",
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        lazy_gettext("Password"),
        [InputRequired(lazy_gettext("Write your password.")), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField(id="password-next")
