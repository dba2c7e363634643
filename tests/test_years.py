"""A year that is a slip of the pen is refused wherever a day is given, beside its field."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import Session

from tests.factories import NOW, SYSTEM, make_addressee, make_item, make_person, make_register, make_term, party_of
from tracker.clock import refuse_year
from tracker.errors import Refused
from tracker.items.changes import DueRule, meet_condition, set_due
from tracker.items.create import NewItem, create
from tracker.items.models import ItemKind
from tracker.items.party_models import ResponseState
from tracker.items.responses import Response, record_response
from tracker.people.models import Body, Role
from tracker.people.terms import Days, add_term, end_term

SLIP = date(12, 11, 9)
Give = Callable[[Session, Body], object]


def _due(session: Session, board: Body) -> None:
    set_due(session, make_item(session, board), DueRule(own_due_on=SLIP), seen_version=1, by=SYSTEM, now=NOW)


def _new(session: Session, board: Body) -> None:
    new = NewItem(title="Open on Sundays", kind=ItemKind.REQUEST, own_due_on=SLIP)
    create(session, board.id, new, by=SYSTEM, now=NOW)


def _condition(session: Session, board: Body) -> None:
    meet_condition(session, make_item(session, board, condition="if the money comes"), SLIP, by=SYSTEM, now=NOW)


def _response(session: Session, board: Body) -> None:
    addressee = make_addressee(session, make_item(session, board), party_of(session, board))
    said = Response(ResponseState.TAKEN_UP, answered_by="The chair", responded_on=SLIP, reason="Why not.")
    record_response(session, addressee, said, by=SYSTEM, now=NOW)


def _term(session: Session, board: Body) -> None:
    add_term(session, make_person(session), board, Role.MEMBER, Days(SLIP), by=SYSTEM, now=NOW)


def _end(session: Session, board: Body) -> None:
    end_term(session, make_term(session, make_person(session), board), date(9999, 1, 1), by=SYSTEM, now=NOW)


@pytest.mark.parametrize(
    ("give", "field"),
    [
        (_due, "own_due_on"),
        (_new, "own_due_on"),
        (_condition, "on"),
        (_response, "responded_on"),
        (_term, "first_day"),
        (_end, "last_day"),
    ],
)
def test_a_year_that_cannot_be_meant_is_refused(session: Session, give: Give, field: str) -> None:
    with pytest.raises(Refused, match="is out of range") as refused:
        give(session, make_register(session))
    assert refused.value.field == field


@pytest.mark.parametrize("day", [None, date(1900, 1, 1), date(2199, 12, 31)])
def test_no_day_and_likely_years_are_taken(day: date | None) -> None:
    refuse_year(day, "on")
