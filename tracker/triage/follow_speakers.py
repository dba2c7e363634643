"""Items and positions follow the speaker of the turn they come from, until a person says otherwise of them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, func, or_, select

from tracker.history import Actor
from tracker.history_queries import of_subject
from tracker.history_verbs import Verb
from tracker.items.change_trail import lock, note_change
from tracker.items.models import Capacity, Item, Origin, Relation, SpeakerPart
from tracker.items.party_models import Position
from tracker.people.models import Party
from tracker.proposals.models import Proposal
from tracker.transcripts.models import Passage, Transcript, Turn
from tracker.triage.decisions import STANDS, undo


def follow_speakers(session: Session, transcript: Transcript, *, by: Actor, now: datetime) -> int:
    """Name who now speaks as proposer, reporter or party of what was made of the transcript; return of how many.

    To be called after every decision of who speaks, and after its undoing: it compares and changes only what differs.
    A position that is nobody's any more is detached, and its passage waits for triage again.
    """
    session.flush()
    parties = dict(session.exec(select(Party.person_id, Party.id).where(col(Party.person_id).is_not(None))).all())
    changed = 0
    for item, proposal, speaker in _spoken(session, transcript, (Relation.NEW,)):
        changed += _follow(session, item, proposal, speaker, parties.get(speaker), by, now)
    for item, proposal, speaker in _spoken(session, transcript, tuple(STANDS)):
        changed += _move_positions(session, item, proposal, speaker, parties.get(speaker), by, now)
    return changed


def _spoken(
    session: Session, transcript: Transcript, relations: tuple[Relation, ...]
) -> Iterator[tuple[Item, Proposal, int | None]]:
    """Yield what was made of the transcript's proposals, with who speaks there now."""
    # A passage cited in an earlier version follows the speaker of its place in this one.
    here = aliased(Passage)
    moved = and_(col(here.moved_from_id) == col(Passage.id), col(here.transcript_id) == transcript.id)
    statement = (
        select(Item, Proposal, func.coalesce(col(here.speaker_id), col(Passage.speaker_id)))
        .join(Origin, col(Origin.item_id) == col(Item.id))
        .join(Proposal, col(Proposal.id) == col(Origin.proposal_id))
        .join(Passage, col(Passage.id) == col(Proposal.passage_id))
        .outerjoin(here, moved)
        .where(col(Origin.relation).in_(relations))
        .where(or_(col(Passage.transcript_id) == transcript.id, col(here.id).is_not(None)))
        .order_by(col(Item.id), col(Proposal.id))
    )
    yield from session.exec(statement).all()


def _follow(
    session: Session, item: Item, proposal: Proposal, speaker: int | None, party: int | None, by: Actor, now: datetime
) -> bool:
    values = _capacity(session, item, proposal, item.capacity, Verb.SPEAKER_FOLLOWED)
    match item.speaker_part:
        case SpeakerPart.PROPOSER:
            values["put_forward_by"] = party
        case SpeakerPart.REPORTER:
            # Whom they report spoke in a capacity of their own, which this turn does not tell.
            values = {"reported_by": speaker}
        case _:
            return False
    before = {name: getattr(item, name) for name in values}
    if before == values:
        return False
    lock(session, item)
    for name, value in values.items():
        setattr(item, name, value)
    item.version += 1
    note_change(session, item, Verb.SPEAKER_FOLLOWED, by=by, now=now, before=before, after=values)
    return True


def _capacity(session: Session, item: Item, proposal: Proposal, has: Capacity, verb: Verb) -> dict[str, Any]:
    """Return the capacity that a person has noted of the turn; what was taken from it goes when that is undone."""
    turn = proposal.turn_id and session.get(Turn, proposal.turn_id)
    if turn and turn.capacity and has is Capacity.NOT_STATED:
        return {"capacity": Capacity(turn.capacity)}
    if turn and turn.capacity is None and has is not Capacity.NOT_STATED:
        lines = [line for line in of_subject(session, item.history_key()) if "capacity" in line.after]
        if lines and (lines[-1].verb, lines[-1].after["capacity"]) == (verb, has.value):
            return {"capacity": Capacity(lines[-1].before["capacity"])}
    return {}


def _move_positions(
    session: Session, item: Item, proposal: Proposal, speaker: int | None, party: int | None, by: Actor, now: datetime
) -> bool:
    positions = [position for position in _positions(session, item, proposal) if position.follows_speaker]
    if positions and party is None:
        remove_followers(session, item, proposal, by=by, now=now)
        return True
    moved = []
    for position in positions:
        values = {"party_id": party, **_capacity(session, item, proposal, position.capacity, Verb.POSITION_CORRECTED)}
        # Whose position was reported stays as a person named them: only the reporter speaks here.
        if position.reported_by is not None:
            values = {"reported_by": speaker}
        moved.append(_move(session, item, position, values, by, now))
    return any(moved)


def _positions(session: Session, item: Item, proposal: Proposal) -> list[Position]:
    taken = select(Position).where(col(Position.item_id) == item.id, col(Position.passage_id) == proposal.passage_id)
    return list(session.exec(taken))


def remove_followers(session: Session, item: Item, proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """Remove the positions that follow the speaker, and let the passage wait for triage again.

    What a person has recorded of the passage stays, and the passage is then still decided.
    """
    positions = _positions(session, item, proposal)
    followers = [position for position in positions if position.follows_speaker]
    if len(followers) == len(positions):
        undo(session, proposal, by=by, now=now)
        return
    lock(session, item)
    for position in followers:
        session.delete(position)
        note_change(session, item, Verb.POSITION_REMOVED, by=by, now=now, before=_position_values(position))


def _move(session: Session, item: Item, position: Position, values: dict[str, Any], by: Actor, now: datetime) -> bool:
    if all(getattr(position, name) == value for name, value in values.items()):
        return False
    lock(session, item)
    before = _position_values(position)
    for name, value in values.items():
        setattr(position, name, value)
    position.version += 1
    after = _position_values(position)
    note_change(session, item, Verb.POSITION_CORRECTED, by=by, now=now, before=before, after=after)
    return True


def _position_values(position: Position) -> dict[str, Any]:
    values = {"party": position.party_id, "stance": position.stance, "capacity": position.capacity}
    if position.reported_by is not None:
        values["reported_by"] = position.reported_by
    return values
