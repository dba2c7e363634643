"""What came of a meeting: counted for each reader as far as they may read it."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from tests.factories import (
    NOW,
    make_item,
    make_meeting,
    make_passage,
    make_person,
    make_proposal,
    make_register,
    make_transcript,
    sight_into,
)
from tracker.calendar.meeting_results import (
    MeetingFigures,
    MeetingSpeaker,
    items_by_meeting,
    items_by_theme,
    meeting_figures,
    meeting_speakers,
)
from tracker.items.models import Item, ItemPassage, Progress
from tracker.meetings.models import Meeting, Visibility
from tracker.people.models import Body
from tracker.people.queries import STRANGER, Sight
from tracker.proposals.models import TriageState
from tracker.transcripts.models import Turn

SPEECH = "ANA: Mark the ford.\n\nBERG: I agree.\n\nANA: Then paint the posts."


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


@pytest.fixture
def sitting(any_session: Session, board: Body) -> Meeting:
    return make_meeting(any_session, board)


def cite(session: Session, meeting: Meeting, **values: object) -> Item:
    """Make an item that cites a passage of a transcript of the meeting."""
    item = make_item(session, session.get_one(Body, meeting.body_id), **values)
    transcript = make_transcript(session, meeting, f"ANA: Mark the ford {item.number}.")
    session.add(ItemPassage(item_id=item.id, passage_id=make_passage(session, transcript, "Mark the ford").id))
    return item


def figures(session: Session, meeting: Meeting, sight: Sight) -> MeetingFigures:
    return meeting_figures(session, sight, [meeting.id], NOW)[meeting.id]


def test_turns_are_those_of_the_newest_version(any_session: Session, board: Body, sitting: Meeting) -> None:
    make_transcript(any_session, sitting, SPEECH, number=1)
    make_transcript(any_session, sitting, "ANA: Mark the ford. BERG: I agree.", number=2)
    assert figures(any_session, sitting, sight_into(board)).turns == 1


def test_passages_are_counted_for_those_who_serve_there(any_session: Session, board: Body, sitting: Meeting) -> None:
    make_proposal(any_session, sitting)
    make_proposal(any_session, sitting, state=TriageState.SET_ASIDE)
    make_proposal(any_session, sitting, state=TriageState.SNOOZED, snoozed_until=NOW + timedelta(days=1))
    inside = figures(any_session, sitting, sight_into(board))
    outside = figures(any_session, sitting, STRANGER)
    assert (inside.passages, inside.waiting) == (3, 1)
    assert (outside.passages, outside.waiting) == (0, 0)


def test_an_item_counts_once_and_for_strangers_once_it_is_published(
    any_session: Session, board: Body, sitting: Meeting
) -> None:
    item = cite(any_session, sitting)
    again = make_transcript(any_session, sitting, "ANA: As I said.", number=7)
    any_session.add(ItemPassage(item_id=item.id, passage_id=make_passage(any_session, again, "As I said").id))
    cite(any_session, sitting, visibility=Visibility.PUBLISHED)
    another = make_meeting(any_session, board, slug="another")
    cite(any_session, another)
    assert items_by_meeting(any_session, board.id, sight_into(board)) == {sitting.id: 2, another.id: 1}
    assert items_by_meeting(any_session, board.id, STRANGER) == {sitting.id: 1}


def test_the_largest_theme_comes_first_and_none_last(any_session: Session, board: Body, sitting: Meeting) -> None:
    for theme in (None, None, None, "fords", "posts", "posts"):
        cite(any_session, sitting, theme=theme)
    cite(any_session, sitting, theme="fords", progress=Progress.DONE)
    cite(any_session, sitting, theme="fords")
    themes = items_by_theme(any_session, board.id, sight_into(board), sitting.id)
    assert [(row.theme, row.total) for row in themes] == [("fords", 3), ("posts", 2), ("", 3)]
    assert dict(themes[0].counts) == {Progress.NOT_STARTED: 2, Progress.DONE: 1}


def test_who_had_the_floor_most_often_comes_first(any_session: Session, sitting: Meeting) -> None:
    transcript = make_transcript(any_session, sitting, SPEECH)
    speakers = meeting_speakers(any_session, transcript.id)
    assert speakers == [MeetingSpeaker("ANA", 2, 1, False), MeetingSpeaker("BERG", 1, 2, False)]


def test_a_person_is_one_line_whatever_their_labels(any_session: Session, sitting: Meeting) -> None:
    transcript = make_transcript(any_session, sitting, SPEECH)
    ana = make_person(any_session, "Ana Lind")
    first, second, third = any_session.exec(select(Turn).order_by(col(Turn.seq))).all()
    first.person_id = ana.id
    second.person_id = ana.id
    third.speaker = "Ana Lind"
    any_session.flush()
    assert meeting_speakers(any_session, transcript.id) == [MeetingSpeaker("Ana Lind", 3, 1, True)]


def test_no_meetings_have_no_figures(any_session: Session) -> None:
    assert meeting_figures(any_session, STRANGER, [], NOW) == {}
