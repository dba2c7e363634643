"""What was heard of speakers at an import, kept for a person to decide: introductions, and names that may be one."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.meetings.models import Meeting
from tracker.people.models import Person
from tracker.transcripts.models import Introduction, SpeakerDoubt, Transcript, Turn
from tracker.transcripts.speakers.self_introductions import Introduced


def note_candidates(
    session: Session,
    transcript: Transcript,
    introduced: Sequence[Introduced],
    doubts: Sequence[tuple[str, str]],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Keep what speakers seem to say of themselves, and labels that may be one person's; nothing is applied."""
    rows = session.exec(select(Turn.seq, Turn.id).where(col(Turn.transcript_id) == transcript.id))
    turns = dict(rows.all())
    heard = [candidate for candidate in introduced if candidate.turn in turns]
    for candidate in heard:
        session.add(_introduction(transcript, turns[candidate.turn], candidate))
    pairs = dict.fromkeys(tuple(sorted(pair)) for pair in doubts if pair[0] != pair[1])
    for label, other in pairs:
        session.add(SpeakerDoubt(transcript_id=transcript.id, label=label, other=other))
    if heard or pairs:
        body_id = session.get_one(Meeting, transcript.meeting_id).body_id
        counts = {"introductions": len(heard), "doubts": len(pairs)}
        leave(session, transcript, Verb.CANDIDATES_NOTED, by=by, now=now, body_id=body_id, after=counts)


def _introduction(transcript: Transcript, turn_id: int, candidate: Introduced) -> Introduction:
    return Introduction(
        transcript_id=transcript.id,
        turn_id=turn_id,
        start=candidate.start,
        end=candidate.end,
        name=candidate.name,
        affiliation=candidate.affiliation,
        stakeholder_group=candidate.group,
    )


def note_likely(session: Session, transcript: Transcript, likely: Sequence[tuple[str, int]]) -> int:
    """Keep labels that may be somebody's whom the register knows; return how many. The import leaves the event."""
    living = col(Person.merged_into_id).is_(None), col(Person.erased_on).is_(None)
    numbers = [person for _, person in likely]
    living_people = set(session.exec(select(Person.id).where(col(Person.id).in_(numbers), *living)))
    kept = [(label, person) for label, person in likely if person in living_people]
    session.add_all(SpeakerDoubt(transcript_id=transcript.id, label=label, person_id=person) for label, person in kept)
    return len(kept)
