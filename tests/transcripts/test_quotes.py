"""Quotes are cut from the transcript when they are shown, for those who may read its meeting."""

import pytest
from sqlmodel import Session

from tests.factories import NOW, make_meeting, make_passage, make_person, make_register, make_term, make_transcript
from tracker.meetings.models import Visibility
from tracker.people.models import Body
from tracker.people.queries import STRANGER, Sight, sight_of
from tracker.transcripts.models import Passage
from tracker.transcripts.quotes import FETCHED, SHOWN, Quote, quotes, words_of

TEXT = (
    "MS ONE: Good morning. The lamps — all “nineteen” of them — are dim. Let us buy new lamps. Thank you."
    "\n\nMR TWO: I agree with the lamps."
)
WORDS = "Let us buy new lamps."


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


@pytest.fixture
def sight(any_session: Session, board: Body) -> Sight:
    ana = make_person(any_session)
    make_term(any_session, ana, board)
    return sight_of(any_session, ana, NOW)


def passage(session: Session, board: Body, words: str = WORDS, text: str = TEXT, **values: object) -> Passage:
    return make_passage(session, make_transcript(session, make_meeting(session, board), text), words, **values)


def the_quote(session: Session, found: Passage, sight: Sight) -> Quote:
    [quote] = quotes(session, [found.id], sight).values()
    return quote


def test_a_quote_is_cut_by_characters_and_stays_within_its_turn(
    any_session: Session, board: Body, sight: Sight
) -> None:
    quote = the_quote(any_session, passage(any_session, board), sight)
    assert quote.words is not None
    assert quote.words.quote == WORDS
    assert quote.words.before == "Good morning. The lamps — all “nineteen” of them — are dim. "
    assert quote.words.after == " Thank you."


def test_a_quote_says_where_it_stands_and_who_spoke(any_session: Session, board: Body, sight: Sight) -> None:
    first = passage(any_session, board)
    quote = the_quote(any_session, first, sight)
    assert (quote.speaker, quote.turn, quote.meeting) == ("MS ONE", 1, "Taking stock")
    first.speaker_id = make_person(any_session, "Una One").id
    any_session.flush()
    assert the_quote(any_session, first, sight).speaker == "Una One"


def test_the_words_of_an_internal_meeting_are_for_its_people(any_session: Session, board: Body, sight: Sight) -> None:
    found = passage(any_session, board)
    quote = the_quote(any_session, found, STRANGER)
    assert (quote.words, quote.speaker, quote.transcript_id, quote.turn, quote.meeting) == (None,) * 5
    assert quote.is_imported
    assert words_of(any_session, [found.id], STRANGER) == {}
    assert words_of(any_session, [found.id], sight) == {found.id: WORDS}


def test_the_words_of_a_published_meeting_are_for_all(any_session: Session, board: Body) -> None:
    meeting = make_meeting(any_session, board, visibility=Visibility.PUBLISHED)
    found = make_passage(any_session, make_transcript(any_session, meeting, TEXT), WORDS)
    assert words_of(any_session, [found.id], STRANGER) == {found.id: WORDS}


def test_a_passage_of_a_file_that_is_missing_has_no_words(any_session: Session, sight: Sight) -> None:
    ahead = Passage(sha256="0" * 64, start=10, end=20)
    any_session.add(ahead)
    any_session.flush()
    quote = the_quote(any_session, ahead, sight)
    assert (quote.is_imported, quote.words, quote.speaker) == (False, None, None)


def test_a_passage_past_the_end_of_its_text_has_no_words(any_session: Session, board: Body, sight: Sight) -> None:
    assert the_quote(any_session, passage(any_session, board, end=4000), sight).words is None


def test_far_into_a_long_turn_only_what_is_near_is_shown(any_session: Session, board: Body, sight: Sight) -> None:
    text = "MS ONE: " + "before " * 500 + WORDS + " after" * 500
    words = the_quote(any_session, passage(any_session, board, text=text), sight).words
    assert words is not None
    assert (words.quote, len(words.before) <= SHOWN < FETCHED) == (WORDS, True)
    assert words.before.startswith("before before")
    assert words.after.endswith(" after")


def test_no_passages_are_no_quotes(any_session: Session, sight: Sight) -> None:
    assert quotes(any_session, [], sight) == {}
