"""The picture of a day as a report would show it, compared with the report before."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from tracker.errors import Refused
from tracker.items.models import Item
from tracker.meetings.models import Milestone, Visibility
from tracker.people.models import Body
from tracker.reports.differences import compare
from tracker.reports.models import Report
from tracker.reports.past_state import end_of, last_event
from tracker.reports.progress import counted_as_now, headline
from tracker.reports.queries import latest_before
from tracker.reports.snapshot import Changes, Picture, Previous, Scope, from_json
from tracker.reports.take_snapshot import SnapshotRequest, take


def draft(
    session: Session,
    body: Body,
    milestone: Milestone,
    *,
    as_of: date,
    now: datetime,
    scope: Scope,
    in_full: bool = True,
) -> Picture:
    """Return the picture of that day; of an earlier one as its history tells. Raises Refused for a day to come.

    It is compared with the last one of an earlier day: public with public, internal with internal.
    """
    through = _last_line(session, body, as_of, now)
    picture = take(session, body, SnapshotRequest(milestone.slug, as_of, through, scope, in_full))
    return replace(picture, previous=_previous(session, body, picture))


def to_issue(
    session: Session,
    body: Body,
    milestone: Milestone,
    *,
    as_of: date,
    now: datetime,
    scope: Scope = Scope.PUBLISHED,
    in_full: bool = True,
) -> Picture:
    """Return the picture that issuing freezes: an internal one of all items where nothing is published."""
    picture = draft(session, body, milestone, as_of=as_of, now=now, scope=scope, in_full=in_full)
    # Nothing is published, but there are items: then the report is one for the register’s own people.
    if picture.entries or picture.left_out == 0:
        return picture
    return draft(session, body, milestone, as_of=as_of, now=now, scope=Scope.INTERNAL, in_full=in_full)


def today(body: Body, now: datetime) -> date:
    """Return the calendar day where the body is."""
    return now.astimezone(ZoneInfo(body.timezone)).date()


def _last_line(session: Session, body: Body, as_of: date, now: datetime) -> int:
    if as_of > today(body, now):
        raise Refused("That day is still to come. Give today or an earlier day.", "as_of")
    # Of today all lines count, those of this very minute, too; of an earlier day those up to its last.
    if as_of == today(body, now):
        return last_event(session)
    return last_event(session, end_of(as_of, body))


def _previous(session: Session, body: Body, picture: Picture) -> Previous | None:
    row = latest_before(session, body.id, picture.as_of, [picture.scope])
    if row is None:
        return None
    report, milestone = row
    then = from_json(report.picture)
    entries = [counted_as_now(entry) for entry in then.entries]
    # The milestone may have been renamed since: a report is cited by the title that it had.
    milestone_then = then.point(then.milestone) or milestone
    return Previous(
        milestone=milestone.slug,
        title=milestone_then.title,
        number=report.number,
        as_of=report.as_of,
        figures=headline(entries, report.as_of),
        changes=_for_all(
            session, body, picture, compare(entries, picture.entries, since=report.as_of, day=picture.as_of)
        ),
    )


def _for_all(session: Session, body: Body, picture: Picture, changes: Changes) -> Changes:
    """Return the changes; a public report names no item that was made internal since, but gives its number."""
    if picture.scope is not Scope.PUBLISHED:
        return changes
    public = select(Item.number).where(Item.body_id == body.id, Item.visibility == Visibility.PUBLISHED)
    shown = set(session.exec(public))
    gone = tuple(each if each.number in shown else replace(each, title="") for each in changes.gone)
    return replace(changes, gone=gone)


def recompute(session: Session, body: Body, report: Report) -> Picture:
    """Return the issued report's picture as history tells it today: its figures must be the same."""
    issued = from_json(report.picture)
    then = issued.milestone, issued.as_of, issued.events_through, issued.scope
    return take(session, body, SnapshotRequest(*then, with_withdrawn=True))
