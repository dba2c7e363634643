"""Start empty: what of the example goes is said first, and one button makes the installation one's own."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.history import newest
from tracker.mail import message_folder
from tracker.people.queries import registers
from tracker.seed import start_empty
from tracker.web.app import context
from tracker.web.app.form_saving import acting, renew, submit
from tracker.web.home.start_forms import BeginningForm

blueprint = Blueprint("beginning", __name__, url_prefix="/start-empty")


def _form() -> BeginningForm:
    """Return the form, if there is nothing here but the example."""
    if not start_empty.is_example(context.session()):
        abort(404)
    person = context.person()
    zone = person.timezone or context.body().timezone
    return BeginningForm(data={"your_name": person.name, "email": person.email, "timezone": zone}).offer(zone)


def _show(form: BeginningForm, status: int = 200) -> tuple[str, int]:
    session = context.session()
    renew(form.seen, newest(session))  # before the counting: what comes in between is then not taken as shown
    return render_template(
        "home/start_empty.html",
        form=form,
        names=[body.name for body in registers(session)],
        going=[_told(name, number) for name, number in start_empty.what_goes(session).items()],
        by_people=start_empty.made_by_people(session),
    ), status


@blueprint.get("")
def ask() -> tuple[str, int]:
    """Say exactly what goes, and ask for what begins."""
    return _show(_form())


@blueprint.post("")
def start() -> Response | tuple[str, int]:
    """Delete the example and begin."""
    form = _form()

    def change() -> None:
        seen_now: Any = {"seen": form.seen.data or 0, "by": context.actor(), "now": clock.real_now()}
        start_empty.start_empty(context.session(), context.person(), form.beginning(), **seen_now)

    outcome = submit(form, change)
    if not outcome.is_saved:
        return _show(form, outcome.status)
    message_folder.clear(context.config().var / "mail")
    flash(gettext("The example is deleted. This register is yours, and starts today."))
    return redirect("/")


@blueprint.post("/keep")
def keep() -> Response:
    """Leave the example as it is, for good."""
    _form()
    session = context.session()
    for register in registers(session):
        if not register.is_sample:
            start_empty.keep_example(session, register, **acting())
    session.commit()
    flash(gettext("This register is yours as it is. Intersession no longer offers to delete it."))
    return redirect("/")


def _told(name: str, number: int) -> str:
    """Return "147 items"."""
    return WORDS[name](number)


WORDS: dict[str, Callable[[int], str]] = {
    "item": lambda n: str(ngettext("%(num)d item", "%(num)d items", n)),
    "item_update": lambda n: str(ngettext("%(num)d update", "%(num)d updates", n)),
    "report": lambda n: str(ngettext("%(num)d issued report", "%(num)d issued reports", n)),
    "transcript": lambda n: str(ngettext("%(num)d transcript", "%(num)d transcripts", n)),
    "proposal": lambda n: str(ngettext("%(num)d proposal found in them", "%(num)d proposals found in them", n)),
    "meeting": lambda n: str(ngettext("%(num)d meeting", "%(num)d meetings", n)),
    "milestone": lambda n: str(ngettext("%(num)d milestone", "%(num)d milestones", n)),
    "body": lambda n: str(ngettext("%(num)d body or organisation", "%(num)d bodies and organisations", n)),
    "person": lambda n: str(ngettext("%(num)d other person", "%(num)d other people", n)),
    "outgoing": lambda n: str(ngettext("%(num)d mail", "%(num)d mails", n)),
    "event": lambda n: str(ngettext("%(num)d line of history", "%(num)d lines of history", n)),
}
