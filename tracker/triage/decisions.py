"""What a person decides of a proposal: a new item, attached to one, or back into the queue."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.errors import Refused
from tracker.history import Actor, leave
from tracker.history_queries import of_subject
from tracker.history_verbs import Verb
from tracker.items.create import NewItem, create
from tracker.items.models import Capacity, Channel, Follow, Item, ItemPassage, Origin, Relation, SpeakerPart
from tracker.items.party_models import Addressee, Position, Stance
from tracker.people.models import Party
from tracker.proposals.models import Proposal, ProposalSource, TriageState
from tracker.proposals.queries import register_of
from tracker.transcripts.models import Passage
from tracker.triage.changes import decide, refuse_decided
from tracker.triage.whose_words import WhoseWords, refuse_unchosen

#: relations in which the speaker takes a position, with the least that such words can mean; a person may say more
STANDS = {
    Relation.SUPPORTS: Stance.SUPPORTS,
    Relation.OBJECTS: Stance.HAS_A_CONCERN,
    Relation.ASKS: Stance.ASKS,
}
#: an item with no other lines of history than these is as triage made it
UNTOUCHED = frozenset(
    {
        Verb.CREATED,
        Verb.PROPOSAL_ACCEPTED,
        Verb.PROPOSAL_ATTACHED,
        Verb.PROPOSAL_DETACHED,
        Verb.SPEAKER_FOLLOWED,
        Verb.OWN_WORDS_CONFIRMED,
    }
)


def accept(
    session: Session,
    proposal: Proposal,
    new: NewItem,
    *,
    body_id: int,
    by: Actor,
    now: datetime,
    whose: WhoseWords | None = None,
) -> Item:
    """Make the proposal an item; who spoke is who put it forward unless `new` says otherwise, or they report it.

    Raises Refused where the proposal is decided already, or may be reported and nobody has said whose words it gives.
    """
    refuse_decided(proposal)
    refuse_unchosen(session, proposal, whose)
    if whose is WhoseWords.REPORTED:
        new = replace(new, reported_by=session.get_one(Passage, proposal.passage_id).speaker_id)
    part = _speaker_part(session, proposal, new, whose)
    if new.put_forward_by is None and part is SpeakerPart.PROPOSER:
        new = replace(new, put_forward_by=speaker_party(session, proposal))
    new = replace(new, speaker_part=part)
    item = create(session, body_id, new, by=by, now=now)
    _tie(session, proposal, item, Relation.NEW)
    decide(proposal, TriageState.ITEM, by.person_id, now)
    after = {"proposal": proposal.id, **_source(proposal), **_chosen(whose)}
    leave(session, item, Verb.PROPOSAL_ACCEPTED, by=by, now=now, body_id=body_id, after=after)
    leave(session, proposal, Verb.ACCEPTED, by=by, now=now, body_id=body_id, after={"item": item.number})
    return item


def attach(
    session: Session,
    proposal: Proposal,
    item: Item,
    relation: Relation,
    *,
    by: Actor,
    now: datetime,
    stance: Stance | None = None,
    capacity: Capacity = Capacity.NOT_STATED,
    capacity_of: str | None = None,
    channel: Channel = Channel.IN_THE_ROOM,
    whose: WhoseWords | None = None,
    reported_of: int | None = None,
) -> None:
    """Tie the proposal to an item that is there; support and objection become a position of who spoke.

    What is covered adds nothing: the item cites these words already. What is reported becomes a position of the party
    `reported_of`, with its reporter; without such a party it is cited only. Raises Refused where the proposal is
    decided already, nobody has said whose words it gives, or a position is meant and nobody knows who spoke.
    """
    refuse_decided(proposal)
    refuse_unchosen(session, proposal, whose)
    spoken = {"capacity": capacity, "capacity_of": capacity_of, "channel": channel}
    if relation in STANDS and whose is WhoseWords.REPORTED:
        _report_position(session, proposal, item, reported_of, {"stance": stance or STANDS[relation], **spoken})
    elif relation in STANDS:
        _take_position(session, proposal, item, stance or STANDS[relation], spoken)
    elif relation is not Relation.COVERED:
        _tie_passage(session, proposal, item, relation)
    _tie_origin(session, proposal, item, relation)
    decide(proposal, TriageState.ATTACHED, by.person_id, now)
    item.changed_at = now
    after = {"proposal": proposal.id, "relation": relation, **_source(proposal), **_chosen(whose)}
    leave(session, item, Verb.PROPOSAL_ATTACHED, by=by, now=now, body_id=item.body_id, after=after)
    leave(session, proposal, Verb.ATTACHED, by=by, now=now, body_id=item.body_id, after={"item": item.number})


def _source(proposal: Proposal) -> dict[str, ProposalSource]:
    """Return what an item's history says of who found its passage, where a language model did."""
    if proposal.source in (ProposalSource.ASSISTANT, ProposalSource.BOTH):
        return {"source": proposal.source}
    return {}


def _chosen(whose: WhoseWords | None) -> dict[str, WhoseWords]:
    """Return what an item's history says of whose words its passage gives, where a person was asked."""
    if whose is None:
        return {}
    return {"whose": whose}


