"""The day first promised is the one in force when somebody first accepts; until then it is the day first set."""

from datetime import date

import pytest
from sqlmodel import Session

from tests.factories import NOW, TODAY, make_addressee, make_item, make_person, make_register, party_id_of, party_of
from tracker.history import Actor, ChangeWay, Event
from tracker.history_queries import of_subject
from tracker.items import ownership
from tracker.items.changes import DueRule, set_due
from tracker.items.models import Item
from tracker.items.party_models import Addressee, ResponseState
from tracker.items.responses import Response, record_response
from tracker.people.models import Person

BY = Actor(None, ChangeWay.BROWSER)
FIRST, SECOND, THIRD = date(2013, 2, 14), date(2013, 3, 1), date(2013, 4, 1)
TAKEN_UP = Response(ResponseState.TAKEN_UP, answered_by="The chair", responded_on=TODAY)
IN_PART = Response(ResponseState.TAKEN_UP_IN_PART, answered_by="The chair", responded_on=TODAY, reason="The hall.")
DECLINED = Response(ResponseState.NOT_TAKEN_UP, answered_by="The chair", responded_on=TODAY, reason="No money.")


@pytest.fixture
def item(any_session: Session) -> Item:
    """An item whose date was set, and moved before anybody accepted it."""
    made = make_item(any_session, make_register(any_session))
    set_day(any_session, made, FIRST)
    set_day(any_session, made, SECOND)
    assert made.promised_on == FIRST
    return made


@pytest.fixture
def addressee(any_session: Session, item: Item) -> Addressee:
    return make_addressee(any_session, item, party_of(any_session, make_register(any_session, slug="asked")))


def set_day(session: Session, item: Item, day: date | None) -> None:
    rule = DueRule(own_due_on=day)
    set_due(session, item, rule, reason="The venue was closed.", seen_version=item.version, by=BY, now=NOW)
    session.flush()


def accept(session: Session, item: Item, person: Person) -> None:
    request = ownership.request_to_own(session, item, party_id_of(session, person), by=BY, now=NOW)
    ownership.accept_ownership(session, request, by=BY, now=NOW)
    session.flush()


def notes(session: Session, item: Item) -> list[Event]:
    return [line for line in of_subject(session, f"item:{item.id}") if line.verb == "promise noted"]


def test_who_first_owns_promises_the_day_of_then(any_session: Session, item: Item) -> None:
    accept(any_session, item, make_person(any_session))
    assert item.promised_on == SECOND
    assert [(line.before, line.after) for line in notes(any_session, item)] == [
        ({"promised_on": "2013-02-14"}, {"promised_on": "2013-03-01"})
    ]


@pytest.mark.parametrize("response", [TAKEN_UP, IN_PART])
def test_an_addressee_who_takes_it_up_promises_the_day_of_then(
    any_session: Session, item: Item, addressee: Addressee, response: Response
) -> None:
    record_response(any_session, addressee, response, by=BY, now=NOW)
    assert item.promised_on == SECOND


def test_who_does_not_take_it_up_promises_nothing(any_session: Session, item: Item, addressee: Addressee) -> None:
    record_response(any_session, addressee, DECLINED, by=BY, now=NOW)
    assert item.promised_on == FIRST
    assert notes(any_session, item) == []


def test_the_first_promise_stays_whoever_accepts_later(any_session: Session, item: Item, addressee: Addressee) -> None:
    accept(any_session, item, make_person(any_session))
    set_day(any_session, item, THIRD)
    accept(any_session, item, make_person(any_session, "Ben Okri"))
    record_response(any_session, addressee, TAKEN_UP, by=BY, now=NOW)
    assert item.promised_on == SECOND
    assert len(notes(any_session, item)) == 1


def test_a_promise_stays_though_who_gave_it_left(any_session: Session, item: Item, addressee: Addressee) -> None:
    record_response(any_session, addressee, TAKEN_UP, by=BY, now=NOW)
    record_response(any_session, addressee, DECLINED, by=BY, now=NOW)
    set_day(any_session, item, THIRD)
    accept(any_session, item, make_person(any_session))
    assert item.promised_on == SECOND


def test_a_date_that_did_not_move_leaves_no_note(any_session: Session) -> None:
    item = make_item(any_session, make_register(any_session))
    set_day(any_session, item, FIRST)
    accept(any_session, item, make_person(any_session))
    assert item.promised_on == FIRST
    assert notes(any_session, item) == []


def test_who_accepts_without_a_day_promises_the_next_one(any_session: Session, item: Item) -> None:
    set_day(any_session, item, None)
    accept(any_session, item, make_person(any_session))
    assert item.promised_on is None
    set_day(any_session, item, THIRD)
    assert item.promised_on == THIRD
