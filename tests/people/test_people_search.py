"""People are found by words, by what they do and when, and by what they lack."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from tests.factories import NOW, SYSTEM, TODAY, make_person, make_register, make_term
from tracker.people.changes import add_label
from tracker.people.models import Body, Role
from tracker.people.people_search import Missing, PeopleQuery, Serving, find_people
from tracker.people.sessions import start


@pytest.fixture
def board(any_session: Session) -> Body:
    """Ana chairs, Bo was a member, Cem is to come; Dov has no address and is only named in a transcript."""
    board = make_register(any_session)
    ana = make_person(any_session, "Ana Silva", affiliation="River Watch", stakeholder_group="civil-society")
    make_term(any_session, ana, board, Role.CHAIR)
    start(any_session, ana, now=NOW)
    make_term(any_session, make_person(any_session, "Bo Berg"), board, last_day=TODAY - timedelta(days=1))
    make_term(any_session, make_person(any_session, "Cem Can"), board, first_day=date(2013, 1, 1))
    dov = make_person(any_session, "Dov Dale", email=None)
    add_label(any_session, dov, board.id, "MR DAHL", by=SYSTEM, now=NOW)
    return board


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (PeopleQuery(), "Ana Bo Cem Dov"),
        (PeopleQuery(text="RIVER"), "Ana"),
        (PeopleQuery(text="dahl"), "Dov"),
        (PeopleQuery(role=Role.CHAIR), "Ana"),
        (PeopleQuery(body="library-board"), "Ana Bo Cem"),
        (PeopleQuery(body="elsewhere"), ""),
        (PeopleQuery(group="unknown"), "Bo Cem Dov"),
        (PeopleQuery(serving=Serving.TODAY), "Ana"),
        (PeopleQuery(serving=Serving.EARLIER), "Bo"),
        (PeopleQuery(serving=Serving.LATER), "Cem"),
        (PeopleQuery(missing=Missing.ADDRESS), "Dov"),
        (PeopleQuery(missing=Missing.SIGN_IN), "Bo Cem"),
        (PeopleQuery(role=Role.CHAIR, serving=Serving.LATER), ""),
    ],
)
def test_who_is_found(any_session: Session, board: Body, query: PeopleQuery, names: str) -> None:
    page = find_people(any_session, board.id, query, today=TODAY)
    assert [person.name.split()[0] for person in page.people] == names.split()


def test_pages_and_groups_count_all_that_is_found(any_session: Session, board: Body) -> None:
    page = find_people(any_session, board.id, PeopleQuery(), today=TODAY, page=9, size=3)
    assert (page.total, page.page, page.pages, len(page.people)) == (4, 2, 2, 1)
    assert page.groups == [("unknown", 3), ("civil-society", 1)]
