"""Names that may be one person's: a person says "the same" or "two people", and may take it back."""

from datetime import datetime

from sqlmodel import Session

from tracker.errors import Refused, Stale
from tracker.history import Actor, Event, Words, leave
from tracker.history_verbs import Verb
from tracker.people.models import Person
from tracker.transcripts.models import DoubtState, SpeakerDoubt, Transcript
from tracker.transcripts.speakers.attribution import (
    OVERTAKEN,
    assign_label,
    labels_of_same_person,
    persons_of,
    register_of,
    turns_of,
    undo_assignment,
)


def settle_doubt(
    session: Session,
    transcript: Transcript,
    doubt: SpeakerDoubt,
    state: DoubtState,
    *,
    version: int,
    by: Actor,
    now: datetime,
    remember: bool = True,
) -> Event:
    """Say whether two names are one person's; where they are, turns that are nobody's go to whom the others are given.

    What is said of one label later then holds for the other too. Raises Stale, or Refused where the two are given to
    different people.
    """
    if doubt.version != version or doubt.state is not DoubtState.OPEN:
        raise Stale(OVERTAKEN)
    doubt.state = state
    doubt.decided_by = by.person_id
    doubt.decided_at = now
    doubt.version += 1
    session.flush()
    assignment = None
    if state is DoubtState.SAME:
        assignment = _give(session, transcript, doubt, remember, by, now)
    after = {"doubt": doubt.id, "state": state, "version": doubt.version, "given": assignment and assignment.id}
    names = {"label": Words(doubt.label), "other": doubt.other and Words(doubt.other)}
    return leave(
        session,
        transcript,
        Verb.DOUBT_SETTLED,
        by=by,
        now=now,
        body_id=register_of(session, transcript),
        after={**after, **names, "person": doubt.person_id},
    )


def _give(
    session: Session, transcript: Transcript, doubt: SpeakerDoubt, remember: bool, by: Actor, now: datetime
) -> Event | None:
    """Give the turns of the labels that are nobody's to the one person that is known, if there is one."""
    labels = labels_of_same_person(session, transcript, doubt.label)
    turns = [turn for turn in turns_of(session, transcript) if turn.label in labels]
    people = persons_of(turns)
    if doubt.person_id:
        people.add(doubt.person_id)
    if len(people) > 1:
        raise Refused("These turns are given to different people. Give one of the labels to the other person first.")
    if not people or all(turn.person_id for turn in turns):
        return None
    person = session.get_one(Person, people.pop())
    return assign_label(
        session, transcript, doubt.label, person, instead_of=None, by=by, now=now, remember=remember
    )  # fmt: skip


def reopen_doubt(session: Session, transcript: Transcript, event: Event, *, by: Actor, now: datetime) -> None:
    """Open a doubt again that an event settled, and undo what was given by it."""
    doubt = session.get_one(SpeakerDoubt, event.after["doubt"])
    if doubt.version != event.after["version"]:
        raise Stale(OVERTAKEN)
    if event.after["given"]:
        undo_assignment(session, transcript, session.get_one(Event, event.after["given"]), by=by, now=now)
    doubt.state = DoubtState.OPEN
    doubt.decided_by = None
    doubt.decided_at = None
    doubt.version += 1
    body_id = register_of(session, transcript)
    leave(session, transcript, Verb.DOUBT_REOPENED, by=by, now=now, body_id=body_id, after={"doubt": doubt.id})
