"""What a bulk edit is to change, and what it does to each item: pure rules.

A bulk edit makes nobody owner: it requests ownership, and each item is answered by itself.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.items.changes import DueRule
from tracker.items.lines import ItemLine, NamedAddressee
from tracker.items.models import DueFrom, Item, ItemKind, Progress
from tracker.items.party_models import ResponseState
from tracker.items.status import is_closed, may_follow
from tracker.meetings.models import Visibility
from tracker.updates.progress_rules import ProgressStep, kind_waited_for

#: how many items a bulk edit may change
MOST = 500


# The order matters: an addressee is added before the item is sent to it, and notes come last.
class BulkPart(StrEnum):
    """What a bulk edit can change, in the order in which it is done."""

    OWNER = "owner"
    HELPER = "helper"
    THEME = "theme"
    KIND = "kind"
    DUE = "due"
    VISIBILITY = "visibility"
    ADDRESSEE = "addressee"
    PUT = "put"
    PROGRESS = "progress"


class LeftBecause(StrEnum):
    """Why a bulk edit leaves an item as it is."""

    ALREADY = "already-so"
    CLOSED = "closed"
    HAS_OPEN_REQUEST = "has-open-request"
    NOT_ALLOWED = "not-allowed"
    NOBODY_TO_PUT_IT_TO = "nobody-to-put-it-to"


#: parts that would be of no use on a closed item
OPEN_ONLY = frozenset({BulkPart.OWNER, BulkPart.HELPER, BulkPart.DUE, BulkPart.ADDRESSEE, BulkPart.PUT})


@dataclass(frozen=True)
class BulkWish:
    """What a bulk edit is to change of all items; None changes nothing. Parties and people by id."""

    owner: int | None = None
    answers_for: int | None = None
    message: str = ""
    helper: int | None = None
    #: "" removes the theme
    theme: str | None = None
    kind: ItemKind | None = None
    due: DueRule | None = None
    reason: str = ""
    visibility: Visibility | None = None
    addressee: int | None = None
    #: the day on which the items were sent: to the addressee `sent_to`, or to each that they were not sent to yet
    sent_on: date | None = None
    sent_to: int | None = None
    step: ProgressStep | None = None
    note: str = ""

    @property
    def parts(self) -> tuple[BulkPart, ...]:
        """Return the parts to change, in the order in which it is done."""
        wished = {
            BulkPart.OWNER: self.owner,
            BulkPart.HELPER: self.helper,
            BulkPart.THEME: self.theme,
            BulkPart.KIND: self.kind,
            BulkPart.DUE: self.due,
            BulkPart.VISIBILITY: self.visibility,
            BulkPart.ADDRESSEE: self.addressee,
            BulkPart.PUT: self.sent_on,
            BulkPart.PROGRESS: self.step or self.note or None,
        }
        return tuple(part for part in BulkPart if wished[part] is not None)


@dataclass(frozen=True)
class ItemStanding:
    """What a bulk edit needs to know of an item."""

    line: ItemLine
    helpers: frozenset[int]
    #: the party that has an open request to own it
    has_open_request: int | None
    #: the id of the last event of its history
    last_event: int

    @property
    def item(self) -> Item:
        """Return the item."""
        return self.line.item


def outcome(standing: ItemStanding, wish: BulkWish) -> dict[BulkPart, LeftBecause | None]:
    """Return for each part of the wish why it is left as it is, or None where it changes."""
    return {part: _left(part, standing, wish) for part in wish.parts}


def changing(standing: ItemStanding, wish: BulkWish) -> tuple[BulkPart, ...]:
    """Return the parts that change, in the order in which it is done."""
    return tuple(part for part, left in outcome(standing, wish).items() if left is None)


def _left(part: BulkPart, standing: ItemStanding, wish: BulkWish) -> LeftBecause | None:
    # Closed goes before all other reasons, for it is the one that the reader can see in the list.
    if part in OPEN_ONLY and is_closed(standing.item.progress):
        return LeftBecause.CLOSED
    if part is BulkPart.OWNER:
        return _owner_left(standing, wish)
    if part is BulkPart.PROGRESS:
        return _progress_left(standing.item, wish)
    if part is BulkPart.PUT:
        return _sending_left(standing, wish)
    if _is_so(part, standing, wish):
        return LeftBecause.ALREADY
    return None


def _owner_left(standing: ItemStanding, wish: BulkWish) -> LeftBecause | None:
    if wish.owner is not None and standing.line.owner_id == wish.owner:
        return LeftBecause.ALREADY
    if standing.has_open_request is not None:
        return LeftBecause.HAS_OPEN_REQUEST
    return None


def waits_otherwise(item: Item, step: ProgressStep) -> bool:
    """Tell whether a waiting item is to wait for something else."""
    if step.progress is not Progress.WAITING:
        return False
    # The same progress may still be news: it waits for the decision now, not for the money.
    current = (item.waiting_kind, item.waiting_for, item.progress_reason)
    return current != (kind_waited_for(step), step.waiting_for, step.reason)


def _progress_left(item: Item, wish: BulkWish) -> LeftBecause | None:
    if wish.step is None:
        return None
    if item.progress is wish.step.progress and not waits_otherwise(item, wish.step):
        return LeftBecause.ALREADY
    if may_follow(item.progress, wish.step.progress):
        return None
    return LeftBecause.NOT_ALLOWED


def _sending_left(standing: ItemStanding, wish: BulkWish) -> LeftBecause | None:
    if sent_to(standing, wish):
        return None
    named = [party for party in standing.line.addressees if wish.sent_to in (None, party.party_id)]
    if named:
        return LeftBecause.ALREADY
    return LeftBecause.NOBODY_TO_PUT_IT_TO


def _is_so(part: BulkPart, standing: ItemStanding, wish: BulkWish) -> bool:
    item = standing.item
    match part:
        case BulkPart.HELPER:
            return wish.helper in standing.helpers
        case BulkPart.THEME:
            return (item.theme or "") == wish.theme
        case BulkPart.KIND:
            return item.kind is wish.kind
        case BulkPart.DUE:
            return rule_of(item) == wish.due
        case BulkPart.VISIBILITY:
            return item.visibility is wish.visibility
        case _:
            return wish.addressee in {party.party_id for party in standing.line.addressees}


def sent_to(standing: ItemStanding, wish: BulkWish) -> list[int]:
    """Return the ids of the addressees that the item is sent to: those of the wish that it was not sent to yet.

    An addressee that the same bulk edit adds is among them.
    """
    addressees = list(standing.line.addressees)
    if wish.addressee is not None and wish.addressee not in {addressee.party_id for addressee in addressees}:
        addressees.append(NamedAddressee(wish.addressee, "", ResponseState.NOT_YET_SENT))
    unsent = [row.party_id for row in addressees if row.response is ResponseState.NOT_YET_SENT]
    return [party_id for party_id in unsent if wish.sent_to in (None, party_id)]


def rule_of(item: Item) -> DueRule:
    """Return the item's due rule."""
    if item.milestone_id is None:
        return DueRule(item.own_due_on)
    return DueRule(item.own_due_on, item.milestone_id, item.offset_days, item.due_from)


