"""What a person does to mails by hand: send one again, cancel one, let mail go to a refused address again."""

from datetime import datetime

from sqlmodel import Session

from tracker.clock import real_now
from tracker.errors import Refused
from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.mail import outbox
from tracker.mail.models import MailKind, MailState, Outgoing, Suppression
from tracker.people.masked_addresses import masked
from tracker.people.queries import person_by_email

#: what has not begun to leave
RECALLABLE = (MailState.QUEUED, MailState.HELD)
#: what leaves only if somebody sends it again: given up, or held by a restore
STUCK = (MailState.DEAD, MailState.HELD)


def send_again(session: Session, row: Outgoing, *, by: Actor, now: datetime) -> None:
    """Queue a mail again that was given up or held; raises Refused where that would do no good."""
    if row.state not in STUCK:
        raise Refused("Only a mail that was not delivered can be sent again. Reload the page.")
    if row.kind is MailKind.SIGN_IN or row.is_invitation:
        raise Refused("A late sign-in link is of no use. Let its reader request a new one.")
    if session.get(Suppression, row.to_addr) is not None:
        raise Refused(
            "Mail to %(address)s was refused. Let mail go to this address again first.", address=masked(row.to_addr)
        )
    if outbox.is_covered(session, row):
        raise Refused("A later digest covers what this one would say. Look at that one.")
    # The wait begins anew: it is somebody's decision, not one more try.
    row.attempts = 0
    row.last_code = None
    row.queued_at = real_now()
    outbox.back(row, real_now(), "to be sent again")
    leave(session, _key(row), Verb.SENT_AGAIN, by=by, now=now, body_id=row.body_id)


def cancel(session: Session, row: Outgoing, *, by: Actor, now: datetime) -> None:
    """Cancel a mail that has not begun to leave; raises Refused for any other."""
    if row.state not in RECALLABLE:
        raise Refused("This mail has already left or been cancelled.")
    outbox.end(row, MailState.CANCELLED, "cancelled by hand")
    leave(session, _key(row), Verb.CANCELLED, by=by, now=now, body_id=row.body_id)


def clear(session: Session, refused: Suppression, *, by: Actor, now: datetime) -> None:
    """Let mail go to an address again."""
    # The history names the person, not the address, which may have to be erased.
    person = person_by_email(session, refused.to_addr)
    session.delete(refused)
    leave(session, person or "relay:1", Verb.ADDRESS_CLEARED, by=by, now=now, after={"code": refused.code})


def _key(row: Outgoing) -> str:
    return f"mail:{row.id}"
