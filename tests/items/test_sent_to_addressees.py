"""How an item is put to those whom it asks, and who hears of it."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from tests.factories import NOW, TODAY, made, make_asked, make_item, make_person, make_register, party_of
from tracker.errors import Refused, Stale
from tracker.history import Actor, ChangeWay, of_subject
from tracker.items import sent_to_addressees
from tracker.items.models import Asked, Item, PutWay, ResponseState
from tracker.items.responses import Response, record_response
from tracker.items.sent_to_addressees import Putting
from tracker.items.unreachable_parties import unheard, unheard_in
from tracker.people.models import Body, Party
from tracker.people.queries import Sight

BY = Actor(None, ChangeWay.BROWSER)
LETTER = Putting(TODAY, PutWay.LETTER, " letter of  today ")


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


@pytest.fixture
def item(any_session: Session, board: Body) -> Item:
    return make_item(any_session, board)


@pytest.fixture
def asked(any_session: Session, item: Item) -> Asked:
    row = make_asked(any_session, item, made(any_session, Party(slug="schools", class_name="Schools")))
    any_session.commit()
    return row


def put(session: Session, asked: Asked, how: Putting = LETTER, seen: int | None = None) -> None:
    sent_to_addressees.put(session, asked, how, seen_version=seen, by=BY, now=NOW)


def answer(session: Session, asked: Asked, day: date = TODAY) -> None:
    response = Response(ResponseState.TAKEN_UP, "The head", day)
    record_response(session, asked, response, by=BY, now=NOW)


def test_what_is_put_is_waited_for_and_its_history_says_how(any_session: Session, asked: Asked, item: Item) -> None:
    put(any_session, asked)
    kept = (asked.put_on, asked.put_by_way, asked.put_words, asked.response)
    assert kept == (TODAY, PutWay.LETTER, "letter of today", ResponseState.PUT_TO_THEM)
    event = of_subject(any_session, f"item:{item.id}")[-1]
    assert (event.verb, event.after["way"], event.after["on"]) == ("put to party", "letter", "2012-11-12")


def test_an_answer_stays_when_the_way_is_corrected(any_session: Session, asked: Asked) -> None:
    put(any_session, asked)
    answer(any_session, asked)
    put(any_session, asked, Putting(TODAY - timedelta(days=3), PutWay.CALL))
    assert (asked.response, asked.responded_on) == (ResponseState.TAKEN_UP, TODAY)
    assert asked.put_by_way is PutWay.CALL


@pytest.mark.parametrize("day", [TODAY + timedelta(days=2), date(1, 1, 1)])
def test_it_is_put_on_a_day_that_can_be(any_session: Session, asked: Asked, day: date) -> None:
    with pytest.raises(Refused) as refusal:
        put(any_session, asked, Putting(day, PutWay.MAIL))
    assert refusal.value.field == "on"


def test_what_was_put_meanwhile_is_not_put_over(any_session: Session, asked: Asked) -> None:
    put(any_session, asked, seen=1)
    with pytest.raises(Stale):
        put(any_session, asked, Putting(TODAY, PutWay.CALL), seen=1)


def test_it_counts_as_not_put_once_that_is_taken_back(any_session: Session, asked: Asked) -> None:
    put(any_session, asked)
    sent_to_addressees.take_back(any_session, asked, by=BY, now=NOW)
    assert (asked.response, asked.put_on, asked.put_by_way) == (ResponseState.NOT_YET_PUT, None, None)


def test_what_was_answered_was_put(any_session: Session, asked: Asked) -> None:
    answer(any_session, asked)
    with pytest.raises(Refused):
        sent_to_addressees.take_back(any_session, asked, by=BY, now=NOW)


@pytest.mark.parametrize(("email", "names"), [("s@example.org", []), (None, ["Schools"])])
def test_nobody_hears_what_is_put_to_a_class_without_a_steward_whom_mail_reaches(
    any_session: Session, asked: Asked, board: Body, email: str | None, names: list[str]
) -> None:
    assert unheard(any_session, [asked.party_id]) == ["Schools"]
    put(any_session, asked)
    party = any_session.get_one(Party, asked.party_id)
    made(any_session, party).steward_id = make_person(any_session, "Sam", email=email).id
    any_session.flush()
    sight = Sight(None, frozenset({board.id or 0}), frozenset())
    assert unheard_in(any_session, board.id or 0, sight) == names == unheard(any_session, [asked.party_id])


def test_a_person_answers_for_himself(any_session: Session, asked: Asked) -> None:
    assert unheard(any_session, [party_of(any_session, make_person(any_session)).id]) == []
