"""One run of loading a seed: the file, the database, what was added, and look-ups by slug."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import ClassVar
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from tracker.errors import Refused
from tracker.history import Actor, ChangeWay
from tracker.items.models import Item
from tracker.meetings.queries import milestone_by_slug
from tracker.people.models import Body, Party, Person
from tracker.people.queries import party_by_slug
from tracker.seed.file_format import SeedFile
from tracker.seed.read_file import Lines, Place


@dataclass(frozen=True)
class SeedStep:
    """Something that happened on a day, and where the file says so."""

    day: date
    place: Place
    act: Callable[[], object]


@dataclass
class SeedRun:
    """One run: the file, the lines of its parts, and how many of what have been added so far."""

    session: Session
    file: SeedFile
    lines: Lines
    now: datetime
    by: ClassVar[Actor] = Actor(None, ChangeWay.IMPORT)
    added: Counter[str] = field(default_factory=Counter)
    #: slugs of parties that this run has added
    new: set[str] = field(default_factory=set)
    #: the same of milestones
    new_milestones: set[str] = field(default_factory=set)

    @property
    def register(self) -> Body:
        """Return the register that the file is for."""
        return self.body(self.file.body)

    def body(self, slug: str) -> Body:
        """Return that body."""
        return self.session.exec(select(Body).where(col(Body.slug) == slug)).one()

    def person(self, slug: str) -> Person:
        """Return that person."""
        return self.session.exec(select(Person).where(col(Person.slug) == slug)).one()

    def person_id(self, slug: str | None) -> int | None:
        """Return the number of that person, or null where nobody is named."""
        if slug:
            return self.person(slug).id
        return None

    def party(self, slug: str) -> Party:
        """Return that person, body or class as a party; raises Refused where there is none."""
        party = party_by_slug(self.session, slug)
        if party is None:
            raise Refused("There is no party “%(slug)s”. Add it to the file, or correct the name.", slug=slug)
        return party

    def party_id(self, slug: str) -> int:
        """Return the number of that party; raises Refused where there is none."""
        return self.party(slug).id

    def party_id_or_none(self, slug: str | None) -> int | None:
        """Return the number of that party, or null where nobody is named."""
        if slug:
            return self.party_id(slug)
        return None

    def milestone_id(self, slug: str | None) -> int | None:
        """Return the number of the register's milestone of that slug, or null where there is none."""
        milestone = milestone_by_slug(self.session, self.register.id, slug or "")
        if milestone is None:
            return None
        return milestone.id

    def item(self, number: int) -> Item:
        """Return the register's item of that number."""
        of_register = col(Item.body_id) == self.register.id, col(Item.number) == number
        return self.session.exec(select(Item).where(*of_register)).one()

    def author(self, slug: str) -> Actor:
        """Return who did something, as the history names them."""
        return Actor(self.person(slug).id, ChangeWay.IMPORT)

    def noon(self, day: date) -> datetime:
        """Return noon of that day in the register's time zone; `now` where that is still to come."""
        # A seed loaded in the morning must not say what happened in the afternoon.
        return min(self.now, datetime.combine(day, time(12), ZoneInfo(self.register.timezone)))

    @contextmanager
    def at(self, *place: str | int) -> Iterator[None]:
        """Turn what the rules refuse into a SeedError that names the line of that place."""
        try:
            yield
        except Refused as refusal:
            raise self.lines.error(place, str(refusal)) from None
