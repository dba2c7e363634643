"""A written contribution is its author's document: paragraphs for turns, versions of its own."""

from typing import Any

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, SYSTEM, make_meeting, make_person, make_register, make_transcript
from tracker.meetings.models import Meeting
from tracker.transcripts.changes import import_transcript
from tracker.transcripts.models import Transcript, Turn
from tracker.transcripts.queries import contributions, versions
from tracker.transcripts.reading.written_contributions import Author, author_of, paragraphs

TEXT = "Libraries lend tools.\n\nThey should lend them for longer.\n"
OAK = Author(name="Karen Oak", affiliation="River Watch", for_organisation=True)


@pytest.fixture
def meeting(any_session: Session) -> Meeting:
    return make_meeting(any_session, make_register(any_session))


def write(session: Session, meeting: Meeting, author: Author, text: str = TEXT) -> Transcript:
    said: Any = paragraphs(text, author.name)
    return import_transcript(session, meeting, "a.txt", text.encode(), text, said, by=SYSTEM, now=NOW, author=author)


def test_paragraphs_stand_apart_by_empty_lines() -> None:
    found = paragraphs(TEXT, "Karen Oak")
    assert [TEXT[turn.start : turn.end] for turn in found] == TEXT.strip().split("\n\n")
    assert {(turn.label, turn.speaker) for turn in found} == {(None, "Karen Oak")}


def test_a_long_table_without_empty_lines_has_a_paragraph_a_row() -> None:
    rows = "\n".join(f"{number} | Lend the tools for longer, and say for how long." for number in range(60))
    assert len(paragraphs(rows, "Karen Oak")) == 60


def test_a_short_text_of_broken_lines_is_one_paragraph() -> None:
    assert len(paragraphs("Lend the tools\nfor longer.\n", "Karen Oak")) == 1


def test_each_author_has_versions_of_their_own(any_session: Session, meeting: Meeting) -> None:
    make_transcript(any_session, meeting, "MS OAK: Hello.")
    first = write(any_session, meeting, OAK)
    other = write(any_session, meeting, Author(name="Ben Elm"), "An archive would help.")
    second = write(any_session, meeting, Author(name="KAREN OAK"), TEXT + "\nOr lend more.\n")
    assert [one.number for one in (first, other, second)] == [1, 1, 2]
    assert [one.number for one in versions(any_session, meeting.id)] == [1]
    assert [(one.author, one.number) for one in contributions(any_session, meeting.id)] == [
        ("KAREN OAK", 2),
        ("Ben Elm", 1),
    ]


def test_a_known_author_speaks_every_paragraph(any_session: Session, meeting: Meeting) -> None:
    ana = make_person(any_session, affiliation="City")
    made = write(any_session, meeting, Author(person_id=ana.id, name=ana.name, affiliation="as given"))
    assert {turn.person_id for turn in any_session.exec(select(Turn))} == {ana.id}
    assert (made.is_written, made.author_name, made.author_affiliation) == (True, None, None)
    found = contributions(any_session, meeting.id)[0]
    assert (found.author, found.affiliation) == ("Ana Silva", "City")


def test_an_author_is_kept_as_plain_values() -> None:
    assert author_of(OAK.plain()) == OAK
    assert author_of({}) is None
