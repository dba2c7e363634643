"""Turns split and joined: what was cut from them keeps its place and gets the right turn, speaker and number."""

import pytest
from sqlmodel import Session, col, select

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
from tracker.errors import Refused, Stale
from tracker.history_queries import of_subject
from tracker.meetings.models import Meeting
from tracker.people.models import Person
from tracker.proposals.models import Proposal
from tracker.proposals.turn_cuts import join, split
from tracker.proposals.undo_speaker_decisions import decisions, undo
from tracker.transcripts.models import JoinedTurn, Passage, Transcript, Turn
from tracker.transcripts.speakers.attribution import assign_turns, turns_of

SPEECHES = "MS SILVA: Keep it. Thanks. MR BERG: Open it.\n\nCHAIR: Well.\n\nMS SILVA: Yes."
OPEN = SPEECHES.index("MR BERG")


@pytest.fixture
def transcript(any_session: Session) -> Transcript:
    meeting = make_meeting(any_session, make_register(any_session))
    made = make_transcript(any_session, meeting, SPEECHES)
    first = turns_of(any_session, made)[0]
    for words in ("Keep it.", "Open it."):
        ids = {"passage_id": make_passage(any_session, made, words).id, "turn_id": first.id}
        make_proposal(any_session, meeting, transcript_id=made.id, **ids)
    assign_turns(any_session, made, [first], make_person(any_session), by=SYSTEM, now=NOW)
    return made


def cut(session: Session, transcript: Transcript, at: int = OPEN, **values: object) -> Turn:
    first = turns_of(session, transcript)[0]
    options = {"version": first.version, "by": SYSTEM, "now": NOW, **values}
    return split(session, transcript, first, at, **options)  # type: ignore[arg-type]


def glue(session: Session, transcript: Transcript, place: int = 0) -> Turn:
    turn = turns_of(session, transcript)[place]
    return join(session, transcript, turn, version=turn.version, by=SYSTEM, now=NOW)


def back(session: Session, transcript: Transcript) -> None:
    undo(session, transcript, decisions(session, transcript, 1)[0], by=SYSTEM, now=NOW)
    session.commit()


def said(session: Session, transcript: Transcript) -> list[tuple[int, str | None, str]]:
    turns = turns_of(session, transcript)
    return [(turn.seq, turn.label, transcript.text[turn.start : turn.end]) for turn in turns]


def speakers(session: Session) -> list[str | None]:
    found = select(Person.name).select_from(Passage).outerjoin(Person, col(Passage.speaker_id) == col(Person.id))
    return list(session.exec(found.order_by(col(Passage.start))))


def turns_of_proposals(session: Session) -> list[int]:
    found = select(Turn.seq).join(Proposal, col(Proposal.turn_id) == col(Turn.id)).order_by(col(Proposal.id))
    return list(session.exec(found))


def test_the_second_half_gets_the_next_free_number(any_session: Session, transcript: Transcript) -> None:
    cut(any_session, transcript)
    any_session.commit()
    assert [seq for seq, _, _ in said(any_session, transcript)] == [1, 4, 2, 3]


def test_a_label_that_is_printed_there_is_no_speech(any_session: Session, transcript: Transcript) -> None:
    cut(any_session, transcript, label="MR BERG")
    halves = said(any_session, transcript)[:2]
    assert halves == [(1, "MS SILVA", "Keep it. Thanks."), (4, "MR BERG", "Open it.")]


def test_passages_and_proposals_get_their_turn_and_speaker(any_session: Session, transcript: Transcript) -> None:
    cut(any_session, transcript, person=make_person(any_session, "Bo Berg"))
    any_session.commit()
    assert speakers(any_session) == ["Ana Silva", "Bo Berg"]
    assert turns_of_proposals(any_session) == [1, 4]


def test_a_half_is_nobodys_before_a_person_says_so(any_session: Session, transcript: Transcript) -> None:
    cut(any_session, transcript)
    assert speakers(any_session) == ["Ana Silva", None]


