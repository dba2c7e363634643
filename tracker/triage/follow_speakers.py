"""Items and positions follow the speaker of the turn they come from, until a person says otherwise of them."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, func, or_, select

from tracker.history import Actor
from tracker.history_verbs import Verb
from tracker.items.change_trail import lock, note_change
from tracker.items.models import Item, Origin, Relation, SpeakerPart
from tracker.items.party_models import Position
from tracker.people.models import Party
from tracker.proposals.models import Proposal
from tracker.transcripts.models import Passage, Transcript
from tracker.triage.decisions import STANDS, undo


def follow_speakers(session: Session, transcript: Transcript, *, by: Actor, now: datetime) -> int:
    """Name who now speaks as proposer, reporter or party of what was made of the transcript; return of how many.

    To be called after every decision of who speaks, and after its undoing: it compares and changes only what differs.
    A position that is nobody's any more is detached, and its passage waits for triage again.
    """
    session.flush()
    parties = dict(session.exec(select(Party.person_id, Party.id).where(col(Party.person_id).is_not(None))).all())
    changed = 0
    for item, _, speaker in _spoken(session, transcript, (Relation.NEW,)):
        changed += _follow(session, item, speaker, parties, by, now)
    for item, proposal, speaker in _spoken(session, transcript, tuple(STANDS)):
        changed += _move_positions(session, item, proposal, parties.get(speaker), by, now)
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
    session: Session, item: Item, speaker: int | None, parties: dict[int | None, int], by: Actor, now: datetime
) -> bool:
    match item.speaker_part:
        case SpeakerPart.PROPOSER:
            column = "put_forward_by"
            value = parties.get(speaker)
        case SpeakerPart.REPORTER:
            column = "reported_by"
            value = speaker
        case _:
            return False
    before = getattr(item, column)
    if before == value:
        return False
    lock(session, item)
    setattr(item, column, value)
    item.version += 1
    note_change(session, item, Verb.SPEAKER_FOLLOWED, by=by, now=now, before={column: before}, after={column: value})
    return True


def _move_positions(
    session: Session, item: Item, proposal: Proposal, party: int | None, by: Actor, now: datetime
) -> bool:
    taken = select(Position).where(col(Position.item_id) == item.id, col(Position.passage_id) == proposal.passage_id)
    positions = [
        position for position in session.exec(taken) if position.follows_speaker and position.party_id != party
    ]
    if positions and party is None:
        undo(session, proposal, by=by, now=now)
        return True
    for position in positions:
        lock(session, item)
        before = {"party": position.party_id, "stance": position.stance}
        position.party_id = party or position.party_id
        position.version += 1
        after = {"party": position.party_id, "stance": position.stance}
        note_change(session, item, Verb.POSITION_CORRECTED, by=by, now=now, before=before, after=after)
    return bool(positions)
