"""What every step of importing an item uses: the register, the names in the file, the item's line before and after."""

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
    """An import into a register, by whom and when; and the look-up of the names in its file."""

    session: Session
    register: Body
    by: Actor
    now: datetime

    def party(self, slug: str, column: str) -> Party:
        """Return the party of that slug; raise Refused with the column where there is none."""
        party = party_by_slug(self.session, slug)
        if party is None:
            raise Refused("There is no party “%(slug)s”. Add it on the People page first.", column, slug=slug)
        return party

    def person(self, slug: str, column: str) -> Person:
        """Return the person of that slug; raise Refused with the column where there is none."""
        person = self.session.exec(select(Person).where(col(Person.slug) == slug)).one_or_none()
        if person is None:
            raise Refused("There is no person “%(slug)s”. Add them with flask load-people first.", column, slug=slug)
        return person

    def party_id(self, slug: str | None, column: str) -> int | None:
        """Return the id of the party of that slug, None for an empty cell; raise Refused as `party` does."""
        if slug is None:
            return None
        return self.party(slug, column).id

    def person_id(self, slug: str | None, column: str) -> int | None:
        """Return the id of the person of that slug, None for an empty cell; raise Refused as `person` does."""
        if slug is None:
            return None
        return self.person(slug, column).id

    def milestone(self, slug: str | None) -> Milestone | None:
        """Return the register's milestone of that slug, None for an empty cell; raise Refused where there is none."""
        if not slug:
            return None
        milestone = milestone_by_slug(self.session, self.register.id, slug)
        if milestone is None:
            raise Refused("There is no milestone “%(slug)s”. Add it to the calendar first.", "milestone", slug=slug)
        return milestone

    def noon(self, day: date) -> datetime:
        """Return noon of that day in the register's time zone; today before noon, this moment."""
        return min(self.now, datetime.combine(day, time(12), ZoneInfo(self.register.timezone)))

    def item(self, number: int | None) -> Item | None:
        """Return the register's item of that number; None without a number, or where there is no such item yet."""
        items = select(Item).where(col(Item.body_id) == self.register.id, col(Item.number) == number)
        if number:
            return self.session.exec(items).one_or_none()
        return None


@dataclass(frozen=True)
class Case(ItemImport):
    """One item: its row, its line as an export would write it now, and its line in the file."""

    row: Item
    current: ItemCells
    new: ItemCells
