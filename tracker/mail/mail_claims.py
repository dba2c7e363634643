"""The steps of a claimed mail: taken by one process for a while, offered to the relay, and sent or given back.

delivery.py calls them and commits between them (see docs/mail.md).
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.db import UTCDateTime
from tracker.mail import outbox
from tracker.mail.delivery_times import Durations
from tracker.mail.models import MailKind, MailState, Outgoing


@dataclass(frozen=True)
class MailClaim:
    """A row that one process has taken for a while; the token proves it."""

    id: int
    token: str


#: whose turn is first
TURN = (col(Outgoing.next_at), col(Outgoing.id))


def is_due(now: datetime, durations: Durations) -> sa.ColumnElement[bool]:
    """Return the condition that a row waits and its turn has come."""
    # A wait that no rule gives means that the clock was set back: the row is due.
    is_too_far = col(Outgoing.next_at) > now + 2 * durations.longest_wait
    return sa.and_(col(Outgoing.state) == MailState.QUEUED, sa.or_(col(Outgoing.next_at) <= now, is_too_far))


def claim(
    session: Session, durations: Durations, kinds: Iterable[MailKind] = tuple(MailKind), most: int = 1
) -> list[MailClaim]:
    """Claim up to so many rows, those first that have been due for longest; none if nothing is due."""
    now = outbox.database_now(session)
    due = (
        select(Outgoing.id)
        .where(is_due(now, durations), col(Outgoing.kind).in_(kinds))
        .order_by(*TURN)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    ids = session.exec(due).all()
    token = secrets.token_hex(16)
    lease = {"state": MailState.SENDING, "lease_token": token, "lease_until": now + durations.lease}
    taken = sa.update(Outgoing).where(col(Outgoing.id).in_(ids))
    if ids:
        session.connection().execute(taken.values(**lease, attempts=col(Outgoing.attempts) + 1, phase=None))
    return [MailClaim(number, token) for number in ids]


def leased(session: Session, claim: MailClaim, *states: MailState) -> Outgoing | None:
    """Return the claimed row, locked, if it is still ours and in one of these states (by default: sending)."""
    return session.exec(
        select(Outgoing)
        .where(
            col(Outgoing.id) == claim.id,
            col(Outgoing.lease_token) == claim.token,
            col(Outgoing.state).in_(states or (MailState.SENDING,)),
        )
        .with_for_update()
    ).one_or_none()


def leased_of(session: Session, claims: Sequence[MailClaim]) -> Sequence[Outgoing]:
    """Return those of the claimed rows, locked, that are still ours and being sent."""
    ours = (
        select(Outgoing)
        .where(col(Outgoing.id).in_([claim.id for claim in claims]))
        .where(col(Outgoing.lease_token).in_({claim.token for claim in claims}))
        .where(col(Outgoing.state) == MailState.SENDING)
    )
    return session.exec(ours.order_by(col(Outgoing.id)).with_for_update()).all()


def into_data(session: Session, claim: MailClaim, durations: Durations) -> bool:
    """Record that the relay may have the message from now on; False if the lease is over or another has the row.

    The lease begins again, so that all of it is left for the relay's answer, however long the database kept us waiting.
    """
    lease = session.connection().execute(_LEASE, _keys(claim)).first()
    # Not before: the row may have been somebody else's until now.
    now = outbox.database_now(session)
    if lease is None or lease.lease_until is None or lease.lease_until <= now:
        return False
    session.connection().execute(_INTO_DATA, {**_keys(claim), "until": now + durations.lease})
    return True


def sent(session: Session, claim: MailClaim, code: int | None, text: str, *, keeps_letters: bool) -> bool:
    """Record that the relay has taken the message; False if another process has the row."""
    values = {**_keys(claim), "code": code, "words": text, "now": outbox.database_now(session)}
    statements = _SENT
    if keeps_letters:
        statements = _SENT_TO_FOLDER
    return any(session.connection().execute(statement, values).rowcount for statement in statements)


def _keys(claim: MailClaim) -> dict[str, int | str]:
    return {"row": claim.id, "token": claim.token}


# Made once: for each mail, building them takes longer than what they do.
_IS_CLAIMED = sa.and_(col(Outgoing.id) == sa.bindparam("row"), col(Outgoing.lease_token) == sa.bindparam("token"))
_IS_SENDING = sa.and_(_IS_CLAIMED, col(Outgoing.state) == MailState.SENDING)
_LEASE = sa.select(col(Outgoing.lease_until)).where(_IS_SENDING).with_for_update()
_UNTIL = sa.bindparam("until", type_=UTCDateTime())
_INTO_DATA = sa.update(Outgoing).where(_IS_SENDING).values(phase=outbox.IN_DATA, lease_until=_UNTIL)
#: another process may have queued it again meanwhile; it was sent all the same
_WAS_OURS = sa.and_(_IS_CLAIMED, col(Outgoing.state).in_((MailState.SENDING, MailState.QUEUED)))
_HAS_LEFT: dict[str, Any] = {
    "state": MailState.SENT,
    "phase": outbox.IN_DATA,
    "lease_until": None,
    "last_code": sa.bindparam("code", type_=sa.Integer),
    "last_text": sa.bindparam("words", type_=sa.String),
    "sent_at": sa.bindparam("now", type_=UTCDateTime()),
}
_SENT_TO_FOLDER: tuple[sa.Update, ...] = (sa.update(Outgoing).where(_WAS_OURS).values(**_HAS_LEFT),)
#: of mails but digests, links that act for their reader, and what others wrote, are kept nowhere but in the mailbox
_SENT: tuple[sa.Update, ...] = (
    sa.update(Outgoing).where(_WAS_OURS, col(Outgoing.kind) == MailKind.DIGEST).values(**_HAS_LEFT),
    sa.update(Outgoing)
    .where(_WAS_OURS, col(Outgoing.kind) != MailKind.DIGEST)
    .values(**_HAS_LEFT, text=None, html=None, message=None),
)


def give_back(session: Session, claims: Iterable[MailClaim], why: str) -> None:
    """Queue claimed rows again that nobody was offered, in the turn that they had."""
    for claimed in claims:
        row = leased(session, claimed)
        if row is not None:
            outbox.back(row, row.next_at, why, counts=False)
            outbox.give_way(session, row)
