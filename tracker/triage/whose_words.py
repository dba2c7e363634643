"""Whose words a passage gives: where they may be those of others, a person says so before anything is made of them."""

from collections.abc import Iterable
from enum import StrEnum

from sqlmodel import Session

from tracker.errors import Refused
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


def waiting_for_choice(session: Session, proposals: Iterable[Proposal]) -> list[Proposal]:
    """Return those of which a person must first say whose words they are."""
    return [proposal for proposal in proposals if may_be_reported(session, proposal)]
