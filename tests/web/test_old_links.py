"""When a role has ended, whatever its holder still has in his hands opens nothing that the role gave."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from tests.factories import NOW, SYSTEM, TODAY, make_term
from tests.web.browsing import Browser
from tests.web.post_room import PostRoom
from tests.web.shelf import Shelf
from tracker.clock import ClockSetting, real_now
from tracker.history import leave
from tracker.items.party_models import Ownership, OwnerState
from tracker.people import calendar_links, sessions
from tracker.people.models import Body, Frequency, Person, Subscription, Term


@pytest.fixture
def number(shelf: Shelf) -> int:
    """The number of an item that Mira is asked to own; her role is held today for the last time."""
    number = shelf.owned("member", OwnerState.REQUESTED, title="Buy lamps")
    with shelf.writing() as session:
        term = session.exec(select(Term).where(col(Term.person_id) == shelf.world.member)).one()
        term.last_day = TODAY
        leave(session, term, "made", by=SYSTEM, now=NOW)
    return number


def night_passes(shelf: Shelf) -> None:
    with shelf.writing() as session:
        kept = session.get_one(ClockSetting, 1)
        kept.offset_seconds = round((NOW + timedelta(days=1) - real_now()).total_seconds())


ADDRESSES = ["/items/{0}", "/items/{0}/owner/answer", "/items/{0}/update", "/people", "/people/sara-secretary-2"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_session_that_goes_on_opens_nothing(shelf: Shelf, member: Browser, number: int, address: str) -> None:
    path = address.format(number)
    assert member.get(path).status_code == 200
    night_passes(shelf)
    assert member.get(path).status_code == 404


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_the_answer_to_a_mail_comes_too_late(shelf: Shelf, member: Browser, number: int, verb: str) -> None:
    night_passes(shelf)
    assert member.post(f"/items/{number}/owner/{verb}").status_code == 404
    with shelf.writing() as session:
        assert session.exec(select(Ownership.state)).all() == [OwnerState.REQUESTED]


def test_a_link_to_sign_in_opens_the_account_and_nothing_else(shelf: Shelf, number: int) -> None:
    with shelf.writing() as session:
        token = sessions.make_link(session, session.get_one(Person, shelf.world.member), now=real_now())
    night_passes(shelf)
    visitor = Browser(shelf.app)
    visitor.get(f"/sign-in/{token}")
    assert visitor.post(f"/sign-in/{token}").status_code == 302
    assert "You have no role here today" in visitor.get("/").text
    assert visitor.get(f"/items/{number}").status_code == 404
    assert visitor.get("/account").status_code == 200


def test_the_page_of_a_digest_is_closed_and_its_way_out_still_works(shelf: Shelf, member: Browser, number: int) -> None:
    digest = PostRoom(shelf.app, shelf).digest()
    assert member.get(f"/digests/{digest}").status_code == 200
    night_passes(shelf)
    assert member.get(f"/digests/{digest}").status_code == 404
    Browser(shelf.app).post(f"/digests/stop/{PostRoom(shelf.app, shelf).token()}", {"choice": "stop"})
    with shelf.writing() as session:
        assert session.get_one(Subscription, shelf.world.member).frequency is Frequency.NEVER


def test_the_address_of_their_calendar_is_dead(shelf: Shelf, number: int) -> None:
    with shelf.writing() as session:
        token = calendar_links.renew(session, shelf.person(session, "member"), by=SYSTEM, now=NOW)
    assert Browser(shelf.app).get(f"/calendar/{token}.ics").status_code == 200
    night_passes(shelf)
    assert Browser(shelf.app).get(f"/calendar/{token}.ics").status_code == 404


def test_an_owner_who_has_left_stays_named_with_their_last_day(shelf: Shelf, secretariat: Browser, number: int) -> None:
    owned = shelf.owned("member", title="Open on Sundays")
    assert "role ended" not in secretariat.get(f"/items/{owned}").text
    night_passes(shelf)
    assert "role ended on Mon 12 Nov 2012" in secretariat.get(f"/items/{owned}").text


def test_whoever_still_serves_in_another_body_keeps_what_that_gives(shelf: Shelf, member: Browser, number: int) -> None:
    with shelf.writing() as session:
        make_term(session, shelf.person(session, "member"), session.get_one(Body, shelf.world.other_register))
    night_passes(shelf)
    assert member.get("/b/park-board/people").status_code == 200
    assert member.get(f"/items/{number}").status_code == 404
