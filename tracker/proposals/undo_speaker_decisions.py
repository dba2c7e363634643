"""Undoing what a person decided of speakers and turns: each decision by its line of history."""

from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from tracker.errors import Refused, Stale
from tracker.history import Actor, Event, leave
from tracker.history_queries import of_subject
from tracker.history_verbs import Verb
from tracker.proposals import turn_cuts
from tracker.transcripts.models import Transcript
from tracker.transcripts.speakers import accept_introductions, attribution, name_doubts, speaking_for
from tracker.transcripts.speakers.attribution import UNDONE, undone_events


class Back(Protocol):
    """A verb that takes another one back."""

    def __call__(
        self, session: Session, transcript: Transcript, event: Event, *, by: Actor, now: datetime
    ) -> None:  # fmt: skip
        """Undo what the event tells."""


def _undo_together(session: Session, transcript: Transcript, event: Event, *, by: Actor, now: datetime) -> None:
    """Undo all that was decided at once, the last first."""
    for number in reversed(event.after["decisions"]):
        decision = session.get_one(Event, number)
        BACK[decision.verb](session, transcript, decision, by=by, now=now)


BACK: dict[str, Back] = {
    Verb.SPEAKER_ASSIGNED: attribution.undo_assignment,
    Verb.SPEAKERS_SETTLED: _undo_together,
    Verb.DOUBT_SETTLED: name_doubts.reopen_doubt,
    Verb.INTRODUCTION_ACCEPTED: accept_introductions.reopen_introduction,
    Verb.INTRODUCTION_DISMISSED: accept_introductions.reopen_introduction,
    Verb.CAPACITY_NOTED: speaking_for.undo_capacity,
    Verb.TURN_SPLIT: turn_cuts.join_again,
    Verb.TURNS_JOINED: turn_cuts.split_again,
}

UNDOES = "it takes another line back itself"
IMPORTED = "an import leaves it: the version before holds what was there"
#: lines of a transcript that are not undone by themselves, and why
NOT_UNDONE: dict[Verb, str] = {
    Verb.IMPORTED: "the file can be imported again as another version",
    Verb.WORDS_ERASED: "what was erased does not come back",
    **dict.fromkeys((Verb.REDACTION_REQUESTED, Verb.WITHDRAWN, Verb.SENT_BACK), "the transcript's page settles it"),
    Verb.REMOVED: "the transcript is gone",
    Verb.PASSAGE_SETTLED: "a passage is settled again on the page of corrections",
    **dict.fromkeys(
        (Verb.SPEAKER_UNASSIGNED, Verb.INTRODUCTION_REOPENED, Verb.CAPACITY_UNDONE, Verb.DOUBT_REOPENED,
         Verb.TURN_SET_APART, Verb.DECISION_UNDONE), UNDOES),
    **dict.fromkeys((Verb.PASSAGES_REANCHORED, Verb.CANDIDATES_NOTED, Verb.CAPACITIES_CARRIED_OVER), IMPORTED),
}  # fmt: skip


def undo(session: Session, transcript: Transcript, event: Event, *, by: Actor, now: datetime) -> None:
    """Undo what that line of the transcript's history tells.

    Raises Stale where it was undone already or something was changed since, Refused where it is no decision.
    """
    if event.verb not in BACK or event.subject != transcript.history_key():
        raise Refused("This cannot be undone. Reload the page.")
    if event.id in undone_events(of_subject(session, transcript.history_key())):
        raise Stale("This was undone already.")
    BACK[event.verb](session, transcript, event, by=by, now=now)
    body_id = attribution.register_of(session, transcript)
    leave(session, transcript, UNDONE, by=by, now=now, body_id=body_id, after={"event": event.id})


def decisions(session: Session, transcript: Transcript, most: int) -> list[Event]:
    """Return the last decisions that still stand, newest first; what came of one with another is not told twice."""
    lines = of_subject(session, transcript.history_key())
    # "given" names the decision that an introduction brought with it: undoing the introduction undoes that as well.
    hidden = undone_events(lines) | {line.after["given"] for line in lines if line.after.get("given")}
    hidden |= {number for line in lines for number in line.after.get("decisions", ())}
    return [line for line in reversed(lines) if line.verb in BACK and line.id not in hidden][:most]
