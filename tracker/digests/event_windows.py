"""The order in which events became visible, and the windows of it that digests tell: what is late is told, and once.

An event is dated when its request began, and may be committed long after a digest with a later date was made. So a pass
numbers what it can see, under a lock, and digests tell of numbers: whatever was not visible then has a later one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.db import UTCDateTime, rows
from tracker.digests.models import Digest, EventOrder
from tracker.history import Event
from tracker.mail.models import MailState, Outgoing

#: the advisory lock of PostgreSQL under which events are numbered; SQLite has one writer anyway
NUMBERING = 7_402_213
#: states of digests that were sent, or that had nothing to say
COVERED = (MailState.SENT, MailState.EMPTY)
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
BEYOND_ALL = 2**62


@dataclass(frozen=True)
class Window:
    """What a digest covers: all after `since`, up to and with `until`, or instead what `numbers` say.

    The times are of the installation's clock. With numbers, no event told is dated before `since`.
    """

    since: datetime
    until: datetime
    numbers: "EventNumbers | None" = None

    @property
    def happened(self) -> sa.ColumnElement[bool]:
        """Return the condition on `Event`; its parameters are `values`."""
        return _BY_TIME if self.numbers is None else _BY_NUMBER

    @property
    def values(self) -> dict[str, Any]:
        """Return the parameters of `happened`."""
        return vars(self.numbers or _Times(self.since, self.until))


@dataclass(frozen=True)
class _Times:
    since: datetime
    until: datetime


@dataclass(frozen=True)
class EventNumbers:
    """The events after the number `after`, up to and with `upto`, and those without a number after the id `newest`."""

    after: int
    upto: int = BEYOND_ALL
    newest: int = BEYOND_ALL
    #: none of what was dated until then: the reader had no digests yet
    begun: datetime = LONG_AGO


_NUMBERED = select(EventOrder.event_id).where(
    col(EventOrder.number) > sa.bindparam("after", type_=sa.BigInteger),
    col(EventOrder.number) <= sa.bindparam("upto", type_=sa.BigInteger),
)
_BY_NUMBER = sa.and_(
    sa.or_(col(Event.id).in_(_NUMBERED), col(Event.id) > sa.bindparam("newest", type_=sa.BigInteger)),
    col(Event.at) > sa.bindparam("begun", type_=UTCDateTime()),
)
_BY_TIME = sa.and_(
    col(Event.at) > sa.bindparam("since", type_=UTCDateTime()),
    col(Event.at) <= sa.bindparam("until", type_=UTCDateTime()),
)


def number_events(session: Session) -> int:
    """Number all events that can be seen and have no number yet, and return the last number; 0 if there is none.

    Nobody else numbers any before the transaction ends: call this before it locks anything else.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(sa.select(sa.func.pg_advisory_xact_lock(NUMBERING)))
    session.flush()
    place = sa.func.row_number().over(order_by=col(Event.id)) + _last(session, EventOrder.number)
    has_number = sa.exists().where(col(EventOrder.event_id) == col(Event.id))
    unseen = sa.select(place, col(Event.id)).where(~has_number)
    session.connection().execute(sa.insert(EventOrder).from_select(["number", "event_id"], unseen))
    return _last(session, EventOrder.number)


def _last(session: Session, column: Any) -> int:
    return int(session.exec(select(sa.func.coalesce(sa.func.max(column), 0))).one())


def digest_windows(
    session: Session, begun: Mapping[int, datetime], until: datetime, upto: int | None = None
) -> dict[int, Window]:
    """Return by person what the digest covers that follows those they had; `begun` is when they began to get any.

    Without `upto` it covers all that can be seen now.
    """
    numbers = EventNumbers(0, BEYOND_ALL, _last(session, EventOrder.event_id))
    if upto is not None:
        numbers = EventNumbers(0, upto)
    told = _told(session, begun, until)
    first_days = {
        number: _earliest(session, replace(numbers, after=number)) for number in {after for _, after in told.values()}
    }
    windows = {}
    for person, day in begun.items():
        since, after = told.get(person, (day, None))
        if after is None:
            windows[person] = Window(day, until, replace(numbers, begun=day))
        else:
            windows[person] = Window(min(since or day, first_days[after]), until, replace(numbers, after=after))
    return windows


def _told(session: Session, begun: Mapping[int, datetime], until: datetime) -> dict[int, tuple[datetime | None, int]]:
    """Return by person up to what time and number their digests told; who has had none is left out.

    Of one that a wrong clock dated later than `until` only the number counts: what it told was told.
    """
    in_time = sa.case((col(Digest.window_to) <= until, col(Digest.window_to)))
    last = (
        sa.select(col(Digest.person_id), sa.func.max(in_time, type_=UTCDateTime()), sa.func.max(col(Digest.number_to)))
        .join(Outgoing, col(Outgoing.id) == col(Digest.outgoing_id))
        .where(col(Digest.person_id).in_(begun), col(Outgoing.state).in_(COVERED))
        .group_by(col(Digest.person_id))
    )
    return {person: (time, number) for person, time, number in rows(session, last)}


def _earliest(session: Session, numbers: EventNumbers) -> datetime:
    """Return a moment before all of these events."""
    first = select(sa.func.min(Event.at, type_=UTCDateTime())).where(_BY_NUMBER)
    at = session.exec(first, params=vars(numbers)).one()
    return (at or datetime.max.replace(tzinfo=UTC)) - timedelta(microseconds=1)
