"""Who reads a digest: where they are, what they may see and for whom they answer."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from tracker.people.models import Body, Person, Term
from tracker.people.queries import Sight, parties_of, records_of, sight_of


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


def zone_of(session: Session, person: Person) -> ZoneInfo:
    """Return the person's own time zone, else that of the first register they serve or have served in."""
    if person.timezone:
        return ZoneInfo(person.timezone)
    body = session.exec(
        select(Body).where(col(Body.id).in_(_served(person))).order_by(col(Body.is_sample), col(Body.id)).limit(1)
    ).first()
    return ZoneInfo(body.timezone if body else "UTC")


def _served(person: Person) -> SelectOfScalar[int]:
    registers_served = select(sa.func.coalesce(col(Body.parent_id), col(Body.id)))
    return registers_served.join(Term, col(Term.body_id) == col(Body.id)).where(
        col(Term.person_id).in_(records_of(person.id))
    )


def reader_of(session: Session, person: Person, now: datetime, only: frozenset[int] | None = None) -> DigestReader:
    """Return the person as a reader at that moment; `only` limits what they see to these registers."""
    # The register’s day decides what is due; the reader’s zone only when the mail comes and what heads it.
    zone = zone_of(session, person)
    sight = sight_of(session, person, now)
    if only is not None:
        sight = Sight(
            sight.person_id, sight.register_ids & only, sight.secretariat_of & only, sight.only_rapporteur_in & only
        )
    return DigestReader(person, zone, sight, frozenset(parties_of(session, person.id)), now)
