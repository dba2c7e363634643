"""Changing an item in the browser: what is refused keeps what was typed, and two at once lose nothing."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from tests.factories import make_milestone
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.shelf import Shelf
from tracker.items.models import Follow, Item, ItemKind, ItemLink
from tracker.items.party_models import Addressee
from tracker.meetings.models import Visibility

FILLED = {"title": "Buy lamps", "kind": "call", "capacity": "own", "channel": "remote", "version": "1"}
HOSTILE = '"><script>alert(1)</script>'


def the_item(shelf: Shelf, number: int) -> dict[str, Any]:
    with shelf.item(number) as (_session, item):
        return item.model_dump()


def test_an_item_is_begun_by_hand(shelf: Shelf, secretariat: Browser) -> None:
    with shelf.writing() as session:
        party, milestone = shelf.party(session).id, make_milestone(session, shelf.board(session)).id
    sent = {**FILLED, "addressee": [party], "milestone": milestone, "due_from": "first-day", "put_forward_by": party}
    page = secretariat.follow(secretariat.post("/items/new", sent))
    assert "Item 1 is created." in page.text
    with shelf.item(1) as (session, item):
        assert (item.kind, item.put_forward_by, item.milestone_id) == (ItemKind.CALL, party, milestone)
        assert session.exec(select(Addressee.party_id)).all() == [party]


@pytest.mark.parametrize(("day", "due"), [("first-day", "first-day"), ("last-day", "last-day"), ("own", "first-day")])
def test_an_item_begun_by_hand_is_due_on_either_day_of_its_milestone(
    shelf: Shelf, secretariat: Browser, day: str, due: str
) -> None:
    with shelf.writing() as session:
        milestone = make_milestone(session, shelf.board(session)).id
    sent: dict[str, Any] = {**FILLED, "milestone": milestone, "due_from": day}
    if day == "own":
        sent |= {"own_due_on": "2013-03-01", "due_from": "last-day"}
    secretariat.post("/items/new", sent)
    kept = the_item(shelf, 1)
    assert (kept["due_from"], bool(kept["milestone_id"])) == (due, day != "own")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "  ", "Give the item a title."),
        ("title", "x" * 301, "longer than 300"),
        ("kind", "nonsense", "valid choice"),
        ("put_forward_by", "4711", "from the list"),
        ("own_due_on", "soon", "valid date"),
        ("addressee", ["4711"], "from the list"),
    ],
)
def test_a_form_that_is_refused_keeps_what_was_typed(
    shelf: Shelf, secretariat: Browser, field: str, value: Any, message: str
) -> None:
    answer = secretariat.post("/items/new", {**FILLED, "text": "Typed with care", field: value})
    assert answer.status_code == 422
    assert "Typed with care" in answer.text
    assert message in plain(answer.text)
    with shelf.writing() as session:
        assert session.exec(select(Item)).all() == []


def test_what_a_form_does_not_hold_is_not_taken(shelf: Shelf, secretariat: Browser) -> None:
    number = shelf.put()
    more = {"number": "77", "body_id": "2", "visibility": "published", "progress": "done", "id": "9"}
    secretariat.post(f"/items/{number}/edit", {**FILLED, **more})
    kept = the_item(shelf, number)
    assert (kept["title"], kept["visibility"], kept["progress"]) == ("Buy lamps", "internal", "not-started")


def test_an_edit_is_saved(shelf: Shelf, secretariat: Browser) -> None:
    number = shelf.put(text="As it was")
    assert "As it was" in secretariat.get(f"/items/{number}/edit").text
    page = secretariat.follow(secretariat.post(f"/items/{number}/edit", {**FILLED, "text": "As it is"}))
    assert "As it is" in page.text
    assert "edited it" in secretariat.get(f"/items/{number}/history").text


def test_the_second_of_two_edits_sees_both_texts_and_decides(shelf: Shelf, secretariat: Browser) -> None:
    number = shelf.put()
    path = f"/items/{number}/edit"
    secretariat.post(path, {**FILLED, "title": f"First {HOSTILE}"})
    answer = secretariat.post(path, {**FILLED, "title": f"Second {HOSTILE}"})
    assert answer.status_code == 409
    assert "First &#34;&gt;&lt;script&gt;" in answer.text
    assert "Second &#34;&gt;&lt;script&gt;" in answer.text
    assert the_item(shelf, number)["title"] == f"First {HOSTILE}"
    assert 'name="version" type="hidden" value="2"' in answer.text
    secretariat.post(path, {**FILLED, "title": "Second", "version": "2"})
    assert the_item(shelf, number)["title"] == "Second"


def test_an_item_is_published_and_made_internal_again(shelf: Shelf, secretariat: Browser, visitor: Browser) -> None:
    number = shelf.put()
    secretariat.post(f"/items/{number}/publish")
    assert visitor.get(f"/items/{number}").status_code == 200
    secretariat.post(f"/items/{number}/unpublish")
    assert visitor.get(f"/items/{number}").status_code == 404


def test_a_member_follows_and_stops(shelf: Shelf, member: Browser) -> None:
    number = shelf.put()
    page = member.follow(member.post(f"/items/{number}/follow"))
    assert "Stop following" in page.text
    assert "You no longer follow" in member.follow(member.post(f"/items/{number}/unfollow")).text
    with shelf.writing() as session:
        assert session.exec(select(Follow)).all() == []


def due(**values: Any) -> dict[str, Any]:
    return {"by": "none", "amount": "0", "unit": "days", "side": "before", "version": "1", **values}


def test_a_due_rule_hangs_from_a_milestone(shelf: Shelf, secretariat: Browser) -> None:
    number = shelf.put()
    with shelf.writing() as session:
        milestone = make_milestone(session, shelf.board(session)).id
    sent = due(by="milestone", milestone=milestone, amount="2", unit="weeks")
    page = secretariat.follow(secretariat.post(f"/items/{number}/due", sent))
    assert "Thu 14 Feb 2013 in 13 weeks 2 weeks before February consultations" in plain(page.text)
    form = secretariat.get(f"/items/{number}/due").text
    assert '<option selected value="weeks">' in form
    assert 'value="2"' in form


def test_a_due_rule_counts_from_the_last_day_of_a_milestone(shelf: Shelf, secretariat: Browser) -> None:
    number = shelf.put()
    with shelf.writing() as session:
        milestone = make_milestone(session, shelf.board(session), ends_on=date(2013, 3, 2)).id
    sent = due(by="milestone", milestone=milestone, amount="3", side="after", due_from="last-day")
    page = secretariat.follow(secretariat.post(f"/items/{number}/due", sent))
    assert "Tue 5 Mar 2013 in 16 weeks 3 days after the last day of February consultations" in plain(page.text)
    assert '<option selected value="last-day">its last day</option>' in secretariat.get(f"/items/{number}/due").text


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (due(by="day", own_due_on=""), "Give the day."),
        (due(by="day", own_due_on="2013-02-30"), "valid date"),
        (due(by="milestone"), "Choose a milestone."),
        (due(by="milestone", milestone="4711"), "from the list"),
        (due(by="milestone", amount="-3"), "between 0 and 3650"),
        (due(by="day", own_due_on="2013-03-01"), "Say why the due date changes"),
    ],
)
def test_a_due_rule_that_cannot_be_is_refused(
    shelf: Shelf, secretariat: Browser, sent: dict[str, Any], message: str
) -> None:
    number = shelf.put(own_due_on=date(2013, 2, 14))
    answer = secretariat.post(f"/items/{number}/due", sent)
    assert answer.status_code == 422
    assert message in plain(answer.text)


def test_a_due_rule_set_meanwhile_is_shown(shelf: Shelf, secretariat: Browser) -> None:
    number = shelf.put()
    first, second = (due(by="day", own_due_on=day) for day in ("2013-02-14", "2013-03-15"))
    secretariat.post(f"/items/{number}/due", first)
    answer = secretariat.post(f"/items/{number}/due", second)
    assert answer.status_code == 409
    assert "2013-02-14" in answer.text
    assert "2013-03-15" in answer.text


def test_the_owner_sets_when_it_is_due_and_others_do_not(shelf: Shelf, member: Browser, chair: Browser) -> None:
    number = shelf.owned("member")
    assert member.get(f"/items/{number}/due").status_code == 200
    assert chair.get(f"/items/{number}/due").status_code == 404
    assert chair.post(f"/items/{number}/due", due()).status_code == 404


def test_a_condition_is_met(shelf: Shelf, secretariat: Browser) -> None:
    number = shelf.put(condition="if the money comes")
    assert "2012-11-12" in secretariat.get(f"/items/{number}/condition").text
    assert secretariat.post(f"/items/{number}/condition", {"on": "soon"}).status_code == 422
    page = secretariat.follow(secretariat.post(f"/items/{number}/condition", {"on": "2012-11-12"}))
    assert "met on Monday 12 November 2012" in plain(page.text)


def test_items_are_linked_and_unlinked(shelf: Shelf, secretariat: Browser) -> None:
    first, second = shelf.put(title="First"), shelf.put(title="Second")
    path = f"/items/{first}/links"
    secretariat.follow(secretariat.post(path, {"kind": "depends-on", "other": second}))
    assert "needed by" in secretariat.get(f"/items/{second}").text
    assert "Remove" in secretariat.get(path).text
    secretariat.post(f"{path}/{second}/depends-on/remove")
    with shelf.writing() as session:
        assert session.exec(select(ItemLink)).all() == []


@pytest.mark.parametrize("other", ["", "x", "1", "77", "99999999999999"])
def test_a_link_to_what_is_not_there_is_refused(shelf: Shelf, secretariat: Browser, other: str) -> None:
    number = shelf.put()
    answer = secretariat.post(f"/items/{number}/links", {"kind": "repeats", "other": other})
    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    assert secretariat.post(f"/items/{number}/links/{number}/nonsense/remove").status_code == 422


def test_strangers_read_how_it_went_and_nothing_said_in_the_house(
    shelf: Shelf, secretariat: Browser, visitor: Browser
) -> None:
    number = shelf.put(visibility=Visibility.PUBLISHED)
    secretariat.post(f"/items/{number}/due", due(by="day", own_due_on="2013-02-14"))
    moved = due(by="day", own_due_on="2013-03-15", reason="Among ourselves: no money", version="2")
    secretariat.post(f"/items/{number}/due", moved)
    page = visitor.get(f"/items/{number}/history").text
    assert "Fri 15 Mar 2013" in page
    assert "Among ourselves" not in page
    assert "Sara Secretary" not in page
    assert "Among ourselves" in secretariat.get(f"/items/{number}/history").text
