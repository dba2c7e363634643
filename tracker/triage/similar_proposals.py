"""Reading which proposals seem to say the like of one another; a guess, for a person to look at."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.proposals.filters import EVERYTHING, NOW, Showing, among, is_current, waits, with_meeting
from tracker.proposals.models import Likeness, Meaning, Proposal
from tracker.proposals.queries import ProposalEntry, entries_of

SHOWN = 8


@dataclass(frozen=True)
class Alike:
    """A proposal that seems to say the like, with its words."""

    entry: ProposalEntry
    degree: float
    #: it stands in the same group of the queue
    is_batch: bool


def alike(session: Session, own: ProposalEntry, showing: Showing = EVERYTHING) -> list[Alike]:
    """Return the proposals that say the like of this one, of the meetings that one may triage, the likest first."""
    rows = session.execute(_likest(showing), {"number": own.proposal.id}).all()
    degrees: dict[int | None, float] = dict(rows)
    entries = entries_of(session, list(degrees))
    return [Alike(entry, degrees[entry.proposal.id], _is_batch(entry, own)) for entry in entries]


@lru_cache(maxsize=100)
def _likest(showing: Showing) -> Any:
    # A pair is kept once, under the later of the two: a passage may be either end of it.
    number = sa.bindparam("number", type_=sa.Integer)
    other = sa.case((col(Likeness.proposal_id) == number, col(Likeness.earlier_id)), else_=col(Likeness.proposal_id))
    likes = sa.select(other, col(Likeness.degree)).join(Proposal, col(Proposal.id) == other)
    return (
        among(with_meeting(likes), showing)
        .where(sa.or_(col(Likeness.proposal_id) == number, col(Likeness.earlier_id) == number), is_current())
        .order_by(col(Likeness.degree).desc(), other)
        .limit(SHOWN)
    )


def _is_batch(entry: ProposalEntry, other: ProposalEntry) -> bool:
    return entry.leader_id is not None and entry.leader_id == other.leader_id


def waiting_with(session: Session, proposal: Proposal, now: datetime) -> list[Proposal]:
    """Return what waits in the same group of the queue, in the order in which it was said."""
    return list(session.exec(_waiting_with(), params={"number": proposal.id, "now": now}))


@cache
def _waiting_with() -> Any:
    number = sa.bindparam("number", type_=sa.Integer)
    leader = select(Meaning.leader_id).where(col(Meaning.proposal_id) == number).scalar_subquery()
    return (
        select(Proposal)
        .join(Meaning, col(Meaning.proposal_id) == col(Proposal.id))
        .where(col(Meaning.leader_id) == leader, col(Proposal.id) != number, waits(NOW), is_current())
        .order_by(col(Proposal.id))
    )
