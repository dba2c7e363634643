"""Writing the calendar: meetings and milestones.

Moving a milestone, and all that is due at it, is calendar/move_milestone.py.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.clock import refuse_year
from tracker.errors import Refused, refuse_stale
from tracker.history import Actor, change, leave
from tracker.history_verbs import Verb
from tracker.meetings.models import Meeting, Milestone, Visibility
from tracker.meetings.recording_links import checked_address
from tracker.text import clean_line, clean_or_none, is_slug, slug_of

#: parts of addresses that are pages of their own
RESERVED = frozenset({"new", "series"})


@dataclass(frozen=True)
class MeetingDetails:
    """What is known of a meeting; texts are cleaned when they are written."""

    title: str
    starts_on: date
    ends_on: date
    place: str | None = None
    milestone_id: int | None = None
    recording_url: str | None = None


@dataclass(frozen=True)
class MilestoneDetails:
    """What is known of a milestone; texts are cleaned when they are written."""

    title: str
    starts_on: date
    ends_on: date
    place: str | None = None
    tentative: bool = False
    #: what it is one of, and its day by that rule
    series_id: int | None = None
    series_day: date | None = None


def add_meeting(
    session: Session, body_id: int, details: MeetingDetails, *, by: Actor, now: datetime, slug: str | None = None
) -> Meeting:
    """Add a meeting of that register, seen by its own people only; raises Refused with the field."""
    values = _checked(details)
    made = Meeting(body_id=body_id, slug=_new_slug(session, Meeting, body_id, details.title, slug), **values)
    session.add(made)
    leave(session, made, Verb.ADDED, by=by, now=now, body_id=body_id, after=values)
    return made


def edit_meeting(
    session: Session, meeting: Meeting, details: MeetingDetails, *, version: int, by: Actor, now: datetime
) -> None:
    """Change what is known of a meeting; raises Stale, or Refused with the field."""
    refuse_stale(meeting.version, version)
    change(session, meeting, _checked(details), Verb.EDITED, by=by, now=now, body_id=meeting.body_id)


def set_visibility(session: Session, meeting: Meeting, visibility: Visibility, *, by: Actor, now: datetime) -> None:
    """Publish a meeting, or take it back to the register's own people."""
    verb = Verb.PUBLISHED if visibility is Visibility.PUBLISHED else Verb.WITHDRAWN
    change(session, meeting, {"visibility": visibility}, verb, by=by, now=now, body_id=meeting.body_id)


def add_milestone(
    session: Session, body_id: int, details: MilestoneDetails, *, by: Actor, now: datetime, slug: str | None = None
) -> Milestone:
    """Add a milestone to the register's calendar; raises Refused with the field."""
    values = _checked(details)
    named = f"{details.title} {details.series_day}" if details.series_day else details.title
    made = Milestone(body_id=body_id, slug=_new_slug(session, Milestone, body_id, named, slug), **values)
    session.add(made)
    leave(session, made, Verb.ADDED, by=by, now=now, body_id=body_id, after=values)
    return made


def rename_milestone(
    session: Session, milestone: Milestone, title: str, place: str | None, *, version: int, by: Actor, now: datetime
) -> None:
    """Change how a milestone is called and where it is; its days move by calendar/move_milestone.py.

    Raises Stale or Refused.
    """
    refuse_stale(milestone.version, version)
    values = {"title": checked_title(title), "place": clean_or_none(place)}
    change(session, milestone, values, Verb.RENAMED, by=by, now=now, body_id=milestone.body_id)


def reinstate(session: Session, milestone: Milestone, *, version: int, by: Actor, now: datetime) -> None:
    """Take back that a milestone was cancelled; what was moved away from it stays there. Raises Stale."""
    refuse_stale(milestone.version, version)
    change(session, milestone, {"is_cancelled": False}, Verb.REINSTATED, by=by, now=now, body_id=milestone.body_id)


def refuse_days(starts_on: date, ends_on: date) -> None:
    """Raise Refused where the last day is before the first, or a year is a slip of the pen."""
    for field, day in (("starts_on", starts_on), ("ends_on", ends_on)):
        refuse_year(day, field)
    if ends_on < starts_on:
        raise Refused("The last day is before the first. Correct one of them.", "ends_on")


def _checked(details: MeetingDetails | MilestoneDetails) -> dict[str, Any]:
    refuse_days(details.starts_on, details.ends_on)
    values = {**vars(details), "title": checked_title(details.title), "place": clean_or_none(details.place)}
    if isinstance(details, MeetingDetails):
        values["recording_url"] = checked_address(details.recording_url)
    return values


def checked_title(text: str) -> str:
    """Return the title cleaned; raise Refused if nothing is left of it."""
    title = clean_line(text)
    if not title:
        raise Refused("This may not be empty. Write something here.", "title")
    return title


def _new_slug(
    session: Session, table: type[Meeting] | type[Milestone], body_id: int, title: str, given: str | None
) -> str:
    """Return the slug that was given, if it is free in the register, or the first free one made of the title."""
    taken = RESERVED | set(session.exec(select(table.slug).where(col(table.body_id) == body_id)))
    if given is None:
        wanted = slug_of(title)
        numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
        if wanted not in taken:
            return wanted
        return next(slug for slug in numbered if slug not in taken)
    if not is_slug(given):
        raise Refused("“%(slug)s” must be small letters, digits and hyphens. Correct it.", "slug", slug=given)
    if given in taken:
        raise Refused("“%(slug)s” is taken. Choose another.", "slug", slug=given)
    return given
