"""What hangs on passages of earlier versions, and what of it waits for the secretariat."""

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, SYSTEM, make_item, make_meeting, make_passage, make_register, make_transcript
from tracker.items.items_on_passages import anchor_counts, anchored_passages, corrected_transcripts, waiting_count
from tracker.items.models import Item, ItemPassage
from tracker.meetings.models import Meeting
from tracker.people.models import Body
from tracker.transcripts.models import AnchorState, Transcript
from tracker.transcripts.versions.reanchor_passages import aligned, reanchor
from tracker.transcripts.versions.settle_passages import mark_gone

LAMPS = "We should buy new lamps before winter."
TEXT = f"MS ONE: Good morning to you all. The road along the mill is dark. {LAMPS}\n\nMR TWO: The road is very long."


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


@pytest.fixture
def item(any_session: Session, board: Body) -> Item:
    """An item that cites the lamps in the first version."""
    transcript = make_transcript(any_session, make_meeting(any_session, board), TEXT)
    item = make_item(any_session, board)
    passage = make_passage(any_session, transcript, LAMPS)
    any_session.add(ItemPassage(item_id=item.id, passage_id=passage.id))
    make_passage(any_session, transcript, "The road is very long.")
    return item


def version(session: Session, text: str) -> Transcript:
    meeting = session.exec(select(Meeting)).one()
    transcript = make_transcript(session, meeting, text)
    reanchor(session, transcript, aligned(session, transcript), by=SYSTEM, now=NOW)
    session.flush()
    return transcript


WITHOUT = TEXT.replace(f" {LAMPS}", "")


def test_a_lost_passage_is_listed_with_its_item(any_session: Session, item: Item) -> None:
    transcript = version(any_session, WITHOUT)
    [one] = anchored_passages(any_session, transcript)
    assert (one.words, one.number, one.items, one.anchor.state) == (LAMPS, 1, (item,), AnchorState.LOST)


def test_what_no_item_cites_is_counted_but_not_listed(any_session: Session, item: Item) -> None:
    transcript = version(any_session, WITHOUT)
    counts = anchor_counts(any_session, transcript)
    assert (counts[AnchorState.LOST], counts[AnchorState.UNCHANGED]) == (1, 1)


def test_the_desk_counts_what_waits_in_the_newest_version_once(any_session: Session, board: Body, item: Item) -> None:
    version(any_session, TEXT.replace("new lamps", "new lambs"))
    version(any_session, WITHOUT)
    assert waiting_count(any_session, board.id) == 1
    version(any_session, TEXT.replace("Good", "A good"))
    assert waiting_count(any_session, board.id) == 0


def test_what_was_settled_waits_no_more(any_session: Session, board: Body, item: Item) -> None:
    [one] = anchored_passages(any_session, version(any_session, WITHOUT))
    mark_gone(any_session, one.anchor, seen_version=1, by=SYSTEM, now=NOW)
    any_session.flush()
    assert waiting_count(any_session, board.id) == 0


def test_corrected_transcripts_are_listed_with_what_waits(any_session: Session, board: Body, item: Item) -> None:
    assert corrected_transcripts(any_session, board.id) == []
    transcript = version(any_session, WITHOUT)
    [one] = corrected_transcripts(any_session, board.id)
    assert (one.transcript_id, one.number, one.waiting) == (transcript.id, 2, 1)


def test_another_register_has_none(any_session: Session, item: Item) -> None:
    version(any_session, WITHOUT)
    other = make_register(any_session, slug="other")
    assert (waiting_count(any_session, other.id), corrected_transcripts(any_session, other.id)) == (0, [])
