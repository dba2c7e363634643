"""The secretariat settles what was lost or doubtful, and can take it back."""

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, SYSTEM, make_meeting, make_passage, make_register, make_transcript
from tests.transcripts.versions.test_reanchor_passages import LAMPS, TEXT, corrected
from tracker.errors import Refused, Stale
from tracker.history_queries import of_subject
from tracker.transcripts.models import Anchor, AnchorState, Passage
from tracker.transcripts.text_positions import Span
from tracker.transcripts.versions.settle_passages import accept_place, mark_gone, place_passage, undo_settling

REWRITTEN = "Before it gets cold, the town should, I think, see to new lamps."


@pytest.fixture
def anchor(session: Session) -> Anchor:
    """A passage that was lost, or put so differently that its place is doubtful."""
    meeting = make_meeting(session, make_register(session))
    make_passage(session, make_transcript(session, meeting, TEXT), LAMPS)
    corrected(session, meeting, TEXT.replace(LAMPS, REWRITTEN))
    return session.exec(select(Anchor)).one()


def the_passage(session: Session, anchor: Anchor) -> Passage:
    return session.get_one(Passage, anchor.passage_id)


def span_of(anchor: Anchor, session: Session) -> Span:
    text = TEXT.replace(LAMPS, REWRITTEN)
    return Span(text.index(REWRITTEN), text.index(REWRITTEN) + len(REWRITTEN))


def test_a_place_that_was_chosen_is_its_successor(session: Session, anchor: Anchor) -> None:
    place_passage(session, anchor, span_of(anchor, session), seen_version=1, by=SYSTEM, now=NOW)
    session.commit()
    successor = session.get_one(Passage, anchor.moved_to_id)
    assert (anchor.state, successor.end - successor.start) == (AnchorState.PLACED, len(REWRITTEN))
    assert the_passage(session, anchor).is_lost is False


def test_a_place_that_was_found_is_accepted(session: Session, anchor: Anchor) -> None:
    anchor.found = anchor.state = AnchorState.DOUBTFUL
    anchor.start, anchor.end = span_of(anchor, session).start, span_of(anchor, session).end
    accept_place(session, anchor, seen_version=1, by=SYSTEM, now=NOW)
    session.commit()
    assert (anchor.state, anchor.moved_to_id is not None) == (AnchorState.PLACED, True)


def test_where_none_was_found_none_can_be_accepted(session: Session, anchor: Anchor) -> None:
    anchor.start = None
    with pytest.raises(Refused, match="No place was found"):
        accept_place(session, anchor, seen_version=1, by=SYSTEM, now=NOW)


def test_what_is_gone_says_who_said_so(session: Session, anchor: Anchor) -> None:
    mark_gone(session, anchor, seen_version=1, by=SYSTEM, now=NOW)
    session.commit()
    line = of_subject(session, f"transcript:{anchor.transcript_id}")[-1]
    assert (line.verb, line.after["state"]) == ("passage settled", "gone")
    assert (anchor.decided_at, the_passage(session, anchor).is_lost) == (NOW, True)


def test_what_was_said_is_taken_back(session: Session, anchor: Anchor) -> None:
    found = anchor.found
    mark_gone(session, anchor, seen_version=1, by=SYSTEM, now=NOW)
    undo_settling(session, anchor, seen_version=2, by=SYSTEM, now=NOW)
    session.commit()
    assert (anchor.state, anchor.decided_by, anchor.moved_to_id) == (found, None, None)


def test_a_sure_place_comes_back_when_another_is_taken_back(session: Session) -> None:
    meeting = make_meeting(session, make_register(session))
    make_passage(session, make_transcript(session, meeting, TEXT), LAMPS)
    corrected(session, meeting)
    anchor = session.exec(select(Anchor)).one()
    sure = anchor.moved_to_id
    place_passage(session, anchor, Span(0, 5), seen_version=1, by=SYSTEM, now=NOW)
    undo_settling(session, anchor, seen_version=2, by=SYSTEM, now=NOW)
    session.commit()
    assert (anchor.moved_to_id, anchor.state) == (sure, AnchorState.CHANGED)


def test_the_second_who_settles_it_sees_that_they_are_late(session: Session, anchor: Anchor) -> None:
    mark_gone(session, anchor, seen_version=1, by=SYSTEM, now=NOW)
    with pytest.raises(Stale, match="Somebody else"):
        mark_gone(session, anchor, seen_version=1, by=SYSTEM, now=NOW)


def test_what_nobody_settled_cannot_be_taken_back(session: Session, anchor: Anchor) -> None:
    with pytest.raises(Refused, match="nothing to undo"):
        undo_settling(session, anchor, seen_version=1, by=SYSTEM, now=NOW)


@pytest.mark.parametrize("span", [Span(-1, 4), Span(4, 4), Span(0, 99_999)])
def test_a_place_that_cannot_be_is_refused(session: Session, anchor: Anchor, span: Span) -> None:
    with pytest.raises(Refused, match="no such place"):
        place_passage(session, anchor, span, seen_version=1, by=SYSTEM, now=NOW)


def test_passages_that_are_one_are_settled_together(session: Session) -> None:
    meeting = make_meeting(session, make_register(session))
    make_passage(session, make_transcript(session, meeting, TEXT), LAMPS)
    corrected(session, meeting)
    third = corrected(session, meeting, TEXT.replace(f" {LAMPS}", ""))
    anchors = session.exec(select(Anchor).where(Anchor.transcript_id == third.id)).all()
    mark_gone(session, anchors[0], seen_version=1, by=SYSTEM, now=NOW)
    session.commit()
    assert [anchor.state for anchor in anchors] == [AnchorState.GONE] * 2
