"""Who spoke: a person says whose a label is, for its turns or for one alone. The words and labels stay as printed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.errors import Refused, Stale
from tracker.history import Actor, Event, Words, leave
from tracker.history_queries import of_subject
from tracker.history_verbs import Verb
from tracker.meetings.models import Meeting
from tracker.people.changes import add_label, drop_label
from tracker.people.models import Label, Person
from tracker.transcripts.models import DoubtState, Passage, SpeakerDoubt, Transcript, Turn
from tracker.transcripts.speakers.register_match import is_a_name
from tracker.transcripts.text_positions import place_holding

#: the line that takes another one back, named in it
UNDONE = Verb.DECISION_UNDONE
OVERTAKEN = "This has been changed since. Nothing of yours was saved: see below what it is now."


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
) -> Event:
    """Give the turns of the label, and of labels found to be the same person's, to the person; return the event.

    Only turns that were `instead_of`'s (None: nobody's) are given. With `remember` the register's later transcripts
    know the labels too. Raises Stale where no turn stands so.
    """
    labels = labels_of_same_person(session, transcript, label)
    turns = [turn for turn in turns_of(session, transcript) if turn.label in labels and turn.person_id == instead_of]
    if not turns:
        raise Stale("No turn stands under “%(label)s” as you saw it any more. See what it is now.", label=label)
    kept: dict[str, int | None] = {}
    for own_label in sorted({turn.label for turn in turns if turn.label}):
        if remember and is_a_name(own_label):
            kept |= _remember(session, transcript, own_label, person, by, now)
    return give_turns(session, transcript, turns, person, by=by, now=now, remembered=kept)


def assign_turns(
    session: Session,
    transcript: Transcript,
    turns: Sequence[Turn],
    person: Person | None,
    *,
    by: Actor,
    now: datetime,
) -> Event:
    """Give these turns alone to a person, or to nobody; raises Refused where they are that person's already."""
    person_id = person and person.id
    if all(turn.person_id == person_id for turn in turns):
        raise Refused("That is how it stands already.", "person")
    return give_turns(session, transcript, turns, person, by=by, now=now)


def labels_of_same_person(session: Session, transcript: Transcript, label: str) -> set[str]:
    """Return the label with those that somebody has found to be the same person's."""
    pairs = session.exec(
        select(SpeakerDoubt.label, SpeakerDoubt.other)
        .where(col(SpeakerDoubt.transcript_id) == transcript.id, col(SpeakerDoubt.state) == DoubtState.SAME)
        .where(col(SpeakerDoubt.other).is_not(None))
    ).all()
    # Two may be found the same by way of a third: followed until nothing is added.
    labels = {label}
    before = 0
    while len(labels) > before:
        before = len(labels)
        labels |= {other or "" for pair in pairs if labels & set(pair) for other in pair}
    return labels


def turns_of(session: Session, transcript: Transcript) -> list[Turn]:
    """Return the turns of a transcript as they were said."""
    return list(session.exec(select(Turn).where(col(Turn.transcript_id) == transcript.id).order_by(col(Turn.start))))


def give_turns(
    session: Session,
    transcript: Transcript,
    turns: Sequence[Turn],
    person: Person | None,
    *,
    by: Actor,
    now: datetime,
    remembered: dict[str, int | None] | None = None,
) -> Event:
    """Note who speaks, in the turns and in the passages cut from them; what was decided of these stays as it is."""
    number = person and person.id
    before = {turn.seq: turn.person_id for turn in turns}
    note_speaker(session, transcript, turns, number)
    return leave_assignment(session, transcript, before, number, turns[0].label, by=by, now=now, remembered=remembered)


def leave_assignment(
    session: Session,
    transcript: Transcript,
    before: Mapping[int, int | None],
    person_id: int | None,
    label: str | None,
    *,
    by: Actor,
    now: datetime,
    remembered: dict[str, int | None] | None = None,
) -> Event:
    """Leave the event of turns that are a person's now; `before` tells by their numbers whose they were."""
    line = leave(
        session,
        transcript,
        Verb.SPEAKER_ASSIGNED,
        by=by,
        now=now,
        body_id=register_of(session, transcript),
        before={"people": {str(number): was for number, was in before.items()}, "labels": remembered or {}},
        after={"touched": [*before], "person": person_id, "label": label and Words(label)},
    )
    session.flush()  # others name this line by its number
    return line


