"""Recording, correcting and removing the position of a party on an item."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.errors import Refused, refuse_stale
from tracker.history import Actor, Words
from tracker.history_verbs import Verb
from tracker.items.change_trail import lock, note_change
from tracker.items.models import Capacity, Channel, Item
from tracker.items.party_models import Position, Stance
from tracker.text import clean_or_none, clean_text
from tracker.transcripts.models import Passage


@dataclass(frozen=True)
class NewPosition:
    """All that is known of a position; `passage_id` is left out only where it was not taken in a meeting."""

    party_id: int
    stance: Stance
    condition: str | None = None
    capacity: Capacity = Capacity.NOT_STATED
    capacity_of: str | None = None
    channel: Channel = Channel.IN_THE_ROOM
    reported_by: int | None = None
    passage_id: int | None = None


def add_position(session: Session, item: Item, content: NewPosition, *, by: Actor, now: datetime) -> Position:
    """Record the position of a party. Raises Refused for "supports if" without its condition."""
    lock(session, item)
    content = _checked(session, content)
    position = Position(item_id=item.id, **vars(content))
    session.add(position)
    note_change(session, item, Verb.POSITION_NOTED, by=by, now=now, after=_event_values(content))
    return position


def edit_position(
    session: Session,
    position: Position,
    content: NewPosition,
    *,
    seen_version: int | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Correct a position. Raises Stale if somebody saved it after `seen_version`."""
    item = _locked(session, position, seen_version)
    content = _checked(session, content)
    before = _event_values(NewPosition(**{name: getattr(position, name) for name in vars(content)}))
    for name, value in vars(content).items():
        setattr(position, name, value)
    # Corrected by hand, it no longer changes with the speaker of its turn.
    position.follows_speaker = False
    position.version += 1
    session.add(position)
    note_change(session, item, Verb.POSITION_CORRECTED, by=by, now=now, before=before, after=_event_values(content))


def remove_position(
    session: Session, position: Position, *, reason: str, seen_version: int | None = None, by: Actor, now: datetime
) -> None:
    """Remove a position that was recorded in error. Raises Refused without a reason, Stale as edit_position does."""
    item = _locked(session, position, seen_version)
    reason = clean_text(reason)
    if not reason:
        raise Refused("Say why you remove this position.", "reason")
    before = {"party": position.party_id, "stance": position.stance}
    session.delete(position)
    note_change(session, item, Verb.POSITION_REMOVED, by=by, now=now, before=before, after={"reason": Words(reason)})


def _locked(session: Session, position: Position, seen_version: int | None) -> Item:
    item = session.get_one(Item, position.item_id)
    lock(session, item)
    session.refresh(position)
    refuse_stale(position.version, seen_version)
    return item


def _checked(session: Session, content: NewPosition) -> NewPosition:
    content = replace(
        content, condition=clean_or_none(content.condition), capacity_of=clean_or_none(content.capacity_of)
    )
    # "Supports if" without a condition would read as support.
    if content.stance is Stance.SUPPORTS_IF and not content.condition:
        raise Refused("Say on what condition the party supports the item.", "condition")
    if content.passage_id is not None and session.get(Passage, content.passage_id) is None:
        raise Refused("There is no such passage. Choose another.", "passage")
    return content


def _event_values(content: NewPosition) -> dict[str, Any]:
    values: dict[str, Any] = {
        "party": content.party_id,
        "stance": content.stance,
        "capacity": content.capacity,
        "passage": content.passage_id,
    }
    if content.condition:
        values["condition"] = Words(content.condition)
    return values
