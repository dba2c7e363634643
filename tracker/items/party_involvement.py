"""What parties have to do with a register: which of them it knows, and their positions on its items."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.history import Event
from tracker.history_verbs import Verb
from tracker.items.models import Item
from tracker.items.party_models import Addressee, Ownership, Position
from tracker.items.reading_rules import of_register
from tracker.meetings.models import Meeting
from tracker.meetings.queries import may_read_meeting
from tracker.people.models import Body, Label, Party, Term
from tracker.people.queries import Sight, with_keepers
from tracker.transcripts.models import Passage, Transcript


class Outsider(NamedTuple):
    """A class, or a body that belongs to no register."""

    party: Party
    name: str
    is_body: bool


def outsiders(session: Session, body_id: int, sight: Sight) -> list[Outsider]:
    """Return by name the classes, and the bodies outside every register, that this register knows."""
    rows = session.exec(_outside(body_id, sight.alike))
    return sorted((_outsider(*row) for row in rows), key=lambda outsider: outsider.name.casefold())


def _outsider(party: Party, body: Body | None) -> Outsider:
    if body is not None:
        return Outsider(party, body.name, is_body=True)
    return Outsider(party, party.class_name or "", is_body=False)


@lru_cache(maxsize=100)
def _outside(body_id: int, sight: Sight) -> Any:
    own = aliased(Body)
    above = aliased(Body)
    outside = sa.and_(~col(own.is_register), sa.or_(col(above.id).is_(None), ~col(above.is_register)))
    return (
        select(Party, own)
        .outerjoin(own, col(Party.body_id) == col(own.id))
        .outerjoin(above, col(own.parent_id) == col(above.id))
        .where(sa.or_(col(Party.class_name).is_not(None), outside), known_in(body_id, sight))
    )


def known_in(body_id: int, sight: Sight) -> sa.ColumnElement[bool]:
    """Return the condition that a register knows a party.

    It knows itself and the bodies that belong to it; people who serve there, have a label in its transcripts or speak
    in a passage; parties that its items name; and parties added on its pages or with its seed. Only meetings and items
    that the reader may see count, and never those of another register.
    """
    serving = sa.select(col(Term.person_id)).where(col(Term.body_id).in_(_bodies(body_id)))
    named = sa.select(col(Label.person_id)).where(col(Label.register_id) == body_id)
    return sa.or_(
        col(Party.body_id).in_(_bodies(body_id)),
        col(Party.person_id).in_(with_keepers(serving, named)),
        _speaks_in(body_id, sight),
        _named_by(body_id, sight),
        _added_to(body_id),
    )


def is_known(session: Session, body_id: int, sight: Sight, party: Party) -> bool:
    """Tell whether the register knows the party, as far as the reader may know it."""
    return session.exec(_known(body_id, sight.alike), params={"party": party.id}).first() is not None


@lru_cache(maxsize=100)
def _known(body_id: int, sight: Sight) -> Any:
    return select(Party.id).where(col(Party.id) == sa.bindparam("party"), known_in(body_id, sight))


def _bodies(body_id: int) -> Any:
    return sa.select(col(Body.id)).where(sa.or_(col(Body.id) == body_id, col(Body.parent_id) == body_id))


def _speaks_in(body_id: int, sight: Sight) -> sa.ColumnElement[bool]:
    spoken = sa.select(col(Passage.id)).join(Transcript, col(Transcript.id) == col(Passage.transcript_id))
    here = spoken.join(Meeting, col(Meeting.id) == col(Transcript.meeting_id)).where(col(Meeting.body_id) == body_id)
    # For the register’s own people the question is not asked: it would join the meetings for nothing.
    if not sight.sees_all_of(body_id):
        here = here.where(may_read_meeting(sight))
    return here.where(col(Passage.speaker_id) == col(Party.person_id)).exists()


def _named_by(body_id: int, sight: Sight) -> sa.ColumnElement[bool]:
    """Return the condition that an item names the party: as proposer, addressee, owner, awaited or position taker."""
    here = of_register(body_id, sight)
    # By IN, for few items wait; the others by EXISTS, for nearly every item has a proposer.
    waited_for = sa.select(col(Item.waiting_for)).where(here, col(Item.waiting_for).is_not(None))
    by_parts = (
        sa.exists().where(col(table.party_id) == col(Party.id), col(table.item_id) == col(Item.id), here)
        for table in (Addressee, Ownership, Position)
    )
    proposer = sa.exists().where(col(Item.put_forward_by) == col(Party.id), here)
    return sa.or_(proposer, col(Party.id).in_(waited_for), *by_parts)


def _added_to(body_id: int) -> sa.ColumnElement[bool]:
    subject = sa.literal("party:") + sa.cast(col(Party.id), sa.String)
    return sa.exists().where(
        col(Event.subject) == subject, col(Event.verb) == Verb.ADDED, col(Event.body_id) == body_id
    )


def positions_of(session: Session, body_id: int, sight: Sight, party_ids: Iterable[int]) -> list[tuple[Position, Item]]:
    """Return the positions of these parties on items that the reader may see, with the items, by item number."""
    rows = session.exec(
        select(Position, Item)
        .join(Item, col(Position.item_id) == col(Item.id))
        .where(of_register(body_id, sight), col(Position.party_id).in_(list(party_ids)))
        .order_by(col(Item.number), col(Position.id))
    )
    return [(position, item) for position, item in rows]
