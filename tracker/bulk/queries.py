"""Reading for bulk edits: the chosen items as they stand, who hears of the change, and earlier bulk edits."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.bulk.rules import BulkPart, ItemStanding
from tracker.history import Event
from tracker.history_queries import key_number
from tracker.items.lines import lines
from tracker.items.models import Follow, Item
from tracker.items.party_models import Helper, Ownership, OwnerState
from tracker.people.models import Party, Person
from tracker.updates.models import BulkChange, BulkEdit, Update


def item_standings(session: Session, items: Iterable[Item], today: date) -> list[ItemStanding]:
    """Return how these items stand, in the order given; the number of statements does not grow with them."""
    items = list(items)
    item_ids = [item.id for item in items]
    helpers: dict[int, set[int]] = {}
    for helper in session.exec(select(Helper).where(col(Helper.item_id).in_(item_ids))):
        helpers.setdefault(helper.item_id, set()).add(helper.person_id)
    open_requests = select(Ownership.item_id, Ownership.party_id).where(
        col(Ownership.item_id).in_(item_ids), col(Ownership.state) == OwnerState.REQUESTED
    )
    requested = dict(session.exec(open_requests).all())
    # Not the version of the item: an update or a response is news that leaves the version as it is.
    last = last_events(session, item_ids)
    return [
        ItemStanding(
            line=line,
            helpers=frozenset(helpers.get(item_id, ())),
            has_open_request=requested.get(item_id),
            last_event=last.get(item_id, 0),
        )
        for item_id, line in zip(item_ids, lines(session, items, today), strict=True)
    ]


def last_events(session: Session, item_ids: Collection[int]) -> dict[int, int]:
    """Return the id of the last event of each item: whoever saw that event has seen the item as it stands."""
    columns: Any = (Event.subject, sa.func.max(col(Event.id)))
    subjects = col(Event.subject).in_([f"item:{number}" for number in item_ids])
    rows = session.exec(select(*columns).where(subjects).group_by(col(Event.subject)))
    return {key_number(subject): last for subject, last in rows}


def lock_items(session: Session, body_id: int, numbers: Collection[int]) -> list[Item]:
    """Lock the items of these numbers in the register until the commit, and return them."""
    items = select(Item).where(col(Item.body_id) == body_id, col(Item.number).in_(numbers))
    # Always in the same order, or two bulk edits of the same items could wait for each other.
    return list(session.exec(items.order_by(col(Item.id)).with_for_update()))


def audience_names(session: Session, item_ids: Collection[int], but: int | None) -> list[str]:
    """Return the names of those who own, help with or follow one of these items, and so hear of it; all but `but`."""
    people = sa.union(
        sa.select(col(Helper.person_id)).where(col(Helper.item_id).in_(item_ids)),
        sa.select(col(Follow.person_id)).where(col(Follow.item_id).in_(item_ids)),
        *(_answering(column, item_ids) for column in (Ownership.answers_for_id, Ownership.second_id, Party.person_id)),
    ).subquery()
    statement = select(Person.name).where(col(Person.id).in_(sa.select(people.c[0])), col(Person.id) != but)
    return list(session.exec(statement.order_by(col(Person.name))))


def _answering(column: Any, item_ids: Collection[int]) -> Any:
    owners = sa.select(column).select_from(Ownership).join(Party, col(Ownership.party_id) == col(Party.id))
    return owners.where(col(Ownership.item_id).in_(item_ids), col(Ownership.state) == OwnerState.ACCEPTED)


@dataclass(frozen=True)
class BulkEditLine:
    """A bulk edit with who made it, who undid it, and how many items it changed."""

    edit: BulkEdit
    by: str
    undone_by: str | None
    count: int


def bulk_edits(session: Session, body_id: int, *further: sa.ColumnElement[bool], most: int = 100) -> list[BulkEditLine]:
    """Return the register's bulk edits for which the further conditions hold, newest first."""
    maker = aliased(Person)
    undoer = aliased(Person)
    changed = sa.select(sa.func.count()).where(col(BulkChange.bulk_edit_id) == col(BulkEdit.id)).scalar_subquery()
    columns: Any = (BulkEdit, maker.name, undoer.name, changed)
    rows = session.exec(
        select(*columns)
        .join(maker, col(BulkEdit.made_by) == maker.id)
        .outerjoin(undoer, col(BulkEdit.undone_by) == undoer.id)
        .where(col(BulkEdit.body_id) == body_id, *further)
        .order_by(col(BulkEdit.id).desc())
        .limit(most)
    )
    return [BulkEditLine(*row) for row in rows]


def changed_items(session: Session, edit: BulkEdit) -> list[tuple[BulkChange, Item]]:
    """Return what the bulk edit did to each item, by item number."""
    statement = select(BulkChange, Item).join(Item, col(BulkChange.item_id) == col(Item.id))
    return list(session.exec(statement.where(col(BulkChange.bulk_edit_id) == edit.id).order_by(col(Item.number))))


def note_of(session: Session, changed: Sequence[BulkChange]) -> str:
    """Return the note that a bulk edit left on each item, read from the first of its updates; "" where it left none."""
    update_ids = [row.was[BulkPart.PROGRESS]["update"] for row in changed if BulkPart.PROGRESS in row.was]
    notes = select(Update.note).where(col(Update.id).in_(update_ids), col(Update.note) != "")
    return session.exec(notes.limit(1)).first() or ""
