"""A town in which there is something on every page: for the sweeps that look at all of them."""

from dataclasses import dataclass

from flask import Flask

from tests.factories import NOW, SYSTEM, made
from tests.town import items, mail, office, people, sessions
from tests.web.post_room import PostRoom
from tests.web.shelf import Shelf
from tests.web.world import World, make_world
from tracker.clock import real_now
from tracker.history import leave
from tracker.history_verbs import Verb
from tracker.people.models import Body
from tracker.people.sessions import make_link
from tracker.reports.changes import issue


@dataclass
class Town:
    """The application, who lives there, and the numbers and names that addresses are made of."""

    app: Flask
    world: World
    names: dict[str, object]


def make_town(app: Flask) -> Town:
    """Fill the database of the application; the installation believes in 12 November 2012."""
    world = make_world(app.extensions["sessions"])
    shelf = Shelf(app, world)
    with shelf.writing() as session:
        park = session.get_one(Body, world.other_register)
        park.is_sample = True
        made(session, park)
        board, sara = shelf.board(session), shelf.person(session, "secretariat")
        leave(session, board, Verb.CREATED_AS_EXAMPLE, by=SYSTEM, now=NOW)  # it is the example, so one may start empty
        spring = people.calendar(session, board)
        names = people.fill(session, board, sara)
        talk = sessions.talk(session, board)
        names |= {"talk": talk.id} | sessions.fill(session, talk, sara)
        names |= items.fill(session, board, shelf.person(session, "member"), sara, talk, spring)
        names |= office.fill(session, board, sara)
        names |= sessions.correct(session, board, items.numbered(session, 3))
        names |= sessions.arrive(session, board, sara)
        issue(session, spring, as_of=NOW.date(), by=items.by(sara), now=NOW)
        names |= {"link": make_link(session, sara, now=real_now())}
    return Town(app, world, names | mail.fill(PostRoom(app, shelf), shelf))
