"""From the outbox to the relay: claim, write, ask, hand over, record.

What must not be lost together is committed apart: a claim before anything is sent, and the mark that the relay may have
the message before the message. The record of one mail's end and the claim of the next share a commit. Like views and
jobs it commits by itself, so that a machine that dies between any two steps leaves a row that says how far it came
(docs/mail.md).
"""

import logging
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from tracker import clock
from tracker.db import is_busy
from tracker.mail import outbox, relay_state
from tracker.mail.delivery_office import Office
from tracker.mail.delivery_outcome import DeliveryFate, DeliveryOutcome, is_too_much_refused, suppresses
from tracker.mail.mail_writing import letter_of, set_aside
from tracker.mail.mails_ahead import MailsAhead
from tracker.mail.message_bytes import Letter
from tracker.mail.models import MailKind, MailState, Outgoing, Suppression
from tracker.mail.outbox import MailClaim

log = logging.getLogger("tracker.mail")
#: how a try must have ended to show that the relay works
ANSWERED = frozenset(
    {DeliveryFate.SENT, DeliveryFate.POSTPONED, DeliveryFate.ADDRESS_REFUSED, DeliveryFate.CONTENT_REFUSED}
)
#: nothing was delivered, and another try follows
CERTAIN = frozenset({DeliveryFate.POSTPONED, DeliveryFate.BROKEN_OFF, DeliveryFate.RELAY_FAILED})
BUSY = "others held the database for too long"


def deliver(office: Office, *, predecessor_is_dead: bool = False) -> Counter[DeliveryFate]:
    """Send what is due, one mail after the other, until none is left or the relay fails; count how the tries ended."""
    tally: Counter[DeliveryFate] = Counter()
    with office.sessions.writing() as session:
        if not office.post.keeps_letters:
            relay_state.first_seen(session, now=clock.now(session))
        outbox.recover(session, office.durations, predecessor_is_dead=predecessor_is_dead)
    try:
        _deliver_all(office, tally)
    except SQLAlchemyError as error:
        if not is_busy(error):
            raise
        log.warning("mail: %s; it goes on at the next pass", BUSY)
    finally:
        office.post.close()
    _report(tally)
    return tally


@dataclass(frozen=True)
class _Turn:
    """A claimed row, with its letter if it could be written in the same commit."""

    claim: MailClaim
    letter: Letter | None = None


@dataclass(frozen=True)
class _Ended:
    """How the try of a claimed row ended."""

    claim: MailClaim
    outcome: DeliveryOutcome


def _deliver_all(office: Office, tally: Counter[DeliveryFate]) -> None:
    ahead = MailsAhead(office)
    ended: _Ended | None = None
    while turn := _advance(office, ahead, ended):
        ended = None
        if outcome := _attempt(office, ahead, turn):
            ended = _Ended(turn.claim, outcome)
            tally[outcome.fate] += 1


def _advance(office: Office, ahead: MailsAhead, ended: _Ended | None) -> _Turn | None:
    """Record how the last try ended and claim the next row, in one commit; None if no more is to be sent now.

    It tries until the lease is over while others hold the database: an answer that is not recorded makes a second copy.
    """
    deadline = time.monotonic() + office.durations.lease.total_seconds()
    goes_on = office.goes_on()
    while True:
        try:
            with office.sessions.writing() as session:
                if ended is not None:
                    _write_down(session, office, ended)
                    outbox.give_way(session, session.get_one(Outgoing, ended.claim.id))
                if goes_on:
                    return _next(session, office, ahead)
                return None
        except SQLAlchemyError as error:
            if not is_busy(error) or ended is None or time.monotonic() > deadline:
                raise
            log.warning("mail %s: %s; %s is noted as soon as it is free", ended.claim.id, BUSY, ended.outcome.fate)
        except Exception:
            # What was written ahead may be at fault, and must not keep the last mail's end from being recorded.
            if not ahead.forget():
                raise
            log.exception("mails written ahead could not be used")


