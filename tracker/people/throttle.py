"""How often one may try: counted by account and by network, in the database, so that all processes count together.

A try is counted before it is made, and forgiven if it was right: otherwise tries at the same time would slip through.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, delete, func, select

from tracker.errors import Refused
from tracker.people import signing
from tracker.people.models import Attempt

WINDOW = timedelta(minutes=10)
PER_ACCOUNT = 10
PER_NETWORK = 100


class TooMany(Refused):
    """One try too many; `seconds` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__("Too many tries: wait %(seconds)s seconds.", seconds=seconds)
        self.seconds = seconds


def account_key(purpose: str, email: str) -> str:
    """Return the key of an account, known or not; the typed address itself is not kept."""
    return f"{purpose}:{hashlib.sha256(email.strip().lower().encode()).hexdigest()[:32]}"


def network_key(address: str | None) -> str:
    """Return the key of the network that a try comes from."""
    return f"network:{signing.network_of(address)}"


def count_try(session: Session, account: str, network: str, *, now: datetime) -> list[Attempt]:
    """Count a try of that account from that network, or raise TooMany; the caller commits before trying."""
    for key in (account, network):
        _lock(session, key)
        session.exec(delete(Attempt).where(col(Attempt.key) == key, col(Attempt.at) <= now - WINDOW))
    _refuse_beyond(session, account, PER_ACCOUNT, now)
    _refuse_beyond(session, network, PER_NETWORK, now)
    tries = [Attempt(key=account, at=now), Attempt(key=network, at=now)]
    session.add_all(tries)
    session.flush()
    return tries


def forgive(session: Session, tries: Sequence[int]) -> None:
    """Take back what was counted: the try was right."""
    session.exec(delete(Attempt).where(col(Attempt.id).in_(tries)))


def _lock(session: Session, key: str) -> None:
    """Let one process at a time count a key; on SQLite there is only one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], signed=True)
        session.execute(sa.select(func.pg_advisory_xact_lock(number)))


def _refuse_beyond(session: Session, key: str, limit: int, now: datetime) -> None:
    count, oldest = session.exec(select(func.count(), func.min(col(Attempt.at))).where(col(Attempt.key) == key)).one()
    if count >= limit:
        raise TooMany(max(1, int((oldest + WINDOW - now).total_seconds())))
