"""The queue of triage: its order, its counts, what comes next."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.factories import (
    NOW,
    SYSTEM,
    make_meeting,
    make_passage,
    make_person,
    make_proposal,
    make_register,
    make_transcript,
)
from tests.statements import statements
from tracker.detector.candidate import CLEAR
from tracker.history import Actor, ChangeWay
from tracker.meetings.models import Meeting
from tracker.people.models import Body
from tracker.proposals import queries
from tracker.proposals.filters import Showing
from tracker.proposals.models import AsideReason, Meaning, Proposal, ProposalSource, TriageState
from tracker.triage import queue
from tracker.triage.changes import set_aside, snooze

EVERYTHING = Showing()
WAITING = Showing(TriageState.WAITING)
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


@pytest.fixture
def meeting(any_session: Session, board: Body) -> Meeting:
    return make_meeting(any_session, board)


def shown(session: Session, board: Body, showing: Showing = WAITING, **options: Any) -> list[int | None]:
    found = queries.entries(session, board.id, showing, **{"now": NOW, **options})
    return [entry.proposal.id for entry in found]


def following(session: Session, board: Body, proposal: Proposal) -> int | None:
    return next(iter(queue.after(session, board.id, proposal, WAITING, NOW)), None)


def test_clear_ones_come_first_in_the_order_they_were_said(any_session: Session, board: Body, meeting: Meeting) -> None:
    doubtful = make_proposal(any_session, meeting, score=CLEAR - 0.01)
    clear = make_proposal(any_session, meeting, score=CLEAR)
    surest = make_proposal(any_session, make_meeting(any_session, board, slug="old", starts_on=date(2012, 1, 9)))
    assert shown(any_session, board) == [clear.id, surest.id, doubtful.id]


def test_what_the_assistant_found_comes_after_what_the_detector_is_sure_of(
    any_session: Session, board: Body, meeting: Meeting
) -> None:
    transcript = make_transcript(any_session, meeting, "One. Two. Three. Four.")
    found = {
        "One.": (0.0, ProposalSource.ASSISTANT),
        "Two.": (CLEAR, ProposalSource.DETECTOR),
        "Three.": (0.0, ProposalSource.ASSISTANT),
        "Four.": (CLEAR - 0.01, ProposalSource.DETECTOR),
    }
    made = {}
    for words, (score, source) in found.items():
        place = {"transcript_id": transcript.id, "passage_id": make_passage(any_session, transcript, words).id}
        made[make_proposal(any_session, meeting, score=score, source=source, **place).id] = words
    assert [made[number or 0] for number in shown(any_session, board)] == ["Two.", "One.", "Three.", "Four."]


def test_within_a_meeting_the_most_promising_come_first_and_the_like_beside_them(
    any_session: Session, board: Body, meeting: Meeting
) -> None:
    transcript = make_transcript(any_session, meeting, "One. Two. Three. Four.")
    scores = {"One.": 0.6, "Two.": 0.8, "Three.": 0.95, "Four.": 0.9}
    made = {}
    for words, score in scores.items():
        place = {"transcript_id": transcript.id, "passage_id": make_passage(any_session, transcript, words).id}
        made[words] = make_proposal(any_session, meeting, score=score, **place).id
    for words, leader in (("One.", "One."), ("Three.", "One.")):
        any_session.add(Meaning(proposal_id=made[words], leader_id=made[leader], vector=b""))
        any_session.flush()
    assert shown(any_session, board) == [made[words] for words in ("One.", "Three.", "Four.", "Two.")]


def test_an_entry_has_its_words_and_who_speaks(any_session: Session, meeting: Meeting) -> None:
    made = make_proposal(any_session, meeting, make_person(any_session))
    entry = queries.entry(any_session, made)
    assert entry.quote.startswith("We should keep an archive")
    assert (entry.speaker, entry.meeting.slug, entry.is_clear) == ("Ana Silva", "taking-stock", True)


def test_a_snoozed_one_waits_again_when_its_time_is_over(any_session: Session, board: Body, meeting: Meeting) -> None:
    made = make_proposal(any_session, meeting)
    snooze(any_session, made, TOMORROW, by=SYSTEM, now=NOW)
    assert shown(any_session, board) == []
    assert shown(any_session, board, Showing(TriageState.SNOOZED)) == [made.id]
    assert shown(any_session, board, now=TOMORROW) == [made.id]


def test_counts_tell_how_far_triage_has_come(any_session: Session, board: Body, meeting: Meeting) -> None:
    for state in (TriageState.WAITING, TriageState.WAITING, TriageState.ITEM):
        make_proposal(any_session, meeting, state=state)
    snooze(any_session, make_proposal(any_session, meeting), TOMORROW, by=SYSTEM, now=NOW)
    counts = queue.counts(any_session, board.id, EVERYTHING, TOMORROW)
    assert counts == {**dict.fromkeys(TriageState, 0), TriageState.WAITING: 3, TriageState.ITEM: 1}


def test_a_meeting_can_be_asked_for_by_its_slug(any_session: Session, board: Body, meeting: Meeting) -> None:
    make_proposal(any_session, meeting)
    other = make_proposal(any_session, make_meeting(any_session, board, slug="second"))
    wanted = Showing(TriageState.WAITING, "second")
    assert shown(any_session, board, wanted) == [other.id]
    assert queue.counts(any_session, board.id, wanted, NOW)[TriageState.WAITING] == 1


def of_version(session: Session, meeting: Meeting, number: int, **values: Any) -> Proposal:
    """A proposal in that version of the meeting's transcript."""
    text = f"We should keep an archive, says version {number}."
    transcript = make_transcript(session, meeting, text, number=number)
    place = {"transcript_id": transcript.id, "passage_id": make_passage(session, transcript, text).id}
    return make_proposal(session, meeting, **place, **values)


