"""Reading transcripts: which of them a reader may see, their versions, and who speaks in them."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from tracker.meetings.models import Meeting
from tracker.meetings.queries import visible_to
from tracker.people.models import Person
from tracker.people.queries import Sight
from tracker.transcripts.models import Transcript, Turn

# The bytes of a file are read for its download only.
_LIGHT = defer(Transcript.original)  # type: ignore[arg-type]


class Version(NamedTuple):
    """A version of a meeting's transcript, without its words."""

    id: int
    number: int
    filename: str
    imported_at: datetime


class Spoken(NamedTuple):
    """A turn, and the person it is given to."""

    turn: Turn
    person: str | None

    @property
    def name(self) -> str | None:
        """Return the best name for who speaks: a person's, what the text gives, the label."""
        return self.person or self.turn.speaker or self.turn.label


def transcript(session: Session, body_id: int, number: int, sight: Sight) -> tuple[Transcript, Meeting] | None:
    """Return that transcript of the register with its meeting if the reader may see it."""
    return session.exec(
        select(Transcript, Meeting)
        .join(Meeting, col(Transcript.meeting_id) == col(Meeting.id))
        .where(col(Transcript.id) == number, col(Meeting.body_id) == body_id)
        .where(visible_to(sight, Meeting.body_id, Meeting.visibility))
        .options(_LIGHT)
    ).one_or_none()


def versions(session: Session, meeting_id: int | None) -> list[Version]:
    """Return the versions of a meeting's transcript, newest first."""
    columns: Any = (Transcript.id, Transcript.number, Transcript.filename, Transcript.imported_at)
    found = select(*columns).where(col(Transcript.meeting_id) == meeting_id).order_by(col(Transcript.number).desc())
    return [Version(*row) for row in session.exec(found)]


def spoken(session: Session, transcript_id: int | None) -> list[Spoken]:
    """Return the turns of a transcript in order, with the people they are given to."""
    rows = session.exec(
        select(Turn, Person.name)
        .outerjoin(Person, col(Turn.person_id) == col(Person.id))
        .where(col(Turn.transcript_id) == transcript_id)
        .order_by(col(Turn.seq))
    )
    return [Spoken(turn, person) for turn, person in rows]
