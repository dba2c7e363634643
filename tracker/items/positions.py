"""Who stands where on an item: the weakest reading that the words bear, with capacity and passage."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.errors import Refused, refuse_stale
from tracker.history import Actor, Words
from tracker.history_verbs import Verb
from tracker.items.change_trail import lock, note_change
from tracker.items.models import Capacity, Channel, Item, Position, Stance
from tracker.text import clean_or_none, clean_text
from tracker.transcripts.models import Passage


@dataclass(frozen=True)
class NewPosition:
    """All that is said of one position; `passage_id` is left out only where it was not taken in a meeting."""

    party_id: int
    stance: Stance
    condition: str | None = None
    capacity: Capacity = Capacity.NOT_STATED
    capacity_of: str | None = None
    channel: Channel = Channel.IN_THE_ROOM
    reported_by: int | None = None
    passage_id: int | None = None


def add_position(session: Session, item: Item, stand: NewPosition, *, by: Actor, now: datetime) -> Position:
    """Note where a party stands; raises Refused for a condition that is not said."""
    lock(session, item)
    stand = _checked(session, stand)
    position = Position(item_id=item.id, **vars(stand))
    session.add(position)
    note_change(session, item, Verb.POSITION_NOTED, by=by, now=now, after=_event_values(stand))
    return position


def edit_position(
    session: Session,
    position: Position,
    stand: NewPosition,
    *,
    seen_version: int | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Correct a position; raises Stale if somebody did since `seen_version`."""
    item = _locked(session, position, seen_version)
    stand = _checked(session, stand)
    before = _event_values(NewPosition(**{name: getattr(position, name) for name in vars(stand)}))
    for name, value in vars(stand).items():
        setattr(position, name, value)
    position.version += 1
    session.add(position)
    note_change(session, item, Verb.POSITION_CORRECTED, by=by, now=now, before=before, after=_event_values(stand))


def remove_position(
    session: Session, position: Position, *, reason: str, seen_version: int | None = None, by: Actor, now: datetime
) -> None:
    """Take a position out that was noted in error, and say why; not if somebody corrected it since `seen_version`."""
    item = _locked(session, position, seen_version)
    if not clean_text(reason):
        raise Refused("Say why it is taken out.", "reason")
    before = {"party": position.party_id, "stance": position.stance}
    session.delete(position)
    note_change(
        session, item, Verb.POSITION_REMOVED, by=by, now=now, before=before, after={"reason": Words(clean_text(reason))}
    )


def _locked(session: Session, position: Position, seen_version: int | None) -> Item:
    item = session.get_one(Item, position.item_id)
    lock(session, item)
    session.refresh(position)
    refuse_stale(position.version, seen_version)
    return item


def _checked(session: Session, stand: NewPosition) -> NewPosition:
    stand = replace(stand, condition=clean_or_none(stand.condition), capacity_of=clean_or_none(stand.capacity_of))
    if stand.stance is Stance.SUPPORTS_IF and not stand.condition:
        raise Refused("Say on what condition.", "condition")
    if stand.passage_id is not None and session.get(Passage, stand.passage_id) is None:
        raise Refused("There is no such passage. Choose another.", "passage")
    return stand


def _event_values(stand: NewPosition) -> dict[str, Any]:
    told = {"party": stand.party_id, "stance": stand.stance, "capacity": stand.capacity, "passage": stand.passage_id}
    return told | ({"condition": Words(stand.condition)} if stand.condition else {})
