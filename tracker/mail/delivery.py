"""From the outbox to the relay: claim, write, ask, hand over, record.

What must not be lost together is committed apart: a claim and the written bytes before anything is sent, and the mark
that the relay may have the message before the message. Like views and jobs it commits by itself, so that a machine that
dies between any two steps leaves a row that says how far it came (docs/mail.md).
"""

import logging
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from tracker import clock
from tracker.db import insert_missing, is_busy
from tracker.mail import mail_claims, outbox, relay_state
from tracker.mail.delivery_office import Office
from tracker.mail.delivery_outcome import DeliveryFate, DeliveryOutcome, is_too_much_refused, suppresses
from tracker.mail.mail_batches import BatchWriter, MailBatch, MailTurn
from tracker.mail.mail_claims import MailClaim
from tracker.mail.mail_writing import letter_of, set_aside
from tracker.mail.message_bytes import Letter
from tracker.mail.models import MailKind, MailState, Outgoing, Suppression

log = logging.getLogger("tracker.mail")
#: how a try must have ended to show that the relay works
ANSWERED = frozenset(
    {DeliveryFate.SENT, DeliveryFate.POSTPONED, DeliveryFate.ADDRESS_REFUSED, DeliveryFate.CONTENT_REFUSED}
)
#: nothing was delivered, and another try follows
CERTAIN = frozenset({DeliveryFate.POSTPONED, DeliveryFate.BROKEN_OFF, DeliveryFate.RELAY_FAILED})
#: what speaks against offering the rest of a batch
LEAVES_BATCH = frozenset({DeliveryFate.RELAY_FAILED, DeliveryFate.LEASE_LOST})
BUSY = "others held the database for too long"


def deliver(office: Office, *, predecessor_is_dead: bool = False) -> Counter[DeliveryFate]:
    """Send what is due, one mail after the other, until none is left or the relay fails; count how the tries ended."""
    with office.sessions.writing() as session:
        if not office.post.keeps_letters:
            relay_state.first_seen(session, now=clock.now(session))
        outbox.recover(session, office.durations, predecessor_is_dead=predecessor_is_dead)
    round_of_mails = DeliveryRound(office)
    try:
        round_of_mails.run()
    except SQLAlchemyError as error:
        if not is_busy(error):
            raise
        log.warning("mail: %s; it goes on at the next pass", BUSY)
    finally:
        office.post.close()
    _report(round_of_mails.tally)
    return round_of_mails.tally


def _speaks_against_rest(outcome: DeliveryOutcome, turn: MailTurn, batch: MailBatch) -> bool:
    """Tell whether the batch must be written anew, or left alone, after what became of that mail."""
    if outcome.fate is not DeliveryFate.ADDRESS_REFUSED or turn.letter is None:
        return outcome.fate in LEAVES_BATCH
    # Nothing more may go to that address, perhaps.
    return any(other.letter is not None and other.letter.to == turn.letter.to for other in batch.turns)


@dataclass(frozen=True)
class _Ended:
    """How the try of a claimed row ended."""

    claim: MailClaim
    outcome: DeliveryOutcome


