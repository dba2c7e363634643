"""For whom somebody spoke: read from their words, until a person says it."""

import pytest
from sqlmodel import Session

from tests.factories import NOW, SYSTEM, make_meeting, make_register, make_transcript
from tracker.errors import Stale
from tracker.history import Event
from tracker.transcripts.models import Transcript, Turn
from tracker.transcripts.speakers.attribution import turns_of
from tracker.transcripts.speakers.speaking_for import SpokenCapacity, note_speaking, speaking, undo_capacity

SPEECHES = "MS SILVA: I speak on behalf of the Bridge Society. We should keep it. In my personal capacity I like it."


@pytest.fixture
def transcript(any_session: Session) -> Transcript:
    return make_transcript(any_session, make_meeting(any_session, make_register(any_session)), SPEECHES)


@pytest.fixture
def turn(any_session: Session, transcript: Transcript) -> Turn:
    return turns_of(any_session, transcript)[0]


def note(session: Session, transcript: Transcript, turn: Turn, said: SpokenCapacity, version: int = 1) -> Event:
    return note_speaking(session, transcript, turn, said, version=version, by=SYSTEM, now=NOW)


def test_a_turns_words_say_for_whom(turn: Turn) -> None:
    read = speaking(SPEECHES, turn)
    assert (read.capacity, read.is_settled) == ("organisation", False)
    assert "Bridge Society" in (read.capacity_of or "")


def test_a_passages_own_words_go_first(turn: Turn) -> None:
    assert speaking(SPEECHES, turn, SPEECHES.index("In my"), len(SPEECHES)).capacity == "own"


def test_what_a_person_says_goes_before_what_is_read(any_session: Session, transcript: Transcript, turn: Turn) -> None:
    note(any_session, transcript, turn, SpokenCapacity("chair", channel="remote"))
    any_session.commit()
    assert speaking(SPEECHES, turn) == SpokenCapacity("chair", None, "remote", False, is_settled=True)


def test_nothing_said_is_said_too(any_session: Session, transcript: Transcript, turn: Turn) -> None:
    note(any_session, transcript, turn, SpokenCapacity())
    assert not speaking(SPEECHES, turn)


def test_it_can_be_taken_back(any_session: Session, transcript: Transcript, turn: Turn) -> None:
    note(any_session, transcript, turn, SpokenCapacity("coalition-or-group", "the Mill Group"))
    event = note(any_session, transcript, turn, SpokenCapacity("own"), version=2)
    undo_capacity(any_session, transcript, event, by=SYSTEM, now=NOW)
    any_session.commit()
    assert (turn.capacity, turn.capacity_of) == ("coalition-or-group", "the Mill Group")


def test_the_second_who_notes_is_told(any_session: Session, transcript: Transcript, turn: Turn) -> None:
    note(any_session, transcript, turn, SpokenCapacity("own"))
    with pytest.raises(Stale):
        note(any_session, transcript, turn, SpokenCapacity("chair"))
