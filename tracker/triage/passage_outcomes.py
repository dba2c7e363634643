"""What became of each passage of a transcript: waiting, set aside, an item's, or cited by one."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.items.models import Item, ItemPassage, Origin, Relation
from tracker.items.party_models import Position
from tracker.items.reading_rules import may_read, of_register
from tracker.meetings.models import Meeting
from tracker.meetings.queries import serves_at
from tracker.people.queries import Sight
from tracker.proposals.models import AsideReason, Proposal, TriageState
from tracker.proposals.similarity import PassagePlace, is_same
from tracker.transcripts.models import Passage, Transcript
from tracker.transcripts.versions.newest_places import standing_in


@dataclass(frozen=True)
class Cited:
    """The item that a passage belongs to, as far as a link needs it."""

    number: int
    title: str


@dataclass(frozen=True)
class PassageOutcome:
    """A passage, and what became of it; one that no proposal stands for is only cited."""

    place: PassagePlace
    proposal_id: int | None = None
    state: TriageState | None = None
    reason: AsideReason | None = None
    relation: Relation | None = None
    item: Cited | None = None


def fates(session: Session, transcript: Transcript, meeting: Meeting, sight: Sight) -> list[PassageOutcome]:
    """Return the passages of the transcript in order; who does not serve in the register sees those of items only."""
    serves = session.exec(select(Meeting.id).where(col(Meeting.id) == meeting.id, serves_at(sight))).first() is not None
    decided = [outcome for outcome in _proposals(session, transcript, meeting, sight) if serves or outcome.item]
    # An item cites the passage of its own proposal too: that would be listed twice.
    of_item: dict[Cited | None, list[PassagePlace]] = {}
    for outcome in decided:
        of_item.setdefault(outcome.item, []).append(outcome.place)
    cited = [
        outcome
        for outcome in _cited(session, transcript, meeting, sight)
        if not any(is_same(outcome.place, place) for place in of_item.get(outcome.item, ()))
    ]
    return sorted([*decided, *cited], key=lambda outcome: (outcome.place.start, outcome.place.end))


def _proposals(session: Session, transcript: Transcript, meeting: Meeting, sight: Sight) -> Iterable[PassageOutcome]:
    rows = session.exec(
        select(Proposal, Passage, Origin, Item)
        .join(Passage, col(Proposal.passage_id) == col(Passage.id))
        .outerjoin(Origin, col(Origin.proposal_id) == col(Proposal.id))
        .outerjoin(Item, (col(Item.id) == col(Origin.item_id)) & of_register(meeting.body_id, sight))
        .where(col(Proposal.transcript_id) == transcript.id)
    )
    for proposal, passage, origin, item in rows:
        relation = None
        if origin:
            relation = origin.relation
        place = PassagePlace(passage.sha256, passage.start, passage.end)
        yield PassageOutcome(place, proposal.id, proposal.state, proposal.reason, relation, _of(item))


def _cited(session: Session, transcript: Transcript, meeting: Meeting, sight: Sight) -> Iterable[PassageOutcome]:
    outcomes_by_place: dict[tuple[PassagePlace, int], PassageOutcome] = {}
    here = standing_in(transcript.sha256)
    for link in (ItemPassage, Position):
        rows = session.exec(
            select(here.c.start, here.c.end, Item)
            .join(link, col(link.passage_id) == here.c.cited)
            .join(Item, col(link.item_id) == col(Item.id))
            .where(of_register(meeting.body_id, sight))
        )
        for start, end, item in rows:
            place = PassagePlace(transcript.sha256, start, end)
            outcomes_by_place.setdefault((place, item.number), PassageOutcome(place, item=_of(item)))
    return outcomes_by_place.values()


def _of(item: Item | None) -> Cited | None:
    if item:
        return Cited(item.number, item.title)
    return None


@dataclass(frozen=True)
class OutcomeItem:
    """The item that a proposal became, or belongs to."""

    relation: Relation
    item: Cited


def outcomes(session: Session, proposal_ids: Iterable[int | None], sight: Sight) -> dict[int, OutcomeItem]:
    """Return what items these proposals belong to, by proposal, as far as the reader may see the items."""
    numbers = list(proposal_ids)
    if not numbers:
        return {}
    rows = session.execute(_origins(sight.alike), {"proposals": numbers}).all()
    return {proposal: OutcomeItem(relation, Cited(number, title)) for proposal, relation, number, title in rows}


@lru_cache(maxsize=200)
def _origins(sight: Sight) -> Any:
    return (
        sa.select(col(Origin.proposal_id), col(Origin.relation), col(Item.number), col(Item.title))
        .join(Item, col(Origin.item_id) == col(Item.id))
        .where(col(Origin.proposal_id).in_(sa.bindparam("proposals", expanding=True)), may_read(sight))
    )
