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
    "parting note written": lazy_gettext("wrote a note for whoever comes after"),
    "waits for another": lazy_gettext("took over being waited for"),
    "put on the agenda": lazy_gettext("put it on an agenda"),
    "taken off the agenda": lazy_gettext("took it off an agenda"),
    "outcome noted": lazy_gettext("noted what became of it in the room"),
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
    "outcome": lazy_gettext("In the room"),
}
PARTIES = frozenset({"party", "to", "waiting_for", "put_forward_by", "asked"})
PEOPLE = frozenset({"answers_for", "second", "person", "reported_by"})
DAYS = frozenset({"due_on", "on"})
#: what strangers read of a published item: how it went, and nothing that people wrote in the house
PUBLIC = frozenset(
    {"created", "published", "due date set", "moved", "response recorded", "ownership accepted", "updated"}
)
#: the same where no person is to be named: a reader from outside is told none, and an import or a job is none
PASSIVES = {
    "created": lazy_gettext("This item was begun"),
    "published": lazy_gettext("It was published"),
    "due date set": lazy_gettext("The due date was set"),
    "moved": lazy_gettext("Its milestone was moved"),
    "response recorded": lazy_gettext("A response was recorded"),
    "asked to own": lazy_gettext("Somebody was asked to own it"),
    "ownership accepted": lazy_gettext("The request to own it was accepted"),
    "ownership declined": lazy_gettext("The request to own it was declined"),
    "ownership passed on": lazy_gettext("The request to own it was passed on"),
    "updated": lazy_gettext("An update was written"),
}
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


def lines(session: Session, item: Item, *, outside: bool = False) -> list[HistoryLine]:
    """Return the item's history, newest first; from outside without names and what was said in the house."""
    events = [event for event in of_subject(session, item.history_key()) if not outside or event.verb in PUBLIC]
    names = _names(session, events)
    told = [(event.verb, _line(event, names, outside=outside)) for event in reversed(events)]
    return [line for verb, line in told if not outside or line.changes or verb != "updated"]


def _line(event: Event, names: _Names, *, outside: bool) -> HistoryLine:
    changes = [change for change in _changes(event, names) if not outside or change[0] in PUBLIC_VALUES]
    shown = [(str(LABELS[name]), before, after) for name, before, after in changes]
    who, text = ("", str(PASSIVES[event.verb])) if outside else _told(event, names)
    return HistoryLine(event.at, who, text, shown)


def _told(event: Event, names: _Names) -> tuple[str, str]:
    """Return who acted, and what was done; where no person did, nobody is named as if he had."""
    _kind, _, number = event.actor.partition(":")
    if not number and event.verb in PASSIVES:
        return "", _by_way(event, str(PASSIVES[event.verb]))
    who = names.people.get(int(number or 0)) or str(gettext("The register"))
    return _by_way(event, who), str(VERBS.get(event.verb, event.verb))


def _by_way(event: Event, name: str) -> str:
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
