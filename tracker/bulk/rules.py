"""What many items are to have in common, and what that does to each: pure rules.

Nobody becomes owner here: he is asked, and answers for each item.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.items.changes import DueRule
from tracker.items.models import Item, ItemKind, Progress, ResponseState
from tracker.items.queries import ItemLine, NamedAddressee
from tracker.items.status import is_closed, may_follow
from tracker.meetings.models import Visibility
from tracker.updates.progress_rules import ProgressStep, kind_waited_for

#: how many items one act may change
MOST = 500


class BulkPart(StrEnum):
    """What can be changed of many items at once, in the order in which it is done."""

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
    """Why an item is left as it is."""

    ALREADY = "already-so"
    CLOSED = "closed"
    HAS_OPEN_REQUEST = "has-open-request"
    NOT_ALLOWED = "not-allowed"
    NOBODY_TO_PUT_IT_TO = "nobody-to-put-it-to"


#: of no use on an item that is closed
OPEN_ONLY = frozenset({BulkPart.OWNER, BulkPart.HELPER, BulkPart.DUE, BulkPart.ADDRESSEE, BulkPart.PUT})


@dataclass(frozen=True)
class BulkWish:
    """What is wished for all items; None is no wish. Parties and people by number."""

    owner: int | None = None
    answers_for: int | None = None
    message: str = ""
    helper: int | None = None
    #: an empty one takes the theme away
    theme: str | None = None
    kind: ItemKind | None = None
    due: DueRule | None = None
    reason: str = ""
    visibility: Visibility | None = None
    addressee: int | None = None
    #: the day on which it was put to the asked parties: to `sent_to`, or to each that it has not been put to
    sent_on: date | None = None
    sent_to: int | None = None
    step: ProgressStep | None = None
    note: str = ""

    @property
    def parts(self) -> tuple[BulkPart, ...]:
        """Return what is wished, in the order in which it is done."""
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
    """How an item stands, as far as it matters here."""

    line: ItemLine
    helpers: frozenset[int]
    #: the party with which a request to own it lies
    has_open_request: int | None
    #: the last line of its history
    last_event: int

    @property
    def item(self) -> Item:
        """Return the item."""
        return self.line.item


def outcome(standing: ItemStanding, wish: BulkWish) -> dict[BulkPart, LeftBecause | None]:
    """Return for each part wished why it is left, or None where it changes."""
    return {part: _left(part, standing, wish) for part in wish.parts}


def changing(standing: ItemStanding, wish: BulkWish) -> tuple[BulkPart, ...]:
    """Return the parts that change, in the order in which it is done."""
    return tuple(part for part, left in outcome(standing, wish).items() if left is None)


def _left(part: BulkPart, standing: ItemStanding, wish: BulkWish) -> LeftBecause | None:
    if part in OPEN_ONLY and is_closed(standing.item.progress):
        return LeftBecause.CLOSED
    if part is BulkPart.OWNER:
        return _owner_left(standing, wish)
    if part is BulkPart.PROGRESS:
        return _progress_left(standing.item, wish)
    if part is BulkPart.PUT:
        if sent_to(standing, wish):
            return None
        return _put_left(standing, wish)
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
    stands = item.waiting_kind, item.waiting_for, item.progress_reason
    return step.progress is Progress.WAITING and stands != (kind_waited_for(step), step.waiting_for, step.reason)


def _progress_left(item: Item, wish: BulkWish) -> LeftBecause | None:
    if wish.step is None:
        return None
    if item.progress is wish.step.progress and not waits_otherwise(item, wish.step):
        return LeftBecause.ALREADY
    if may_follow(item.progress, wish.step.progress):
        return None
    return LeftBecause.NOT_ALLOWED


def _put_left(standing: ItemStanding, wish: BulkWish) -> LeftBecause:
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
    """Return the asked parties to which the item is put: those wished that it has not been put to yet."""
    addressee = list(standing.line.addressees)
    if wish.addressee is not None and wish.addressee not in {party.party_id for party in addressee}:
        addressee.append(NamedAddressee(wish.addressee, "", ResponseState.NOT_YET_SENT))
    waiting = [party.party_id for party in addressee if party.response is ResponseState.NOT_YET_SENT]
    return [party for party in waiting if wish.sent_to in (None, party)]


def rule_of(item: Item) -> DueRule:
    """Return the item's due rule."""
    return DueRule(item.own_due_on, item.milestone_id, item.offset_days if item.milestone_id else 0)


def stored_wish(wish: BulkWish) -> dict[str, Any]:
    """Return the wish as the database keeps it, without the texts that people wrote."""
    return dict(_wish_values(wish))


def _wish_values(wish: BulkWish) -> Iterator[tuple[str, Any]]:
    for name in ("owner", "answers_for", "helper", "theme", "addressee", "sent_to"):
        if (value := getattr(wish, name)) is not None:
            yield name, value
    for name in ("kind", "visibility"):
        if (chosen := getattr(wish, name)) is not None:
            yield name, chosen.value
    if wish.due is not None:
        yield "due", plain_rule(wish.due)
    if wish.sent_on is not None:
        yield "sent_on", wish.sent_on.isoformat()
    if wish.step is not None:
        yield "progress", wish.step.progress.value
    if wish.note:
        yield "has_note", True


def plain_rule(rule: DueRule) -> dict[str, Any]:
    """Return a due rule as the database keeps it; the inverse of rule_from."""
    day = rule.own_due_on.isoformat() if rule.own_due_on else None
    return {"own_due_on": day, "milestone_id": rule.milestone_id, "offset_days": rule.offset_days}


def rule_from(kept: dict[str, Any]) -> DueRule:
    """Return a kept due rule."""
    day = date.fromisoformat(kept["own_due_on"]) if kept["own_due_on"] else None
    return DueRule(day, kept["milestone_id"], kept["offset_days"])