def note_speaker(session: Session, transcript: Transcript, turns: Sequence[Turn], person_id: int | None) -> None:
    """Write the person into the turns and their passages; whoever calls this leaves the event."""
    for turn in turns:
        turn.person_id = person_id
        turn.version += 1
    in_order = sorted(turns, key=lambda turn: turn.start)
    for passage in session.exec(select(Passage).where(col(Passage.sha256) == transcript.sha256)):
        if place_holding(in_order, passage.start) is not None:
            passage.speaker_id = person_id


def note_together(
    session: Session, transcript: Transcript, decisions: Sequence[Event], *, by: Actor, now: datetime
) -> Event:
    """Leave the event of several decisions that a person made at once: undoing it undoes them all."""
    session.flush()  # events get their numbers
    after = {"decisions": [event.id for event in decisions]}
    body_id = register_of(session, transcript)
    return leave(session, transcript, Verb.SPEAKERS_SETTLED, by=by, now=now, body_id=body_id, after=after)


def register_of(session: Session, transcript: Transcript) -> int:
    """Return the register that a transcript belongs to."""
    return session.get_one(Meeting, transcript.meeting_id).body_id


def undo_assignment(session: Session, transcript: Transcript, event: Event, *, by: Actor, now: datetime) -> None:
    """Give turns back to whom they were given before that event, and forget the labels it remembered."""
    turns = turns_unchanged_since(session, transcript, event)
    people: dict[str, Any] = event.before["people"]
    for person_id in {people[str(turn.seq)] for turn in turns}:
        note_speaker(session, transcript, [turn for turn in turns if people[str(turn.seq)] == person_id], person_id)
    _forget(session, transcript, event, by, now)
    numbers = [turn.seq for turn in turns]
    body_id = register_of(session, transcript)
    leave(session, transcript, Verb.SPEAKER_UNASSIGNED, by=by, now=now, body_id=body_id, after={"turns": numbers})


def _forget(session: Session, transcript: Transcript, event: Event, by: Actor, now: datetime) -> None:
    kept: dict[str, int | None] = event.before.get("labels", {})
    for number, before in kept.items():
        label = session.get(Label, int(number))
        if label is None or label.person_id != event.after["person"]:
            continue  # another decision has moved it since: that one stands
        text = label.text
        drop_label(session, label, by=by, now=now)
        session.flush()
        person = session.get(Person, before) if before else None
        if person is not None:
            add_label(session, person, register_of(session, transcript), text, by=by, now=now)


def _remember(
    session: Session, transcript: Transcript, label: str, person: Person, by: Actor, now: datetime
) -> dict[str, int | None]:
    """Note the label as the person's; return its number with whose it was before, if anything changed."""
    register_id = register_of(session, transcript)
    same = select(Label).where(col(Label.register_id) == register_id, col(Label.text) == label)
    existing = session.exec(same).one_or_none()
    before = None
    if existing is not None:
        before = existing.person_id
    if before == person.id:
        return {}
    if existing is not None:
        drop_label(session, existing, by=by, now=now)
        session.flush()
    return {str(add_label(session, person, register_id, label, by=by, now=now).id): before}


def persons_of(turns: Collection[Turn]) -> set[int]:
    """Return the people whose these turns are."""
    return {turn.person_id for turn in turns if turn.person_id}


def undone_events(lines: Sequence[Event]) -> set[int]:
    """Return the numbers of the lines that were undone, with what had come of them."""
    gone = {int(line.after["event"]) for line in lines if line.verb == UNDONE}
    return gone | {int(line.after["given"]) for line in lines if line.id in gone and line.after.get("given")}


def turns_unchanged_since(session: Session, transcript: Transcript, event: Event) -> list[Turn]:
    """Return the turns that a line tells of; raises Stale where a later one that still stands changed any of them."""
    lines = of_subject(session, transcript.history_key())
    gone = undone_events(lines)
    touched = set(event.after["touched"])
    for line in lines:
        came_after = (line.id) > (event.id) and line.id not in gone and line.after.get("given") != event.id
        if came_after and touched & set(line.after.get("touched", ())):
            raise Stale(OVERTAKEN)
    numbered = col(Turn.transcript_id) == transcript.id, col(Turn.seq).in_(touched)
    return list(session.exec(select(Turn).where(*numbered)))
