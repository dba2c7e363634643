"""Items leave for a file and come back unchanged; what was changed there arrives as a person's change would."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from tests.factories import (
    NOW,
    SYSTEM,
    make_addressee,
    make_item,
    make_milestone,
    make_ownership,
    make_person,
    make_register,
    party_id_of,
    party_of,
)
from tracker.errors import Refused
from tracker.exchange.columns import COLUMNS, FURTHER, write_cells, write_further
from tracker.exchange.export_items import item_cells, items_of
from tracker.exchange.import_items import import_items
from tracker.history import Event
from tracker.history_queries import of_subject
from tracker.items.create import reserve_number
from tracker.items.models import Capacity, DueFrom, Item, ItemPassage, Progress, SpeakerPart, WaitingKind
from tracker.items.ownership import add_helper
from tracker.items.party_models import ResponseState, Stance
from tracker.items.positions import NewPosition, add_position
from tracker.meetings.models import Milestone, Visibility
from tracker.people.models import Body
from tracker.tables.text_tables import TableRow, read_table, write_csv, write_jsonl
from tracker.transcripts.passages import cite
from tracker.updates.changes import record, undo_update
from tracker.updates.models import Update
from tracker.updates.progress_rules import ProgressStep

SHA256 = "ab" * 32


@pytest.fixture
def board(any_session: Session) -> Body:
    """The Library Board with two items, one of which has a past."""
    body = make_register(any_session, timezone="Europe/Zurich")
    ana = make_person(any_session)
    milestone = make_milestone(any_session, body)
    item = make_item(
        any_session, body, number=1, title="=Open, on “Sundays”", text="One;\ntwo", theme="hours",
        condition="Someone pays.", milestone_id=milestone.id, offset_days=-14,
        promised_on=date(2013, 1, 1), capacity=Capacity.RAPPORTEUR,
        put_forward_by=party_id_of(any_session, ana), reported_by=ana.id, visibility=Visibility.PUBLISHED,
    )  # fmt: skip
    make_item(any_session, body, number=2, own_due_on=date(2013, 5, 1), promised_on=date(2013, 5, 1))
    reserve_number(any_session, body.id, 2)
    make_addressee(any_session, item, party_of(any_session, body), response=ResponseState.TAKEN_UP)
    make_addressee(any_session, item, party_of(any_session, ana))
    make_ownership(any_session, item, party_of(any_session, body))
    add_helper(any_session, item, ana.id, by=SYSTEM, now=NOW)
    passages = [cite(any_session, SHA256, start, start + 9).id for start in (10, 0)]
    any_session.add_all(ItemPassage(item_id=item.id, passage_id=number) for number in passages)
    stand = NewPosition(party_id_of(any_session, ana), Stance.SUPPORTS_IF, "It rains.", passage_id=passages[0])
    add_position(any_session, item, stand, by=SYSTEM, now=NOW)
    record(any_session, item, ana, "Begun.", progress=Progress.IN_PROGRESS, by=SYSTEM, now=NOW)
    waiting = ProgressStep(Progress.WAITING, reason="money")
    record(any_session, item, None, "Waits.", progress=waiting, by=SYSTEM, now=NOW + timedelta(days=2))
    any_session.commit()
    return body


def jsonl(session: Session, body: Body) -> str:
    cells = item_cells(session, body, items_of(session, body.id))
    return write_jsonl(write_cells(one) | write_further(one) for one in cells)


def csv(session: Session, body: Body) -> str:
    return write_csv(COLUMNS, map(write_cells, item_cells(session, body, items_of(session, body.id))))


def take_in(session: Session, body: Body, text: str, ending: str = ".jsonl") -> dict[str, int]:
    rows = read_table(text.encode(), ending, (*COLUMNS, *FURTHER))
    counts = import_items(session, rows, body, by=SYSTEM, now=NOW + timedelta(days=9))
    session.commit()
    return dict(counts)


def change(session: Session, body: Body, **cells: Any) -> dict[str, int]:
    """Take in a line that holds only these cells of the first item."""
    counts = import_items(session, [TableRow(2, {"number": 1, **cells})], body, by=SYSTEM, now=NOW + timedelta(days=9))
    session.commit()
    return dict(counts)


def first(session: Session, body: Body) -> Item:
    return session.exec(select(Item).where(col(Item.body_id) == body.id, col(Item.number) == 1)).one()


@pytest.mark.parametrize(("leave", "ending"), [(jsonl, ".jsonl"), (csv, ".csv")])
def test_there_and_back_changes_nothing_and_leaves_nothing(
    any_session: Session, board: Body, leave: Any, ending: str
) -> None:
    events = select(sa.func.count(col(Event.id)))
    text, before = leave(any_session, board), any_session.exec(events).one()
    assert take_in(any_session, board, text, ending) == {"as they were": 2}
    assert any_session.exec(events).one() == before
    assert leave(any_session, board) == text


@pytest.mark.parametrize(("leave", "ending"), [(jsonl, ".jsonl"), (csv, ".csv")])
def test_another_register_holds_the_same_afterwards(any_session: Session, board: Body, leave: Any, ending: str) -> None:
    park = make_register(any_session, slug="park", timezone="Europe/Zurich")
    make_milestone(any_session, park)
    text = leave(any_session, board)
    assert take_in(any_session, park, text, ending) == {"new": 2}
    assert leave(any_session, park) == text


def test_what_was_taken_back_neither_leaves_nor_comes_back(any_session: Session, board: Body) -> None:
    item, ben = first(any_session, board), make_person(any_session, "Ben Okri")
    before = jsonl(any_session, board)
    wrong = record(any_session, item, ben, "Wrong", progress=Progress.DONE, by=SYSTEM, now=NOW + timedelta(days=3))
    old = json.loads(jsonl(any_session, board).splitlines()[0])["updates"]
    undo_update(any_session, wrong, ben, by=SYSTEM, now=NOW + timedelta(days=3))
    assert jsonl(any_session, board) == before
    change(any_session, board, updates=old)
    assert [told["note"] for told in old] == ["Begun.", "Waits.", "Wrong"]
    assert jsonl(any_session, board) == before


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(min_size=1, max_size=60), text=st.text(max_size=200), theme=st.text(max_size=20))
def test_any_text_goes_there_and_back(session: Session, title: str, text: str, theme: str) -> None:
    body = make_register(session)
    row = TableRow(2, {"title": f"T {title}", "text": text, "theme": theme, "kind": "call"})
    import_items(session, [row], body, by=SYSTEM, now=NOW)
    for leave, ending in ((jsonl, ".jsonl"), (csv, ".csv")):
        rows = read_table(leave(session, body).encode(), ending, (*COLUMNS, *FURTHER))
        assert import_items(session, rows, body, by=SYSTEM, now=NOW) == {"as they were": 1}
    session.rollback()


def test_what_is_no_column_is_left(any_session: Session, board: Body) -> None:
    assert change(any_session, board, title="Open at night") == {"changed": 1}
    item = first(any_session, board)
    assert (item.title, item.text, item.condition) == ("Open at night", "One;\ntwo", "Someone pays.")
    assert item.progress is Progress.WAITING


def test_an_empty_cell_empties(any_session: Session, board: Body) -> None:
    change(any_session, board, text="", owner="", theme=None)
    cells = item_cells(any_session, board, [first(any_session, board)])[0]
    assert (cells.text, cells.owner, cells.theme) == ("", None, None)


def test_a_new_due_day_keeps_the_promise(any_session: Session, board: Body) -> None:
    change(any_session, board, milestone="", due_on="2013-06-01")
    item = first(any_session, board)
    assert (item.own_due_on, item.milestone_id, item.promised_on) == (date(2013, 6, 1), None, date(2013, 1, 1))


def test_a_new_offset_moves_the_day(any_session: Session, board: Body) -> None:
    change(any_session, board, offset_days="7")
    assert item_cells(any_session, board, [first(any_session, board)])[0].due_on == date(2013, 3, 7)


def last_day_register(session: Session, slug: str) -> Body:
    """A register with a milestone of several days."""
    body = make_register(session, slug=slug)
    make_milestone(session, body, ends_on=date(2013, 3, 2))
    return body


@pytest.mark.parametrize(("leave", "ending"), [(jsonl, ".jsonl"), (csv, ".csv")])
@pytest.mark.parametrize("due_from", list(DueFrom))
def test_the_day_that_a_rule_counts_from_goes_there_and_back(
    any_session: Session, due_from: DueFrom, leave: Any, ending: str
) -> None:
    garden, park = last_day_register(any_session, "garden"), last_day_register(any_session, "park")
    spring = any_session.exec(select(Milestone.id).where(Milestone.body_id == garden.id)).one()
    make_item(any_session, garden, number=1, milestone_id=spring, offset_days=3, due_from=due_from)
    text = leave(any_session, garden)
    assert take_in(any_session, garden, text, ending) == {"as they were": 1}
    take_in(any_session, park, text, ending)
    assert first(any_session, park).due_from is due_from
    assert ("due_from" in jsonl(any_session, park)) is (due_from is DueFrom.LAST_DAY)


def test_a_line_changes_the_day_that_a_rule_counts_from(any_session: Session) -> None:
    park = last_day_register(any_session, "park")
    take_in(any_session, park, '{"number": 1, "title": "Plant", "milestone": "feb-2013-consultations"}')
    change(any_session, park, due_from="last-day")
    assert item_cells(any_session, park, [first(any_session, park)])[0].due_on == date(2013, 3, 2)
    change(any_session, park, offset_days="1")
    assert first(any_session, park).due_from is DueFrom.LAST_DAY


def test_an_answer_says_that_it_came_from_a_file(any_session: Session, board: Body) -> None:
    change(any_session, board, response="not-taken-up")
    cells = item_cells(any_session, board, [first(any_session, board)])[0]
    assert set(cells.responses().values()) == {ResponseState.NOT_TAKEN_UP}


def test_progress_moves_by_an_update(any_session: Session, board: Body) -> None:
    change(any_session, board, progress="done")
    assert first(any_session, board).progress is Progress.DONE
    latest = any_session.exec(select(Update).order_by(col(Update.id).desc())).first()
    assert latest is not None
    assert (latest.note, latest.author_id) == ("From a file.", None)


def test_helpers_and_asked_come_and_go(any_session: Session, board: Body) -> None:
    bo = make_person(any_session, "Bo Berg").slug
    change(any_session, board, helpers=bo, addressed_to=[board.slug, bo], response="taken-up;not-yet-sent")
    cells = item_cells(any_session, board, [first(any_session, board)])[0]
    assert (cells.helpers, cells.addressed_to) == ((bo,), (board.slug, bo))


def test_a_new_item_gets_the_next_number(any_session: Session, board: Body) -> None:
    import_items(any_session, [TableRow(2, {"title": "Lend tools"})], board, by=SYSTEM, now=NOW)
    assert [item.number for item in items_of(any_session, board.id)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"title": ""}, "title: An item needs a title"),
        ({"put_forward_by": "nobody"}, "put_forward_by: There is no party"),
        ({"addressed_to": "nobody"}, "addressed_to: There is no party"),
        ({"helpers": "nobody"}, "helpers: There is no person"),
        ({"milestone": "never"}, "milestone: There is no milestone"),
        ({"due_on": "2013-04-01"}, "due_on: The milestone gives 2013-02-14"),
        ({"promised_on": "2013-04-01"}, "promised_on: This column cannot be changed"),
        ({"created_on": "2013-04-01"}, "created_on: This column cannot be changed"),
        ({"passages": ""}, "passages: A file cannot remove passages"),
        ({"positions": []}, "positions: A file cannot remove positions"),
        ({"updates": []}, "updates: A file cannot remove updates"),
        ({"response": "taken-up;taken-up;taken-up"}, "response: Give one response for all"),
        ({"progress": "not-started"}, "progress: "),
    ],
)
def test_what_cannot_be_is_told_with_line_and_column(
    any_session: Session, board: Body, cells: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused, match=f"Line 2: {said}"):
        change(any_session, board, **cells)


def test_a_line_without_number_and_title_is_no_item(any_session: Session, board: Body) -> None:
    with pytest.raises(Refused, match="Line 2: title"):
        import_items(any_session, [TableRow(2, {"text": "x"})], board, by=SYSTEM, now=NOW)


def test_a_note_of_a_file_is_no_reason_that_anyone_reads(any_session: Session, board: Body) -> None:
    note = {"on": "2012-11-20", "note": "They quarrelled.", "progress": "no-longer-pursued"}
    item = first(any_session, board)
    before = json.loads(jsonl(any_session, board).splitlines()[0])["updates"]
    change(any_session, board, updates=[*before, note])
    assert item.progress is Progress.NO_LONGER_PURSUED
    assert item.progress_reason == "From a file."


def test_what_an_item_waits_for_goes_with_json_lines(any_session: Session, board: Body) -> None:
    item = first(any_session, board)
    step = ProgressStep(Progress.WAITING, "From a file.", waiting_kind=WaitingKind.FUNDING)
    record(any_session, item, None, "", progress=step, by=SYSTEM, now=NOW + timedelta(days=3))
    any_session.flush()
    text = jsonl(any_session, board)
    assert json.loads(text.splitlines()[0])["waiting_kind"] == "funding"
    park = make_register(any_session, slug="park", timezone="Europe/Zurich")
    make_milestone(any_session, park)
    take_in(any_session, park, text, ".jsonl")
    assert jsonl(any_session, park) == text
    change(any_session, park, waiting_kind="decision")
    assert first(any_session, park).waiting_kind is WaitingKind.DECISION


def test_a_table_without_the_kind_changes_none(any_session: Session, board: Body) -> None:
    step = ProgressStep(Progress.WAITING, "the grant", waiting_kind=WaitingKind.FUNDING)
    record(any_session, first(any_session, board), None, "", progress=step, by=SYSTEM, now=NOW + timedelta(days=3))
    change(any_session, board, theme="ramps")
    assert first(any_session, board).waiting_kind is WaitingKind.FUNDING


def proposer_of(session: Session, body: Body) -> str:
    cells = json.loads(jsonl(session, body).splitlines()[0])
    return str(cells["put_forward_by"] or cells["reported_of"])


def test_what_somebody_unnamed_reported_comes_back_as_reported(any_session: Session, board: Body) -> None:
    change(any_session, board, reported_by=None)
    item = first(any_session, board)
    assert (item.reported_by, item.speaker_part) == (None, SpeakerPart.REPORTER)
    event = of_subject(any_session, item.history_key())[-1]
    assert (event.before["speaker_part"], event.after["speaker_part"]) == (None, "reporter")
    assert '"reported_of": "ana-silva' in jsonl(any_session, board)
    assert take_in(any_session, board, jsonl(any_session, board)) == {"as they were": 2}
    change(any_session, board, title="Another title")
    assert item.speaker_part is SpeakerPart.REPORTER


def test_own_words_do_not_become_reported_without_a_reporter(any_session: Session, board: Body) -> None:
    change(any_session, board, reported_of=None, reported_by=None, put_forward_by=proposer_of(any_session, board))
    with pytest.raises(Refused, match="Name who reported it"):
        change(any_session, board, put_forward_by=None, reported_of=proposer_of(any_session, board))


def test_what_was_reported_stands_in_a_column_of_its_own_and_comes_back(any_session: Session, board: Body) -> None:
    line = jsonl(any_session, board).splitlines()[0]
    assert '"put_forward_by": null' in line
    assert '"reported_of": "ana-silva' in line
