"""What every step of taking an item in from a file has at hand."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from tracker.errors import Refused
from tracker.exchange.columns import ItemCells
from tracker.history import Actor
from tracker.items.models import Item
from tracker.meetings.models import Milestone
from tracker.meetings.queries import milestone_by_slug
from tracker.people.models import Body, Party, Person
from tracker.people.queries import party_by_slug


@dataclass(frozen=True)
class ItemImport:
    """Into which register, by whom and when; and what the names in a file stand for."""

    session: Session
    register: Body
    by: Actor
    now: datetime

    def party(self, slug: str, column: str) -> Party:
        """Return that party; raise Refused with the column where there is none."""
        found = party_by_slug(self.session, slug)
        if found is None:
            raise Refused("There is no party “%(slug)s”. Add it on the page of people first.", column, slug=slug)
        return found

    def person(self, slug: str, column: str) -> Person:
        """Return that person; raise Refused with the column where there is none."""
        found = self.session.exec(select(Person).where(col(Person.slug) == slug)).one_or_none()
        if found is None:
            raise Refused("There is no person “%(slug)s”. Add them with flask load-people first.", column, slug=slug)
        return found

    def milestone(self, slug: str | None) -> Milestone | None:
        """Return that milestone of the register, or null for none."""
        found = milestone_by_slug(self.session, self.register.id, slug) if slug else None
        if slug and found is None:
            raise Refused("There is no milestone “%(slug)s”. Add it to the calendar first.", "milestone", slug=slug)
        return found

    def noon(self, day: date) -> datetime:
        """Return noon of that day where the register is, but no moment that is still to come."""
        return min(self.now, datetime.combine(day, time(12), ZoneInfo(self.register.timezone)))

    def item(self, number: int | None) -> Item | None:
        """Return the item of that number, if it is there."""
        wanted = col(Item.body_id) == self.register.id, col(Item.number) == number
        if number:
            return self.session.exec(select(Item).where(*wanted)).one_or_none()
        return None


@dataclass(frozen=True)
class Case(ItemImport):
    """One item: the row, what its line would be now, and the line that came."""

    row: Item
    there: ItemCells
    came: ItemCells
