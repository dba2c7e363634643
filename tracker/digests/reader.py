"""Who reads a digest: where they are, what they may see and for whom they answer."""

import logging
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tracker.db import rows
from tracker.people.models import Body, Person, Term
from tracker.people.queries import Sight, current_roles_of_all, parties_of, parties_of_all, records_of_all, sight_from

log = logging.getLogger("tracker.digests")


@dataclass(frozen=True)
class DigestReader:
    """Who reads, where they are, what they may see and for whom they answer.

    `today` is the day where the reader is, and heads the digest; due days go by the day of each register.
    """

    person: Person
    zone: ZoneInfo
    sight: Sight
    parties: frozenset[int]
    now: datetime

    @property
    def today(self) -> date:
        """Return the day where the reader is."""
        return self.now.astimezone(self.zone).date()

    @property
    def shared_sight(self) -> Sight:
        """Return the sight of all who see the same: what a rapporteur sees depends on who they are."""
        if self.sight.only_rapporteur_in:
            return self.sight
        return replace(self.sight, person_id=None)

    @property
    def group(self) -> Hashable:
        """Return a key of all who see the same at the same moment."""
        return self.shared_sight, self.now

    @property
    def id(self) -> int:
        """Return the person's number."""
        return self.person.id


def readers_of(
    session: Session, people: Sequence[Person], now: datetime, only: frozenset[int] | None = None
) -> dict[int, DigestReader]:
    """Return them as readers at that moment, by person; `only` limits what they see to these registers."""
    records = records_of_all(session, [person.id for person in people])
    roles = current_roles_of_all(session, records, now)
    parties = parties_of_all(session, records)
    # The register’s day decides what is due; the reader’s zone only when the mail comes and what heads it.
    zones = home_zones(session, [person.id for person in people if not person.timezone])
    readers = {}
    for person in people:
        zone = zone_named(person.timezone or zones.get(person.id), person.id)
        sight = _limited(sight_from(person, roles[person.id]), only)
        readers[person.id] = DigestReader(person, zone, sight, frozenset(parties[person.id]), now)
    return readers


def reader_of(session: Session, person: Person, now: datetime, only: frozenset[int] | None = None) -> DigestReader:
    """Return the person as a reader at that moment; `only` limits what they see to these registers."""
    return readers_of(session, [person], now, only)[person.id]


def reader_seeing(
    session: Session, person: Person, sight: Sight, zone: ZoneInfo, now: datetime, only: frozenset[int]
) -> DigestReader:
    """Return the person as a reader of these registers; what they may see, and their zone, is known already."""
    parties = parties_of(session, person.id)
    return DigestReader(person, zone, _limited(sight, only), frozenset(parties), now)


def zone_of(session: Session, person: Person) -> ZoneInfo:
    """Return the person's own time zone, else that of the first register they serve or have served in."""
    name = person.timezone or home_zones(session, [person.id]).get(person.id)
    return zone_named(name, person.id)


def zone_named(name: str | None, person_id: int) -> ZoneInfo:
    """Return the zone of that name, which may come from a machine that knows others; UTC for none, and for another."""
    try:
        return ZoneInfo(name or "UTC")
    except (KeyError, ValueError, OSError):  # zoneinfo's three ways of not knowing a name
        log.warning("person %s has an unknown time zone", person_id)
        return ZoneInfo("UTC")


def _limited(sight: Sight, only: frozenset[int] | None) -> Sight:
    if only is None:
        return sight
    return Sight(
        sight.person_id, sight.register_ids & only, sight.secretariat_of & only, sight.only_rapporteur_in & only
    )


def home_zones(session: Session, people: Collection[int] | None = None) -> dict[int, str]:
    """Return the zone of the first register that they serve or have served in, by person; None: of everybody.

    People with a zone of their own are left out.
    """
    if people is not None and not people:
        return {}
    statement = _SERVED_IN
    if people is not None:
        statement = statement.where(sa.or_(col(_RECORD.id).in_(people), col(_RECORD.merged_into_id).in_(people)))
    zones: dict[int, str] = {}
    for row in rows(session, statement):
        zones.setdefault(row.reader, row.timezone)
    return zones


_RECORD = aliased(Person)
_KEEPER = aliased(Body)
_READER = sa.func.coalesce(col(_RECORD.merged_into_id), col(_RECORD.id))
_SERVED_IN = (
    sa.select(_READER.label("reader"), col(_KEEPER.timezone))
    .select_from(Term)
    .join(_RECORD, col(_RECORD.id) == col(Term.person_id))
    .join(Person, col(Person.id) == _READER)
    .join(Body, col(Body.id) == col(Term.body_id))
    .join(_KEEPER, col(_KEEPER.id) == sa.func.coalesce(col(Body.parent_id), col(Body.id)))
    .where(col(Person.timezone).is_(None))
    .order_by(col(_KEEPER.is_sample), col(_KEEPER.id))
)
