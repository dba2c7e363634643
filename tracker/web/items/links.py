"""Links from an item to others: it repeats, refines, supersedes them."""

from flask import Blueprint, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.errors import Refused
from tracker.items import changes, queries
from tracker.items.models import Item, LinkKind
from tracker.items.queries import related_items
from tracker.web.app import context
from tracker.web.app.form_saving import acting, submit
from tracker.web.items import page_words
from tracker.web.items.changes import Answer, to_page
from tracker.web.items.forms.content import ItemLinkForm
from tracker.web.items.pages import the_item

blueprint = Blueprint("item_links", __name__, url_prefix="/items/<int:number>/links")


@blueprint.route("", methods=["GET", "POST"])
def manage(number: int) -> Answer:
    """Link the item to another, and list its links."""
    item = the_item(number)
    form = ItemLinkForm().offer()
    submission = submit(form, lambda: _link(item, form))
    if submission.is_saved:
        return to_page(item, gettext("The items are linked."))
    links = related_items(context.session(), item, context.sight())
    return render_template("items/links.html", item=item, form=form, links=links, words=page_words), submission.status


def _link(item: Item, form: ItemLinkForm) -> None:
    session = context.session()
    other = queries.item_by_number(session, context.body_id(), form.other.data, context.sight())
    if other is None:
        raise Refused("There is no item %(number)s here. Correct the number.", "other", number=form.other.data)
    changes.link(session, item, other, LinkKind(form.kind.data), **acting())


@blueprint.post("/<int:other>/<kind>/remove")
def remove(number: int, other: int, kind: str) -> Response:
    """Remove a link that was made on this item."""
    item = the_item(number)
    if kind not in set(LinkKind):
        raise Refused("This link was removed already. Look at the page again.")
    changes.unlink(context.session(), item, the_item(other), LinkKind(kind), **acting())
    context.session().commit()
    return to_page(item, gettext("The link is removed."))
