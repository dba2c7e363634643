"""After an import: proposals whose words an item cites already are shown as covered by it, not twice.

A corrected version of a transcript brings nearly the same words again: what was decided of them holds for these too,
where they stand in the same place and say the same. Words that were changed wait for a person.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tracker.db import rows
from tracker.history import Actor
from tracker.items.models import Item, ItemPassage, Origin
from tracker.items.party_models import Position
from tracker.meetings.models import Meeting
from tracker.proposals.models import Proposal, Succession, TriageState, WordingChange
from tracker.proposals.similarity import PassagePlace, shared
from tracker.proposals.version_successors import InVersion, NearbyPlaces, in_version, succeed, texts_of
from tracker.transcripts.models import Passage, Transcript
from tracker.transcripts.versions.newest_places import standing_in
from tracker.transcripts.versions.text_differences import says_the_same
from tracker.triage.same_decisions import DecidedBefore, ItemCited, SameDecisions


class _Cited(NamedTuple):
    """Where an item's passage stands in this file, and what it says where it was cited from."""

    place: PassagePlace
    words: str | None
    item: ItemCited


def recognise(session: Session, transcript: Transcript, *, by: Actor, now: datetime) -> int:
    """Decide of proposals that nobody has decided as of the same words before; return how many. Each can be undone.

    They are covered by the item that cites their words here, or whose words stood here before they were corrected; or
    they are set aside, or snoozed, as those were.
    """
    if transcript.number > 1:
        succeed(session, transcript, by=by, now=now)
    cited = NearbyPlaces(_cited(session, transcript))
    decided = _decided_before(session, transcript)
    same = SameDecisions()
    for proposal in in_version(session, transcript):
        # A later version was undone by a person, and stays as they want it however often this runs.
        if proposal.state is not TriageState.WAITING or proposal.version > 1:
            continue
        item = _covering(transcript, proposal, cited)
        if item is not None:
            same.covered.append((proposal, item))
        elif proposal.id in decided:
            same.add(proposal, decided[proposal.id], now)
    return same.write(session, transcript, by=by, now=now)


def _covering(transcript: Transcript, proposal: InVersion, cited: NearbyPlaces[_Cited]) -> ItemCited | None:
    """Return the item that has most of the proposal's words, if these are said as they were."""
    place = proposal.place
    own = transcript.text[place.start : place.end]
    same = [each for each in cited.same_as(place) if each.words is None or says_the_same(each.words, own)]
    if not same:
        return None
    # What cites this very file goes before what cites another, then most words in common, then the oldest item.
    return max(same, key=lambda each: (each.words is None, shared(place, each.place), -each.item.number)).item


def _decided_before(session: Session, transcript: Transcript) -> dict[int, DecidedBefore]:
    """Return by the number of each proposal that says the same as an earlier one what was decided of that."""
    here = aliased(Proposal)
    statement = (
        sa.select(
            col(here.id), col(Proposal.state), col(Proposal.reason), col(Proposal.note), col(Proposal.aside_by),
            col(Proposal.snoozed_until), col(Item.id), col(Item.number), col(Item.body_id),
        )
        .join(Succession, col(Succession.proposal_id) == col(here.id))
        .join(Proposal, col(Succession.earlier_id) == col(Proposal.id))
        .outerjoin(Origin, col(Origin.proposal_id) == col(Proposal.id))
        .outerjoin(Item, col(Item.id) == col(Origin.item_id))
        .where(col(here.transcript_id) == transcript.id, col(Succession.change) == WordingChange.SAME)
        .order_by(col(Succession.proposal_id), col(Origin.item_id))
    )  # fmt: skip
    decisions: dict[int, DecidedBefore] = {}
    for number, state, reason, note, aside_by, until, *item in rows(session, statement):
        tied = None
        if item[0] is not None:
            tied = ItemCited(*item)
        decisions.setdefault(number, DecidedBefore(state, reason, note, aside_by is not None, until, tied))
    return decisions


def _cited(session: Session, transcript: Transcript) -> Iterator[_Cited]:
    """Yield where items of the transcript's register stand in this file: their passages, and those of positions."""
    citations = [row for link in (ItemPassage, Position) for row in _rows(session, transcript, link)]
    others = {row.transcript_id for row in citations if row.sha256 != transcript.sha256}
    texts = texts_of(session, others - {None})
    for row in citations:
        words = None
        if row.sha256 != transcript.sha256 and row.transcript_id in texts:
            words = texts[row.transcript_id][row.cited_start : row.cited_end]
        item = ItemCited(row.item_id, row.item_number, row.body_id)
        yield _Cited(PassagePlace(transcript.sha256, row.start, row.end), words, item)


def _rows(session: Session, transcript: Transcript, link: type[ItemPassage] | type[Position]) -> Sequence[Any]:
    here = standing_in(transcript.sha256)
    statement = (
        sa.select(
            col(Passage.sha256), col(Passage.transcript_id), col(Passage.start).label("cited_start"),
            col(Passage.end).label("cited_end"), here.c.start, here.c.end, col(Item.id).label("item_id"),
            col(Item.number).label("item_number"), col(Item.body_id),
        )
        .join(here, here.c.cited == col(Passage.id))
        .join(link, col(link.passage_id) == col(Passage.id))
        .join(Item, col(link.item_id) == col(Item.id))
        .join(Meeting, col(Meeting.body_id) == col(Item.body_id))
        .where(col(Meeting.id) == transcript.meeting_id)
    )  # fmt: skip
    return rows(session, statement)
