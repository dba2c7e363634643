"""Reading issued reports."""

from datetime import date
from typing import Any

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from tracker.meetings.models import Milestone
from tracker.people.models import Person
from tracker.reports.models import Report
from tracker.reports.picture import Picture

# The picture is read where the report is shown, not where it is only named.
_LIGHT = defer(Report.picture)  # type: ignore[arg-type]


def issued(session: Session, body_id: int) -> list[tuple[Report, Milestone]]:
    """Return the register's reports with what each is for, newest first, without their pictures."""
    statement = _with_milestone().where(col(Report.body_id) == body_id).options(_LIGHT)
    return list(session.exec(statement.order_by(col(Report.issued_at).desc(), col(Report.id).desc())))


def versions(session: Session, milestone_id: int | None) -> list[Report]:
    """Return the reports for a milestone, newest first, without their pictures."""
    of_milestone = select(Report).where(col(Report.milestone_id) == milestone_id).options(_LIGHT)
    return list(session.exec(of_milestone.order_by(col(Report.number).desc())))


def version(session: Session, milestone_id: int | None, number: int) -> Report | None:
    """Return that version of the report for a milestone."""
    statement = select(Report).where(col(Report.milestone_id) == milestone_id, col(Report.number) == number)
    return session.exec(statement).one_or_none()


def latest(session: Session, milestone_id: int | None) -> Report | None:
    """Return the last report issued for a milestone."""
    statement = select(Report).where(col(Report.milestone_id) == milestone_id).order_by(col(Report.number).desc())
    return session.exec(statement.limit(1)).first()


def latest_before(session: Session, body_id: int, day: date) -> tuple[Report, Milestone] | None:
    """Return the register's last report of an earlier day, whatever milestone it was for."""
    statement = _with_milestone().where(col(Report.body_id) == body_id, col(Report.as_of) < day)
    newest_first = col(Report.as_of).desc(), col(Report.issued_at).desc(), col(Report.id).desc()
    found: tuple[Report, Milestone] | None = session.exec(statement.order_by(*newest_first).limit(1)).first()
    return found


def _with_milestone() -> Any:
    return select(Report, Milestone).join(Milestone, col(Report.milestone_id) == col(Milestone.id))


def names_erased(session: Session, picture: Picture) -> bool:
    """Tell whether the picture names somebody who has been erased since: it is then shown to nobody."""
    people = [int(key.removeprefix("person:")) for key in picture.names if key.startswith("person:")]
    erased = select(Person).where(col(Person.id).in_(people), col(Person.erased_on).is_not(None))
    names = {person.id: person.name for person in session.exec(erased)}
    return any(picture.names[f"person:{number}"] != name for number, name in names.items())
