"""When an item is due, and whether its condition is met: for the secretariat and for who owns it."""

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext

from tracker.items import changes
from tracker.items.models import Item
from tracker.meetings.queries import milestones
from tracker.web.app import context
from tracker.web.app.form_saving import SAVED, acting, overtaken, save
from tracker.web.items.changes import Answer, to_page
from tracker.web.items.forms.content import ConditionForm, DueForm, due_values
from tracker.web.items.pages import the_item
from tracker.web.items.permissions import may_steer

blueprint = Blueprint("item_due", __name__, url_prefix="/items/<int:number>")


def _item_to_steer(number: int) -> Item:
    item = the_item(number)
    if may_steer(item):
        return item
    return abort(404)


@blueprint.route("/due", methods=["GET", "POST"])
def rule(number: int) -> Answer:
    """Set the due rule."""
    item = _item_to_steer(number)
    form = DueForm(data=due_values(item))
    form.offer(milestones(context.session(), context.body_id()))
    status = save(form, lambda: _set_due(item, form)) if request.method == "POST" else 200
    if status == SAVED:
        return to_page(item, gettext("The due date is set."))
    stored = DueForm(formdata=None, data=due_values(item))
    stored.offer(milestones(context.session(), context.body_id()))
    meanwhile = overtaken(form, stored, item) if status == 409 else None
    return render_template("items/due.html", item=item, form=form, meanwhile=meanwhile), status


def _set_due(item: Item, form: DueForm) -> None:
    changes.set_due(
        context.session(),
        item,
        form.rule(),
        reason=form.reason.data or "",
        seen_version=form.version.data or 0,
        **acting(),
    )


@blueprint.route("/condition", methods=["GET", "POST"])
def condition(number: int) -> Answer:
    """Note that the condition was met."""
    item = _item_to_steer(number)
    form = ConditionForm(data={"on": context.today()})
    status = save(form, lambda: _meet(item, form)) if request.method == "POST" else 200
    if status == SAVED:
        return to_page(item, gettext("The condition is met: from now on the item can be late."))
    return render_template("items/condition.html", item=item, form=form), status


def _meet(item: Item, form: ConditionForm) -> None:
    changes.meet_condition(context.session(), item, form.on.data, **acting())
