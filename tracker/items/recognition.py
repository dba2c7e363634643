"""After an import: proposals whose words an item cites already are shown as covered by it, not twice.

A corrected version of a transcript brings nearly the same words again: what was decided of them holds for these too.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.history import Actor
from tracker.items.models import Item, ItemPassage, Origin, Position, Relation
from tracker.items.triage import attach
from tracker.meetings.models import Meeting
from tracker.proposals.changes import set_aside
from tracker.proposals.models import AsideReason, Proposal, TriageState
from tracker.proposals.similar import Place, is_same, nearly_same, shared
from tracker.transcripts.models import Passage, Transcript

#: a text of an earlier version, and what was decided of it: the item that has it, or the proposal set aside
_Decided = tuple[str, Item | Proposal]


def recognise(session: Session, transcript: Transcript, *, by: Actor, now: datetime) -> int:
    """Decide of proposals that nobody has decided as of the same words before; return how many. Each can be undone.

    They are covered by the item that cites their words here, or nearly these in an earlier version of the transcript;
    or they are set aside as those were.
    """
    cited = list(_cited(session, transcript))
    recognised = 0
    for proposal, place in _undecided(session, transcript):
        same = [(shared(place, there), -item.number, item) for there, item in cited if is_same(place, there)]
        if same:
            attach(session, proposal, max(same, key=lambda one: one[:2])[2], Relation.COVERED, by=by, now=now)
            recognised += 1
    return recognised + _recognise_again(session, transcript, by, now)


def _recognise_again(session: Session, transcript: Transcript, by: Actor, now: datetime) -> int:
    """Decide as was decided of nearly the same words of an earlier version; return how many."""
    decided = list(_decided_before(session, transcript))
    texts = [text for text, _ in decided]
    recognised = 0
    for proposal, place in _undecided(session, transcript) if decided else []:
        found = nearly_same(transcript.text[place.start : place.end], texts)
        if found is not None:
            _decide_as(session, proposal, decided[found][1], by, now)
            recognised += 1
    return recognised


def _decide_as(session: Session, proposal: Proposal, before: Item | Proposal, by: Actor, now: datetime) -> None:
    if isinstance(before, Item):
        attach(session, proposal, before, Relation.COVERED, by=by, now=now)
    else:
        set_aside(session, proposal, before.reason or AsideReason.OTHER, note=before.note, by=by, now=now)


def _decided_before(session: Session, transcript: Transcript) -> Iterator[_Decided]:
    """Yield what items of the register have of the earlier versions' words, then what was set aside of them."""
    same = col(Transcript.meeting_id) == transcript.meeting_id, col(Transcript.author_key) == transcript.author_key
    earlier = session.exec(select(Transcript).where(*same, col(Transcript.number) < transcript.number)).all()
    for decided in (_cited, _decided_of):
        for version in earlier:
            for place, before in decided(session, version):
                yield version.text[place.start : place.end], before


def _decided_of(session: Session, version: Transcript) -> Iterator[tuple[Place, Item | Proposal]]:
    """Yield the places of the version's proposals that an item came of, or has, and of those set aside."""
    rows = session.exec(
        select(Passage, Proposal, Item)
        .join(Proposal, col(Proposal.passage_id) == col(Passage.id))
        .outerjoin(Origin, col(Origin.proposal_id) == col(Proposal.id))
        .outerjoin(Item, col(Origin.item_id) == col(Item.id))
        .where(col(Proposal.transcript_id) == version.id)
        .order_by(col(Item.id).is_(None), col(Proposal.id))
    )
    for passage, proposal, item in rows:
        if item is not None or proposal.state is TriageState.SET_ASIDE:
            yield Place(passage.sha256, passage.start, passage.end), item or proposal


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
