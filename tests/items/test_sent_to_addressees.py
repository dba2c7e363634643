"""How an item is put to those whom it asks, and who hears of it."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from tests.factories import NOW, TODAY, made, make_addressee, make_item, make_person, make_register, party_of
from tracker.errors import Refused, Stale
from tracker.history import Actor, ChangeWay
from tracker.history_queries import of_subject
from tracker.items import sent_to_addressees
from tracker.items.models import Item
from tracker.items.party_models import Addressee, ResponseState, SendWay
from tracker.items.party_names import unreachable
from tracker.items.responses import Response, record_response
from tracker.items.sent_to_addressees import Sending
from tracker.people.models import Body, Party

BY = Actor(None, ChangeWay.BROWSER)
LETTER = Sending(TODAY, SendWay.LETTER, " letter of  today ")


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


@pytest.fixture
def item(any_session: Session, board: Body) -> Item:
    return make_item(any_session, board)


@pytest.fixture
def addressee(any_session: Session, item: Item) -> Addressee:
    row = make_addressee(any_session, item, made(any_session, Party(slug="schools", class_name="Schools")))
    any_session.commit()
    return row


def put(session: Session, addressee: Addressee, how: Sending = LETTER, seen: int | None = None) -> None:
    sent_to_addressees.send_to_addressee(session, addressee, how, seen_version=seen, by=BY, now=NOW)


def answer(session: Session, addressee: Addressee, day: date = TODAY) -> None:
    response = Response(ResponseState.TAKEN_UP, "The head", day)
    record_response(session, addressee, response, by=BY, now=NOW)


def test_what_is_put_is_waited_for_and_its_history_says_how(
    any_session: Session, addressee: Addressee, item: Item
) -> None:
    put(any_session, addressee)
    kept = (addressee.sent_on, addressee.sent_way, addressee.sent_words, addressee.response)
    assert kept == (TODAY, SendWay.LETTER, "letter of today", ResponseState.SENT)
    event = of_subject(any_session, f"item:{item.id}")[-1]
    assert (event.verb, event.after["way"], event.after["on"]) == ("sent to addressee", "letter", "2012-11-12")


def test_an_answer_stays_when_the_way_is_corrected(any_session: Session, addressee: Addressee) -> None:
    put(any_session, addressee)
    answer(any_session, addressee)
    put(any_session, addressee, Sending(TODAY - timedelta(days=3), SendWay.CALL))
    assert (addressee.response, addressee.responded_on) == (ResponseState.TAKEN_UP, TODAY)
    assert addressee.sent_way is SendWay.CALL


@pytest.mark.parametrize("day", [TODAY + timedelta(days=2), date(1, 1, 1)])
def test_it_is_put_on_a_day_that_can_be(any_session: Session, addressee: Addressee, day: date) -> None:
    with pytest.raises(Refused) as refusal:
        put(any_session, addressee, Sending(day, SendWay.MAIL))
    assert refusal.value.field == "on"


def test_what_was_put_meanwhile_is_not_put_over(any_session: Session, addressee: Addressee) -> None:
    put(any_session, addressee, seen=1)
    with pytest.raises(Stale):
        put(any_session, addressee, Sending(TODAY, SendWay.CALL), seen=1)


def test_it_counts_as_not_put_once_that_is_taken_back(any_session: Session, addressee: Addressee) -> None:
    put(any_session, addressee)
    sent_to_addressees.undo_sending(any_session, addressee, by=BY, now=NOW)
    assert (addressee.response, addressee.sent_on, addressee.sent_way) == (ResponseState.NOT_YET_SENT, None, None)


def test_what_was_answered_was_put(any_session: Session, addressee: Addressee) -> None:
    answer(any_session, addressee)
    with pytest.raises(Refused):
        sent_to_addressees.undo_sending(any_session, addressee, by=BY, now=NOW)


@pytest.mark.parametrize(("email", "names"), [("s@example.org", []), (None, ["Schools"])])
def test_nobody_hears_what_is_put_to_a_class_without_a_steward_whom_mail_reaches(
    any_session: Session, addressee: Addressee, email: str | None, names: list[str]
) -> None:
    assert unreachable(any_session, [addressee.party_id]) == ["Schools"]
    put(any_session, addressee)
    party = any_session.get_one(Party, addressee.party_id)
    made(any_session, party).steward_id = make_person(any_session, "Sam", email=email).id
    any_session.flush()
    assert unreachable(any_session, [addressee.party_id]) == names


def test_a_person_answers_for_themselves(any_session: Session, addressee: Addressee) -> None:
    assert unreachable(any_session, [party_of(any_session, make_person(any_session)).id]) == []
