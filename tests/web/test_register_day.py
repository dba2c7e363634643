"""Pages say what is late by the register's day: a reader's own zone is for showing them times."""

from datetime import date

import pytest
from sqlmodel import col, select

from tests.factories import NOW, SYSTEM, TODAY
from tests.web.browsing import Browser
from tests.web.home.test_my_page import section
from tests.web.shelf import Shelf
from tracker.history import leave
from tracker.people.models import Term

# It is nine in Zurich: still yesterday in Pago Pago, and everywhere else today.
FAR_WEST = "Pacific/Pago_Pago"


def zones(shelf: Shelf, of_register: str, of_reader: str) -> None:
    """Let the register be in one zone and the member in another."""
    with shelf.writing() as session:
        for row, zone in ((shelf.board(session), of_register), (shelf.person(session, "member"), of_reader)):
            row.timezone = zone
            leave(session, row, "made", by=SYSTEM, now=NOW)


@pytest.mark.parametrize(("register", "reader", "late"), [("UTC", FAR_WEST, True), (FAR_WEST, "UTC", False)])
def test_an_item_is_overdue_by_the_day_of_the_register(
    shelf: Shelf, member: Browser, register: str, reader: str, late: bool
) -> None:
    zones(shelf, register, reader)
    shelf.owned(title="Buy lamps", own_due_on=date(2012, 11, 11))
    assert ("Buy lamps" in section(member.get("/").text, "Overdue")) == late
    assert ("Buy lamps" in member.get("/items?late=1").text) == late


@pytest.mark.parametrize(("register", "reader", "serves"), [("UTC", FAR_WEST, True), (FAR_WEST, "UTC", False)])
def test_a_role_begins_with_the_day_of_the_register(
    shelf: Shelf, member: Browser, register: str, reader: str, serves: bool
) -> None:
    zones(shelf, register, reader)
    with shelf.writing() as session:
        term = session.exec(select(Term).where(col(Term.person_id) == shelf.world.member)).one()
        term.first_day = TODAY
        leave(session, term, "made", by=SYSTEM, now=NOW)
    assert (member.get("/people").status_code == 200) == serves
