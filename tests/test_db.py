"""Writers of one process take turns on SQLite, whatever becomes of each."""

import threading
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from tests.factories import make_person
from tracker.db import Sessions
from tracker.people.models import Person


def begin(session: Session) -> None:
    session.exec(select(Person.id)).all()


def is_free(sessions: Sessions) -> bool:
    """Tell whether another thread can write at once."""
    done = threading.Event()

    def write() -> None:
        with sessions.writer() as session:
            begin(session)
        done.set()

    threading.Thread(target=write, daemon=True).start()
    return done.wait(timeout=3)


def test_a_writer_waits_for_the_one_before(sessions: Sessions) -> None:
    order: list[str] = []

    def write() -> None:
        with sessions.writing() as session:
            begin(session)
            order.append("second")

    with sessions.writing() as session:
        begin(session)
        waiting = threading.Thread(target=write)
        waiting.start()
        make_person(session)
        order.append("first")
    waiting.join(timeout=30)
    assert order == ["first", "second"]


def commits(session: Session) -> None:
    session.commit()


def rolls_back(session: Session) -> None:
    session.rollback()


def closes(session: Session) -> None:
    session.close()


def fails(session: Session) -> None:
    with pytest.raises(sa.exc.OperationalError):
        session.connection().exec_driver_sql("SELECT nonsense")
    session.close()


@pytest.mark.parametrize("ends", [commits, rolls_back, closes, fails])
def test_a_turn_ends_with_its_transaction(sessions: Sessions, ends: Callable[[Session], None]) -> None:
    session = sessions.writer()
    begin(session)
    ends(session)
    assert is_free(sessions)
    session.close()


def test_a_second_transaction_of_the_same_session_takes_a_turn_of_its_own(sessions: Sessions) -> None:
    with sessions.writer() as session:
        for _ in range(3):
            begin(session)
            session.commit()
    assert is_free(sessions)


def test_a_reader_waits_for_nobody(sessions: Sessions) -> None:
    with sessions.writer() as writer, sessions.reader() as reader:
        begin(writer)
        begin(reader)


def test_a_thread_that_waits_for_itself_is_told_so(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.db.LONGEST_WAIT", 0.1)
    with sessions.writer() as one, sessions.writer() as other:
        other.connection(execution_options={"reader": True}).exec_driver_sql("PRAGMA busy_timeout=100")
        other.rollback()
        begin(one)
        with pytest.raises(sa.exc.OperationalError, match="locked"):
            begin(other)
        one.commit()
        begin(other)
    assert is_free(sessions)
