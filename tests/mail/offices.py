"""An outbox with mail in it and the office that empties it, for tests."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, select

from tests.factories import NOW
from tests.mail.relays import Inbox, Relay, ScriptedRelay
from tracker.db import Sessions
from tracker.mail import outbox, relay_state
from tracker.mail.compose_email import Email
from tracker.mail.delivery import deliver
from tracker.mail.delivery_office import Office
from tracker.mail.delivery_times import Durations
from tracker.mail.message_bytes import Letterhead
from tracker.mail.models import MailKind, Outgoing
from tracker.mail.smtp_conversation import Conversation, RelayAddress

LETTERHEAD = Letterhead("Intersession <follow@igf.example.org>")
NONE = timedelta(0)
#: no wait between tries, so that a test asks for the next one by calling deliver() again
BRIEF = Durations(
    connect=timedelta(seconds=5),
    command=timedelta(seconds=5),
    before_body=timedelta(seconds=10),
    after_dot=timedelta(seconds=5),
    retries=(NONE,),
    ambiguous=NONE,
    breaker=(NONE,),
)


def letter(name: str = "ana", subject: str = "Two overdue") -> Email:
    return Email(f"{name}@example.org", subject, "Text\n", "<p>Text</p>\n")


def put(session: Session, *names: str, kind: MailKind = MailKind.TEST, **values: Any) -> None:
    """Queue one mail a name, as somebody's committed change does."""
    for name in names or ("ana",):
        outbox.put(session, letter(name), **{"person_id": None, "kind": kind, "now": NOW, **values})
    session.commit()


def opened(sessions: Sessions) -> None:
    """Let mail leave, as somebody does who has looked at what waits."""
    with sessions.writing() as session:
        relay_state.the_relay(session).smtp_seen = True


def office(
    sessions: Sessions, to: Relay | ScriptedRelay, durations: Durations = BRIEF, wish: str = "", **values: Any
) -> Office:
    address = RelayAddress.parse(f"smtp://127.0.0.1:{to.port}{wish}")
    post = Conversation(address, LETTERHEAD, durations)
    return Office(sessions, post, LETTERHEAD, **{"durations": durations, **values})


def deliver_to(sessions: Sessions, inbox: Inbox, durations: Durations = BRIEF, **values: Any) -> None:
    """Run one delivery against an aiosmtpd that behaves as the inbox says."""
    opened(sessions)
    with Relay(inbox) as to:
        deliver(office(sessions, to, durations, **values))


def rows(session: Session) -> list[Outgoing]:
    session.rollback()  # what delivery committed meanwhile
    return list(session.exec(select(Outgoing).order_by(col(Outgoing.id))))


def row(session: Session) -> Outgoing:
    [only] = rows(session)
    return only


def patient(**values: Any) -> Durations:
    """Waits as they really are, but for these."""
    return replace(Durations(), **values)
