"""The history of an item in plain words: who did what, with what stood there before and after."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext, lazy_gettext
from sqlmodel import Session, col, select

from tracker.history import Event, Way, of_subject, wordings
from tracker.items.models import Item
from tracker.items.queries import person_names
from tracker.meetings.models import Milestone
from tracker.people.queries import party_names
from tracker.web.filters import short_day
from tracker.web.words import word

#: what each verb reads as, after the name of who did it
VERBS = {
    "created": lazy_gettext("began this item"),
    "edited": lazy_gettext("edited it"),
    "published": lazy_gettext("published it"),
    "unpublished": lazy_gettext("made it internal again"),
    "due date set": lazy_gettext("set the due date"),
    "condition met": lazy_gettext("noted that the condition was met"),
    "linked": lazy_gettext("linked it to another item"),
    "linked from": lazy_gettext("linked another item to it"),
    "unlinked": lazy_gettext("took back a link to another item"),
    "unlinked from": lazy_gettext("took back a link from another item"),
    "asked to own": lazy_gettext("asked somebody to own it"),
    "ownership accepted": lazy_gettext("accepted to own it"),
    "ownership declined": lazy_gettext("declined to own it"),
    "ownership passed on": lazy_gettext("passed the request on"),
    "request withdrawn": lazy_gettext("took the request to own it back"),
    "ownership ended": lazy_gettext("ended the ownership"),
    "answerers named": lazy_gettext("named who answers for the owner"),
    "helper added": lazy_gettext("added a helper"),
    "helper removed": lazy_gettext("took a helper off"),
    "asked party named": lazy_gettext("named a party as asked"),
    "asked party dropped": lazy_gettext("took back that a party was asked"),
    "response recorded": lazy_gettext("recorded a response"),
    "asker heard": lazy_gettext("recorded what the asker says"),
    "position noted": lazy_gettext("noted a position"),
    "position corrected": lazy_gettext("corrected a position"),
    "position removed": lazy_gettext("took a position out"),
    "proposal accepted": lazy_gettext("made it of a proposal"),
    "proposal attached": lazy_gettext("attached a proposal"),
    "proposal detached": lazy_gettext("detached a proposal"),
    "updated": lazy_gettext("wrote an update"),
    "update taken back": lazy_gettext("took an update back"),
    "note shown": lazy_gettext("changed who may read an update"),
    "passages cited": lazy_gettext("pointed to what was said"),
    "moved": lazy_gettext("moved its milestone"),
}
LABELS = {
    "title": lazy_gettext("Title"),
    "kind": lazy_gettext("Kind"),
    "text": lazy_gettext("Text"),
    "theme": lazy_gettext("Theme"),
    "put_forward_by": lazy_gettext("Put forward by"),
    "capacity": lazy_gettext("Capacity"),
    "capacity_of": lazy_gettext("Capacity of"),
    "channel": lazy_gettext("Channel"),
    "reported_by": lazy_gettext("Reported by"),
    "condition": lazy_gettext("Condition"),
    "due_on": lazy_gettext("Due"),
    "milestone": lazy_gettext("Milestone"),
    "reason": lazy_gettext("Reason"),
    "on": lazy_gettext("On"),
    "party": lazy_gettext("Party"),
    "to": lazy_gettext("To"),
    "answers_for": lazy_gettext("Answers for it"),
    "second": lazy_gettext("Second"),
    "person": lazy_gettext("Person"),
    "asked": lazy_gettext("Asked"),
    "message": lazy_gettext("Message"),
    "response": lazy_gettext("Response"),
    "answered_by": lazy_gettext("Answered by"),
    "view": lazy_gettext("The asker"),
    "stance": lazy_gettext("Position"),
    "relation": lazy_gettext("Relation"),
    "progress": lazy_gettext("Progress"),
    "progress_reason": lazy_gettext("For what, or why"),
    "waiting_for": lazy_gettext("Waits for"),
    "note": lazy_gettext("Note"),
    "visibility": lazy_gettext("May be read by"),
    "other": lazy_gettext("Item"),
}
PARTIES = frozenset({"party", "to", "waiting_for", "put_forward_by", "asked"})
PEOPLE = frozenset({"answers_for", "second", "person", "reported_by"})
DAYS = frozenset({"due_on", "on"})
#: what strangers read of a published item: how it went, and nothing that people wrote in the house
PUBLIC = frozenset(
    {"created", "published", "due date set", "moved", "response recorded", "ownership accepted", "updated"}
)
PUBLIC_VALUES = frozenset({"due_on", "milestone", "party", "response", "progress"})
WAYS = {
    Way.MAIL: lazy_gettext("%(name)s, by mail"),
    Way.IMPORT: lazy_gettext("%(name)s, by import"),
    Way.JOB: lazy_gettext("%(name)s, by a job"),
    Way.COMMAND_LINE: lazy_gettext("%(name)s, on the command line"),
}


@dataclass(frozen=True)
class HistoryLine:
    """One line as the macro `history` shows it; changes are (label, before, after)."""

    at: datetime
    who: str
    text: str
    changes: list[tuple[str, str, str]]


@dataclass(frozen=True)
class _Names:
    """What the numbers in events stand for."""

    people: dict[int, str]
    parties: dict[int, str]
    milestones: dict[int, str]
    items: dict[int, int]
    words: dict[int, str | None]


def lines(session: Session, item: Item, *, outside: str | None = None) -> list[HistoryLine]:
    """Return the item's history, newest first.

    For a reader from outside give the register's name: it stands for whoever acted, and what was said in the house is
    left out.
    """
    is_inside = outside is None
    events = [event for event in of_subject(session, item.history_key()) if is_inside or event.verb in PUBLIC]
    names = _names(session, events)
    told = [_line(event, names, outside) for event in reversed(events)]
    return [line for line in told if is_inside or line.changes or line.text != str(VERBS["updated"])]


def _line(event: Event, names: _Names, outside: str | None) -> HistoryLine:
    who = _who(event, names) if outside is None else outside
    changes = [change for change in _changes(event, names) if outside is None or change[0] in PUBLIC_VALUES]
    shown = [(str(LABELS[name]), before, after) for name, before, after in changes]
    return HistoryLine(event.at, who, str(VERBS.get(event.verb, event.verb)), shown)


def _who(event: Event, names: _Names) -> str:
    _kind, _, number = event.actor.partition(":")
    name = names.people.get(int(number or 0)) or str(gettext("Intersession"))
    return str(WAYS[event.way]) % {"name": name} if event.way in WAYS else name


def _changes(event: Event, names: _Names) -> Iterator[tuple[str, str, str]]:
    for name in LABELS:
        if name in event.before or name in event.after:
            before, after = (_shown(name, side.get(name), names) for side in (event.before, event.after))
            if before != after or name in ("party", "other"):
                yield name, "" if before == after else before, after or "–"


def _shown(name: str, value: Any, names: _Names) -> str:
    """Return what a person reads for a value of an event."""
    if value is None or value == []:
        return ""
    if isinstance(value, dict):
        text = names.words.get(value["wording"])
        return str(gettext("(erased)")) if text is None else text
    if name in PARTIES:
        return ", ".join(names.parties.get(one, "") for one in (value if isinstance(value, list) else [value]))
    if name in PEOPLE:
        return names.people.get(value, "")
    if name in DAYS:
        return short_day(date.fromisoformat(value))
    return _named(name, value, names)


def _named(name: str, value: Any, names: _Names) -> str:
    match name:
        case "milestone":
            return names.milestones.get(value, "")
        case "other":
            return str(names.items.get(value, ""))
        case _:
            return word(str(value))


def _names(session: Session, events: list[Event]) -> _Names:
    actors = {int(event.actor.partition(":")[2]) for event in events if ":" in event.actor}
    milestones = select(Milestone.id, Milestone.title).where(col(Milestone.id).in_(_numbers(events, {"milestone"})))
    items = select(Item.id, Item.number).where(col(Item.id).in_(_numbers(events, {"other"})))
    return _Names(
        people=person_names(session, actors | _numbers(events, PEOPLE)),
        parties=party_names(session, _numbers(events, PARTIES)),
        milestones={number: title for number, title in session.exec(milestones) if number},
        items={number: shown for number, shown in session.exec(items) if number},
        words=wordings(session, events),
    )


def _numbers(events: Iterable[Event], names: Iterable[str]) -> set[int]:
    found: set[int] = set()
    for event in events:
        for side in (event.before, event.after):
            found |= set(_integers(side, names))
    return found


def _integers(side: Mapping[str, Any], names: Iterable[str]) -> Iterator[int]:
    for name in names:
        value = side.get(name)
        yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, int))
