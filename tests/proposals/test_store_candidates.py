"""What the detector finds waits in the queue, once."""

from dataclasses import replace

from sqlmodel import Session, select

from tests.detector.texts import found
from tests.factories import NOW, SYSTEM, make_meeting, make_milestone, make_register
from tracker.history_queries import of_subject
from tracker.proposals.models import Proposal, ProposalSource, Reference, TriageState
from tracker.proposals.store_candidates import store
from tracker.transcripts.changes import import_transcript
from tracker.transcripts.models import Passage, Transcript
from tracker.transcripts.reading.turns import turns

TEXT = """MS OAK: The secretariat should publish a map of the sirens by the next consultations.

MR ELM: I fully support the map of the sirens.
"""


def stored(session: Session) -> tuple[Transcript, list[Proposal]]:
    meeting = make_meeting(session, make_register(session))
    transcript = import_transcript(session, meeting, "a", TEXT.encode(), TEXT, turns(TEXT), by=SYSTEM, now=NOW)
    numbers = store(session, transcript, found(TEXT), by=SYSTEM, now=NOW)
    return transcript, [session.get_one(Proposal, number) for number in numbers]


def test_candidates_wait_as_the_detector_read_them(any_session: Session) -> None:
    _, proposals = stored(any_session)
    any_session.commit()
    assert [(one.kind.value, one.state, one.source) for one in proposals] == [
        ("recommendation", TriageState.WAITING, ProposalSource.DETECTOR),
        ("support", TriageState.WAITING, ProposalSource.DETECTOR),
    ]
    assert (proposals[0].addressee, proposals[0].due_hint) == ("secretariat", "by the next consultations")


def test_a_support_refers_to_what_it_supports(session: Session) -> None:
    _, (first, second) = stored(session)
    reference = session.exec(select(Reference)).one()
    assert (reference.proposal_id, reference.earlier_id) == (second.id, first.id)


def test_a_slug_becomes_the_registers_milestone(session: Session) -> None:
    board = make_register(session)
    milestone, meeting = make_milestone(session, board), make_meeting(session, board)
    transcript = import_transcript(session, meeting, "a", TEXT.encode(), TEXT, turns(TEXT), by=SYSTEM, now=NOW)
    one = replace(found(TEXT)[0], milestone=milestone.slug)
    (number,) = store(session, transcript, [one], by=SYSTEM, now=NOW)
    assert session.get_one(Proposal, number).milestone_id == milestone.id


def test_storing_twice_keeps_what_was_decided(session: Session) -> None:
    transcript, proposals = stored(session)
    proposals[0].state = TriageState.SNOOZED
    assert store(session, transcript, found(TEXT), by=SYSTEM, now=NOW) == []
    assert proposals[0].state is TriageState.SNOOZED


def test_each_is_in_the_history(session: Session) -> None:
    _, proposals = stored(session)
    session.commit()
    assert [of_subject(session, f"proposal:{one.id}")[-1].verb for one in proposals] == ["found", "found"]


def test_the_result_of_a_motion_is_a_passage_of_nobody(any_session: Session) -> None:
    transcript, _ = stored(any_session)
    start = TEXT.index("I fully support")
    one = replace(found(TEXT)[0], end=found(TEXT)[0].end - 1, result=(start, start + 15))
    (number,) = store(any_session, transcript, [one], by=SYSTEM, now=NOW)
    result = any_session.get_one(Passage, any_session.get_one(Proposal, number).result_id)
    assert (TEXT[result.start : result.end], result.speaker_id) == ("I fully support", None)


def test_marks_of_a_passage_are_kept(any_session: Session) -> None:
    transcript, _ = stored(any_session)
    one = replace(found(TEXT)[0], end=found(TEXT)[0].end - 1, hole=True, exchange=True, reported=True)
    kept = any_session.get_one(Proposal, store(any_session, transcript, [one], by=SYSTEM, now=NOW)[0])
    any_session.commit()
    assert (kept.hole, kept.exchange, kept.reported) == (True, True, True)


def test_a_passage_without_a_title_is_named_by_its_first_words_and_its_item_is_not(session: Session) -> None:
    meeting = make_meeting(session, make_register(session))
    transcript = import_transcript(session, meeting, "a", TEXT.encode(), TEXT, turns(TEXT), by=SYSTEM, now=NOW)
    (number,) = store(session, transcript, [replace(found(TEXT)[0], title="")], by=SYSTEM, now=NOW)
    proposal = session.get_one(Proposal, number)
    assert proposal.title == "The secretariat should publish a map of the sirens by the next consultations…"
    assert proposal.item_title == ""


def test_the_title_that_was_made_is_offered_to_the_item(session: Session) -> None:
    _, (first, _) = stored(session)
    assert first.item_title == first.title == "Publish a map of the sirens by the next consultations"
