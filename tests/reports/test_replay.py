"""Each line of history taken back by itself: rows and events in, rows out."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.factories import NOW, SYSTEM, make_item, make_person, make_register, party_id_of
from tracker.history import ChangeWay, Event
from tracker.history_queries import of_subject
from tracker.items.changes import edit
from tracker.items.create import ItemContent
from tracker.items.models import Capacity, DueFrom, Item, ItemKind, Progress, ProposerView, SpeakerPart
from tracker.items.party_models import ResponseState
from tracker.items.reported_words import is_own
from tracker.meetings.models import Milestone, Visibility
from tracker.reports.replay import PastItem, walk_back, walk_milestone_back

FEBRUARY, MAY = date(2013, 2, 28), date(2013, 5, 21)


def event(verb: str, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None) -> Event:
    return Event(
        at=NOW, actor="system", way=ChangeWay.JOB, verb=verb, subject="item:1", before=before or {}, after=after or {}
    )


def stood(**values: Any) -> PastItem:
    defaults = {"body_id": 1, "number": 1, "title": "Keep it all", "kind": ItemKind.CALL}
    return PastItem(Item(**{**defaults, "created_at": NOW, "changed_at": NOW, **values}))


def before(event_: Event, past: PastItem, words: dict[int, str | None] | None = None) -> PastItem:
    walk_back(past, [event_], words or {})
    return past


@pytest.mark.parametrize(
    ("name", "value", "then"),
    [
        ("progress", "in-progress", Progress.IN_PROGRESS),
        ("kind", "offer", ItemKind.OFFER),
        ("proposer_view", None, None),
        ("proposer_view", "partly", ProposerView.PARTLY),
        ("theme", "archive", "archive"),
        ("speaker_part", "reporter", SpeakerPart.REPORTER),
        ("speaker_part", None, None),
        ("done_count", 2, 2),
        ("condition", None, None),
    ],
)
def test_a_changed_column_is_put_back_with_its_type(name: str, value: object, then: object) -> None:
    put_back = getattr(before(event("updated", {name: value}), stood()).item, name)
    assert (put_back, type(put_back)) == (then, type(then))


def test_who_stood_as_reporter_before_an_edit_does_so_again(session: Session) -> None:
    item = make_item(session, make_register(session), speaker_part=SpeakerPart.REPORTER)
    person = make_person(session)
    content = replace(ItemContent.of(item), put_forward_by=party_id_of(session, person), reported_by=person.id)
    edit(session, item, content, seen_version=item.version, by=SYSTEM, now=NOW)
    past = stood(**item.model_dump())
    assert past.item.speaker_part is None
    past = before(of_subject(session, item.history_key())[-1], past)
    assert (past.item.speaker_part, is_own(past.item)) == (SpeakerPart.REPORTER, False)


def test_words_kept_apart_are_put_back() -> None:
    past = before(event("edited", {"title": {"wording": 9}}), stood(), {9: "Keep an archive"})
    assert past.item.title == "Keep an archive"


@pytest.mark.parametrize("words", [{}, {9: None}], ids=["not there", "erased"])
def test_words_that_were_erased_do_not_come_back(words: dict[int, str | None]) -> None:
    assert before(event("edited", {"condition": {"wording": 9}}), stood(condition="if"), words).item.condition is None


def test_what_an_item_does_not_hold_is_passed_over() -> None:
    assert before(event("helper added", {"person": 7}), stood()) == stood()


@pytest.mark.parametrize(("verb", "then"), [("published", Visibility.INTERNAL), ("unpublished", Visibility.PUBLISHED)])
def test_who_may_read_is_put_back(verb: str, then: Visibility) -> None:
    assert before(event(verb), stood()).item.visibility is then


def test_a_due_rule_of_a_milestone_is_put_back() -> None:
    rule = {"milestone": 4, "offset_days": -14, "due_on": "2013-02-14"}
    past = before(event("due date set", rule, {"due_on": "2013-05-21"}), stood(own_due_on=MAY)).item
    assert (past.milestone_id, past.offset_days, past.own_due_on) == (4, -14, None)


@pytest.mark.parametrize("due_from", list(DueFrom))
def test_the_day_of_a_milestone_that_a_rule_counts_from_is_put_back(due_from: DueFrom) -> None:
    rule = {"milestone": 4, "offset_days": 0, "due_from": due_from.value, "due_on": "2013-02-14"}
    (other,) = set(DueFrom) - {due_from}
    past = before(event("due date set", rule, {"due_on": "2013-05-21"}), stood(milestone_id=4, due_from=other)).item
    assert past.due_from is due_from


def test_a_day_of_its_own_is_put_back() -> None:
    rule = {"milestone": None, "offset_days": None, "due_on": "2013-02-28"}
    past = before(event("due date set", rule, {"due_on": "2013-05-21"}), stood(milestone_id=4, offset_days=3)).item
    assert (past.milestone_id, past.offset_days, past.own_due_on) == (None, 0, FEBRUARY)


@pytest.mark.parametrize(("promised", "then"), [(MAY, None), (FEBRUARY, FEBRUARY)])
def test_the_first_rule_takes_its_promise_with_it(promised: date, then: date | None) -> None:
    rule = {"milestone": None, "offset_days": None, "due_on": None}
    past = before(event("due date set", rule, {"due_on": "2013-05-21"}), stood(promised_on=promised))
    assert past.item.promised_on == then


def test_before_anybody_accepted_the_day_is_the_one_first_set() -> None:
    noted = event("promise noted", {"promised_on": "2013-02-28"}, {"promised_on": "2013-05-21"})
    assert before(noted, stood(promised_on=MAY)).item.promised_on == FEBRUARY


def test_a_condition_is_unmet_again() -> None:
    assert (
        before(event("condition met", after={"on": "2013-05-21"}), stood(condition_met_on=MAY)).item.condition_met_on
        is None
    )


@pytest.mark.parametrize(("view", "then"), [(None, None), ("disputes", ProposerView.DISPUTES)])
def test_the_asker_says_again_what_they_said(view: str | None, then: ProposerView | None) -> None:
    past = before(event("proposer view recorded", {"view": view}), stood(proposer_view=ProposerView.SATISFIED))
    assert past.item.proposer_view is then


def test_answers_are_taken_back_party_by_party() -> None:
    past = stood()
    past.answers = {1: (ResponseState.TAKEN_UP, FEBRUARY), 2: (ResponseState.REFERRED, MAY)}
    before(event("response recorded", {"party": 1, "response": "sent"}), past)
    assert past.answers == {1: (ResponseState.SENT, None), 2: (ResponseState.REFERRED, MAY)}


def test_a_party_named_later_was_not_asked() -> None:
    past = stood()
    past.answers = {1: (ResponseState.NOT_YET_SENT, None)}
    assert before(event("addressee added", after={"party": 1}), past).answers == {}


def test_a_party_dropped_later_was_asked() -> None:
    assert before(event("addressee removed", after={"party": 1}), stood()).answers == {
        1: (ResponseState.NOT_YET_SENT, None)
    }


def test_a_handover_is_walked_back_to_the_former_owner() -> None:
    past = stood()
    past.owner = 2
    walk_back(past, [event("ownership accepted", after={"party": 2}), event("ownership ended", after={"party": 1})], {})
    assert past.owner == 1


def test_events_are_taken_back_newest_first() -> None:
    newest_first = [event("updated", {"progress": "in-progress"}), event("updated", {"progress": "not-started"})]
    past = stood(progress=Progress.DONE)
    walk_back(past, newest_first, {})
    assert past.item.progress is Progress.NOT_STARTED


def test_a_milestone_goes_back_to_its_days_and_name() -> None:
    row = Milestone(body_id=1, slug="may", title="May", starts_on=MAY, ends_on=MAY, tentative=False)
    moved = event("moved", {"starts_on": "2013-02-28", "ends_on": "2013-02-28", "tentative": True})
    walk_milestone_back(row, [moved, event("renamed", {"title": "February", "place": "Paris"})])
    assert (row.starts_on, row.ends_on, row.tentative) == (FEBRUARY, FEBRUARY, True)
    assert (row.title, row.place) == ("February", "Paris")


def test_who_was_waited_for_before_somebody_took_over_is_waited_for_again() -> None:
    past = before(event("waits for another", {"party": 4}, {"party": 9}), stood(waiting_for=9))
    assert past.item.waiting_for == 4


def test_a_corrected_position_says_nothing_of_the_item() -> None:
    line = event("position corrected", {"party": 1, "capacity": "chair", "condition": "if"}, {"capacity": "own"})
    past = before(line, stood(capacity=Capacity.GOVERNMENT, condition="if asked"))
    assert (past.item.capacity, past.item.condition) == (Capacity.GOVERNMENT, "if asked")


def test_a_condition_that_was_taken_out_was_met_before() -> None:
    line = event("edited", {"condition": {"wording": 9}, "condition_met_on": "2013-02-28"})
    past = before(line, stood(), {9: "if asked"})
    assert (past.item.condition, past.item.condition_met_on) == ("if asked", FEBRUARY)


def test_a_promise_that_went_with_its_day_is_put_back() -> None:
    rule = {"milestone": None, "offset_days": None, "due_on": "2013-05-21", "promised_on": "2013-02-28"}
    assert before(event("due date set", rule, {"due_on": None}), stood()).item.promised_on == FEBRUARY
