"""Responses, the asker, and positions in the browser."""

from typing import Any

import pytest
from sqlmodel import select

from tests.factories import NOW, SYSTEM, make_addressee, make_milestone
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.shelf import QUOTED, Shelf
from tracker.items.models import ItemLink, LinkKind, Progress, ProposerView
from tracker.items.party_models import Addressee, Position, ResponseState, Stance
from tracker.items.positions import NewPosition, add_position


def addressee(shelf: Shelf, name: str = "register", **values: Any) -> str:
    """An item that asks the party; the address at which its response is recorded."""
    number = shelf.put(**values)
    with shelf.item(number) as (session, item):
        return f"/items/{number}/addressees/{make_addressee(session, item, shelf.party(session, name)).id}"


def response_of(shelf: Shelf) -> ResponseState:
    with shelf.writing() as session:
        return session.exec(select(Addressee.response)).one()


def test_a_response_is_recorded(shelf: Shelf, secretariat: Browser) -> None:
    path = addressee(shelf)
    assert "What did Library Board answer?" in secretariat.get(path).text
    sent = {"state": "not-taken-up", "answered_by": "The chair", "responded_on": "2012-11-12", "reason": "No money"}
    text = plain(secretariat.follow(secretariat.post(path, sent)).text)
    assert "not taken up" in text
    assert (
        "Not taken up, said The chair on Monday 12 November 2012. No money Answer recorded by Sara Secretary." in text
    )


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"answered_by": ""}, "Say who answered"),
        ({"reason": " "}, "Say why it is not taken up"),
        ({"responded_on": ""}, "Give the day of the answer."),
        ({"responded_on": "2099-01-01"}, "still to come"),
        ({"state": "agreed"}, "valid choice"),
    ],
)
def test_a_response_that_leaves_a_question_open_keeps_what_was_typed(
    shelf: Shelf, secretariat: Browser, values: dict[str, str], message: str
) -> None:
    path = addressee(shelf)
    sent = {"state": "not-taken-up", "answered_by": "The chair", "responded_on": "2012-11-12", "reason": "No money"}
    answer = secretariat.post(path, {**sent, **values})
    assert answer.status_code == 422
    assert message in plain(answer.text)
    assert {**sent, **values}["answered_by"] in answer.text
    assert response_of(shelf) is ResponseState.NOT_YET_SENT


def test_an_asked_party_answers_for_itself_and_for_nobody_else(shelf: Shelf, member: Browser, chair: Browser) -> None:
    path = addressee(shelf, "member")
    sent = {"state": "taken-up", "answered_by": "Mira", "responded_on": "2012-11-12"}
    assert chair.get(path).status_code == 404
    assert chair.post(path, sent).status_code == 404
    member.follow(member.post(path, sent))
    assert response_of(shelf) is ResponseState.TAKEN_UP


def test_a_party_is_named_and_taken_back(shelf: Shelf, secretariat: Browser) -> None:
    number = shelf.put()
    with shelf.writing() as session:
        party = shelf.party(session).id
    secretariat.follow(secretariat.post(f"/items/{number}/addressees", {"party": party}))
    assert secretariat.post(f"/items/{number}/addressees", {"party": party}).status_code == 422
    assert secretariat.post(f"/items/{number}/addressees", {"party": ""}).status_code == 422
    secretariat.post(f"/items/{number}/addressees/1/drop")
    with shelf.writing() as session:
        assert session.exec(select(Addressee)).all() == []
    assert secretariat.post(f"/items/{number}/addressees/1/drop").status_code == 404


def test_the_asker_disputes_a_closed_item(shelf: Shelf, member: Browser, chair: Browser) -> None:
    with shelf.writing() as session:
        party = shelf.party(session, "member").id
    number = shelf.put(put_forward_by=party, progress=Progress.DONE)
    assert chair.get(f"/items/{number}/proposer").status_code == 404
    for strange in ("99999999999999999", "2147483648", "-1", "0", "x"):
        assert member.get(f"/items/{number}/proposer?party={strange}").status_code == 404
    assert member.post(f"/items/{number}/proposer", {"view": "disputes"}).status_code == 422
    page = member.follow(member.post(f"/items/{number}/proposer", {"view": "disputes", "message": "Half is missing"}))
    assert "Mira Member: disputes. Half is missing" in plain(page.text)
    assert "disputed by a proposer or supporter" in member.get("/items").text
    with shelf.item(number) as (_session, item):
        assert item.proposer_view is ProposerView.DISPUTES


def stand(party: int | None, **values: Any) -> dict[str, Any]:
    chosen = {"stance": "supports", "capacity": "own", "channel": "in-the-room"}
    return {"party": party, **chosen, **values}


