"""Unusual runs: the first digests of a body, or far more than usual, wait until its secretariat has looked at them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker import db
from tracker.digests.history_summary import TOLD
from tracker.digests.models import DigestHold, HoldReason
from tracker.digests.runs.holds import hold_digests, open_hold
from tracker.digests.runs.send_times import WEEK
from tracker.history import Actor, ChangeWay, Event
from tracker.mail.compose_email import compose
from tracker.mail.models import MailKind, MailState, Outgoing
from tracker.mail.outbox import put
from tracker.people.models import Body, Role
from tracker.people.queries import day_of_body, registers, serving, serving_as

#: weeks that this one is compared with: in five of them comes every monthly digest
WEEKS = 5
#: a week is unusual from that many times the busiest of them on
TIMES = 2
#: so many readers more, and so many changes, may come in any week: small numbers double easily
FEW_READERS = 10
FEW_CHANGES = 50
#: what is released runs on for hours, from zone to zone: it is not held again
SETTLED = timedelta(days=6)


@dataclass(frozen=True)
class UnusualRun:
    """Why the digests of this week are unusual: how many readers or changes there are, and how many at most before."""

    reason: HoldReason
    number: int
    usual: int


def unusual_run(readers: list[int], changes: list[int], *, is_first: bool) -> UnusualRun | None:
    """Judge this week's readers and changes, which come first, by those of the weeks before; None if all is usual."""
    if is_first:
        return UnusualRun(HoldReason.FIRST, readers[0], 0)
    counts = ((HoldReason.MORE_MAILS, readers, FEW_READERS), (HoldReason.MORE_CHANGES, changes, FEW_CHANGES))
    for reason, numbers, few in counts:
        usual = max(numbers[1:])
        if numbers[0] > TIMES * usual and numbers[0] - usual >= few:
            return UnusualRun(reason, numbers[0], usual)
    return None


def hold_unusual(session: Session, *, now: datetime) -> list[DigestHold]:
    """Hold what was queued at this moment for the people of each body where that is unusual; return the new holds."""
    holds = []
    for body in registers(session):
        if not body.holds_unusual or open_hold(session, body.id) is not None or _was_held(session, body, now):
            continue
        if not _is_any_queued(session, body, now):
            continue
        unusual = look_at_run(session, body, now=now)
        if unusual is not None:
            by = Actor(None, ChangeWay.JOB)
            numbers = {"number": unusual.number, "usual": unusual.usual}
            holds.append(hold_digests(session, body, reason=unusual.reason, by=by, now=now, **numbers))
    return holds


def look_at_run(session: Session, body: Body, *, now: datetime) -> UnusualRun | None:
    """Compare the week that ends now with those before it."""
    readers, changes, is_first = _counts(session, body, now)
    return unusual_run(readers, changes, is_first=is_first)


def look_ahead(session: Session, body: Body, *, now: datetime, coming: int) -> UnusualRun | None:
    """Compare the week that begins now, in which so many readers get a digest, with those before it."""
    readers, changes, is_first = _counts(session, body, now)
    return unusual_run([coming, *readers[:WEEKS]], changes, is_first=is_first and not readers[0])


def _counts(session: Session, body: Body, now: datetime) -> tuple[list[int], list[int], bool]:
    """Return the readers and the changes of each week, the last one first, and whether all before was no digest."""
    here = serving(body.id, day_of_body(session, body, now))
    digests = col(Outgoing.kind) == MailKind.DIGEST, col(Outgoing.person_id).in_(here)
    is_first = not session.exec(select(Outgoing.id).where(*digests, col(Outgoing.created_at) < now).limit(1)).first()
    readers = _by_week(session, col(Outgoing.created_at), sa.distinct(col(Outgoing.person_id)), digests, now)
    of_body = col(Event.body_id) == body.id, col(Event.verb).in_(TOLD), col(Event.subject).startswith("item:")
    changes = _by_week(session, col(Event.at), col(Event.id), of_body, now)
    return readers, changes, is_first


def _by_week(session: Session, moment: Any, counted: Any, conditions: tuple[Any, ...], now: datetime) -> list[int]:
    """Return how many there are in the last week, and in each of those before it."""
    week = sa.case(*((moment > now - (number + 1) * WEEK, number) for number in range(WEEKS + 1)))
    recent = moment <= now, moment > now - (WEEKS + 1) * WEEK
    statement = sa.select(week.label("week"), sa.func.count(counted)).where(*conditions, *recent).group_by("week")
    numbers: Mapping[int, int] = dict(db.rows(session, statement))
    return [numbers.get(number, 0) for number in range(WEEKS + 1)]


def _was_held(session: Session, body: Body, now: datetime) -> bool:
    """Tell whether a run of the body was held by the program, and let go, in these days."""
    recent = select(DigestHold.id).where(
        col(DigestHold.body_id) == body.id,
        col(DigestHold.reason) != HoldReason.BY_HAND,
        col(DigestHold.since) > now - SETTLED,
        col(DigestHold.since) <= now,
    )
    return session.exec(recent.limit(1)).first() is not None


def _is_any_queued(session: Session, body: Body, now: datetime) -> bool:
    queued = select(Outgoing.id).where(
        col(Outgoing.kind) == MailKind.DIGEST,
        col(Outgoing.state) == MailState.QUEUED,
        col(Outgoing.created_at) == now,
        col(Outgoing.person_id).in_(serving(body.id, day_of_body(session, body, now))),
    )
    return session.exec(queued.limit(1)).first() is not None


def tell_secretariat(session: Session, hold: DigestHold, *, base_url: str, now: datetime) -> None:
    """Put a mail to everybody of the body's secretariat into the outbox; needs an application context."""
    body = session.get_one(Body, hold.body_id)
    path = ""
    if body.id != registers(session)[0].id:
        path = f"/b/{body.slug}"
    for person in serving_as(session, body.id, [Role.SECRETARIAT], day_of_body(session, body, now)):
        email = compose(
            "run_held",
            to=person.email or "",
            language=person.language,
            base_url=base_url,
            hold=hold,
            body=body,
            address=f"{base_url}{path}/mail/next",
        )
        put(session, email, person_id=person.id, kind=MailKind.WARNING, body_id=body.id, now=now)
