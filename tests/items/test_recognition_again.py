"""A corrected version of a transcript brings nearly the same words again: they do not wait twice."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from tests.factories import (
    NOW,
    SYSTEM,
    make_item,
    make_meeting,
    make_passage,
    make_proposal,
    make_register,
    make_transcript,
)
from tracker.history import Actor, Way
from tracker.items.models import ItemPassage, Origin, Relation
from tracker.items.recognition import recognise
from tracker.items.triage import attach
from tracker.meetings.models import Meeting
from tracker.people.models import Body
from tracker.proposals.changes import set_aside
from tracker.proposals.models import AsideReason, Proposal, TriageState
from tracker.transcripts.models import Transcript

OLD = "We should keep an archive of all the seesions."
NEW = "We should keep an archive of all the sessions."
Decide = Callable[[Session, Proposal], object]


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


@pytest.fixture
def meeting(any_session: Session, board: Body) -> Meeting:
    return make_meeting(any_session, board)


def version(session: Session, meeting: Meeting, number: int, words: str) -> Proposal:
    transcript = make_transcript(session, meeting, f"MS ONE: Welcome to {number}. {words}", number=number)
    place = {"transcript_id": transcript.id, "passage_id": make_passage(session, transcript, words).id}
    return make_proposal(session, meeting, **place)


def recognised(session: Session, proposal: Proposal) -> int:
    transcript = session.get_one(Transcript, proposal.transcript_id)
    return recognise(session, transcript, by=Actor(None, Way.IMPORT), now=NOW)


def cite(session: Session, proposal: Proposal) -> None:
    item = make_item(session, session.exec(select(Body)).one())
    session.add(ItemPassage(item_id=item.id or 0, passage_id=proposal.passage_id))


def repeat(session: Session, proposal: Proposal) -> None:
    item = make_item(session, session.exec(select(Body)).one())
    attach(session, proposal, item, Relation.COVERED, by=SYSTEM, now=NOW)


@pytest.mark.parametrize("decided", [cite, repeat])
def test_corrected_words_of_an_item_are_covered_by_it(any_session: Session, meeting: Meeting, decided: Decide) -> None:
    decided(any_session, version(any_session, meeting, 1, OLD))
    new = version(any_session, meeting, 2, NEW)
    assert recognised(any_session, new) == 1
    any_session.commit()
    origin = any_session.exec(select(Origin).where(Origin.proposal_id == new.id)).one()
    assert (new.state, origin.relation) == (TriageState.ATTACHED, Relation.COVERED)


def test_corrected_words_of_what_was_set_aside_are_set_aside_too(any_session: Session, meeting: Meeting) -> None:
    old = version(any_session, meeting, 1, OLD)
    set_aside(any_session, old, AsideReason.TOO_GENERAL, by=SYSTEM, now=NOW, note="Says nothing")
    new = version(any_session, meeting, 2, NEW)
    assert recognised(any_session, new) == 1
    any_session.commit()
    assert (new.state, new.reason, new.note) == (TriageState.SET_ASIDE, AsideReason.TOO_GENERAL, "Says nothing")


def test_other_words_and_undecided_ones_wait(any_session: Session, meeting: Meeting) -> None:
    cite(any_session, version(any_session, meeting, 1, OLD))
    version(any_session, meeting, 2, "Let us open the library on Sundays.")
    sundays = version(any_session, meeting, 3, "Let us open the library on Sundays!")
    assert recognised(any_session, sundays) == 0


def test_another_meetings_words_decide_nothing(any_session: Session, board: Body, meeting: Meeting) -> None:
    cite(any_session, version(any_session, make_meeting(any_session, board, slug="second"), 1, OLD))
    assert recognised(any_session, version(any_session, meeting, 2, NEW)) == 0
