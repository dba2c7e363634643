"""What the assistant found joins what stands in the queue, and never decides anything."""

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.factories import (
    NOW,
    SYSTEM,
    made,
    make_meeting,
    make_milestone,
    make_passage,
    make_register,
    make_transcript,
)
from tracker.assistant.answer_check import NO_SCORE
from tracker.assistant.store_findings import StoredFindings, store_findings
from tracker.detector.candidate import Candidate
from tracker.history import Event
from tracker.people.models import Body
from tracker.proposals.models import AsideReason, Proposal, ProposalKind, ProposalSource, TriageState
from tracker.transcripts.models import Passage, Transcript
from tracker.triage.changes import set_aside

TEXT = "MS OAK: The city should print the map. It should be free for all.\n\nMR ELM: We will bring the lamps by spring."
MAP, FREE = "The city should print the map.", "It should be free for all."


@pytest.fixture
def transcript(any_session: Session) -> Transcript:
    board: Body = make_register(any_session)
    make_milestone(any_session, board, slug="spring")
    kept = make_transcript(any_session, make_meeting(any_session, board), TEXT)
    any_session.commit()
    return kept


def candidate(words: str, **values: object) -> Candidate:
    start = TEXT.index(words)
    plain = Candidate(
        start, start + len(words), 1, "MS OAK", None, "recommendation", None, None, None, "Print", NO_SCORE
    )
    return replace(plain, **values)  # type: ignore[arg-type]


def standing(session: Session, transcript: Transcript, words: str, **values: Any) -> Proposal:
    place = make_passage(session, transcript, words)
    plain: dict[str, Any] = {
        "kind": ProposalKind.CALL,
        "title": "Print it",
        "source": ProposalSource.DETECTOR,
        "score": 0.4,
    }
    proposal = Proposal(transcript_id=transcript.id, passage_id=place.id, **{**plain, **values})
    made(session, proposal)
    session.commit()
    return proposal


def store(session: Session, transcript: Transcript, *candidates: Candidate) -> StoredFindings:
    stored = store_findings(session, transcript, candidates, by=SYSTEM, now=NOW)
    session.commit()
    return stored


def in_queue(session: Session) -> list[Proposal]:
    rows = select(Proposal).join(Passage, col(Passage.id) == col(Proposal.passage_id)).order_by(col(Passage.start))
    return list(session.exec(rows))


def test_a_passage_that_is_new_waits_as_found_by_the_assistant(any_session: Session, transcript: Transcript) -> None:
    found = candidate(MAP, addressee="The city", due_hint="by spring", milestone="spring")
    assert store(any_session, transcript, found) == (1, 0)
    [proposal] = in_queue(any_session)
    assert (proposal.source, proposal.state) == (ProposalSource.ASSISTANT, TriageState.WAITING)
    assert (proposal.addressee, proposal.due_hint, proposal.milestone_id is not None) == ("The city", "by spring", True)
    after = any_session.exec(select(Event.after).where(col(Event.verb) == "found")).one()
    assert after == {"kind": "recommendation", "source": "assistant"}


@pytest.mark.parametrize("words", [MAP, "print the map", f"{MAP} {FREE}", f"map. {FREE}"])
def test_a_passage_that_shares_words_with_one_that_waits_is_one(
    any_session: Session, transcript: Transcript, words: str
) -> None:
    before = standing(any_session, transcript, MAP)
    assert store(any_session, transcript, candidate(words, addressee="The city")) == (0, 1)
    [proposal] = in_queue(any_session)
    assert (proposal.id, proposal.source) == (before.id, ProposalSource.BOTH)
    assert (proposal.kind, proposal.title, proposal.addressee) == (ProposalKind.CALL, "Print it", "The city")
    assert (proposal.score, proposal.is_clear, proposal.version) == (0.4, True, 1)


def test_what_was_read_from_a_passage_already_stays(any_session: Session, transcript: Transcript) -> None:
    standing(any_session, transcript, MAP, addressee="the mayor", due_hint="soon", score=0.9)
    store(any_session, transcript, candidate(MAP, addressee="The city", due_hint="by spring", milestone="spring"))
    [proposal] = in_queue(any_session)
    assert (proposal.addressee, proposal.due_hint, proposal.milestone_id) == ("the mayor", "soon", None)
    assert proposal.score == 0.9


def test_what_may_be_reported_is_so_from_then_on_and_an_open_page_is_out_of_date(
    any_session: Session, transcript: Transcript
) -> None:
    standing(any_session, transcript, MAP)
    store(any_session, transcript, candidate(MAP, reported=True))
    [proposal] = in_queue(any_session)
    assert (proposal.reported, proposal.version) == (True, 2)
    store(any_session, transcript, candidate(MAP, reported=False))
    assert proposal.reported


def test_the_same_find_twice_changes_nothing(any_session: Session, transcript: Transcript) -> None:
    store(any_session, transcript, candidate(MAP), candidate(FREE))
    events = len(any_session.exec(select(Event.id)).all())
    assert store(any_session, transcript, candidate(MAP), candidate(FREE)) == (0, 2)
    assert {proposal.source for proposal in in_queue(any_session)} == {ProposalSource.ASSISTANT}
    assert len(any_session.exec(select(Event.id)).all()) == events


def test_what_a_person_marked_stays_theirs(any_session: Session, transcript: Transcript) -> None:
    standing(any_session, transcript, MAP, source=ProposalSource.HAND)
    store(any_session, transcript, candidate(MAP, addressee="The city", reported=True))
    [proposal] = in_queue(any_session)
    assert (proposal.source, proposal.addressee, proposal.reported) == (ProposalSource.HAND, None, False)


def test_what_a_person_decided_stays_decided(any_session: Session, transcript: Transcript) -> None:
    proposal = standing(any_session, transcript, MAP)
    set_aside(any_session, proposal, AsideReason.TOO_GENERAL, by=SYSTEM, now=NOW)
    any_session.commit()
    version = proposal.version
    store(any_session, transcript, candidate(MAP, addressee="The city", reported=True))
    assert (proposal.state, proposal.version, proposal.addressee) == (TriageState.SET_ASIDE, version, None)
    assert proposal.source is ProposalSource.BOTH


def test_one_that_holds_two_is_joined_to_both(any_session: Session, transcript: Transcript) -> None:
    standing(any_session, transcript, MAP)
    standing(any_session, transcript, FREE)
    assert store(any_session, transcript, candidate(f"{MAP} {FREE}")) == (0, 2)
    assert [proposal.source for proposal in in_queue(any_session)] == [ProposalSource.BOTH] * 2
