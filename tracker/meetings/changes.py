"""Writes of meetings, their rapporteurs, and milestones.

Moving a milestone, with all that is due at it, is in calendar/move_milestone.py.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.clock import refuse_year
from tracker.errors import Refused, refuse_stale
from tracker.history import Actor, change, leave
from tracker.history_verbs import Verb
from tracker.meetings.models import Meeting, MeetingRapporteur, Milestone, Visibility
from tracker.meetings.recording_links import checked_address
from tracker.people.models import Person
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
    """Add a meeting of that register, for its own people only at first; raises Refused with the field at fault."""
    values = _checked(details)
    meeting = Meeting(body_id=body_id, slug=_new_slug(session, Meeting, body_id, details.title, slug), **values)
    session.add(meeting)
    leave(session, meeting, Verb.ADDED, by=by, now=now, body_id=body_id, after=values)
    return meeting


def edit_meeting(
    session: Session, meeting: Meeting, details: MeetingDetails, *, version: int, by: Actor, now: datetime
) -> None:
    """Change a meeting's details; raises Stale, or Refused with the field at fault."""
    refuse_stale(meeting.version, version)
    change(session, meeting, _checked(details), Verb.EDITED, by=by, now=now, body_id=meeting.body_id)


def set_visibility(session: Session, meeting: Meeting, visibility: Visibility, *, by: Actor, now: datetime) -> None:
    """Publish a meeting, or show it to the register's own people only."""
    verb = Verb.WITHDRAWN
    if visibility is Visibility.PUBLISHED:
        verb = Verb.PUBLISHED
    change(session, meeting, {"visibility": visibility}, verb, by=by, now=now, body_id=meeting.body_id)


def name_rapporteur(session: Session, meeting: Meeting, person: Person, *, by: Actor, now: datetime) -> None:
    """Make the person rapporteur of the meeting; raises Refused where they already are."""
    if session.get(MeetingRapporteur, (meeting.id, person.id)) is not None:
        raise Refused("%(name)s is already rapporteur of this meeting.", "person", name=person.name)
    session.add(MeetingRapporteur(meeting_id=meeting.id, person_id=person.id))
    after = {"person": person.id}
    leave(session, meeting, Verb.RAPPORTEUR_NAMED, by=by, now=now, body_id=meeting.body_id, after=after)


def drop_rapporteur(session: Session, meeting: Meeting, person_id: int, *, by: Actor, now: datetime) -> None:
    """Remove the person as rapporteur of the meeting; raises Refused where they are not."""
    rapporteur = session.get(MeetingRapporteur, (meeting.id, person_id))
    if rapporteur is None:
        raise Refused("That person is not rapporteur of this meeting. Reload the page.", "person")
    session.delete(rapporteur)
    before = {"person": person_id}
    leave(session, meeting, Verb.RAPPORTEUR_DROPPED, by=by, now=now, body_id=meeting.body_id, before=before)


def add_milestone(
    session: Session, body_id: int, details: MilestoneDetails, *, by: Actor, now: datetime, slug: str | None = None
) -> Milestone:
    """Add a milestone to the register's calendar; raises Refused with the field at fault."""
    values = _checked(details)
    name = details.title
    if details.series_day:
        # All meetings of a series have one title.
        name = f"{details.title} {details.series_day}"
    milestone = Milestone(body_id=body_id, slug=_new_slug(session, Milestone, body_id, name, slug), **values)
    session.add(milestone)
    leave(session, milestone, Verb.ADDED, by=by, now=now, body_id=body_id, after=values)
    return milestone


def rename_milestone(
    session: Session, milestone: Milestone, title: str, place: str | None, *, version: int, by: Actor, now: datetime
) -> None:
    """Change the title and the place of a milestone; calendar/move_milestone.py changes its days.

    Raises Stale or Refused.
    """
    refuse_stale(milestone.version, version)
    values = {"title": checked_title(title), "place": clean_or_none(place)}
    change(session, milestone, values, Verb.RENAMED, by=by, now=now, body_id=milestone.body_id)


def reinstate(session: Session, milestone: Milestone, *, version: int, by: Actor, now: datetime) -> None:
    """Reinstate a cancelled milestone; items that were moved to another one stay there. Raises Stale."""
    refuse_stale(milestone.version, version)
    change(session, milestone, {"is_cancelled": False}, Verb.REINSTATED, by=by, now=now, body_id=milestone.body_id)


def refuse_days(starts_on: date, ends_on: date) -> None:
    """Raise Refused where the last day is before the first, or a year is an obvious slip."""
    refuse_year(starts_on, "starts_on")
    refuse_year(ends_on, "ends_on")
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
    session: Session, table: type[Meeting] | type[Milestone], body_id: int, title: str, requested: str | None
) -> str:
    """Return the requested slug if it is free in the register, else the first free one made of the title."""
    taken = RESERVED | set(session.exec(select(table.slug).where(col(table.body_id) == body_id)))
    if requested is None:
        base = slug_of(title)
        numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
        return next(slug for slug in (base, *numbered) if slug not in taken)
    if not is_slug(requested):
        raise Refused("“%(slug)s” must be small letters, digits and hyphens. Correct it.", "slug", slug=requested)
    if requested in taken:
        raise Refused("“%(slug)s” is taken. Choose another.", "slug", slug=requested)
    return requested
