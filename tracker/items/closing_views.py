"""What the proposer and the supporters of a closed item say of its closing, each and all together."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.db import rows
from tracker.errors import Refused
from tracker.history import Actor, Words
from tracker.history_verbs import Verb
from tracker.items.change_trail import lock, note_change
from tracker.items.models import Item, ProposerView
from tracker.items.party_models import FOR, ClosingView, Position
from tracker.items.reported_words import is_own, took_position
from tracker.items.status import DOUBTS, is_closed, strongest_doubt
from tracker.text import clean_text


def parties_entitled(session: Session, item: Item) -> list[int]:
    """Return the parties that may say whether the item is done: proposer and supporters, each in their own words."""
    return parties_entitled_of_all(session, [item])[item.id]


def parties_entitled_of_all(session: Session, items: Collection[Item]) -> dict[int, list[int]]:
    """Return parties_entitled of each of these items, by its number, with one statement."""
    # A party that supports twice, or what it proposed, counts once; whoever is only said to have proposed it, never.
    entitled: dict[int, dict[int, None]] = {item.id: {} for item in items}
    for item in items:
        if item.put_forward_by and is_own(item):
            entitled[item.id].setdefault(item.put_forward_by)
    for item_id, party_id in rows(session, _SUPPORTERS, items=list(entitled)):
        entitled[item_id].setdefault(party_id)
    return {item_id: list(parties) for item_id, parties in entitled.items()}


_SUPPORTERS = (
    sa.select(col(Position.item_id), col(Position.party_id))
    .where(col(Position.item_id).in_(sa.bindparam("items", expanding=True)), took_position(FOR))
    .order_by(col(Position.id))
)


def closing_views_of(session: Session, item: Item) -> list[Any]:
    """Return rows of `party_id`, `view` and `note` that hold for the item's present closing, by party."""
    views = select(ClosingView.party_id, ClosingView.view, ClosingView.note).where(
        col(ClosingView.item_id) == item.id, col(ClosingView.is_current)
    )
    return list(rows(session, views.order_by(col(ClosingView.party_id))))


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
    """Note what a proposer or supporter says of a closed item; a `view` of None removes what they said.

    `party_id` is left out for the proposer. Raises Stale if somebody saved the item after `seen_version`; Refused for
    an open item, for a party that is neither proposer nor supporter, and for a doubt without a reason.
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
    if party:
        after["party"] = party
    if message:
        after["message"] = Words(message)
    note_change(session, item, Verb.PROPOSER_VIEW_RECORDED, by=by, now=now, before=before, after=after)


def _check(session: Session, item: Item, party: int | None, view: ProposerView | None, message: str) -> None:
    if not is_closed(item.progress):
        raise Refused(
            "Proposers and supporters say whether an item is done once it is closed. Close the item first.", "view"
        )
    is_reported = party is None and not is_own(item)
    if is_reported or (party is not None and party not in parties_entitled(session, item)):
        raise Refused("Only the proposer and the supporters say whether the item is done. Choose one of them.", "view")
    # A doubt is shown beside "done" wherever the item is: it must say what is missing.
    if view in DOUBTS and not message:
        raise Refused("Say what is missing.", "message")


def drop_unentitled(session: Session, item: Item) -> tuple[dict[str, Any], dict[str, Any]]:
    """Remove what parties said of the closing that are no longer entitled to; return the columns before and after.

    To be called where the proposer of an item changes, or is found to be only reported on.
    """
    session.flush()
    entitled = parties_entitled(session, item)
    unentitled = [row for row in _rows(session, item) if row.party_id not in entitled]
    if not any(row.is_current for row in unentitled):
        return {}, {}
    before = {"proposer_view": item.proposer_view, "proposer_note": item.proposer_note and Words(item.proposer_note)}
    for row in unentitled:
        session.delete(row)
    session.flush()
    item.proposer_view = strongest_doubt(row.view for row in closing_views_of(session, item))
    item.proposer_note = next((row.note for row in _rows(session, item) if row.party_id == item.put_forward_by), None)
    after = {"proposer_view": item.proposer_view, "proposer_note": item.proposer_note and Words(item.proposer_note)}
    return before, after


def _keep(session: Session, item: Item, party: int, view: ProposerView | None, note: str | None) -> ProposerView | None:
    """Store what the party says in place of what it said before; return the former view, None if there was none."""
    row = session.get(ClosingView, (item.id, party))
    before = None
    if row is not None and row.is_current:
        before = row.view
    # Whoever takes back what they said leaves no row: only history knows it.
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
    """Keep the views of a closing, but let them no longer hold: the item is open again."""
    for row in _rows(session, item):
        if row.is_current:
            row.is_current = False
            session.add(row)
        else:
            session.delete(row)  # of an earlier closing: only history still tells of it


def reinstate_views(session: Session, item: Item) -> None:
    """Let the views of the last closing hold again: the reopening was undone."""
    for row in _rows(session, item):
        row.is_current = True
        session.add(row)


def _rows(session: Session, item: Item) -> Iterable[ClosingView]:
    return session.exec(select(ClosingView).where(col(ClosingView.item_id) == item.id)).all()
