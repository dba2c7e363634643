"""After an import: proposals whose words an item cites already are shown as covered by it, not twice."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.history import Actor
from tracker.items.models import Item, ItemPassage, Position, Relation
from tracker.items.triage import attach
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proposal, TriageState
from tracker.proposals.similar import Place, is_same, shared
from tracker.transcripts.models import Passage, Transcript


def recognise(session: Session, transcript: Transcript, *, by: Actor, now: datetime) -> int:
    """Tie proposals that nobody has decided to the items that cite their words; return how many. Each can be undone."""
    cited = list(_cited(session, transcript))
    recognised = 0
    for proposal, place in _undecided(session, transcript):
        same = [(shared(place, there), -item.number, item) for there, item in cited if is_same(place, there)]
        if same:
            attach(session, proposal, max(same, key=lambda one: one[:2])[2], Relation.COVERED, by=by, now=now)
            recognised += 1
    return recognised


def _cited(session: Session, transcript: Transcript) -> Iterator[tuple[Place, Item]]:
    """Yield where items of the transcript's register point into this file: their passages, and those of positions."""
    for link in (ItemPassage, Position):
        yield from _cited_by(session, transcript, link)


def _cited_by(
    session: Session, transcript: Transcript, link: type[ItemPassage] | type[Position]
) -> Iterator[tuple[Place, Item]]:
    rows = session.exec(
        select(Passage, Item)
        .join(link, col(link.passage_id) == col(Passage.id))
        .join(Item, col(link.item_id) == col(Item.id))
        .join(Meeting, col(Meeting.body_id) == col(Item.body_id))
        .where(col(Passage.sha256) == transcript.sha256, col(Meeting.id) == transcript.meeting_id)
    )
    for passage, item in rows:
        yield Place(passage.sha256, passage.start, passage.end), item


def _undecided(session: Session, transcript: Transcript) -> list[tuple[Proposal, Place]]:
    rows = session.exec(
        select(Proposal, Passage)
        .join(Passage, col(Proposal.passage_id) == col(Passage.id))
        # version 1: what somebody has taken back stays as he wants it, however often this runs
        .where(col(Proposal.transcript_id) == transcript.id, col(Proposal.state) == TriageState.WAITING)
        .where(col(Proposal.version) == 1)
        .order_by(col(Passage.start))
    )
    return [(proposal, Place(passage.sha256, passage.start, passage.end)) for proposal, passage in rows]
