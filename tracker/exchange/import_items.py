"""Items from a file into the register: new ones begin, the others change where their cells differ."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from tracker.errors import Refused
from tracker.exchange.apply_differences import STEPS
from tracker.exchange.columns import ItemCells, given_columns, read_cells
from tracker.exchange.export_items import item_cells
from tracker.exchange.import_context import Case, ItemImport
from tracker.history import Actor
from tracker.history_verbs import Verb
from tracker.items.change_trail import note_change
from tracker.items.create import NewItem, create
from tracker.items.models import Item
from tracker.meetings.models import Milestone
from tracker.people.models import Body
from tracker.tables.text_tables import TableRow

DUE = frozenset({"milestone", "offset_days", "due_on"})


def import_items(
    session: Session, rows: Iterable[TableRow], register: Body, *, by: Actor, now: datetime
) -> Counter[str]:
    """Take in the items of the rows; return how many are "new", "changed", and "as they were".

    Raises Refused with line and column of the first cell that cannot be; the caller rolls back.
    """
    item_import = ItemImport(session, register, by, now)
    counts = Counter[str]()
    for row in rows:
        cells = read_cells(row)
        try:
            counts[_import_row(item_import, cells, given_columns(row))] += 1
        except Refused as refusal:
            column = f"{refusal.field}: " if refusal.field else ""
            raise row.refusal(f"{column}{refusal}") from None
    return counts


def _import_row(item_import: ItemImport, cells: ItemCells, given: set[str]) -> str:
    item = item_import.item(cells.number)
    if item is not None:
        if _change(item_import, item, cells, given):
            return "changed"
        return "as they were"
    item = _create(item_import, cells)
    _change(item_import, item, cells, given - {"created_on", "promised_on", "number"})
    return "new"


def _create(item_import: ItemImport, cells: ItemCells) -> Item:
    if not cells.title:
        raise Refused("An item needs a title. Write one.", "title")
    milestone = item_import.milestone(cells.milestone)
    _due(milestone, cells, {"due_on"})
    new = NewItem(
        title=cells.title,
        kind=cells.kind,
        own_due_on=None if milestone else cells.due_on,
        milestone_id=milestone.id if milestone else None,
        offset_days=cells.offset_days,
        visibility=cells.visibility,
        addressees=tuple(item_import.party(slug, "addressed_to").id for slug in cells.addressed_to),
        number=cells.number,
    )
    began = item_import.noon(cells.created_on) if cells.created_on else item_import.now
    item = create(item_import.session, item_import.register.id, new, by=item_import.by, now=began)
    if cells.promised_on and cells.promised_on != item.promised_on:
        before = {"promised_on": item.promised_on}
        item.promised_on = cells.promised_on
        told = {"promised_on": cells.promised_on}
        note_change(
            item_import.session, item, Verb.PROMISE_NOTED, by=item_import.by, now=began, before=before, after=told
        )
    return item


def _change(item_import: ItemImport, item: Item, cells: ItemCells, given: set[str]) -> bool:
    """Change what was given and differs; return whether anything did. Where there is no column, nothing changes."""
    there = item_cells(item_import.session, item_import.register, [item])[0]
    came = there.model_copy(update={name: getattr(cells, name) for name in given})
    if DUE & given:
        came = came.model_copy(update=_due(item_import.milestone(came.milestone), came, given))
    case = Case(**vars(item_import), row=item, there=there, came=came)
    changed = False
    for columns, step in STEPS:
        if any(_comparable(there, name) != _comparable(came, name) for name in columns if name in given | DUE):
            step(case)
            changed = True
    return changed


def _comparable(cells: ItemCells, name: str) -> object:
    if name == "response":
        return cells.responses()
    return getattr(cells, name)


def _due(milestone: Milestone | None, came: ItemCells, given: set[str]) -> dict[str, Any]:
    """Return the three cells of a due rule as they go together; a milestone gives the day.

    Another day beside a milestone is a mistake that nobody may pass over: raises Refused.
    """
    if milestone is None:
        return {"offset_days": 0}
    day = milestone.day + timedelta(days=came.offset_days)
    if "due_on" in given and came.due_on not in (None, day):
        raise Refused("The milestone gives %(day)s. Leave this cell empty, or the milestone.", "due_on", day=day)
    return {"due_on": day}
