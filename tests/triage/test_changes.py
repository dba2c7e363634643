"""A proposal is set aside with its reason, or put off until a moment to come."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, make_meeting, make_person, make_proposal, make_register
from tracker.errors import Refused
from tracker.history import Actor, ChangeWay
from tracker.history_queries import of_subject, wordings
from tracker.people.models import Body
from tracker.proposals.models import AsideReason, Proposal, TriageState
from tracker.triage.changes import set_aside, snooze
from tracker.triage.decisions import undo

TOMORROW = NOW + timedelta(days=1)
ROOM = AsideReason.EXCHANGE_IN_THE_ROOM


@pytest.fixture
def proposal(any_session: Session) -> Proposal:
    return make_proposal(any_session, make_meeting(any_session, make_register(any_session)))


@pytest.fixture
def by(any_session: Session) -> Actor:
    return Actor(make_person(any_session).id, ChangeWay.BROWSER)


def test_what_is_set_aside_keeps_its_reason(any_session: Session, proposal: Proposal, by: Actor) -> None:
    set_aside(any_session, proposal, ROOM, note=" They settle\nit there ", by=by, now=NOW)
    any_session.commit()
    assert (proposal.state, proposal.reason, proposal.note) == (TriageState.SET_ASIDE, ROOM, "They settle it there")
    assert (proposal.decided_by, proposal.decided_at) == (by.person_id, NOW)


def test_the_line_of_setting_aside_keeps_the_note_apart(any_session: Session, proposal: Proposal, by: Actor) -> None:
    set_aside(any_session, proposal, ROOM, note="Settled there", by=by, now=NOW)
    line = of_subject(any_session, f"proposal:{proposal.id}")[-1]
    assert line.body_id == any_session.exec(select(Body.id)).one()
    assert wordings(any_session, [line]) == {line.after["note"]["wording"]: "Settled there"}


def test_a_snoozed_one_can_be_decided_before_its_time(any_session: Session, proposal: Proposal, by: Actor) -> None:
    snooze(any_session, proposal, TOMORROW, by=by, now=NOW)
    any_session.commit()
    assert (proposal.state, proposal.snoozed_until) == (TriageState.SNOOZED, TOMORROW)
    set_aside(any_session, proposal, ROOM, by=by, now=NOW)


@pytest.mark.parametrize("until", [NOW, NOW - timedelta(seconds=1)])
def test_nothing_is_put_off_until_the_past(any_session: Session, proposal: Proposal, by: Actor, until: object) -> None:
    with pytest.raises(Refused, match="still to come") as refused:
        snooze(any_session, proposal, until, by=by, now=NOW)  # type: ignore[arg-type]
    assert (refused.value.field, proposal.state) == ("until", TriageState.WAITING)


@pytest.mark.parametrize(
    "decide",
    [
        lambda session, proposal, by: set_aside(session, proposal, ROOM, by=by, now=NOW),
        lambda session, proposal, by: snooze(session, proposal, TOMORROW, by=by, now=NOW),
    ],
)
def test_what_is_decided_must_be_undone_first(
    any_session: Session, proposal: Proposal, by: Actor, decide: Callable[[Session, Proposal, Actor], None]
) -> None:
    set_aside(any_session, proposal, AsideReason.OTHER, by=by, now=NOW)
    with pytest.raises(Refused, match="already decided this passage"):
        decide(any_session, proposal, by)


def test_undoing_forgets_the_reason_but_not_the_line(any_session: Session, proposal: Proposal, by: Actor) -> None:
    set_aside(any_session, proposal, ROOM, note="Settled there", by=by, now=NOW)
    undo(any_session, proposal, by=by, now=NOW)
    any_session.commit()
    assert (proposal.state, proposal.reason, proposal.note) == (TriageState.WAITING, None, None)
    verbs = [line.verb for line in of_subject(any_session, f"proposal:{proposal.id}")]
    assert verbs == ["made", "set aside", "decision undone"]
