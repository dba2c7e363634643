"""A passage that the detector missed is marked by hand and waits like any other."""

from typing import Any

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, SYSTEM, make_meeting, make_person, make_register, make_transcript
from tracker.errors import Refused
from tracker.history_queries import of_subject
from tracker.people.models import Body
from tracker.proposals.models import Proposal, ProposalKind, ProposalSource, TriageState
from tracker.proposals.queries import entry
from tracker.transcripts.models import Passage, Transcript
from tracker.transcripts.speakers.attribution import assign_label
from tracker.transcripts.text_positions import Span
from tracker.triage.changes import mark_by_hand

WORDS = "We should keep it. And open it on Sundays, for everybody who works in the week and cannot come, all the year."
FIRST = Span(10, 28)
SECOND = Span(29, 10 + len(WORDS))


@pytest.fixture
def transcript(any_session: Session) -> Transcript:
    meeting = make_meeting(any_session, make_register(any_session))
    return make_transcript(any_session, meeting, f"MS SILVA: {WORDS}")


def mark(session: Session, transcript: Transcript, span: Span = FIRST, **values: Any) -> Proposal:
    options = {"kind": ProposalKind.CALL, "by": SYSTEM, "now": NOW, **values}
    return mark_by_hand(session, transcript, span, **options)


def test_a_marked_passage_waits_in_front(any_session: Session, transcript: Transcript) -> None:
    marked = mark(any_session, transcript, title="Keep it")
    any_session.commit()
    assert (marked.state, marked.source, marked.title) == (TriageState.WAITING, ProposalSource.HAND, "Keep it")
    assert entry(any_session, marked).quote == "We should keep it."
    assert entry(any_session, marked).is_clear


def test_it_is_the_words_of_who_speaks_there(any_session: Session, transcript: Transcript) -> None:
    assign_label(any_session, transcript, "MS SILVA", make_person(any_session), instead_of=None, by=SYSTEM, now=NOW)
    marked = entry(any_session, mark(any_session, transcript))
    assert (marked.speaker, marked.turn_seq) == ("Ana Silva", 1)


def test_without_a_title_it_has_its_first_words(any_session: Session, transcript: Transcript) -> None:
    title = mark(any_session, transcript, SECOND, title=" ").title
    assert title.startswith("And open it on Sundays")
    assert title.endswith("…")
    assert len(title) <= 80


def test_marking_leaves_its_line(any_session: Session, transcript: Transcript) -> None:
    marked = mark(any_session, transcript)
    (line,) = of_subject(any_session, f"proposal:{marked.id}")
    assert line.after == {"kind": "call", "start": 10, "end": 28}
    assert line.body_id == any_session.exec(select(Body.id)).one()


def test_a_passage_that_an_item_cites_already_is_taken_as_it_is(any_session: Session, transcript: Transcript) -> None:
    any_session.add(Passage(sha256=transcript.sha256, start=FIRST.start, end=FIRST.end))
    mark(any_session, transcript)
    any_session.commit()
    assert any_session.exec(select(Passage.transcript_id)).all() == [transcript.id]


def test_a_passage_is_not_marked_twice(any_session: Session, transcript: Transcript) -> None:
    mark(any_session, transcript)
    with pytest.raises(Refused, match="already in the queue"):
        mark(any_session, transcript)


@pytest.mark.parametrize("span", [Span(0, 0), Span(20, 10), Span(-1, 10), Span(100, 10_000)])
def test_a_place_that_the_text_has_not_is_refused(any_session: Session, transcript: Transcript, span: Span) -> None:
    with pytest.raises(Refused, match="no such place"):
        mark(any_session, transcript, span)
