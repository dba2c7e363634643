"""Reads of issued reports."""

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from tracker.history import Event
from tracker.history_queries import key_number
from tracker.history_verbs import Verb
from tracker.meetings.models import Milestone
from tracker.people.models import Person
from tracker.reports.models import Report
from tracker.reports.snapshot import Picture, Scope

#: the register's own people read all reports, everybody else the public ones
ALL = tuple(Scope)
PUBLIC = (Scope.PUBLISHED,)

# The picture is read where the report is shown, not where it is only named.
WITHOUT_PICTURE = defer(Report.picture)  # type: ignore[arg-type]


def of_scope(scopes: Collection[Scope]) -> sa.ColumnElement[bool]:
    """Return the condition that a report holds only that."""
    return scope_of_report().in_([scope.value for scope in scopes])


def scope_of_report() -> sa.ColumnElement[str]:
    """Return the scope as a column: it stands in the picture, which never changes."""
    return col(Report.picture)["scope"].as_string()  # type: ignore[no-any-return]


def issued(session: Session, body_id: int, scopes: Collection[Scope] = ALL) -> list[tuple[Report, Milestone]]:
    """Return the register's reports with what each is for, newest first, without their pictures."""
    statement = _with_milestone().where(col(Report.body_id) == body_id, of_scope(scopes)).options(WITHOUT_PICTURE)
    return list(session.exec(statement.order_by(col(Report.issued_at).desc(), col(Report.id).desc())))


def internal_report_ids(session: Session, body_id: int) -> set[int]:
    """Return the ids of the register's internal reports."""
    return set(session.exec(select(Report.id).where(col(Report.body_id) == body_id, of_scope([Scope.INTERNAL]))))


def versions(session: Session, milestone_id: int, scopes: Collection[Scope] = ALL) -> list[Report]:
    """Return the reports for a milestone, newest first, without their pictures."""
    of_milestone = (
        select(Report).where(col(Report.milestone_id) == milestone_id, of_scope(scopes)).options(WITHOUT_PICTURE)
    )
    return list(session.exec(of_milestone.order_by(col(Report.number).desc())))


def version(session: Session, milestone_id: int, number: int) -> Report | None:
    """Return that version of the report for a milestone."""
    statement = select(Report).where(col(Report.milestone_id) == milestone_id, col(Report.number) == number)
    return session.exec(statement).one_or_none()


def latest(session: Session, milestone_id: int, scopes: Collection[Scope] = ALL) -> Report | None:
    """Return the last report issued for a milestone."""
    statement = select(Report).where(col(Report.milestone_id) == milestone_id, of_scope(scopes))
    return session.exec(statement.order_by(col(Report.number).desc()).limit(1)).first()


def latest_before(
    session: Session, body_id: int, day: date, scopes: Collection[Scope] = ALL
) -> tuple[Report, Milestone] | None:
    """Return the register's last report of an earlier day, whatever milestone it was for."""
    statement = (
        _with_milestone()
        .where(col(Report.body_id) == body_id, col(Report.as_of) < day, of_scope(scopes))
        # Of several reports of one day the last that was issued counts: it corrects the others.
        .order_by(col(Report.as_of).desc(), col(Report.issued_at).desc(), col(Report.id).desc())
    )
    row: tuple[Report, Milestone] | None = session.exec(statement.limit(1)).first()
    return row


def _with_milestone() -> Any:
    return select(Report, Milestone).join(Milestone, col(Report.milestone_id) == col(Milestone.id))


def is_withheld(session: Session, report: Report, picture: Picture) -> bool:
    """Tell whether words of the report were erased, or it names somebody who was: it is then shown to nobody."""
    erased = col(Event.subject) == report.history_key(), col(Event.verb) == Verb.WORDS_ERASED
    return session.exec(select(Event.id).where(*erased)).first() is not None or names_erased(session, picture)


def names_erased(session: Session, picture: Picture) -> bool:
    """Tell whether the picture names somebody who has been erased since: it is then shown to nobody."""
    people = [key_number(key) for key in picture.names if key.startswith("person:")]
    erased = select(Person).where(col(Person.id).in_(people), col(Person.erased_on).is_not(None))
    names = {person.id: person.name for person in session.exec(erased)}
    # A picture that names the tombstone was issued after the erasure and may be read.
    return any(picture.names[f"person:{number}"] != name for number, name in names.items())
