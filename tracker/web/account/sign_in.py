"""Sign in and out: by a link sent by mail, or by password. A GET only ever shows a button."""

from datetime import timedelta

from argon2 import PasswordHasher
from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import Email, InputRequired, Length

from tracker import clock
from tracker.mail import compose_email, outbox
from tracker.mail.compose_email import base_url, compose
from tracker.mail.models import MailKind
from tracker.people import passwords, sessions, sign_in_rules, sign_in_throttle
from tracker.people.models import Person
from tracker.people.queries import person_by_email
from tracker.people.sign_in_throttle import Counters
from tracker.web.account import known_devices, signed_in_person
from tracker.web.app import context, safety_log
from tracker.web.app.guards import own_path

blueprint = Blueprint("sign_in", __name__, url_prefix="/sign-in")
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


def hasher() -> PasswordHasher:
    """Return how passwords are hashed here."""
    # A real hash takes a tenth of a second, and tests sign in hundreds of times.
    if current_app.testing:
        return passwords.CHEAP
    return passwords.STRONG


def _show(by_link: SignInLinkForm, by_password: PasswordForm, status: int = 200) -> tuple[str, int]:
    return render_template("account/sign_in_form.html", by_link=by_link, by_password=by_password), status


def _next_page() -> str:
    return own_path(request.values.get("next"), otherwise=url_for("front.index"))


@blueprint.get("")
def form() -> tuple[str, int] | Response:
    """Show both ways to sign in."""
    if context.person_or_none() is not None:
        return redirect(_next_page())
    return _show(SignInLinkForm(formdata=None, next=_next_page()), PasswordForm(formdata=None, next=_next_page()))


def count_try(counters: Counters) -> None:
    """Count the try in a transaction of its own, before it is made; raises TooMany."""
    # The count must stand even if the try fails and its transaction is rolled back.
    context.close_session()
    with context.sessions().writing() as session:
        sign_in_throttle.count_try(session, counters, now=clock.real_now())


@blueprint.post("/link")
def by_link() -> tuple[str, int] | Response:
    """Mail a link; whether the address is known or not, the answer and the work are the same.

    Nobody is refused: where links were mailed to the address just now, by whomever they were asked for, those do.
    """
    form = SignInLinkForm()
    if not form.validate():
        return _show(form, PasswordForm(formdata=None, next=_next_page()), 422)
    address = form.email.data.lower()
    session = context.session()
    person = person_by_email(session, address)
    # Signing out everywhere raises the epoch, and with it begins a new count: the old links no longer work.
    epoch = None
    if person is not None:
        epoch = person.token_epoch
    counters = sign_in_throttle.requested_links(address, request.remote_addr, epoch)
    is_due = sign_in_throttle.is_due(session, counters, now=clock.real_now())
    if not is_due or person is None or not person.is_active:
        _pretend_to_mail_link(address)
    else:
        _mail_link(person, sessions.make_link(session, person, now=clock.real_now()), address)
    session.commit()
    return redirect(url_for("sign_in.sent"))


def _mail_link(person: Person, token: str, address: str) -> None:
    email = _link_email(address, person.language, token)
    outbox.put(context.session(), email, person_id=person.id, kind=MailKind.SIGN_IN, now=context.now())


def _pretend_to_mail_link(address: str) -> None:
    """Write a mail and take it back: else a faster answer would tell who is known here."""
    session = context.session()
    email = _link_email(address, "en", sign_in_rules.new_token())
    mail = outbox.put(session, email, person_id=None, kind=MailKind.SIGN_IN, now=context.now())
    session.delete(mail)


def _link_email(address: str, language: str, token: str) -> compose_email.Email:
    path = url_for("sign_in.link", token=token, next=_next_page())
    hours = sign_in_rules.MAILED_LINK // timedelta(hours=1)
    return compose("sign_in", to=address, language=language, link=base_url(context.config()) + path, hours=hours)


@blueprint.get("/sent")
def sent() -> str:
    """Say that a link is on its way, if the address is known."""
    return render_template("account/sign_in_sent.html", sends_mail=context.config().smtp_url is not None)


@blueprint.post("/password")
def by_password() -> tuple[str, int] | Response:
    """Sign in by password."""
    form = PasswordForm()
    if not form.validate():
        return _show(SignInLinkForm(formdata=None, next=_next_page()), form, 422)
    count_try(known_devices.guesses(form.email.data))
    person = _whose_password(form.email.data, form.password.data)
    if person is None:
        safety_log.refused("wrong password")
        form.password.errors = [gettext("The address or the password is wrong. Try again.")]
        return _show(SignInLinkForm(formdata=None, next=_next_page()), form, 422)
    return _enter(person, "password")


def _whose_password(email: str, password: str) -> Person | None:
    with context.sessions().reader() as reading:
        # Hashing takes its time: no writer waits for it.
        person = person_by_email(reading, email)
    # An address that nobody has costs a hash too, or the time of the answer would tell who is known here.
    password_hash = None
    if person is not None:
        password_hash = person.password_hash
    is_right = passwords.is_right(password_hash, password, hasher())
    if person and is_right and person.is_active:
        return person
    return None


@blueprint.get("/<token>")
def link(token: str) -> Response:
    """Show the one button of a link; mail scanners may look as often as they like."""
    person = sessions.find_link(context.session(), token, now=clock.real_now())
    answer = make_response(render_template("account/sign_in_link.html", person=person, next=_next_page()))
    if person is None:
        answer.status_code = 404
    # The address is the secret.
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@blueprint.post("/<token>")
def use_link(token: str) -> Response:
    """Sign in by the link, which works once."""
    person = sessions.use_link(context.session(), token, now=clock.real_now())
    if person is None:
        safety_log.refused("link that does not work")
        return redirect(url_for("sign_in.link", token=token, next=_next_page()))
    return _enter(person, "link")


def _enter(person: Person, way: str) -> Response:
    session = context.session()
    email = person.email or ""
    address = request.remote_addr
    sign_in_throttle.forgive(session, known_devices.guesses(email))
    sign_in_throttle.forgive(session, sign_in_throttle.requested_links(email, address, person.token_epoch))
    signed_in_person.enter(person)
    context.session().commit()
    safety_log.note("signed in", person_id=person.id, way=way)
    answer = redirect(_next_page())
    known_devices.remember(answer, email)
    return answer


@blueprint.post("/out")
def out() -> Response:
    """Sign this browser out."""
    reader = context.person_or_none()
    signed_in_person.leave()
    context.session().commit()
    if reader is not None:
        safety_log.note("signed out", person_id=reader.id)
    flash(gettext("You are signed out."))
    return redirect(url_for("front.index"))
