"""Arranging an agenda: one page on which its points get other places or leave, step by step or by number."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.agendas import changes
from tracker.errors import Refused, Stale
from tracker.web.app import context
from tracker.web.app.form_saving import acting, seen_version
from tracker.web.calendar.agenda_forms import AgendaPlaceForm
from tracker.web.calendar.agendas import AT, points, the_agenda, the_point
from tracker.web.items.changes import Answer

blueprint = Blueprint("agenda_order", __name__)


@blueprint.get(f"{AT}/arrange")
def arrange(slug: str) -> Answer:
    """Show the points with what moves them; `?moved=` and `?by=` say which button was pressed last."""
    return _show(slug)


def _show(slug: str, status: int = 200, problem: str = "") -> Answer:
    milestone, agenda = the_agenda(slug)
    page = render_template(
        "calendar/agenda_arrange.html",
        milestone=milestone,
        agenda=agenda,
        points=points(milestone),
        problem=problem,
        moved=request.args.get("moved", type=int),
        by=request.args.get("by"),
    )
    return page, status


@blueprint.post(f"{AT}/<int:number>/place")
def place(slug: str, number: int) -> Answer:
    """Give a point another place; where the order has changed meanwhile it is shown first."""
    _, entry, _ = the_point(slug, number)
    session = context.session()
    form = AgendaPlaceForm()
    if not form.validate():
        return _show(slug, status=422, problem=gettext("Give the place as a number."))
    direction = "down"
    if form.to.data < entry.position:
        direction = "up"
    try:
        changes.move_point(session, entry, form.to.data, seen_version=seen_version(form), **acting())
        session.commit()
    # The number was a place in an order that has changed, so it must not be carried out.
    except Stale as stale:
        session.rollback()
        return _show(slug, status=409, problem=gettext(stale.message, **stale.values))
    # The button that was pressed has the focus again, where the point stands now: it can be pressed once more.
    return redirect(url_for("agenda_order.arrange", slug=slug, moved=number, by=direction))


@blueprint.post(f"{AT}/<int:number>/remove")
def remove(slug: str, number: int) -> Response:
    """Take a point off the agenda."""
    _, entry, item = the_point(slug, number)
    try:
        changes.take_off_agenda(context.session(), entry, **acting())
        context.session().commit()
        flash(gettext("Item %(number)d is off the agenda. It is still followed up.", number=item.number))
    except Refused as refused:
        context.session().rollback()
        flash(gettext(refused.message, **refused.values), "error")
    return redirect(url_for("agenda_order.arrange", slug=slug))
