"""Who spoke: a person says whose a label is, for its turns or for one alone. The words and labels stay as printed."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.errors import Refused
from tracker.history import Actor, Words, leave
from tracker.meetings.models import Meeting
from tracker.people.changes import add_label, drop_label
from tracker.people.models import Label, Person
from tracker.transcripts.models import Passage, Transcript, Turn
from tracker.transcripts.names import parse


def assign_label(
    session: Session,
    transcript: Transcript,
    label: str,
    person: Person,
    *,
    instead_of: int | None,
    by: Actor,
    now: datetime,
    remember: bool = True,
) -> int:
    """Give the label's turns to the person, as far as they were `instead_of`'s (None: nobody's); return how many.

    With `remember` the register's later transcripts know the label too. Raises Refused where it has no such turns.
    """
    turns = [turn for turn in _turns(session, transcript) if turn.label == label and turn.person_id == instead_of]
    if not turns:
        raise Refused("No turn stands under “%(label)s” as you saw it. Load the page again.", label=label)
    if remember and is_a_name(label):
        _remember(session, transcript, label, person, by, now)
    _give(session, transcript, turns, person, by, now)
    return len(turns)


def assign_turn(
    session: Session, transcript: Transcript, turn: Turn, person: Person | None, *, by: Actor, now: datetime
) -> None:
    """Give one turn to a person, or to nobody; raises Refused where it is his already."""
    if turn.person_id == (person.id if person else None):
        raise Refused("That is how it stands already.", "person")
    _give(session, transcript, [turn], person, by, now)


def is_a_name(label: str) -> bool:
    """Tell whether a label names somebody; CHAIR and NEW SPEAKER may be another in the next transcript."""
    return not parse(label).role


def _turns(session: Session, transcript: Transcript) -> list[Turn]:
    return list(session.exec(select(Turn).where(col(Turn.transcript_id) == transcript.id).order_by(col(Turn.seq))))


def _give(
    session: Session, transcript: Transcript, turns: Sequence[Turn], person: Person | None, by: Actor, now: datetime
) -> None:
    """Note who speaks, in the turns and in the passages cut from them; what was decided of these stays as it is."""
    number = person.id if person else None
    before = sorted({turn.person_id for turn in turns if turn.person_id})
    for turn in turns:
        turn.person_id = number
    for passage in session.exec(select(Passage).where(col(Passage.sha256) == transcript.sha256)):
        if any(turn.start <= passage.start < turn.end for turn in turns):
            passage.speaker_id = number
    told = {"turns": [turn.seq for turn in turns], "person": number}
    body_id = session.get_one(Meeting, transcript.meeting_id).body_id
    leave(
        session,
        transcript,
        "speaker assigned",
        by=by,
        now=now,
        body_id=body_id,
        before={"people": before},
        after={**told, "label": Words(turns[0].label) if turns[0].label else None},
    )


def _remember(session: Session, transcript: Transcript, label: str, person: Person, by: Actor, now: datetime) -> None:
    register_id = session.get_one(Meeting, transcript.meeting_id).body_id
    same = select(Label).where(col(Label.register_id) == register_id, col(Label.text) == label)
    known = session.exec(same).one_or_none()
    if known is not None and known.person_id != person.id:
        drop_label(session, known, by=by, now=now)
        session.flush()
    add_label(session, person, register_id, label, by=by, now=now)
