"""What is kept until something changes: never stale, and never what another reader may not see."""

from tests.factories import make_item, make_ownership, party_of
from tests.web.browsing import Browser
from tests.web.world import World
from tracker.clock import real_now
from tracker.history import Actor, ChangeWay, Words, change
from tracker.meetings.models import Visibility
from tracker.people.models import Body, Person


def owned_by_mira(browser: Browser, world: World, **values: object) -> None:
    with browser.session() as session:
        item = make_item(session, session.get_one(Body, world.register), **values)
        make_ownership(session, item, party_of(session, session.get_one(Person, world.member)))
        session.commit()


def test_a_new_owner_is_offered_at_once(member: Browser, world: World) -> None:
    owned_by_mira(member, world, visibility=Visibility.INTERNAL)
    assert ">Mira Member</option>" in member.get("/items").text


def test_a_new_name_is_offered_at_once(member: Browser, world: World) -> None:
    owned_by_mira(member, world)
    member.get("/items")
    with member.session() as session:
        mira = session.get_one(Person, world.member)
        change(session, mira, {"name": Words("Mira Moved")}, "edited", by=Actor(None, ChangeWay.JOB), now=real_now())
        session.commit()
    assert ">Mira Moved</option>" in member.get("/items").text


def test_a_stranger_is_not_offered_what_a_member_was(member: Browser, visitor: Browser, world: World) -> None:
    owned_by_mira(member, world, visibility=Visibility.INTERNAL)
    assert ">Mira Member</option>" in member.get("/items").text
    assert "Mira Member" not in visitor.get("/items").text


def test_the_second_look_asks_for_nothing_again(member: Browser, world: World) -> None:
    owned_by_mira(member, world)
    member.get("/items")
    shelf = dict(member.app.extensions["shelf"])
    member.get("/items")
    assert member.app.extensions["shelf"] == shelf
    assert {name for _newest, name, _register, _is_inside in shelf} == {"filter en"}


def test_what_was_worked_out_before_a_change_is_thrown_away(member: Browser, world: World) -> None:
    member.get("/items")
    owned_by_mira(member, world)
    member.get("/items")
    assert len({newest for newest, *_ in member.app.extensions["shelf"]}) == 1


class Swept(dict[object, object]):
    """A shelf that another thread sweeps right after it was looked at."""

    def __contains__(self, key: object) -> bool:
        there = super().__contains__(key)
        self.clear()
        return there


def test_what_another_thread_throws_away_is_made_again(member: Browser) -> None:
    member.app.extensions["shelf"] = Swept()
    assert [member.get("/items").status_code for _ in range(2)] == [200, 200]
