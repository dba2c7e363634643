"""Holds: the digests of a body's people wait until its secretariat lets them go (docs/mail.md, "Before it goes").

A held digest keeps its row and its period, so it is still sent once; the next one, if that is made first, covers it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker import db
from tracker.clock import real_now
from tracker.digests.event_windows import number_events
from tracker.digests.models import Digest, DigestHold, HoldReason
from tracker.errors import Refused
from tracker.history import Actor, ChangeWay, leave
from tracker.history_verbs import Verb
from tracker.mail.models import MailKind, MailState, Outgoing
from tracker.people.models import Body
from tracker.people.queries import day_of_body, serving

#: an unusual run goes by itself after that, for a digest late by a day is better than one that never comes
LONGEST_HOLD = timedelta(hours=24)
#: a mail that the relay has not been offered: it waits, or somebody has claimed it to send it soon
IN_HAND = sa.or_(
    col(Outgoing.state) == MailState.QUEUED,
    sa.and_(col(Outgoing.state) == MailState.SENDING, col(Outgoing.phase).is_(None)),
)
CANCELLED = "the secretariat cancelled this run"


def open_hold(session: Session, body_id: int) -> DigestHold | None:
    """Return the hold of that body that has not ended; there is one at most."""
    waiting = select(DigestHold).where(col(DigestHold.body_id) == body_id, col(DigestHold.ended_at).is_(None))
    return session.exec(waiting.order_by(col(DigestHold.id)).limit(1)).first()


def holds_by_person(session: Session, *, now: datetime) -> Mapping[int, int]:
    """Return the number of the hold, for everybody whose digests wait now; nobody else can hold until the commit."""
    # Whoever holds a body meanwhile waits, and then finds the digests that this transaction queues. Rows that name a
    # body may be added all the same, which a plain FOR UPDATE would not let them.
    bodies = select(Body.id).where(col(Body.is_register)).order_by(col(Body.id))
    session.exec(bodies.with_for_update(key_share=True)).all()
    by_person: dict[int, int] = {}
    for hold in session.exec(select(DigestHold).where(col(DigestHold.ended_at).is_(None)).order_by(col(DigestHold.id))):
        people = session.connection().execute(_people(session, hold, now)).scalars()
        by_person.update(dict.fromkeys(people, hold.id))
    return by_person


def _people(session: Session, hold: DigestHold, now: datetime) -> Any:
    return serving(hold.body_id, day_of_body(session, session.get_one(Body, hold.body_id), now))


def hold_digests(
    session: Session,
    body: Body,
    *,
    by: Actor,
    now: datetime,
    reason: HoldReason = HoldReason.BY_HAND,
    number: int = 0,
    usual: int = 0,
) -> DigestHold:
    """Let the digests of the body's people wait, those already queued too; raises Refused where they wait already.

    Only a hold by hand has no end: nobody may have seen one that the program made.
    """
    # Locked, so that of two who hold at once the second sees the first one's hold.
    session.refresh(body, with_for_update=True)
    if open_hold(session, body.id) is not None:
        raise Refused("These mails are held already. Reload the page.")
    hold = DigestHold(body_id=body.id, reason=reason, held_by=by.person_id, since=now, number=number, usual=usual)
    if reason is not HoldReason.BY_HAND:
        hold.until = now + LONGEST_HOLD
    session.add(hold)
    after = {"reason": reason, "number": number, "usual": usual}
    leave(session, hold, Verb.HELD, by=by, now=now, body_id=body.id, after=after)
    _hold_waiting(session, hold, now)
    return hold


def _hold_waiting(session: Session, hold: DigestHold, now: datetime) -> None:
    # One that may have arrived is no longer in anybody's hand.
    waiting = sa.select(col(Outgoing.id)).where(
        col(Outgoing.kind) == MailKind.DIGEST,
        IN_HAND,
        col(Outgoing.ambiguous) == 0,
        col(Outgoing.person_id).in_(_people(session, hold, now)),
    )
    marked = sa.update(Digest).where(col(Digest.outgoing_id).in_(waiting)).values(hold_id=hold.id)
    session.connection().execute(marked)
    held = sa.update(Outgoing).where(col(Outgoing.id).in_(_held_by(hold)), IN_HAND)
    # Whoever has claimed it finds that it may not be sent; that was no try.
    tries = sa.case(
        (col(Outgoing.state) == MailState.SENDING, col(Outgoing.attempts) - 1), else_=col(Outgoing.attempts)
    )
    unwritten = {"message": None, "frozen_at": None, "lease_token": None, "lease_until": None}
    session.connection().execute(held.values(state=MailState.HELD, attempts=tries, **unwritten))
    db.forget(session, Outgoing, Digest)


def count_held(session: Session, hold: DigestHold) -> int:
    """Return how many digests wait because of it."""
    held = col(Outgoing.id).in_(_held_by(hold)), col(Outgoing.state) == MailState.HELD
    return int(session.exec(select(sa.func.count(col(Outgoing.id))).where(*held)).one())


def _held_by(hold: DigestHold) -> Any:
    return sa.select(col(Digest.outgoing_id)).where(col(Digest.hold_id) == hold.id)


def release_digests(session: Session, hold: DigestHold, *, by: Actor, now: datetime) -> int:
    """Let the held digests go, and return how many; those of a person whom another body holds wait for that one.

    They tell of the time until now, not until they were held. Raises Refused where the hold has ended already.
    """
    upto = number_events(session)
    _end(session, hold, by=by, now=now)
    for other in session.exec(select(DigestHold).where(col(DigestHold.ended_at).is_(None))).all():
        theirs = col(Digest.hold_id) == hold.id, col(Digest.person_id).in_(_people(session, other, now))
        session.connection().execute(sa.update(Digest).where(*theirs).values(hold_id=other.id))
    # One that somebody sent alone has said what it says; the time since then is for the next one to tell.
    is_held = col(Digest.outgoing_id).in_(sa.select(col(Outgoing.id)).where(col(Outgoing.state) == MailState.HELD))
    late = sa.update(Digest).where(col(Digest.hold_id) == hold.id, is_held, col(Digest.window_to) < now)
    session.connection().execute(late.values(window_to=now, number_to=upto))
    return _settle(session, hold, Verb.RELEASED, {"state": MailState.QUEUED, "next_at": real_now()}, by, now)


def cancel_digests(session: Session, hold: DigestHold, *, by: Actor, now: datetime) -> int:
    """Cancel the held digests, and return how many: the next ones cover their time.

    Raises Refused where the hold has ended already.
    """
    _end(session, hold, by=by, now=now)
    return _settle(session, hold, Verb.CANCELLED, {"state": MailState.CANCELLED, "last_text": CANCELLED}, by, now)


def _end(session: Session, hold: DigestHold, *, by: Actor, now: datetime) -> None:
    session.refresh(hold, with_for_update=True)
    if hold.ended_at is not None:
        raise Refused("These mails are no longer held. Reload the page.")
    hold.ended_at = now
    hold.ended_by = by.person_id
    session.add(hold)
    session.flush()


def _settle(session: Session, hold: DigestHold, verb: Verb, values: Mapping[str, Any], by: Actor, now: datetime) -> int:
    """Give the held rows these values, forget that they were held, and return how many there were."""
    # Whatever else became of a row meanwhile stays: only what is held is let go.
    held = sa.update(Outgoing).where(col(Outgoing.id).in_(_held_by(hold)), col(Outgoing.state) == MailState.HELD)
    count = session.connection().execute(held.values(**values)).rowcount
    session.connection().execute(sa.update(Digest).where(col(Digest.hold_id) == hold.id).values(hold_id=None))
    db.forget(session, Outgoing, Digest)
    leave(session, hold, verb, by=by, now=now, body_id=hold.body_id, after={"mails": count})
    return count


def is_any_overdue(session: Session, *, now: datetime) -> bool:
    """Tell whether `release_overdue` would release anything."""
    return session.exec(_overdue(now).limit(1)).first() is not None


def release_overdue(session: Session, *, now: datetime) -> int:
    """Let go what was held by the program for long enough, and return how many mails that are."""
    by = Actor(None, ChangeWay.JOB)
    return sum(release_digests(session, hold, by=by, now=now) for hold in session.exec(_overdue(now)).all())


def _overdue(now: datetime) -> SelectOfScalar[DigestHold]:
    return select(DigestHold).where(col(DigestHold.ended_at).is_(None), col(DigestHold.until) <= now)
