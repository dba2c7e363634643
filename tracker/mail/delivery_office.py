"""What a process needs to deliver: where messages go, and how mails of each kind are written when it is their turn."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sqlmodel import Session

from tracker.db import Sessions
from tracker.mail.compose_email import Email
from tracker.mail.delivery_outcome import DeliveryOutcome, MayGo
from tracker.mail.delivery_times import Durations
from tracker.mail.message_bytes import Letter, Letterhead
from tracker.mail.models import MailKind, MailState, Outgoing


class Post(Protocol):
    """Where messages go: a relay, or a folder."""

    @property
    def keeps_letters(self) -> bool:
        """Tell whether a person reads the messages here rather than in a mailbox."""

    @property
    def is_quick(self) -> bool:
        """Tell whether the next message will be asked for at once: the record of this one's end can wait for that."""

    def hand_over(self, letter: Letter, may_go: MayGo) -> DeliveryOutcome:
        """Offer one message; ask `may_go` before the first byte of it."""

    def close(self) -> None:
        """End the connection, if there is one."""


@dataclass(frozen=True)
class Written:
    """A mail written when its turn came, and how to record what it says, together with its message."""

    email: Email
    keep: Callable[[Session], None] = lambda _session: None


@dataclass(frozen=True)
class Dropped:
    """No mail after all: there is nothing to say (empty), or it should no longer be said (cancelled)."""

    state: MailState
    why: str | None = None


@dataclass(frozen=True)
class Writer:
    """How mails of one kind are written when their turn comes, and what speaks against one written before."""

    write: Callable[[Session, Outgoing], Written | Dropped]
    objection: Callable[[Session, Outgoing], str | None] = lambda _session, _row: None
    #: writes many at once, by id, in a session that can change nothing; those it leaves out are written one by one
    write_all: Callable[[Session, Sequence[Outgoing]], Mapping[int, Written | Dropped]] | None = None


def as_queued(_session: Session, row: Outgoing) -> Written | Dropped:
    """Write what was put into the outbox."""
    return Written(Email(row.to_addr, row.subject, row.text or "", row.html or "", **row.headers))


@dataclass(frozen=True)
class Office:
    """All that one process needs to deliver."""

    sessions: Sessions
    post: Post
    letterhead: Letterhead
    writers: Mapping[MailKind, Writer] = field(default_factory=dict)
    durations: Durations = field(default_factory=Durations)
    #: called before each mail: False once this process was told to stop, or another one delivers
    goes_on: Callable[[], bool] = lambda: True

    def writer(self, kind: MailKind) -> Writer:
        """Return how mails of that kind are written."""
        return self.writers.get(kind, Writer(as_queued))
