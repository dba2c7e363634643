"""What a reader may see of the outbox: the number of mails in each state, the latest, and the refused addresses."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from tracker.mail.models import MailState, Outgoing, Suppression
from tracker.people.models import Person
from tracker.people.queries import records_of, serving

Condition = sa.ColumnElement[bool]
#: on one page; older mails are found by their state
MOST_ROWS = 100
#: large, and not needed for a list
BYTES = (defer(Outgoing.message), defer(Outgoing.text), defer(Outgoing.html))  # type: ignore[arg-type]


@dataclass(frozen=True)
class MailEntry:
    """One mail of a list, and the name of its recipient."""

    mail: Outgoing
    name: str | None


def of_register(register_id: int, today: date) -> Condition:
    """Return the condition that a mail is about this register, or goes to somebody who serves in it about no other."""
    of_nobody_else = sa.and_(col(Outgoing.body_id).is_(None), col(Outgoing.person_id).in_(serving(register_id, today)))
    return sa.or_(col(Outgoing.body_id) == register_id, of_nobody_else)


def counts(session: Session, seen: Condition) -> dict[MailState, int]:
    """Return how many mails are in each state."""
    numbers = dict(session.exec(select(Outgoing.state, sa.func.count()).where(seen).group_by(Outgoing.state)).all())
    return {state: numbers.get(state, 0) for state in MailState}


def latest(session: Session, seen: Condition, state: MailState | None = None) -> list[MailEntry]:
    """Return the latest mails of that state, or of any but "empty"."""
    has_state = col(Outgoing.state) != MailState.EMPTY
    if state is not None:
        has_state = col(Outgoing.state) == state
    statement = (
        select(Outgoing, Person.name)
        .outerjoin(Person, col(Person.id) == col(Outgoing.person_id))
        .where(seen, has_state)
        .order_by(col(Outgoing.created_at).desc(), col(Outgoing.id).desc())
        .options(*BYTES)
    )
    return [MailEntry(mail, name) for mail, name in session.exec(statement.limit(MOST_ROWS))]


def find(session: Session, seen: Condition, number: int) -> Outgoing | None:
    """Return the mail with that id, locked where the transaction writes."""
    return session.exec(select(Outgoing).where(seen, col(Outgoing.id) == number).with_for_update()).one_or_none()


def named(session: Session, seen: Condition, message_ids: Collection[str]) -> dict[str, Outgoing]:
    """Return the mails with these message ids, by message id."""
    statement = select(Outgoing).where(seen, col(Outgoing.message_id).in_(message_ids)).options(*BYTES)
    return {mail.message_id: mail for mail in session.exec(statement)}


def refused(session: Session, seen: Condition) -> list[Suppression]:
    """Return the refused addresses, to which nothing is sent, the latest first."""
    written_to = select(Outgoing.to_addr).where(seen)
    statement = select(Suppression).where(col(Suppression.to_addr).in_(written_to))
    return list(session.exec(statement.order_by(col(Suppression.since).desc())))


def kept_for(session: Session, person_id: int, kind: str) -> list[Outgoing]:
    """Return the mails of a kind that were written for a person, the latest first."""
    statement = select(Outgoing).where(
        col(Outgoing.person_id).in_(records_of(person_id)),
        col(Outgoing.kind) == kind,
        col(Outgoing.message).is_not(None),
    )
    return list(session.exec(statement.order_by(col(Outgoing.period).desc()).options(*BYTES)))
