"""Writing proposals: set aside, snoozed, marked by hand. What ties them to items is items/triage.py."""

from datetime import datetime

from sqlmodel import Session

from tracker.errors import Refused
from tracker.history import Actor, Words, leave
from tracker.people.names import clean_or_none
from tracker.proposals.models import AsideReason, Proposal, TriageState
from tracker.proposals.queries import register_of

#: what may be decided anew; whatever is decided can be undone first
OPEN = (TriageState.WAITING, TriageState.SNOOZED)


def set_aside(
    session: Session, proposal: Proposal, reason: AsideReason, *, by: Actor, now: datetime, note: str | None = None
) -> None:
    """Take a proposal out of the queue for a reason that stays with it; raises Refused where it is decided already."""
    refuse_decided(proposal)
    proposal.reason, proposal.note = reason, clean_or_none(note)
    decide(proposal, TriageState.SET_ASIDE, by.person_id, now)
    after = {"reason": reason, "note": Words(proposal.note) if proposal.note else None}
    leave(session, proposal, "set aside", by=by, now=now, body_id=register_of(session, proposal), after=after)


def snooze(session: Session, proposal: Proposal, until: datetime, *, by: Actor, now: datetime) -> None:
    """Put a proposal off until a moment to come; raises Refused for one that is past, or where it is decided."""
    refuse_decided(proposal)
    if until <= now:
        raise Refused("Choose a day that is still to come.", "until")
    proposal.snoozed_until = until
    decide(proposal, TriageState.SNOOZED, by.person_id, now)
    body_id = register_of(session, proposal)
    leave(session, proposal, "snoozed", by=by, now=now, body_id=body_id, after={"until": until})


def refuse_decided(proposal: Proposal) -> None:
    """Raise Refused where somebody has decided already."""
    if proposal.state not in OPEN:
        raise Refused("Somebody has decided this passage already. Undo that first.")


def decide(proposal: Proposal, state: TriageState, person_id: int | None, now: datetime) -> None:
    """Note what was decided, by whom and when; the verb that calls this leaves the event."""
    proposal.state, proposal.decided_by, proposal.decided_at = state, person_id, now
    proposal.version += 1
