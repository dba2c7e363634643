"""What triage teaches: each decision of a person is a labelled example, kept where it was made."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.meetings.models import Meeting
from tracker.proposals.models import AsideReason, Proposal, ProposalSource, TriageState
from tracker.transcripts.models import Passage, Transcript, Turn
from tracker.transcripts.text_positions import split_sentences

# A duplicate was a proposal, and "other" may be anything: neither teaches that nothing was put forward.
#: reasons that say the passage was no proposal
NO_PROPOSAL = frozenset(
    {
        AsideReason.NOT_A_PROPOSAL,
        AsideReason.EXCHANGE_IN_THE_ROOM,
        AsideReason.TOO_GENERAL,
        AsideReason.MEETING_LOGISTICS,
    }
)
TAKEN = (TriageState.ITEM, TriageState.ATTACHED)
#: characters before a passage in which its sentence before is looked for
REACH = 2_000


@dataclass(frozen=True)
class Lesson:
    """Words that a person has judged, with the sentence before; `kind` is None where nothing was put forward."""

    words: str
    before: str
    kind: str | None


def lessons(session: Session, body_id: int) -> list[Lesson]:
    """Return what the register's people have decided, in the order in which it was found."""
    rows = session.exec(_decided(body_id)).all()
    texts = _texts(session, {proposal.transcript_id for proposal, _, _ in rows})
    return [
        _lesson(texts[proposal.transcript_id], passage, turn, proposal)
        for proposal, passage, turn in rows
        if _teaches(proposal)
    ]


def _teaches(proposal: Proposal) -> bool:
    if proposal.state is TriageState.SET_ASIDE:
        return proposal.reason is AsideReason.DUPLICATE or proposal.reason in NO_PROPOSAL
    return proposal.state in TAKEN or proposal.source is ProposalSource.HAND


def _decided(body_id: int) -> Any:
    columns: Any = (Proposal, Passage, Turn)
    joined = select(*columns).join(Passage, col(Proposal.passage_id) == col(Passage.id))
    of_meeting = joined.join(Transcript, col(Proposal.transcript_id) == col(Transcript.id)).join(Meeting)
    # what was recognised at an import was decided by nobody
    by_people = sa.or_(col(Proposal.decided_by).is_not(None), col(Proposal.source) == ProposalSource.HAND)
    of_body = of_meeting.where(col(Meeting.body_id) == body_id, by_people)
    return of_body.outerjoin(Turn, col(Proposal.turn_id) == col(Turn.id)).order_by(col(Proposal.id))


def _texts(session: Session, numbers: Iterable[int]) -> dict[int | None, str]:
    return dict(session.exec(select(Transcript.id, Transcript.text).where(col(Transcript.id).in_(numbers))).all())


def _lesson(text: str, passage: Passage, turn: Turn | None, proposal: Proposal) -> Lesson:
    # What another speaker said before is not this sentence's context, so the look back ends with the turn.
    first = max(0, passage.start - REACH)
    if turn:
        first = max(first, turn.start)
    sentence_before = ""
    for span in split_sentences(text, first, passage.start):
        sentence_before = text[span.start : span.end]
    kind = None
    if proposal.reason not in NO_PROPOSAL:
        kind = proposal.kind.value
    return Lesson(text[passage.start : passage.end], sentence_before, kind)
