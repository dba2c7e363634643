"""Reading which proposals seem to say the like of one another; a guess, for a person to look at."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.proposals.conditions import EVERYTHING, Showing, among, is_current, waits, with_meeting
from tracker.proposals.models import Likeness, Meaning, Proposal
from tracker.proposals.queries import Entry, entries_of

SHOWN = 8


@dataclass(frozen=True)
class Alike:
    """A proposal that seems to say the like, with its words."""

    entry: Entry
    degree: float
    #: it stands in the same group of the queue
    is_together: bool


def alike(session: Session, own: Entry, showing: Showing = EVERYTHING) -> list[Alike]:
    """Return the proposals that say the like of this one, of the meetings that one may triage, the likest first."""
    number = own.proposal.id
    other = sa.case((col(Likeness.proposal_id) == number, col(Likeness.earlier_id)), else_=col(Likeness.proposal_id))
    likes = sa.select(other, col(Likeness.degree)).join(Proposal, col(Proposal.id) == other)
    found = session.execute(
        among(with_meeting(likes), showing)
        .where(sa.or_(col(Likeness.proposal_id) == number, col(Likeness.earlier_id) == number), is_current())
        .order_by(col(Likeness.degree).desc(), other)
        .limit(SHOWN)
    )
    degrees: dict[int | None, float] = dict(found.all())
    entries = entries_of(session, list(degrees))
    return [Alike(one, degrees[one.proposal.id], _is_together(one, own)) for one in entries]


def _is_together(one: Entry, other: Entry) -> bool:
    return one.leader_id is not None and one.leader_id == other.leader_id


def waiting_with(session: Session, proposal: Proposal, now: datetime) -> list[Proposal]:
    """Return what waits in the same group of the queue, in the order in which it was said."""
    leader = select(Meaning.leader_id).where(col(Meaning.proposal_id) == proposal.id).scalar_subquery()
    return list(
        session.exec(
            select(Proposal)
            .join(Meaning, col(Meaning.proposal_id) == col(Proposal.id))
            .where(col(Meaning.leader_id) == leader, col(Proposal.id) != proposal.id, waits(now), is_current())
            .order_by(col(Proposal.id))
        )
    )
