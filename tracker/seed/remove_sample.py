"""Taking a sample away again: what is its own goes, and the history keeps that it was there.

Whoever or whatever another register names stays.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from tracker.errors import Refused
from tracker.history import Actor, Event, leave
from tracker.history_verbs import Verb
from tracker.people.models import Body, Label, Party, Person, Term
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
    ("meeting_rapporteur", "meeting_id", "meeting"),
    ("batch", "body_id", "body"),
    ("outgoing", "body_id", "body"),
    ("digest", "outgoing_id", "outgoing"),
    ("item", "body_id", "body"),
    ("transcript", "meeting_id", "meeting"),
    ("upload", "body_id", "body"),
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
    ("succession", "proposal_id", "proposal"),
    ("triage_lease", "proposal_id", "proposal"),
    ("advice", "proposal_id", "proposal"),
    ("batch_member", "batch_id", "batch"),
    ("batch_member", "proposal_id", "proposal"),
    ("item_update", "item_id", "item"),
    ("evidence", "update_id", "item_update"),
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
}
TOLD = ("item", "meeting", "milestone", "transcript")
#: what the history says of the register, and of what it held
REMOVED = Verb.SAMPLE_REMOVED


def was_removed(session: Session) -> bool:
    """Tell whether somebody has taken the sample away: then it does not come back by itself."""
    return session.exec(select(Event.id).where(col(Event.verb) == REMOVED).limit(1)).first() is not None


def remove_sample(session: Session, register: Body, *, by: Actor, now: datetime) -> None:
    """Delete the sample register, what was said and followed up in it, and whoever nobody else names.

    Raises Refused for a register that is no sample, or that has issued a report: those never go.
    """
    if not (register.is_sample and register.is_register):
        raise Refused("Only the sample can be taken away. Choose the register of the sample.")
    if session.exec(select(Report.id).where(col(Report.body_id) == register.id)).first() is not None:
        raise Refused("A report of the sample was issued, and a report never changes. Keep the sample.")
    bodies = _bodies(session, register)
    people = _people(session, bodies)
    classes = _classes(session, register)
    leave(session, register, REMOVED, by=by, now=now, body_id=register.id)
    _tell(session, bodies, by, now)
    for table, _, _ in reversed(OWNED):
        rows = _table(table).delete().where(_is_owned(table, bodies), _is_free(table))
        session.connection().execute(rows)
    session.expire_all()
    for party in classes:
        _let_go(session, Party, party, by, now)
    for body in reversed(bodies):
        _let_go(session, Body, body, by, now)
    for person in people:  # the last, for they answer for bodies and classes
        _let_go(session, Person, person, by, now)


def _bodies(session: Session, register: Body) -> list[int]:
    """Return the register, what belongs to it, and the organisations beside it that came with an example."""
    rows = session.exec(select(Body).where(col(Body.is_sample)).order_by(col(Body.id))).all()
    others = {body.id for body in rows if body.is_register} - {register.id}
    return [body.id for body in rows if body.id not in others and body.parent_id not in others]


def _people(session: Session, bodies: list[int]) -> list[int]:
    """Return who serves or is named there, but nobody who runs the installation."""
    serving = select(Term.person_id).where(col(Term.body_id).in_(bodies))
    named = select(Label.person_id).where(col(Label.register_id).in_(bodies))
    there = sa.or_(col(Person.id).in_(serving), col(Person.id).in_(named))
    return [number or 0 for number in session.exec(select(Person.id).where(there, ~col(Person.is_operator)))]


def _classes(session: Session, register: Body) -> list[int]:
    """Return the classes that came with the example, or that were added in its register since."""
    added = col(Event.verb) == Verb.ADDED, col(Event.body_id) == register.id, col(Event.subject).startswith("party:")
    return [int(subject.partition(":")[2]) for subject in session.exec(select(Event.subject).where(*added))]


def _tell(session: Session, bodies: list[int], by: Actor, now: datetime) -> None:
    """Leave the last line of everything that has a history of its own."""
    for name in TOLD:
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


def _let_go(
    session: Session, kind: type[Person] | type[Party] | type[Body], number: int, by: Actor, now: datetime
) -> None:
    """Delete a person, class or body with its party and belongings, unless something that stays names one of them."""
    name = str(kind.__tablename__)
    own = [] if kind is Party else _parties(session, name, number)
    if _is_named(session, name, number, but=BELONGINGS | {"party"}) or any(
        _is_named(session, "party", party) for party in own
    ):
        return
    leave(session, f"{name}:{number}", Verb.REMOVED, by=by, now=now)
    _delete(session, "party", own)
    for table, column in _references(name):
        if table in BELONGINGS:
            session.connection().execute(_table(table).delete().where(_table(table).c[column] == number))
    _delete(session, name, [number])
    session.expire_all()


def _parties(session: Session, name: str, number: int) -> list[int]:
    column = _table("party").c[f"{name}_id"]
    return list(session.connection().scalars(sa.select(_table("party").c.id).where(column == number)))


def _is_named(session: Session, name: str, number: int, but: Iterable[str] = ()) -> bool:
    """Tell whether a row of another table names this one."""
    return any(
        session.connection().execute(sa.select(sa.true()).where(_table(table).c[column] == number).limit(1)).first()
        for table, column in _references(name)
        if table not in but
    ) or (name != "party" and _is_steward(session, name, number))


def _is_steward(session: Session, name: str, number: int) -> bool:
    """Tell whether the person answers for a party of somebody else's."""
    party = _table("party").c
    if name != "person":
        return False
    answers = sa.or_(party.steward_id == number, party.second_id == number)
    return session.connection().execute(sa.select(party.id).where(answers).limit(1)).first() is not None


def _references(name: str) -> list[tuple[str, str]]:
    """Return the columns that name rows of that table."""
    return [
        (table.name, column.name)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == name
    ]


def _delete(session: Session, name: str, numbers: list[int]) -> None:
    table = _table(name)
    session.connection().execute(table.delete().where(table.c.id.in_(numbers)))


def _table(name: str) -> sa.Table:
    return SQLModel.metadata.tables[name]
