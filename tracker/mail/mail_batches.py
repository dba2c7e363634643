"""Mails claimed together and written many at once, while nobody has to wait for the database.

Once something has changed, those still left are given back and written anew: every change leaves a line of history. So
what leaves is as true as if it had been written the moment before.
"""

import logging
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.db import by_key, is_busy
from tracker.history import Event
from tracker.mail import mail_claims, outbox
from tracker.mail.delivery_office import Office
from tracker.mail.mail_claims import MailClaim
from tracker.mail.mail_writing import PreparedMail, finished, letter_of
from tracker.mail.message_bytes import BadAddressError, Letter
from tracker.mail.models import Outgoing
from tracker.people.models import Person

log = logging.getLogger("tracker.mail")
#: claimed at once; of a slow relay fewer, for they would be too old when their turn comes
MOST_AT_ONCE = 64
FIRST_AT_ONCE = 16


@dataclass(frozen=True)
class MailTurn:
    """A claimed row, with its letter if that is frozen; else it is written when its turn comes."""

    claim: MailClaim
    letter: Letter | None = None


@dataclass
class MailBatch:
    """Claimed mails, first those whose turn is first."""

    turns: deque[MailTurn] = field(default_factory=deque)
    #: the last line of history that they know of
    last_event: int = 0
    written_at: float = 0.0

    def give_back(self, session: Session) -> None:
        """Let what is left be claimed and written anew."""
        mail_claims.give_back(session, [turn.claim for turn in self.turns], "its batch was given back")


class BatchWriter:
    """Writes the mails of a batch, as far as their writers write many at once, and freezes them in one commit."""

    def __init__(self, office: Office) -> None:
        self.office = office
        #: how many to claim next
        self.most = FIRST_AT_ONCE

    def still_holds(self, batch: MailBatch) -> bool:
        """Tell whether what is left of the batch is still true; if not, the next one is smaller."""
        is_old = time.monotonic() - batch.written_at > self.office.durations.ahead.total_seconds()
        with self.office.sessions.reader() as session:
            holds = not is_old and _last_event(session) == batch.last_event
        if not holds:
            self.most = max(1, self.most // 2)
        return holds

    def grow(self) -> None:
        """Claim more the next time, since all of a batch could be sent."""
        self.most = min(MOST_AT_ONCE, 2 * self.most)

    def write(self, claims: Sequence[MailClaim]) -> MailBatch:
        """Return the claimed mails as a batch; what cannot be written now is left to its turn."""
        batch = MailBatch(written_at=time.monotonic())
        with self.office.sessions.reader() as session:
            batch.last_event = _last_event(session)
            prepared = self._prepared(session, claims)
        try:
            with self.office.sessions.writing() as session:
                self._freeze(session, batch, claims, prepared)
        except Exception as error:
            if not is_busy(error):
                # Each is written in its turn: those that can be are sent.
                log.exception("%d mails could not be frozen at once", len(prepared))
            batch.turns = deque(MailTurn(claim) for claim in claims)
        return batch

    def _prepared(self, session: Session, claims: Sequence[MailClaim]) -> dict[int, PreparedMail]:
        """Return these mails written ahead, by row; those that are left out are written one by one."""
        writers = self.office.writers
        kinds = [kind for kind in writers if self.office.writer(kind).write_all is not None]
        ids = [claim.id for claim in claims]
        unwritten = select(Outgoing).where(col(Outgoing.id).in_(ids), col(Outgoing.message).is_(None))
        rows = session.exec(unwritten.where(col(Outgoing.kind).in_(kinds)).order_by(*mail_claims.TURN)).all()
        prepared: dict[int, PreparedMail] = {}
        for kind in {row.kind for row in rows}:
            prepared |= self._written(session, [row for row in rows if row.kind is kind])
        return prepared

    def _written(self, session: Session, rows: Sequence[Outgoing]) -> dict[int, PreparedMail]:
        write_all = self.office.writer(rows[0].kind).write_all
        assert write_all is not None
        try:
            written = write_all(session, rows)
        except Exception as error:
            if is_busy(error):
                raise
            # One at a time, those that can be written are.
            log.exception("%d mails could not be written at once", len(rows))
            return {}
        now = outbox.database_now(session)
        prepared: dict[int, PreparedMail] = {}
        for row in (row for row in rows if row.id in written):
            try:
                prepared[row.id] = finished(row, written[row.id], self.office, now)
            except BadAddressError:
                continue
            except Exception:
                log.exception("mail %s could not be written ahead", row.id)
        return prepared

    def _freeze(
        self, session: Session, batch: MailBatch, claims: Sequence[MailClaim], prepared: Mapping[int, PreparedMail]
    ) -> None:
        """Freeze what was written, unless something has changed: then only the first is kept, for its turn."""
        if _last_event(session) != batch.last_event:
            batch.turns.append(MailTurn(claims[0]))
            mail_claims.give_back(session, claims[1:], "something changed while it was written")
            self.most = max(1, self.most // 2)
        else:
            batch.turns.extend(self._frozen(session, claims, prepared))
        # What the mails themselves leave in history is no news to them.
        session.flush()
        batch.last_event = _last_event(session)

    def _frozen(
        self, session: Session, claims: Sequence[MailClaim], prepared: Mapping[int, PreparedMail]
    ) -> list[MailTurn]:
        rows = {
            row.id: row for row in mail_claims.leased_of(session, [claim for claim in claims if claim.id in prepared])
        }
        # Read with one statement; a session forgets whom nobody holds, and would ask for each again.
        _people = by_key(session, Person, col(Person.id), [row.person_id for row in rows.values()])
        turns = []
        for claim in claims:
            if claim.id not in prepared:
                turns.append(MailTurn(claim))
            elif row := rows.get(claim.id):
                letter = letter_of(session, row, self.office, prepared[claim.id])
                if letter is not None:
                    turns.append(MailTurn(claim, letter))
        return turns


def _last_event(session: Session) -> int:
    last: int | None = session.connection().execute(_LAST_EVENT).scalar()
    if last is None:
        return 0
    return last


_LAST_EVENT = sa.select(sa.func.max(col(Event.id)))
