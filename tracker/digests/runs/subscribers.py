"""Who gets digests, and when each of them gets the next: read for all in three statements."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker import db
from tracker.digests.reader import home_zones, zone_named
from tracker.digests.runs.send_times import MEMORY, Rhythm, next_due, period_to_send
from tracker.mail.models import MailKind, Outgoing
from tracker.people.models import Frequency, Person, Subscription


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Somebody who gets digests: where to, when, and what period the last one was for."""

    person_id: int
    name: str
    email: str
    rhythm: Rhythm
    subscribed_at: datetime
    #: no digest that was due by then is sent
    starts_at: datetime
    paused_until: date | None
    last_made: date | None

    def period_now(self, now: datetime) -> date | None:
        """Return the period whose digest is to be made now; None if none is."""
        return period_to_send(now, self.rhythm, **self._bounds())

    def next_due(self, now: datetime) -> datetime:
        """Return when the next digest comes, if there is something to say."""
        return next_due(now, self.rhythm, **self._bounds())

    def _bounds(self) -> dict[str, Any]:
        return {"subscribed_at": self.starts_at, "last_made": self.last_made, "paused_until": self.paused_until}


def subscribers(session: Session, now: datetime, only: Any = None) -> list[Subscriber]:
    """Return everybody who gets digests, by name; `only` limits it to these people, by a SELECT of their ids."""
    statement = _SUBSCRIBED
    if only is not None:
        statement = statement.where(col(Person.id).in_(only))
    places = home_zones(session)
    last_made = _last_made(session, now)
    people = []
    for row in db.rows(session, statement):
        zone = zone_named(row.timezone or places.get(row.id), row.id)
        rhythm = Rhythm(row.weekday, row.hour, zone, row.frequency)
        subscriber = Subscriber(
            person_id=row.id,
            name=row.name,
            email=row.email,
            rhythm=rhythm,
            subscribed_at=row.subscribed_at,
            starts_at=starts_from(row.subscribed_at, row.set_at, now),
            paused_until=row.paused_until,
            last_made=last_made.get(row.id),
        )
        people.append(subscriber)
    return people


_SUBSCRIBED = (
    sa.select(
        col(Person.id), col(Person.name), col(Person.email), col(Person.timezone),
        col(Subscription.frequency), col(Subscription.weekday), col(Subscription.hour),
        col(Subscription.subscribed_at), col(Subscription.set_at), col(Subscription.paused_until),
    )
    .join(Subscription, col(Subscription.person_id) == col(Person.id))
    .where(
        col(Subscription.frequency) != Frequency.NEVER,
        col(Person.email).is_not(None),
        col(Person.merged_into_id).is_(None),
        col(Person.erased_on).is_(None),
    )
    .order_by(col(Person.name), col(Person.id))
)  # fmt: skip


def starts_from(subscribed_at: datetime, set_at: datetime | None, now: datetime) -> datetime:
    """Return the moment after which digests come: no change of day or frequency brings one at once.

    A change that a wrong clock dated into the future does not count, or digests would stay away until then.
    """
    if set_at is None or set_at > now:
        return subscribed_at
    return max(subscribed_at, set_at)


def _last_made(session: Session, now: datetime) -> dict[int, date]:
    """Return each person's latest period among the digests made near now."""
    last = sa.select(col(Outgoing.person_id), sa.func.max(col(Outgoing.period))).where(
        col(Outgoing.kind) == MailKind.DIGEST,
        col(Outgoing.created_at) >= now - MEMORY,
        col(Outgoing.created_at) <= now + MEMORY,
    )
    periods = db.rows(session, last.group_by(col(Outgoing.person_id)))
    return {number: date.fromisoformat(period) for number, period in periods if number and period}
