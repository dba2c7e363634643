"""Which parties the forms and filters of a register offer."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tracker.items.models import Item
from tracker.items.party_involvement import known_in
from tracker.items.party_models import Addressee, Ownership, OwnerState, Position, Stance
from tracker.items.party_names import names_volunteers
from tracker.items.reading_rules import of_register
from tracker.items.reported_words import took_position
from tracker.people.models import Party, Person
from tracker.people.queries import PARTY_NAME, Sight, with_names


class PartyKind(StrEnum):
    """What a party is."""

    PERSON = "person"
    BODY = "body"
    CLASS = "class"


class Choice(NamedTuple):
    """A party that may be chosen."""

    id: int
    slug: str
    name: str
    kind: PartyKind
    #: where the party is a person
    person_id: int | None
    #: whom a person works for, which tells namesakes apart
    affiliation: str | None = None
    #: mail reaches the person, or the steward of the body or class
    by_mail: bool = False


def form_choices(session: Session, body_id: int, sight: Sight) -> list[Choice]:
    """Return the parties that may be addressee, owner or position taker here, by name: those the register knows.

    A party that only internal items or meetings name is offered to those who may read these.
    """
    return _by_name(session.execute(_of_form(body_id, sight.alike)))


def form_choice(session: Session, body_id: int, sight: Sight, party_id: int) -> Choice | None:
    """Return that party alone if the form offers it: a choice is checked without reading hundreds of names."""
    return next(_named(session.execute(_one_of_form(body_id, sight.alike), {"party": party_id})), None)


def form_person(session: Session, body_id: int, sight: Sight, person_id: int) -> Choice | None:
    """Return the party that is that person, if the form offers it."""
    return next(_named(session.execute(_person_of_form(body_id, sight.alike), {"person": person_id})), None)


@lru_cache(maxsize=100)
def _of_form(body_id: int, sight: Sight) -> Any:
    is_nobody = sa.or_(col(Person.merged_into_id).is_not(None), col(Person.erased_on).is_not(None))
    return _parties(known_in(body_id, sight), sa.or_(col(Party.person_id).is_(None), ~is_nobody))


@lru_cache(maxsize=100)
def _one_of_form(body_id: int, sight: Sight) -> Any:
    return _of_form(body_id, sight).where(col(Party.id) == sa.bindparam("party"))


@lru_cache(maxsize=100)
def _person_of_form(body_id: int, sight: Sight) -> Any:
    return _of_form(body_id, sight).where(col(Party.person_id) == sa.bindparam("person"))


def name_of(session: Session, body_id: int, sight: Sight, slug: str) -> str | None:
    """Return the name of a party that the register knows, as far as the reader may know it; else None."""
    choices = _choices(session, col(Party.slug) == slug, known_in(body_id, sight))
    if choices:
        return choices[0].name
    return None


def owner_choices(session: Session, body_id: int, sight: Sight) -> list[Choice]:
    """Return the owners of items that the reader may see, by name."""
    accepted = col(Ownership.state) == OwnerState.ACCEPTED
    return _choices(session, _of_an_item(Ownership, accepted, of_register(body_id, sight)))


def addressee_choices(session: Session, body_id: int, sight: Sight) -> list[Choice]:
    """Return the addressees of items that the reader may see, by name; to outsiders no person."""
    choices = _choices(session, _of_an_item(Addressee, of_register(body_id, sight)))
    if names_volunteers(sight, body_id):
        return choices
    return [choice for choice in choices if choice.kind is not PartyKind.PERSON]


def position_takers(session: Session, body_id: int, sight: Sight, stances: Iterable[Stance]) -> list[Choice]:
    """Return the parties that took such a position on an item that the reader may see, by name."""
    rows = sa.select(col(Position.party_id)).join(Item, col(Position.item_id) == col(Item.id))
    return _choices(session, col(Party.id).in_(rows.where(of_register(body_id, sight), took_position(stances))))


def _of_an_item(table: Any, *conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Return the condition that a party has such a row; EXISTS, for the first row of a party is enough."""
    rows = sa.select(col(table.party_id)).join(Item, col(table.item_id) == col(Item.id))
    return rows.where(col(table.party_id) == col(Party.id), *conditions).exists()


def _parties(*conditions: sa.ColumnElement[bool]) -> Any:
    """Select parties with their names; plain columns, for there may be hundreds."""
    named = (col(Party.id), col(Party.slug), PARTY_NAME, col(Party.person_id), col(Party.body_id))
    steward = aliased(Person)
    address = sa.func.coalesce(col(Person.email), col(steward.email))
    parties = with_names(sa.select(*named, col(Person.affiliation), address.is_not(None)))
    return parties.outerjoin(steward, col(steward.id) == col(Party.steward_id)).where(*conditions)


def _choices(session: Session, *conditions: sa.ColumnElement[bool]) -> list[Choice]:
    return _by_name(session.execute(_parties(*conditions)))


def _by_name(rows: Any) -> list[Choice]:
    return sorted(_named(rows), key=lambda choice: choice.name.casefold())


def _named(rows: Any) -> Iterator[Choice]:
    for party_id, slug, name, person_id, body_id, affiliation, by_mail in rows:
        kind = PartyKind.CLASS
        if person_id:
            kind = PartyKind.PERSON
        elif body_id:
            kind = PartyKind.BODY
        yield Choice(party_id, slug, name or "", kind, person_id, affiliation, bool(by_mail))