class DeliveryRound:
    """Sends what is due, batch after batch, over one connection.

    The end of one mail's try is recorded in the commit that marks the next one as handed over, where a quick relay lets
    that come at once; else in a commit of its own. So there is never more than one mail of which nobody knows.
    """

    def __init__(self, office: Office) -> None:
        self.office = office
        self.writer = BatchWriter(office)
        self.tally: Counter[DeliveryFate] = Counter()
        #: ends of tries that are not recorded yet
        self.ended: list[_Ended] = []
        #: no failure of the relay is recorded, so that its next answer forgives none
        self.relay_is_well = False
        self.is_stopping = False

    def run(self) -> None:
        """Send until nothing is due, the relay fails, or this process has to stop."""
        try:
            while claims := self._record(goes_on=self._goes_on()):
                self._send_all(self.writer.write(claims))
        finally:
            if self.ended:
                self._record()

    def _goes_on(self) -> bool:
        """Tell whether this process may send another mail; once told to stop, it asks no more."""
        self.is_stopping = self.is_stopping or not self.office.goes_on()
        return not self.is_stopping

    def _send_all(self, batch: MailBatch) -> None:
        try:
            self._send(batch)
        finally:
            if batch.turns:
                self._give_back(batch)

    def _send(self, batch: MailBatch) -> None:
        is_first = True
        while batch.turns:
            # The first was written a moment ago; so each batch sends one at least, however much changes.
            if not is_first and not (self._goes_on() and self.writer.still_holds(batch)):
                return
            is_first = False
            turn = batch.turns.popleft()
            outcome = self._try(turn)
            if outcome is not None and _speaks_against_rest(outcome, turn, batch):
                return
        self.writer.grow()

    def _give_back(self, batch: MailBatch) -> None:
        """Let what is left be claimed anew; where others hold the database, its lease ends by itself."""
        try:
            with self.office.sessions.writing() as session:
                batch.give_back(session)
        except SQLAlchemyError as error:
            if not is_busy(error):
                raise
            log.warning("%d mails: %s, so they wait until their lease is over", len(batch.turns), BUSY)

    def _record(self, *, goes_on: bool = False) -> list[MailClaim]:
        """Record how tries ended and claim the next rows, in one commit; none if no more are to be sent now.

        It tries until the lease is over while others hold the database: an answer that is not recorded makes a copy.
        """
        deadline = time.monotonic() + self.office.durations.lease.total_seconds()
        while True:
            try:
                claims = []
                with self.office.sessions.writing() as session:
                    self._write_down(session)
                    if goes_on:
                        claims = self._claim(session)
                self.ended.clear()
                return claims
            except SQLAlchemyError as error:
                if not is_busy(error) or not self.ended or time.monotonic() > deadline:
                    raise
                log.warning("mail %s: %s; its end is noted as soon as it is free", self.ended[0].claim.id, BUSY)

    def _claim(self, session: Session) -> list[MailClaim]:
        row = relay_state.the_relay(session)
        if not relay_state.may_be_tried(row, self.office.durations, outbox.database_now(session)):
            return []
        self.relay_is_well = row.failures == 0
        # A folder needs no hold: nobody gets the mail.
        kinds = tuple(MailKind)
        if not self.office.post.keeps_letters:
            kinds = relay_state.kinds_that_may_leave(row)
        return mail_claims.claim(session, self.office.durations, kinds, self.writer.most)

    def _try(self, turn: MailTurn) -> DeliveryOutcome | None:
        """Hand one mail over and return how that ended; None if there is none to send."""
        letter = turn.letter
        if letter is None:
            letter = self._write(turn.claim)
        if letter is None:
            return None
        outcome = self.office.post.hand_over(letter, lambda: self._may_go(turn.claim))
        self.tally[outcome.fate] += 1
        self.ended.append(_Ended(turn.claim, outcome))
        if outcome.fate is not DeliveryFate.SENT or not self.office.post.is_quick:
            self._record()
        return outcome

    def _write(self, claim: MailClaim) -> Letter | None:
        """Write a mail that was not written ahead; a fault in one never stops the next."""
        if self.ended:
            self._record()
        try:
            with self.office.sessions.writing() as session:
                row = mail_claims.leased(session, claim)
                if row is None:
                    return None
                return letter_of(session, row, self.office)
        except Exception as error:
            if is_busy(error):
                raise
            log.exception("mail %s could not be written", claim.id)
            set_aside(self.office, claim, error)
            return None

    def _may_go(self, claim: MailClaim) -> bool:
        """Record that the relay may have the mail from now on, and how the one before ended.

        What cannot be recorded is not sent.
        """
        try:
            with self.office.sessions.writing() as session:
                self._write_down(session)
                is_ours = mail_claims.into_data(session, claim, self.office.durations)
        except SQLAlchemyError as error:
            if not is_busy(error):
                raise
            log.warning("mail %s: %s, so it was not sent", claim.id, BUSY)
            return False
        self.ended.clear()
        return is_ours

    def _write_down(self, session: Session) -> None:
        if not self.relay_is_well and any(ended.outcome.fate in ANSWERED for ended in self.ended):
            relay_state.works(relay_state.the_relay(session))
        for ended in self.ended:
            _write_down(session, self.office, ended)


