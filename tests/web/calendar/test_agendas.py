"""Agendas in the browser: chosen, ordered, printed, presented, noted; and who may read them."""

import re
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, SYSTEM, make_addressee, make_item, make_milestone, party_of
from tests.web.browsing import Browser
from tests.web.world import World
from tracker.agendas.changes import agenda_entries, put_on_agenda
from tracker.agendas.models import AgendaEntry
from tracker.history import Actor, ChangeWay, change
from tracker.items.models import Item, Progress
from tracker.meetings.models import Milestone, Visibility
from tracker.people.models import Body

UPDATE = {"progress": "in-progress", "note": "Said in the room.", "version": "1"}
AT = "/milestones/feb-2013-consultations/agenda"


@pytest.fixture
def february(secretariat: Browser, world: World) -> int:
    """February with items 1 (internal), 2 and 3 (published) to raise, item 4 that nobody chose, and May after it."""
    with secretariat.app.extensions["sessions"].writing() as session:
        board = session.get_one(Body, world.register)
        february = make_milestone(session, board)
        make_milestone(session, board, slug="may", title="May meeting", starts_on=date(2095, 5, 21))
        by = Actor(world.secretariat, ChangeWay.BROWSER)
        for number in (1, 2, 3, 4):
            seen = Visibility.INTERNAL if number == 1 else Visibility.PUBLISHED
            item = make_item(session, board, number=number, title=f"Ask {number}", visibility=seen)
            if number < 4:
                entry = put_on_agenda(session, february, item, note=f"Secret {number}", by=by, now=NOW)
                assert entry.position == number
        make_item(session, board, number=5, milestone_id=february.id, progress=Progress.DONE)
        make_addressee(session, item, party_of(session, board))
        return february.id


def order(browser: Browser, february: int) -> list[int]:
    with browser.session() as session:
        return [entry.item_id for entry in agenda_entries(session, session.get_one(Milestone, february))]


def entry_of(session: Session, number: int) -> AgendaEntry:
    return next(one for one in agenda_entries(session, session.get_one(Milestone, 1)) if one.item_id == number)


def place(browser: Browser, number: int, to: object, version: str = "4") -> Any:
    return browser.post(f"{AT}/{number}/place", {"to": to, "version": version})


def test_an_agenda_shows_what_is_raised_and_what_it_asks_of_the_room(member: Browser, february: int) -> None:
    page = member.get(AT).text
    assert page.index("Ask 1") < page.index("Ask 2") < page.index("Ask 3")
    assert "An owner." in page
    assert "Secret 1" in page
    assert "not a Library Board outcome" in page


def test_members_read_it_and_only_the_secretariat_changes_it(member: Browser, february: int) -> None:
    page = member.get(AT).text
    assert "Remove" not in page
    assert place(member, 3, 1).status_code == 404


def test_strangers_find_no_agenda_until_it_is_published(visitor: Browser, secretariat: Browser, february: int) -> None:
    with secretariat.app.extensions["sessions"].writing() as session:
        make_item(session, session.get_one(Body, 1), number=9, milestone_id=february, visibility=Visibility.PUBLISHED)
    assert visitor.get(AT).status_code == 404
    secretariat.post(f"{AT}/visibility/published")
    for path in (AT, f"{AT}/print", f"{AT}/print?chair=1", f"{AT}/present/1"):
        page = visitor.get(path).text
        assert "Ask 2" in page
        assert "Ask 1" not in page
        assert "Secret" not in page
    assert "2 items to raise" in visitor.get(AT.removesuffix("/agenda")).text


def test_what_is_ticked_is_put_on_it(secretariat: Browser, february: int) -> None:
    page = secretariat.get(f"{AT}/choose").text
    assert "Addressed to those who meet there" in page
    answer = secretariat.post(f"{AT}/choose", {"items": ["4", "5", "1", "99999999999", "77"]})
    assert "2 items are on the agenda." in secretariat.follow(answer).text
    assert order(secretariat, february) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ([], "Tick at least one item."),
        (["77"], "There is no such item here."),
        (["99999999999"], "There is no such item here."),
        (["four"], "Tick at least one item."),
    ],
)
def test_nothing_ticked_or_nothing_there_is_refused(
    secretariat: Browser, february: int, sent: list[str], says: str
) -> None:
    answer = secretariat.post(f"{AT}/choose", {"items": sent})
    assert (answer.status_code, f'role="alert">{says}' in answer.text) == (422, True)
    assert order(secretariat, february) == [1, 2, 3]


