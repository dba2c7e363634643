"""Comparing what was put forward: each proposal with those before it in its register, across speakers and meetings.

It goes on apart from the import: whatever has not been compared yet is found again by the next pass.
"""

import base64
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from tracker.db import Sessions
from tracker.errors import Refused
from tracker.meetings.models import Meeting
from tracker.proposals.models import Likeness, Meaning, Proposal
from tracker.sandbox.limited_process import run
from tracker.transcripts.models import Passage, Transcript

log = logging.getLogger("tracker.proposals")

#: from this likeness on passages of one transcript stand together in the queue: of our own pairs all ask for the same
BATCHES = 0.6
#: proposals compared in one pass, and how many of the latest they are held against
BATCH = 100
BEFORE = 5_000
#: characters of a passage that are compared; with so many a batch is far from what a child process may take
LONGEST = 1_000
#: the vector of a passage that could not be compared: it is near nothing
NOTHING = base64.b64encode(bytes(1024)).decode()
#: seconds
WALL = 120.0


@dataclass(frozen=True)
class _ProposalText:
    id: int
    transcript_id: int
    body_id: int
    words: str


@dataclass(frozen=True)
class _KnownRow:
    id: int
    transcript_id: int
    leader_id: int
    vector: bytes


def compare(sessions: Sessions) -> int:
    """Compare what has not been compared yet, one register a pass; return how many proposals were."""
    with sessions.reader() as session:
        fresh = _uncompared(session)
        if not fresh:
            return 0
        compared = _compared(session, fresh[0].body_id)
    header = {"texts": [proposal.words for proposal in fresh]}
    vectors = b"".join(row.vector for row in compared)
    try:
        result = run("tracker.triage.embeddings", header, vectors, wall=WALL)
    except Refused:  # it would be so at every pass, and keep the others waiting
        log.warning("%d proposals could not be compared", len(fresh))
        result = {"vectors": [NOTHING] * len(fresh), "near": [[]] * len(fresh)}
    with sessions.writing() as session:
        _keep(session, fresh, compared, result["vectors"], result["near"])
    return len(fresh)


def _uncompared(session: Session) -> list[_ProposalText]:
    """Return the earliest proposals without a vector, of one register."""
    columns: Any = (Proposal.id, Transcript.id, Meeting.body_id, Passage.start, Passage.end)
    waiting = (
        select(*columns)
        .join(Passage, col(Proposal.passage_id) == col(Passage.id))
        .join(Transcript, col(Proposal.transcript_id) == col(Transcript.id))
        .join(Meeting, col(Transcript.meeting_id) == col(Meeting.id))
        .outerjoin(Meaning, col(Meaning.proposal_id) == col(Proposal.id))
        .where(col(Meaning.proposal_id).is_(None))
        .order_by(col(Meeting.body_id), col(Proposal.id))
        .limit(BATCH)
    )
    rows = session.exec(waiting).all()
    of_first = [row for row in rows if row[2] == rows[0][2]]
    numbers = {row[1] for row in of_first}
    texts = dict(session.exec(select(Transcript.id, Transcript.text).where(col(Transcript.id).in_(numbers))).all())
    return [
        _ProposalText(number, transcript, body, texts[transcript][start:end][:LONGEST])
        for number, transcript, body, start, end in of_first
    ]


def _compared(session: Session, body_id: int) -> list[_KnownRow]:
    columns: Any = (Meaning.proposal_id, Proposal.transcript_id, Meaning.leader_id, Meaning.vector)
    rows = session.exec(
        select(*columns)
        .select_from(Meaning)
        .join(Proposal, col(Meaning.proposal_id) == col(Proposal.id))
        .join(Transcript, col(Proposal.transcript_id) == col(Transcript.id))
        .join(Meeting, col(Transcript.meeting_id) == col(Meeting.id))
        .where(col(Meeting.body_id) == body_id)
        .order_by(col(Proposal.id).desc())
        .limit(BEFORE)
    ).all()
    return [_KnownRow(*row) for row in reversed(rows)]


def _keep(
    session: Session,
    fresh: Sequence[_ProposalText],
    compared: Sequence[_KnownRow],
    vectors: Sequence[str],
    near: Sequence[Sequence[tuple[int, float]]],
) -> None:
    """Write the vectors and likenesses; whoever is much like an earlier one of the same transcript joins its group."""
    # A transcript may have been removed while its proposals were compared.
    standing = set(session.exec(select(Proposal.id).where(col(Proposal.id).in_([row.id for row in fresh]))))
    in_order: list[_KnownRow | _ProposalText] = [*compared, *fresh]
    leaders = {row.id: row.leader_id for row in compared}
    for proposal, vector, places in zip(fresh, vectors, near, strict=True):
        alike = [(in_order[place], degree) for place, degree in places]
        close = [row.id for row, degree in alike if degree >= BATCHES and row.transcript_id == proposal.transcript_id]
        leader = proposal.id
        if close:
            leader = leaders[close[0]]
        leaders[proposal.id] = leader
        if proposal.id in standing:
            session.add(Meaning(proposal_id=proposal.id, leader_id=leader, vector=base64.b64decode(vector)))
            likes = (Likeness(proposal_id=proposal.id, earlier_id=row.id, degree=degree) for row, degree in alike)
            session.add_all(likes)
