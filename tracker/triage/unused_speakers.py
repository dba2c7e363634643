"""People whom a decision about speakers added: once it is undone, those whom nothing else names go again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.history import Actor, Event, leave
from tracker.history_queries import of_subject
from tracker.history_verbs import Verb
from tracker.items.change_trail import PARTIES, PEOPLE
from tracker.people.models import Party, Person
from tracker.people.row_references import is_named
from tracker.transcripts.models import Transcript

#: a record with no other lines of history than these is as the decision added it
UNTOUCHED = frozenset({Verb.ADDED, Verb.LABEL_ADDED, Verb.LABEL_DROPPED})


@dataclass(frozen=True)
class AddedSpeakers:
    """The names of those who were removed, and of those who stay since something else names them."""

    removed: list[str]
    kept: list[str]


def remove_unused(
    session: Session, transcript: Transcript, undone: Event, *, by: Actor, now: datetime
) -> AddedSpeakers:
    """Remove the people whom the undone decision, or an earlier one about the same people, had added.

    To be called after `follow_speakers`: until then items may name them. Whoever is named elsewhere, also in an item's
    history, stays, and so does a record that somebody has changed.
    """
    session.flush()
    speakers = AddedSpeakers([], [])
    for person, added in _added_by_decisions(session, transcript, undone):
        party = session.exec(select(Party).where(col(Party.person_id) == person.id)).one()
        if _is_used(session, person, party, added):
            speakers.kept.append(person.name)
            continue
        speakers.removed.append(person.name)
        for row in (party, person):
            leave(session, row, Verb.REMOVED, by=by, now=now, body_id=undone.body_id)
            session.delete(row)
            session.flush()
    return speakers


def _added_by_decisions(session: Session, transcript: Transcript, undone: Event) -> list[tuple[Person, Event]]:
    """Return the people of that decision whom a decision about this transcript added, with the line that says so."""
    lines = of_subject(session, transcript.history_key())
    parts = {undone.id, undone.after.get("given"), *undone.after.get("decisions", ())}
    numbers = {line.after.get("person") for line in lines if line.id in parts}
    # All that one press does has one moment, so whoever was added at that of a decision was added by it.
    moments = {(line.after.get("person"), line.at, line.actor) for line in lines}
    people = []
    for person in session.exec(select(Person).where(col(Person.id).in_(numbers - {None})).order_by(col(Person.id))):
        added = of_subject(session, person.history_key())[0]
        if added.verb == Verb.ADDED and (person.id, added.at, added.actor) in moments:
            people.append((person, added))
    return people


def _is_used(session: Session, person: Person, party: Party, added: Event) -> bool:
    verbs = {line.verb for line in of_subject(session, person.history_key())}
    return (
        not verbs <= UNTOUCHED
        or is_named(session, "person", person.id, but={"party"})
        or is_named(session, "party", party.id)
        or _is_in_history(session, person.id, party.id, added)
    )


def _is_in_history(session: Session, person_id: int, party_id: int, added: Event) -> bool:
    """Tell whether the history of an item names them: its readers would find nobody there."""
    lines = select(Event).where(col(Event.id) > added.id, col(Event.subject).startswith("item:"))
    for line in session.exec(lines):
        for side in (line.before, line.after):
            if _names(side, PARTIES, party_id) or _names(side, PEOPLE, person_id):
                return True
    return False


def _names(side: dict[str, object], names: Iterable[str], number: int) -> bool:
    values = [side.get(name) for name in names]
    return any(value == number or (isinstance(value, list) and number in value) for value in values)
