"""What proposers and supporters say of a closed item: each for itself, and all of them together."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.db import rows
from tracker.errors import Refused
from tracker.history import Actor, Words
from tracker.history_verbs import Verb
from tracker.items.change_trail import lock, note_change
from tracker.items.list_conditions import took_position
from tracker.items.models import FOR, ClosingView, Item, Position, ProposerView
from tracker.items.status import DOUBTS, is_closed, strongest_doubt
from tracker.text import clean_text


def parties_entitled(session: Session, item: Item) -> list[int]:
    """Return the parties that may say whether it is done: its proposer first, then who supports it by its own word."""
    supports = select(Position.party_id).where(col(Position.item_id) == item.id, took_position(FOR))
    supporters = session.exec(supports.order_by(col(Position.id))).all()
    proposers = [item.put_forward_by] if item.put_forward_by else []
    return list(dict.fromkeys([*proposers, *supporters]))


def closing_views_of(session: Session, item: Item) -> list[Any]:
    """Return what is said of the closing that holds, to be read only."""
    said = select(ClosingView.party_id, ClosingView.view, ClosingView.note)
    here = col(ClosingView.item_id) == item.id, col(ClosingView.is_current)
    return list(rows(session, said.where(*here).order_by(col(ClosingView.party_id))))


def record_closing_view(
    session: Session,
    item: Item,
    view: ProposerView | None,
    *,
    party_id: int | None = None,
    message: str = "",
    seen_version: int | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Note what a proposer or supporter, the proposer unless said otherwise, says of a closed item; None takes it back.

    Raises Refused for a party that is neither.
    """
    lock(session, item, seen_version)
    message = clean_text(message)
    party = party_id or item.put_forward_by
    _check(session, item, party, view, message)
    before: dict[str, Any] = {"view": item.proposer_view}
    if party is None:
        item.proposer_view = view
    else:
        before["said"] = _keep(session, item, party, view, message or None)
        item.proposer_view = strongest_doubt(row.view for row in closing_views_of(session, item))
    if party == item.put_forward_by:
        item.proposer_note = message or None
    item.version += 1
    after: dict[str, Any] = {"view": item.proposer_view, "said": view}
    after |= {"party": party} if party else {}
    after |= {"message": Words(message)} if message else {}
    note_change(session, item, Verb.PROPOSER_VIEW_RECORDED, by=by, now=now, before=before, after=after)


def _check(session: Session, item: Item, party: int | None, view: ProposerView | None, message: str) -> None:
    if not is_closed(item.progress):
        raise Refused("Proposers and supporters are heard once the item is closed. Close the item first.", "view")
    if party is not None and party not in parties_entitled(session, item):
        raise Refused("Only its proposer and its supporters say whether it is done. Choose one of them.", "view")
    if view in DOUBTS and not message:
        raise Refused("Say what is missing.", "message")


def _keep(session: Session, item: Item, party: int, view: ProposerView | None, note: str | None) -> ProposerView | None:
    """Keep what the party says in the place of what it said before; return that."""
    row = session.get(ClosingView, (item.id, party))
    before = row.view if row is not None and row.is_current else None
    if view is None and row is not None:
        session.delete(row)
    elif view is not None:
        row = row or ClosingView(item_id=item.id, party_id=party, view=view)
        row.view = view
        row.note = note
        row.is_current = True
        session.add(row)
    session.flush()
    return before


def set_views_aside(session: Session, item: Item) -> None:
    """Let what was said of a closing no longer hold, for the item is open again."""
    for row in _rows(session, item):
        if row.is_current:
            row.is_current = False
            session.add(row)
        else:
            session.delete(row)  # of an earlier closing: history tells of it


def reinstate_views(session: Session, item: Item) -> None:
    """Let what was said of the last closing hold again, for the item is closed as it was."""
    for row in _rows(session, item):
        row.is_current = True
        session.add(row)


def _rows(session: Session, item: Item) -> Iterable[ClosingView]:
    return session.exec(select(ClosingView).where(col(ClosingView.item_id) == item.id)).all()
