"""The frozen picture turns into JSON and back, and gives up a person's name and words."""

import json
from datetime import date

import pytest

from tests.reports.pictures import addressee, entry, picture
from tracker.items.models import Progress
from tracker.items.party_models import ResponseState, Stance
from tracker.reports.snapshot import (
    Changes,
    Gone,
    Picture,
    Previous,
    Reply,
    ReportedPosition,
    ReportedQuote,
    ReportedStep,
    Scope,
    Shift,
    from_json,
    to_json,
    without_person,
)

QUOTE = ReportedQuote(5, "ab" * 32, 10, 20, transcript=3, turn=2, speaker="person:7", words="keep the books")
CHANGES = Changes(
    new=(2,),
    gone=(Gone(9, "Count the books", Progress.WAITING),),
    steps=(ReportedStep(1, Progress.NOT_STARTED, Progress.DONE),),
    replies=(Reply(1, "body:1", None, ResponseState.TAKEN_UP),),
    shifts=(Shift(1, None, date(2013, 5, 21)),),
)


def full() -> Picture:
    stand = ReportedPosition("person:7", Stance.HAS_A_CONCERN, passage=5)
    item = entry(answers=addressee(ResponseState.REFERRED), stands=(stand,), quotes=(QUOTE,), due_on=date(2013, 2, 28))
    previous = Previous("feb-2013-consultations", "February", 2, date(2013, 2, 28), {"overdue": 3}, CHANGES)
    return picture(item, previous=previous, scope=Scope.INTERNAL, left_out=4)


def test_a_picture_comes_back_as_it_was() -> None:
    stored = json.dumps(to_json(full()))
    assert from_json(json.loads(stored)) == full()


def test_a_picture_of_nothing_has_its_parts_too() -> None:
    stored = to_json(picture(names={}))
    assert (stored["entries"], stored["names"], stored["form"]) == ([], {}, 1)


def test_a_value_that_the_words_do_not_know_is_refused() -> None:
    stored = to_json(picture(entry()))
    stored["entries"][0]["progress"] = "agreed"
    with pytest.raises(ValueError, match="progress"):
        from_json(stored)


def test_an_erased_person_keeps_neither_name_nor_words() -> None:
    erased = json.dumps(to_json(without_person(full(), "person:7", "name erased")))
    assert "Ana Silva" not in erased
    assert "keep the books" not in erased


def test_the_words_of_others_stay() -> None:
    assert without_person(full(), "person:8", "name erased") == full()


def test_nobody_has_no_name() -> None:
    assert picture().name(None) == ""
    assert picture().point("nowhere") is None
