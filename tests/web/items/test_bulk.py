"""Changing many items by one act: chosen, previewed, done, put back; what changed meanwhile is left out and told."""

import re
from typing import Any

import pytest
from sqlmodel import select

from tests.statements import statements
from tests.web.browsing import Browser
from tests.web.items.test_owner import mails
from tests.web.items.test_pages import plain
from tests.web.shelf import Shelf
from tracker.items.models import Item
from tracker.updates.models import BulkEdit

TICKED = re.compile(r'name="item" id="item-\d+" value="(\d+)" checked')
SEEN = re.compile(r'name="item" value="(\d+:\d+)"')


@pytest.fixture
def three(shelf: Shelf) -> list[int]:
    """Two items on lamps and one on paint."""
    return [shelf.put(title=f"Item of {theme}", theme=theme) for theme in ("lamps", "lamps", "paint")]


def previewed(browser: Browser, items: list[int], wish: dict[str, Any]) -> dict[str, Any]:
    """What the form of the preview sends."""
    page = browser.post("/items/bulk/preview", {"item": items, **wish})
    assert page.status_code == 200
    return {**wish, "item": SEEN.findall(page.text)}


def done(browser: Browser, items: list[int], wish: dict[str, Any]) -> str:
    """The address of the act."""
    answer = browser.post("/items/bulk/do", previewed(browser, items, wish))
    assert answer.status_code == 302, plain(answer.text)
    return answer.location


def themes(shelf: Shelf, numbers: list[int]) -> list[str | None]:
    with shelf.writing() as session:
        found = dict(session.exec(select(Item.number, Item.theme)).all())
    return [found[number] for number in numbers]


def test_the_list_leads_there_with_what_is_shown_ticked(three: list[int], secretariat: Browser) -> None:
    assert 'href="/items/bulk?theme=lamps"' in secretariat.get("/items?theme=lamps").text
    page = secretariat.get("/items/bulk?theme=lamps").text
    assert [int(number) for number in TICKED.findall(page)] == three[:2]
    assert "2 ticked" in page
    assert TICKED.findall(secretariat.get("/items/bulk?theme=lamps&none=1").text) == []


def test_a_preview_shows_before_and_after_and_changes_nothing(
    shelf: Shelf, three: list[int], secretariat: Browser
) -> None:
    page = plain(secretariat.post("/items/bulk/preview", {"item": three, "theme": "paint"}).text)
    assert "2 items would change" in page
    assert "Theme: lamps → paint" in page
    assert "1 item stays as it is" in page
    assert "already so" in page
    assert themes(shelf, three) == ["lamps", "lamps", "paint"]


def test_publishing_says_what_anyone_can_read_then(shelf: Shelf, three: list[int], secretariat: Browser) -> None:
    with shelf.item(three[0]) as (session, item):
        item.put_forward_by = shelf.party(session, "member").id
    secretariat.post(f"/items/{three[2]}/publish")
    page = plain(secretariat.post("/items/bulk/preview", {"item": three, "visibility": "published"}).text)
    assert "What anyone can read then 2 items: their titles and texts" in page
    assert "1 person is named: Mira Member." in page
    page = plain(secretariat.post("/items/bulk/preview", {"item": three, "visibility": "internal"}).text)
    assert "What anyone can read then" not in page


def test_what_is_done_is_put_back_by_one_press(shelf: Shelf, three: list[int], secretariat: Browser) -> None:
    address = done(secretariat, three, {"new_theme": "hall"})
    assert themes(shelf, three) == ["hall"] * 3
    assert "Theme: lamps → hall" in plain(secretariat.get(address).text)
    after = secretariat.follow(secretariat.post(f"{address}/undo")).text
    assert themes(shelf, three) == ["lamps", "lamps", "paint"]
    assert "3 items are restored." in after
    assert "Undone by Sara Secretary" in plain(after)


def test_the_words_of_a_note_are_shown_before_and_after(three: list[int], secretariat: Browser) -> None:
    wish = {"note": "Asked again in *Baku*."}
    assert "<em>Baku</em>" in secretariat.post("/items/bulk/preview", {"item": three, **wish}).text
    assert "Asked again in <em>Baku</em>." in secretariat.get(done(secretariat, three, wish)).text
    bare = done(secretariat, three, {"theme": "lamps"})
    assert "<dt>Note</dt>" not in secretariat.get(bare).text


def test_what_was_changed_in_bulk_is_listed(three: list[int], secretariat: Browser) -> None:
    assert "No bulk edits yet" in secretariat.get("/items/bulk/done").text
    address = done(secretariat, three, {"kind": "offer", "by": "day", "own_due_on": "2013-02-01", "reason": "so"})
    page = secretariat.get("/items/bulk/done").text
    assert f'href="{address}"' in page
    assert "Kind: offer Due: Friday 1 February 2013" in plain(page)


