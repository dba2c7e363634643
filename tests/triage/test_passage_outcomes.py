"""What a reader of a transcript learns of each passage."""

import pytest
from sqlmodel import Session

from tests.factories import NOW, SYSTEM, make_item, make_meeting, make_person, make_proposal, make_register
from tests.factories import make_term as serve
from tracker.items.models import ItemPassage, Relation
from tracker.meetings.models import Meeting, Visibility
from tracker.people.models import Body
from tracker.people.queries import STRANGER, Sight, sight_of
from tracker.proposals.models import Proposal, TriageState
from tracker.transcripts.models import Passage, Transcript
from tracker.triage.decisions import attach
from tracker.triage.passage_outcomes import Cited, PassageOutcome, fates


@pytest.fixture
def board(session: Session) -> Body:
    return make_register(session)


@pytest.fixture
def sight(session: Session, board: Body) -> Sight:
    person = make_person(session)
    serve(session, person, board)
    return sight_of(session, person, NOW)


@pytest.fixture
def proposal(session: Session, board: Body) -> Proposal:
    return make_proposal(session, make_meeting(session, board))


def seen(session: Session, proposal: Proposal, sight: Sight) -> list[PassageOutcome]:
    transcript = session.get_one(Transcript, proposal.transcript_id)
    return fates(session, transcript, session.get_one(Meeting, transcript.meeting_id), sight)


def test_what_waits_is_shown_to_those_who_serve(session: Session, proposal: Proposal, sight: Sight) -> None:
    assert [fate.state for fate in seen(session, proposal, sight)] == [TriageState.WAITING]
    assert seen(session, proposal, STRANGER) == []


def test_an_attached_passage_names_its_item(session: Session, board: Body, proposal: Proposal, sight: Sight) -> None:
    attach(session, proposal, make_item(session, board, number=14), Relation.REPEATS, by=SYSTEM, now=NOW)
    (fate,) = seen(session, proposal, sight)
    assert (fate.item, fate.relation) == (Cited(14, "Keep an archive"), Relation.REPEATS)


@pytest.mark.parametrize(("visibility", "count"), [(Visibility.PUBLISHED, 1), (Visibility.INTERNAL, 0)])
def test_a_stranger_sees_passages_of_published_items(
    session: Session, board: Body, proposal: Proposal, visibility: Visibility, count: int
) -> None:
    attach(session, proposal, make_item(session, board, visibility=visibility), Relation.REPEATS, by=SYSTEM, now=NOW)
    assert len(seen(session, proposal, STRANGER)) == count


def test_a_passage_that_an_item_cites_is_shown_without_a_proposal(
    session: Session, board: Body, proposal: Proposal, sight: Sight
) -> None:
    passage = session.get_one(Passage, proposal.passage_id)
    ahead = Passage(sha256=passage.sha256, start=passage.end, end=passage.end + 9)
    session.add(ahead)
    session.flush()
    session.add(ItemPassage(item_id=make_item(session, board, number=3).id, passage_id=ahead.id))
    assert [fate.item and fate.item.number for fate in seen(session, proposal, sight)] == [None, 3]


def test_a_covered_passage_is_not_shown_twice(session: Session, board: Body, proposal: Proposal, sight: Sight) -> None:
    item = make_item(session, board, number=3)
    session.add(ItemPassage(item_id=item.id, passage_id=proposal.passage_id))
    attach(session, proposal, item, Relation.COVERED, by=SYSTEM, now=NOW)
    assert [fate.relation for fate in seen(session, proposal, sight)] == [Relation.COVERED]
