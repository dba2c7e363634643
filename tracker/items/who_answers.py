"""Who answers a request to own an item, or for its ownership."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.db import rows
from tracker.items.list_conditions import answers_for
from tracker.items.models import Item, Ownership
from tracker.people.models import Party, Person

_HIS = sa.select(col(Ownership.id)).where(answers_for(sa.bindparam("person"))).limit(1)
_ONE_OF_HIS = _HIS.where(col(Ownership.id) == sa.bindparam("ownership"))
_HIS_OF_ITEM = _HIS.where(col(Ownership.item_id) == sa.bindparam("item"))
_ANSWERERS: Any = (Party.person_id, Party.steward_id, Party.second_id, Ownership.answers_for_id, Ownership.second_id)
_CAN_SIGN_IN = (
    sa.select(col(Person.id))
    .select_from(Ownership)
    .join(Party, col(Party.id) == col(Ownership.party_id))
    .join(Person, col(Person.id).in_(_ANSWERERS))
    .where(col(Ownership.id) == sa.bindparam("ownership"), col(Person.email).is_not(None))
    .limit(1)
)


def answerable(session: Session, ownership: Ownership, person_id: int) -> bool:
    """Tell whether that request, or that ownership, is this person's to answer."""
    return bool(rows(session, _ONE_OF_HIS, ownership=ownership.id, person=person_id))


def was_requested_to_own(session: Session, item: Item, person_id: int) -> bool:
    """Tell whether any request to own it, answered or taken back, was this person's to answer."""
    return bool(rows(session, _HIS_OF_ITEM, item=item.id, person=person_id))


def nobody_can_answer(session: Session, ownership: Ownership) -> bool:
    """Tell whether no one who answers for the party can sign in, so that somebody must write down what it said."""
    return not rows(session, _CAN_SIGN_IN, ownership=ownership.id)
