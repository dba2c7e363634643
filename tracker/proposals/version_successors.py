"""Which proposal of a corrected transcript stands where one of an earlier version stood, and if it says the same."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.db import insert_all, rows
from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.proposals.models import Proposal, ProposalSource, Succession, TriageState, WordingChange
from tracker.proposals.queries import register_of
from tracker.proposals.similarity import PassagePlace, is_same, shared
from tracker.transcripts.models import Anchor, Passage, Transcript, Turn
from tracker.transcripts.passages import cite
from tracker.transcripts.versions.text_differences import says_the_same

#: what is kept of who found it where the detector has not found it again
CARRIED_AS = {
    ProposalSource.HAND: ProposalSource.HAND,
    ProposalSource.ASSISTANT: ProposalSource.ASSISTANT,
    ProposalSource.BOTH: ProposalSource.ASSISTANT,
}


class Placed(Protocol):
    """Whatever stands somewhere in a text."""

    @property
    def place(self) -> PassagePlace:
        """Where."""


Standing = TypeVar("Standing", bound=Placed)


@dataclass(frozen=True)
class Before:
    """A proposal of an earlier version, and where its passage stands now."""

    proposal_id: int
    state: TriageState
    source: ProposalSource
    sensitive_by: int | None
    words: str
    #: of its version
    number: int
    place: PassagePlace


class InVersion(NamedTuple):
    """A proposal of a version, as far as it is held against others: there may be thousands, too many for objects."""

    id: int
    state: TriageState
    version: int
    sensitive_by: int | None
    addressee: str | None
    place: PassagePlace


def succeed(session: Session, transcript: Transcript, *, by: Actor, now: datetime) -> int:
    """Say of each open proposal of this version what it was before; return how many went along to it.

    What nobody has decided and the detector does not find, as a person or the assistant did, goes along.
    """
    earlier = list(_earlier(session, transcript))
    own = in_version(session, transcript)
    taken = [proposal.place for proposal in own]
    carried = sum(_carry(session, transcript, before, taken, by, now) for before in earlier)
    if carried:
        own = in_version(session, transcript)
    near = NearbyPlaces(earlier)
    successions = _successions(session, transcript)
    new = []
    for proposal in own:
        succession = successions.get(proposal.id)
        if succession is None or succession.change is WordingChange.NEW:
            same = near.same_as(proposal.place)
            follows = _succession(proposal, transcript.text, same)
            if succession is None:
                new.append(follows)
            else:
                session.merge(Succession(**follows))
            _stay_sensitive(session, proposal, same, by, now)
    insert_all(session, Succession, new)
    return carried


class NearbyPlaces(Generic[Standing]):
    """What stands in a text by its place, so that a passage is not held against all of it."""

    def __init__(self, standing: Iterable[Standing]) -> None:
        self._in_order = sorted(standing, key=_start)
        self._longest = max((each.place.end - each.place.start for each in self._in_order), default=0)

    def same_as(self, place: PassagePlace) -> list[Standing]:
        """Return those that share most of this place."""
        first = bisect_left(self._in_order, place.start - self._longest, key=_start)
        last = bisect_left(self._in_order, place.end, key=_start)
        return [each for each in self._in_order[first:last] if is_same(place, each.place)]


def _start(standing: Placed) -> int:
    return standing.place.start


def _successions(session: Session, transcript: Transcript) -> dict[int | None, Succession]:
    successions = select(Succession).join(Proposal, col(Proposal.id) == col(Succession.proposal_id))
    of_version = session.exec(successions.where(col(Proposal.transcript_id) == transcript.id))
    return {succession.proposal_id: succession for succession in of_version}


def _stay_sensitive(session: Session, proposal: InVersion, earlier: list[Before], by: Actor, now: datetime) -> None:
    """Let what was marked sensitive in an earlier version be so in this one."""
    marked = proposal.sensitive_by or next(filter(None, (before.sensitive_by for before in earlier)), None)
    if marked is not None:
        row = session.get_one(Proposal, proposal.id)
        row.sensitive_by = marked
        leave(session, row, Verb.MARKED_SENSITIVE, by=by, now=now, body_id=register_of(session, row))


def in_version(session: Session, transcript: Transcript) -> list[InVersion]:
    """Return the proposals of a version with their places, as they stand in the text."""
    return [
        InVersion(number, state, version, sensitive_by, addressee, PassagePlace(*place))
        for number, state, version, sensitive_by, addressee, *place in rows(
            session, _IN_VERSION, transcript=transcript.id
        )
    ]


_IN_VERSION = (
    sa.select(
        col(Proposal.id), col(Proposal.state), col(Proposal.version), col(Proposal.sensitive_by),
        col(Proposal.addressee), col(Passage.sha256), col(Passage.start), col(Passage.end),
    )
    .join(Passage, col(Proposal.passage_id) == col(Passage.id))
    .where(col(Proposal.transcript_id) == sa.bindparam("transcript"))
    .order_by(col(Passage.start), col(Proposal.id))
)  # fmt: skip


def _earlier(session: Session, transcript: Transcript) -> Iterator[Before]:
    """Yield the proposals of earlier versions whose passages stand in this one, those of the latest first."""
    place = aliased(Passage)
    version = aliased(Transcript)
    statement = (
        sa.select(
            col(Proposal.id), col(Proposal.state), col(Proposal.source), col(Proposal.sensitive_by),
            col(version.id), col(version.number), col(Passage.start), col(Passage.end),
            col(place.sha256), col(place.start), col(place.end),
        )
        .join(Passage, col(Proposal.passage_id) == col(Passage.id))
        .join(Anchor, col(Anchor.passage_id) == col(Passage.id))
        .join(place, col(Anchor.moved_to_id) == col(place.id))
        .join(version, col(Proposal.transcript_id) == col(version.id))
        .where(col(Anchor.transcript_id) == transcript.id)
        .order_by(col(version.number).desc(), col(Proposal.id))
    )  # fmt: skip
    moved = rows(session, statement)
    texts = texts_of(session, {row[4] for row in moved})
    for number, state, source, marked_by, version_id, its_number, start, end, *now_at in moved:
        words = texts[version_id][start:end]
        yield Before(number, state, source, marked_by, words, its_number, PassagePlace(*now_at))


def texts_of(session: Session, transcripts: Collection[int]) -> dict[int, str]:
    """Return the texts of these transcripts, each read once: they may be megabytes."""
    texts = sa.select(col(Transcript.id), col(Transcript.text)).where(col(Transcript.id).in_(transcripts))
    return {number: text for number, text in rows(session, texts)}  # noqa: C416 - rows, not pairs


def _succession(proposal: InVersion, text: str, same: list[Before]) -> dict[str, Any]:
    """Return what it was: of those that share its place, the one of the latest version that has most of it."""
    place = proposal.place
    best = max(same, key=lambda before: (before.number, shared(place, before.place)), default=None)
    if best is None:
        return {"proposal_id": proposal.id, "earlier_id": None, "change": WordingChange.NEW}
    change = WordingChange.CHANGED
    if says_the_same(best.words, text[place.start : place.end]):
        change = WordingChange.SAME
    return {"proposal_id": proposal.id, "earlier_id": best.proposal_id, "change": change}


def _carry(
    session: Session, transcript: Transcript, before: Before, taken: list[PassagePlace], by: Actor, now: datetime
) -> bool:
    """Keep in this version too what a person or the assistant had found, if it still waits and nothing stands there."""
    place = before.place
    if before.source is ProposalSource.DETECTOR or before.state not in (TriageState.WAITING, TriageState.SNOOZED):
        return False
    if any(is_same(place, other) for other in taken):
        return False
    taken.append(place)
    old = session.get_one(Proposal, before.proposal_id)
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
        reported=old.reported,
        source=CARRIED_AS[old.source],
        state=old.state,
        snoozed_until=old.snoozed_until,
    )
    session.add(marked)
    session.flush()
    after = {"kind": old.kind, "start": place.start, "end": place.end, "earlier": old.id}
    verb = Verb.FOUND
    if marked.source is ProposalSource.HAND:
        verb = Verb.MARKED
    leave(session, marked, verb, by=by, now=now, body_id=register_of(session, marked), after=after)
    return True
