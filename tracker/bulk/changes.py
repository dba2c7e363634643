"""Changing many items by one act, and putting all of them back by one press (see parts.py for each part)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.bulk.parts import BulkActor, change, restore_part
from tracker.bulk.queries import changed_items, item_standings, last_events, lock_items
from tracker.bulk.rules import MOST, BulkWish, changing, stored_wish
from tracker.errors import Refused
from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.items.models import Item, Ownership
from tracker.mail.changes import RECALLABLE, cancel
from tracker.mail.models import Outgoing
from tracker.people.models import Person
from tracker.updates.models import BulkChange, BulkEdit


@dataclass(frozen=True)
class BulkOutcome:
    """What an act did: the row that is kept of it if anything changed, and what it left."""

    edit: BulkEdit | None
    #: items that somebody changed since they were seen
    meanwhile: list[Item]
    #: the requests to own that were made
    requests: list[Ownership]


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
    """Do what is wished to these items: `seen` names each with the last line of its history that was looked at.

    Whoever has a later line is left alone, and so is what the rules leave (see bulk.outcome). Raises Refused for
    more than 500 items, or where a verb refuses what is wished.
    """
    if len(seen) > MOST:
        raise Refused("At most %(most)d items can be changed at once. Choose fewer.", most=MOST)
    now_so = item_standings(session, lock_items(session, body_id, seen), today)
    unseen = [standing for standing in now_so if standing.last_event != seen[standing.item.number]]
    hand = BulkActor(session, wish, author, by, now, [])
    was = {
        standing.item.id: change(hand, standing)
        for standing in now_so
        if standing.last_event == seen[standing.item.number] and changing(standing, wish)
    }
    edit = _keep(session, body_id, was, hand) if was else None
    return BulkOutcome(edit, [standing.item for standing in unseen], hand.requests)


def _keep(session: Session, body_id: int, was: Mapping[int, dict[str, Any]], hand: BulkActor) -> BulkEdit:
    edit = BulkEdit(body_id=body_id, made_by=hand.author.id, made_at=hand.now, wish=stored_wish(hand.wish))
    session.add(edit)
    leave(session, edit, Verb.EDITED_IN_BULK, by=hand.by, now=hand.now, body_id=body_id, after={"items": len(was)})
    last = last_events(session, was)
    for number, before in was.items():
        session.add(BulkChange(bulk_edit_id=edit.id, item_id=number, was=before, last_event=last[number]))
    session.flush()
    return edit


def undo_bulk_edit(
    session: Session, edit: BulkEdit, author: Person, *, reason: str, by: Actor, now: datetime
) -> tuple[list[Item], list[Item]]:
    """Put every item back as it stood before the act; return those put back, and those that somebody changed since.

    The latter are left alone. Mails that ask somebody to own an item are called back where none of them has left.
    Raises Refused the second time.
    """
    session.refresh(edit, with_for_update=True)
    if edit.undone_at is not None:
        raise Refused("This was put back already.")
    hand = BulkActor(session, BulkWish(reason=reason), author, by, now, [])
    rows = changed_items(session, edit)
    lock_items(session, edit.body_id, [item.number for _, item in rows])
    last = last_events(session, [row.item_id for row, _ in rows])
    for row, item in rows:
        row.is_undone = last[row.item_id] == row.last_event
        session.add(row)
        if row.is_undone:
            restore_part(hand, item, row.was)
    edit.undone_at = now
    edit.undone_by = author.id
    left = [item for row, item in rows if not row.is_undone]
    leave(session, edit, Verb.BULK_EDIT_UNDONE, by=by, now=now, body_id=edit.body_id, after={"left": len(left)})
    if not left:
        _call_back(session, edit, by, now)
    return [item for row, item in rows if row.is_undone], left


def _call_back(session: Session, edit: BulkEdit, by: Actor, now: datetime) -> None:
    for mail in session.exec(select(Outgoing).where(col(Outgoing.id).in_(edit.mails))):
        if mail.state in RECALLABLE:
            cancel(session, mail, by=by, now=now)