def stored_wish(wish: BulkWish) -> dict[str, Any]:
    """Return the wish as the database keeps it, without texts that people wrote: those could not be erased there."""
    stored: dict[str, Any] = {
        "owner": wish.owner,
        "answers_for": wish.answers_for,
        "helper": wish.helper,
        "theme": wish.theme,
        "addressee": wish.addressee,
        "sent_to": wish.sent_to,
        "kind": wish.kind and wish.kind.value,
        "visibility": wish.visibility and wish.visibility.value,
        "due": wish.due and plain_rule(wish.due),
        "sent_on": wish.sent_on and wish.sent_on.isoformat(),
        "progress": wish.step and wish.step.progress.value,
        "has_note": bool(wish.note) or None,
    }
    # Only what was wished is kept, so that the key itself says which parts there were.
    return {name: value for name, value in stored.items() if value is not None}


def plain_rule(rule: DueRule) -> dict[str, Any]:
    """Return a due rule as the database keeps it; rule_from reads it back."""
    return {
        "own_due_on": plain_day(rule.own_due_on),
        "milestone_id": rule.milestone_id,
        "offset_days": rule.offset_days,
        "due_from": rule.due_from.value,
    }


def rule_from(stored: dict[str, Any]) -> DueRule:
    """Return a due rule that the database kept."""
    due_from = DueFrom(stored["due_from"])
    return DueRule(day_from(stored["own_due_on"]), stored["milestone_id"], stored["offset_days"], due_from)


def plain_day(day: date | None) -> str | None:
    """Return a day as the database keeps it in JSON, None for none."""
    if day is None:
        return None
    return day.isoformat()


def day_from(stored: str | None) -> date | None:
    """Return a day that the database kept in JSON, None for none."""
    if stored is None:
        return None
    return date.fromisoformat(stored)
