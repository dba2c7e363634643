"""After an erasure no line of history holds the name or the slug made of it, whoever wrote the line."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, SQLModel, select

from tests.factories import NOW, SYSTEM, TODAY, make_addressee, make_item, make_person, make_register, party_of
from tracker.erasure.erase_person import NOBODY, erase_everywhere
from tracker.history import Event
from tracker.history_queries import of_subject
from tracker.items.party_models import ResponseState
from tracker.items.responses import Response, record_response
from tracker.people.changes import add_person
from tracker.people.details import PersonDetails
from tracker.people.models import Person
from tracker.updates.changes import record
from tracker.updates.models import Update


@pytest.fixture
def odile(any_session: Session) -> Person:
    return add_person(any_session, PersonDetails(name="Odile Ferrant"), by=SYSTEM, now=NOW)


def erase(session: Session, person: Person) -> None:
    erase_everywhere(session, person, "Asked for it.", today=TODAY, by=SYSTEM, now=NOW)
    session.commit()


def rows_with(session: Session, *words: str) -> Iterator[str]:
    """Yield the table of each row that holds one of the words, whatever the case."""
    for table in SQLModel.metadata.sorted_tables:
        for row in session.connection().execute(table.select()):
            if any(word in str(tuple(row)).lower() for word in words):
                yield table.name


def test_an_imported_answer_says_no_more_who_gave_it(any_session: Session, odile: Person) -> None:
    board = make_register(any_session)
    addressee = make_addressee(any_session, make_item(any_session, board), party_of(any_session, board))
    answer = Response(ResponseState.TAKEN_UP, "Odile Ferrant", TODAY)
    record_response(any_session, addressee, answer, by=SYSTEM, now=NOW + timedelta(days=1))
    erase(any_session, odile)
    assert list(rows_with(any_session, "odile ferrant")) == []


def test_no_event_keeps_the_slug(any_session: Session, odile: Person) -> None:
    count = len(any_session.exec(select(Event)).all())
    erase(any_session, odile)
    assert list(rows_with(any_session, "odile")) == []
    assert len(any_session.exec(select(Event)).all()) > count


def test_what_others_wrote_says_somebody_and_leaves_an_event(any_session: Session, odile: Person) -> None:
    item = make_item(any_session, make_register(any_session), text="ODILE  Ferrant is to call.")
    record(any_session, item, make_person(any_session, "Bo"), "Odile Ferrant called.", by=SYSTEM, now=NOW)
    version = item.version
    erase(any_session, odile)
    any_session.refresh(item)
    assert (item.text, item.version) == (f"{NOBODY} is to call.", version + 1)
    assert any_session.exec(select(Update.note)).one() == f"{NOBODY} called."
    assert of_subject(any_session, f"item:{item.id}")[-1].verb == "words erased"


def test_somebody_else_of_the_same_name_keeps_it(any_session: Session, odile: Person) -> None:
    other = make_person(any_session, "Odile Ferrant")
    erase(any_session, odile)
    any_session.refresh(other)
    assert other.name == "Odile Ferrant"
