"""Search finds what is there, keeps in step with every change, and shows nobody what they may not see."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from tests.factories import (
    NOW,
    TODAY,
    make_item,
    make_meeting,
    make_person,
    make_register,
    make_term,
    make_transcript,
)
from tracker.history import Actor, ChangeWay, leave
from tracker.items.models import Item
from tracker.meetings.models import Visibility
from tracker.people.models import Body, Person
from tracker.people.queries import STRANGER, Sight, sight_of
from tracker.search.queries import FIRST_LOOKED_AT, MOST, SearchResults, find
from tracker.updates.changes import record, undo_update

BY = Actor(None, ChangeWay.BROWSER)


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


@pytest.fixture
def ana(any_session: Session, board: Body) -> Person:
    person = make_person(any_session, affiliation="Museum of Lamps")
    make_term(any_session, person, board)
    return person


@pytest.fixture
def sight(any_session: Session, ana: Person) -> Sight:
    return sight_of(any_session, ana, NOW)


def found(session: Session, board: Body, sight: Sight, question: str) -> SearchResults:
    session.flush()
    return find(session, board.id, sight, question)


def titles(session: Session, board: Body, sight: Sight, question: str) -> list[str]:
    return [item.title for item in found(session, board, sight, question).items]


def test_an_item_is_found_by_title_and_text(any_session: Session, board: Body, sight: Sight) -> None:
    make_item(any_session, board, title="Buy lamps", text="For the hall")
    make_item(any_session, board, title="Paint the hall", text="In white, below the lamps")
    assert titles(any_session, board, sight, "lamp") == ["Buy lamps", "Paint the hall"]
    assert titles(any_session, board, sight, "LAMP hall") == ["Buy lamps", "Paint the hall"]
    assert titles(any_session, board, sight, "lamp zebra") == []
    assert titles(any_session, board, sight, "amps") == []


def test_a_change_is_found_at_once_and_what_stood_before_is_not(
    any_session: Session, board: Body, sight: Sight
) -> None:
    item = make_item(any_session, board, title="Buy lamps")
    item.title = "Buy candles"
    leave(any_session, item, "edited", by=BY, now=NOW)
    assert titles(any_session, board, sight, "lamps") == []
    assert titles(any_session, board, sight, "candles") == ["Buy candles"]
    any_session.delete(item)
    assert titles(any_session, board, sight, "candles") == []


def test_what_is_rolled_back_is_not_found(any_session: Session, board: Body, sight: Sight) -> None:
    any_session.commit()
    make_item(any_session, board, title="Buy lamps")
    any_session.flush()
    any_session.rollback()
    assert titles(any_session, board, sight, "lamps") == []


def test_a_number_finds_its_item_first(any_session: Session, board: Body, sight: Sight) -> None:
    make_item(any_session, board, title="Open 14 rooms", number=2)
    make_item(any_session, board, title="Buy lamps", number=14)
    assert titles(any_session, board, sight, "#14") == ["Buy lamps", "Open 14 rooms"]


def test_a_note_is_found_with_its_item_by_who_may_read_it(
    any_session: Session, board: Body, ana: Person, sight: Sight
) -> None:
    item = make_item(any_session, board, visibility=Visibility.PUBLISHED)
    record(any_session, item, ana, "Ordered lamps", by=BY, now=NOW)
    record(any_session, item, ana, "Got lamps", visibility=Visibility.PUBLISHED, by=BY, now=NOW)
    told = [(update.note, update.number) for update in found(any_session, board, sight, "lamps").updates]
    assert sorted(told) == [("Got lamps", item.number), ("Ordered lamps", item.number)]
    assert [update.note for update in found(any_session, board, STRANGER, "lamps").updates] == ["Got lamps"]


def test_a_note_that_was_taken_back_is_not_found(any_session: Session, board: Body, ana: Person, sight: Sight) -> None:
    item = make_item(any_session, board)
    record(any_session, item, ana, "Got lamps", by=BY, now=NOW)
    undo_update(any_session, record(any_session, item, ana, "Lost lamps", by=BY, now=NOW), ana, by=BY, now=NOW)
    assert [update.note for update in found(any_session, board, sight, "lamps").updates] == ["Got lamps"]


def test_a_turn_is_found_by_its_own_words(any_session: Session, board: Body, sight: Sight) -> None:
    text = "MS ONE: Good — “morning”.\n\nMR TWO: Let us buy lamps.\n\nMS ONE: Candles."
    make_transcript(any_session, make_meeting(any_session, board), text)
    [turn] = found(any_session, board, sight, "lamps").turns
    assert (turn.text, turn.speaker, turn.seq, turn.meeting) == (
        "Let us buy lamps.", "MR TWO", 2, "Taking stock",
    )  # fmt: skip
    assert found(any_session, board, STRANGER, "lamps").turns == []


def test_people_are_found_by_who_serves_with_them(any_session: Session, board: Body, sight: Sight) -> None:
    make_term(any_session, make_person(any_session, "Gone Silva", erased_on=TODAY), board)
    make_person(any_session, "Far Silva")
    assert [person.name for person in found(any_session, board, sight, "silva lamps").people] == ["Ana Silva"]
    assert [person.name for person in found(any_session, board, sight, "silva").people] == ["Ana Silva"]
    assert found(any_session, board, STRANGER, "silva").people == []


def test_another_registers_things_are_not_found_here(any_session: Session, board: Body, sight: Sight) -> None:
    park = make_register(any_session, slug="park", name="Park Board")
    item = make_item(any_session, park, title="Buy lamps", visibility=Visibility.PUBLISHED)
    record(any_session, item, None, "Got lamps", visibility=Visibility.PUBLISHED, by=BY, now=NOW)
    meeting = make_meeting(any_session, park, visibility=Visibility.PUBLISHED)
    make_transcript(any_session, meeting, "MS ONE: Let us buy lamps.")
    assert found(any_session, board, sight, "lamps").is_empty is False  # the museum's name
    assert found(any_session, board, STRANGER, "lamps").is_empty
    assert not found(any_session, park, STRANGER, "lamps").is_empty


@pytest.mark.parametrize("question", ["", "  ", "'", '"', "*", "a OR b", "NEAR(a b)", "x:y", "a & !b", "<->", "\\"])
def test_no_question_breaks_it(any_session: Session, board: Body, sight: Sight, question: str) -> None:
    make_item(any_session, board)
    assert found(any_session, board, sight, question).items == []


def test_what_strangers_may_not_see_is_not_counted_for_them(any_session: Session, board: Body) -> None:
    for _ in range(MOST + 2):
        make_item(any_session, board, title="Buy lamps")
    make_item(any_session, board, title="Sell lamps", visibility=Visibility.PUBLISHED)
    assert titles(any_session, board, STRANGER, "lamps") == ["Sell lamps"]


def test_the_index_holds_an_entry_for_each_row_and_no_more(any_session: Session, board: Body, ana: Person) -> None:
    item = make_item(any_session, board)
    record(any_session, item, ana, "Got lamps", by=BY, now=NOW)
    make_transcript(any_session, make_meeting(any_session, board), "MS ONE: A.\n\nMR TWO: B.")
    any_session.flush()
    assert count(any_session, "search_entry") == sum(
        count(any_session, table) for table in ("item", "item_update", "turn", "person")
    )


def count(session: Session, table: str) -> Any:
    return session.connection().execute(sa.select(sa.func.count()).select_from(sa.table(table))).scalar_one()


def test_a_very_long_note_can_be_kept(any_session: Session, board: Body, ana: Person, sight: Sight) -> None:
    item: Item = make_item(any_session, board, text=" ".join(f"word{number}" for number in range(120_000)))
    assert titles(any_session, board, sight, "word7") == [item.title]


def test_what_others_may_not_read_pushes_nothing_out(any_session: Session, board: Body, sight: Sight) -> None:
    for _ in range(FIRST_LOOKED_AT + 1):
        make_item(any_session, board, title="Lamps", text="")
    make_item(any_session, board, title="Longer words on lamps", visibility=Visibility.PUBLISHED)
    assert titles(any_session, board, STRANGER, "lamps") == ["Longer words on lamps"]
    assert titles(any_session, board, sight, "lamps") == ["Lamps"] * MOST


def test_what_another_register_holds_pushes_nothing_out(any_session: Session, board: Body, sight: Sight) -> None:
    other = make_register(any_session, slug="park-board", name="Park Board")
    for _ in range(FIRST_LOOKED_AT + 1):
        make_item(any_session, other, title="Lamps", text="", visibility=Visibility.PUBLISHED)
    make_item(any_session, board, title="Longer words on lamps")
    assert titles(any_session, board, sight, "lamps") == ["Longer words on lamps"]
