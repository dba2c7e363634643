"""The outbox: rows that wait to be sent, and the steps of one row on its way (see docs/mail.md).

`put` and `queue` are called inside somebody else's transaction; nothing leaves before that commits.
"""

import secrets
from datetime import datetime

from sqlmodel import Session

from tracker.clock import real_now
from tracker.mail.email import Email
from tracker.mail.models import MailKind, Outgoing


def put(
    session: Session,
    email: Email,
    *,
    person_id: int | None,
    kind: MailKind,
    now: datetime,
    period: str | None = None,
) -> Outgoing:
    """Put a finished mail into the outbox; it leaves after the caller's commit. `now` is the installation's."""
    row = Outgoing(
        person_id=person_id,
        kind=kind,
        period=period,
        to_addr=email.to,
        message_id=f"{kind.value}.{secrets.token_hex(10)}",
        subject=email.subject,
        text=email.text,
        html=email.html,
        created_at=now,
        next_at=real_now(),
    )
    session.add(row)
    session.flush()
    return row
