"""The list of items, and the page of each."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for

from tracker.items import parties, queries
from tracker.items.models import Item
from tracker.items.queries import Listing
from tracker.items.wanted import Order
from tracker.meetings.queries import milestones
from tracker.web import context, item_page
from tracker.web.due_words import shown
from tracker.web.forms.item_filter import FilterForm, order_of

blueprint = Blueprint("items", __name__, url_prefix="/items")

PAGE_SIZE = 50


@dataclass(frozen=True)
class Sorting:
    """How the list is sorted, and the links that sort it otherwise."""

    order: Order
    descending: bool
    chosen: dict[str, Any]

    def href(self, order: str) -> str:
        """Return the address of the list sorted so; the order it has already is turned round."""
        turned = self.order == order and not self.descending
        sort = f"-{order}" if turned else order
        return url_for("items.listing", **self.chosen, sort=None if sort == Order.NUMBER.value else sort)

    def aria(self, order: str) -> str:
        """Return what a column's heading says of the order."""
        if self.order != order:
            return "none"
        return "descending" if self.descending else "ascending"


@blueprint.get("")
def listing() -> str:
    """Show the register's items, narrowed and sorted as the address says."""
    form, reader = filter_form(), context.person_or_none()
    wanted = form.wanted(reader.id if reader else None)
    order, descending = order_of(request.args.get("sort"))
    page = request.args.get("page", 1, type=int)
    session, body_id, sight, today = context.session(), context.body_id(), context.sight(), context.today()
    found = queries.listing(
        session,
        body_id,
        sight,
        wanted,
        today=today,
        order=order,
        descending=descending,
        page=min(page, 10_000),
        size=PAGE_SIZE,
    )
    return render_template(
        "items/list.html",
        form=form,
        found=found,
        chosen=form.chosen(),
        sorting=Sorting(order, descending, form.chosen()),
        pages=_pages(found, form.chosen()),
        shown=shown,
        is_empty=not found.total and not form.chosen(),
    )


def filter_form() -> FilterForm:
    """Return how the address narrows the list."""
    session, body_id, sight = context.session(), context.body_id(), context.sight()
    return FilterForm(request.args).offer(
        owners=[(choice.slug, choice.name) for choice in parties.owners(session, body_id, sight)],
        asked=[(choice.slug, choice.name) for choice in parties.asked(session, body_id, sight)],
        themes=queries.themes(session, body_id, sight),
        milestones=milestones(session, body_id),
    )


def _pages(found: Listing, chosen: dict[str, Any]) -> dict[str, str]:
    """Return the addresses of the neighbouring pages, where there are any."""
    sort = request.args.get("sort")
    near = {"previous": found.page - 1, "next": found.page + 1}
    return {
        name: url_for("items.listing", **chosen, sort=sort, page=page)
        for name, page in near.items()
        if 1 <= page <= found.pages
    }


@blueprint.get("/<int:number>")
def page(number: int) -> str:
    """Show one item whole."""
    return render_template("items/page.html", page=item_page.page_of(the_item(number)), words=item_page)


def the_item(number: int) -> Item:
    """Return that item of the register, or answer 404 where the reader may not see it."""
    found = None
    if number < 2**31:
        found = queries.item_by_number(context.session(), context.body_id(), number, context.sight())
    return found or abort(404)
