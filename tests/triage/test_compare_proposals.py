"""Proposals are compared by what they mean, apart from the import, across the meetings of a register only."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, make_meeting, make_register, make_transcript
from tests.web.room import found
from tracker.db import Sessions
from tracker.errors import Refused
from tracker.meetings.models import Meeting
from tracker.people.models import Body
from tracker.proposals import queries
from tracker.proposals.filters import Showing
from tracker.proposals.models import Likeness, Meaning, Proposal, TriageState
from tracker.sandbox import limited_process
from tracker.triage import compare_proposals, embeddings
from tracker.triage.compare_proposals import compare
from tracker.triage.similar_proposals import alike, waiting_with

ARCHIVE = "The secretariat should keep recordings of all sessions for good."
BRIDGE = "The bridge must be inspected before the winter."
LIBRARY = "We need a permanent archive of the recordings of every session."
TEXT = f"MS OAK: {ARCHIVE}\n\nMR ELM: {BRIDGE}\n\nMS ASH: {LIBRARY}"


@pytest.fixture
def session(any_sessions: Sessions) -> Iterator[Session]:
    with any_sessions.writer() as made:
        yield made


@pytest.fixture
def meeting(session: Session) -> Meeting:
    return make_meeting(session, make_register(session))


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The encoder works in this process, for starting it takes two seconds; one test below starts it."""
    monkeypatch.setattr(compare_proposals, "run", lambda _name, header, data, **_limits: embeddings.work(header, data))


def said(session: Session, meeting: Meeting, text: str, *words: str) -> list[Proposal]:
    transcript = make_transcript(session, meeting, text)
    made = [found(session, transcript, sentence, title=sentence[:40]) for sentence in words]
    session.commit()
    return made


def test_passages_that_say_the_like_are_tied_and_stand_together(
    any_sessions: Sessions, session: Session, meeting: Meeting
) -> None:
    archive, bridge, library = said(session, meeting, TEXT, ARCHIVE, BRIDGE, LIBRARY)
    assert compare(any_sessions) == 3
    tied = session.exec(select(Likeness)).one()
    assert (tied.proposal_id, tied.earlier_id) == (library.id, archive.id)
    waiting = queries.entries(session, meeting.body_id, Showing(TriageState.WAITING), now=NOW)
    assert [one.proposal.id for one in waiting] == [archive.id, library.id, bridge.id]


def test_the_group_of_a_passage_is_what_waits_beside_it(
    any_sessions: Sessions, session: Session, meeting: Meeting
) -> None:
    archive, bridge, library = said(session, meeting, TEXT, ARCHIVE, BRIDGE, LIBRARY)
    compare(any_sessions)
    assert [one.id for one in waiting_with(session, archive, NOW)] == [library.id]
    assert waiting_with(session, bridge, NOW) == []


def test_what_was_said_at_an_earlier_meeting_is_alike_but_not_beside_it(
    any_sessions: Sessions, session: Session, meeting: Meeting
) -> None:
    [before] = said(session, meeting, f"MS OAK: {ARCHIVE}", ARCHIVE)
    compare(any_sessions)
    later = make_meeting(session, make_register_of(session, meeting), slug="later")
    [now] = said(session, later, f"MS ASH: {LIBRARY}", LIBRARY)
    assert compare(any_sessions) == 1
    [one] = alike(session, queries.entry(session, now))
    assert (one.entry.proposal.id, one.is_batch) == (before.id, False)


def make_register_of(session: Session, meeting: Meeting) -> Body:
    return session.get_one(Body, meeting.body_id)


def test_registers_are_not_compared_with_one_another(
    any_sessions: Sessions, session: Session, meeting: Meeting
) -> None:
    said(session, meeting, f"MS OAK: {ARCHIVE}", ARCHIVE)
    said(session, make_meeting(session, make_register(session, slug="park")), f"MS ASH: {LIBRARY}", LIBRARY)
    assert [compare(any_sessions), compare(any_sessions), compare(any_sessions)] == [1, 1, 0]
    assert session.exec(select(Likeness)).all() == []


def test_the_encoder_is_at_work_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch, sessions: Sessions) -> None:
    monkeypatch.setattr(compare_proposals, "run", limited_process.run)
    with sessions.writer() as session:
        said(session, make_meeting(session, make_register(session)), TEXT, ARCHIVE, LIBRARY)
    assert compare(sessions) == 2
    with sessions.reader() as session:
        assert session.exec(select(Likeness)).one().degree == pytest.approx(0.7, abs=0.2)


def test_a_second_pass_changes_nothing(any_sessions: Sessions, session: Session, meeting: Meeting) -> None:
    said(session, meeting, TEXT, ARCHIVE, BRIDGE, LIBRARY)
    compare(any_sessions)
    assert compare(any_sessions) == 0
    assert len(session.exec(select(Meaning)).all()) == 3


def test_what_cannot_be_compared_does_not_keep_others_waiting(
    monkeypatch: pytest.MonkeyPatch, any_sessions: Sessions, session: Session, meeting: Meeting
) -> None:
    def starved(*_: Any, **__: Any) -> Any:
        raise Refused("Too much.")

    said(session, meeting, TEXT, ARCHIVE, LIBRARY)
    monkeypatch.setattr(compare_proposals, "run", starved)
    assert [compare(any_sessions), compare(any_sessions)] == [2, 0]
    assert session.exec(select(Likeness)).all() == []
