"""A corrected transcript: passages find their places in it, and what is lost is told."""

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, make_meeting, make_passage, make_person, make_register, make_term, make_transcript
from tracker.history import Actor, ChangeWay
from tracker.history_queries import of_subject
from tracker.meetings.models import Meeting
from tracker.people.models import Body
from tracker.people.queries import Sight, sight_of
from tracker.transcripts.models import Anchor, AnchorState, Correction, Passage, Transcript
from tracker.transcripts.passages import cite
from tracker.transcripts.quotes import quotes
from tracker.transcripts.versions.reanchor_passages import aligned, reanchor

IMPORT = Actor(None, ChangeWay.IMPORT)
LAMPS = "We should buy new lamps before winter."
TEXT = f"MS ONE: Good morning to you all. The lamps along the road are dim. {LAMPS}\n\nMR TWO: The road is long."
CORRECTED = TEXT.replace("new lamps", "new lambs").replace("Good morning to", "Good morning, dear friends, to")


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


@pytest.fixture
def meeting(any_session: Session, board: Body) -> Meeting:
    return make_meeting(any_session, board)


@pytest.fixture
def sight(any_session: Session, board: Body) -> Sight:
    ana = make_person(any_session)
    make_term(any_session, ana, board)
    return sight_of(any_session, ana, NOW)


@pytest.fixture
def passage(any_session: Session, meeting: Meeting) -> Passage:
    return make_passage(any_session, make_transcript(any_session, meeting, TEXT), LAMPS)


def corrected(session: Session, meeting: Meeting, text: str = CORRECTED) -> Transcript:
    transcript = make_transcript(session, meeting, text)
    reanchor(session, transcript, aligned(session, transcript), by=IMPORT, now=NOW)
    session.commit()
    return transcript


def anchor_of(session: Session, passage: Passage, transcript: Transcript) -> Anchor:
    wanted = Anchor.passage_id == passage.id, Anchor.transcript_id == transcript.id
    return session.exec(select(Anchor).where(*wanted)).one()


def test_the_successor_has_the_corrected_words_and_knows_its_origin(
    any_session: Session, meeting: Meeting, passage: Passage
) -> None:
    new = corrected(any_session, meeting)
    anchor = anchor_of(any_session, passage, new)
    successor = any_session.get_one(Passage, anchor.moved_to_id)
    assert new.text[successor.start : successor.end] == "We should buy new lambs before winter."
    assert (anchor.state, successor.moved_from_id, passage.is_lost) == (AnchorState.CHANGED, passage.id, False)


def test_a_quote_shows_the_newest_words_and_where_they_stood(
    any_session: Session, meeting: Meeting, passage: Passage, sight: Sight
) -> None:
    new = corrected(any_session, meeting)
    quote = quotes(any_session, [passage.id], sight)[passage.id]
    assert quote.words is not None
    assert quote.words.quote == "We should buy new lambs before winter."
    assert quote.earlier is not None
    assert (quote.transcript_id, quote.earlier.number, quote.earlier.start) == (new.id, 1, passage.start)


def test_a_lost_passage_keeps_its_words_and_is_told(
    any_session: Session, meeting: Meeting, passage: Passage, sight: Sight
) -> None:
    new = corrected(any_session, meeting, TEXT.replace(f" {LAMPS}", ""))
    quote = quotes(any_session, [passage.id], sight)[passage.id]
    assert anchor_of(any_session, passage, new).state is AnchorState.LOST
    assert quote.words is not None
    assert (quote.words.quote, quote.is_lost, quote.earlier) == (LAMPS, True, None)


def test_what_is_lost_in_one_version_may_come_back_in_the_next(
    any_session: Session, meeting: Meeting, passage: Passage
) -> None:
    corrected(any_session, meeting, TEXT.replace(f" {LAMPS}", ""))
    third = corrected(any_session, meeting)
    assert anchor_of(any_session, passage, third).state is AnchorState.CHANGED
    assert passage.is_lost is False


def test_a_chain_of_versions_keeps_the_first_origin(any_session: Session, meeting: Meeting, passage: Passage) -> None:
    corrected(any_session, meeting)
    third = corrected(any_session, meeting, CORRECTED.replace("before winter", "before the winter"))
    successor = any_session.get_one(Passage, anchor_of(any_session, passage, third).moved_to_id)
    assert successor.moved_from_id == passage.id
    assert third.text[successor.start : successor.end] == "We should buy new lambs before the winter."


def test_an_import_counts_in_its_history_and_by_sentences(
    any_session: Session, meeting: Meeting, passage: Passage
) -> None:
    new = corrected(any_session, meeting)
    line = of_subject(any_session, f"transcript:{new.id}")[-1]
    assert (line.verb, line.actor, line.after) == ("passages re-anchored", "system", {"changed": 1})
    found = any_session.get_one(Correction, new.id)
    assert (found.unchanged, found.changed, found.new, found.gone) == (2, 2, 0, 0)


def test_doing_it_again_finds_only_what_was_cited_since(
    any_session: Session, meeting: Meeting, passage: Passage
) -> None:
    new = corrected(any_session, meeting)
    start = TEXT.index("The road is long.")
    late = cite(any_session, passage.sha256, start, start + 17)
    counted = reanchor(any_session, new, aligned(any_session, new), by=IMPORT, now=NOW)
    any_session.commit()
    assert counted == {AnchorState.UNCHANGED: 1}
    assert anchor_of(any_session, late, new).moved_to_id is not None


def test_a_passage_beyond_its_text_is_lost_and_listed(any_session: Session, meeting: Meeting, passage: Passage) -> None:
    beyond = Passage(sha256=passage.sha256, start=9_000, end=9_010, transcript_id=passage.transcript_id)
    any_session.add(beyond)
    any_session.flush()
    new = corrected(any_session, meeting)
    assert anchor_of(any_session, beyond, new).state is AnchorState.LOST


def test_the_first_version_has_nothing_to_correct(any_session: Session, meeting: Meeting) -> None:
    first = make_transcript(any_session, meeting, TEXT)
    assert aligned(any_session, first) is None
    assert reanchor(any_session, first, None, by=IMPORT, now=NOW) == {}


def test_who_spoke_goes_along(any_session: Session, meeting: Meeting, passage: Passage) -> None:
    passage.speaker_id = make_person(any_session, "Una One").id
    new = corrected(any_session, meeting)
    successor = any_session.get_one(Passage, anchor_of(any_session, passage, new).moved_to_id)
    assert successor.speaker_id == passage.speaker_id
