"""Each decision of triage is a labelled example."""

from typing import Any

import pytest
from sqlmodel import Session

from tests.factories import make_meeting, make_person, make_register, make_transcript
from tests.web.room import found
from tracker.meetings.models import Meeting
from tracker.people.models import Person
from tracker.proposals.models import AsideReason, ProposalKind, ProposalSource, TriageState
from tracker.triage.decision_examples import NO_PROPOSAL, Lesson, lessons

TEXT = "MS OAK: Good morning. You know the shelf. We should mend the shelf. Thank you."
MEND = "We should mend the shelf."


@pytest.fixture
def meeting(any_session: Session) -> Meeting:
    return make_meeting(any_session, make_register(any_session))


@pytest.fixture
def person(any_session: Session) -> Person:
    return make_person(any_session)


def decided(session: Session, meeting: Meeting, person: Person | None, **values: Any) -> list[Lesson]:
    found(session, make_transcript(session, meeting, TEXT), MEND, decided_by=person and person.id, **values)
    return lessons(session, meeting.body_id)


def test_what_became_an_item_is_an_example_of_its_kind(any_session: Session, meeting: Meeting, person: Person) -> None:
    taught = decided(any_session, meeting, person, state=TriageState.ITEM, kind=ProposalKind.CALL)
    assert taught == [Lesson(MEND, "You know the shelf.", "call")]


@pytest.mark.parametrize("reason", sorted(NO_PROPOSAL))
def test_what_was_no_proposal_is_an_example_of_none(
    any_session: Session, meeting: Meeting, person: Person, reason: AsideReason
) -> None:
    [taught] = decided(any_session, meeting, person, state=TriageState.SET_ASIDE, reason=reason)
    assert taught.kind is None


def test_a_duplicate_was_a_proposal_all_the_same(any_session: Session, meeting: Meeting, person: Person) -> None:
    aside = {"state": TriageState.SET_ASIDE, "reason": AsideReason.DUPLICATE}
    [taught] = decided(any_session, meeting, person, **aside)
    assert taught.kind == "recommendation"


def test_another_reason_teaches_nothing(any_session: Session, meeting: Meeting, person: Person) -> None:
    aside = {"state": TriageState.SET_ASIDE, "reason": AsideReason.OTHER}
    assert decided(any_session, meeting, person, **aside) == []


def test_what_waits_teaches_nothing(any_session: Session, meeting: Meeting, person: Person) -> None:
    assert decided(any_session, meeting, person) == []


def test_what_was_marked_by_hand_was_missed_and_is_an_example(any_session: Session, meeting: Meeting) -> None:
    [taught] = decided(any_session, meeting, None, source=ProposalSource.HAND)
    assert taught.kind == "recommendation"


def test_what_was_recognised_at_an_import_was_decided_by_nobody(any_session: Session, meeting: Meeting) -> None:
    assert decided(any_session, meeting, None, state=TriageState.ATTACHED) == []


def test_other_registers_teach_for_themselves(any_session: Session, meeting: Meeting, person: Person) -> None:
    decided(any_session, meeting, person, state=TriageState.ITEM)
    assert lessons(any_session, make_register(any_session, slug="park").id) == []
