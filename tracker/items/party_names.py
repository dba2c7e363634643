"""What parties are called, and for which stakeholder group they speak."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.db import rows
from tracker.people.models import Body, Party, Person
from tracker.people.queries import PARTY_NAME, with_names


@dataclass(frozen=True)
class NamedParty:
    """A party with its name and the stakeholder group it belongs to."""

    id: int
    slug: str
    name: str
    group: str
    #: where it is a person
    person_id: int | None

    @property
    def is_person(self) -> bool:
        """Tell whether it is a person."""
        return self.person_id is not None


_NAME = sa.func.coalesce(PARTY_NAME, "")
_GROUP = sa.func.coalesce(col(Person.stakeholder_group), col(Body.stakeholder_group), "unknown")
_NAMED = with_names(sa.select(col(Party.id), col(Party.slug), _NAME, _GROUP, col(Party.person_id))).where(
    col(Party.id).in_(sa.bindparam("parties", expanding=True))
)


def named(session: Session, party_ids: Collection[int]) -> dict[int, NamedParty]:
    """Return these parties with names and stakeholder groups, by number: one statement."""
    found = rows(session, _NAMED, parties=list(party_ids)) if party_ids else ()
    return {row[0]: NamedParty(*row) for row in found}
