"""A second look at what is in doubt, after the import: an encoder judges it again, and the queue is ordered anew.

It moves passages that nobody has touched among the clear ones, or among the doubtful ones, of their transcript. None
comes or goes by it, and what a person decided, snoozed, advised on or has open stays where it is.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker import clock
from tracker.db import Sessions
from tracker.detector.candidate import SURE, Candidate
from tracker.detector.sentence_parts import floor_is_given
from tracker.errors import Refused
from tracker.proposals.models import (
    Advice,
    Proposal,
    ProposalSource,
    SecondLookDone,
    SecondScore,
    TriageLease,
    TriageState,
)
from tracker.sandbox.limited_process import run
from tracker.transcripts.models import Passage, Transcript, Turn
from tracker.transcripts.text_positions import Span

log = logging.getLogger("tracker.proposals")

#: of what was in doubt: it stays behind what was sure
HIGHEST = SURE - 0.001
#: passages of one batch: some two seconds of processor, of the twenty that a child process may take
BATCH = 100
#: seconds
WALL = 120.0
#: characters of a passage and of what stands before it that are read
LONGEST = 1_000
BEFORE = 300


@dataclass(frozen=True)
class DoubtfulPassage:
    """A proposal that is in doubt: its words, what stands before them, and its first score."""

    id: int
    words: str
    before: str
    score: float

    @classmethod
    def at(cls, number: int, text: str, start: int, end: int, score: float) -> "DoubtfulPassage":
        """Cut it out of its text."""
        return cls(number, text[start:end][:LONGEST], text[max(0, start - BEFORE) : start], score)


def look_again(sessions: Sessions) -> str:
    """Look at the next batch of the newest transcript that waits for it; tell what was done, empty where none waits.

    A batch is written at once, so that a pass that is cut off goes on with the next.
    """
    with sessions.reader() as session:
        waiting = session.exec(_waiting_transcripts()).first()
        if waiting is None:
            return ""
        number, text = waiting
        batch: list[DoubtfulPassage] = []
        # The encoder has learned of one session of this sort only, and ranked it worse than the rules made for it.
        if not _floor_is_given(session, number, text):
            batch = _in_doubt(session, number, text)
    scores = _scores(batch)
    with sessions.writing() as session:
        _keep(session, number, scores, is_last=len(batch) < BATCH)
    return f"{len(batch)} passages of transcript {number}"


def _waiting_transcripts() -> Any:
    """Select number and text of transcripts with proposals and without a second look, the newest first."""
    is_done = select(SecondLookDone.transcript_id).where(SecondLookDone.transcript_id == Transcript.id).exists()
    has_any = select(Proposal.id).where(Proposal.transcript_id == Transcript.id).exists()
    return select(Transcript.id, Transcript.text).where(~is_done, has_any).order_by(col(Transcript.id).desc()).limit(1)


def _floor_is_given(session: Session, number: int, text: str) -> bool:
    turns = select(Turn.start, Turn.end).where(Turn.transcript_id == number).order_by(col(Turn.start))
    return floor_is_given(text, [Span(start, end) for start, end in session.exec(turns)])


def _in_doubt(session: Session, transcript_id: int, text: str) -> list[DoubtfulPassage]:
    """Return the next batch of what the first pass was not sure of and nobody has touched."""
    rows = session.exec(
        select(Proposal.id, Passage.start, Passage.end, Proposal.score)
        .join(Passage, col(Proposal.passage_id) == col(Passage.id))
        .where(Proposal.transcript_id == transcript_id, Proposal.score < SURE, *_untouched())
        .order_by(col(Proposal.id))
        .limit(BATCH)
    ).all()
    return [DoubtfulPassage.at(number, text, start, end, score) for number, start, end, score in rows]


def _untouched() -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions that the detector found a proposal, and nobody has decided, changed or opened it."""
    others = (SecondScore, TriageLease, Advice)
    return (
        col(Proposal.state) == TriageState.WAITING,
        col(Proposal.version) == 1,
        col(Proposal.source).in_((ProposalSource.DETECTOR, ProposalSource.BOTH)),
        *(~select(table.proposal_id).where(table.proposal_id == Proposal.id).exists() for table in others),
    )


def _scores(batch: Sequence[DoubtfulPassage]) -> dict[int, float]:
    """Return the second score of each; where the encoder fails, the first."""
    if not batch:
        return {}
    header = {"passages": [[each.words, each.before, each.score] for each in batch]}
    try:
        scores = run("tracker.detector.encoder.second_look", header, b"", wall=WALL)
    except Refused:  # it would be so at every pass, and keep the others waiting
        log.warning("%d passages could not be looked at again", len(batch))
        scores = [each.score for each in batch]
    return {each.id: min(score, HIGHEST) for each, score in zip(batch, scores, strict=True)}


def _keep(session: Session, transcript_id: int, scores: dict[int, float], *, is_last: bool) -> None:
    """Write the scores of what still waits untouched; somebody may have come to it, or removed it, meanwhile."""
    if session.exec(select(Transcript.id).where(Transcript.id == transcript_id)).first() is None:
        return
    waiting = session.exec(select(Proposal.id).where(col(Proposal.id).in_(scores), *_untouched()))
    session.add_all(SecondScore(proposal_id=number, score=scores[number]) for number in waiting)
    if is_last:
        session.add(SecondLookDone(transcript_id=transcript_id, done_at=clock.real_now()))


def keep_place(session: Session, number: int) -> None:
    """Let a passage that somebody is led to keep its place, also once they have left it: its first score stays."""
    is_done = (
        select(SecondLookDone.transcript_id).where(SecondLookDone.transcript_id == Proposal.transcript_id).exists()
    )
    has_one = select(SecondScore.proposal_id).where(SecondScore.proposal_id == Proposal.id).exists()
    first = select(Proposal.score).where(Proposal.id == number, Proposal.score < SURE, ~is_done, ~has_one)
    score = session.exec(first).first()
    if score is not None:
        session.add(SecondScore(proposal_id=number, score=score))


def second_scores(text: str, turns: Sequence[Span], proposals: Sequence[Candidate]) -> list[float]:
    """Return the score of each proposal of a text after its second look; where it gets none, its first."""
    scores = [proposal.score for proposal in proposals]
    if floor_is_given(text, turns):
        return scores
    doubtful = [
        DoubtfulPassage.at(place, text, proposal.start, proposal.end, proposal.score)
        for place, proposal in enumerate(proposals)
        if proposal.score < SURE
    ]
    for begin in range(0, len(doubtful), BATCH):
        for place, score in _scores(doubtful[begin : begin + BATCH]).items():
            scores[place] = score
    return scores
