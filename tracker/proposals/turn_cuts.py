"""Turns split and joined: what was cut from them keeps its place in the text, and gets the right turn and speaker.

A turn keeps its number for good, since reports and mails link to it: the second half of a split gets the next free one,
and the number of a joined turn goes on leading to the words.
"""

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlmodel import Session, col, func, select

from tracker.errors import Refused, Stale, refuse_stale
from tracker.history import Actor, Event, Words, leave
from tracker.history_verbs import Verb
from tracker.people.models import Person
from tracker.proposals.models import Proposal
from tracker.transcripts.models import Introduction, JoinedTurn, Passage, Transcript, Turn
from tracker.transcripts.speakers.attribution import (
    OVERTAKEN,
    note_speaker,
    register_of,
    turns_of,
    turns_unchanged_since,
)
from tracker.transcripts.speakers.speaking_for import capacity_of_turn, restore_capacity
from tracker.transcripts.text_positions import split_sentences, trim

KEPT = ("seq", "label", "speaker", "person_id", "start", "end", "said_at", "split_from")


def split(
    session: Session,
    transcript: Transcript,
    turn: Turn,
    at: int,
    *,
    version: int,
    by: Actor,
    now: datetime,
    label: str | None = None,
    person: Person | None = None,
) -> Turn:
    """Cut a turn in two where a sentence begins; return the second, which is nobody's unless a person is given.

    A label may be named that stands printed there: it is no speech then. Raises Stale, or Refused.
    """
    refuse_stale(turn.version, version)
    cut = _cut(transcript.text, turn, at)
    begin = _behind(transcript.text, at, label)
    second = Turn(transcript_id=transcript.id, seq=_next(session, transcript), start=begin, end=turn.end)
    second.label = label or None
    second.split_from = turn.seq
    if person:
        second.person_id = person.id
    if begin >= turn.end:
        raise Refused("Nothing is said after this label. Choose a later place.", "label")
    before = {"turn": turn.seq, "end": turn.end}
    turn.end = cut
    turn.version += 1
    session.add(second)
    session.flush()
    _move(session, transcript, turn, second, by, now, since=at)
    note_speaker(session, transcript, [second], second.person_id)
    after: dict[str, Any] = {"turn": turn.seq, "second": second.seq, "at": at, "touched": [turn.seq, second.seq]}
    after |= {"label": _label(label), "person": second.person_id}
    _leave(session, transcript, Verb.TURN_SPLIT, by, now, before, after)
    return second


def _label(label: str | None) -> Words | None:
    """Return a label as history keeps it: apart, so that it can be erased."""
    if label:
        return Words(label)
    return None


def _cut(text: str, turn: Turn, at: int) -> int:
    """Return where the sentence before ends."""
    spans = list(split_sentences(text, turn.start, turn.end))
    ends = [before.end for before, after in pairwise(spans) if after.start == at]
    if not ends:
        raise Refused("A turn is split where one of its sentences begins. Choose such a place.", "at")
    return ends[0]


def _behind(text: str, at: int, label: str | None) -> int:
    """Return where speech begins behind a label that is printed there."""
    if not label:
        return at  # all that follows is speech
    stop = at + len(label)
    if text[at:stop] != label or text[stop : stop + 1] != ":":
        raise Refused(
            "“%(label)s:” is not printed there. Leave the label out, and choose who speaks.", "label", label=label
        )
    return trim(text, stop + 1, len(text)).start


def _next(session: Session, transcript: Transcript) -> int:
    """Return the next number that no turn has or had."""
    highest = []
    # A joined turn can come back under its number, so that is never given to another.
    for table in (Turn, JoinedTurn):
        of_transcript = select(func.coalesce(func.max(table.seq), 0)).where(col(table.transcript_id) == transcript.id)
        highest.append(session.exec(of_transcript).one())
    return max(highest) + 1


