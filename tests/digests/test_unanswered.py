"""A body's second person is told of what the first has not answered in two digests: once, and history says so."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.digests.stage import MONDAY, Stage, make_stage
from tests.factories import made, make_item, make_ownership, make_person, make_register, make_term
from tracker.digests.parts import DigestContent, DutyStage, SectionKind
from tracker.digests.unanswered import record_told
from tracker.history import Event
from tracker.history_verbs import Verb
from tracker.items.models import Item
from tracker.items.party_models import Ownership, OwnerState
from tracker.mail.models import MailState
from tracker.people.models import Frequency, Party, Person, Subscription
from tracker.updates import changes as updates

WEEK = timedelta(weeks=1)


@pytest.fixture
def stage(any_session: Session) -> Stage:
    """Ana answers for the hosts, and Ben is their second."""
    return make_stage(any_session)


def hosts(stage: Stage, **values: Any) -> Party:
    party = {"slug": "hosts", "class_name": "Hosts", "steward_id": stage.ana.id, "second_id": stage.ben.id, **values}
    return made(stage.session, Party(**party))


def late(stage: Stage, owner: Party, **values: Any) -> Item:
    item = stage.item("Host the forum", own_due_on=(MONDAY - WEEK).date())
    make_ownership(stage.session, item, owner, **values)
    return item


def requested(stage: Stage, owner: Party) -> Item:
    item = stage.item("Host the forum")
    make_ownership(stage.session, item, owner, state=OwnerState.REQUESTED)
    return item


def tell_first(stage: Stage, item: Item, *weeks: int, state: MailState = MailState.SENT) -> None:
    """Send Ana digests of these weeks that tell her of the item, as it stands by then."""
    stage.session.flush()
    is_requested = bool(stage.session.exec(select(Ownership).where(Ownership.state == OwnerState.REQUESTED)).all())
    told = DutyStage.REQUESTED if is_requested else DutyStage.LATE
    for week in weeks:
        at = MONDAY + week * WEEK
        stage.kept(DigestContent("Ana Silva", at.date(), stages={item.id: told}), at, state)


def second_hears(stage: Stage, week: int, person: Person | None = None) -> DigestContent:
    return stage.said(MONDAY + week * WEEK, person or stage.ben)


@pytest.mark.parametrize("duty", [late, requested])
def test_the_second_is_told_after_two_digests_without_an_answer(stage: Stage, duty: Any) -> None:
    item = duty(stage, hosts(stage))
    told = []
    for week in range(2):
        tell_first(stage, item, week)
        told.append(second_hears(stage, week).section(SectionKind.UNANSWERED))
    assert told[0] is None
    [line] = told[1].lines if told[1] else []
    assert line.title == "Host the forum"
    assert line.unanswered
    assert (line.unanswered.name, line.unanswered.digests) == ("Ana Silva", 2)
    assert line.unanswered.is_request is (duty is requested)


def test_until_then_the_second_hears_nothing_of_it(stage: Stage) -> None:
    late(stage, hosts(stage))
    assert second_hears(stage, 0).is_empty


@pytest.mark.parametrize(("week", "is_told"), [(0, True), (1, False), (2, False)])
def test_an_answer_of_the_first_begins_the_count_anew(stage: Stage, week: int, is_told: bool) -> None:
    item = late(stage, hosts(stage))
    tell_first(stage, item, 0, 1)
    at = MONDAY + week * WEEK - timedelta(days=1)
    updates.record(stage.session, item, stage.ana, "Soon.", by=stage.by(stage.ana), now=at)
    assert bool(second_hears(stage, 2).section(SectionKind.UNANSWERED)) is is_told


def test_digests_that_were_not_sent_do_not_count(stage: Stage) -> None:
    item = late(stage, hosts(stage))
    for week, state in enumerate((MailState.SENT, MailState.DEAD, MailState.CANCELLED)):
        tell_first(stage, item, week, state=state)
    assert second_hears(stage, 3).section(SectionKind.UNANSWERED) is None


def record(stage: Stage, content: DigestContent, at: datetime, state: MailState = MailState.SENT) -> None:
    digest = stage.kept(content, at, state, stage.ben)
    for _ in range(2):  # a digest may be written twice before it leaves
        record_told(stage.session, content, stage.ben.id, digest.outgoing_id, at)


@pytest.mark.parametrize(("state", "again"), [(MailState.SENT, False), (MailState.DEAD, True)])
def test_the_second_is_told_once_and_history_says_so(stage: Stage, state: MailState, again: bool) -> None:
    item = late(stage, hosts(stage))
    tell_first(stage, item, 0, 1)
    record(stage, second_hears(stage, 1), MONDAY + WEEK, state)
    told = stage.session.exec(select(Event).where(Event.verb == Verb.SECOND_PERSON_TOLD)).all()
    assert [(event.subject, event.actor, event.after["person"]) for event in told] == [
        (f"item:{item.id}", "system", stage.ben.id)
    ]
    tell_first(stage, item, 5, 6)
    assert bool(second_hears(stage, 6).section(SectionKind.UNANSWERED)) is again


def test_a_request_that_was_told_and_taken_may_be_told_again_once_it_is_late(stage: Stage) -> None:
    owner = hosts(stage)
    item = requested(stage, owner)
    tell_first(stage, item, 0, 1)
    record(stage, second_hears(stage, 1), MONDAY + WEEK)
    ownership = stage.session.exec(select(Ownership).where(Ownership.item_id == item.id)).one()
    ownership.state, item.own_due_on = OwnerState.ACCEPTED, (MONDAY + WEEK).date()
    made(stage.session, ownership)
    made(stage.session, item)
    tell_first(stage, item, 2, 3)
    section = second_hears(stage, 3).section(SectionKind.UNANSWERED)
    assert section
    assert section.lines[0].unanswered
    assert not section.lines[0].unanswered.is_request


@pytest.mark.parametrize("lack", ["address", "digests", "steward"])
def test_a_second_hears_all_where_no_first_person_gets_digests(stage: Stage, lack: str) -> None:
    values: dict[str, Any] = {}
    if lack == "address":
        stage.ana.email = None
        made(stage.session, stage.ana)
    if lack == "digests":
        subscription = stage.session.get_one(Subscription, stage.ana.id)
        subscription.frequency = Frequency.NEVER
        made(stage.session, subscription)
    if lack == "steward":
        values = {"steward_id": None}
    late(stage, hosts(stage, **values))
    assert [section.kind for section in second_hears(stage, 0).sections] == [SectionKind.OVERDUE]


def test_who_answers_for_one_item_and_its_second_are_asked_alike(stage: Stage) -> None:
    body = hosts(stage, steward_id=None, second_id=None)
    item = late(stage, body, answers_for_id=stage.ana.id, second_id=stage.ben.id)
    assert [section.kind for section in second_hears(stage, 0).sections] == []
    tell_first(stage, item, 0, 1)
    assert second_hears(stage, 1).section(SectionKind.UNANSWERED)


def test_what_is_not_theirs_to_see_is_not_told_to_a_second(stage: Stage) -> None:
    park = make_register(stage.session, slug="park-board", name="Park Board")
    item = make_item(stage.session, park, own_due_on=(MONDAY - WEEK).date())
    make_ownership(stage.session, item, hosts(stage))
    make_term(stage.session, stage.ana, park)
    tell_first(stage, item, 0, 1)
    assert second_hears(stage, 1).is_empty


def test_a_third_person_hears_nothing(stage: Stage) -> None:
    tell_first(stage, late(stage, hosts(stage)), 0, 1)
    other = make_person(stage.session, "Cleo Third")
    make_term(stage.session, other, stage.board)
    assert second_hears(stage, 1, other).is_empty