def _write_down(session: Session, office: Office, ended: _Ended) -> None:
    """Record how a try ended."""
    claim, outcome = ended.claim, ended.outcome
    if outcome.fate is DeliveryFate.SENT:
        is_ours = mail_claims.sent(session, claim, outcome.code, outcome.text, keeps_letters=office.post.keeps_letters)
    else:
        row = mail_claims.leased(session, claim)
        is_ours = row is not None
        if row is not None:
            _write_down_failure(session, office, row, outcome)
            outbox.give_way(session, row)
    if not is_ours:
        log.error("mail %s: lease lost, outcome %s not noted", claim.id, outcome.fate)


def _write_down_failure(session: Session, office: Office, row: Outgoing, outcome: DeliveryOutcome) -> None:
    now = outbox.database_now(session)
    if outcome.fate is DeliveryFate.LEASE_LOST:
        outbox.back(row, now, outcome.text or "its lease was over before it was sent", counts=False)
        return
    row.last_code = outcome.code
    row.last_text = outcome.text
    if outcome.fate in CERTAIN:
        # The next try, hours later perhaps, says what is true then.
        outbox.thaw(row)
    if outcome.fate is DeliveryFate.RELAY_FAILED:
        relay_state.failed(relay_state.the_relay(session), outcome, office.durations, now)
        outbox.back(row, now, outcome.text, counts=False)
        return
    _note(session, row, outcome, office, now)


def _note(session: Session, row: Outgoing, outcome: DeliveryOutcome, office: Office, now: datetime) -> None:
    match outcome.fate:
        case DeliveryFate.BROKEN_OFF if row.attempts == 1:
            outbox.back(row, now, outcome.text)
        case DeliveryFate.POSTPONED | DeliveryFate.BROKEN_OFF:
            outbox.postpone(row, outcome.text, office.durations, now)
        case DeliveryFate.AMBIGUOUS:
            outbox.doubt(row, outcome.text, office.durations, now)
        case DeliveryFate.ADDRESS_REFUSED:
            outbox.end(row, MailState.DEAD)
            _suppress(session, row, outcome, now)
        case DeliveryFate.CONTENT_REFUSED:
            outbox.end(row, MailState.DEAD)


def _suppress(session: Session, row: Outgoing, outcome: DeliveryOutcome, now: datetime) -> None:
    """Send nothing more to an address that does not exist or was refused in three different weeks."""
    session.flush()
    refused = session.exec(
        select(Outgoing.frozen_at).where(
            col(Outgoing.to_addr) == row.to_addr,
            col(Outgoing.state) == MailState.DEAD,
            col(Outgoing.phase).is_(None),
            col(Outgoing.last_code) >= 500,
        )
    )
    weeks = {moment.isocalendar()[:2] for moment in refused if moment}
    if suppresses(outcome.text, len(weeks)):
        values = {"to_addr": row.to_addr, "code": outcome.code or 0, "text": outcome.text, "since": now}
        insert_missing(session, Suppression, [values], col(Suppression.to_addr))


def _report(tally: Counter[DeliveryFate]) -> None:
    """Speak up if the relay refuses what we write: its content or our reputation is the matter."""
    tried = tally.total()
    if is_too_much_refused(tally[DeliveryFate.CONTENT_REFUSED], tried):
        log.error("the relay refused the content of %d of %d mails", tally[DeliveryFate.CONTENT_REFUSED], tried)
