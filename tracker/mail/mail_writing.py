"""A claimed row becomes a letter: what speaks against it is looked at, and what it says is frozen.

Once frozen, a copy is the same to the byte, unless a try is certain to have delivered nothing: then it is written anew.
"""

import logging
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker import clock
from tracker.db import UTCDateTime
from tracker.mail import mail_claims, outbox
from tracker.mail.delivery_office import Dropped, Office, Written
from tracker.mail.mail_claims import MailClaim
from tracker.mail.message_bytes import BadAddressError, Letter, ascii_address, build
from tracker.mail.models import MailKind, MailState, Outgoing, Suppression
from tracker.people.models import Person, SignInLink
from tracker.people.sign_in_rules import INVITATION_LINK, MAILED_LINK

log = logging.getLogger("tracker.mail")


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


def letter_of(session: Session, row: Outgoing, office: Office, prepared: PreparedMail | None = None) -> Letter | None:
    """Return the message, frozen; None, and the row is ended, where nothing may go or there is nothing to say.

    `prepared` is what was written of it beforehand.
    """
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
    if row.message is None and not _freeze(session, row, office, prepared):
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
    if session.connection().execute(_REFUSED, {"address": row.to_addr}).first() is not None:
        return "the address was refused before"
    if _is_link_over(session, row):
        return "the link is too old to be of use"
    return None


def _is_link_over(session: Session, row: Outgoing) -> bool:
    """Tell whether the link in a mail that signs its reader in works no more."""
    age = clock.now(session) - row.created_at
    is_old = (row.kind is MailKind.SIGN_IN and age > MAILED_LINK) or (row.is_invitation and age > INVITATION_LINK)
    if not is_old:
        return False
    # The installation's clock may have been moved since; links go by the real one.
    values = {"person": row.person_id, "now": clock.real_now()}
    return session.connection().execute(_LIVE_LINK, values).first() is None


_LIVE_LINK = (
    sa.select(col(SignInLink.token_hash))
    .where(col(SignInLink.person_id) == sa.bindparam("person"), col(SignInLink.used_at).is_(None))
    .where(col(SignInLink.expires_at) > sa.bindparam("now", type_=UTCDateTime()))
    .limit(1)
)


_REFUSED = sa.select(col(Suppression.code)).where(col(Suppression.to_addr) == sa.bindparam("address"))


def _freeze(session: Session, row: Outgoing, office: Office, prepared: PreparedMail | None) -> bool:
    """Write the mail with what is true now; False if there is none to send."""
    if prepared is None or prepared.to != row.to_addr:
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
        row = mail_claims.leased(session, claim)
        if row is None:
            return
        if isinstance(error, BadAddressError):
            outbox.end(row, MailState.DEAD, str(error))
        else:
            now = outbox.database_now(session)
            outbox.postpone(row, f"could not be written: {type(error).__name__}", office.durations, now)
