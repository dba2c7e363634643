"""The rapporteurs of a meeting, named and dropped on the meeting's page."""

from flask import Blueprint, flash, g, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.meetings.changes import drop_rapporteur, name_rapporteur
from tracker.meetings.models import Meeting
from tracker.meetings.queries import rapporteurs
from tracker.people.models import Person, Role
from tracker.people.queries import serving_as
from tracker.web.app import context
from tracker.web.app.form_saving import acting, submit
from tracker.web.calendar.meetings import page, the_meeting
from tracker.web.triage.forms import RapporteurForm

blueprint = Blueprint("rapporteurs", __name__, url_prefix="/meetings/<slug>/rapporteurs")


def who(meeting: Meeting) -> tuple[list[Person], RapporteurForm]:
    """Return the rapporteurs of a meeting, and the form that names another: as it was sent, if it was refused."""
    named = rapporteurs(context.session(), meeting.id)
    if "refused_rapporteur" in g:
        return named, g.refused_rapporteur
    return named, RapporteurForm(formdata=None).offer(_others(meeting, named))


def _others(meeting: Meeting, named: list[Person]) -> list[Person]:
    serving = serving_as(context.session(), meeting.body_id, list(Role), context.today())
    return [person for person in serving if person not in named]


@blueprint.post("")
def name(slug: str) -> tuple[str, int] | Response:
    """Name a rapporteur."""
    meeting = the_meeting(slug)
    others = {person.id: person for person in _others(meeting, rapporteurs(context.session(), meeting.id))}
    form = RapporteurForm().offer(others.values())
    outcome = submit(form, lambda: name_rapporteur(context.session(), meeting, others[form.person.data], **acting()))
    if outcome.is_saved:
        flash(gettext("Saved."))
        return redirect(url_for("meetings.page", slug=slug, _anchor="rapporteurs"))
    g.refused_rapporteur = form
    return page(slug), outcome.status


@blueprint.post("/drop")
def drop(slug: str) -> Response:
    """Let somebody be rapporteur no longer."""
    meeting = the_meeting(slug)
    form = RapporteurForm().offer(rapporteurs(context.session(), meeting.id))
    if submit(form, lambda: drop_rapporteur(context.session(), meeting, form.person.data, **acting())).is_saved:
        flash(gettext("Saved."))
    return redirect(url_for("meetings.page", slug=slug, _anchor="rapporteurs"))


def register_words() -> dict[str, object]:
    """Return what the page of a meeting needs."""
    return {"rapporteurs_of": who}


blueprint.app_context_processor(register_words)
