"""An agenda in the room: on paper, on the projector, and what became of each point."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlmodel import col, select

from tracker.agendas import changes
from tracker.agendas.changes import PointOutcome
from tracker.agendas.models import AgendaEntry
from tracker.agendas.queries import AgendaPoint
from tracker.items.models import Item
from tracker.items.party_models import Addressee
from tracker.meetings.models import Milestone
from tracker.people.queries import party_names
from tracker.web.app import context
from tracker.web.app.form_saving import acting, overtaken, seen_version, submit
from tracker.web.calendar import agenda_words
from tracker.web.calendar.agenda_forms import OutcomeForm
from tracker.web.calendar.agendas import AT, ahead, points, the_agenda, the_point
from tracker.web.items.changes import Answer

blueprint = Blueprint("agenda_room", __name__)


@blueprint.get(f"{AT}/print")
def printed(slug: str) -> str:
    """Show the agenda as it is printed: for the room, or with the notes for the chair."""
    milestone, _ = the_agenda(slug)
    for_chair = bool(context.roles()) and "chair" in request.args
    values = {"milestone": milestone, "points": points(milestone), "for_chair": for_chair, "words": agenda_words}
    return render_template("calendar/agenda_print.html", **values)


@blueprint.get(f"{AT}/present/<int:place>")
def present(slug: str, place: int) -> str:
    """Show one point for the projector, counted from 1 in the order that the reader sees."""
    milestone, _ = the_agenda(slug)
    every = points(milestone)
    if not 1 <= place <= len(every):
        abort(404)
    values = {"milestone": milestone, "point": every[place - 1], "place": place, "total": len(every)}
    return render_template("calendar/agenda_present.html", words=agenda_words, **values)


@blueprint.route(f"{AT}/<int:number>/outcome", methods=["GET", "POST"])
def outcome(slug: str, number: int) -> Answer:
    """Note what became of a point in the room; then lead on to what follows from it."""
    milestone, entry, item = the_point(slug, number)
    others = [one for one in ahead() if one.id != milestone.id]
    form = OutcomeForm(data=_values(entry)).offer(_with(others, entry))
    outcome = submit(form, lambda: _note(entry, form))
    if outcome.is_saved:
        flash(gettext("Noted."))
        return redirect(url_for("agenda_room.outcome", slug=slug, number=number))
    stored = OutcomeForm(formdata=None, data=_values(entry)).offer(_with(others, entry))
    meanwhile = overtaken(form, stored, entry) if outcome.is_stale else None
    point, following = _point_and_next(milestone, number)
    return render_template(
        "calendar/agenda_outcome.html",
        milestone=milestone,
        item=item,
        point=point,
        following=following,
        form=form,
        meanwhile=meanwhile,
        addressee=_addressees(item),
        words=agenda_words,
        back=url_for("agenda_room.outcome", slug=slug, number=number),
    ), outcome.status


def _with(others: list[Milestone], entry: AgendaEntry) -> list[Milestone]:
    """Add the milestone that it was put off to, also once that is past."""
    if entry.postponed_to is None or any(one.id == entry.postponed_to for one in others):
        return others
    return [context.session().get_one(Milestone, entry.postponed_to), *others]


def _values(entry: AgendaEntry) -> dict[str, object]:
    return {
        "outcome": entry.outcome.value if entry.outcome else "",
        "to": entry.postponed_to,
        "note": entry.outcome_note or "",
        "version": entry.version,
    }


def _note(entry: AgendaEntry, form: OutcomeForm) -> None:
    to = context.session().get(Milestone, form.to.data) if form.to.data else None
    what = PointOutcome(form.chosen(), form.note.data or "", to)
    changes.note_outcome(context.session(), entry, what, seen_version=seen_version(form), **acting())


def _point_and_next(milestone: Milestone, number: int) -> tuple[AgendaPoint, AgendaPoint | None]:
    every = points(milestone)
    at = next(place for place, point in enumerate(every) if point.line.item.number == number)
    return every[at], every[at + 1] if at + 1 < len(every) else None


def _addressees(item: Item) -> list[tuple[Addressee, str]]:
    """Return the asked parties with their names, each to have its answer recorded."""
    rows = (
        context.session()
        .exec(select(Addressee).where(col(Addressee.item_id) == item.id).order_by(col(Addressee.id)))
        .all()
    )
    names = party_names(context.session(), {row.party_id for row in rows})
    return [(row, names[row.party_id]) for row in rows]
