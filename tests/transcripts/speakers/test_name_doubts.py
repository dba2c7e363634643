"""Two names that may be one person's: nobody is merged before a person says so, and that can be taken back."""

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, SYSTEM, make_meeting, make_person, make_register, make_transcript
from tracker.errors import Refused, Stale
from tracker.history import Event
from tracker.people.models import Label, Person
from tracker.transcripts.models import DoubtState, SpeakerDoubt, Transcript
from tracker.transcripts.queries import spoken
from tracker.transcripts.speakers.attribution import assign_label, assign_turns, labels_of_same_person, turns_of
from tracker.transcripts.speakers.name_doubts import reopen_doubt, settle_doubt
from tracker.transcripts.speakers.speaker_candidates import note_candidates, note_likely

SPEECHES = "MR BERG: One.\n\nMR BERGH: Two.\n\nCHAIR: Three.\n\nMR BERGHE: Four."


@pytest.fixture
def transcript(any_session: Session) -> Transcript:
    made = make_transcript(any_session, make_meeting(any_session, make_register(any_session)), SPEECHES)
    pairs = [("MR BERG", "MR BERGH"), ("MR BERGHE", "MR BERGH")]
    note_candidates(any_session, made, [], pairs, by=SYSTEM, now=NOW)
    return made


@pytest.fixture
def bo(any_session: Session) -> Person:
    return make_person(any_session, "Bo Berg")


def say(session: Session, transcript: Transcript, place: int, state: DoubtState, version: int = 1) -> Event:
    doubt = session.exec(select(SpeakerDoubt).order_by(SpeakerDoubt.id)).all()[place]
    return settle_doubt(session, transcript, doubt, state, version=version, by=SYSTEM, now=NOW)


def give(session: Session, transcript: Transcript, label: str, person: Person) -> Event:
    return assign_label(session, transcript, label, person, instead_of=None, by=SYSTEM, now=NOW)


def who(session: Session, transcript: Transcript) -> list[str | None]:
    return [one.person for one in spoken(session, transcript.id)]


def test_nothing_is_merged_while_a_doubt_is_open(any_session: Session, transcript: Transcript, bo: Person) -> None:
    give(any_session, transcript, "MR BERG", bo)
    assert who(any_session, transcript) == ["Bo Berg", None, None, None]


def test_one_person_gets_the_turns_of_both(any_session: Session, transcript: Transcript, bo: Person) -> None:
    give(any_session, transcript, "MR BERG", bo)
    say(any_session, transcript, 0, DoubtState.SAME)
    any_session.commit()
    assert who(any_session, transcript) == ["Bo Berg", "Bo Berg", None, None]


def test_what_is_said_of_one_later_holds_for_all(any_session: Session, transcript: Transcript, bo: Person) -> None:
    say(any_session, transcript, 0, DoubtState.SAME)
    say(any_session, transcript, 1, DoubtState.SAME)
    assert labels_of_same_person(any_session, transcript, "MR BERG") == {"MR BERG", "MR BERGH", "MR BERGHE"}
    give(any_session, transcript, "MR BERGH", bo)
    assert who(any_session, transcript) == ["Bo Berg", "Bo Berg", None, "Bo Berg"]
    assert len(any_session.exec(select(Label)).all()) == 3


def test_two_people_stay_two(any_session: Session, transcript: Transcript, bo: Person) -> None:
    say(any_session, transcript, 0, DoubtState.DIFFERENT)
    give(any_session, transcript, "MR BERG", bo)
    assert who(any_session, transcript) == ["Bo Berg", None, None, None]


def test_what_is_given_to_two_people_is_not_one(any_session: Session, transcript: Transcript, bo: Person) -> None:
    give(any_session, transcript, "MR BERG", bo)
    give(any_session, transcript, "MR BERGH", make_person(any_session))
    with pytest.raises(Refused, match="different people"):
        say(any_session, transcript, 0, DoubtState.SAME)


def test_a_known_person_gets_the_label_that_was_theirs(
    any_session: Session, transcript: Transcript, bo: Person
) -> None:
    assert note_likely(any_session, transcript, [("MR BERGHE", bo.id)]) == 1
    say(any_session, transcript, 2, DoubtState.SAME)
    assert who(any_session, transcript) == [None, None, None, "Bo Berg"]


def test_a_settled_doubt_is_opened_again(any_session: Session, transcript: Transcript, bo: Person) -> None:
    give(any_session, transcript, "MR BERG", bo)
    event = say(any_session, transcript, 0, DoubtState.SAME)
    reopen_doubt(any_session, transcript, event, by=SYSTEM, now=NOW)
    any_session.commit()
    assert who(any_session, transcript) == ["Bo Berg", None, None, None]
    assert [label.text for label in any_session.exec(select(Label))] == ["MR BERG"]


def test_the_second_who_settles_is_told(any_session: Session, transcript: Transcript) -> None:
    say(any_session, transcript, 0, DoubtState.DIFFERENT)
    with pytest.raises(Stale):
        say(any_session, transcript, 0, DoubtState.SAME)


def test_what_was_changed_since_is_not_taken_back(any_session: Session, transcript: Transcript, bo: Person) -> None:
    give(any_session, transcript, "MR BERG", bo)
    event = say(any_session, transcript, 0, DoubtState.SAME)
    second = turns_of(any_session, transcript)[1:2]
    assign_turns(any_session, transcript, second, None, by=SYSTEM, now=NOW)
    with pytest.raises(Stale):
        reopen_doubt(any_session, transcript, event, by=SYSTEM, now=NOW)
