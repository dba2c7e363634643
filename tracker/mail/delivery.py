"""From the outbox to the relay: claim, write, ask, hand over, record; with a commit between all of them.

Like views and jobs it commits by itself, so that a machine that dies between any two steps leaves a row that says how
far it came (docs/mail.md).
"""

import logging
import time
from collections import Counter
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from tracker import clock
from tracker.db import is_busy
from tracker.mail import outbox, relay_state
from tracker.mail.delivery_office import Dropped, Office
from tracker.mail.delivery_outcome import DeliveryFate, DeliveryOutcome, is_too_much_refused, suppresses
from tracker.mail.message_bytes import BadAddressError, Letter, ascii_address, build
from tracker.mail.models import MailKind, MailState, Outgoing, Suppression
from tracker.mail.outbox import MailClaim
from tracker.people.models import Person
from tracker.people.sign_in_rules import INVITATION_LINK, MAILED_LINK

log = logging.getLogger("tracker.mail")
#: how a try must have ended to show that the relay works
ANSWERED = frozenset(
    {DeliveryFate.SENT, DeliveryFate.POSTPONED, DeliveryFate.ADDRESS_REFUSED, DeliveryFate.CONTENT_REFUSED}
)
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


def _deliver_all(office: Office, tally: Counter[DeliveryFate]) -> None:
    while office.goes_on() and (claim := _next(office)):
        if outcome := _attempt(office, claim):
            _settle(office, claim, outcome)
            tally[outcome.fate] += 1


def _next(office: Office) -> MailClaim | None:
    with office.sessions.writing() as session:
        row = relay_state.the_relay(session)
        if not relay_state.may_be_tried(row, office.durations, outbox.database_now(session)):
            return None
        # A folder needs no hold: nobody gets the mail.
        kinds = tuple(MailKind)
        if not office.post.keeps_letters:
            kinds = relay_state.kinds_that_may_leave(row)
        return outbox.claim(session, office.durations, kinds)


def _attempt(office: Office, claim: MailClaim) -> DeliveryOutcome | None:
    """Write the message and hand it over; None if there is none to send. A fault in one never stops the next."""
    try:
        letter = _write(office, claim)
    except Exception as error:
        if is_busy(error):
            return DeliveryOutcome(DeliveryFate.LEASE_LOST, text=BUSY)
        log.exception("mail %s could not be written", claim.id)
        _set_aside(office, claim, error)
        return None
    if letter:
        return office.post.hand_over(letter, lambda: _may_go(office, claim))
    return None


def _write(office: Office, claim: MailClaim) -> Letter | None:
    """Return the message, frozen: a copy of one that may have been delivered is the same to the byte."""
    with office.sessions.writing() as session:
        row = outbox.leased(session, claim)
        if row is None:
            return None
        objection = _objection(session, row)
        if objection is None and row.ambiguous:
            objection = office.writer(row.kind).objection(session, row)
        if objection is not None:
            outbox.end(row, MailState.CANCELLED, objection)
            return None
        if not row.ambiguous and not _freeze(session, row, office):
            return None
        return Letter(row.message_id, ascii_address(row.to_addr), row.message or b"")


def _objection(session: Session, row: Outgoing) -> str | None:
    """Return why nothing may go to this person or address any more; None if it may."""
    person = None
    if row.person_id:
        person = session.get(Person, row.person_id)
    if person is not None and not (person.is_active and person.email):
        return "the person is no longer here"
    if person is not None and person.email and person.email != row.to_addr:
        if row.kind is MailKind.SIGN_IN or row.is_invitation or row.ambiguous:
            return "the person has another address now"
        row.to_addr = person.email
    if session.get(Suppression, row.to_addr) is not None:
        return "the address was refused before"
    if row.kind is MailKind.SIGN_IN and clock.now(session) - row.created_at > MAILED_LINK:
        return "the link is too old to be of use"
    if row.is_invitation and clock.now(session) - row.created_at > INVITATION_LINK:
        return "the link is too old to be of use"
    return None


def _freeze(session: Session, row: Outgoing, office: Office) -> bool:
    """Write the mail with what is true now; False if there is none to send."""
    written = office.writer(row.kind).write(session, row)
    if isinstance(written, Dropped):
        outbox.end(row, written.state, written.why)
        return False
    now = outbox.database_now(session)
    row.subject = written.email.subject
    row.frozen_at = now
    row.message = build(written.email, office.letterhead, message_id=row.message_id, date=now)
    return True


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


def _set_aside(office: Office, claim: MailClaim, error: Exception) -> None:
    """Postpone a row that could not be written; one with an invalid address is dead at once."""
    with office.sessions.writing() as session:
        row = outbox.leased(session, claim)
        if row is None:
            return
        if isinstance(error, BadAddressError):
            outbox.end(row, MailState.DEAD, str(error))
        else:
            now = outbox.database_now(session)
            outbox.postpone(row, f"could not be written: {type(error).__name__}", office.durations, now)


def _settle(office: Office, claim: MailClaim, outcome: DeliveryOutcome) -> None:
    """Record how a try ended, and try until the lease is over while others hold the database.

    An answer that is not recorded makes a second copy.
    """
    deadline = time.monotonic() + office.durations.lease.total_seconds()
    while True:
        try:
            return _write_down(office, claim, outcome)
        except SQLAlchemyError as error:
            if not is_busy(error) or time.monotonic() > deadline:
                raise
            log.warning("mail %s: %s; %s is noted as soon as it is free", claim.id, BUSY, outcome.fate)


def _write_down(office: Office, claim: MailClaim, outcome: DeliveryOutcome) -> None:
    """Record how a try ended, in one commit."""
    with office.sessions.writing() as session:
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
    if (row.kind is MailKind.SIGN_IN or row.is_invitation) and not keeps_letters:
        # A sign-in link is kept nowhere but in the mailbox.
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