def test_what_was_found_in_a_superseded_version_does_not_wait(
    any_session: Session, board: Body, meeting: Meeting
) -> None:
    old, new = (of_version(any_session, meeting, number) for number in (1, 2))
    assert shown(any_session, board) == shown(any_session, board, EVERYTHING) == [new.id]
    assert queue.counts(any_session, board.id, EVERYTHING, NOW)[TriageState.WAITING] == 1
    assert following(any_session, board, old) == new.id


@pytest.mark.parametrize("kept", [{"state": TriageState.SET_ASIDE}, {"source": ProposalSource.HAND}])
def test_what_was_decided_or_marked_by_hand_in_an_earlier_version_stays(
    any_session: Session, board: Body, meeting: Meeting, kept: dict[str, Any]
) -> None:
    old = of_version(any_session, meeting, 1, **kept)
    of_version(any_session, meeting, 2)
    assert old.id in shown(any_session, board, Showing(old.state))


def test_another_register_has_its_own_queue(any_session: Session, board: Body, meeting: Meeting) -> None:
    made = make_proposal(any_session, meeting)
    other = make_register(any_session, slug="park-board")
    assert shown(any_session, other) == []
    assert queries.proposal(any_session, other.id, made.id) is None
    assert queries.proposal(any_session, board.id, made.id) is made


def test_what_was_decided_last_is_listed_first(any_session: Session, board: Body, meeting: Meeting) -> None:
    first, second = make_proposal(any_session, meeting), make_proposal(any_session, meeting)
    set_aside(any_session, first, AsideReason.OTHER, by=SYSTEM, now=NOW)
    set_aside(any_session, second, AsideReason.OTHER, by=SYSTEM, now=TOMORROW)
    assert shown(any_session, board, Showing(TriageState.SET_ASIDE)) == [second.id, first.id]


def test_after_a_decision_comes_the_next_in_the_queue(any_session: Session, board: Body, meeting: Meeting) -> None:
    first, second, third = [make_proposal(any_session, meeting) for _ in range(3)]
    set_aside(any_session, second, AsideReason.OTHER, by=SYSTEM, now=NOW)
    assert following(any_session, board, second) == third.id
    assert following(any_session, board, third) == first.id
    assert following(any_session, board, first) == third.id


def test_after_the_last_one_nothing_follows(any_session: Session, board: Body, meeting: Meeting) -> None:
    only = make_proposal(any_session, meeting)
    assert following(any_session, board, only) is None


def test_one_can_take_back_what_they_themselves_decided_last(
    any_session: Session, board: Body, meeting: Meeting
) -> None:
    ana = make_person(any_session).id
    mine, others = make_proposal(any_session, meeting), make_proposal(any_session, meeting)
    set_aside(any_session, mine, AsideReason.OTHER, by=Actor(ana, ChangeWay.BROWSER), now=NOW)
    set_aside(any_session, others, AsideReason.OTHER, by=SYSTEM, now=TOMORROW)
    assert queries.last_decided(any_session, board.id, ana) is mine


def test_the_statements_of_a_page_do_not_grow_with_its_rows(session: Session) -> None:
    board = make_register(session)
    meeting = make_meeting(session, board)
    counted = []
    for _ in range(2):
        for _ in range(5):
            make_proposal(session, meeting, make_person(session, email=None))
        session.flush()
        with statements(session) as seen:
            shown(session, board)
        counted.append(len(seen))
    assert counted[0] == counted[1] == 3
