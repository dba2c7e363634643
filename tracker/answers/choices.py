"""The answers that a mail offers, and which of them a person may give of an item now."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from tracker.items.closing_views import parties_entitled
from tracker.items.list_conditions import answers_for
from tracker.items.models import Item, ProposerView
from tracker.items.party_models import Ownership, OwnerState
from tracker.items.status import is_closed
from tracker.people.queries import parties_of


class MailAnswer(StrEnum):
    """An answer that one link of a mail stands for; its value is the last part of the link."""

    IN_PROGRESS = "in-progress"
    DONE_IN_PART = "done-in-part"
    DONE = "done"
    WAITING = "waiting"
    MORE_TIME = "more-time"
    #: of an owner and of somebody who is requested to own the item
    NOT_MINE = "not-mine"
    TAKE_IT = "take-it"
    PASS_ON = "pass-on"  # noqa: S105 - an answer
    SATISFIED = "satisfied"
    PARTLY = "partly"
    DISPUTES = "disputes"
    #: of a reply by mail alone: words without an answer
    NOTE = "note"


class AnswerRole(StrEnum):
    """As what a person answers."""

    REQUESTED = "requested"
    OWNER = "owner"
    #: who helps the owner says how it goes; no mail offers it, but the secretariat may record it for them
    HELPER = "helper"
    PROPOSER = "proposer"


OFFERED: Mapping[AnswerRole, tuple[MailAnswer, ...]] = {
    AnswerRole.REQUESTED: (MailAnswer.TAKE_IT, MailAnswer.NOT_MINE, MailAnswer.PASS_ON),
    AnswerRole.OWNER: (
        MailAnswer.IN_PROGRESS,
        MailAnswer.DONE_IN_PART,
        MailAnswer.DONE,
        MailAnswer.WAITING,
        MailAnswer.MORE_TIME,
        MailAnswer.NOT_MINE,
    ),
    AnswerRole.HELPER: (
        MailAnswer.IN_PROGRESS,
        MailAnswer.DONE_IN_PART,
        MailAnswer.DONE,
        MailAnswer.WAITING,
    ),
    AnswerRole.PROPOSER: (MailAnswer.SATISFIED, MailAnswer.PARTLY, MailAnswer.DISPUTES),
}
#: what a proposer's answer says of the closing
VIEWS = {
    MailAnswer.SATISFIED: ProposerView.SATISFIED,
    MailAnswer.PARTLY: ProposerView.PARTLY,
    MailAnswer.DISPUTES: ProposerView.DISPUTES,
}


@dataclass(frozen=True)
class AnswerScope:
    """As what a person may answer an item now, and for which request, ownership or party; no role, no answer."""

    role: AnswerRole | None = None
    ownership: Ownership | None = None
    #: the proposer or supporter that a proposer's answer is of
    party_id: int | None = None

    @property
    def choices(self) -> tuple[MailAnswer, ...]:
        """Return the answers that apply, in the order in which they are offered."""
        if self.role is None:
            return ()
        return OFFERED[self.role]


def answer_scope(session: Session, item: Item, person_id: int) -> AnswerScope:
    """Return as what the person may answer the item now.

    An open request to own comes first, then an open item that the person owns or answers for, then a closed one that
    they put forward or support. Nobody is asked whether their own work satisfies them.
    """
    for state, role in ((OwnerState.REQUESTED, AnswerRole.REQUESTED), (OwnerState.ACCEPTED, AnswerRole.OWNER)):
        ownership = _theirs(session, item, person_id, state)
        if ownership is not None and not is_closed(item.progress):
            return AnswerScope(role, ownership)
    if not is_closed(item.progress) or _theirs(session, item, person_id, OwnerState.ACCEPTED) is not None:
        return AnswerScope()
    own = proposers_answered_for(session, item, person_id)
    if own:
        return AnswerScope(AnswerRole.PROPOSER, party_id=own[0])
    return AnswerScope()


def proposers_answered_for(session: Session, item: Item, person_id: int) -> list[int]:
    """Return the item's proposers and supporters that the person is or answers for; whoever is one needs no role."""
    own = parties_of(session, person_id)
    return [party for party in parties_entitled(session, item) if party in own]


def _theirs(session: Session, item: Item, person_id: int, state: OwnerState) -> Ownership | None:
    of_item = col(Ownership.item_id) == item.id, col(Ownership.state) == state
    return session.exec(select(Ownership).where(*of_item, answers_for(person_id)).limit(1)).first()
