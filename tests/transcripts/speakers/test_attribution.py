"""Whose a label is, a person says: for its turns, or for one of them alone."""

import pytest
from sqlmodel import Session, col, select

from tests.factories import NOW, SYSTEM, make_meeting, make_person, make_register, make_term, make_transcript
from tracker.errors import Refused, Stale
from tracker.history_queries import of_subject, wordings
from tracker.people.models import Body, Label, Person
from tracker.transcripts.models import Passage, Transcript, Turn
from tracker.transcripts.queries import people, spoken, voices
from tracker.transcripts.speakers.attribution import assign_label, assign_turns

SPEECHES = "MS SILVA: We should keep it.\n\nCHAIR: Thank you.\n\nMS SILVA: And open it.\n\nHello."


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


@pytest.fixture
def transcript(any_session: Session, board: Body) -> Transcript:
    return make_transcript(any_session, make_meeting(any_session, board), SPEECHES)


@pytest.fixture
def ana(any_session: Session) -> Person:
    return make_person(any_session)


def assign(session: Session, transcript: Transcript, person: Person, label: str = "MS SILVA", **values: object) -> int:
    options = {"instead_of": None, "by": SYSTEM, "now": NOW, **values}
    event = assign_label(session, transcript, label, person, **options)  # type: ignore[arg-type]
    return len(event.after["touched"])


def who(session: Session, transcript: Transcript) -> list[str | None]:
    return [one.person for one in spoken(session, transcript.id)]


def turn(session: Session, transcript: Transcript, seq: int) -> Turn:
    wanted = col(Turn.transcript_id) == transcript.id, col(Turn.seq) == seq
    return session.exec(select(Turn).where(*wanted)).one()


def test_all_turns_of_a_label_are_given_to_a_person(any_session: Session, transcript: Transcript, ana: Person) -> None:
    assert assign(any_session, transcript, ana) == 2
    any_session.commit()
    assert who(any_session, transcript) == ["Ana Silva", None, "Ana Silva", None]


def test_one_turn_may_be_somebody_elses(any_session: Session, transcript: Transcript, ana: Person) -> None:
    bo = make_person(any_session, "Bo Berg")
    assign_turns(any_session, transcript, [turn(any_session, transcript, 3)], bo, by=SYSTEM, now=NOW)
    assert assign(any_session, transcript, ana) == 1
    assert who(any_session, transcript) == ["Ana Silva", None, "Bo Berg", None]


def test_the_passages_of_the_turns_know_who_speaks(any_session: Session, transcript: Transcript, ana: Person) -> None:
    first, second = turn(any_session, transcript, 1), turn(any_session, transcript, 2)
    for one in (first, second):
        any_session.add(Passage(sha256=transcript.sha256, start=one.start, end=one.end))
    assign(any_session, transcript, ana)
    any_session.commit()
    speakers = any_session.exec(select(Passage.speaker_id).order_by(col(Passage.start))).all()
    assert speakers == [ana.id, None]


def test_the_history_says_who_it_was_before(any_session: Session, transcript: Transcript, ana: Person) -> None:
    assign(any_session, transcript, ana)
    bo = make_person(any_session, "Bo Berg")
    assign(any_session, transcript, bo, instead_of=ana.id)
    line = of_subject(any_session, f"transcript:{transcript.id}")[-1]
    assert (line.before["people"], line.after["touched"], line.after["person"]) == (
        {"1": ana.id, "3": ana.id},
        [1, 3],
        bo.id,
    )
    assert wordings(any_session, [line]) == {line.after["label"]["wording"]: "MS SILVA"}


def test_a_label_is_remembered_for_later_transcripts(any_session: Session, transcript: Transcript, ana: Person) -> None:
    assign(any_session, transcript, ana)
    bo = make_person(any_session, "Bo Berg")
    assign(any_session, transcript, bo, instead_of=ana.id)
    any_session.commit()
    assert [(label.text, label.person_id) for label in any_session.exec(select(Label))] == [("MS SILVA", bo.id)]


@pytest.mark.parametrize(("label", "remember"), [("CHAIR", True), ("MS SILVA", False)])
def test_a_role_or_an_unwanted_label_is_not_remembered(
    any_session: Session, transcript: Transcript, ana: Person, label: str, remember: bool
) -> None:
    assign(any_session, transcript, ana, label, remember=remember)
    assert any_session.exec(select(Label)).all() == []


def test_a_page_that_shows_it_otherwise_is_refused(any_session: Session, transcript: Transcript, ana: Person) -> None:
    assign(any_session, transcript, ana)
    with pytest.raises(Stale, match="as you saw it any more"):
        assign(any_session, transcript, make_person(any_session, "Bo Berg"))


def test_a_turn_can_be_nobodys_again(any_session: Session, transcript: Transcript, ana: Person) -> None:
    first = turn(any_session, transcript, 1)
    assign_turns(any_session, transcript, [first], ana, by=SYSTEM, now=NOW)
    assign_turns(any_session, transcript, [first], None, by=SYSTEM, now=NOW)
    assert who(any_session, transcript)[0] is None
    with pytest.raises(Refused, match="stands already"):
        assign_turns(any_session, transcript, [first], None, by=SYSTEM, now=NOW)


def test_whom_nobody_knows_is_listed_first(any_session: Session, transcript: Transcript, ana: Person) -> None:
    assign(any_session, transcript, ana)
    found = voices(spoken(any_session, transcript.id))
    assert [(voice.label, voice.turns) for voice in found] == [("CHAIR", (2,)), (None, (4,)), ("MS SILVA", (1, 3))]


def test_only_ones_own_people_can_be_chosen(any_session: Session, board: Body, ana: Person) -> None:
    park = make_register(any_session, slug="park-board")
    bo, pia = make_person(any_session, "Bo Berg"), make_person(any_session, "Pia Parkwoman")
    make_term(any_session, bo, board)
    make_term(any_session, pia, park)
    assert [name for _, name in people(any_session, board.id)] == ["Ana Silva", "Bo Berg"]