def test_what_changed_meanwhile_is_left_out_and_told(shelf: Shelf, three: list[int], secretariat: Browser) -> None:
    form = previewed(secretariat, three, {"new_theme": "hall"})
    secretariat.post(f"/items/{three[1]}/publish")
    answer = secretariat.post("/items/bulk/do", form)
    assert answer.status_code == 409
    assert "1 item was changed meanwhile" in answer.text
    assert "The 2 others are changed." in answer.text
    assert themes(shelf, three) == ["hall", "lamps", "hall"]
    again = {"new_theme": "hall", "item": SEEN.findall(answer.text)}
    assert secretariat.post("/items/bulk/do", again).status_code == 302
    assert themes(shelf, three) == ["hall"] * 3


def test_what_somebody_changed_since_is_named_and_stays(shelf: Shelf, three: list[int], secretariat: Browser) -> None:
    address = done(secretariat, three, {"new_theme": "hall"})
    secretariat.post(f"/items/{three[1]}/publish")
    after = secretariat.follow(secretariat.post(f"{address}/undo")).text
    assert f"because somebody changed them since: {three[1]}." in after
    assert "not undone, because" in after
    assert themes(shelf, three) == ["lamps", "hall", "paint"]


def test_whoever_is_asked_gets_one_mail_and_none_once_it_is_undone(
    shelf: Shelf, three: list[int], secretariat: Browser
) -> None:
    with shelf.writing() as session:
        party = shelf.party(session, "member").id
    wish = {"owner": party, "message": "Please"}
    page = secretariat.post("/items/bulk/preview", {"item": three, **wish}).text
    assert "One mail with the request goes to: Mira Member." in page
    address = done(secretariat, three, wish)
    [(to, subject, _text)] = mails(shelf)
    assert (to, subject) == ("mira@example.org", "3 requests: No. 1, 2, 3 – Library Board")
    secretariat.post(f"{address}/undo")
    assert mails(shelf) == []


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ({}, "Choose at least one change."),
        ({"by": "day", "own_due_on": "2013-02-01"}, "Say why the due dates change"),
        ({"by": "day", "reason": "so"}, "Give the day."),
        ({"progress": "done"}, "Say in a note what was done."),
        ({"progress": "waiting"}, "Say for whom or what it waits."),
        ({"progress": "not-started"}, "Not a valid choice"),
        ({"sent_to": "every", "sent_on": ""}, "Give the day."),
        ({"sent_to": "every", "sent_on": "2013-11-12"}, "That day is still to come. Give today or an earlier day."),
        ({"owner": "4711"}, "Choose one from the list"),
    ],
)
def test_what_leaves_a_question_open_is_refused_as_typed(
    three: list[int], secretariat: Browser, wish: dict[str, Any], says: str
) -> None:
    answer = secretariat.post("/items/bulk/preview", {"item": three[:2], "message": "kept", **wish})
    assert (answer.status_code, says in answer.text, "kept" in answer.text) == (422, True, True)
    assert [int(number) for number in TICKED.findall(answer.text)] == three[:2]


def test_without_an_item_nothing_is_previewed(three: list[int], secretariat: Browser) -> None:
    for sent in ([], ["x"], ["4711"], ["9" * 30]):
        answer = secretariat.post("/items/bulk/preview", {"item": sent, "theme": "lamps"})
        assert (answer.status_code, "Tick at least one item." in answer.text) == (422, True)


def test_one_may_choose_otherwise_with_what_was_typed(three: list[int], secretariat: Browser) -> None:
    sent = {"item": [f"{three[0]}:1"], "note": "As typed", "again": "1"}
    page = secretariat.post("/items/bulk/preview", sent)
    assert (page.status_code, TICKED.findall(page.text)) == (200, [str(three[0])])
    assert "As typed" in page.text


def test_a_forged_act_is_refused_and_an_unknown_one_is_not_there(three: list[int], secretariat: Browser) -> None:
    assert secretariat.post("/items/bulk/do", {"item": ["1:1"]}).status_code == 422
    assert secretariat.post("/items/bulk/do", {"item": ["1:x"], "theme": "lamps"}).status_code == 422
    assert secretariat.get("/items/bulk/done/4711").status_code == 404


def test_where_all_is_so_already_nothing_is_kept(shelf: Shelf, three: list[int], secretariat: Browser) -> None:
    form = previewed(secretariat, three[:1], {"theme": "lamps"})
    assert "all items had these values already" in secretariat.follow(secretariat.post("/items/bulk/do", form)).text
    with shelf.writing() as session:
        assert session.exec(select(BulkEdit)).all() == []


def test_a_preview_takes_as_many_statements_for_twenty_items_as_for_two(shelf: Shelf, secretariat: Browser) -> None:
    numbers = [shelf.owned("member") for _ in range(20)]
    counted = []
    for some in (numbers[:2], numbers):
        secretariat.get("/account")
        with statements(shelf.app) as seen:
            secretariat.post("/items/bulk/preview", {"item": some, "new_theme": "hall"})
        counted.append(len(seen))
    assert counted[0] == counted[1]


def test_many_items_wait_for_funding_at_once(shelf: Shelf, secretariat: Browser, three: list[int]) -> None:
    done(secretariat, three, {"progress": "waiting", "waiting_kind": "funding", "why": "the grant"})
    for number in three:
        with shelf.item(number) as (_session, item):
            assert item.waiting_kind == "funding"
