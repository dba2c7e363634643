"""A claimed row becomes a letter: what speaks against it is looked at, and what it says is frozen.

Once frozen, a copy is the same to the byte, unless a try is certain to have delivered nothing: then it is written anew.
"""

import logging

from sqlmodel import Session

from tracker import clock
from tracker.mail import outbox
from tracker.mail.delivery_office import Dropped, Office
from tracker.mail.mails_ahead import MailsAhead, finished
from tracker.mail.message_bytes import BadAddressError, Letter, ascii_address
from tracker.mail.models import MailKind, MailState, Outgoing, Suppression
from tracker.mail.outbox import MailClaim
from tracker.people.models import Person
from tracker.people.sign_in_rules import INVITATION_LINK, MAILED_LINK

log = logging.getLogger("tracker.mail")


def letter_of(session: Session, row: Outgoing, office: Office, ahead: MailsAhead) -> Letter | None:
    """Return the message, frozen; None, and the row is ended, where nothing may go or there is nothing to say."""
    objection = objection_to(session, row)
    if objection is None and row.message is not None:
        objection = office.writer(row.kind).objection(session, row)
        if objection is not None and not row.ambiguous:
            # Nobody has it yet: it is written anew, without what its reader may no longer see.
            outbox.thaw(row)
            objection = None
    if objection is not None:
        outbox.end(row, MailState.CANCELLED, objection)
        return None
    if row.message is None and not _freeze(session, row, office, ahead):
        return None
    return Letter(row.message_id, ascii_address(row.to_addr), row.message or b"")


def objection_to(session: Session, row: Outgoing) -> str | None:
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
        outbox.thaw(row)
    if session.get(Suppression, row.to_addr) is not None:
        return "the address was refused before"
    if row.kind is MailKind.SIGN_IN and clock.now(session) - row.created_at > MAILED_LINK:
        return "the link is too old to be of use"
    if row.is_invitation and clock.now(session) - row.created_at > INVITATION_LINK:
        return "the link is too old to be of use"
    return None


def _freeze(session: Session, row: Outgoing, office: Office, ahead: MailsAhead) -> bool:
    """Write the mail with what is true now; False if there is none to send."""
    prepared = ahead.take(session, row)
    if prepared is None:
        prepared = finished(row, office.writer(row.kind).write(session, row), office, outbox.database_now(session))
    if isinstance(prepared.written, Dropped):
        outbox.end(row, prepared.written.state, prepared.written.why)
        return False
    prepared.written.keep(session)
    row.subject = prepared.written.email.subject
    row.frozen_at = prepared.at
    row.message = prepared.message
    return True


def set_aside(office: Office, claim: MailClaim, error: Exception) -> None:
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
