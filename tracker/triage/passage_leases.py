"""Who is looking at which passage: nobody else is led to it for some minutes. By the database's clock, always real."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from tracker.db import UTCDateTime
from tracker.mail.outbox import database_now
from tracker.people.models import Person
from tracker.proposals.models import TriageLease

#: longer than a passage takes; whoever is gone for so long has left it
LEASE = timedelta(minutes=10)


@dataclass(frozen=True)
class Holder:
    """Somebody who is looking at a passage."""

    person_id: int
    name: str
    #: minutes for which they hold it, unless they go on
    minutes: int


def claim_next(session: Session, numbers: Iterable[int], person_id: int) -> int | None:
    """Take the first of these passages that nobody else holds, and let go of any other; None if all are held."""
    # One after the other, for another process may take any of them between reading and writing.
    for number in numbers:
        if _take(session, number, person_id):
            others = col(TriageLease.person_id) == person_id, col(TriageLease.proposal_id) != number
            session.exec(sa.delete(TriageLease).where(*others))
            return number
    return None


def _take(session: Session, number: int, person_id: int) -> bool:
    """Take a passage that is free, left or one's own: one statement, so that of two at once one gets it."""
    now = database_now(session)
    lease = {"person_id": person_id, "until": now + LEASE}
    free = sa.or_(col(TriageLease.person_id) == person_id, ~_is_live(now))
    statement: Any = postgresql.insert(TriageLease)
    if session.get_bind().dialect.name == "sqlite":
        statement = sqlite.insert(TriageLease)
    statement = statement.values(proposal_id=number, **lease)
    statement = statement.on_conflict_do_update(index_elements=["proposal_id"], set_=lease, where=free)
    # Nothing is returned where the row is another's: `free` kept it from being updated.
    return session.exec(statement.returning(col(TriageLease.proposal_id))).first() is not None


def _is_live(now: datetime) -> sa.ColumnElement[bool]:
    """The lease is not over."""
    # One that ends later than any can was taken before the clock stepped back: it would hold a passage for hours.
    return _is_between(now, now + 2 * LEASE)


def _is_between(begun: Any, latest: Any) -> sa.ColumnElement[bool]:
    return sa.and_(col(TriageLease.until) > begun, col(TriageLease.until) <= latest)


def release(session: Session, person_id: int) -> None:
    """Let go of whatever this person holds."""
    session.exec(sa.delete(TriageLease).where(col(TriageLease.person_id) == person_id))


def held_by(session: Session, person_id: int | None) -> int | None:
    """Return the passage that this person holds."""
    live = _is_live(database_now(session))
    return session.exec(select(TriageLease.proposal_id).where(col(TriageLease.person_id) == person_id, live)).first()


def held_by_others(session: Session, numbers: Sequence[int | None], person_id: int | None) -> dict[int, Holder]:
    """Return which of these passages somebody else is looking at, by their numbers."""
    now = database_now(session)
    parameters = {"numbers": numbers, "person": person_id, "begun": now, "latest": now + 2 * LEASE}
    rows = session.exec(_OF_OTHERS, params=parameters)
    return {
        lease.proposal_id: Holder(lease.person_id, name, 1 + int((lease.until - now).total_seconds() // 60))
        for lease, name in rows
    }


_OF_OTHERS = (
    select(TriageLease, Person.name)
    .join(Person, col(Person.id) == col(TriageLease.person_id))
    .where(col(TriageLease.proposal_id).in_(sa.bindparam("numbers", expanding=True)))
    .where(col(TriageLease.person_id) != sa.bindparam("person"))
    .where(_is_between(sa.bindparam("begun", type_=UTCDateTime()), sa.bindparam("latest", type_=UTCDateTime())))
)
