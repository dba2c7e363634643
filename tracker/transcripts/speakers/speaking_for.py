"""For whom somebody spoke in a turn, by which way, and whether of others: as read, or as a person says."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.errors import refuse_stale
from tracker.history import Actor, Event, Words, leave
from tracker.history_queries import wordings
from tracker.history_verbs import Verb
from tracker.text import clean_or_none
from tracker.transcripts.models import Transcript, Turn
from tracker.transcripts.speakers.attribution import register_of, turns_unchanged_since
from tracker.transcripts.speakers.capacity import capacity_of


@dataclass(frozen=True)
class SpokenCapacity:
    """Capacity and channel by their stored values, null where nobody says; `is_settled` once a person has."""

    capacity: str | None = None
    capacity_of: str | None = None
    channel: str | None = None
    is_reporting: bool = False
    is_settled: bool = False

    def __bool__(self) -> bool:
        """Tell whether anything is said."""
        return bool(self.capacity or self.channel or self.is_reporting)


def speaking(text: str, turn: Turn, start: int | None = None, end: int | None = None) -> SpokenCapacity:
    """Return what a person said of the turn, else what its words say; a passage's own words go before the turn's."""
    if turn.capacity or turn.channel or turn.is_reporting is not None:
        return SpokenCapacity(turn.capacity, turn.capacity_of, turn.channel, bool(turn.is_reporting), is_settled=True)
    of_turn = capacity_of(text, turn.start, turn.end)
    of_passage = of_turn
    if start is not None and end is not None:
        of_passage = capacity_of(text, start, end)
    stated = of_turn
    if of_passage.capacity:
        stated = of_passage
    channel = of_passage.channel or of_turn.channel
    return SpokenCapacity(stated.capacity, stated.on_behalf_of, channel, stated.reported or of_passage.reported)


def note_speaking(
    session: Session,
    transcript: Transcript,
    turn: Turn,
    said: SpokenCapacity,
    *,
    version: int,
    by: Actor,
    now: datetime,
) -> Event:
    """Note what a person says of a turn: it goes before what is read from the words. Raises Stale."""
    refuse_stale(turn.version, version)
    before = capacity_of_turn(turn)
    turn.capacity = said.capacity
    turn.capacity_of = clean_or_none(said.capacity_of)
    turn.channel = said.channel
    turn.is_reporting = said.is_reporting
    turn.version += 1
    after = capacity_of_turn(turn) | {"touched": [turn.seq]}
    body_id = register_of(session, transcript)
    return leave(session, transcript, Verb.CAPACITY_NOTED, by=by, now=now, body_id=body_id, before=before, after=after)


def capacity_of_turn(turn: Turn) -> dict[str, object]:
    """Return what a person said of the turn, as the history keeps it."""
    return {
        "capacity": turn.capacity,
        "capacity_of": turn.capacity_of and Words(turn.capacity_of),
        "channel": turn.channel,
        "is_reporting": turn.is_reporting,
    }


def undo_capacity(session: Session, transcript: Transcript, event: Event, *, by: Actor, now: datetime) -> None:
    """Put back what stood before that event; raises Stale where the turn was changed since."""
    (turn,) = turns_unchanged_since(session, transcript, event)
    restore_capacity(session, turn, event)
    turn.version += 1
    body_id = register_of(session, transcript)
    after = {"turn": turn.seq}
    leave(session, transcript, Verb.CAPACITY_UNDONE, by=by, now=now, body_id=body_id, after=after)


def restore_capacity(session: Session, turn: Turn, event: Event) -> None:
    """Let be said of the turn what was said before that event; whoever calls this leaves a line."""
    before = event.before
    party = before["capacity_of"]
    turn.capacity = before["capacity"]
    turn.channel = before["channel"]
    turn.is_reporting = before["is_reporting"]
    turn.capacity_of = wordings(session, [event])[party["wording"]] if party else None
