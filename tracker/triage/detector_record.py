"""The detector's record: what it found, what people made of it, and what they had to mark by hand."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from tracker.detector.candidate import CLEAR
from tracker.meetings.models import Meeting
from tracker.proposals.filters import EVERYTHING, Showing, among, in_register, is_current
from tracker.proposals.models import AsideReason, Proposal, ProposalSource, TriageState

#: lower ends of the bands of scores, the surest first
BANDS = (0.8, 0.65, CLEAR, 0.0)
#: what says nothing of the detector: the passage was a proposal, only not a new one
NEUTRAL = (AsideReason.DUPLICATE,)
#: all that the assistant found, alone or with the detector
ASSISTANT = "assistant in all"
#: in whose count a passage is, by who found it
FINDERS = {
    ProposalSource.ASSISTANT: (ASSISTANT, ProposalSource.ASSISTANT),
    ProposalSource.BOTH: (ASSISTANT, ProposalSource.BOTH),
    ProposalSource.DETECTOR: (ProposalSource.DETECTOR,),
}


@dataclass
class DetectorTally:
    """Counts of proposals of one meeting, one band of scores, or in all."""

    name: str
    slug: str | None = None
    found: int = 0
    items: int = 0
    attached: int = 0
    waiting: int = 0
    by_hand: int = 0
    #: taken, and found by the operator's language model alone
    by_assistant: int = 0
    #: decided by no person: an import knew the words from an item, or from an earlier version
    recognised: int = 0
    reasons: Counter[AsideReason] = field(default_factory=Counter)

    @property
    def set_aside(self) -> int:
        """Return how many were set aside, for whatever reason."""
        return self.reasons.total()

    @property
    def right(self) -> float | None:
        """Return which share of what people decided was a proposal, 0 to 1; None where nobody has decided."""
        taken = self.items + self.attached + sum(self.reasons[reason] for reason in NEUTRAL)
        decided = self.items + self.attached + self.set_aside
        if decided:
            return taken / decided
        return None

    @property
    def is_decided(self) -> bool:
        """Tell whether a person has decided of anything that it found."""
        return bool(self.items or self.attached or self.set_aside)

    @property
    def complete(self) -> float | None:
        """Return which share of the known proposals it found by itself; None where none is known.

        What nobody has noticed is in no count, so the true share may be lower.
        """
        taken = self.items + self.attached
        noticed = taken + self.by_hand + self.by_assistant
        # As long as nobody has decided of what it found, what people marked themselves is no measure of it.
        if noticed and self.is_decided:
            return taken / noticed
        return None


@dataclass(frozen=True)
class Record:
    """The record of a register: in all, by meeting with the latest first, by how sure the detector was."""

    total: DetectorTally
    meetings: list[DetectorTally]
    bands: list[DetectorTally]
    #: of each that looks for passages, alone and with the other; the assistant's in all first
    finders: dict[str, DetectorTally]

    @property
    def has_assistant(self) -> bool:
        """Tell whether a language model has found anything."""
        return self.finders[ASSISTANT].found > 0


def record(session: Session, body_id: int, showing: Showing = EVERYTHING) -> Record:
    """Return how the detector did in the meetings that one may triage; newest versions only, as in the queue."""
    statement = among(in_register(select(Proposal, Meeting).select_from(Proposal), body_id), showing)
    latest_first = col(Meeting.starts_on).desc(), col(Meeting.id).desc()
    rows = session.exec(statement.where(is_current()).order_by(*latest_first))
    total = DetectorTally("")
    bands = [DetectorTally(_range(place)) for place in range(len(BANDS))]
    meetings = dict[int, DetectorTally]()
    finders = {name: DetectorTally(name) for name in (ASSISTANT, *FINDERS)}
    for proposal, meeting in rows:
        of_meeting = meetings.setdefault(meeting.id, DetectorTally(meeting.title, meeting.slug))
        _count(proposal, [total, of_meeting, *_band(proposal, bands)])
        for name in FINDERS.get(proposal.source, ()):
            _count_found(proposal, finders[name])
    return Record(total, list(meetings.values()), bands, finders)


def _range(place: int) -> str:
    upper = (1.0, *BANDS)[place]
    return f"{BANDS[place]:.2f}–{upper:.2f}"


def _band(proposal: Proposal, bands: list[DetectorTally]) -> list[DetectorTally]:
    if proposal.source is not ProposalSource.DETECTOR:
        return []
    return [next(tally for least, tally in zip(BANDS, bands, strict=True) if proposal.score >= least)]


def _count(proposal: Proposal, tallies: Iterable[DetectorTally]) -> None:
    for tally in tallies:
        if proposal.source is ProposalSource.HAND:
            tally.by_hand += proposal.state is not TriageState.SET_ASIDE
        elif proposal.source is ProposalSource.ASSISTANT:
            tally.by_assistant += proposal.state in (TriageState.ITEM, TriageState.ATTACHED)
        else:
            _count_found(proposal, tally)


def _count_found(proposal: Proposal, tally: DetectorTally) -> None:
    tally.found += 1
    if proposal.state in (TriageState.WAITING, TriageState.SNOOZED):
        tally.waiting += 1
    elif proposal.decided_by is None:
        tally.recognised += 1
    else:
        _count_decision(proposal, tally)


def _count_decision(proposal: Proposal, tally: DetectorTally) -> None:
    tally.items += proposal.state is TriageState.ITEM
    tally.attached += proposal.state is TriageState.ATTACHED
    if proposal.state is TriageState.SET_ASIDE:
        tally.reasons[proposal.reason or AsideReason.OTHER] += 1
