"""The history of a milestone, a meeting, a person or a body in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext, lazy_gettext

from tracker.history import Event
from tracker.history_queries import key_number, of_subject, wordings
from tracker.history_verbs import Verb
from tracker.items.lines import person_names
from tracker.items.queries import items_by_number, read_inside
from tracker.mail.markdown import plain
from tracker.web.app import context
from tracker.web.app.shown_address import shown_address
from tracker.web.app.template_filters import short_day
from tracker.web.app.value_words import word

#: what each verb reads as, after the name of who did it
VERBS: dict[str, Any] = {
    Verb.ADDED: lazy_gettext("added it"),
    Verb.EDITED: lazy_gettext("changed it"),
    Verb.RENAMED: lazy_gettext("renamed it"),
    Verb.MOVED: lazy_gettext("moved it"),
    Verb.CANCELLED: lazy_gettext("cancelled it"),
    Verb.REINSTATED: lazy_gettext("reinstated it"),
    Verb.ENDED: lazy_gettext("ended it"),
    Verb.PUT_ON_THE_AGENDA: lazy_gettext("put an item on the agenda"),
    Verb.TAKEN_OFF_THE_AGENDA: lazy_gettext("took an item off the agenda"),
    Verb.AGENDA_ORDERED: lazy_gettext("changed the order of the agenda"),
    Verb.NOTE_FOR_THE_CHAIR: lazy_gettext("wrote a note for the chair"),
    Verb.OUTCOME_NOTED: lazy_gettext("recorded what happened to an item in the room"),
    Verb.AGENDA_PUBLISHED: lazy_gettext("published the agenda"),
    Verb.AGENDA_WITHDRAWN: lazy_gettext("withdrew the agenda"),
    Verb.PUBLISHED: lazy_gettext("published it"),
    Verb.WITHDRAWN: lazy_gettext("made it internal again"),
    Verb.LABEL_ADDED: lazy_gettext("added a name as printed"),
    Verb.LABEL_DROPPED: lazy_gettext("removed a printed name"),
    Verb.TERM_ADDED: lazy_gettext("added a role"),
    Verb.TERM_ENDED: lazy_gettext("ended a role"),
    Verb.STEWARDS_SET: lazy_gettext("named who answers for it"),
    Verb.INVITED: lazy_gettext("sent an invitation"),
    Verb.INVITATION_WITHDRAWN: lazy_gettext("withdrew the invitation"),
    Verb.MERGED: lazy_gettext("merged this record with another of the same person"),
    Verb.MERGE_UNDONE: lazy_gettext("undid the merge"),
    Verb.ERASED: lazy_gettext("erased this person"),
    Verb.ADDRESS_SHOWN: lazy_gettext("looked at the mail address in full"),
    Verb.STARTED_EMPTY: lazy_gettext("removed the example and started this register"),
}
#: lines that this history leaves out, and why
OWN_AFFAIR = "a person's own settings are nobody else's to read"
LEFT_OUT: dict[Verb, str] = {
    Verb.REMOVED: "the thing is gone, and its page with it",
    Verb.WORDS_ERASED: "the page of that person says it",
    Verb.RAPPORTEUR_NAMED: "the page of the meeting names its rapporteurs",
    Verb.RAPPORTEUR_DROPPED: "the page of the meeting names its rapporteurs",
    Verb.MERGED_WITH: "the record that was merged says it",
    Verb.MERGE_UNDONE_WITH: "the record that was merged says it",
    Verb.IMPORT_UNDONE: "the page of the import says it",
    Verb.TERM_UNDONE: "the page of the import says it",
    Verb.MADE_OPERATOR: "it is done on the command line, by whoever runs the installation",
    Verb.ADDRESS_CLEARED: "the page of the mail that did not arrive says it",
    Verb.CREATED_AS_EXAMPLE: "it came with the program",
    Verb.EXAMPLE_KEPT: "nothing of the register changes",
    Verb.KEEPING_UNDONE: "nothing of the register changes",
    Verb.SAMPLE_REMOVED: "the page that removes samples says it",
    **dict.fromkeys(
        (Verb.FOLLOWED, Verb.UNFOLLOWED, Verb.PREFERENCES_SET, Verb.PASSWORD_SET, Verb.SIGNED_OUT_EVERYWHERE,
         Verb.DIGEST_SET, Verb.DIGEST_UNDONE, Verb.FIRST_STEPS_SHOWN, Verb.FIRST_STEPS_HIDDEN,
         Verb.CALENDAR_ADDRESS_MADE, Verb.CALENDAR_ADDRESS_ENDED), OWN_AFFAIR),
}  # fmt: skip
LABELS = {
    "title": lazy_gettext("Title"),
    "name": lazy_gettext("Name"),
    "class_name": lazy_gettext("Name"),
    "place": lazy_gettext("Place"),
    "starts_on": lazy_gettext("First day"),
    "ends_on": lazy_gettext("Last day"),
    "affiliation": lazy_gettext("Affiliation"),
    "stakeholder_group": lazy_gettext("Stakeholder group"),
    "email": lazy_gettext("Mail address"),
    "timezone": lazy_gettext("Time zone"),
    "label": lazy_gettext("Label"),
    "body": lazy_gettext("Body"),
    "role": lazy_gettext("Role"),
    "first_day": lazy_gettext("First day"),
    "last_day": lazy_gettext("Last day"),
    "item": lazy_gettext("Item"),
    "position": lazy_gettext("Place"),
    "outcome": lazy_gettext("In the room"),
    "note": lazy_gettext("Note"),
    "reason": lazy_gettext("Reason"),
    "ground": lazy_gettext("Ground"),
    "steward_id": lazy_gettext("Answers for it"),
    "second_id": lazy_gettext("Second"),
}
#: numbers of people
PEOPLE = ("steward_id", "second_id")
DAYS = frozenset({"starts_on", "ends_on", "first_day", "last_day"})
#: shown as they are; other plain values are words of the program
NAMES = frozenset({"title", "name", "class_name", "place", "timezone", "body"})


@dataclass(frozen=True)
class TrailLine:
    """One line as the macro `history` shows it; changes are (label, before, after)."""

    at: datetime
    who: str
    text: str
    changes: list[tuple[str, str, str]]


def trail(key: str) -> list[TrailLine]:
    """Return the history of "milestone:7", newest first; lines of verbs in LEFT_OUT are missing."""
    session = context.session()
    events = _readable([event for event in of_subject(session, key) if event.verb in VERBS])
    words = wordings(session, events)
    actors = {key_number(event.actor) for event in events if ":" in event.actor}
    people = person_names(session, actors | {number for event in events for number in _people_in(event)})
    return [_line(event, people, words) for event in reversed(events)]


def _readable(events: list[Event]) -> list[Event]:
    """Leave out events about items whose internal side the reader may not see."""
    body_id = context.body_id()
    sight = context.sight()
    about = {event.after["item"] for event in events if "item" in event.after}
    if not about or sight.sees_all_of(body_id):
        return events
    items = items_by_number(context.session(), body_id, about, sight)
    inside = read_inside(context.session(), [item.id for item in items], sight)
    seen = {item.number for item in items if item.id in inside}
    return [event for event in events if event.after.get("item") in {None, *seen}]


def _people_in(event: Event) -> Iterator[int]:
    for side in (event.before, event.after):
        yield from (side[name] for name in PEOPLE if side.get(name))


def _line(event: Event, people: dict[int, str], words: dict[int, str | None]) -> TrailLine:
    number = event.actor.partition(":")[2]
    who = str(gettext("Intersession"))
    if number:
        who = people.get(int(number), "")
    return TrailLine(event.at, who, str(VERBS[event.verb]), list(_changes(event, people, words)))


def _changes(event: Event, people: dict[int, str], words: dict[int, str | None]) -> Iterator[tuple[str, str, str]]:
    for name, label in LABELS.items():
        before = _readable_value(name, event.before.get(name), people, words)
        after = _readable_value(name, event.after.get(name), people, words)
        if before != after:
            yield str(label), before, after or "–"


def _readable_value(name: str, value: Any, people: dict[int, str], words: dict[int, str | None]) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        text = words.get(value["wording"])
        if text is None:
            return str(gettext("(erased)"))
        return plain(shown_address(text) if name == "email" else text)
    if name == "email":
        return shown_address(str(value))
    if name in PEOPLE:
        return people.get(value, "")
    if name in DAYS:
        return short_day(date.fromisoformat(value))
    if name in NAMES:
        return str(value)
    return word(str(value))
