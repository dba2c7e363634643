"""Bodies and classes that nobody can reach: neither steward nor second has a mail address."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.items.list_conditions import of_register
from tracker.items.models import Addressee, Item, Ownership, OwnerState, ResponseState
from tracker.items.status import OPEN
from tracker.people.models import Body, Party, Person
from tracker.people.queries import Sight

_Steward = aliased(Person)
_Second = aliased(Person)


def unreachable(session: Session, party_ids: Collection[int | None]) -> list[str]:
    """Return the names of those of these parties that nobody can reach; people are left out."""
    return _names(session, col(Party.id).in_([party_id for party_id in party_ids if party_id]))


def unreachable_in(session: Session, body_id: int, sight: Sight) -> list[str]:
    """Return the names of bodies and classes that open items of the register wait for, and that nobody can reach."""
    of_open = of_register(body_id, sight), col(Item.progress).in_(OPEN)
    put = sa.select(col(Addressee.party_id)).join(Item, col(Addressee.item_id) == col(Item.id))
    owned = sa.select(col(Ownership.party_id)).join(Item, col(Ownership.item_id) == col(Item.id))
    standing = col(Ownership.state).in_((OwnerState.REQUESTED, OwnerState.ACCEPTED))
    waited_for = col(Party.id).in_(sa.select(col(Item.waiting_for)).where(*of_open, col(Item.waiting_for).is_not(None)))
    unanswered = col(Addressee.response) == ResponseState.SENT
    concerned = (col(Party.id).in_(put.where(*of_open, unanswered)), col(Party.id).in_(owned.where(*of_open, standing)))
    return _names(session, sa.or_(waited_for, *concerned))


def _names(session: Session, condition: sa.ColumnElement[bool]) -> list[str]:
    name = sa.func.coalesce(col(Body.name), col(Party.class_name))
    statement = (
        select(name)
        .select_from(Party)
        .outerjoin(Body, col(Party.body_id) == col(Body.id))
        .outerjoin(_Steward, col(Party.steward_id) == _Steward.id)
        .outerjoin(_Second, col(Party.second_id) == _Second.id)
        .where(condition, col(Party.person_id).is_(None), col(_Steward.email).is_(None), col(_Second.email).is_(None))
    )
    return sorted(session.exec(statement), key=str.casefold)
