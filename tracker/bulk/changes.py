"""Bulk edits: changing many items at once, and undoing that for all of them (see parts.py for each part)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from tracker.bulk.parts import BulkActor, change, restore_parts
from tracker.bulk.queries import changed_items, item_standings, last_events, lock_items
from tracker.bulk.rules import MOST, BulkWish, changing, stored_wish
from tracker.errors import Refused
from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.items.models import Item
from tracker.people.models import Person
from tracker.updates.models import BulkChange, BulkEdit


@dataclass(frozen=True)
class BulkOutcome:
    """What a bulk edit did: its row if anything changed, and what it left as it was."""

    edit: BulkEdit | None
    #: items that it left because somebody changed them meanwhile
    meanwhile: list[Item]


def edit_items(
    session: Session,
    body_id: int,
    seen: Mapping[int, int],
    wish: BulkWish,
    author: Person,
    *,
    today: date,
    by: Actor,
    now: datetime,
) -> BulkOutcome:
    """Change these items as wished: `seen` holds by item number the id of the last event that the author saw.

    An item with a later event is left alone, and so is what bulk.rules.outcome leaves. Raises Refused for more than 500
    items, and where a verb refuses a part of the wish.
    """
    # Each item costs a dozen statements, and all of them are locked until the commit.
    if len(seen) > MOST:
        raise Refused("At most %(most)d items can be changed at once. Choose fewer.", most=MOST)
    actor = BulkActor(session, wish, author, by, now)
    meanwhile: list[Item] = []
    former_parts: dict[int, dict[str, Any]] = {}
    for standing in item_standings(session, lock_items(session, body_id, seen), today):
        # Somebody changed it after the author looked: it is left alone, and named.
        if standing.last_event != seen[standing.item.number]:
            meanwhile.append(standing.item)
        elif changing(standing, wish):
            former_parts[standing.item.id] = change(actor, standing)
    edit = None
    if former_parts:
        edit = _store_edit(session, body_id, former_parts, actor)
    return BulkOutcome(edit, meanwhile)


def _store_edit(
    session: Session, body_id: int, former_parts: Mapping[int, dict[str, Any]], actor: BulkActor
) -> BulkEdit:
    """Store the bulk edit, with what undoing it needs by item id."""
    edit = BulkEdit(body_id=body_id, made_by=actor.author.id, made_at=actor.now, wish=stored_wish(actor.wish))
    session.add(edit)
    leave(
        session,
        edit,
        Verb.EDITED_IN_BULK,
        by=actor.by,
        now=actor.now,
        body_id=body_id,
        after={"items": len(former_parts)},
    )
    last = last_events(session, former_parts)
    for item_id, former in former_parts.items():
        session.add(BulkChange(bulk_edit_id=edit.id, item_id=item_id, was=former, last_event=last[item_id]))
    session.flush()
    return edit


def undo_bulk_edit(
    session: Session, edit: BulkEdit, author: Person, *, reason: str, by: Actor, now: datetime
) -> tuple[list[Item], list[Item]]:
    """Restore every item as it stood before the bulk edit; return those restored, and those changed since.

    Items that somebody changed since are left alone. A notice of a request that was undone does not leave any more.
    Raises Refused where the bulk edit was undone already.
    """
    session.refresh(edit, with_for_update=True)
    if edit.undone_at is not None:
        raise Refused("This bulk edit was undone already.")
    actor = BulkActor(session, BulkWish(reason=reason), author, by, now)
    rows = changed_items(session, edit)
    lock_items(session, edit.body_id, [item.number for _, item in rows])
    last = last_events(session, [row.item_id for row, _ in rows])
    for row, item in rows:
        # Whoever changed the item since has seen the bulk edit: undoing it would undo them.
        row.is_undone = last[row.item_id] == row.last_event
        session.add(row)
        if row.is_undone:
            restore_parts(actor, item, row.was)
    edit.undone_at = now
    edit.undone_by = author.id
    left = [item for row, item in rows if not row.is_undone]
    leave(session, edit, Verb.BULK_EDIT_UNDONE, by=by, now=now, body_id=edit.body_id, after={"left": len(left)})
    return [item for row, item in rows if row.is_undone], left
