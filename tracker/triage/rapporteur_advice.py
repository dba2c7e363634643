"""What a rapporteur would decide of a passage of their meeting: kept beside it until the secretariat takes it over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.history import Actor, Words, leave
from tracker.history_verbs import Verb
from tracker.people.models import Person
from tracker.proposals.filters import Showing, in_register, is_current, of_showing, waits
from tracker.proposals.models import Advice, Proposal, TriageState
from tracker.proposals.queries import register_of
from tracker.triage.changes import refuse_decided

#: what of a form is text that somebody wrote, and can be erased from the history
WRITTEN = frozenset({"title", "text", "note", "condition", "theme", "reported_name"})


@dataclass(frozen=True)
class Advised:
    """An advice with who gave it."""

    advice: Advice
    name: str


def advise(
    session: Session, proposal: Proposal, state: TriageState, fields: Mapping[str, Any], *, by: Actor, now: datetime
) -> Advice:
    """Say what to make of a passage, in place of what was said before; raises Refused where it is decided already."""
    refuse_decided(proposal)
    version = 1
    if earlier := session.get(Advice, proposal.id):
        version = earlier.version + 1
    advice = Advice(
        proposal_id=proposal.id,
        person_id=by.person(),
        advised_at=now,
        state=state,
        fields=dict(fields),
        version=version,
    )
    # Events are never edited, so what somebody wrote is kept apart, where it can be erased.
    written = {name: Words(value) for name, value in fields.items() if name in WRITTEN and value}
    after = {"state": state, **fields, **written}
    leave(session, proposal, Verb.ADVISED, by=by, now=now, body_id=register_of(session, proposal), after=after)
    return session.merge(advice)


def withdraw_advice(session: Session, proposal: Proposal, advice: Advice, *, by: Actor, now: datetime) -> None:
    """Let a passage be as if nothing had been said of it."""
    session.delete(advice)
    leave(session, proposal, Verb.ADVICE_WITHDRAWN, by=by, now=now, body_id=register_of(session, proposal))


def advice_on(session: Session, numbers: list[int]) -> dict[int, Advised]:
    """Return what was advised on these passages, by their numbers."""
    rows = session.exec(_ON, params={"numbers": numbers})
    return {advice.proposal_id: Advised(advice, name) for advice, name in rows}


_ON = (
    select(Advice, Person.name)
    .join(Person, col(Person.id) == col(Advice.person_id))
    .where(col(Advice.proposal_id).in_(sa.bindparam("numbers", expanding=True)))
)


def advised(session: Session, body_id: int, meeting: str, now: datetime) -> list[tuple[Proposal, Advice]]:
    """Return what waits of a meeting and has an advice, in the order in which it was given."""
    statement = in_register(select(Proposal, Advice).join(Advice, col(Advice.proposal_id) == col(Proposal.id)), body_id)
    waiting = of_showing(statement, Showing(meeting=meeting)).where(waits(now), is_current())
    return list(session.exec(waiting.order_by(col(Advice.advised_at), col(Proposal.id))))
