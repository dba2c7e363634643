"""Removes a sample: all that belongs to it goes, and the history keeps that it was there.

What another register names stays: a person, a body, a passage. An issued report never changes and never goes; those of
a sample do, for they are about nobody.
"""

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from tracker.db import thawed
from tracker.digests.runs.holds import open_hold, release_digests
from tracker.errors import Refused
from tracker.history import Actor, Event, leave
from tracker.history_verbs import Verb
from tracker.people.models import Body, Label, Person, Term
from tracker.people.row_references import is_named, references
from tracker.reports.models import Report

#: what belongs to what, an owner before what it owns; a thing may have two owners
OWNED = (
    ("series", "body_id", "body"),
    ("milestone", "body_id", "body"),
    ("meeting", "body_id", "body"),
    ("label", "register_id", "body"),
    ("term", "body_id", "body"),
    ("item_counter", "body_id", "body"),
    ("saved_view", "body_id", "body"),
    ("trained_detector", "body_id", "body"),
    ("report", "milestone_id", "milestone"),
    ("meeting_rapporteur", "meeting_id", "meeting"),
    ("batch", "body_id", "body"),
    ("outgoing", "body_id", "body"),
    ("digest_hold", "body_id", "body"),
    ("digest", "outgoing_id", "outgoing"),
    ("item", "body_id", "body"),
    ("transcript", "meeting_id", "meeting"),
    ("upload", "body_id", "body"),
    ("assistant_reading", "body_id", "body"),
    ("passage", "transcript_id", "transcript"),
    ("turn", "transcript_id", "transcript"),
    ("joined_turn", "transcript_id", "transcript"),
    ("introduction", "transcript_id", "transcript"),
    ("speaker_doubt", "transcript_id", "transcript"),
    ("correction", "transcript_id", "transcript"),
    ("anchor", "transcript_id", "transcript"),
    ("proposal", "transcript_id", "transcript"),
    ("proposal_reference", "proposal_id", "proposal"),
    ("meaning", "proposal_id", "proposal"),
    ("likeness", "proposal_id", "proposal"),
    ("second_score", "proposal_id", "proposal"),
    ("second_look", "transcript_id", "transcript"),
    ("succession", "proposal_id", "proposal"),
    ("triage_lease", "proposal_id", "proposal"),
    ("advice", "proposal_id", "proposal"),
    ("batch_member", "batch_id", "batch"),
    ("batch_member", "proposal_id", "proposal"),
    ("item_update", "item_id", "item"),
    ("evidence", "update_id", "item_update"),
    ("answer_receipt", "item_id", "item"),
    ("notice", "outgoing_id", "outgoing"),
    ("notice", "item_id", "item"),
    ("bulk_edit", "body_id", "body"),
    ("bulk_change", "bulk_edit_id", "bulk_edit"),
    ("addressee", "item_id", "item"),
    ("ownership", "item_id", "item"),
    ("helper", "item_id", "item"),
    ("closing_view", "item_id", "item"),
    ("position", "item_id", "item"),
    ("item_passage", "item_id", "item"),
    ("item_link", "item_id", "item"),
    ("agenda", "milestone_id", "milestone"),
    ("agenda_entry", "item_id", "item"),
    ("follow", "item_id", "item"),
    ("origin", "item_id", "item"),
    ("parting_note", "item_id", "item"),
    ("handover", "body_id", "body"),
    ("invitation", "body_id", "body"),
    ("people_import", "body_id", "body"),
    ("imported_person", "import_id", "people_import"),
    ("handover_part", "handover_id", "handover"),
)
#: what goes with a person, a body or a class that goes
BELONGINGS = {
    "subscription",
    "steps_hidden",
    "sign_in_session",
    "sign_in_link",
    "first_sign_in",
    "invitation",
    "calendar_link",
    "digest",
    "outgoing",
    "incoming_message",
}
#: what has a history of its own, which then ends with a last event
WITH_HISTORY = ("item", "meeting", "milestone", "report", "transcript")


def was_removed(session: Session) -> bool:
    """Tell whether somebody has removed the sample: then it is not loaded again by itself."""
    return session.exec(select(Event.id).where(col(Event.verb) == Verb.SAMPLE_REMOVED).limit(1)).first() is not None


def remove_sample(session: Session, register: Body, *, by: Actor, now: datetime) -> None:
    """Delete the sample register, what was said and followed up in it, and whoever nobody else names.

    Raises Refused for a register that is no sample.
    """
    if not (register.is_sample and register.is_register):
        raise Refused("Only the sample can be removed. Choose the register of the sample.")
    bodies = _bodies(session, register)
    people = _people(session, bodies)
    classes = _classes(session, register)
    leave(session, register, Verb.SAMPLE_REMOVED, by=by, now=now, body_id=register.id)
    _end_holds(session, bodies, by, now)
    _leave_last_events(session, bodies, by, now)
    with _reports_thawed(session, register):
        # Rows go before those that they refer to.
        for table, _, _ in reversed(OWNED):
            rows = _table(table).delete().where(_is_owned(table, bodies), _is_free(table))
            session.connection().execute(rows)
    session.expire_all()
    # People come last, for they answer for bodies and classes.
    for party_id in classes:
        _delete_unless_named(session, "party", party_id, by, now)
    for body_id in reversed(bodies):
        _delete_unless_named(session, "body", body_id, by, now)
    for person_id in people:
        _delete_unless_named(session, "person", person_id, by, now)


