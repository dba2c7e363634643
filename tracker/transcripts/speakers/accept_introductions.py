"""What speakers say of themselves becomes a name and affiliation only when a person accepts it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.errors import Refused, Stale
from tracker.history import Actor, Event, Words, leave
from tracker.history_queries import wordings
from tracker.history_verbs import Verb
from tracker.people.changes import add_person, edit_person
from tracker.people.details import PersonDetails
from tracker.people.models import GroupSource, Person
from tracker.text import clean_or_none
from tracker.transcripts.models import CandidateState, Introduction, Transcript, Turn
from tracker.transcripts.speakers.attribution import OVERTAKEN, assign_label, give_turns, register_of, undo_assignment
from tracker.transcripts.speakers.register_match import is_a_name

GROUPS = ("affiliation", "stakeholder_group", "group_source")


@dataclass(frozen=True)
class CorrectedIntroduction:
    """What was heard, as a person has put it right; `keep` leaves the affiliation that is on record."""

    name: str
    affiliation: str | None = None
    stakeholder_group: str | None = None
    keep: bool | None = None


def accept_introduction(
    session: Session,
    transcript: Transcript,
    heard: Introduction,
    corrected: CorrectedIntroduction,
    person: Person | None,
    *,
    version: int,
    by: Actor,
    now: datetime,
) -> Event:
    """Make it a new person, or complete the one that was chosen, and give them the turn and those of its label.

    The passage is kept as the evidence. Raises Stale, or Refused where another affiliation is on record and nobody
    has chosen between the two.
    """
    _refuse_decided(heard, version)
    before: dict[str, Any] = {}
    if person is None:
        speaker = _new(session, transcript, corrected, by, now)
    else:
        before = {name: getattr(person, name) for name in GROUPS}
        speaker = _complete(session, person, corrected, by, now)
    if before.get("affiliation"):
        before["affiliation"] = Words(before["affiliation"])
    assignment = _give(session, transcript, heard, speaker, by, now)
    _decide(heard, CandidateState.ACCEPTED, by, now)
    heard.person_id = speaker.id
    person_after = {"person": speaker.id, "person_version": speaker.version, "is_new": person is None}
    after = {"introduction": heard.id, "version": heard.version, "given": assignment and assignment.id}
    return leave(
        session,
        transcript,
        Verb.INTRODUCTION_ACCEPTED,
        by=by,
        now=now,
        body_id=register_of(session, transcript),
        before=before,
        after={**after, **person_after, "start": heard.start, "end": heard.end},
    )


def dismiss_introduction(
    session: Session, transcript: Transcript, heard: Introduction, *, version: int, by: Actor, now: datetime
) -> Event:
    """Note that this is no introduction, or that it is of no use."""
    _refuse_decided(heard, version)
    _decide(heard, CandidateState.DISMISSED, by, now)
    body_id = register_of(session, transcript)
    after = {"introduction": heard.id, "version": heard.version}
    return leave(session, transcript, Verb.INTRODUCTION_DISMISSED, by=by, now=now, body_id=body_id, after=after)


def reopen_introduction(session: Session, transcript: Transcript, event: Event, *, by: Actor, now: datetime) -> None:
    """Let an introduction wait again; what it changed of a person and of turns is undone."""
    heard = session.get_one(Introduction, event.after["introduction"])
    if heard.version != event.after["version"]:
        raise Stale(OVERTAKEN)
    if event.after.get("given"):
        undo_assignment(session, transcript, session.get_one(Event, event.after["given"]), by=by, now=now)
    if event.after.get("person") and not event.after["is_new"]:
        _put_back(session, event, by, now)
    _decide(heard, CandidateState.WAITING, by, now)
    heard.person_id = None
    heard.decided_by = None
    heard.decided_at = None
    body_id = register_of(session, transcript)
    after = {"introduction": heard.id}
    leave(session, transcript, Verb.INTRODUCTION_REOPENED, by=by, now=now, body_id=body_id, after=after)


def _refuse_decided(heard: Introduction, version: int) -> None:
    if heard.version != version or heard.state is not CandidateState.WAITING:
        raise Stale(OVERTAKEN)


def _decide(heard: Introduction, state: CandidateState, by: Actor, now: datetime) -> None:
    heard.state = state
    heard.decided_by = by.person_id
    heard.decided_at = now
    heard.version += 1


def _new(
    session: Session, transcript: Transcript, corrected: CorrectedIntroduction, by: Actor, now: datetime
) -> Person:
    group = corrected.stakeholder_group or "unknown"
    details = PersonDetails(corrected.name, corrected.affiliation, group, GroupSource.SELF_DECLARED)
    return add_person(session, details, register_id=register_of(session, transcript), by=by, now=now)


def _complete(session: Session, person: Person, corrected: CorrectedIntroduction, by: Actor, now: datetime) -> Person:
    """Add what the record lacks; what it has stays unless somebody has chosen the other."""
    details = _details(person)
    heard = clean_or_none(corrected.affiliation)
    if heard and person.affiliation and heard != person.affiliation and corrected.keep is None:
        raise Refused(
            "On record is “%(kept)s”, heard was “%(heard)s”. Choose one.", "keep", kept=person.affiliation, heard=heard
        )
    if heard and not (person.affiliation and corrected.keep):
        details = replace(details, affiliation=heard)
    group = corrected.stakeholder_group or "unknown"
    if group != "unknown" and not (person.stakeholder_group != "unknown" and corrected.keep):
        details = replace(details, stakeholder_group=group, group_source=GroupSource.SELF_DECLARED)
    edit_person(session, person, details, version=person.version, by=by, now=now)
    return person


def _details(person: Person) -> PersonDetails:
    return PersonDetails(
        person.name,
        person.affiliation,
        person.stakeholder_group,
        person.group_source,
        person.email,
        person.timezone,
        person.language,
    )


def _put_back(session: Session, event: Event, by: Actor, now: datetime) -> None:
    person = session.get_one(Person, event.after["person"])
    if person.version != event.after["person_version"]:
        raise Stale(OVERTAKEN)
    affiliation_before = event.before["affiliation"]
    affiliation = wordings(session, [event])[affiliation_before["wording"]] if affiliation_before else None
    source = event.before["group_source"]
    details = replace(
        _details(person),
        affiliation=affiliation,
        stakeholder_group=event.before["stakeholder_group"],
        group_source=GroupSource(source) if source else None,
    )
    edit_person(session, person, details, version=person.version, by=by, now=now)


def _give(
    session: Session, transcript: Transcript, heard: Introduction, person: Person, by: Actor, now: datetime
) -> Event | None:
    turn = session.get_one(Turn, heard.turn_id)
    if turn.person_id is not None:
        return None
    if turn.label and is_a_name(turn.label):
        return assign_label(session, transcript, turn.label, person, instead_of=None, by=by, now=now)
    return give_turns(session, transcript, [turn], person, by=by, now=now)


def empty_introductions(session: Session, person_ids: list[int]) -> set[int]:
    """Empty what people who are erased said of themselves; return the transcripts: the caller leaves their events."""
    theirs = col(Introduction.person_id).in_(person_ids) | col(Turn.person_id).in_(person_ids)
    statement = select(Introduction).join(Turn, col(Introduction.turn_id) == col(Turn.id)).where(theirs)
    introductions = session.exec(statement).all()
    for introduction in introductions:
        introduction.name = ""
        introduction.affiliation = None
        introduction.stakeholder_group = None
        introduction.state = CandidateState.DISMISSED
    return {introduction.transcript_id for introduction in introductions}
