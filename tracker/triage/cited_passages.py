"""After an import: proposals whose words an item cites already are shown as covered by it, not twice.

A corrected version of a transcript brings nearly the same words again: what was decided of them holds for these too,
where they stand in the same place and say the same. Words that were changed wait for a person.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.history import Actor
from tracker.items.models import Item, ItemPassage, Origin, Position, Relation
from tracker.meetings.models import Meeting
from tracker.proposals.models import AsideReason, Proposal, Succession, TriageState, WordingChange
from tracker.proposals.similarity import PassagePlace, is_same, shared
from tracker.proposals.version_successors import in_version, succeed
from tracker.transcripts.models import Passage, Transcript
from tracker.transcripts.versions.newest_places import standing_in
from tracker.transcripts.versions.text_differences import says_the_same
from tracker.triage.changes import set_aside, snooze
from tracker.triage.decisions import attach


class _Cited(NamedTuple):
    """Where an item's passage stands in this file, and what it says where it was cited from."""

    place: PassagePlace
    words: str | None
    item: Item


def recognise(session: Session, transcript: Transcript, *, by: Actor, now: datetime) -> int:
    """Decide of proposals that nobody has decided as of the same words before; return how many. Each can be undone.

    They are covered by the item that cites their words here, or whose words stood here before they were corrected; or
    they are set aside, or put off, as those were.
    """
    if transcript.number > 1:
        succeed(session, transcript, by=by, now=now)
    cited = list(_cited(session, transcript))
    decided = _decided_before(session, transcript)
    return sum(
        _cover(session, transcript, proposal, place, cited, by, now)
        or _decide_again(session, proposal, decided.get(proposal.id), by, now)
        for proposal, place in in_version(session, transcript)
        # version 1: what somebody has taken back stays as he wants it, however often this runs
        if proposal.state is TriageState.WAITING and proposal.version == 1
    )


def _cover(
    session: Session, transcript: Transcript, proposal: Proposal, place: PassagePlace, cited: list[_Cited], by: Actor,
    now: datetime,
) -> bool:  # fmt: skip
    """Attach the proposal to the item that has most of its words, if these are said as they were."""
    said = transcript.text[place.start : place.end]
    same = [one for one in cited if is_same(place, one.place) and (one.words is None or says_the_same(one.words, said))]
    if not same:
        return False
    best = max(same, key=lambda one: (one.words is None, shared(place, one.place), -one.item.number))
    attach(session, proposal, best.item, Relation.COVERED, by=by, now=now)
    return True


def _decided_before(session: Session, transcript: Transcript) -> dict[int | None, tuple[Proposal, Item | None]]:
    """Return by the number of each proposal that says the same as an earlier one what that is, and its item."""
    here = aliased(Proposal)
    rows = session.exec(
        select(here.id, Proposal, Item)
        .join(Succession, col(Succession.proposal_id) == col(here.id))
        .join(Proposal, col(Succession.earlier_id) == col(Proposal.id))
        .outerjoin(Origin, col(Origin.proposal_id) == col(Proposal.id))
        .outerjoin(Item, col(Item.id) == col(Origin.item_id))
        .where(col(here.transcript_id) == transcript.id, col(Succession.change) == WordingChange.SAME)
        .order_by(col(Succession.proposal_id), col(Origin.item_id))
    )
    found: dict[int | None, tuple[Proposal, Item | None]] = {}
    for number, before, item in rows:
        found.setdefault(number, (before, item))
    return found


def _decide_again(
    session: Session, proposal: Proposal, found: tuple[Proposal, Item | None] | None, by: Actor, now: datetime
) -> bool:
    """Decide as was decided of the same words in an earlier version."""
    before, item = found or (None, None)
    if before is not None and item is not None:
        attach(session, proposal, item, Relation.COVERED, by=by, now=now)
    elif before is not None and before.state is TriageState.SET_ASIDE:
        reason = before.reason or AsideReason.OTHER
        by_two = before.aside_by is not None
        set_aside(session, proposal, reason, note=before.note, is_seconded=by_two, by=by, now=now)
    elif before is not None and before.snoozed_until is not None and before.snoozed_until > now:
        snooze(session, proposal, before.snoozed_until, by=by, now=now)
        return False  # it still waits for a person, later
    else:
        return False
    return True


def _cited(session: Session, transcript: Transcript) -> Iterator[_Cited]:
    """Yield where items of the transcript's register stand in this file: their passages, and those of positions."""
    texts: dict[int, str] = {}
    for link in (ItemPassage, Position):
        for passage, start, end, item in _rows(session, transcript, link):
            words = None
            if passage.sha256 != transcript.sha256 and passage.transcript_id is not None:
                if passage.transcript_id not in texts:
                    texts[passage.transcript_id] = _text(session, passage.transcript_id)
                words = texts[passage.transcript_id][passage.start : passage.end]
            yield _Cited(PassagePlace(transcript.sha256, start, end), words, item)


def _text(session: Session, transcript_id: int) -> str:
    return session.exec(select(Transcript.text).where(col(Transcript.id) == transcript_id)).one()


def _rows(
    session: Session, transcript: Transcript, link: type[ItemPassage] | type[Position]
) -> list[tuple[Passage, int, int, Item]]:
    here = standing_in(transcript.sha256)
    rows = session.exec(
        select(Passage, here.c.start, here.c.end, Item)
        .join(here, here.c.cited == col(Passage.id))
        .join(link, col(link.passage_id) == col(Passage.id))
        .join(Item, col(link.item_id) == col(Item.id))
        .join(Meeting, col(Meeting.body_id) == col(Item.body_id))
        .where(col(Meeting.id) == transcript.meeting_id)
    )
    return list(rows.all())