def test_a_position_is_noted_with_its_passage(shelf: Shelf, secretariat: Browser) -> None:
    number = shelf.cited()
    with shelf.writing() as session:
        party = shelf.party(session, "chair").id
    form = secretariat.get(f"/items/{number}/positions/new").text
    assert f"MS ONE: {QUOTED}" in form
    sent = stand(party, stance="has-a-concern", passage="1")
    text = plain(secretariat.follow(secretariat.post(f"/items/{number}/positions/new", sent)).text)
    assert "has a concern Chen Chair group unknown · own capacity" in text
    assert "Stakeholder group has a concern unknown Chen Chair" in text
    assert "media; 1 speaker of unknown group. Silence is not consent." in text
    assert "1 MS ONE Taking stock, Fri 9 Nov 2012" in text
    assert "Same passage as 1" in text
    assert text.count(QUOTED) == 1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"stance": "supports-if"}, "Say on what condition the party supports the item."),
        ({"party": ""}, "Choose one."),
        ({"stance": "agrees"}, "valid choice"),
        ({"passage": "4711"}, "from the list"),
    ],
)
def test_a_position_that_cannot_be_is_refused(
    shelf: Shelf, secretariat: Browser, values: dict[str, str], message: str
) -> None:
    number = shelf.put()
    with shelf.writing() as session:
        party = shelf.party(session).id
    sent = {**stand(party, capacity_of="Kept as typed"), **values}
    answer = secretariat.post(f"/items/{number}/positions/new", sent)
    assert answer.status_code == 422
    assert message in plain(answer.text)
    assert "Kept as typed" in answer.text


def test_a_position_is_corrected_and_taken_out_with_a_reason(shelf: Shelf, secretariat: Browser) -> None:
    number = shelf.put()
    with shelf.writing() as session:
        party = shelf.party(session).id
    secretariat.post(f"/items/{number}/positions/new", stand(party))
    path = f"/items/{number}/positions/1"
    assert '<option selected value="supports">' in secretariat.get(path).text
    secretariat.post(path, stand(party, stance="asks"))
    with shelf.writing() as session:
        assert session.exec(select(Position.stance)).one() is Stance.ASKS
    assert secretariat.post(f"{path}/remove", {"reason": "", "version": "2"}).status_code == 422
    secretariat.follow(secretariat.post(f"{path}/remove", {"reason": "Misread", "version": "2"}))
    assert secretariat.get(path).status_code == 404


def test_a_supporter_calls_a_closed_item_partly_done(shelf: Shelf, member: Browser, secretariat: Browser) -> None:
    number = shelf.put(progress=Progress.DONE)
    with shelf.item(number) as (session, item):
        party = shelf.party(session, "member").id
        add_position(session, item, NewPosition(party, Stance.SUPPORTS), by=SYSTEM, now=NOW)
    assert f'href="/items/{number}/proposer?party={party}"' in member.get(f"/items/{number}").text
    assert member.get(f"/items/{number}/proposer?party=999999").status_code == 404
    said = member.post(f"/items/{number}/proposer?party={party}", {"view": "partly", "message": "Half is missing"})
    assert "Mira Member: partly. Half is missing" in plain(member.follow(said).text)
    assert "only partly, says a proposer or supporter" in secretariat.get("/items").text


def test_no_page_asks_an_owner_whether_their_own_work_satisfies_them(shelf: Shelf, secretariat: Browser) -> None:
    number = shelf.owned(progress=Progress.DONE)
    with shelf.item(number) as (session, item):
        item.put_forward_by = shelf.party(session, "member").id
    assert "Record what Mira Member says of it" not in secretariat.get(f"/items/{number}").text
    with shelf.item(number) as (session, item):
        item.put_forward_by = shelf.party(session, "chair").id
    assert "Record what Chen Chair says of it" in secretariat.get(f"/items/{number}").text


@pytest.mark.parametrize(
    ("view", "doubt"),
    [("disputes", "disputed by a proposer or supporter"), ("partly", "only partly, says a proposer or supporter")],
)
@pytest.mark.parametrize("path", ["/items", "/items/2", "/search?q=buy", "/milestones/feb-2013-consultations"])
def test_a_doubted_done_is_nowhere_shown_as_done_alone(
    shelf: Shelf, member: Browser, path: str, view: str, doubt: str
) -> None:
    with shelf.writing() as session:
        milestone = make_milestone(session, shelf.board(session)).id
    disputed = {"progress": Progress.DONE, "proposer_view": ProposerView(view), "milestone_id": milestone}
    number, other = shelf.put(title="Buy lamps", **disputed), shelf.put()
    with shelf.item(other) as (session, item):
        session.add(ItemLink(item_id=item.id, other_id=number, kind=LinkKind.DEPENDS_ON))
    page = member.get(path).text
    assert page.count('class="mark mark-done"') == plain(page).count(f"done {doubt}") == 1
