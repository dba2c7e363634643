"""Importing items from a file: new ones are created, existing ones change where their cells differ."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
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
from tracker.items.due import day_at
from tracker.items.models import DueFrom, Item
from tracker.meetings.models import Milestone
from tracker.people.models import Body
from tracker.tables.text_tables import TableRow

DUE = frozenset({"milestone", "offset_days", "due_from", "due_on"})
PROPOSER = frozenset({"put_forward_by", "reported_of", "reported_by"})


def import_items(
    session: Session, rows: Iterable[TableRow], register: Body, *, by: Actor, now: datetime
) -> Counter[str]:
    """Import the items of the rows; return how many are "new", "changed", and "as they were".

    Raises Refused with line and column of the first cell that cannot be imported; the caller rolls back.
    """
    item_import = ItemImport(session, register, by, now)
    counts = Counter[str]()
    for row in rows:
        cells = read_cells(row)
        try:
            counts[_import_row(item_import, cells, given_columns(row))] += 1
        # The verbs know no lines of files: here the message gets its place.
        except Refused as refusal:
            message = str(refusal)
            if refusal.field:
                message = f"{refusal.field}: {message}"
            raise row.refusal(message) from None
    return counts


def _import_row(item_import: ItemImport, cells: ItemCells, columns: set[str]) -> str:
    item = item_import.item(cells.number)
    if item is not None:
        if _change(item_import, item, cells, columns):
            return "changed"
        return "as they were"
    item = _create(item_import, cells, columns)
    # Creating took these three; all the rest goes through the steps, so that each leaves its own event.
    _change(item_import, item, cells, columns - {"created_on", "promised_on", "number"})
    if cells.promised_on and cells.promised_on != item.promised_on:  # an owner of the file accepted it earlier than now
        _note_promise(item_import, item, cells.promised_on, item_import.now)
    return "new"


def _create(item_import: ItemImport, cells: ItemCells, columns: set[str]) -> Item:
    if not cells.title:
        raise Refused("An item needs a title. Write one.", "title")
    milestone = item_import.milestone(cells.milestone)
    due = _due(milestone, cells, columns | {"due_on"})
    new = NewItem(
        title=cells.title,
        kind=cells.kind,
        offset_days=cells.offset_days,
        visibility=cells.visibility,
        addressees=tuple(item_import.party(slug, "addressed_to").id for slug in cells.addressed_to),
        number=cells.number,
    )
    if milestone:
        new = replace(new, milestone_id=milestone.id, due_from=due["due_from"])
    else:
        new = replace(new, own_due_on=cells.due_on)
    # An imported item is as old as its file says, or figures of new items would jump.
    created_at = item_import.now
    if cells.created_on:
        created_at = item_import.noon(cells.created_on)
    item = create(item_import.session, item_import.register.id, new, by=item_import.by, now=created_at)
    if cells.promised_on and cells.promised_on != item.promised_on:
        _note_promise(item_import, item, cells.promised_on, created_at)
    return item


def _note_promise(item_import: ItemImport, item: Item, promised_on: date, now: datetime) -> None:
    """Keep the due day first set that the file gives: the rule of the item may have changed since."""
    before = {"promised_on": item.promised_on}
    after = {"promised_on": promised_on}
    item.promised_on = promised_on
    note_change(item_import.session, item, Verb.PROMISE_NOTED, by=item_import.by, now=now, before=before, after=after)


def _change(item_import: ItemImport, item: Item, cells: ItemCells, columns: set[str]) -> bool:
    """Change what these columns hold and the item does not; return whether anything changed."""
    # Compared as cells, as an export would write them: so a round trip changes nothing.
    current = item_cells(item_import.session, item_import.register, [item])[0]
    new = current.model_copy(update={name: getattr(cells, name) for name in columns}).attributed()
    if DUE & columns:
        new = new.model_copy(update=_due(item_import.milestone(new.milestone), new, columns))
    case = Case(**vars(item_import), row=item, current=current, new=new)
    # The cells of a due rule go together, and so do those of the proposer: one that was not given may change with
    # the others.
    differing = {name for name in columns | DUE | PROPOSER if _comparable(current, name) != _comparable(new, name)}
    changed = False
    for step_columns, step in STEPS:
        if differing.intersection(step_columns):
            step(case)
            changed = True
    return changed


def _comparable(cells: ItemCells, name: str) -> object:
    """Return a cell as it is compared: one response for all is the same as that response for each."""
    if name == "response":
        return cells.responses()
    return getattr(cells, name)


def _due(milestone: Milestone | None, cells: ItemCells, columns: set[str]) -> dict[str, Any]:
    """Return what the cells of the due rule must be: a milestone gives the day, and without one there is no offset.

    Raises Refused where the file gives another day beside a milestone.
    """
    if milestone is None:
        return {"offset_days": 0, "due_from": DueFrom.FIRST_DAY}
    due_from: DueFrom = cells.due_from
    if "due_from" not in columns and "due_on" in columns:
        due_from = _due_from(milestone, cells)
    day = day_at(milestone, cells.offset_days, due_from)
    # A day beside a milestone may be its own, as an export writes it; another one contradicts it.
    if "due_on" in columns and cells.due_on not in (None, day):
        raise Refused("The milestone gives %(day)s. Leave this cell or that of the milestone empty.", "due_on", day=day)
    return {"due_on": day, "due_from": due_from}


def _due_from(milestone: Milestone, cells: ItemCells) -> DueFrom:
    """Return the day of the milestone that gives the line's due day: CSV and workbooks have no column for it."""
    days = {due_from: day_at(milestone, cells.offset_days, due_from) for due_from in DueFrom}
    matching = [due_from for due_from, day in days.items() if day == cells.due_on]
    # Where both give it, or neither, nothing changes.
    if len(matching) == 1:
        return matching[0]
    due_from: DueFrom = cells.due_from
    return due_from
