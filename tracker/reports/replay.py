"""Items and milestones as they stood, found by walking their history back from how they stand now.

Pure: rows that belong to no session and events in, the same rows changed back. Where somebody's words have been erased
since, nothing comes back. Positions and passages are not walked back: they tell what was said, not what happened since.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.history import Event
from tracker.history_verbs import Verb
from tracker.items.models import AskerView, Capacity, Channel, Item, ItemKind, Progress, ResponseState
from tracker.meetings.models import Milestone, Visibility

#: columns of an item that an event tells under their own name
PLAIN = frozenset(
    {
        "title", "text", "theme", "put_forward_by", "capacity_of", "reported_by", "condition",
        "progress_reason", "waiting_for", "done_count", "total_count", "asker_note",
    }
)  # fmt: skip
CHOICES: dict[str, type[StrEnum]] = {
    "kind": ItemKind,
    "capacity": Capacity,
    "channel": Channel,
    "progress": Progress,
    "asker_view": AskerView,
}
Words = Mapping[int, str | None]


@dataclass
class Stood:
    """An item with what each asked party has answered, and the party that owns it."""

    item: Item
    answers: dict[int, tuple[ResponseState, date | None]] = field(default_factory=dict)
    owner: int | None = None


def walk_back(stood: Stood, events: Iterable[Event], words: Words) -> None:
    """Take these events of the item back, given newest first; `words` are the texts they speak of."""
    for event in events:
        for name, value in event.before.items():
            if name in PLAIN:
                setattr(stood.item, name, _text(value, words))
            elif name in CHOICES:
                setattr(stood.item, name, CHOICES[name](value) if value is not None else None)
        _take_back(stood, event)


def _take_back(stood: Stood, event: Event) -> None:
    item, before, after = stood.item, event.before, event.after
    match event.verb:
        case Verb.PUBLISHED:
            item.visibility = Visibility.INTERNAL
        case Verb.UNPUBLISHED:
            item.visibility = Visibility.PUBLISHED
        case Verb.DUE_DATE_SET:
            _take_back_rule(item, before, after)
        case Verb.CONDITION_MET:
            item.condition_met_on = None
        case Verb.ASKER_HEARD:
            item.asker_view = AskerView(before["view"]) if before["view"] else None
        case Verb.ASKED_PARTY_NAMED:
            stood.answers.pop(after["party"], None)
        case Verb.ASKED_PARTY_DROPPED:
            stood.answers[after["party"]] = (ResponseState.NOT_YET_PUT, None)
        case Verb.RESPONSE_RECORDED | Verb.PUT_TO_PARTY | Verb.PUTTING_TAKEN_BACK:
            stood.answers[before["party"]] = (ResponseState(before["response"]), None)
        case Verb.OWNERSHIP_ACCEPTED:
            stood.owner = None
        case Verb.OWNERSHIP_ENDED:
            stood.owner = after["party"]


def _take_back_rule(item: Item, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    item.milestone_id, item.offset_days = before["milestone"], before["offset_days"] or 0
    item.own_due_on = _day(before["due_on"]) if before["milestone"] is None else None
    if before["due_on"] is None and item.promised_on == _day(after["due_on"]):
        item.promised_on = None  # that rule was the first


def walk_milestone_back(milestone: Milestone, events: Iterable[Event]) -> None:
    """Take these events of the milestone back, given newest first."""
    for event in events:
        for name, value in event.before.items():
            if name in ("starts_on", "ends_on"):
                setattr(milestone, name, _day(value))
            elif name in ("title", "place", "tentative"):
                setattr(milestone, name, value)


def _text(value: Any, words: Words) -> Any:
    return words.get(value["wording"]) if isinstance(value, dict) else value


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
