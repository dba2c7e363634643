"""The lists of items, and the page of each."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from flask import Blueprint, abort, render_template, request
from flask_babel import get_locale
from sqlmodel import Session

from tracker.calendar.due_at_milestones import visible_milestones
from tracker.calendar.timeline import timeline_stops
from tracker.items import party_choices, queries
from tracker.items.items_on_passages import passage_sources
from tracker.items.lines import ItemLine
from tracker.items.list_conditions import sorted_by
from tracker.items.list_groups import Pile, piles
from tracker.items.models import Item, PartOfItem, Progress
from tracker.items.party_models import AGAINST, FOR
from tracker.items.queries import ItemWithParts, Listing, item_with_parts
from tracker.items.saved_lists import saved_views
from tracker.mail.compose_email import base_url
from tracker.meetings.models import Visibility
from tracker.meetings.queries import meetings
from tracker.people.queries import Sight
from tracker.updates.queries import last_news, no_news
from tracker.web.app import context
from tracker.web.app.value_words import group_names
from tracker.web.items import addressee_words, page_content, page_words
from tracker.web.items import history as item_history
from tracker.web.items.due_wording import due_for_list
from tracker.web.items.forms.filter import FilterChoices, FilterForm, choices
from tracker.web.items.list_rows import ListRow, rows
from tracker.web.items.list_state import SORTINGS, ListLayout, ListState, layout_in_words
from tracker.web.items.what_reader_may_do import may_steer, reads_inside

Part = TypeVar("Part", bound=PartOfItem)

blueprint = Blueprint("items", __name__, url_prefix="/items")

PAGE_SIZE = 50
#: of a column of the board, and of a place along the calendar, until more is asked for; all of it is in the table
MOST_CARDS = 20
MOST_DUE = 10
MOST_EACH = 200
#: on paper
MOST_PRINTED = 500


@blueprint.get("")
def listing() -> str:
    """Show the register's items, filtered, sorted and laid out as the address says."""
    state = list_state_of_address()
    if request.args.get("print"):
        return _printed(state)
    drawn = DRAWN[state.view](state)
    # An empty register explains itself; an empty result only says that nothing matches.
    is_empty = not drawn["total"] and not state.chosen
    return render_template(
        "items/list.html",
        state=state,
        sortings=SORTINGS,
        views=_views(),
        due_of=due_for_list,
        is_empty=is_empty,
        **drawn,
    )


class SavedListLink(NamedTuple):
    """A saved list, as a menu leads to it."""

    slug: str
    name: str
    query: str


def _views() -> list[SavedListLink]:
    """Return the saved lists that the reader sees."""
    if not context.roles():
        return []
    body_id = context.body_id()
    person_id = context.person().id
    return context.recorded(("saved lists", body_id, person_id), lambda: _saved_lists(body_id, person_id))


def _saved_lists(body_id: int, person_id: int) -> list[SavedListLink]:
    views = saved_views(context.session(), body_id, person_id)
    return [SavedListLink(view.slug, view.name, view.query) for view in views]


def list_state_of_address() -> ListState:
    """Return the state of the list that the address says."""
    layout = request.args.get("view")
    if layout not in set(ListLayout):
        # An old or mistyped address still shows the list.
        layout = ListLayout.TABLE
    return ListState(filter_form, ListLayout(layout))


def filter_form() -> FilterForm:
    """Return the filter of the list that the address holds."""
    session = context.session()
    body_id = context.body_id()
    sight = context.sight()
    is_inside = body_id in sight.register_ids
    return FilterForm(request.args).offer(
        FilterChoices(
            # Hundreds of options, the same for all who see the same: drawn once until something changes.
            choices=context.kept(f"filter {get_locale()}", lambda: _choices(session, body_id, sight)),
            name_of=lambda slug: party_choices.name_of(session, body_id, sight, slug) if is_inside else None,
            no_news=lambda: no_news(context.now(), sight),
            is_signed_in=context.person_or_none() is not None,
            is_inside=is_inside,
        )
    )


def _choices(session: Session, body_id: int, sight: Sight) -> dict[str, list[tuple[str, str]]]:
    return choices(
        owners=_options(party_choices.owner_choices(session, body_id, sight)),
        addressee=_options(party_choices.addressee_choices(session, body_id, sight)),
        supporters=_options(party_choices.position_takers(session, body_id, sight, FOR)),
        concerned=_options(party_choices.position_takers(session, body_id, sight, AGAINST)),
        themes=queries.themes(session, body_id, sight),
        milestones=visible_milestones(session, body_id, sight),
        meetings=meetings(session, body_id, sight),
        groups=list(group_names(session).items()),
        is_inside=body_id in sight.register_ids,
    )


def _options(choices: list[party_choices.Choice]) -> list[tuple[str, str]]:
    return [(choice.slug, choice.name) for choice in choices]


def listed(state: ListState, size: int, page: int = 1) -> Listing:
    """Return a page of the list, in its order."""
    order, descending = state.sorting
    return queries.listing(
        context.session(),
        context.body_id(),
        context.sight(),
        state.item_filter,
        today=context.today(),
        order=order,
        descending=descending,
        page=page,
        size=size,
        total=_total_of_all(state),
    )


def _total_of_all(state: ListState) -> int | None:
    """Return how many items an unfiltered list has, for a reader who sees all of the register."""
    if state.chosen or not context.sight().sees_all_of(context.body_id()):
        return None
    return sum(_counts().values())


