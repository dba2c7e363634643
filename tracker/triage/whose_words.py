"""Whose words a passage gives: where they may be those of others, a person says so before anything is made of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from tracker.errors import Refused
from tracker.history import Actor
from tracker.people.changes import add_class
from tracker.proposals.models import Proposal
from tracker.transcripts.models import Turn


class WhoseWords(StrEnum):
    """What a person says of a passage that may be reported."""

    OWN = "own"
    REPORTED = "reported"


def may_be_reported(session: Session, proposal: Proposal) -> bool:
    """Tell whether the passage may give the words of others; what a person has said of its turn goes first."""
    turn = None
    if proposal.turn_id is not None:
        turn = session.get(Turn, proposal.turn_id)
    if turn is None or turn.is_reporting is None:
        return proposal.reported
    # Who reports may still offer something of their own in between, so the turn alone does not settle it.
    return turn.is_reporting


def refuse_unchosen(session: Session, proposal: Proposal, whose: WhoseWords | None) -> None:
    """Raise Refused where nobody has said whose words they are: what is only reported must count for nobody."""
    if whose is None and may_be_reported(session, proposal):
        raise Refused(
            "These may be the words of others. Choose whose words they are: the speaker's own, or reported.", "whose"
        )


def party_in_words(
    session: Session, body_id: int, name: str, names: Mapping[int, str], *, by: Actor, now: datetime
) -> int:
    """Return the party of that name, of those given by their ids; without one, a group that is added to the register.

    In a new register nobody has entered the sessions yet from which people report.
    """
    for party_id, known_name in names.items():
        if known_name.casefold() == name.casefold():
            return party_id
    party = add_class(session, name, register_id=body_id, by=by, now=now)
    session.flush()
    return party.id


def waiting_for_choice(session: Session, proposals: Iterable[Proposal]) -> list[Proposal]:
    """Return those of which a person must first say whose words they are."""
    return [proposal for proposal in proposals if may_be_reported(session, proposal)]
