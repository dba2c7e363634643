"""Decisions about speakers and turns that still stand: each is a line of history that can be undone."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from tracker.errors import Stale
from tracker.history import Event, of_subject
from tracker.history_verbs import Verb
from tracker.transcripts.models import Transcript, Turn

#: the line that takes another one back, named in it
UNDONE = Verb.DECISION_UNDONE
OVERTAKEN = "This has been changed since. Nothing of yours was saved: see below what it is now."


def undone(lines: Sequence[Event]) -> set[int]:
    """Return the numbers of the lines that were taken back, with what had come of them."""
    gone = {int(line.after["event"]) for line in lines if line.verb == UNDONE}
    return gone | {int(line.after["given"]) for line in lines if line.id in gone and line.after.get("given")}


def unchanged(session: Session, transcript: Transcript, event: Event) -> list[Turn]:
    """Return the turns that a line tells of; raises Stale where a later one that still stands changed any of them."""
    lines = of_subject(session, transcript.history_key())
    gone = undone(lines)
    touched = set(event.after["touched"])
    for line in lines:
        came_after = (line.id) > (event.id) and line.id not in gone and line.after.get("given") != event.id
        if came_after and touched & set(line.after.get("touched", ())):
            raise Stale(OVERTAKEN)
    numbered = col(Turn.transcript_id) == transcript.id, col(Turn.seq).in_(touched)
    return list(session.exec(select(Turn).where(*numbered)))