def _printed(state: ListState) -> str:
    """Return the whole list on one page without the frame: for paper."""
    printed = listed(state, MOST_PRINTED)
    # On paper an address must be complete.
    site = base_url(context.config()) + request.script_root
    words = [chip.words for chip in state.chips()] + layout_in_words(None, state.sort)
    cited = passage_sources(context.session(), [line.item.id for line in printed.lines])
    return render_template(
        "items/print.html",
        state=state,
        now=context.now(),
        site=site,
        listing=printed,
        rows=list_rows(printed.lines),
        words=words,
        sources=cited,
    )


def _table(state: ListState) -> dict[str, Any]:
    # the database reads and skips every row before a page, so a number from nowhere must not be large
    page = listed(state, PAGE_SIZE, min(request.args.get("page", 1, type=int), 10_000))
    return {"listing": page, "rows": list_rows(page.lines), "total": page.total, "pages": _pages(page, state)}


def list_rows(lines: Sequence[ItemLine]) -> list[ListRow]:
    """Return the rows of these items in words, with the age of their last news."""
    session = context.session()
    news = last_news(session, [line.item.id for line in lines], context.sight())
    return rows(lines, news, _marked_visibility())


def _marked_visibility() -> Visibility | None:
    """Return who may read the items that the list marks: whichever is the exception in this register.

    A register where nobody has published anything, or where all is published, has nothing to mark.
    """
    if context.body_id() not in context.sight().register_ids:
        return None
    counts = _counts()
    if counts.get(Visibility.PUBLISHED, 0) > counts.get(Visibility.INTERNAL, 0):
        return Visibility.INTERNAL
    return Visibility.PUBLISHED


def _counts() -> dict[Visibility, int]:
    session = context.session()
    body_id = context.body_id()
    return context.recorded(("visibility", body_id), lambda: queries.visibility_counts(session, body_id))


def _pages(listing: Listing, state: ListState) -> dict[str, str]:
    """Return the addresses of the previous and the next page, where there are any."""
    near = {"previous": listing.page - 1, "next": listing.page + 1}
    return {name: state.address(page=page) for name, page in near.items() if 1 <= page <= listing.pages}


def _board(state: ListState) -> dict[str, Any]:
    order, descending = state.sorting
    most = _most(MOST_CARDS)
    pile_of = piles(
        context.session(),
        context.body_id(),
        context.sight(),
        state.item_filter,
        Item.progress,
        *sorted_by(order, descending=descending),
        most=most,
        today=context.today(),
    )
    chosen = state.item_filter.progress or frozenset(Progress)
    columns = [(progress, pile_of.get(progress, Pile(0, 0, 0, 0))) for progress in Progress if progress in chosen]
    return {"columns": columns, "total": sum(pile.total for pile in pile_of.values()), "more": _more(most)}


def _timeline(state: ListState) -> dict[str, Any]:
    most = _most(MOST_DUE)
    stops = timeline_stops(
        context.session(),
        context.body_id(),
        context.sight(),
        state.item_filter,
        most=most,
        today=context.today(),
    )
    total = sum(stop.pile.total for stop in stops if stop.pile)
    return {"stops": stops, "today": context.today(), "total": total, "more": _more(most)}


def _most(usual: int) -> int:
    """Return how many items each place shows."""
    # From nowhere may come "most=1000000", which would draw the whole register.
    return max(usual, min(request.args.get("most", usual, type=int), MOST_EACH))


def _more(most: int) -> int | None:
    """Return how many each may show next, if it may show more."""
    if most < MOST_EACH:
        # Each press shows three times as many: few presses reach the most there is.
        return min(3 * most, MOST_EACH)
    return None


DRAWN: dict[ListLayout, Callable[[ListState], dict[str, Any]]] = {
    ListLayout.TABLE: _table,
    ListLayout.BOARD: _board,
    ListLayout.TIMELINE: _timeline,
}


@blueprint.get("/<int:number>")
def page(number: int) -> str:
    """Show the page of an item."""
    return render_template(
        "items/page.html",
        page=page_content.page_of(_with_parts(number)),
        words=page_words,
        addressee_words=addressee_words,
    )


def _with_parts(number: int) -> ItemWithParts:
    return item_with_parts(context.session(), context.body_id(), number, context.sight()) or abort(404)


@blueprint.get("/<int:number>/history")
def history(number: int) -> str:
    """Show everything that happened to an item."""
    item = the_item(number)
    lines = item_history.lines(context.session(), item, outside=not reads_inside(item))
    return render_template("items/history.html", item=item, lines=lines)


def the_item(number: int) -> Item:
    """Return that item of the register, or answer 404 where the reader may not see it."""
    return queries.item_by_number(context.session(), context.body_id(), number, context.sight()) or abort(404)


def item_to_steer(number: int) -> Item:
    """Return the item if the reader may say when it is due, who helps and who answers for it, or answer 404."""
    item = the_item(number)
    # 404, not 403: the page of the item already says what the reader may do.
    if may_steer(item):
        return item
    return abort(404)


def part_of(item: Item, table: type[Part], row_id: int) -> Part:
    """Return that row of the table if it belongs to the item, or answer 404: an address may name any number."""
    row = context.session().get(table, row_id)
    if row is not None and row.item_id == item.id:
        return row
    return abort(404)