def _next(session: Session, office: Office, ahead: MailsAhead) -> _Turn | None:
    """Claim the next row and write it, if that is done ahead: else it would keep the database from others."""
    row = relay_state.the_relay(session)
    if not relay_state.may_be_tried(row, office.durations, outbox.database_now(session)):
        return None
    # A folder needs no hold: nobody gets the mail.
    kinds = tuple(MailKind)
    if not office.post.keeps_letters:
        kinds = relay_state.kinds_that_may_leave(row)
    while claim := outbox.claim(session, office.durations, kinds):
        if not ahead.has(claim.id):
            return _Turn(claim)
        mail = session.get_one(Outgoing, claim.id)
        if letter := letter_of(session, mail, office, ahead):
            return _Turn(claim, letter)
    return None


def _attempt(office: Office, ahead: MailsAhead, turn: _Turn) -> DeliveryOutcome | None:
    """Write the message and hand it over; None if there is none to send. A fault in one never stops the next."""
    letter = turn.letter
    if letter is None:
        try:
            letter = _write(office, ahead, turn.claim)
        except Exception as error:
            if is_busy(error):
                return DeliveryOutcome(DeliveryFate.LEASE_LOST, text=BUSY)
            log.exception("mail %s could not be written", turn.claim.id)
            set_aside(office, turn.claim, error)
    if letter:
        return office.post.hand_over(letter, lambda: _may_go(office, turn.claim))
    return None


def _write(office: Office, ahead: MailsAhead, claim: MailClaim) -> Letter | None:
    ahead.write_from(claim.id)
    with office.sessions.writing() as session:
        row = outbox.leased(session, claim)
        if row is not None:
            return letter_of(session, row, office, ahead)
    return None


def _may_go(office: Office, claim: MailClaim) -> bool:
    """Record that the relay may have the mail from now on; what cannot be recorded is not sent."""
    try:
        with office.sessions.writing() as session:
            return outbox.into_data(session, claim, office.durations)
    except SQLAlchemyError as error:
        if not is_busy(error):
            raise
        log.warning("mail %s: %s, so it was not sent", claim.id, BUSY)
        return False


def _write_down(session: Session, office: Office, ended: _Ended) -> None:
    """Record how a try ended."""
    claim, outcome = ended.claim, ended.outcome
    states = [MailState.SENDING]
    if outcome.fate is DeliveryFate.SENT:
        # Another process may have queued it again meanwhile; it was sent all the same.
        states.append(MailState.QUEUED)
    row = outbox.leased(session, claim, *states)
    if row is None:
        log.error("mail %s: lease lost, outcome %s not noted", claim.id, outcome.fate)
        return
    now = outbox.database_now(session)
    if outcome.fate is DeliveryFate.LEASE_LOST:
        outbox.back(row, now, outcome.text or "its lease was over before it was sent", counts=False)
        return
    row.last_code = outcome.code
    row.last_text = outcome.text
    if outcome.fate in CERTAIN:
        # The next try, hours later perhaps, says what is true then.
        outbox.thaw(row)
    the_relay = relay_state.the_relay(session)
    if outcome.fate is DeliveryFate.RELAY_FAILED:
        relay_state.failed(the_relay, outcome, office.durations, now)
        outbox.back(row, now, outcome.text, counts=False)
        return
    if outcome.fate in ANSWERED:
        relay_state.works(the_relay)
    _note(session, row, outcome, office, now)


def _note(session: Session, row: Outgoing, outcome: DeliveryOutcome, office: Office, now: datetime) -> None:
    match outcome.fate:
        case DeliveryFate.SENT:
            _sent(row, now, keeps_letters=office.post.keeps_letters)
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


def _sent(row: Outgoing, now: datetime, *, keeps_letters: bool) -> None:
    outbox.end(row, MailState.SENT)
    row.sent_at = now
    row.phase = outbox.IN_DATA
    if row.kind is not MailKind.DIGEST and not keeps_letters:
        # Links that act for their reader, and what others wrote, are kept nowhere but in the mailbox.
        row.text = None
        row.html = None
        row.message = None


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
        session.add(Suppression(to_addr=row.to_addr, code=outcome.code or 0, text=outcome.text, since=now))


def _report(tally: Counter[DeliveryFate]) -> None:
    """Speak up if the relay refuses what we write: its content or our reputation is the matter."""
    tried = tally.total()
    if is_too_much_refused(tally[DeliveryFate.CONTENT_REFUSED], tried):
        log.error("the relay refused the content of %d of %d mails", tally[DeliveryFate.CONTENT_REFUSED], tried)