def test_what_somebody_has_put_there_meanwhile_is_said(secretariat: Browser, february: int) -> None:
    answer = secretariat.post(f"{AT}/choose", {"items": ["1"]})
    assert "on the agenda already." in secretariat.follow(answer).text


@pytest.mark.parametrize(("words", "found"), [("5", "1 item found"), ("nothing like it", "0 items found")])
def test_any_item_is_found_by_number_or_words(secretariat: Browser, february: int, words: str, found: str) -> None:
    assert found in secretariat.get(f"{AT}/choose", query_string={"q": words}).text


def test_points_move_in_arranging_alone(secretariat: Browser, member: Browser, february: int) -> None:
    assert f'href="{AT}/arrange"' in secretariat.get(AT).text
    assert "Move item" not in secretariat.get(AT).text
    page = secretariat.get(f"{AT}/arrange").text
    assert 'aria-label="Move item 1 down"' in page
    assert f'<a class="button" href="{AT}">Done</a>' in page
    assert f"{AT}/arrange" not in member.get(AT).text
    assert member.get(f"{AT}/arrange").status_code == 404


def focused(page: str) -> list[str]:
    return re.findall(r'aria-label="Move item ([^"]*)"(?: disabled)? autofocus', page)


@pytest.mark.parametrize(
    ("number", "to", "order_after", "button"),
    [
        (3, 2, [1, 3, 2], ["3 up"]),
        (3, 1, [3, 1, 2], ["3 down"]),
        (1, 2, [2, 1, 3], ["1 down"]),
        (1, 99, [2, 3, 1], ["1 up"]),
    ],
)
def test_a_point_moves_and_its_button_has_the_focus_again(
    secretariat: Browser, february: int, number: int, to: int, order_after: list[int], button: list[str]
) -> None:
    page = secretariat.follow(place(secretariat, number, to)).text
    assert order(secretariat, february) == order_after
    assert focused(page) == button


def test_whoever_orders_second_sees_the_order_of_the_first(secretariat: Browser, february: int) -> None:
    place(secretariat, 3, 1)
    answer = place(secretariat, 1, 3)
    assert answer.status_code == 409
    assert answer.text.index("Ask 3") < answer.text.index("Ask 1")
    assert order(secretariat, february) == [3, 1, 2]
    assert place(secretariat, 1, 3, version="5").status_code == 302


def test_a_place_that_is_none_is_said_to_be_none(secretariat: Browser, february: int) -> None:
    assert place(secretariat, 1, "top").status_code == 422


def test_a_note_for_the_chair_is_written(secretariat: Browser, february: int) -> None:
    secretariat.post(f"{AT}/1/note", {"note": "Ask Ben.", "version": "1"})
    assert "Ask Ben." in secretariat.get(f"{AT}/print?chair=1").text
    assert "Ask Ben." not in secretariat.get(f"{AT}/print").text


def test_whoever_writes_second_sees_both_notes(secretariat: Browser, february: int) -> None:
    secretariat.post(f"{AT}/1/note", {"note": "Ask Ben.", "version": "1"})
    answer = secretariat.post(f"{AT}/1/note", {"note": "Ask Eve.", "version": "1"})
    assert answer.status_code == 409
    assert "Ask Ben." in answer.text
    assert "Ask Eve." in answer.text


def test_a_point_is_taken_off(secretariat: Browser, february: int) -> None:
    assert "still followed up" in secretariat.follow(secretariat.post(f"{AT}/2/remove")).text
    assert order(secretariat, february) == [1, 3]


def test_the_projector_shows_one_point_and_the_way_to_the_next(member: Browser, february: int) -> None:
    page = member.get(f"{AT}/present/2").text
    assert "Ask 2" in page
    assert "Ask 3" not in page
    assert f'rel="next" href="{AT}/present/3"' in page
    assert f'rel="prev" href="{AT}/present/1"' in page
    assert member.get(f"{AT}/present/4").status_code == 404


