"""My account: language, time zone, digest, password, and signing out everywhere."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.errors import Refused
from tracker.people import own_account, passwords, sign_in_rules, sign_in_throttle
from tracker.people.calendar_links import link_of
from tracker.people.models import Frequency
from tracker.people.own_account import Preferences
from tracker.people.sign_in_throttle import TooMany
from tracker.web.account import signed_in_person
from tracker.web.account.next_digest import next_digest
from tracker.web.account.settings_forms import NewPasswordForm, PreferencesForm
from tracker.web.account.sign_in import count_try, hasher
from tracker.web.app import context, safety_log
from tracker.web.app.form_saving import Meanwhile, acting, refuse, submit

blueprint = Blueprint("account", __name__, url_prefix="/account")


def _preferences_form(formdata: object = None) -> PreferencesForm:
    person = context.person()
    kept = own_account.preferences_of(context.session(), person)
    form = PreferencesForm(formdata, obj=kept, version=person.version, timezone=kept.timezone or "")
    return form.offer(person.language, context.body().timezone)


def _show(
    preferences: PreferencesForm, password: NewPasswordForm, status: int = 200, meanwhile: Meanwhile | None = None
) -> tuple[str, int]:
    page = render_template(
        "account/settings.html",
        preferences=preferences,
        meanwhile=meanwhile,
        password=password,
        asks_current=_asks_current(),
        calendar=link_of(context.session(), context.person()),
        next_digest=next_digest(context.person()),
    )
    return page, status


def _asks_current() -> bool:
    """Ask for the password until now, unless there is none or the sign-in is recent (it may be forgotten)."""
    # Whoever signed in by a mailed link just now has shown that the mailbox is theirs.
    is_recent = clock.real_now() - signed_in_person.kept().created_at < sign_in_rules.RECENT
    return context.person().password_hash is not None and not is_recent


@blueprint.get("")
def page() -> tuple[str, int]:
    """Show the account."""
    return _show(_preferences_form(), NewPasswordForm(formdata=None))


@blueprint.post("")
def save() -> tuple[str, int] | Response:
    """Keep the preferences."""
    form = PreferencesForm().offer(context.person().language, context.body().timezone)
    outcome = submit(form, lambda: _save(form))
    if outcome.is_saved:
        flash(gettext("Saved."))
        return redirect(url_for("account.page"))
    meanwhile = outcome.meanwhile(form, _preferences_form(), context.person())
    return _show(form, NewPasswordForm(formdata=None), outcome.status, meanwhile)


def _save(form: PreferencesForm) -> None:
    preferences = Preferences(
        language=form.language.data,
        timezone=form.timezone.data or None,
        frequency=Frequency(form.frequency.data),
        weekday=form.weekday.data,
        hour=form.hour.data,
        paused_until=form.paused_until.data,
    )
    version = form.version.data
    own_account.set_preferences(context.session(), context.person(), preferences, version=version, **acting())


@blueprint.post("/password")
def password() -> tuple[str, int] | Response:
    """Set or change the password; every other browser is signed out."""
    form = NewPasswordForm()
    try:
        if form.validate():
            _change_password(form)
            flash(gettext("Your password is set. Every other browser has been signed out."))
            return redirect(url_for("account.page"))
    # It has a page of its own, with the time to wait, and is no fault of a field.
    except TooMany:
        raise
    except Refused as refused:
        refuse(form, refused)
    return _show(_preferences_form(), form, 422)


def _change_password(form: NewPasswordForm) -> None:
    email = context.person().email or ""
    asks_current = _asks_current()
    # What strangers try at the door does not count here.
    counters = sign_in_throttle.guesses("own-password", email, request.remote_addr)
    count_try(counters)
    person = context.person()
    session = context.session()
    if asks_current and not passwords.is_right(person.password_hash, form.current.data or "", hasher()):
        raise Refused("This is not your password. Try again.", field="current")
    passwords.check(form.new.data, name=person.name, email=email)
    sign_in_throttle.forgive(session, counters)
    own_account.set_password(session, person, hasher().hash(form.new.data), by=context.actor(), now=context.now())
    # Setting a password ended every session, this one too.
    signed_in_person.enter(person)
    session.commit()
    safety_log.note("password set", person_id=person.id)


@blueprint.post("/out-everywhere")
def out_everywhere() -> Response:
    """Sign out of every browser, this one too."""
    session = context.session()
    own_account.end_everywhere(session, context.person(), by=context.actor(), now=context.now())
    # Nobody is signed in any more when it is noted.
    number = context.person().id
    signed_in_person.leave()
    session.commit()
    safety_log.note("signed out everywhere", person_id=number)
    flash(gettext("You are signed out everywhere."))
    return redirect(url_for("front.index"))
