"""The rapporteurs of a meeting, named and dropped on the meeting's page."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.errors import Refused
from tracker.meetings.changes import drop_rapporteur, name_rapporteur
from tracker.meetings.models import Meeting
from tracker.meetings.queries import rapporteurs
from tracker.people.models import Person, Role
from tracker.people.queries import serving_as
from tracker.web.app import context
from tracker.web.app.form_saving import acting, submit
from tracker.web.calendar.meetings import the_meeting
from tracker.web.triage.forms import RapporteurForm

blueprint = Blueprint("rapporteurs", __name__, url_prefix="/meetings/<slug>/rapporteurs")


def who(meeting: Meeting) -> tuple[list[Person], list[Person]]:
    """Return the rapporteurs of a meeting, and who else of the register may be named."""
    named = rapporteurs(context.session(), meeting.id)
    serving = serving_as(context.session(), meeting.body_id, list(Role), context.today())
    return named, [person for person in serving if person not in named]


@blueprint.post("")
def name(slug: str) -> Response:
    """Name a rapporteur."""
    meeting = the_meeting(slug)
    form = RapporteurForm()
    others = {person.id: person for person in who(meeting)[1]}
    return _do(slug, form, lambda: _name(meeting, others.get(form.person.data)))


def _name(meeting: Meeting, person: Person | None) -> None:
    if person is None:
        raise Refused("Choose somebody who serves in this body and can sign in.", "person")
    name_rapporteur(context.session(), meeting, person, **acting())


@blueprint.post("/drop")
def drop(slug: str) -> Response:
    """Let somebody be rapporteur no longer."""
    meeting = the_meeting(slug)
    form = RapporteurForm()
    return _do(slug, form, lambda: drop_rapporteur(context.session(), meeting, form.person.data, **acting()))


def _do(slug: str, form: RapporteurForm, change: Callable[[], None]) -> Response:
    if submit(form, change).is_saved:
        flash(gettext("Saved."))
    # The form stands on the page of the meeting, which knows nothing of it after the redirect.
    for message in form.person.errors:
        flash(str(message), "error")
    return redirect(url_for("meetings.page", slug=slug, _anchor="rapporteurs"))


def register_words() -> dict[str, object]:
    """Return what the page of a meeting needs."""
    return {"rapporteurs_of": who}


blueprint.app_context_processor(register_words)
