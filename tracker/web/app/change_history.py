"""The history of a milestone, a meeting, a person or a body in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext, lazy_gettext

from tracker.history import Event, of_subject, wordings
from tracker.history_verbs import Verb
from tracker.items.queries import items_by_number, person_names, read_inside
from tracker.mail.markdown import plain
from tracker.web.app import context
from tracker.web.app.template_filters import short_day
from tracker.web.app.value_words import word

#: what each verb reads as, after the name of who did it
VERBS: dict[str, Any] = {
    Verb.ADDED: lazy_gettext("added it"),
    Verb.EDITED: lazy_gettext("changed it"),
    Verb.RENAMED: lazy_gettext("renamed it"),
    Verb.MOVED: lazy_gettext("moved it"),
    Verb.CANCELLED: lazy_gettext("cancelled it"),
    Verb.REINSTATED: lazy_gettext("said that it is held after all"),
    Verb.ENDED: lazy_gettext("ended it"),
    Verb.PUT_ON_THE_AGENDA: lazy_gettext("put an item on the agenda"),
    Verb.TAKEN_OFF_THE_AGENDA: lazy_gettext("took an item off the agenda"),
    Verb.AGENDA_ORDERED: lazy_gettext("gave an item another place on the agenda"),
    Verb.NOTE_FOR_THE_CHAIR: lazy_gettext("wrote a note for the chair"),
    Verb.OUTCOME_NOTED: lazy_gettext("noted what became of an item in the room"),
    Verb.AGENDA_PUBLISHED: lazy_gettext("let anyone read the agenda"),
    Verb.AGENDA_WITHDRAWN: lazy_gettext("took the agenda back from the public"),
    Verb.PUBLISHED: lazy_gettext("published it"),
    Verb.WITHDRAWN: lazy_gettext("took it back from the public"),
    Verb.LABEL_ADDED: lazy_gettext("noted a name as printed"),
    Verb.LABEL_DROPPED: lazy_gettext("took a printed name away"),
    Verb.TERM_ADDED: lazy_gettext("noted a role"),
    Verb.TERM_ENDED: lazy_gettext("ended a role"),
    Verb.STEWARDS_SET: lazy_gettext("named who answers for it"),
    Verb.INVITED: lazy_gettext("sent an invitation"),
    Verb.INVITATION_WITHDRAWN: lazy_gettext("took the invitation back"),
    Verb.MERGED: lazy_gettext("found it to be the same person as another"),
    Verb.MERGE_UNDONE: lazy_gettext("found it to be a person of its own"),
    Verb.ERASED: lazy_gettext("erased this person"),
    Verb.STARTED_EMPTY: lazy_gettext("took the example away, and began this register"),
}
#: lines that this history leaves out, and why
OWN_AFFAIR = "a person's own settings are nobody else's to read"
LEFT_OUT: dict[Verb, str] = {
    Verb.REMOVED: "the thing is gone, and its page with it",
    Verb.WORDS_ERASED: "the erasure of a person is told on the page of that person",
    Verb.RAPPORTEUR_NAMED: "the page of the meeting names its rapporteurs",
    Verb.RAPPORTEUR_DROPPED: "the page of the meeting names its rapporteurs",
    Verb.MERGED_WITH: "told on the record that was merged",
    Verb.MERGE_UNDONE_WITH: "told on the record that was merged",
    Verb.IMPORT_UNDONE: "told on the page of the import",
    Verb.TERM_UNDONE: "told on the page of the import",
    Verb.MADE_OPERATOR: "it is done on the command line, by whoever runs the installation",
    Verb.ADDRESS_CLEARED: "told with the mail that did not arrive",
    Verb.CREATED_AS_EXAMPLE: "it came with the program",
    Verb.EXAMPLE_KEPT: "nothing of the register changes",
    Verb.SAMPLE_REMOVED: "told where samples are removed",
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
    """Return the history of "milestone:7", newest first; lines of what nobody reads here are left out."""
    session = context.session()
    events = _readable([event for event in of_subject(session, key) if event.verb in VERBS])
    words = wordings(session, events)
    actors = {int(event.actor.partition(":")[2]) for event in events if ":" in event.actor}
    people = person_names(session, actors | {number for event in events for number in _people_in(event)})
    return [_line(event, people, words) for event in reversed(events)]


def _readable(events: list[Event]) -> list[Event]:
    """Return them without what is told of items of which the reader may not see what is internal."""
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
    who = people.get(int(number), "") if number else str(gettext("Intersession"))
    return TrailLine(event.at, who, str(VERBS[event.verb]), list(_changes(event, people, words)))


def _changes(event: Event, people: dict[int, str], words: dict[int, str | None]) -> Iterator[tuple[str, str, str]]:
    for name, label in LABELS.items():
        before, after = (_shown(name, side.get(name), people, words) for side in (event.before, event.after))
        if before != after:
            yield str(label), before, after or "–"


def _shown(name: str, value: Any, people: dict[int, str], words: dict[int, str | None]) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        text = words.get(value["wording"])
        if text is None:
            return str(gettext("(erased)"))
        return plain(text)
    if name in PEOPLE:
        return people.get(value, "")
    if name in DAYS:
        return short_day(date.fromisoformat(value))
    if name in NAMES:
        return str(value)
    return word(str(value))
