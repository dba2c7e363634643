"""What is kept until something changes: never stale, and never what another reader may not see."""

from datetime import timedelta

from sqlmodel import select

from tests.factories import NOW, make_item, make_ownership, party_of
from tests.statements import statements
from tests.web.browsing import Browser
from tests.web.world import World
from tracker.clock import ClockSetting, real_now
from tracker.history import Actor, ChangeWay, Words, change
from tracker.history_verbs import Verb
from tracker.meetings.models import Visibility
from tracker.people.models import Body, Person, Term
from tracker.web.app.page_cache import Shelf

#: a page that keeps what it offers
FILTER = "/items?filter=open"


def owned_by_mira(browser: Browser, world: World, **values: object) -> None:
    with browser.session() as session:
        item = make_item(session, session.get_one(Body, world.register), **values)
        make_ownership(session, item, party_of(session, session.get_one(Person, world.member)))
        session.commit()


def test_a_new_owner_is_offered_at_once(member: Browser, world: World) -> None:
    owned_by_mira(member, world, visibility=Visibility.INTERNAL)
    assert ">Mira Member</option>" in member.get(FILTER).text


def test_a_new_name_is_offered_at_once(member: Browser, world: World) -> None:
    owned_by_mira(member, world)
    member.get(FILTER)
    with member.session() as session:
        mira = session.get_one(Person, world.member)
        change(session, mira, {"name": Words("Mira Moved")}, "edited", by=Actor(None, ChangeWay.JOB), now=real_now())
        session.commit()
    assert ">Mira Moved</option>" in member.get(FILTER).text


def test_a_stranger_is_not_offered_what_a_member_was(member: Browser, visitor: Browser, world: World) -> None:
    owned_by_mira(member, world, visibility=Visibility.INTERNAL)
    assert ">Mira Member</option>" in member.get(FILTER).text
    assert "Mira Member" not in visitor.get(FILTER).text


def test_the_second_look_asks_for_nothing_again(member: Browser, world: World) -> None:
    owned_by_mira(member, world)
    member.get(FILTER)
    contents = member.app.extensions["shelf"].contents
    kept = dict(contents[1])
    member.get(FILTER)
    assert member.app.extensions["shelf"].contents is contents
    assert contents[1] == kept
    assert ("filter en", world.register, True) in kept


def test_what_was_worked_out_before_a_change_is_thrown_away(member: Browser, world: World) -> None:
    member.get("/items")
    before = member.app.extensions["shelf"].contents[1]
    owned_by_mira(member, world)
    member.get("/items")
    assert member.app.extensions["shelf"].contents[1] is not before


def test_what_another_thread_throws_away_is_still_answered_and_kept_for_nobody() -> None:
    shelf = Shelf()

    def make() -> str:
        """Another thread sees a later line of history meanwhile."""
        shelf.value((2, NOW), "other", lambda: "later")
        return "earlier"

    assert shelf.value((1, NOW), "mine", make) == "earlier"
    assert shelf.contents == ((2, NOW), {"other": "later"})


def test_a_number_that_comes_again_after_a_backup_was_restored_is_another_state() -> None:
    shelf = Shelf()
    shelf.value((7, NOW), "role", lambda: "before")
    assert shelf.value((7, NOW + timedelta(hours=1)), "role", lambda: "restored") == "restored"


def end_term(browser: Browser, person_id: int) -> None:
    with browser.session() as session:
        term = session.exec(select(Term).where(Term.person_id == person_id)).one()
        day = real_now().date() - timedelta(days=2)
        change(session, term, {"last_day": day}, Verb.EDITED, by=Actor(None, ChangeWay.JOB), now=real_now())
        session.commit()


def test_a_role_that_ends_ends_at_once(secretariat: Browser, world: World) -> None:
    assert secretariat.get("/mail").status_code == 200
    end_term(secretariat, world.secretariat)
    assert secretariat.get("/mail").status_code == 404


def test_a_role_ends_with_its_last_day_though_nothing_is_recorded_that_day(secretariat: Browser, world: World) -> None:
    with secretariat.session() as session:
        term = session.exec(select(Term).where(Term.person_id == world.secretariat)).one()
        values = {"last_day": real_now().date() + timedelta(days=1)}
        change(session, term, values, Verb.EDITED, by=Actor(None, ChangeWay.JOB), now=real_now())
        session.commit()
    assert secretariat.get("/mail").status_code == 200
    with secretariat.session() as session:
        session.add(ClockSetting(id=1, offset_seconds=3 * 24 * 3600))
        session.commit()
    assert secretariat.get("/mail").status_code == 404


def test_one_reader_is_never_taken_for_another(member: Browser, secretariat: Browser, visitor: Browser) -> None:
    pages = (secretariat, member, visitor, secretariat, member, visitor)
    assert [browser.get("/mail").status_code for browser in pages] == [200, 404, 302] * 2


def test_a_register_that_is_renamed_is_called_so_at_once(member: Browser, world: World) -> None:
    assert "Library Board" in member.get("/items").text
    with member.session() as session:
        board = session.get_one(Body, world.register)
        by = Actor(None, ChangeWay.JOB)
        change(session, board, {"name": Words("Reading Board")}, Verb.EDITED, by=by, now=real_now())
        session.commit()
    page = member.get("/items").text
    assert "Reading Board" in page
    assert "Library Board" not in page


def test_the_frame_of_a_page_is_one_statement(secretariat: Browser) -> None:
    secretariat.get("/nowhere")
    with statements(secretariat.app) as seen:
        secretariat.get("/nowhere")
    assert sum(statement.startswith("SELECT") for statement in seen) == 1
