"""Setting when an item is due, and whether its condition is met: for the secretariat and for the owner."""

from flask import Blueprint, render_template
from flask_babel import gettext

from tracker.items import changes
from tracker.items.models import Item
from tracker.meetings.queries import milestones
from tracker.web.app import context
from tracker.web.app.form_saving import acting, overtaken, seen_version, submit
from tracker.web.items.changes import Answer, to_page
from tracker.web.items.forms.content import ConditionForm, DueForm, due_values
from tracker.web.items.pages import item_to_steer

blueprint = Blueprint("item_due", __name__, url_prefix="/items/<int:number>")


@blueprint.route("/due", methods=["GET", "POST"])
def rule(number: int) -> Answer:
    """Set the due rule."""
    item = item_to_steer(number)
    form = DueForm(data=due_values(item))
    form.offer(milestones(context.session(), context.body_id()))
    submission = submit(form, lambda: _set_due(item, form))
    if submission.is_saved:
        return to_page(item, gettext("The due date is set."))
    meanwhile = None
    if submission.is_stale:
        stored = DueForm(formdata=None, data=due_values(item))
        stored.offer(milestones(context.session(), context.body_id()))
        meanwhile = overtaken(form, stored, item)
    return render_template("items/due.html", item=item, form=form, meanwhile=meanwhile), submission.status


def _set_due(item: Item, form: DueForm) -> None:
    changes.set_due(
        context.session(),
        item,
        form.rule(),
        reason=form.reason.data or "",
        seen_version=seen_version(form),
        **acting(),
    )


@blueprint.route("/condition", methods=["GET", "POST"])
def condition(number: int) -> Answer:
    """Note that the condition was met."""
    item = item_to_steer(number)
    form = ConditionForm(data={"on": context.today()})
    submission = submit(form, lambda: changes.meet_condition(context.session(), item, form.on.data, **acting()))
    if submission.is_saved:
        return to_page(item, gettext("The condition is met. From now on the item can be overdue."))
    return render_template("items/condition.html", item=item, form=form), submission.status
