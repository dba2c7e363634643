"""What every step of loading a seed has at hand."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import ClassVar
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from tracker.errors import Refused
from tracker.history import Actor, ChangeWay
from tracker.people.models import Body, Person
from tracker.people.queries import party_by_slug
from tracker.seed.file_format import SeedFile
from tracker.seed.read_file import Lines


@dataclass
class SeedRun:
    """One run: the file, where its parts stand, and what has been added so far."""

    session: Session
    file: SeedFile
    lines: Lines
    now: datetime
    by: ClassVar[Actor] = Actor(None, ChangeWay.IMPORT)
    added: Counter[str] = field(default_factory=Counter)
    #: slugs of parties that this run has added
    new: set[str] = field(default_factory=set)

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

    def party_id(self, slug: str) -> int:
        """Return the number of that person, body or class as a party."""
        party = party_by_slug(self.session, slug)
        if party is None:
            raise Refused("There is no party “%(slug)s”. Add it to the file, or correct the name.", slug=slug)
        return party.id

    def noon(self, day: date) -> datetime:
        """Return noon of that day where the register is, but no moment that is still to come."""
        return min(self.now, datetime.combine(day, time(12), ZoneInfo(self.register.timezone)))

    @contextmanager
    def at(self, *place: str | int) -> Iterator[None]:
        """Let what the rules refuse be told with its line."""
        try:
            yield
        except Refused as refusal:
            raise self.lines.error(place, str(refusal)) from None
