"""Mails written ahead of their turn, many at once, while nobody has to wait for the database.

Whatever has changed since, they are not used: every change leaves a line of history. So what leaves is as true as if
it had been written the moment before.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.db import is_busy
from tracker.history import Event
from tracker.mail import outbox
from tracker.mail.delivery_office import Dropped, Office, Written
from tracker.mail.message_bytes import BadAddressError, build
from tracker.mail.models import Outgoing

log = logging.getLogger("tracker.mail")
#: written at once; with a slow relay fewer, for they would be too old when their turn comes
MOST_AHEAD = 64
FIRST_AHEAD = 16


@dataclass(frozen=True)
class PreparedMail:
    """A mail that is written and not sent yet; without a message where there is nothing to say."""

    to: str
    written: Written | Dropped
    message: bytes | None
    at: datetime


def finished(row: Outgoing, written: Written | Dropped, office: Office, now: datetime) -> PreparedMail:
    """Return what was written, as the bytes that go out; raises BadAddressError for an invalid address."""
    if isinstance(written, Dropped):
        return PreparedMail(row.to_addr, written, None, now)
    message = build(written.email, office.letterhead, message_id=row.message_id, date=now)
    return PreparedMail(row.to_addr, written, message, now)


class MailsAhead:
    """The next mails of an outbox, as far as their writers write many at once."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._ready: dict[int, PreparedMail] = {}
        self._history = 0
        self._written_at = 0.0
        self._most = FIRST_AHEAD // 2
        self._is_in_use = False

    def take(self, session: Session, row: Outgoing) -> PreparedMail | None:
        """Return the mail if it was written ahead and still holds; None if it has to be written now."""
        if not self._ready:
            return None
        is_old = time.monotonic() - self._written_at > self.office.durations.ahead.total_seconds()
        if is_old or _last_event(session) != self._history:
            self._most = max(1, self._most // 2)
            self._ready.clear()
        prepared = self._ready.pop(row.id, None)
        if prepared is not None and prepared.to == row.to_addr:
            return prepared
        return None

    def has(self, row_id: int) -> bool:
        """Tell whether that mail is written already."""
        return row_id in self._ready

    def forget(self) -> bool:
        """Drop what is written; tell whether there was anything, or the last of it was taken."""
        was_used = self._is_in_use
        self._is_in_use = False
        self._ready.clear()
        return was_used

    def write_from(self, row_id: int) -> None:
        """Write that mail, which is claimed, and those whose turn is next; what cannot be written is left out."""
        if self.has(row_id):
            return
        if not self._ready:
            self._most = min(MOST_AHEAD, 2 * self._most)
        self._ready.clear()
        with self.office.sessions.reader() as session:
            self._history = _last_event(session)
            self._written_at = time.monotonic()
            rows = self._rows(session, row_id)
            for kind in {row.kind for row in rows}:
                self._write(session, [row for row in rows if row.kind is kind])

    def _rows(self, session: Session, row_id: int) -> Sequence[Outgoing]:
        if self.office.writer(session.get_one(Outgoing, row_id).kind).write_all is None:
            return []
        kinds = [kind for kind in self.office.writers if self.office.writer(kind).write_all]
        now = outbox.database_now(session)
        upcoming = (
            select(Outgoing)
            .where(outbox.is_due(now, self.office.durations), col(Outgoing.kind).in_(kinds))
            .where(col(Outgoing.message).is_(None))
            .order_by(*outbox.TURN)
            .limit(self._most - 1)
        )
        return [session.get_one(Outgoing, row_id), *session.exec(upcoming)]

    def _write(self, session: Session, rows: Sequence[Outgoing]) -> None:
        write_all = self.office.writer(rows[0].kind).write_all
        if write_all is None:
            return
        try:
            written = write_all(session, rows)
        except Exception as error:
            if is_busy(error):
                raise
            # One at a time, those that can be written are.
            log.exception("%d mails could not be written at once", len(rows))
            # Else the one at fault would cost all of a large batch until its turn has come.
            self._most = 1
            return
        now = outbox.database_now(session)
        for row in rows:
            if row.id in written:
                try:
                    self._ready[row.id] = finished(row, written[row.id], self.office, now)
                    self._is_in_use = True
                except BadAddressError:
                    continue
                except Exception:
                    # Whose turn it is may be another's; when it is this one's, it is written alone.
                    log.exception("mail %s could not be written ahead", row.id)


def _last_event(session: Session) -> int:
    last: int | None = session.exec(select(sa.func.max(col(Event.id)))).one()
    if last is None:
        return 0
    return last
