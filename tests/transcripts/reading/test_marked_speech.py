"""A file's own speeches and times: taken as they are, and kept with the turns."""

from sqlmodel import Session, select

from tests.factories import NOW, SYSTEM, make_meeting, make_register
from tracker.transcripts.changes import import_transcript
from tracker.transcripts.models import Turn
from tracker.transcripts.reading.marked_speech import Marked, Stamp, said_at
from tracker.transcripts.reading.turns import turns

TEXT = "Good morning.\n\nResolution: thanks.\n"


def test_marked_speeches_are_the_turns() -> None:
    found = turns(TEXT, marked=[Marked("Rosa Oak", 0, 13, 3), Marked(None, 15, 34)])
    assert [(turn.label, turn.start, turn.end, turn.said_at) for turn in found] == [
        ("Rosa Oak", 0, 13, 3),
        (None, 15, 34, None),
    ]


def test_a_stamp_counts_until_the_next() -> None:
    stamps = [Stamp(0, 5), Stamp(10, 60)]
    assert [said_at(stamps, place) for place in (0, 9, 10, 99)] == [5, 5, 60, 60]


def test_before_the_first_stamp_no_time_is_known() -> None:
    assert said_at([Stamp(4, 5)], 3) is None


def test_stamps_give_labelled_turns_their_times() -> None:
    text = "MS OAK: Good morning.\nMR ELM: Thank you.\n"
    found = turns(text, stamps=[Stamp(0, 1), Stamp(22, 9)])
    assert [turn.said_at for turn in found] == [1, 9]


def test_the_time_is_stored_with_the_turn(any_session: Session) -> None:
    meeting, found = (
        make_meeting(any_session, make_register(any_session)),
        turns("MS OAK: Hello.", stamps=[Stamp(0, 75)]),
    )
    import_transcript(any_session, meeting, "a.txt", b"x", "MS OAK: Hello.", found, by=SYSTEM, now=NOW)
    assert any_session.exec(select(Turn.said_at)).one() == 75
