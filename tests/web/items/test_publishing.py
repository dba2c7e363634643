"""Publishing what the list shows: each item ticked by hand can be left out, and all of it taken back."""

import re
from html import unescape

import pytest
from flask import Flask

from tests.factories import make_item
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.shelf import Shelf
from tracker.history_queries import of_subject
from tracker.meetings.models import Visibility
from tracker.people.models import Body
from tracker.web.items.bulk.publishing import numbers_of, spans

TICKED = re.compile(r'name="item" id="item-\d+" value="(\d+)" checked')


def ticked(page: str) -> list[int]:
    return [int(number) for number in TICKED.findall(page)]


def standing(shelf: Shelf, number: int) -> Visibility:
    with shelf.item(number) as (_session, item):
        return item.visibility


@pytest.fixture
def three(shelf: Shelf) -> list[int]:
    """Two internal items on lamps and one on paint."""
    return [shelf.put(title=f"Item of {theme}", theme=theme) for theme in ("lamps", "lamps", "paint")]


def test_the_secretariat_is_led_from_what_is_shown(three: list[int], secretariat: Browser, member: Browser) -> None:
    assert 'href="/items/publish?theme=lamps"' in secretariat.get("/items?theme=lamps").text
    assert "Publish these items" not in member.get("/items?theme=lamps").text


def test_all_that_is_shown_and_internal_is_ticked(shelf: Shelf, three: list[int], secretariat: Browser) -> None:
    shelf.put(theme="lamps", visibility=Visibility.PUBLISHED)
    page = secretariat.get("/items/publish?theme=lamps").text
    assert ticked(page) == three[:2]
    assert "2 items of those shown are internal and would become public" in page
    assert "1 is public already." in page


def test_the_page_says_whose_words_they_are(shelf: Shelf, secretariat: Browser) -> None:
    with shelf.writing() as session:
        make_item(session, shelf.board(session), put_forward_by=shelf.party(session, "member").id)
    assert "Put forward by Mira Member" in secretariat.get("/items/publish").text


def test_the_page_says_that_reasons_and_answers_become_readable(three: list[int], secretariat: Browser) -> None:
    page = secretariat.get("/items/publish").text
    assert "What addressees answered and why, what an item waits for" in page


def test_nothing_is_published_by_looking(shelf: Shelf, three: list[int], secretariat: Browser) -> None:
    secretariat.get("/items/publish")
    assert {standing(shelf, number) for number in three} == {Visibility.INTERNAL}


def test_what_is_ticked_is_published_and_nothing_else(
    shelf: Shelf, three: list[int], secretariat: Browser, visitor: Browser
) -> None:
    answer = secretariat.post("/items/publish?theme=lamps", {"item": [three[0], three[2]]})
    assert answer.location == "/items?theme=lamps"
    assert "2 items are published. Anyone can read them." in secretariat.follow(answer).text
    assert [visitor.get(f"/items/{number}").status_code for number in three] == [200, 404, 200]


def test_each_item_has_one_line_of_its_history(shelf: Shelf, three: list[int], secretariat: Browser) -> None:
    for _ in range(2):
        secretariat.post("/items/publish", {"item": three[:2]})
    for number in three[:2]:
        with shelf.item(number) as (session, item):
            lines = of_subject(session, item.history_key())
            assert [line.actor for line in lines if line.verb == "published"] == [f"person:{secretariat.person_id}"]


def test_publishing_is_undone_at_once_and_what_was_public_before_stays(
    shelf: Shelf, three: list[int], secretariat: Browser
) -> None:
    before = shelf.put(visibility=Visibility.PUBLISHED)
    done = secretariat.follow(secretariat.post("/items/publish?theme=lamps", {"item": [*three, before]}))
    assert "3 items are published." in done.text
    undo = f"/items/publish/undo?theme=lamps&numbers={spans(three)}"
    assert f'action="{undo}"' in unescape(done.text)
    undone = secretariat.post(undo)
    assert undone.location == "/items?theme=lamps"
    assert "3 items are internal again." in secretariat.follow(undone).text
    assert [standing(shelf, number) for number in (*three, before)] == [Visibility.INTERNAL] * 3 + ["published"]


