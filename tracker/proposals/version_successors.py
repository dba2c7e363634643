"""Which proposal of a corrected transcript stands where one of an earlier version stood, and if it says the same."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.proposals.models import Proposal, ProposalSource, Succession, TriageState, WordingChange
from tracker.proposals.queries import register_of
from tracker.proposals.similarity import PassagePlace, is_same, shared
from tracker.transcripts.models import Anchor, Passage, Transcript, Turn
from tracker.transcripts.passages import cite
from tracker.transcripts.versions.text_differences import says_the_same


@dataclass(frozen=True)
class Before:
    """A proposal of an earlier version, and where its passage stands now."""

    proposal: Proposal
    words: str
    #: of its version
    number: int
    place: PassagePlace


def succeed(session: Session, transcript: Transcript, *, by: Actor, now: datetime) -> int:
    """Say of each open proposal of this version what it was before; return how many were marked by hand and moved.

    What nobody has decided and a person had marked by hand is found by no detector, so it goes along.
    """
    earlier = list(_earlier(session, transcript))
    carried = sum(_carry(session, transcript, before, by, now) for before in earlier)
    near = NearbyPlaces(earlier)
    there = _successions(session, transcript)
    for proposal, place in in_version(session, transcript):
        succession = there.get(proposal.id)
        if succession is None or succession.change is WordingChange.NEW:
            same = near.same_as(place)
            follows = _succession(proposal, place, transcript.text, same)
            if succession is None:
                session.add(follows)
            else:
                session.merge(follows)
            _stay_sensitive(session, proposal, place, same, by, now)
    session.flush()
    return carried


class NearbyPlaces:
    """Proposals of earlier versions by their place in this one, so that none is held against all of them."""

    def __init__(self, earlier: Sequence[Before]) -> None:
        self._in_order = sorted(earlier, key=_start)
        self._longest = max((one.place.end - one.place.start for one in earlier), default=0)

    def same_as(self, place: PassagePlace) -> list[Before]:
        """Return those that share most of this place."""
        first = bisect_left(self._in_order, place.start - self._longest, key=_start)
        last = bisect_left(self._in_order, place.end, key=_start)
        return [before for before in self._in_order[first:last] if is_same(place, before.place)]


def _start(before: Before) -> int:
    return before.place.start


def _successions(session: Session, transcript: Transcript) -> dict[int | None, Succession]:
    rows = select(Succession).join(Proposal, col(Proposal.id) == col(Succession.proposal_id))
    found = session.exec(rows.where(col(Proposal.transcript_id) == transcript.id))
    return {succession.proposal_id: succession for succession in found}


def _stay_sensitive(
    session: Session, proposal: Proposal, place: PassagePlace, earlier: list[Before], by: Actor, now: datetime
) -> None:
    """Let what was marked sensitive in an earlier version be so in this one."""
    marked = (one.proposal.sensitive_by for one in earlier if is_same(place, one.place))
    proposal.sensitive_by = proposal.sensitive_by or next(filter(None, marked), None)
    if proposal.sensitive_by is not None:
        leave(session, proposal, Verb.MARKED_SENSITIVE, by=by, now=now, body_id=register_of(session, proposal))


def in_version(session: Session, transcript: Transcript) -> list[tuple[Proposal, PassagePlace]]:
    """Return the proposals of a version with their places, as they stand in the text."""
    rows = session.exec(
        select(Proposal, Passage)
        .join(Passage, col(Proposal.passage_id) == col(Passage.id))
        .where(col(Proposal.transcript_id) == transcript.id)
        .order_by(col(Passage.start), col(Proposal.id))
    )
    return [(proposal, PassagePlace(passage.sha256, passage.start, passage.end)) for proposal, passage in rows]


def _earlier(session: Session, transcript: Transcript) -> Iterator[Before]:
    """Yield the proposals of earlier versions whose passages stand in this one, those of the latest first."""
    place = aliased(Passage)
    version = aliased(Transcript)
    rows = session.exec(
        select(Proposal, Passage, place, version)
        .join(Passage, col(Proposal.passage_id) == col(Passage.id))
        .join(Anchor, col(Anchor.passage_id) == col(Passage.id))
        .join(place, col(Anchor.moved_to_id) == col(place.id))
        .join(version, col(Proposal.transcript_id) == col(version.id))
        .where(col(Anchor.transcript_id) == transcript.id)
        .order_by(col(version.number).desc(), col(Proposal.id))
    )
    for proposal, passage, there, its_version in rows:
        words = its_version.text[passage.start : passage.end]
        yield Before(proposal, words, its_version.number, PassagePlace(there.sha256, there.start, there.end))


def _succession(proposal: Proposal, place: PassagePlace, text: str, same: list[Before]) -> Succession:
    """Return what it was: of those that share its place, the one of the latest version that has most of it."""
    best = max(same, key=lambda before: (before.number, shared(place, before.place)), default=None)
    if best is None:
        return Succession(proposal_id=proposal.id, change=WordingChange.NEW)
    is_same_said = says_the_same(best.words, text[place.start : place.end])
    change = WordingChange.SAME if is_same_said else WordingChange.CHANGED
    return Succession(proposal_id=proposal.id, earlier_id=best.proposal.id, change=change)


def _carry(session: Session, transcript: Transcript, before: Before, by: Actor, now: datetime) -> bool:
    """Mark in this version too what a person had marked by hand, if it still waits and nothing stands there."""
    old = before.proposal
    place = before.place
    is_open = old.state in (TriageState.WAITING, TriageState.SNOOZED)
    if old.source is not ProposalSource.HAND or not is_open:
        return False
    if any(is_same(place, there) for _, there in in_version(session, transcript)):
        return False
    passage = cite(session, place.sha256, place.start, place.end)
    within = col(Turn.start) <= place.start, col(Turn.end) > place.start
    turn_id = session.exec(select(Turn.id).where(col(Turn.transcript_id) == transcript.id, *within)).first()
    marked = Proposal(
        transcript_id=transcript.id,
        passage_id=passage.id,
        turn_id=turn_id,
        kind=old.kind,
        title=old.title,
        addressee=old.addressee,
        due_hint=old.due_hint,
        milestone_id=old.milestone_id,
        source=ProposalSource.HAND,
        state=old.state,
        snoozed_until=old.snoozed_until,
    )
    session.add(marked)
    session.flush()
    after = {"kind": old.kind, "start": place.start, "end": place.end, "earlier": old.id}
    leave(session, marked, Verb.MARKED, by=by, now=now, body_id=register_of(session, marked), after=after)
    return True
