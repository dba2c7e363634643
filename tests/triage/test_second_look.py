"""A second look orders anew what is in doubt and untouched; it moves nothing else, and goes on where it was cut off."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, make_meeting, make_person, make_register, make_transcript
from tests.web.room import found
from tracker.db import Sessions
from tracker.detector.candidate import SURE
from tracker.errors import Refused
from tracker.meetings.models import Meeting
from tracker.people.models import Body
from tracker.proposals import queries
from tracker.proposals.filters import Showing
from tracker.proposals.models import (
    Advice,
    Proposal,
    ProposalSource,
    SecondLookDone,
    SecondScore,
    TriageLease,
    TriageState,
)
from tracker.sandbox import limited_process
from tracker.triage import queue, second_look
from tracker.triage.second_look import look_again

WEAK = "The lake is cold in May."
STRONG = "Somebody ought to mend the old gate by autumn."
OTHER = "The library could open on Sundays."
TEXT = f"MS OAK: {WEAK}\n\nMR ELM: {STRONG}\n\nMS ASH: {OTHER}"
#: what the encoder of these tests makes of them
SCORES = {WEAK: 0.1, STRONG: 0.8, OTHER: 0.6}
FIRST = {WEAK: 0.7, STRONG: 0.6, OTHER: 0.3}


@pytest.fixture
def session(any_sessions: Sessions) -> Iterator[Session]:
    with any_sessions.writer() as opened:
        yield opened


@pytest.fixture
def meeting(session: Session) -> Meeting:
    return make_meeting(session, make_register(session))


@pytest.fixture(autouse=True)
def encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    def judged(_module: str, header: Mapping[str, Any], _data: bytes, **_limits: Any) -> list[float]:
        return [SCORES[words] for words, _before, _score in header["passages"]]

    monkeypatch.setattr(second_look, "run", judged)


def put_forward(session: Session, meeting: Meeting, text: str = TEXT, **values: Any) -> list[Proposal]:
    transcript = make_transcript(session, meeting, text)
    proposals = [
        found(session, transcript, words, title=words[:20], **{"score": FIRST[words], **values})
        for words in FIRST
        if words in text
    ]
    session.commit()
    return proposals


def titles_in_order(session: Session, meeting: Meeting) -> list[str]:
    waiting = queries.entries(session, meeting.body_id, Showing(TriageState.WAITING), now=NOW)
    titles = [entry.proposal.title for entry in waiting]
    session.commit()  # or the passes of the job would wait for this session
    return titles


def second_scores(session: Session) -> dict[int, float]:
    return dict(session.exec(select(SecondScore.proposal_id, SecondScore.score)).all())


def look_at_all(sessions: Sessions) -> int:
    """Let passes go on until nothing waits; return how many there were."""
    passes = 0
    while look_again(sessions):
        passes += 1
    return passes


def test_the_more_promising_comes_first_among_the_clear_and_among_the_doubtful(
    any_sessions: Sessions, session: Session, meeting: Meeting
) -> None:
    put_forward(session, meeting)
    assert titles_in_order(session, meeting) == [WEAK[:20], STRONG[:20], OTHER[:20]]
    assert look_at_all(any_sessions) == 1
    # The doubtful one has the better second score than a clear one, and stays behind it.
    assert titles_in_order(session, meeting) == [STRONG[:20], WEAK[:20], OTHER[:20]]


def test_what_was_sure_stays_first(any_sessions: Sessions, session: Session, meeting: Meeting) -> None:
    put_forward(session, meeting, f"MS OAK: {WEAK}", score=SURE)
    look_at_all(any_sessions)
    assert second_scores(session) == {}
    assert second_look.HIGHEST < SURE


@pytest.mark.parametrize(
    "touched",
    [
        {"state": TriageState.SET_ASIDE},
        {"state": TriageState.SNOOZED, "snoozed_until": NOW + timedelta(days=1)},
        {"version": 2},
        {"source": ProposalSource.HAND},
    ],
)
def test_what_a_person_decided_snoozed_changed_or_marked_keeps_its_score(
    any_sessions: Sessions, session: Session, meeting: Meeting, touched: dict[str, Any]
) -> None:
    put_forward(session, meeting, **touched)
    assert look_at_all(any_sessions) == 1
    assert second_scores(session) == {}


def test_what_somebody_has_open_or_advised_on_keeps_its_place(
    any_sessions: Sessions, session: Session, meeting: Meeting
) -> None:
    opened, advised, free = put_forward(session, meeting)
    person = make_person(session)
    session.add(TriageLease(proposal_id=opened.id, person_id=person.id, until=NOW))
    advice = {"advised_at": NOW, "state": TriageState.SET_ASIDE}
    session.add(Advice(proposal_id=advised.id, person_id=person.id, **advice))
    session.commit()
    look_at_all(any_sessions)
    assert second_scores(session) == {free.id: SCORES[OTHER]}


def test_what_somebody_opens_meanwhile_keeps_its_place(
    monkeypatch: pytest.MonkeyPatch, any_sessions: Sessions, session: Session, meeting: Meeting
) -> None:
    opened, *free = [proposal.id for proposal in put_forward(session, meeting)]
    number = make_person(session).id
    session.commit()

    def open_it(*_: Any, **__: Any) -> list[float]:
        with any_sessions.writing() as other:
            other.add(TriageLease(proposal_id=opened, person_id=number, until=NOW))
        return [0.5] * 3

    monkeypatch.setattr(second_look, "run", open_it)
    look_again(any_sessions)
    assert set(second_scores(session)) == set(free)


def test_what_somebody_opened_and_left_keeps_its_place(
    any_sessions: Sessions, session: Session, meeting: Meeting
) -> None:
    weak, *_ = put_forward(session, meeting)
    second_look.keep_place(session, weak.id)
    session.commit()
    look_at_all(any_sessions)
    assert second_scores(session)[weak.id] == FIRST[WEAK]


def test_a_pass_that_is_cut_off_goes_on_with_the_next_batch(
    monkeypatch: pytest.MonkeyPatch, any_sessions: Sessions, session: Session, meeting: Meeting
) -> None:
    put_forward(session, meeting)
    monkeypatch.setattr(second_look, "BATCH", 2)
    look_again(any_sessions)
    assert len(second_scores(session)) == 2
    assert session.exec(select(SecondLookDone)).all() == []
    session.commit()
    assert look_at_all(any_sessions) == 1
    assert len(second_scores(session)) == 3
    assert len(session.exec(select(SecondLookDone)).all()) == 1


def test_a_session_whose_chair_gives_the_floor_keeps_its_order(
    any_sessions: Sessions, session: Session, meeting: Meeting
) -> None:
    put_forward(session, meeting, f"CHAIR: Ms Oak, you have the floor.\n\n{TEXT}")
    look_at_all(any_sessions)
    assert second_scores(session) == {}
    assert queue.transcripts_to_come(session, meeting.body_id, Showing()) == 0


def test_where_the_encoder_fails_the_order_stays_and_others_do_not_wait(
    monkeypatch: pytest.MonkeyPatch, any_sessions: Sessions, session: Session, meeting: Meeting
) -> None:
    def starved(*_: Any, **__: Any) -> Any:
        raise Refused("Too much.")

    put_forward(session, meeting)
    before = titles_in_order(session, meeting)
    monkeypatch.setattr(second_look, "run", starved)
    assert look_at_all(any_sessions) == 1
    assert titles_in_order(session, meeting) == before


def test_it_is_told_how_many_transcripts_are_to_come(
    any_sessions: Sessions, session: Session, meeting: Meeting
) -> None:
    put_forward(session, meeting)
    put_forward(session, make_meeting(session, session.get_one(Body, meeting.body_id), slug="later"), f"MR ELM: {WEAK}")
    counts = []
    for _ in range(3):
        counts.append(queue.transcripts_to_come(session, meeting.body_id, Showing()))
        session.commit()
        look_again(any_sessions)
    assert counts == [2, 1, 0]


def test_the_encoder_is_at_work_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch, sessions: Sessions) -> None:
    monkeypatch.setattr(second_look, "run", limited_process.run)
    with sessions.writer() as session:
        weak, strong, _ = put_forward(session, make_meeting(session, make_register(session)))
        numbers = weak.id, strong.id
    look_at_all(sessions)
    with sessions.reader() as session:
        scores = second_scores(session)
    assert scores[numbers[0]] < scores[numbers[1]]