def test_making_internal_is_undone_at_once(shelf: Shelf, secretariat: Browser) -> None:
    number = shelf.put(visibility=Visibility.PUBLISHED)
    secretariat.post("/items/unpublish", {"item": [number]})
    secretariat.post(f"/items/unpublish/undo?numbers={number}")
    assert standing(shelf, number) is Visibility.PUBLISHED


def test_one_item_is_asked_about_before_it_is_published(shelf: Shelf, secretariat: Browser) -> None:
    with shelf.writing() as session:
        party = shelf.party(session, "member")
        number = make_item(session, shelf.board(session), title="Lend tools", put_forward_by=party.id).number
    assert f'href="/items/{number}/publish"' in secretariat.get(f"/items/{number}").text
    question = plain(secretariat.get(f"/items/{number}/publish").text)
    assert "1 item: its title and text, who put it forward" in question
    assert "1 person is named: Mira Member." in question
    assert "Items Lend tools Publish item" in question
    assert standing(shelf, number) is Visibility.INTERNAL


def test_one_item_is_made_internal_again_by_the_message_that_follows(shelf: Shelf, secretariat: Browser) -> None:
    number = shelf.put()
    done = secretariat.follow(secretariat.post(f"/items/{number}/publish"))
    assert f'<form class="flash" method="post" action="/items/{number}/unpublish">' in done.text
    again = secretariat.follow(secretariat.post(f"/items/{number}/publish"))
    assert '<form class="flash"' not in again.text


@pytest.mark.parametrize(
    ("sent", "says"),
    [([], "Tick at least one item"), (["4711"], "no longer here"), (["x", "-1", "99999999999"], "no longer here")],
)
def test_where_there_is_nothing_to_do_the_page_says_so(
    three: list[int], secretariat: Browser, sent: list[str], says: str
) -> None:
    answer = secretariat.post("/items/publish", {"item": sent})
    assert (answer.status_code, says in answer.text, ticked(answer.text)) == (422, True, [])


def test_what_somebody_published_meanwhile_is_not_published_twice(
    shelf: Shelf, three: list[int], secretariat: Browser
) -> None:
    secretariat.post(f"/items/{three[0]}/publish")
    answer = secretariat.post("/items/publish", {"item": three[:1]})
    assert (answer.status_code, "published already, or no longer here" in answer.text) == (422, True)


def test_an_item_of_another_register_is_not_touched(app: Flask, shelf: Shelf, secretariat: Browser) -> None:
    with shelf.writing() as session:
        park = session.get_one(Body, shelf.world.other_register)
        number = make_item(session, park, number=77).number
    assert secretariat.post("/items/publish", {"item": [number]}).status_code == 422
    assert secretariat.get("/b/park-board/items/publish").status_code == 404


def test_with_all_of_it_public_there_is_nothing_to_publish(shelf: Shelf, secretariat: Browser) -> None:
    shelf.put(visibility=Visibility.PUBLISHED)
    assert "Nothing to publish here" in secretariat.get("/items/publish").text


@pytest.mark.parametrize("who", ["member", "chair", "rapporteur", "stranger_member", "visitor"])
@pytest.mark.parametrize("way", ["publish", "unpublish"])
def test_only_the_secretariat_publishes(
    shelf: Shelf, three: list[int], request: pytest.FixtureRequest, who: str, way: str
) -> None:
    browser: Browser = request.getfixturevalue(who)
    assert browser.post(f"/items/{way}", {"item": three}).status_code == 404
    assert {standing(shelf, number) for number in three} == {Visibility.INTERNAL}


def test_what_people_wrote_is_shown_as_text(shelf: Shelf, secretariat: Browser) -> None:
    shelf.put(title="<b>Lamps</b>")
    assert "&lt;b&gt;Lamps&lt;/b&gt;" in secretariat.get("/items/publish").text


@pytest.mark.parametrize(("numbers", "text"), [([3, 1, 2, 7], "1-3.7"), ([5], "5"), ([], ""), ([1, 3], "1.3")])
def test_numbers_are_short_in_an_address(numbers: list[int], text: str) -> None:
    assert spans(numbers) == text
    assert numbers_of(text) == set(numbers)


@pytest.mark.parametrize("text", [None, "", "x", "1-x", "-3", "9" * 30, "²"])
def test_other_text_names_no_number(text: str | None) -> None:
    assert numbers_of(text) == set()
