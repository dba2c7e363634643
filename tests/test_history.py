"""History is append-only and complete: one way in, and no way round it."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from tests.conftest import opened
from tests.factories import NOW, SYSTEM, make_item, make_register
from tracker.db import Sessions
from tracker.history import Event, UnrecordedChange, Words, leave
from tracker.history_queries import of_subject, so_far, wordings
from tracker.items.models import Item, ItemKind


def test_a_change_without_its_event_cannot_be_committed(any_session: Session) -> None:
    item = make_item(any_session, make_register(any_session))
    any_session.commit()
    item.title = "Changed on the quiet"
    with pytest.raises(UnrecordedChange, match=f"item:{item.id}"):
        any_session.commit()


def test_a_change_that_was_flushed_early_is_still_missed(session: Session) -> None:
    item = make_item(session, make_register(session))
    session.commit()
    item.title = "Changed on the quiet"
    session.flush()
    with pytest.raises(UnrecordedChange):
        session.commit()


def test_a_change_with_its_event_is_committed(any_session: Session) -> None:
    item = make_item(any_session, make_register(any_session))
    any_session.commit()
    item.title = "Changed in the open"
    leave(any_session, item, "renamed", by=SYSTEM, now=NOW)
    any_session.commit()
    assert any_session.exec(select(Item.title)).one() == "Changed in the open"


def test_a_change_rolled_back_is_forgotten(session: Session) -> None:
    item = make_item(session, make_register(session))
    session.commit()
    item.title = "Changed on the quiet"
    session.flush()
    session.rollback()
    session.commit()
    assert item.title == "Keep an archive"


def test_a_bulk_change_is_refused(session: Session) -> None:
    with pytest.raises(UnrecordedChange, match="Item"):
        session.exec(sa.update(Item).values(title="All the same"))


@pytest.mark.parametrize("statement", ["UPDATE event SET verb = 'x'", "DELETE FROM event"])
def test_the_database_refuses_to_change_history(any_session: Session, statement: str) -> None:
    make_register(any_session)
    any_session.commit()
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        any_session.connection().execute(sa.text(statement))


def test_words_stand_apart_from_the_event(session: Session) -> None:
    body = make_register(session)
    values: dict[str, Any] = {"title": Words("Keep an archive"), "offset_days": 14}
    line = leave(session, body, "noted", by=SYSTEM, now=NOW, after=values)
    assert line.after["offset_days"] == 14
    assert wordings(session, [line])[line.after["title"]["wording"]] == "Keep an archive"


def test_the_history_of_a_thing_is_read_in_order(session: Session) -> None:
    body = make_register(session)
    leave(session, body, "renamed", by=SYSTEM, now=NOW)
    assert [line.verb for line in of_subject(session, f"body:{body.id}")] == ["made", "renamed"]
    assert session.exec(select(Event).where(col(Event.verb) == "renamed")).one().actor == "system"


def test_no_number_is_given_again_of_which_history_tells(any_session: Session) -> None:
    board = make_register(any_session)
    gone = make_item(any_session, board)
    number = gone.id
    leave(any_session, gone, "created", by=SYSTEM, now=NOW)
    any_session.delete(gone)
    any_session.commit()
    ids = [make_item(any_session, board).id for _new in range(2)]
    assert number not in ids
    assert "created" not in {line.verb for line in of_subject(any_session, f"item:{ids[0]}")}


def test_rows_that_come_in_together_have_numbers_of_their_own(session: Session) -> None:
    board = make_register(session)
    values = {"body_id": board.id, "title": "x", "kind": ItemKind.CALL, "created_at": NOW, "changed_at": NOW}
    rows = [Item(number=number, **values) for number in (1, 2, 3)]
    session.add_all(rows)
    session.flush()
    assert len({row.id for row in rows}) == 3


def told(sessions: Sessions) -> str:
    with sessions.reader() as session:
        return so_far(session)


def test_two_looks_differ_where_something_was_recorded_in_between(any_sessions: Sessions) -> None:
    before = told(any_sessions)
    assert told(any_sessions) == before
    with any_sessions.writing() as session:
        make_register(session)
        leave(session, "body:1", "noted", by=SYSTEM, now=NOW)
    assert told(any_sessions) != before


@pytest.mark.postgresql
def test_a_line_committed_after_a_later_one_is_told_too(postgresql_url: str) -> None:
    for sessions in opened(postgresql_url):
        with sessions.writer() as slow:
            leave(slow, "body:1", "first", by=SYSTEM, now=NOW)
            slow.flush()
            with sessions.writing() as quick:
                leave(quick, "body:1", "second", by=SYSTEM, now=NOW)
            before = told(sessions)
            slow.commit()
        assert told(sessions) != before
