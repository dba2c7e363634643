"""The history of an item in plain words: who did what, with what stood there before and after."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext, lazy_gettext, lazy_pgettext
from sqlmodel import Session, col

from tracker.calendar.due_at_milestones import visible_milestones
from tracker.db import rows
from tracker.history import RECORDED_FOR, ChangeWay, Event
from tracker.history_queries import key_number, of_subject, wordings
from tracker.history_verbs import Verb
from tracker.items.change_trail import PARTIES, PEOPLE
from tracker.items.lines import person_names
from tracker.items.models import Item
from tracker.items.party_names import named_parties
from tracker.mail.markdown import plain
from tracker.meetings.models import Milestone
from tracker.people.queries import STRANGER
from tracker.web.app.template_filters import short_day
from tracker.web.app.value_words import word
from tracker.web.items.history_words import PASSIVES, RECORDED_PASSIVES, sentence

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
    "on": lazy_pgettext("date", "On"),
    "party": lazy_gettext("Party"),
    "to": lazy_pgettext("party", "To"),
    "answers_for": lazy_gettext("Answers for it"),
    "second": lazy_gettext("Second"),
    "person": lazy_gettext("Person"),
    "addressee": lazy_gettext("Addressees"),
    "message": lazy_gettext("Message"),
    "words": lazy_gettext("Details"),
    "sent_by": lazy_gettext("Sent by"),
    "response": lazy_gettext("Response"),
    "answered_by": lazy_gettext("Answered by"),
    "said": lazy_gettext("Says of the closing"),
    "view": lazy_gettext("Proposers and supporters together"),
    "stance": lazy_gettext("Position"),
    "relation": lazy_gettext("Relation"),
    "progress": lazy_gettext("Progress"),
    "progress_reason": lazy_gettext("Reason"),
    "done_count": lazy_pgettext("number of parts", "Done"),
    "total_count": lazy_pgettext("number of parts", "Of"),
    "proposer_view": lazy_gettext("Proposers and supporters together"),
    "proposer_note": lazy_gettext("The proposer’s words"),
    "waiting_for": lazy_gettext("Waits for"),
    "waiting_kind": lazy_gettext("Kind of waiting"),
    "note": lazy_gettext("Note"),
    "visibility": lazy_gettext("Who may read it"),
    "other": lazy_gettext("Item"),
    "outcome": lazy_gettext("In the room"),
    "source": lazy_gettext("Passage"),
    "recorded_for": lazy_gettext("Recorded for"),
    "on_word": lazy_gettext("On whose word"),
}
#: in the order of the labels
PLACES = {name: place for place, name in enumerate(LABELS)}
DAYS = frozenset({"due_on", "on"})
#: the verbs that strangers read of a published item: how it went, and nothing that people wrote internally
PUBLIC = frozenset(
    {
        Verb.CREATED, Verb.PUBLISHED, Verb.DUE_DATE_SET, Verb.MOVED, Verb.SENT_TO_ADDRESSEE, Verb.RESPONSE_RECORDED,
        Verb.OWNERSHIP_ACCEPTED, Verb.UPDATED,
    }
)  # fmt: skip
PUBLIC_VALUES = frozenset({"due_on", "milestone", "party", "response", "progress"})
WAYS = {
    ChangeWay.MAIL: lazy_gettext("%(name)s, by mail"),
    ChangeWay.IMPORT: lazy_gettext("%(name)s, by import"),
    ChangeWay.JOB: lazy_gettext("%(name)s, by a job"),
    ChangeWay.COMMAND_LINE: lazy_gettext("%(name)s, on the command line"),
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
    """Return an item's history, newest first; for outsiders without names and internal words."""
    history = of_subject(session, item.history_key())
    events = [event for event in history if not outside or event.verb in PUBLIC]
    names = _names(session, events, outside=outside)
    if outside:
        names = replace(names, milestones=_public_milestones(session, item, names))
        every = [(event, _public_line(event, names)) for event in reversed(events)]
        # An update without a public value would be a line that says only that something happened.
        return [line for event, line in every if line.changes or event.verb != Verb.UPDATED]
    return [_line(event, names) for event in reversed(events)]


def _public_line(event: Event, names: _Names) -> HistoryLine:
    changes = [
        (str(LABELS[name]), before, after) for name, before, after in _changes(event, names) if name in PUBLIC_VALUES
    ]
    passive = PASSIVES[event.verb]
    if RECORDED_FOR in event.after:
        passive = RECORDED_PASSIVES.get(event.verb, passive)
    return HistoryLine(event.at, "", str(passive), changes)


def _line(event: Event, names: _Names) -> HistoryLine:
    who, text, in_text = _in_words(event, names)
    changes = [
        (str(LABELS[name]), before, after) for name, before, after in _changes(event, names) if name not in in_text
    ]
    return HistoryLine(event.at, who, text, changes)


