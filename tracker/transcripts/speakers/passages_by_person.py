"""What somebody said in the meetings of a register: the passages that put something forward, or speak of it."""

from sqlmodel import Session, col, select

from tracker.meetings.models import Meeting
from tracker.meetings.queries import may_read_meeting
from tracker.people.models import Person
from tracker.people.queries import Sight, records_of
from tracker.transcripts.models import Passage, Transcript
from tracker.transcripts.quotes import Quote, quotes


def passages_of(session: Session, body_id: int, person: Person, sight: Sight, *, most: int) -> list[Quote]:
    """Return the person's passages that the reader may see, the latest meeting first: two statements."""
    found = session.exec(
        select(Passage.id)
        .join(Transcript, col(Transcript.id) == col(Passage.transcript_id))
        .join(Meeting, col(Meeting.id) == col(Transcript.meeting_id))
        .where(
            col(Passage.speaker_id).in_(records_of(person.id)),
            col(Meeting.body_id) == body_id,
            may_read_meeting(sight),
        )
        .order_by(col(Meeting.starts_on).desc(), col(Passage.start))
        .limit(most)
    ).all()
    told = quotes(session, [number for number in found if number], sight)
    return [told[number] for number in found if number in told and told[number].words]
