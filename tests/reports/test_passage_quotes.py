"""A new report quotes the words of the newest version; an issued one has its words in itself."""

from sqlmodel import Session

from tests.factories import NOW, SYSTEM, make_item, make_meeting, make_passage, make_register, make_transcript
from tracker.items.models import ItemPassage
from tracker.reports.passage_quotes import quotes
from tracker.reports.snapshot import Scope
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
