"""How long what waits may take."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.factories import NOW, make_meeting, make_person, make_proposal, make_register
from tracker.detector.measured_shares import BandDecisions
from tracker.proposals.filters import Showing
from tracker.proposals.models import AsideReason, ProposalSource, TriageState
from tracker.triage.queue import STEADY, USUAL, counts_by_score, decisions_by_score, minutes_left, seconds_each


def decided(*gaps: float) -> list:
    moments = [NOW]
    for gap in gaps:
        moments.append(moments[-1] + timedelta(seconds=gap))
    return moments


def test_until_there_are_enough_decisions_the_usual_is_taken() -> None:
    assert seconds_each([]) == seconds_each(decided(*[3] * (STEADY - 1))) == USUAL


def test_the_pace_is_the_median_whatever_the_order() -> None:
    gaps = [10, 20, 30, 20, 20, 20, 10, 30, 290]
    assert seconds_each(decided(*gaps)) == seconds_each(decided(*gaps)[::-1]) == 20


def test_breaks_and_what_was_decided_at_once_are_left_out() -> None:
    assert seconds_each(decided(*[3600, 0] * 20, *[12] * STEADY)) == 12


@pytest.mark.parametrize(("count", "minutes"), [(0, 0), (1, 1), (20, 15), (27, 21 // 5 * 5 + 5), (69, 55), (212, 160)])
def test_minutes_are_rounded_up_and_many_to_steps_of_five(count: int, minutes: int) -> None:
    assert minutes_left(count, 45) == minutes


def test_what_people_decided_is_counted_by_the_band_of_its_score(any_session: Session) -> None:
    register = make_register(any_session)
    meeting = make_meeting(any_session, register)
    person = make_person(any_session).id
    decided: tuple[tuple[float, dict[str, Any]], ...] = (
        (0.9, {"state": TriageState.ITEM}),
        (0.85, {"state": TriageState.SET_ASIDE, "reason": AsideReason.DUPLICATE}),
        (0.8, {"state": TriageState.SET_ASIDE, "reason": AsideReason.OTHER}),
        (0.7, {"state": TriageState.ATTACHED}),
        (0.7, {"state": TriageState.ATTACHED, "decided_by": None}),
        (0.7, {"state": TriageState.WAITING}),
        (0.7, {"state": TriageState.ITEM, "source": ProposalSource.ASSISTANT}),
    )
    for score, values in decided:
        make_proposal(any_session, meeting, score=score, **{"decided_by": person, **values})
    assert decisions_by_score(any_session, register.id) == {0.8: BandDecisions(3, 2), 0.65: BandDecisions(1, 1)}


def test_what_was_found_is_counted_by_the_band_of_its_score(any_session: Session) -> None:
    register = make_register(any_session)
    meeting = make_meeting(any_session, register)
    for score in (0.95, 0.8, 0.5, 0.2, 0.1):
        make_proposal(any_session, meeting).score = score
    make_proposal(any_session, meeting).source = ProposalSource.HAND
    any_session.flush()
    assert counts_by_score(any_session, register.id, Showing()) == {0.8: 2, 0.5: 1, 0.2: 1, 0.0: 1}
