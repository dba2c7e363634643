"""Progress moves by updates alone, and one's own is taken back within the day."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, make_item, make_milestone, make_person, make_register
from tracker.calendar.cancel_milestone import cancel_milestone
from tracker.errors import Refused, Stale
from tracker.history import Actor, ChangeWay
from tracker.history_queries import of_subject, wordings
from tracker.items.models import DueFrom, Item, Progress, ProposerView
from tracker.meetings.models import Visibility
from tracker.people.models import Person
from tracker.updates.changes import record, set_note_visibility, undo_update
from tracker.updates.evidence import File, Link
from tracker.updates.models import Evidence, Update
from tracker.updates.progress_rules import ProgressStep
from tracker.updates.queries import undone_updates

BY = Actor(None, ChangeWay.BROWSER)


@pytest.fixture
def item(any_session: Session) -> Item:
    made = make_item(any_session, make_register(any_session))
    any_session.commit()
    return made


@pytest.fixture
def ana(any_session: Session) -> Person:
    return make_person(any_session)


def move(session: Session, item: Item, author: Person | None, progress: Progress, **values: Any) -> Update:
    note = values.pop("note", "A note")
    return record(session, item, author, note, progress=progress, by=BY, **{"now": NOW, **values})


def test_a_note_alone_moves_nothing(any_session: Session, item: Item, ana: Person) -> None:
    update = record(any_session, item, ana, " A note ", by=BY, now=NOW)
    assert (update.note, update.progress, update.author_id) == ("A note", None, ana.id)
    assert (item.progress, item.version) == (Progress.NOT_STARTED, 1)


def test_an_update_moves_the_progress_and_tells_it(any_session: Session, item: Item, ana: Person) -> None:
    update = move(any_session, item, ana, Progress.IN_PROGRESS)
    event = of_subject(any_session, f"item:{item.id}")[-1]
    assert (item.progress, item.version, item.changed_at) == (Progress.IN_PROGRESS, 2, NOW)
    assert (event.before, event.after["update"]) == ({"progress": "not-started"}, update.id)
    assert list(wordings(any_session, [event]).values()) == ["A note"]


def test_nothing_said_is_refused(any_session: Session, item: Item, ana: Person) -> None:
    with pytest.raises(Refused) as refusal:
        record(any_session, item, ana, "  ", by=BY, now=NOW)
    assert refusal.value.field == "note"


def test_a_step_that_is_refused_leaves_the_item_alone(any_session: Session, item: Item, ana: Person) -> None:
    with pytest.raises(Refused):
        record(any_session, item, ana, "", progress=Progress.DONE, by=BY, now=NOW)
    assert item.progress is Progress.NOT_STARTED
    assert any_session.exec(select(Update)).all() == []


def test_two_moves_at_once_lose_nothing(any_session: Session, item: Item, ana: Person) -> None:
    move(any_session, item, ana, Progress.IN_PROGRESS, seen_version=1)
    with pytest.raises(Stale):
        move(any_session, item, ana, Progress.DONE, seen_version=1)
    record(any_session, item, ana, "A note goes in whatever happened", seen_version=1, by=BY, now=NOW)
    assert item.progress is Progress.IN_PROGRESS


def test_evidence_is_kept_as_it_came(any_session: Session, item: Item, ana: Person) -> None:
    proofs = [Link("https://example.org/minutes"), File("../minutes.pdf", "application/pdf", b"%PDF\x00\xff")]
    record(any_session, item, ana, "", evidence=proofs, by=BY, now=NOW)
    link, file = any_session.exec(select(Evidence).order_by(Evidence.id)).all()  # type: ignore[arg-type]
    assert link.url == "https://example.org/minutes"
    assert (file.filename, file.content) == ("minutes.pdf", b"%PDF\x00\xff")


def test_taking_back_puts_the_item_where_it_stood(any_session: Session, item: Item, ana: Person) -> None:
    record(any_session, item, ana, "", progress=ProgressStep(Progress.WAITING, reason="the budget"), by=BY, now=NOW)
    done = move(any_session, item, ana, Progress.DONE)
    correction = undo_update(any_session, done, ana, by=BY, now=NOW + timedelta(hours=23))
    assert (item.progress, item.progress_reason) == (Progress.WAITING, "the budget")
    assert (correction.progress, correction.note) == (Progress.WAITING, "")
    assert undone_updates(of_subject(any_session, f"item:{item.id}")) == {done.id: correction.id}
    assert len(any_session.exec(select(Update)).all()) == 3


def test_taking_back_may_return_to_not_started_and_to_the_askers_view(any_session: Session, ana: Person) -> None:
    board = make_register(any_session)
    fresh = make_item(any_session, board)
    closed = make_item(
        any_session, board, progress=Progress.DONE, proposer_view=ProposerView.DISPUTES, proposer_note="Half"
    )
    for item in (fresh, closed):
        undo_update(any_session, move(any_session, item, ana, Progress.IN_PROGRESS), ana, by=BY, now=NOW)
    assert fresh.progress is Progress.NOT_STARTED
    assert (closed.proposer_view, closed.proposer_note) == (ProposerView.DISPUTES, "Half")


def test_what_was_undone_is_not_published(any_session: Session, item: Item, ana: Person) -> None:
    remark = record(any_session, item, ana, "A note", by=BY, now=NOW)
    undo_update(any_session, remark, ana, by=BY, now=NOW)
    with pytest.raises(Refused, match="This update was undone, so there is nothing to publish"):
        set_note_visibility(any_session, remark, Visibility.PUBLISHED, by=BY, now=NOW)


def test_a_note_is_taken_back_whatever_came_after(any_session: Session, item: Item, ana: Person) -> None:
    remark = record(any_session, item, ana, "A note", by=BY, now=NOW)
    move(any_session, item, ana, Progress.IN_PROGRESS)
    assert undo_update(any_session, remark, ana, by=BY, now=NOW).progress is None
    assert item.progress is Progress.IN_PROGRESS


def test_one_undo_takes_back_the_due_day_that_came_with_an_update(any_session: Session, ana: Person) -> None:
    board = make_register(any_session, slug="park-board")
    spring = make_milestone(any_session, board)
    rule = {"milestone_id": spring.id, "offset_days": -14, "due_from": DueFrom.LAST_DAY}
    hung = make_item(any_session, board, promised_on=date(2013, 2, 14), **rule)
    dated, free = make_item(any_session, board, own_due_on=date(2013, 1, 7)), make_item(any_session, board)
    day = date(2013, 5, 1)
    for one in (hung, dated, free):
        update = record(any_session, one, ana, "Later", new_day=day, by=BY, now=NOW)
        assert one.own_due_on == day
        undo_update(any_session, update, ana, by=BY, now=NOW)
    assert {name: getattr(hung, name) for name in rule} == rule
    assert hung.own_due_on is None
    assert hung.promised_on == date(2013, 2, 14)
    assert (dated.own_due_on, free.own_due_on, free.promised_on) == (date(2013, 1, 7), None, None)


def test_what_is_wrong_with_a_new_day_is_said_beside_what_mends_it(any_session: Session, ana: Person) -> None:
    dated = make_item(any_session, make_register(any_session, slug="park-board"), own_due_on=date(2013, 1, 7))
    for note, day, field in ((" ", date(2013, 5, 1), "note"), ("Later", date(1013, 5, 1), "new_day")):
        with pytest.raises(Refused) as refusal:
            record(any_session, dated, ana, note, new_day=day, by=BY, now=NOW)
        assert refusal.value.field == field


def test_for_what_it_waits_is_a_reason_for_a_new_day(any_session: Session, ana: Person) -> None:
    dated = make_item(any_session, make_register(any_session, slug="park-board"), own_due_on=date(2013, 1, 7))
    step = ProgressStep(Progress.WAITING, reason="the budget")
    record(any_session, dated, ana, "", progress=step, new_day=date(2013, 5, 1), by=BY, now=NOW)
    assert (dated.own_due_on, dated.progress_reason) == (date(2013, 5, 1), "the budget")


def test_a_due_day_that_was_changed_again_keeps_the_update(any_session: Session, item: Item, ana: Person) -> None:
    update = record(any_session, item, ana, "Later", new_day=date(2013, 5, 1), by=BY, now=NOW)
    record(any_session, item, ana, "Still later", new_day=date(2013, 6, 1), by=BY, now=NOW)
    with pytest.raises(Refused, match="due date has changed"):
        undo_update(any_session, update, ana, by=BY, now=NOW)


def test_no_undo_hangs_an_item_from_a_milestone_cancelled_meanwhile(any_session: Session, ana: Person) -> None:
    board = make_register(any_session, slug="park-board")
    spring = make_milestone(any_session, board)
    hung = make_item(any_session, board, milestone_id=spring.id)
    update = record(any_session, hung, ana, "Later", new_day=date(2013, 5, 1), by=BY, now=NOW)
    cancel_milestone(any_session, spring, reason="Flood", seen_version=spring.version, by=BY, now=NOW)
    with pytest.raises(Refused, match="is cancelled"):
        undo_update(any_session, update, ana, by=BY, now=NOW)


def test_only_the_author_takes_back_and_within_a_day(any_session: Session, item: Item, ana: Person) -> None:
    update = move(any_session, item, ana, Progress.IN_PROGRESS)
    with pytest.raises(Refused, match="author"):
        undo_update(any_session, update, make_person(any_session, "Ben Okri"), by=BY, now=NOW)
    with pytest.raises(Refused, match="day old"):
        undo_update(any_session, update, ana, by=BY, now=NOW + timedelta(days=1, seconds=1))


def test_what_was_taken_back_or_moved_on_is_not_taken_back(any_session: Session, item: Item, ana: Person) -> None:
    first = move(any_session, item, ana, Progress.IN_PROGRESS)
    second = move(any_session, item, ana, Progress.DONE)
    with pytest.raises(Refused, match="progress has changed"):
        undo_update(any_session, first, ana, by=BY, now=NOW)
    correction = undo_update(any_session, second, ana, by=BY, now=NOW)
    for update in (second, correction):
        with pytest.raises(Refused, match="already"):
            undo_update(any_session, update, ana, by=BY, now=NOW)


def test_a_note_is_shown_once(any_session: Session, item: Item, ana: Person) -> None:
    update = move(any_session, item, ana, Progress.IN_PROGRESS)
    set_note_visibility(any_session, update, Visibility.PUBLISHED, by=BY, now=NOW)
    set_note_visibility(any_session, update, Visibility.PUBLISHED, by=BY, now=NOW)
    verbs = [line.verb for line in of_subject(any_session, f"item:{item.id}")]
    assert (update.visibility, verbs.count("note shown")) == (Visibility.PUBLISHED, 1)
