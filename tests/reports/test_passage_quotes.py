"""A new report quotes the words of the newest version; an issued one has its words in itself."""

import pytest
from sqlmodel import Session

from tests.factories import NOW, SYSTEM, make_item, make_meeting, make_passage, make_register, make_transcript
from tracker.items.models import ItemPassage
from tracker.meetings.models import Visibility
from tracker.reports.passage_quotes import quotable, quotes
from tracker.reports.snapshot import Scope
from tracker.transcripts.models import Passage
from tracker.transcripts.versions.reanchor_passages import aligned, reanchor

LAMPS = "We should buy new lambs before winter."
TEXT = f"MS ONE: Good morning. The road along the mill is dark. {LAMPS}\n\nMR TWO: The road is very long."


def test_a_report_quotes_the_newest_words_at_their_place(any_session: Session) -> None:
    board = make_register(any_session)
    meeting, item = make_meeting(any_session, board), make_item(any_session, board)
    passage = make_passage(any_session, make_transcript(any_session, meeting, TEXT), LAMPS)
    any_session.add(ItemPassage(item_id=item.id, passage_id=passage.id))
    second = make_transcript(any_session, meeting, TEXT.replace("lambs", "lamps").replace("Good", "A good"))
    reanchor(any_session, second, aligned(any_session, second), by=SYSTEM, now=NOW)
    [quote] = quotes(any_session, board.id, Scope.INTERNAL)[item.id]
    assert quote.words == "We should buy new lamps before winter."
    assert (quote.passage, quote.transcript, quote.sha256) == (passage.id, second.id, second.sha256)
    assert second.text[quote.start : quote.end] == quote.words


@pytest.mark.parametrize(
    ("visibility", "quoted", "unpublished"),
    [(Visibility.INTERNAL, 0, ["Taking stock"]), (Visibility.PUBLISHED, 1, [])],
)
def test_what_a_public_report_will_quote_depends_on_its_meetings(
    any_session: Session, visibility: Visibility, quoted: int, unpublished: list[str]
) -> None:
    board = make_register(any_session)
    meeting = make_meeting(any_session, board, title="Taking stock", visibility=visibility)
    item, other = make_item(any_session, board), make_item(any_session, board)
    passage = make_passage(any_session, make_transcript(any_session, meeting, TEXT), LAMPS)
    any_session.add_all(ItemPassage(item_id=citing.id, passage_id=passage.id) for citing in (item, other))
    sources = quotable(any_session, board.id, [item.number])
    assert (sources.passages, sources.quoted, sources.missing) == (1, quoted, 0)
    assert [meeting.title for meeting in sources.unpublished] == unpublished


def test_a_passage_of_a_transcript_that_is_not_imported_is_counted_as_missing(session: Session) -> None:
    board = make_register(session)
    item = make_item(session, board)
    passage = Passage(sha256="ab" * 32, start=1, end=5)
    session.add(passage)
    session.flush()
    session.add(ItemPassage(item_id=item.id, passage_id=passage.id))
    sources = quotable(session, board.id, [item.number])
    assert (sources.passages, sources.quoted, sources.missing, sources.unpublished) == (1, 0, 1, ())
