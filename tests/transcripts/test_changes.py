"""A transcript is kept byte for byte, in versions, with its turns tied to the people whom the register knows."""

import pytest
from sqlmodel import Session, col, select

from tests.factories import NOW, SYSTEM, made, make_meeting, make_person, make_register
from tracker.errors import Refused
from tracker.history_queries import of_subject
from tracker.meetings.models import Meeting
from tracker.people.models import Label, Person
from tracker.transcripts.changes import import_transcript
from tracker.transcripts.models import Passage, Transcript, Turn
from tracker.transcripts.passages import cite
from tracker.transcripts.reading.turns import turns
from tracker.transcripts.text_positions import digest

TEXT = "CHAIR: Hello.\n\nMS SILVA: We need a map.\n\nNEW SPEAKER: My name is Bo Berg.\n\nMR BERG: Yes.\n"


def imported(session: Session, meeting: Meeting, text: str = TEXT, name: str = "talk.txt") -> Transcript:
    return import_transcript(session, meeting, name, text.encode(), text, turns(text), by=SYSTEM, now=NOW)


def label(session: Session, person: Person, meeting: Meeting, text: str) -> None:
    made(session, Label(register_id=meeting.body_id, person_id=person.id, text=text))


def tied(session: Session) -> dict[str | None, int | None]:
    return {turn.label: turn.person_id for turn in session.exec(select(Turn).order_by(col(Turn.seq)))}


def test_the_file_is_kept_byte_for_byte(any_session: Session) -> None:
    meeting = make_meeting(any_session, make_register(any_session))
    data = b"\xef\xbb\xbfMS OAK: Hello.\r\n"
    kept = import_transcript(any_session, meeting, "a.txt", data, "MS OAK: Hello.\r\n", [], by=SYSTEM, now=NOW)
    any_session.commit()
    any_session.expire_all()
    assert (kept.original, kept.text, kept.media_type) == (data, "MS OAK: Hello.\r\n", "text/plain")


def test_turns_are_kept_as_printed(session: Session) -> None:
    meeting = make_meeting(session, make_register(session))
    transcript = imported(session, meeting)
    found = session.exec(select(Turn).order_by(col(Turn.seq))).all()
    assert [turn.label for turn in found] == ["CHAIR", "MS SILVA", "NEW SPEAKER", "MR BERG"]
    assert transcript.text[found[1].start : found[1].end] == "We need a map."


def test_people_are_known_by_their_labels_whatever_the_case(session: Session) -> None:
    meeting = make_meeting(session, make_register(session))
    ana = make_person(session)
    label(session, ana, meeting, "Ms Silva")
    imported(session, meeting)
    assert tied(session) == {"CHAIR": None, "MS SILVA": ana.id, "NEW SPEAKER": None, "MR BERG": None}


def test_who_is_heard_under_a_role_is_left_to_a_person(session: Session) -> None:
    meeting = make_meeting(session, make_register(session))
    bo = make_person(session, "Bo Berg")
    label(session, bo, meeting, "MR BERG")
    imported(session, meeting)
    assert (tied(session)["NEW SPEAKER"], tied(session)["MR BERG"]) == (None, bo.id)


def test_labels_of_another_register_tell_nothing(session: Session) -> None:
    meeting = make_meeting(session, make_register(session))
    elsewhere = make_meeting(session, make_register(session, slug="other"), slug="other")
    label(session, make_person(session), elsewhere, "MS SILVA")
    imported(session, meeting)
    assert set(tied(session).values()) == {None}


def test_the_same_file_twice_is_refused(session: Session) -> None:
    meeting = make_meeting(session, make_register(session))
    imported(session, meeting)
    with pytest.raises(Refused, match="there already, as version 1"):
        imported(session, meeting, name="other.txt")


def test_the_same_file_for_another_meeting_is_refused(session: Session) -> None:
    board = make_register(session)
    imported(session, make_meeting(session, board))
    with pytest.raises(Refused, match="transcript of “Taking stock”"):
        imported(session, make_meeting(session, board, slug="second"))


def test_another_bodys_meeting_is_not_named(session: Session) -> None:
    imported(session, make_meeting(session, make_register(session)))
    with pytest.raises(Refused, match="by another body") as refusal:
        imported(session, make_meeting(session, make_register(session, slug="other")))
    assert "Taking stock" not in str(refusal.value)


def test_another_file_is_the_next_version(any_session: Session) -> None:
    meeting = make_meeting(any_session, make_register(any_session))
    assert [imported(any_session, meeting, TEXT + extra).number for extra in ("", "More.\n")] == [1, 2]


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\talks\\passwd", "passwd\r\n"])
def test_a_file_name_is_only_a_name(session: Session, name: str) -> None:
    meeting = make_meeting(session, make_register(session))
    assert imported(session, meeting, name=name).filename == "passwd"


def test_passages_that_pointed_ahead_are_tied(session: Session) -> None:
    meeting = make_meeting(session, make_register(session))
    sha256 = imported(session, make_meeting(session, make_register(session, slug="b")), "x").sha256
    ahead = cite(session, digest(TEXT.encode()), 25, 39)
    other = cite(session, sha256, 0, 1)
    transcript = imported(session, meeting)
    assert (ahead.transcript_id, ahead.is_lost) == (transcript.id, False)
    assert other.transcript_id != transcript.id


def test_a_passage_beyond_the_text_is_lost_in_sight(session: Session) -> None:
    meeting = make_meeting(session, make_register(session))
    cite(session, digest(TEXT.encode()), 0, 10_000)
    imported(session, meeting)
    assert session.exec(select(Passage.is_lost)).one() is True


def test_the_import_is_in_the_history(session: Session) -> None:
    meeting = make_meeting(session, make_register(session))
    transcript = imported(session, meeting)
    session.commit()
    line = of_subject(session, f"transcript:{transcript.id}")[-1]
    assert (line.verb, line.after["turns"], line.body_id) == ("imported", 4, meeting.body_id)