def _reports_thawed(session: Session, register: Body) -> AbstractContextManager[None]:
    """Let reports go while the rows do, if the sample has any: on PostgreSQL only who owns the table may ask for it."""
    if session.exec(select(Report.id).where(col(Report.body_id) == register.id)).first() is None:
        return nullcontext()
    return thawed(session, "report")


def _end_holds(session: Session, bodies: list[int], by: Actor, now: datetime) -> None:
    """Let the digests go that wait for the sample's secretariat: some are of people who serve elsewhere too."""
    for body_id in bodies:
        hold = open_hold(session, body_id)
        if hold is not None:
            release_digests(session, hold, by=by, now=now)


def _bodies(session: Session, register: Body) -> list[int]:
    """Return the register, what belongs to it, and the organisations beside it that came with an example."""
    rows = session.exec(select(Body).where(col(Body.is_sample)).order_by(col(Body.id))).all()
    others = {body.id for body in rows if body.is_register} - {register.id}
    return [body.id for body in rows if body.id not in others and body.parent_id not in others]


def _people(session: Session, bodies: list[int]) -> list[int]:
    """Return who serves or is named there, merged records first, but nobody who runs the installation."""
    serving = select(Term.person_id).where(col(Term.body_id).in_(bodies))
    named = select(Label.person_id).where(col(Label.register_id).in_(bodies))
    is_of_sample = sa.or_(col(Person.id).in_(serving), col(Person.id).in_(named))
    people = select(Person.id).where(is_of_sample, ~col(Person.is_operator))
    # A record names the one it was merged into, which therefore stays as long as the record is there.
    return list(session.exec(people.order_by(col(Person.merged_into_id).is_(None), col(Person.id))))


def _classes(session: Session, register: Body) -> list[int]:
    """Return the classes that came with the example, or that were added in its register since."""
    was_added = col(Event.verb) == Verb.ADDED, col(Event.body_id) == register.id
    subjects = select(Event.subject).where(*was_added, col(Event.subject).startswith("party:"))
    return [int(subject.removeprefix("party:")) for subject in session.exec(subjects)]


def _leave_last_events(session: Session, bodies: list[int], by: Actor, now: datetime) -> None:
    """Leave the last event of everything that has a history of its own."""
    for name in WITH_HISTORY:
        rows = sa.select(_table(name).c.id).where(_is_owned(name, bodies))
        for number in session.connection().scalars(rows).all():
            leave(session, f"{name}:{number}", Verb.REMOVED, by=by, now=now, body_id=bodies[0])


def _is_owned(name: str, bodies: list[int]) -> Any:
    """Return the condition that a row belongs to these bodies, through whatever owns it."""
    if name == "body":
        return _table("body").c.id.in_(bodies)
    ways = [(column, owner) for table, column, owner in OWNED if table == name]
    return sa.or_(*(_table(name).c[column].in_(_keys(owner, bodies)) for column, owner in ways))


def _keys(owner: str, bodies: list[int]) -> Any:
    return sa.select(_table(owner).c.id).where(_is_owned(owner, bodies))


def _is_free(name: str) -> Any:
    """Return the condition that nothing that stays names the row: another register may cite the same passage."""
    if name != "passage":
        return sa.true()
    passage = _table("passage").c.id
    citing = [_table(table).c.passage_id == passage for table in ("item_passage", "position")]
    return sa.and_(*(~sa.exists().where(cites) for cites in citing))


def _delete_unless_named(session: Session, name: str, number: int, by: Actor, now: datetime) -> None:
    """Delete a person, class or body with its party and belongings, unless something that stays names one of them.

    `name` is the table: person, party (a class) or body.
    """
    own_parties = _parties(session, name, number)
    if is_named(session, name, number, but=BELONGINGS | {"party"}):
        return
    if any(is_named(session, "party", party_id) for party_id in own_parties):
        return
    leave(session, f"{name}:{number}", Verb.REMOVED, by=by, now=now)
    _delete(session, "party", own_parties)
    for table, column in references(name):
        if table in BELONGINGS:
            session.connection().execute(_table(table).delete().where(_table(table).c[column] == number))
    _delete(session, name, [number])
    session.expire_all()


def _parties(session: Session, name: str, number: int) -> list[int]:
    """Return the parties that stand for a person or a body; a class is a party itself and has none."""
    if name == "party":
        return []
    party = _table("party").c
    return list(session.connection().scalars(sa.select(party.id).where(party[f"{name}_id"] == number)))


def _delete(session: Session, name: str, numbers: list[int]) -> None:
    table = _table(name)
    session.connection().execute(table.delete().where(table.c.id.in_(numbers)))


def _table(name: str) -> sa.Table:
    return SQLModel.metadata.tables[name]
