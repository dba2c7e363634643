"""Publishing many items at once, or making them internal again: the items of the list, to tick."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker.items import changes, queries
from tracker.items.lines import ItemLine
from tracker.items.models import Item
from tracker.meetings.models import Visibility
from tracker.web.app import context
from tracker.web.app.address_numbers import whole_number
from tracker.web.app.form_saving import acting
from tracker.web.app.publish_question import say_with_undo
from tracker.web.items import page_words
from tracker.web.items.bulk.publishing_words import question_about
from tracker.web.items.pages import filter_form

blueprint = Blueprint("publishing", __name__, url_prefix="/items")

#: how many can be changed at once; the rest is there when the page is opened again
MOST = 500

Answer = tuple[str, int] | Response


@dataclass(frozen=True)
class Direction:
    """Publishing, or making internal: to which items, by which verb."""

    endpoint: str
    #: the visibility of the items before
    of: Visibility
    change: Callable[..., None]
    #: the endpoint of the page that does the other thing
    opposite: str
    #: the endpoint that takes it back at once
    undo: str


PUBLISH = Direction(
    "publishing.publish", Visibility.INTERNAL, changes.publish, "publishing.unpublish", "publishing.undo_publish"
)
UNPUBLISH = Direction(
    "publishing.unpublish", Visibility.PUBLISHED, changes.unpublish, "publishing.publish", "publishing.undo_unpublish"
)


@blueprint.route("/publish", methods=["GET", "POST"])
def publish() -> Answer:
    """Let anyone read the ticked items."""
    return _answer(PUBLISH)


@blueprint.route("/unpublish", methods=["GET", "POST"])
def unpublish() -> Answer:
    """Keep the ticked items to the register's own people again."""
    return _answer(UNPUBLISH)


@blueprint.post("/publish/undo")
def undo_publish() -> Response:
    """Make the items internal again that were just published; what was public before stays so."""
    return _undo(UNPUBLISH)


@blueprint.post("/unpublish/undo")
def undo_unpublish() -> Response:
    """Publish the items again that were just made internal."""
    return _undo(PUBLISH)


def _undo(direction: Direction) -> Response:
    """Change the items of the address back; those that somebody changed back meanwhile are passed over."""
    numbers = sorted(numbers_of(request.args.get("numbers")))
    items = _changeable(direction, numbers)
    for item in items:
        direction.change(context.session(), item, **acting())
    context.session().commit()
    flash(_done(direction, len(items)))
    return redirect(_list())


def _answer(direction: Direction) -> Answer:
    if request.method != "POST":
        return _page(direction), 200
    items = _ticked(direction)
    if not items:
        return _page(direction, _nothing(direction)), 422
    for item in items:
        direction.change(context.session(), item, **acting())
    context.session().commit()
    # Undo names the very items just changed, whatever the filter shows by then; the filter leads back to the list.
    chosen: dict[str, Any] = {**filter_form().chosen()}
    undo = url_for(direction.undo, **chosen, numbers=spans(item.number for item in items))
    say_with_undo(_done(direction, len(items)), undo, is_changed=True)
    return redirect(_list())


def _ticked(direction: Direction) -> list[Item]:
    """Return the ticked items that still have the visibility to be changed."""
    return _changeable(direction, [number for number in request.form.getlist("item", type=int) if number > 0])


def _changeable(direction: Direction, numbers: list[int]) -> list[Item]:
    items = queries.items_by_number(context.session(), context.body_id(), numbers[:MOST], context.sight())
    # A page left open may tick what somebody else has published since: that is passed over, not refused.
    return [item for item in items if item.visibility is direction.of]


def _nothing(direction: Direction) -> str:
    if not request.form.getlist("item"):
        return str(gettext("Nothing has changed. Tick at least one item."))
    if direction is PUBLISH:
        return str(gettext("Nothing has changed: the ticked items are published already, or no longer here."))
    return str(gettext("Nothing has changed: the ticked items are internal already, or no longer here."))


def _done(direction: Direction, count: int) -> str:
    """Return what was done."""
    if direction is PUBLISH:
        text = ngettext(
            "%(num)d item is published. Anyone can read it.",
            "%(num)d items are published. Anyone can read them.",
            count,
        )
    else:
        text = ngettext("%(num)d item is internal again.", "%(num)d items are internal again.", count)
    return str(text)


def _page(direction: Direction, problem: str = "") -> str:
    form = filter_form()
    numbers = numbers_of(request.args.get("numbers"))
    query: dict[str, Any] = {**form.chosen()}
    if numbers:
        query["numbers"] = spans(numbers)
    every = queries.everything(
        context.session(),
        context.body_id(),
        context.sight(),
        form.item_filter(context.person().id),
        today=context.today(),
    )
    in_list = [line for line in every if not numbers or line.item.number in numbers]
    lines = [line for line in in_list if line.item.visibility is direction.of]
    question = None
    if direction is PUBLISH and lines:
        question = question_about([line.item for line in lines[:MOST]], action=url_for(direction.endpoint, **query))
    return render_template(
        "items/publish.html",
        is_publishing=direction is PUBLISH,
        question=question,
        action=url_for(direction.endpoint, **query),
        other_way=url_for(direction.opposite, **query),
        back=_list(),
        lines=lines[:MOST],
        total=len(lines),
        others=len(in_list) - len(lines),
        ticked=_kept(lines),
        problem=problem,
        words=page_words,
    )


def _list() -> str:
    """Return the address of the list with the same filter."""
    chosen: dict[str, Any] = {**filter_form().chosen()}
    return url_for("items.listing", **chosen)


def _kept(lines: Iterable[ItemLine]) -> set[int]:
    """Return the numbers of the boxes that are ticked: all of a fresh page, else those sent."""
    if request.method == "POST":
        return set(request.form.getlist("item", type=int))
    return {line.item.number for line in lines}


def spans(numbers: Iterable[int]) -> str:
    """Return numbers as an address holds them: 1, 2, 3 and 7 are "1-3.7"."""
    runs = [[number for _place, number in run] for _key, run in groupby(enumerate(sorted(set(numbers))), _distance)]
    return ".".join(_span(run) for run in runs)


def _span(run: list[int]) -> str:
    if len(run) == 1:
        return str(run[0])
    return f"{run[0]}-{run[-1]}"


def _distance(placed: tuple[int, int]) -> int:
    place, number = placed
    return number - place


def numbers_of(text: str | None) -> set[int]:
    """Return the numbers that `spans` wrote; what it cannot have written counts for nothing."""
    numbers: set[int] = set()
    for span in (text or "").split("."):
        first, _, last = span.partition("-")
        # An address that somebody shortened by hand still shows what can be read of it.
        with suppress(ValueError):
            begin = whole_number(first)
            end = whole_number(last or first)
            numbers.update(range(max(begin, 1), min(end, begin + MOST) + 1))
    return numbers
