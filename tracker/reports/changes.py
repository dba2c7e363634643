"""Issues a report: from then on it never changes."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.errors import Refused, Stale
from tracker.history import Actor, Words, leave
from tracker.history_queries import newest
from tracker.history_verbs import Verb
from tracker.meetings.models import Milestone
from tracker.people.models import Body
from tracker.reports.drafts import to_issue
from tracker.reports.models import Report
from tracker.reports.snapshot import Picture, Scope, from_json, to_json, without_person


def issue(
    session: Session,
    milestone: Milestone,
    *,
    as_of: date,
    by: Actor,
    now: datetime,
    reason: str | None = None,
    scope: Scope = Scope.PUBLISHED,
    seen: int | None = None,
) -> Report:
    """Freeze how the published items stand on that day as the milestone's next report.

    The report is an internal one of all items if `scope` says so, or if nothing is published. `seen` is the number of
    the register's newest event when somebody looked at what would be issued. Raises Refused for a day in the future,
    and where there is no item at all; Stale where something changed since `seen`.
    """
    session.refresh(milestone, with_for_update=True)  # one number a report, whoever else issues one now
    if seen is not None and newest(session, milestone.body_id) != seen:
        raise Stale("Something changed since you opened this page. Look at the figures now, then issue it.")
    body = session.get_one(Body, milestone.body_id)
    picture = to_issue(session, body, milestone, as_of=as_of, now=now, scope=scope)
    # An empty report would be frozen, numbered and cited for ever.
    if not picture.entries:
        raise Refused("There was no item on that day, so the report would be empty. Choose a later day.", "as_of")
    return _freeze(session, milestone, picture, reason=reason, by=by, now=now)


def reissue_without(
    session: Session, report: Report, person_id: int, tombstone: str, *, reason: str, by: Actor, now: datetime
) -> Report:
    """Issue the report again without an erased person's name and words: the tombstone replaces the name."""
    milestone = session.get_one(Milestone, report.milestone_id)
    session.refresh(milestone, with_for_update=True)
    # The words go with the name: they would tell who spoke.
    picture = without_person(from_json(report.picture), f"person:{person_id}", tombstone)
    return _freeze(session, milestone, picture, reason=reason, by=by, now=now)


def reissue(session: Session, report: Report, *, reason: str, by: Actor, now: datetime) -> Report:
    """Issue a report again as it is now, after words of it were erased."""
    milestone = session.get_one(Milestone, report.milestone_id)
    session.refresh(milestone, with_for_update=True)
    return _freeze(session, milestone, from_json(report.picture), reason=reason, by=by, now=now)


def _freeze(
    session: Session, milestone: Milestone, picture: Picture, *, reason: str | None, by: Actor, now: datetime
) -> Report:
    reason = (reason or "").strip() or None
    report = Report(
        body_id=milestone.body_id,
        milestone_id=milestone.id,
        number=_next_number(session, milestone),
        as_of=picture.as_of,
        issued_at=now,
        issued_by=by.person_id,
        reason=reason,
        picture=to_json(picture),
    )
    session.add(report)
    after: dict[str, Any] = {"milestone": milestone.id, "number": report.number, "as_of": picture.as_of}
    if reason:
        after["reason"] = Words(reason)
    leave(session, report, Verb.ISSUED, by=by, now=now, body_id=milestone.body_id, after=after)
    return report


def _next_number(session: Session, milestone: Milestone) -> int:
    last = select(sa.func.coalesce(sa.func.max(col(Report.number)), 0)).where(col(Report.milestone_id) == milestone.id)
    return session.exec(last).one() + 1
