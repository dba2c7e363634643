"""Speakers that were settled in one version are settled in the next."""

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, SYSTEM, make_meeting, make_passage, make_person, make_register, make_transcript
from tracker.history_queries import of_subject
from tracker.meetings.models import Meeting
from tracker.people.models import Person
from tracker.transcripts.models import Passage, Transcript, Turn
from tracker.transcripts.speakers.attribution import assign_turns
from tracker.transcripts.speakers.carry_over import carry_speakers
from tracker.transcripts.versions.reanchor_passages import aligned

TEXT = "{0}: The lamps along the road have been dim since the spring, and nobody repairs them.\n\nMR TWO: I see."


@pytest.fixture
def meeting(session: Session) -> Meeting:
    return make_meeting(session, make_register(session))


@pytest.fixture
def ana(session: Session, meeting: Meeting) -> Person:
    """Ana Silva, of whom the secretariat said that she speaks the first turn under NEW SPEAKER."""
    ana, first = make_person(session), make_transcript(session, meeting, TEXT.format("NEW SPEAKER"))
    assign_turns(session, first, turns(session, first)[:1], ana, by=SYSTEM, now=NOW)
    return ana


def turns(session: Session, transcript: Transcript) -> list[Turn]:
    return list(session.exec(select(Turn).where(Turn.transcript_id == transcript.id).order_by(Turn.seq)))


def carried(session: Session, meeting: Meeting, text: str) -> list[int | None]:
    transcript = make_transcript(session, meeting, text)
    carry_speakers(session, transcript, aligned(session, transcript), by=SYSTEM, now=NOW)
    session.commit()
    return [turn.person_id for turn in turns(session, transcript)]


@pytest.mark.parametrize("label", ["NEW SPEAKER", "CHAIR", "MS SILVA", "ANA SYLVA"])
def test_a_turn_keeps_its_speaker_under_their_name_or_none(
    session: Session, meeting: Meeting, ana: Person, label: str
) -> None:
    text = f"MR ZERO: A speech that was missed.\n\n{TEXT.format(label)}".replace("dim", "dimm")
    assert carried(session, meeting, text) == [None, ana.id, None]


def test_a_turn_that_now_is_somebody_elses_is_not_given_to_the_first(
    session: Session, meeting: Meeting, ana: Person
) -> None:
    assert carried(session, meeting, TEXT.format("MR OKONKWO")) == [None, None]


def test_a_turn_with_other_words_is_not_carried(session: Session, meeting: Meeting, ana: Person) -> None:
    other = "NEW SPEAKER: We have heard a great deal about fountains today.\n\nMR TWO: I see."
    assert carried(session, meeting, other) == [None, None]


def test_what_was_carried_is_in_the_history_as_other_decisions_are(
    session: Session, meeting: Meeting, ana: Person
) -> None:
    carried(session, meeting, TEXT.format("SPEAKER"))
    newest = session.exec(select(Transcript).where(Transcript.number == 2)).one()
    line = of_subject(session, f"transcript:{newest.id}")[-1]
    assert (line.verb, line.after["touched"], line.after["person"]) == ("speaker assigned", [1], ana.id)


def test_in_what_capacity_they_spoke_goes_along(session: Session, meeting: Meeting, ana: Person) -> None:
    first = session.exec(select(Turn).where(Turn.seq == 1)).one()
    first.capacity, first.capacity_of = "organisation", "the archive"
    carried(session, meeting, TEXT.format("SPEAKER").replace("dim", "dark"))
    turn = session.exec(select(Turn).where(Turn.seq == 1).order_by(Turn.id.desc())).first()
    assert turn is not None
    assert (turn.capacity, turn.capacity_of) == ("organisation", "the archive")


def test_passages_that_pointed_ahead_get_their_speaker(session: Session, meeting: Meeting, ana: Person) -> None:
    transcript = make_transcript(session, meeting, TEXT.format("NEW SPEAKER").replace("dim", "dark"))
    passage = make_passage(session, transcript, "nobody repairs them")
    carry_speakers(session, transcript, aligned(session, transcript), by=SYSTEM, now=NOW)
    session.commit()
    assert session.get_one(Passage, passage.id).speaker_id == ana.id


def test_the_first_version_has_nobody_to_carry(session: Session, meeting: Meeting) -> None:
    first = make_transcript(session, meeting, TEXT.format("MS ONE"))
    assert carry_speakers(session, first, None, by=SYSTEM, now=NOW) == 0
