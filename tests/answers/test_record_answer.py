"""An answer is a change like any other: it enters history by the mail, once a form, and can be undone for 72 hours."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from tests.answers.stage import ANSWERS_OF, FIRST_DAY, AnswerStage
from tests.factories import NOW, SYSTEM, make_ownership, party_id_of, party_of
from tracker.answers.models import AnswerReceipt
from tracker.answers.record_answer import AnswerDetails
from tracker.errors import Refused, Stale
from tracker.history import Actor, ChangeWay
from tracker.history_queries import of_subject
from tracker.items.closing_views import closing_views_of
from tracker.items.models import Progress, WaitingKind
from tracker.items.party_models import ClosingView, Ownership, OwnerState
from tracker.updates.changes import record
from tracker.updates.models import Update
from tracker.updates.progress_rules import ProgressStep

EVERY = [(role, answer) for role, answers in ANSWERS_OF.items() for answer in answers]
HOUR = timedelta(hours=1)


def standing(stage: AnswerStage) -> dict[str, Any]:
    """Return all that an answer can change of the item, its requests and its closing."""
    session = stage.session
    session.flush()
    session.expire_all()
    session.refresh(stage.item)
    left_out = {"version", "changed_at"}
    return {
        "item": stage.item.model_dump(exclude=left_out),
        "owners": [
            row.model_dump(exclude={"version"})
            for row in session.exec(select(Ownership).order_by(col(Ownership.id)))
            if row.state in (OwnerState.REQUESTED, OwnerState.ACCEPTED)
        ],
        "views": [tuple(row) for row in closing_views_of(session, stage.item)],
    }


@pytest.mark.parametrize(("role", "answer"), EVERY)
def test_an_answer_enters_history_and_can_be_undone(any_stage: AnswerStage, role: str, answer: str) -> None:
    any_stage.let(any_stage.ana, role)
    before = standing(any_stage)
    receipt = any_stage.answer(any_stage.ana, answer)
    lines = of_subject(any_stage.session, any_stage.item.history_key())
    assert {(line.actor, line.way) for line in lines if line.id >= receipt.first_event} == {
        (f"person:{any_stage.ana.id}", ChangeWay.MAIL)
    }
    assert standing(any_stage) != before
    any_stage.undo(receipt)
    assert standing(any_stage) == before
    any_stage.session.commit()


@pytest.mark.parametrize("answer", ["take-it", "not-mine", "pass-on"])
def test_no_request_comes_back_to_an_item_that_is_closed_since(stage: AnswerStage, answer: str) -> None:
    stage.let(stage.ana, "requested")
    receipt = stage.answer(stage.ana, answer)
    by = Actor(stage.ben.id, ChangeWay.BROWSER)
    record(stage.session, stage.item, stage.ben, "Built", progress=Progress.DONE, by=by, now=NOW)
    with pytest.raises(Refused, match="closed now"):
        stage.undo(receipt)
    record(stage.session, stage.item, stage.ben, "Not yet", progress=Progress.IN_PROGRESS, by=by, now=NOW)
    stage.undo(receipt)
    assert receipt.undone_at is not None


def test_what_is_answered_is_what_stands(stage: AnswerStage) -> None:
    stage.let(stage.ana, "owner")
    stage.answer(
        stage.ana, "waiting", details=AnswerDetails("Wrote twice", "the money", waiting_kind=WaitingKind.FUNDING)
    )
    item = stage.item
    assert (item.progress, item.progress_reason, item.waiting_kind) == ("waiting", "the money", "funding")
    assert stage.session.exec(select(Update.note)).all() == ["Wrote twice"]
    stage.answer(stage.ana, "more-time")
    assert stage.item.own_due_on == stage.details("more-time").due_on


def test_a_request_is_passed_on_and_comes_back(stage: AnswerStage) -> None:
    stage.let(stage.ana, "requested")
    receipt = stage.answer(stage.ana, "pass-on")
    states = select(Ownership.party_id, Ownership.state).order_by(col(Ownership.id))
    ana = party_id_of(stage.session, stage.ana)
    ben = party_id_of(stage.session, stage.ben)
    assert stage.session.exec(states).all() == [(ana, "passed-on"), (ben, "requested")]
    stage.undo(receipt)
    assert stage.session.exec(states).all() == [(ana, "requested"), (ben, "withdrawn")]


def test_undoing_an_acceptance_gives_the_item_back_to_its_former_owner(any_stage: AnswerStage) -> None:
    any_stage.let(any_stage.ben, "owner")
    any_stage.let(any_stage.ana, "requested")
    receipt = any_stage.answer(any_stage.ana, "take-it")
    any_stage.undo(receipt)
    accepted = select(Ownership.party_id).where(col(Ownership.state) == OwnerState.ACCEPTED)
    assert any_stage.session.exec(accepted).all() == [party_id_of(any_stage.session, any_stage.ben)]


def test_a_doubt_that_replaced_another_gives_way_to_it_again(stage: AnswerStage) -> None:
    stage.let(stage.ana, "proposer")
    stage.answer(stage.ana, "partly", details=AnswerDetails("Half of it"))
    receipt = stage.answer(stage.ana, "disputes", details=AnswerDetails("None of it"))
    stage.undo(receipt)
    assert [(row.view, row.note) for row in stage.session.exec(select(ClosingView))] == [("partly", "Half of it")]


@pytest.mark.parametrize(
    ("role", "answer", "details", "field"),
    [
        ("owner", "done", AnswerDetails(), "note"),
        ("owner", "waiting", AnswerDetails(), "waits_for"),
        ("owner", "more-time", AnswerDetails("Ill"), "due_on"),
        ("owner", "more-time", AnswerDetails(due_on=NOW.date() + timedelta(days=9)), "note"),
        ("owner", "take-it", AnswerDetails(), "answer"),
        ("requested", "done", AnswerDetails(), "answer"),
        ("requested", "pass-on", AnswerDetails(), "pass_to"),
        ("proposer", "partly", AnswerDetails(), "note"),
        ("proposer", "not-mine", AnswerDetails(), "answer"),
    ],
)
def test_an_answer_that_says_too_little_or_is_not_theirs_is_refused(
    stage: AnswerStage, role: str, answer: str, details: AnswerDetails, field: str
) -> None:
    stage.let(stage.ana, role)
    with pytest.raises(Refused) as refusal:
        stage.answer(stage.ana, answer, details=details)
    assert refusal.value.field == field


def test_the_same_form_is_one_answer(any_stage: AnswerStage) -> None:
    any_stage.let(any_stage.ana, "owner")
    receipts = [any_stage.answer(any_stage.ana, "done", form_key="the same", seen_version=1) for _ in range(2)]
    assert receipts[0].id == receipts[1].id
    assert len(any_stage.session.exec(select(Update)).all()) == 1


def test_an_item_that_changed_meanwhile_is_not_answered_blindly(stage: AnswerStage) -> None:
    stage.let(stage.ana, "owner")
    record(stage.session, stage.item, stage.ben, "", progress=Progress.IN_PROGRESS, by=SYSTEM, now=NOW)
    with pytest.raises(Stale):
        stage.answer(stage.ana, "in-progress", seen_version=1)
    assert stage.session.exec(select(AnswerReceipt)).all() == []


@pytest.mark.parametrize(("role", "answer"), EVERY)
def test_what_somebody_changed_since_is_not_undone(stage: AnswerStage, role: str, answer: str) -> None:
    stage.let(stage.ana, role)
    receipt = stage.answer(stage.ana, answer)
    touch(stage, answer)
    before = standing(stage)
    with pytest.raises(Refused, match="Ben Ng changed this on 2012-11-12"):
        stage.undo(receipt)
    assert standing(stage) == before
    assert receipt.undone_at is None


def touch(stage: AnswerStage, answer: str) -> None:
    """Let Ben change what that answer changed."""
    later = AnswerDetails("Since then", due_on=NOW.date() + timedelta(days=90), waits_for="a reply")
    by = Actor(stage.ben.id, ChangeWay.BROWSER)
    match answer:
        case "not-mine" | "pass-on" | "take-it":
            stage.let(stage.ben, "requested")
            for row in stage.session.exec(select(Ownership).where(col(Ownership.state) == OwnerState.REQUESTED)):
                row.party_id = party_id_of(stage.session, stage.ben)
            stage.answer(stage.ben, "take-it")
        case "more-time":
            make_ownership(stage.session, stage.item, party_of(stage.session, stage.ben))
            stage.answer(stage.ben, answer, details=later)
        case _:
            step = ProgressStep(Progress.WAITING, reason="a reply")
            record(stage.session, stage.item, stage.ben, "Again", progress=step, by=by, now=NOW)


def test_a_mere_note_of_somebody_else_does_not_stand_in_the_way(stage: AnswerStage) -> None:
    stage.let(stage.ana, "owner")
    receipt = stage.answer(stage.ana, "done")
    record(stage.session, stage.item, stage.ben, "Thank you", by=Actor(stage.ben.id, ChangeWay.BROWSER), now=NOW)
    stage.undo(receipt)
    assert stage.item.progress == Progress.NOT_STARTED


def test_an_answer_is_undone_once_and_within_72_hours(stage: AnswerStage) -> None:
    stage.let(stage.ana, "owner")
    receipt = stage.answer(stage.ana, "in-progress")
    stage.undo(receipt, 71 * HOUR)
    newest = of_subject(stage.session, stage.item.history_key())[-1].id
    stage.undo(receipt, 72 * HOUR)
    assert of_subject(stage.session, stage.item.history_key())[-1].id == newest
    late = stage.answer(stage.ana, "in-progress")
    with pytest.raises(Refused, match="72 hours"):
        stage.undo(late, 72 * HOUR)


def test_an_acceptance_that_was_undone_promised_nothing(any_stage: AnswerStage) -> None:
    any_stage.let(any_stage.ana, "requested")
    any_stage.undo(any_stage.answer(any_stage.ana, "take-it"))
    assert any_stage.item.promised_on == FIRST_DAY
    any_stage.item.own_due_on = NOW.date() + timedelta(days=5)
    any_stage.answer(any_stage.ana, "take-it")
    assert any_stage.item.promised_on == NOW.date() + timedelta(days=5)
