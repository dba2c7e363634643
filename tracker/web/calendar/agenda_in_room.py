"""An agenda in the room: on paper, on the projector, and the outcome of each point."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlmodel import col, select

from tracker.agendas import changes
from tracker.agendas.changes import PointOutcome
from tracker.agendas.models import AgendaEntry
from tracker.agendas.queries import AgendaPoint
from tracker.db import find_row
from tracker.items.models import Item
from tracker.items.party_models import Addressee
from tracker.meetings.models import Milestone
from tracker.people.queries import party_names
from tracker.web.app import context
from tracker.web.app.form_saving import acting, seen_version, submit
from tracker.web.calendar.agenda_forms import OutcomeForm
from tracker.web.calendar.agendas import AT, POINT_WORDS, ahead, points, the_agenda, the_point
from tracker.web.items.changes import Answer

blueprint = Blueprint("agenda_room", __name__)


@blueprint.get(f"{AT}/print")
def printed(slug: str) -> str:
    """Show the agenda as it is printed: for the room, or with the notes for the chair."""
    milestone, _ = the_agenda(slug)
    # A stranger who adds ?chair to the address gets the room's copy.
    for_chair = bool(context.roles()) and "chair" in request.args
    values = {"milestone": milestone, "points": points(milestone), "for_chair": for_chair, "words": POINT_WORDS}
    return render_template("calendar/agenda_print.html", **values)


@blueprint.get(f"{AT}/present/<int:place>")
def present(slug: str, place: int) -> str:
    """Show one point for the projector, counted from 1 in the order that the reader sees."""
    milestone, _ = the_agenda(slug)
    all_points = points(milestone)
    # Points may have been removed while the agenda is on the projector.
    if not 1 <= place <= len(all_points):
        abort(404)
    values = {"milestone": milestone, "point": all_points[place - 1], "place": place, "total": len(all_points)}
    return render_template("calendar/agenda_present.html", words=POINT_WORDS, **values)


@blueprint.route(f"{AT}/<int:number>/outcome", methods=["GET", "POST"])
def outcome(slug: str, number: int) -> Answer:
    """Note what became of a point in the room; then lead on to what follows from it."""
    milestone, entry, item = the_point(slug, number)
    others = [other for other in ahead() if other.id != milestone.id]
    form = OutcomeForm(data=_values(entry)).offer(_with(others, entry))
    outcome = submit(form, lambda: _note(entry, form))
    if outcome.is_saved:
        flash(gettext("The outcome is saved."))
        return redirect(url_for("agenda_room.outcome", slug=slug, number=number))
    stored = OutcomeForm(formdata=None, data=_values(entry)).offer(_with(others, entry))
    meanwhile = outcome.meanwhile(form, stored, entry)
    # The next point is one click away: outcomes are noted while the meeting goes on.
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
        words=POINT_WORDS,
        back=url_for("agenda_room.outcome", slug=slug, number=number),
    ), outcome.status


def _with(others: list[Milestone], entry: AgendaEntry) -> list[Milestone]:
    """Add the milestone that the point was postponed to, also once that is past: the form must show what is stored."""
    if entry.postponed_to is None or any(other.id == entry.postponed_to for other in others):
        return others
    return [context.session().get_one(Milestone, entry.postponed_to), *others]


def _values(entry: AgendaEntry) -> dict[str, object]:
    return {
        "outcome": entry.outcome or "",
        "to": entry.postponed_to,
        "note": entry.outcome_note or "",
        "version": entry.version,
    }


def _note(entry: AgendaEntry, form: OutcomeForm) -> None:
    postponed_to = find_row(context.session(), Milestone, form.to.data)
    point_outcome = PointOutcome(form.chosen(), form.note.data or "", postponed_to)
    changes.note_outcome(context.session(), entry, point_outcome, seen_version=seen_version(form), **acting())


def _point_and_next(milestone: Milestone, number: int) -> tuple[AgendaPoint, AgendaPoint | None]:
    all_points = points(milestone)
    place = next(place for place, point in enumerate(all_points) if point.line.item.number == number)
    following = all_points[place + 1 : place + 2]
    return all_points[place], next(iter(following), None)


def _addressees(item: Item) -> list[tuple[Addressee, str]]:
    """Return the addressees with their names, each to have its answer recorded."""
    statement = select(Addressee).where(col(Addressee.item_id) == item.id).order_by(col(Addressee.id))
    rows = context.session().exec(statement).all()
    names = party_names(context.session(), {row.party_id for row in rows})
    return [(row, names[row.party_id]) for row in rows]
