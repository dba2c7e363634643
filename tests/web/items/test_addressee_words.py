"""What happened with an addressee, as the item's page says it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask

from tracker.items.details import AddresseeAnswer
from tracker.items.party_models import Addressee, ResponseState, SendWay
from tracker.items.party_names import NamedParty
from tracker.web.items.addressee_words import (
    ANSWERS,
    BY_WAYS,
    name_of,
    recorders_in_words,
    response_in_words,
    sending_in_words,
)

FEBRUARY = date(2013, 2, 27)


@pytest.fixture(autouse=True)
def page(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def answer(name: str = "Archive Office", **values: Any) -> AddresseeAnswer:
    names = {key: values.pop(key, None) for key in ("answered_by", "sent_by", "recorded_by")}
    party = NamedParty(3, "archive-office", "Archive Office", "unknown", None)
    return AddresseeAnswer(Addressee(item_id=1, party_id=3, **values), party, name, **names)


@pytest.mark.parametrize("way", SendWay)
def test_a_dated_sending_says_how_it_was_sent(way: SendWay) -> None:
    sent = answer(response=ResponseState.SENT, sent_on=FEBRUARY, sent_way=way)
    assert sending_in_words(sent) == f"Sent to Archive Office on Wednesday 27 February 2013, {BY_WAYS[way]}."


def test_the_words_of_a_letter_stand_beside_its_way() -> None:
    sent = answer(sent_on=FEBRUARY, sent_way=SendWay.LETTER, sent_words="no. 7")
    assert sending_in_words(sent).endswith("by letter (no. 7).")


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({}, "Not yet sent to Archive Office."),
        (
            {"response": ResponseState.SENT, "responded_on": FEBRUARY},
            "Sent to Archive Office on Wednesday 27 February 2013.",
        ),
        ({"response": ResponseState.TAKEN_UP}, "Sent to Archive Office; when and how is not recorded."),
    ],
)
def test_a_sending_without_a_day_says_no_more_than_is_known(values: dict[str, Any], text: str) -> None:
    assert sending_in_words(answer(**values)) == text


@pytest.mark.parametrize("state", ANSWERS)
def test_an_answer_says_who_gave_it_and_when(state: ResponseState) -> None:
    text = response_in_words(answer(response=state, responded_on=FEBRUARY, answered_by="Ana Silva"))
    assert text is not None
    assert text.endswith(", said Ana Silva on Wednesday 27 February 2013.")


def test_whoever_answered_may_be_unknown() -> None:
    text = response_in_words(answer(response=ResponseState.REFERRED, responded_on=FEBRUARY))
    assert text == "Referred to others, said somebody there on Wednesday 27 February 2013."


@pytest.mark.parametrize("state", [ResponseState.NOT_YET_SENT, ResponseState.SENT])
def test_there_is_no_answer_before_somebody_has_given_one(state: ResponseState) -> None:
    assert response_in_words(answer(response=state, responded_on=FEBRUARY)) is None


def test_an_answer_without_a_day_is_not_dated() -> None:
    assert response_in_words(answer(response=ResponseState.TAKEN_UP)) is None


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({}, None),
        ({"sent_by": "Ana Silva"}, "Sent by Ana Silva."),
        ({"recorded_by": "Bo Berg"}, "Answer recorded by Bo Berg."),
        ({"sent_by": "Ana Silva", "recorded_by": "Bo Berg"}, "Sent by Ana Silva. Answer recorded by Bo Berg."),
    ],
)
def test_the_register_reads_who_sent_and_who_recorded(values: dict[str, Any], text: str | None) -> None:
    assert recorders_in_words(answer(**values)) == text


def test_a_volunteer_is_not_named_to_people_from_outside() -> None:
    assert name_of(answer(name="")) == "a person"
