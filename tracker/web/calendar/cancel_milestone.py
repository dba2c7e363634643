"""Cancelling a milestone after what is due at it has been shown, and reinstating it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker.calendar.cancel_milestone import ItemsToMove, cancel_milestone, open_items_due_at
from tracker.items.models import Item
from tracker.meetings.changes import reinstate
from tracker.meetings.models import Milestone
from tracker.meetings.queries import held_instead
from tracker.web.app import context
from tracker.web.app.form_saving import acting, renew, seen_version, submit
from tracker.web.calendar.forms import CancelForm, ReinstateForm
from tracker.web.calendar.milestones import show, the_milestone

blueprint = Blueprint("cancelling", __name__, url_prefix="/milestones/<slug>")
Answer = tuple[str, int] | Response


@blueprint.get("/cancel")
def preview(slug: str) -> Answer:
    """Show what is due at the milestone, all of it to be moved to the next unless one says otherwise."""
    milestone = the_milestone(slug)
    hanging = open_items_due_at(context.session(), milestone)
    instead = held_instead(context.session(), milestone, context.today())
    chosen: dict[str, object] = {"items": [item.number for item in hanging], "version": milestone.version}
    # The next meeting is the likely place for what this one would have dealt with.
    if instead:
        chosen["to"] = instead[0].id
    form = CancelForm(formdata=None, data=chosen).offer(instead)
    return _show(milestone, form, hanging)


@blueprint.post("/cancel")
def cancel(slug: str) -> Answer:
    """Cancel the milestone, and move what was chosen."""
    milestone = the_milestone(slug)
    session = context.session()
    form = CancelForm().offer(held_instead(session, milestone, context.today()))

    def change() -> list[Item]:
        seen = seen_version(form)
        why = form.reason.data or ""
        to_move = _to_move(milestone, form)
        return cancel_milestone(session, milestone, to_move=to_move, reason=why, seen_version=seen, **acting())

    outcome = submit(form, change)
    if outcome.result is not None:
        flash(_cancelled(len(outcome.result)))
        return redirect(url_for("milestones.page", slug=slug))
    if outcome.is_stale:
        # The page shows the milestone as it is now, so the next press is about that.
        renew(form.version, milestone.version)
    return _show(milestone, form, open_items_due_at(session, milestone), outcome.status)


def _cancelled(moved: int) -> str:
    if not moved:
        return str(gettext("Cancelled. No due date has moved."))
    return str(
        ngettext(
            "Cancelled, and %(num)d item is due at another milestone.",
            "Cancelled, and %(num)d items are due at another milestone.",
            moved,
        )
    )


def _to_move(milestone: Milestone, form: CancelForm) -> ItemsToMove | None:
    if form.to.data is None:
        return None
    # Items that are no longer due at it are left out, whatever the form names.
    chosen = set(form.items.data or ())
    items = [item.id for item in open_items_due_at(context.session(), milestone) if item.number in chosen]
    return ItemsToMove(context.session().get_one(Milestone, form.to.data), items)


def _show(milestone: Milestone, form: CancelForm, hanging: list[Item], status: int = 200) -> Answer:
    values = {"milestone": milestone, "form": form, "hanging": hanging}
    return render_template("calendar/milestone_cancel.html", chosen=set(form.items.data or ()), **values), status


@blueprint.post("/reinstate")
def reinstate_milestone(slug: str) -> Answer:
    """Reinstate the milestone; due dates that were moved stay where they are."""
    milestone = the_milestone(slug)
    form = ReinstateForm()

    def change() -> None:
        reinstate(context.session(), milestone, version=seen_version(form), **acting())

    outcome = submit(form, change)
    if not outcome.is_saved:
        return show(the_milestone(slug), form), outcome.status
    flash(gettext("The milestone is reinstated. Due dates that were moved stay where they are."))
    return redirect(url_for("milestones.page", slug=slug))
