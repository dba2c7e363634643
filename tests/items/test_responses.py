"""What asked parties answer."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.factories import NOW, TODAY, make_addressee, make_item, make_register, party_id_of, party_of
from tracker.errors import Refused
from tracker.history import Actor, ChangeWay
from tracker.history_queries import of_subject, wordings
from tracker.items import responses
from tracker.items.models import Item
from tracker.items.party_models import Addressee, ResponseState
from tracker.items.responses import Response

BY = Actor(None, ChangeWay.BROWSER)
FULL = {"answered_by": "The chair", "responded_on": TODAY, "reason": "No money."}


@pytest.fixture
def item(any_session: Session) -> Item:
    return make_item(any_session, make_register(any_session))


@pytest.fixture
def addressee(any_session: Session, item: Item) -> Addressee:
    board = make_register(any_session, slug="asked")
    made = make_addressee(any_session, item, party_of(any_session, board))
    any_session.commit()
    return made


def record(session: Session, addressee: Addressee, state: ResponseState, **values: Any) -> None:
    responses.record_response(session, addressee, Response(state, **values), by=BY, now=NOW)


def test_a_response_says_who_when_and_why(any_session: Session, addressee: Addressee, item: Item) -> None:
    record(any_session, addressee, ResponseState.NOT_TAKEN_UP, **FULL)
    event = of_subject(any_session, f"item:{item.id}")[-1]
    assert (addressee.response, addressee.answered_by, addressee.reason) == (
        ResponseState.NOT_TAKEN_UP,
        "The chair",
        "No money.",
    )
    assert (event.before["response"], event.after["response"]) == ("not-yet-sent", "not-taken-up")
    assert set(wordings(any_session, [event]).values()) == {"The chair", "No money."}


@pytest.mark.parametrize(
    ("state", "missing"),
    [
        (ResponseState.TAKEN_UP, "answered_by"),
        (ResponseState.NOT_TAKEN_UP, "reason"),
        (ResponseState.TAKEN_UP_IN_PART, "reason"),
        (ResponseState.REFERRED, "reason"),
        (ResponseState.OVERTAKEN, "reason"),
        (ResponseState.SENT, "responded_on"),
    ],
)
def test_a_response_that_leaves_a_question_open_is_refused(
    any_session: Session, addressee: Addressee, state: ResponseState, missing: str
) -> None:
    with pytest.raises(Refused) as refusal:
        record(any_session, addressee, state, **{**FULL, missing: None})
    assert refusal.value.field == missing
    assert addressee.response is ResponseState.NOT_YET_SENT


def test_a_response_is_not_of_the_future(any_session: Session, addressee: Addressee) -> None:
    with pytest.raises(Refused) as refusal:
        record(any_session, addressee, ResponseState.SENT, responded_on=TODAY + timedelta(days=1))
    assert refusal.value.field == "responded_on"


def test_a_party_is_named_once(any_session: Session, addressee: Addressee, item: Item) -> None:
    with pytest.raises(Refused):
        responses.name_addressee(any_session, item, addressee.party_id, by=BY, now=NOW)
    board = make_register(any_session, slug="further")
    further = responses.name_addressee(any_session, item, party_id_of(any_session, board), by=BY, now=NOW)
    assert further.response is ResponseState.NOT_YET_SENT


def test_a_party_that_was_put_the_item_stays(any_session: Session, addressee: Addressee) -> None:
    record(any_session, addressee, ResponseState.SENT, responded_on=TODAY)
    with pytest.raises(Refused):
        responses.drop_addressee(any_session, addressee, by=BY, now=NOW)