def _in_words(event: Event, names: _Names) -> tuple[str, str, frozenset[str]]:
    """Return who acted, what they did, and the values that this says; after an import or a job nobody is named."""
    _kind, _, number = event.actor.partition(":")
    # An import or a job is nobody: "The register created this item" would read as if somebody had decided it.
    if not number and event.verb in PASSIVES:
        return "", _by_way(event, str(PASSIVES[event.verb])), frozenset()
    who = str(gettext("Intersession"))
    if number:
        who = names.people.get(int(number), who)
    sides = {**event.before, **event.after}
    text, in_text = sentence(event.verb, sides, lambda name: _value_in_words(name, sides.get(name), names))
    return _by_way(event, who), text, in_text


def _by_way(event: Event, name: str) -> str:
    if event.way in WAYS:
        return str(WAYS[event.way]) % {"name": name}
    return name


def _changes(event: Event, names: _Names) -> Iterator[tuple[str, str, str]]:
    for name in sorted((event.before.keys() | event.after.keys()) & PLACES.keys(), key=PLACES.__getitem__):
        before = _value_in_words(name, event.before.get(name), names)
        after = _value_in_words(name, event.after.get(name), names)
        if before != after:
            yield name, before, after or "–"
        # A line about somebody names them though nothing about them has changed.
        elif after and name in ("party", "other"):
            yield name, "", after  # not changed, but what the line is about


def _value_in_words(name: str, value: Any, names: _Names) -> str:
    """Return what a person reads for a value of an event."""
    if value is None or value == []:
        return ""
    if isinstance(value, dict):
        text = names.words.get(value["wording"])
        # The words were erased with their author; that something stood there remains.
        if text is None:
            return str(gettext("(erased)"))
        return plain(text)
    if name in PARTIES:
        return ", ".join(names.parties.get(party_id, "") for party_id in _as_list(value))
    if name in PEOPLE:
        return names.people.get(value, "")
    if name in DAYS:
        return short_day(date.fromisoformat(value))
    return _named(name, value, names)


def _as_list(value: Any) -> list[Any]:
    """Return the values of an event that may hold one or several."""
    if isinstance(value, list):
        return value
    return [value]


def _named(name: str, value: Any, names: _Names) -> str:
    match name:
        case "milestone":
            return names.milestones.get(value, "")
        case "other":
            return str(names.items.get(value, ""))
        case _:
            return word(str(value))


_IDS: Any = sa.bindparam("ids", expanding=True)
_TITLES = sa.select(col(Milestone.id), col(Milestone.title)).where(col(Milestone.id).in_(_IDS))
_NUMBERS = sa.select(col(Item.id), col(Item.number)).where(col(Item.id).in_(_IDS))


def _names(session: Session, events: list[Event], *, outside: bool) -> _Names:
    """Return what the numbers stand for; outside, only bodies and classes have a name."""
    numbers = _numbers(events)
    return _Names(
        people=_people(session, events, numbers, outside=outside),
        parties=_parties(session, numbers, outside=outside),
        milestones=_column(session, _TITLES, numbers["milestone"]),
        items=_column(session, _NUMBERS, numbers["other"]),
        words=wordings(session, events),
    )


def _people(session: Session, events: list[Event], numbers: dict[str, set[int]], *, outside: bool) -> dict[int, str]:
    if outside:
        return {}
    actors = {key_number(event.actor) for event in events if ":" in event.actor}
    return person_names(session, actors.union(*(numbers[name] for name in PEOPLE)))


def _parties(session: Session, numbers: dict[str, set[int]], *, outside: bool) -> dict[int, str]:
    parties = named_parties(session, set[int]().union(*(numbers[name] for name in PARTIES)))
    return {party.id: party.name for party in parties.values() if not (outside and party.is_person)}


def _public_milestones(session: Session, item: Item, names: _Names) -> dict[int, str]:
    """Return the milestones that strangers see in the calendar: an item may have been due at another one before."""
    if not names.milestones:
        return {}
    visible = {milestone.id for milestone in visible_milestones(session, item.body_id, STRANGER)}
    return {number: title for number, title in names.milestones.items() if number in visible}


def _column(session: Session, statement: Any, ids: set[int]) -> dict[int, Any]:
    """Return a value for each of these ids; no statement is run for none."""
    if not ids:
        return {}
    return dict(rows(session, statement, ids=list(ids)))


def _numbers(events: Iterable[Event]) -> dict[str, set[int]]:
    """Return the numbers in these events by what they stand for: of a party, of a milestone."""
    numbers_of = defaultdict[str, set[int]](set)
    for event in events:
        for name, value in (*event.before.items(), *event.after.items()):
            numbers_of[name].update(number for number in _as_list(value) if isinstance(number, int))
    return numbers_of
