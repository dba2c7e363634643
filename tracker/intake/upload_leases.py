"""Which process reads which upload: one at a time, for as long as its lease lasts by the database's clock."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.intake.models import Upload, UploadState, UploadStep
from tracker.mail.outbox import database_now

#: longer than a file may be read (sandbox.WALL) and stored; whoever is gone for so long is dead
LEASE = timedelta(seconds=90)


@dataclass(frozen=True)
class UploadClaim:
    """An upload that one process reads; the token proves it."""

    id: int
    token: str
    #: how often it has been begun, this time included
    tries: int


def claim(session: Session) -> UploadClaim | None:
    """Take the upload that has waited longest, or one whose reader is gone; None if there is none."""
    now = database_now(session)
    due = (
        select(Upload.id)
        .where(sa.or_(col(Upload.state) == UploadState.WAITING, _is_left(now)))
        .order_by(col(Upload.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    # A reader whose lease is over may still come back: without the token it can no longer write.
    token = secrets.token_hex(16)
    lease = {"state": UploadState.READING, "step": UploadStep.FILE, "lease_token": token, "lease_until": now + LEASE}
    taken = sa.update(Upload).where(col(Upload.id) == due.scalar_subquery())
    begun = {"started_at": now, "ended_at": None, "tries": col(Upload.tries) + 1}
    row = session.exec(taken.values(**lease, **begun).returning(col(Upload.id), col(Upload.tries))).first()
    if row:
        return UploadClaim(row[0], token, row[1])
    return None


def leased(session: Session, claim: UploadClaim) -> Upload | None:
    """Return the claimed upload, locked, if it is still ours."""
    return session.exec(
        select(Upload)
        .where(col(Upload.id) == claim.id, col(Upload.lease_token) == claim.token)
        .where(col(Upload.state) == UploadState.READING)
        .with_for_update()
    ).one_or_none()


def note_step(session: Session, claim: UploadClaim, step: UploadStep) -> None:
    """Note how far it is, which makes the lease last from now on; nothing where it is not ours any more."""
    upload = leased(session, claim)
    if upload is not None:
        upload.step = step
        upload.lease_until = database_now(session) + LEASE
        session.add(upload)


def is_any_due(session: Session) -> bool:
    """Tell whether an upload waits or was left; nothing is due as long as somebody reads one."""
    now = database_now(session)
    is_read = sa.and_(col(Upload.state) == UploadState.READING, sa.not_(_is_left(now)))
    if session.exec(select(Upload.id).where(is_read).limit(1)).first() is not None:
        return False
    due = sa.or_(col(Upload.state) == UploadState.WAITING, _is_left(now))
    return session.exec(select(Upload.id).where(due).limit(1)).first() is not None


def _is_left(now: datetime) -> sa.ColumnElement[bool]:
    """Return the condition that the lease is over; or it ends later than any can, because the clock stepped back."""
    until = col(Upload.lease_until)
    is_over = sa.or_(until < now, until > now + 2 * LEASE)
    return sa.and_(col(Upload.state) == UploadState.READING, is_over)
