"""The detector's record counts what people made of its findings."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.factories import make_meeting, make_person, make_proposal, make_register
from tracker.meetings.models import Meeting
from tracker.people.models import Body
from tracker.proposals.models import AsideReason, Proposal, ProposalSource, TriageState
from tracker.triage.detector_record import ASSISTANT, BANDS, DetectorTally, record


@pytest.fixture
def meeting(any_session: Session) -> Meeting:
    return make_meeting(any_session, make_register(any_session))


def decided(
    session: Session, meeting: Meeting, state: TriageState, reason: AsideReason | None = None, **values: Any
) -> Proposal:
    person = make_person(session, email=None)
    return make_proposal(session, meeting, state=state, reason=reason, decided_by=person.id, **values)


def aside(session: Session, meeting: Meeting, reason: AsideReason) -> Proposal:
    return decided(session, meeting, TriageState.SET_ASIDE, reason)


def test_what_became_an_item_or_belongs_to_one_was_right(any_session: Session, meeting: Meeting) -> None:
    make_proposal(any_session, meeting)
    for state in (TriageState.ITEM, TriageState.ATTACHED, TriageState.ATTACHED):
        decided(any_session, meeting, state)
    aside(any_session, meeting, AsideReason.TOO_GENERAL)
    total = record(any_session, meeting.body_id).total
    assert (total.found, total.items, total.attached, total.waiting, total.set_aside) == (5, 1, 2, 1, 1)
    assert total.right == 0.75


def test_a_duplicate_was_a_proposal(any_session: Session, meeting: Meeting) -> None:
    aside(any_session, meeting, AsideReason.DUPLICATE)
    aside(any_session, meeting, AsideReason.NOT_A_PROPOSAL)
    assert record(any_session, meeting.body_id).total.right == 0.5


def test_what_was_marked_by_hand_had_been_missed(any_session: Session, meeting: Meeting) -> None:
    decided(any_session, meeting, TriageState.ITEM)
    make_proposal(any_session, meeting, source=ProposalSource.HAND)
    total = record(any_session, meeting.body_id).total
    assert (total.found, total.by_hand, total.complete) == (1, 1, 0.5)


def test_nothing_decided_is_no_share() -> None:
    assert (DetectorTally("").right, DetectorTally("").complete) == (None, None)
    assert DetectorTally("", found=9, waiting=9, by_hand=2).complete is None


def test_what_an_import_recognised_was_decided_by_nobody(any_session: Session, meeting: Meeting) -> None:
    make_proposal(any_session, meeting, state=TriageState.ATTACHED)
    make_proposal(any_session, meeting, state=TriageState.SET_ASIDE, reason=AsideReason.DUPLICATE)
    total = record(any_session, meeting.body_id).total
    assert (total.found, total.recognised, total.attached, total.set_aside) == (2, 2, 0, 0)
    assert (total.right, total.complete) == (None, None)


def test_meetings_are_told_apart_the_latest_first(any_session: Session, meeting: Meeting) -> None:
    make_proposal(any_session, meeting)
    body = make_register_again(any_session, meeting)
    make_proposal(any_session, make_meeting(any_session, body, slug="old", title="Old", starts_on=date(2001, 1, 1)))
    assert [tally.slug for tally in record(any_session, meeting.body_id).meetings] == [meeting.slug, "old"]


def make_register_again(session: Session, meeting: Meeting) -> Body:
    return session.get_one(Body, meeting.body_id)


@pytest.mark.parametrize(("score", "band"), [(1.0, 0), (0.8, 0), (0.79, 1), (0.5, 2), (0.1, 3)])
def test_each_finding_counts_in_the_band_of_its_score(
    any_session: Session, meeting: Meeting, score: float, band: int
) -> None:
    make_proposal(any_session, meeting, score=score)
    found = [tally.found for tally in record(any_session, meeting.body_id).bands]
    assert found == [int(place == band) for place in range(len(BANDS))]


def test_another_register_has_its_own_record(any_session: Session, meeting: Meeting) -> None:
    make_proposal(any_session, meeting)
    other = make_register(any_session, slug="park-board")
    assert record(any_session, other.id).total.found == 0


def test_what_the_assistant_found_has_a_precision_of_its_own(any_session: Session, meeting: Meeting) -> None:
    for source in (ProposalSource.ASSISTANT, ProposalSource.BOTH, ProposalSource.DETECTOR):
        decided(any_session, meeting, TriageState.ITEM, source=source)
    decided(any_session, meeting, TriageState.SET_ASIDE, AsideReason.TOO_GENERAL, source=ProposalSource.ASSISTANT)
    make_proposal(any_session, meeting, source=ProposalSource.ASSISTANT)
    finders = record(any_session, meeting.body_id).finders
    assert {name: (tally.found, tally.waiting, tally.right) for name, tally in finders.items()} == {
        ASSISTANT: (4, 1, 2 / 3), "assistant": (3, 1, 0.5), "both": (1, 0, 1.0), "detector": (1, 0, 1.0),
    }  # fmt: skip


def test_what_the_assistant_alone_found_is_none_of_the_detector_s_finds(any_session: Session, meeting: Meeting) -> None:
    for source in (ProposalSource.ASSISTANT, ProposalSource.BOTH):
        decided(any_session, meeting, TriageState.ITEM, source=source)
    of_register = record(any_session, meeting.body_id)
    total = of_register.total
    assert (total.found, total.items, total.by_assistant, total.complete) == (1, 1, 1, 0.5)
    assert of_register.has_assistant


def test_without_an_assistant_there_is_nothing_of_it(any_session: Session, meeting: Meeting) -> None:
    make_proposal(any_session, meeting)
    assert not record(any_session, meeting.body_id).has_assistant