def test_what_became_of_it_is_noted_and_shown(secretariat: Browser, member: Browser, february: int) -> None:
    form = {"outcome": "raised", "note": "Ben will look.", "version": "1"}
    page = secretariat.follow(secretariat.post(f"{AT}/1/outcome", form)).text
    assert "The outcome is saved." in page
    shown = member.get(AT).text
    assert "raised" in shown
    assert "Ben will look." in shown
    assert "recorded what happened to it in the room" in member.get("/items/1/history").text


def test_from_there_one_records_what_follows_and_comes_back(secretariat: Browser, february: int) -> None:
    page = secretariat.get(f"{AT}/1/outcome").text
    assert f"/items/1/owner?back={AT}/1/outcome" in page
    answer = secretariat.post(f"/items/1/update?back={AT}/1/outcome", UPDATE)
    assert answer.location == f"{AT}/1/outcome"


def test_nobody_is_sent_away_by_an_address(secretariat: Browser, february: int) -> None:
    answer = secretariat.post("/items/1/update?back=//evil.example/", UPDATE)
    assert answer.location == "/items/1"


def test_what_is_put_off_is_on_the_other_agenda(secretariat: Browser, february: int) -> None:
    form = {"outcome": "postponed", "to": str(february + 1), "version": "1"}
    secretariat.post(f"{AT}/1/outcome", form)
    assert "to May meeting" in secretariat.get(AT).text
    assert "Ask 1" in secretariat.get("/milestones/may/agenda").text


def test_a_stranger_hears_of_no_milestone_that_they_may_not_see(
    secretariat: Browser, visitor: Browser, february: int
) -> None:
    secretariat.post(f"{AT}/2/outcome", {"outcome": "postponed", "to": str(february + 1), "version": "1"})
    with secretariat.session() as session:
        item = session.exec(select(Item).where(Item.number == 2)).one()
        change(session, item, {"milestone_id": february}, "edited", by=SYSTEM, now=NOW)
        session.commit()
    secretariat.post(f"{AT}/visibility/published")
    assert "Ask 2" in visitor.get(AT).text
    assert "May meeting" not in visitor.get(AT).text + visitor.get("/items").text


def test_put_off_to_nothing_is_refused_beside_its_field(secretariat: Browser, february: int) -> None:
    answer = secretariat.post(f"{AT}/1/outcome", {"outcome": "postponed", "to": "", "note": "Later.", "version": "1"})
    assert answer.status_code == 422
    assert 'id="to-error"' in answer.text
    assert "Later." in answer.text


def test_whoever_notes_second_sees_what_was_noted(secretariat: Browser, february: int) -> None:
    secretariat.post(f"{AT}/1/outcome", {"outcome": "raised", "version": "1"})
    answer = secretariat.post(f"{AT}/1/outcome", {"outcome": "not-reached", "version": "1"})
    assert answer.status_code == 409
    assert "Somebody else changed this too" in answer.text


def test_what_is_noted_is_not_taken_off(secretariat: Browser, february: int) -> None:
    secretariat.post(f"{AT}/1/outcome", {"outcome": "raised", "version": "1"})
    assert "Remove the outcome first." in secretariat.follow(secretariat.post(f"{AT}/1/remove")).text


def test_an_item_is_raised_from_its_own_page(secretariat: Browser, february: int) -> None:
    assert 'href="/items/4/raise"' in secretariat.get("/items/4").text
    answer = secretariat.post("/items/4/raise", {"milestone": str(february + 1), "note": "Short."})
    assert "The item is on that agenda." in secretariat.follow(answer).text
    assert "Short." in secretariat.get("/milestones/may/agenda").text
    assert secretariat.post("/items/4/raise", {"milestone": str(february + 1)}).status_code == 422


def test_hostile_words_stay_words(secretariat: Browser, february: int) -> None:
    secretariat.post(f"{AT}/1/note", {"note": "<script>x</script>", "version": "1"})
    assert "<script>x" not in secretariat.get(AT).text