def join(session: Session, transcript: Transcript, turn: Turn, *, version: int, by: Actor, now: datetime) -> Turn:
    """Let the next turn be the rest of this one; what it was is kept, and can come back. Raises Stale, or Refused."""
    refuse_stale(turn.version, version)
    later = (other for other in turns_of(session, transcript) if other.start >= turn.end)
    following = next(later, None)
    if following is None:
        raise Refused("This is the last turn: there is none to join it with. Choose an earlier one.")
    kept = {name: getattr(following, name) for name in KEPT}
    spoken_for = capacity_of_turn(following) | {"version": following.version}
    joined = JoinedTurn(transcript_id=transcript.id, turn_id=turn.id, cut=turn.end, **kept)
    session.add(joined)
    _move(session, transcript, following, turn, by, now, since=0)
    turn.end = following.end
    session.delete(following)
    session.flush()
    note_speaker(session, transcript, [turn], turn.person_id)
    session.flush()
    before = {"second": joined.seq, "label": _label(joined.label), "person": joined.person_id, **spoken_for}
    after = {"turn": turn.seq, "joined": joined.id, "touched": [turn.seq, joined.seq]}
    _leave(session, transcript, Verb.TURNS_JOINED, by, now, before, after)
    return turn


def separate(session: Session, transcript: Transcript, joined: JoinedTurn, *, by: Actor, now: datetime) -> Turn:
    """Let a turn that was joined be one of its own again, with its label and number."""
    first = session.get_one(Turn, joined.turn_id)
    kept = {name: getattr(joined, name) for name in KEPT}
    second = Turn(transcript_id=transcript.id, **{**kept, "end": first.end})
    first.end = joined.cut
    session.delete(joined)
    session.flush()
    session.add(second)
    session.flush()
    first.version += 1
    _move(session, transcript, first, second, by, now, since=second.start)
    note_speaker(session, transcript, [second], second.person_id)
    _leave(session, transcript, Verb.TURN_SET_APART, by, now, {}, {"turn": first.seq, "second": second.seq})
    return second


def join_again(session: Session, transcript: Transcript, event: Event, *, by: Actor, now: datetime) -> None:
    """Take a split back; raises Stale where one of the two turns was changed since."""
    turns_unchanged_since(session, transcript, event)
    turn = session.exec(_numbered(transcript, event.after["turn"])).one()
    join(session, transcript, turn, version=turn.version, by=by, now=now)


def split_again(session: Session, transcript: Transcript, event: Event, *, by: Actor, now: datetime) -> None:
    """Take a joining back; raises Stale where the turn was changed since."""
    turns_unchanged_since(session, transcript, event)
    joined = session.get(JoinedTurn, event.after["joined"])
    if joined is None:
        raise Stale(OVERTAKEN)
    second = separate(session, transcript, joined, by=by, now=now)
    restore_capacity(session, second, event)
    second.version += event.before["version"]


def _numbered(transcript: Transcript, seq: int) -> Any:
    return select(Turn).where(col(Turn.transcript_id) == transcript.id, col(Turn.seq) == seq)


def _move(
    session: Session, transcript: Transcript, old: Turn, new: Turn, by: Actor, now: datetime, *, since: int
) -> None:
    """Give the new turn what stands in the old one from that character on: proposals, introductions, joined turns."""
    body_id = register_of(session, transcript)
    standing = select(Proposal).join(Passage, col(Proposal.passage_id) == col(Passage.id))
    for proposal in session.exec(standing.where(col(Proposal.turn_id) == old.id, col(Passage.start) >= since)):
        proposal.turn_id = new.id
        before = {"turn": old.seq}
        after = {"turn": new.seq}
        leave(session, proposal, Verb.TURN_CHANGED, by=by, now=now, body_id=body_id, before=before, after=after)
    for kind in (Introduction, JoinedTurn):
        standing_there = select(kind).where(col(kind.turn_id) == old.id, col(kind.start) >= since)
        for row in session.exec(standing_there):
            row.turn_id = new.id
    session.flush()


def _leave(
    session: Session,
    transcript: Transcript,
    verb: Verb,
    by: Actor,
    now: datetime,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> None:
    body_id = register_of(session, transcript)
    leave(session, transcript, verb, by=by, now=now, body_id=body_id, before=before, after=after)
