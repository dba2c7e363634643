"""Who is rapporteur of a meeting: named by the secretariat, he says beforehand what to make of its passages."""

from datetime import datetime

from sqlmodel import Session

from tracker.errors import Refused
from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.meetings.models import Meeting, MeetingRapporteur
from tracker.people.models import Person


def name_rapporteur(session: Session, meeting: Meeting, person: Person, *, by: Actor, now: datetime) -> None:
    """Let the person be rapporteur of the meeting; raises Refused where he is already."""
    if session.get(MeetingRapporteur, (meeting.id, person.id)) is not None:
        raise Refused("%(name)s is rapporteur of this meeting already.", "person", name=person.name)
    session.add(MeetingRapporteur(meeting_id=meeting.id, person_id=person.id))
    after = {"person": person.id}
    leave(session, meeting, Verb.RAPPORTEUR_NAMED, by=by, now=now, body_id=meeting.body_id, after=after)


def drop_rapporteur(session: Session, meeting: Meeting, person_id: int, *, by: Actor, now: datetime) -> None:
    """Let the person be rapporteur of the meeting no longer; raises Refused where he is not."""
    named = session.get(MeetingRapporteur, (meeting.id, person_id))
    if named is None:
        raise Refused("That person is not rapporteur of this meeting. Look at the page again.", "person")
    session.delete(named)
    before = {"person": person_id}
    leave(session, meeting, Verb.RAPPORTEUR_DROPPED, by=by, now=now, body_id=meeting.body_id, before=before)
