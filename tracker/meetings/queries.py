"""Reads of meetings and milestones, and the one rule on who may read them."""

from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.meetings.models import Meeting, MeetingRapporteur, Milestone, Series, Visibility
from tracker.people.models import Body, Person
from tracker.people.queries import Sight, records_of


def visible_to(sight: Sight, body_id: Any, visibility: Any) -> sa.ColumnElement[bool]:
    """Return the condition that a row is published, or belongs to a register the reader serves in."""
    return sa.or_(col(visibility) == Visibility.PUBLISHED, col(body_id).in_(sight.register_ids))


def may_read_meeting(sight: Sight) -> sa.ColumnElement[bool]:
    """Return the condition that the reader may see a meeting and its transcripts; a mere rapporteur only their own."""
    return sa.or_(col(Meeting.visibility) == Visibility.PUBLISHED, serves_at(sight))


def serves_at(sight: Sight) -> sa.ColumnElement[bool]:
    """Return the condition that the reader serves in the meeting's register, or is its rapporteur."""
    records = records_of(sight.person_id)
    as_rapporteur = select(MeetingRapporteur.meeting_id).where(col(MeetingRapporteur.person_id).in_(records))
    as_member = col(Meeting.body_id).in_(sight.register_ids - sight.only_rapporteur_in)
    is_own = sa.and_(col(Meeting.body_id).in_(sight.only_rapporteur_in), col(Meeting.id).in_(as_rapporteur))
    return sa.or_(as_member, is_own)


def milestones(session: Session, body_id: int) -> list[Milestone]:
    """Return the calendar of a register, in order of date."""
    return list(session.exec(_CALENDAR, params={"body": body_id}))


_CALENDAR = (
    select(Milestone)
    .where(col(Milestone.body_id) == sa.bindparam("body"))
    .order_by(col(Milestone.starts_on), col(Milestone.id))
)


def series_of(session: Session, body_id: int) -> list[Series]:
    """Return the register's series, in the order in which they were created."""
    return list(session.exec(_SERIES, params={"body": body_id}))


_SERIES = select(Series).where(col(Series.body_id) == sa.bindparam("body")).order_by(col(Series.id))


def held_instead(session: Session, milestone: Milestone, today: date) -> list[Milestone]:
    """Return the milestones that items may move to when this one is cancelled.

    First the later ones of the same series (or of none), then the other later ones, then those before it.
    """

    def remoteness(other: Milestone) -> int:
        if other.starts_on < milestone.starts_on:
            return 2
        if other.series_id != milestone.series_id:
            return 1
        return 0

    calendar = milestones(session, milestone.body_id)
    ahead = [other for other in calendar if other.ends_on >= today and not other.is_cancelled]
    return sorted((other for other in ahead if other.id != milestone.id), key=remoteness)


def milestone_by_slug(session: Session, body_id: int, slug: str) -> Milestone | None:
    """Return that milestone of the register."""
    return session.exec(
        select(Milestone).where(col(Milestone.body_id) == body_id, col(Milestone.slug) == slug)
    ).one_or_none()


def meetings(session: Session, body_id: int, sight: Sight) -> list[Meeting]:
    """Return the register's meetings that the reader may see, latest first."""
    return list(session.exec(_meetings(body_id, sight)))


@lru_cache(maxsize=200)
def _meetings(body_id: int, sight: Sight) -> Any:
    readable = select(Meeting).where(col(Meeting.body_id) == body_id, may_read_meeting(sight))
    return readable.order_by(col(Meeting.starts_on).desc(), col(Meeting.id))


def visible_meeting(session: Session, body_id: int, slug: str, sight: Sight) -> Meeting | None:
    """Return that meeting of the register if the reader may see it."""
    named = col(Meeting.body_id) == body_id, col(Meeting.slug) == slug
    return session.exec(select(Meeting).where(*named, may_read_meeting(sight))).one_or_none()


def meetings_at(session: Session, milestone_id: int | None, sight: Sight) -> list[Meeting]:
    """Return the meetings that belong to a milestone and that the reader may see, in order of date."""
    return list(
        session.exec(
            select(Meeting)
            .where(col(Meeting.milestone_id) == milestone_id, may_read_meeting(sight))
            .order_by(col(Meeting.starts_on), col(Meeting.id))
        )
    )


def meeting_by_slug(session: Session, body_id: int, slug: str) -> Meeting | None:
    """Return that meeting of the register."""
    return session.exec(select(Meeting).where(col(Meeting.body_id) == body_id, col(Meeting.slug) == slug)).one_or_none()


def meetings_called(session: Session, slug: str, register: str | None = None) -> list[Meeting]:
    """Return the meetings with that slug in every register, or only in the one with that slug."""
    statement = select(Meeting).join(Body, col(Meeting.body_id) == col(Body.id)).where(col(Meeting.slug) == slug)
    if register is not None:
        statement = statement.where(col(Body.slug) == register)
    return list(session.exec(statement.order_by(col(Meeting.id))))


def rapporteur_of(session: Session, body_id: int, person_id: int | None) -> frozenset[int]:
    """Return the ids of the register's meetings that this person is rapporteur of."""
    meetings = select(Meeting.id).join(MeetingRapporteur, col(MeetingRapporteur.meeting_id) == col(Meeting.id))
    is_own = col(Meeting.body_id) == body_id, col(MeetingRapporteur.person_id).in_(records_of(person_id))
    return frozenset(session.exec(meetings.where(*is_own)))


def rapporteurs(session: Session, meeting_id: int | None) -> list[Person]:
    """Return the rapporteurs of a meeting, by name."""
    people = select(Person).join(MeetingRapporteur, col(MeetingRapporteur.person_id) == col(Person.id))
    of_meeting = people.where(col(MeetingRapporteur.meeting_id) == meeting_id)
    return list(session.exec(of_meeting.order_by(col(Person.name), col(Person.id))))
