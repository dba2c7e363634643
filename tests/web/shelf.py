"""The items of the web tests' small world: put there in transactions of their own, so that no browser waits."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlmodel import Session, col, select

from tests.factories import NOW, SYSTEM, make_item, make_ownership, make_passage, make_transcript, party_of
from tests.factories import make_meeting as meeting_of
from tests.web.world import World
from tracker import clock
from tracker.history import leave
from tracker.items.models import Item, ItemPassage
from tracker.items.party_models import OwnerState
from tracker.people.models import Body, Party, Person

#: what the passage of `cited` quotes, with a captioner's mark in it
QUOTED = "Let us buy lamps Ian to here for the hall."


class Shelf:
    """The Library Board's items; the installation believes in 12 November 2012."""

    def __init__(self, app: Flask, world: World) -> None:
        self.app = app
        self.world = world
        with self.writing() as session:
            clock.start_at(session, NOW)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Commit once at the end of the block."""
        with self.app.extensions["sessions"].writing() as session:
            yield session

    def board(self, session: Session) -> Body:
        """The register."""
        return session.get_one(Body, self.world.register)

    def person(self, session: Session, name: str) -> Person:
        """Somebody of the world, as "member" or "secretariat"."""
        return session.get_one(Person, getattr(self.world, name))

    def party(self, session: Session, name: str = "register") -> Party:
        """The register's party, or that of somebody of the world."""
        return party_of(session, self.board(session) if name == "register" else self.person(session, name))

    def put(self, **values: Any) -> int:
        """Add an item and return its number."""
        with self.writing() as session:
            return make_item(session, self.board(session), **values).number

    def cited(self, meeting: dict[str, Any] | None = None, **values: Any) -> int:
        """Add an item with one passage of a meeting that is internal unless said otherwise."""
        with self.writing() as session:
            item = make_item(session, self.board(session), **values)
            text = f"MS ONE: Good morning. {QUOTED} Thank you."
            transcript = make_transcript(session, meeting_of(session, self.board(session), **(meeting or {})), text)
            passage = make_passage(session, transcript, QUOTED)
            session.add(ItemPassage(item_id=item.id, passage_id=passage.id))
            return item.number

    def owned(self, name: str = "member", state: OwnerState = OwnerState.ACCEPTED, **values: Any) -> int:
        """Add an item that somebody owns, or is asked to."""
        with self.writing() as session:
            item = make_item(session, self.board(session), **values)
            make_ownership(session, item, self.party(session, name), state=state)
            return item.number

    @contextmanager
    def item(self, number: int) -> Iterator[tuple[Session, Item]]:
        """Read an item as it stands now, or add to it."""
        with self.writing() as session:
            wanted = col(Item.number) == number, col(Item.body_id) == self.world.register
            item = session.exec(select(Item).where(*wanted)).one()
            yield session, item
            leave(session, item, "made", by=SYSTEM, now=NOW)