def undo(session: Session, proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """Put a decided proposal back into the queue; an item made of it goes, unless somebody has worked on it since.

    Raises Refused where nothing is decided, or the item has moved on: it can be closed, but not unmade.
    """
    if proposal.state is TriageState.WAITING and not proposal.awaits_second:
        raise Refused("This passage has not been decided, so there is nothing to undo. Look at the queue again.")
    origin = session.exec(select(Origin).where(col(Origin.proposal_id) == proposal.id)).one_or_none()
    if origin is not None:
        item = session.get_one(Item, origin.item_id)
        _untie(session, origin, item, proposal)
        leave(
            session, item, Verb.PROPOSAL_DETACHED, by=by, now=now, body_id=item.body_id, after={"proposal": proposal.id}
        )
        if origin.relation is Relation.NEW:
            _unmake(session, item)
    # The note is not kept here: it stands in the event of the decision, where it can be erased.
    before = {"state": proposal.state, "reason": proposal.reason}
    proposal.state = TriageState.WAITING
    proposal.reason = None
    proposal.note = None
    proposal.snoozed_until = None
    proposal.decided_by = None
    proposal.decided_at = None
    proposal.aside_by = None
    proposal.version += 1
    body_id = register_of(session, proposal)
    leave(session, proposal, Verb.DECISION_UNDONE, by=by, now=now, body_id=body_id, before=before)


def speaker_party(session: Session, proposal: Proposal) -> int | None:
    """Return the party of whoever spoke the passage, if that is known."""
    passage = session.get_one(Passage, proposal.passage_id)
    if passage.speaker_id is None:
        return None
    return session.exec(select(Party.id).where(col(Party.person_id) == passage.speaker_id)).one_or_none()


def _speaker_part(session: Session, proposal: Proposal, new: NewItem, whose: WhoseWords | None) -> SpeakerPart | None:
    """Return what whoever speaks is to the item as it was filled in, whether they are known yet or not."""
    if whose is WhoseWords.REPORTED:
        return SpeakerPart.REPORTER
    speaker = session.get_one(Passage, proposal.passage_id).speaker_id
    proposer = speaker_party(session, proposal)
    is_theirs = new.put_forward_by in (None, proposer) and new.reported_by is None
    if is_theirs:
        return SpeakerPart.PROPOSER
    if new.reported_by == speaker:
        return SpeakerPart.REPORTER
    return None


def _tie(session: Session, proposal: Proposal, item: Item, relation: Relation) -> None:
    _tie_passage(session, proposal, item, relation)
    _tie_origin(session, proposal, item, relation)


def _tie_passage(session: Session, proposal: Proposal, item: Item, relation: Relation) -> None:
    if session.get(ItemPassage, (item.id, proposal.passage_id)) is None:
        session.add(ItemPassage(item_id=item.id, passage_id=proposal.passage_id, relation=relation))


def _tie_origin(session: Session, proposal: Proposal, item: Item, relation: Relation) -> None:
    session.add(Origin(item_id=item.id, proposal_id=proposal.id, relation=relation))


def _report_position(
    session: Session, proposal: Proposal, item: Item, party: int | None, values: dict[str, Any]
) -> None:
    """Note the position of a party that somebody else told of; whose position nobody knows is none."""
    reporter = session.get_one(Passage, proposal.passage_id).speaker_id
    if party is None:
        _tie_passage(session, proposal, item, Relation.REPEATS)
        return
    if reporter is None:
        raise Refused("Name the speaker first: a reported position needs somebody who reports it.", "speaker")
    values |= {"item_id": item.id, "party_id": party, "passage_id": proposal.passage_id, "reported_by": reporter}
    session.add(Position(**values, follows_speaker=True))


def _take_position(session: Session, proposal: Proposal, item: Item, stance: Stance, spoken: dict[str, Any]) -> None:
    party = speaker_party(session, proposal)
    if party is None:
        raise Refused("Name the speaker first: a position needs somebody who takes it.", "speaker")
    session.add(
        Position(
            item_id=item.id,
            party_id=party,
            stance=stance,
            passage_id=proposal.passage_id,
            follows_speaker=True,
            **spoken,
        )
    )


def _untie(session: Session, origin: Origin, item: Item, proposal: Proposal) -> None:
    """Take back exactly what tying this proposal brought; flushed at once, for an unmade item must have no parts."""
    tied = session.get(ItemPassage, (item.id, proposal.passage_id))
    # Reported support of nobody that is named was only cited.
    cited_as = {origin.relation}
    if origin.relation in STANDS:
        cited_as.add(Relation.REPEATS)
    if tied is not None and tied.relation in cited_as:
        session.delete(tied)
    # What a person added or corrected by hand cites the same words, but is no part of the decision.
    taken = select(Position).where(
        col(Position.item_id) == item.id,
        col(Position.passage_id) == proposal.passage_id,
        col(Position.follows_speaker),
    )
    if origin.relation in STANDS:
        for position in session.exec(taken):
            session.delete(position)
    session.delete(origin)
    session.flush()


def _unmake(session: Session, item: Item) -> None:
    """Delete an item that nobody has touched; its history and its number stay used."""
    # Anything else in its history, or a part that another proposal brought, is somebody's work.
    lived = {line.verb for line in of_subject(session, item.history_key())}
    parts = (Position, Origin, ItemPassage)
    tied = [session.exec(select(part.item_id).where(col(part.item_id) == item.id)).first() for part in parts]
    if not lived <= UNTOUCHED or any(part is not None for part in tied):
        raise Refused("Somebody has worked on item %(number)s since. Close it instead.", number=item.number)
    for table in (Addressee, Follow):
        for row in session.exec(select(table).where(col(table.item_id) == item.id)):
            session.delete(row)
    session.flush()
    session.delete(item)