@pytest.mark.parametrize("at", [0, 10, OPEN + 1, 10_000])
def test_a_turn_is_split_at_a_sentence_only(any_session: Session, transcript: Transcript, at: int) -> None:
    with pytest.raises(Refused, match="where one of its sentences begins"):
        cut(any_session, transcript, at)


def test_a_label_that_is_not_printed_there_is_refused(any_session: Session, transcript: Transcript) -> None:
    with pytest.raises(Refused, match="is not printed there"):
        cut(any_session, transcript, label="MR ELM")


def test_the_second_who_splits_is_told(any_session: Session, transcript: Transcript) -> None:
    cut(any_session, transcript)
    with pytest.raises(Stale):
        cut(any_session, transcript, version=2)


def test_a_split_is_taken_back(any_session: Session, transcript: Transcript) -> None:
    before = said(any_session, transcript)
    cut(any_session, transcript, label="MR BERG")
    back(any_session, transcript)
    assert said(any_session, transcript) == before
    assert (speakers(any_session), turns_of_proposals(any_session)) == (["Ana Silva", "Ana Silva"], [1, 1])


def test_a_joined_turn_has_the_words_of_both(any_session: Session, transcript: Transcript) -> None:
    glue(any_session, transcript, 1)
    any_session.commit()
    assert said(any_session, transcript)[1] == (2, "CHAIR", "Well.\n\nMS SILVA: Yes.")
    assert [one.seq for one in any_session.exec(select(JoinedTurn))] == [3]


def test_a_joining_is_taken_back_with_its_number(any_session: Session, transcript: Transcript) -> None:
    before = said(any_session, transcript)
    glue(any_session, transcript)
    back(any_session, transcript)
    assert said(any_session, transcript) == before
    assert any_session.exec(select(JoinedTurn)).all() == []


def test_three_turns_joined_come_apart_again(any_session: Session, transcript: Transcript) -> None:
    before = said(any_session, transcript)
    glue(any_session, transcript, 1)
    glue(any_session, transcript, 0)
    back(any_session, transcript)
    back(any_session, transcript)
    assert said(any_session, transcript) == before


def test_the_last_turn_has_none_to_be_joined_with(any_session: Session, transcript: Transcript) -> None:
    with pytest.raises(Refused, match="last turn"):
        glue(any_session, transcript, 2)


def test_a_number_is_never_given_twice(any_session: Session, transcript: Transcript) -> None:
    glue(any_session, transcript, 1)
    assert cut(any_session, transcript).seq == 4


def test_the_history_tells_of_turns_and_proposals(any_session: Session, transcript: Transcript) -> None:
    cut(any_session, transcript)
    line = of_subject(any_session, f"transcript:{transcript.id}")[-1]
    assert (line.verb, line.after["turn"], line.after["second"]) == ("turn split", 1, 4)
    assert of_subject(any_session, "proposal:2")[-1].after == {"turn": 4}


def test_what_was_changed_since_is_not_taken_back(any_session: Session, transcript: Transcript) -> None:
    second = cut(any_session, transcript)
    split_line = decisions(any_session, transcript, 1)[0]
    assign_turns(any_session, transcript, [second], make_person(any_session, "Bo Berg"), by=SYSTEM, now=NOW)
    with pytest.raises(Stale):
        undo(any_session, transcript, split_line, by=SYSTEM, now=NOW)


def test_a_decision_is_taken_back_once(any_session: Session, transcript: Transcript) -> None:
    line = decisions(any_session, transcript, 1)[0]
    undo(any_session, transcript, line, by=SYSTEM, now=NOW)
    assert decisions(any_session, transcript, 1) == []
    with pytest.raises(Stale, match="undone already"):
        undo(any_session, transcript, line, by=SYSTEM, now=NOW)


def test_a_line_of_another_transcript_is_refused(any_session: Session, transcript: Transcript) -> None:
    line = decisions(any_session, transcript, 1)[0]
    other = make_transcript(any_session, any_session.get_one(Meeting, transcript.meeting_id), "Other.")
    with pytest.raises(Refused):
        undo(any_session, other, line, by=SYSTEM, now=NOW)
