"""After an import, what an item cites already is shown as covered by it."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, make_item, make_meeting, make_person, make_proposal, make_register, party_id_of
from tracker.errors import Refused
from tracker.history import Actor, ChangeWay
from tracker.history_queries import of_subject
from tracker.items.models import Item, ItemPassage, Origin, Relation
from tracker.items.party_models import Position, Stance
from tracker.people.models import Body
from tracker.proposals.models import Proposal, TriageState
from tracker.transcripts.models import Passage, Transcript
from tracker.triage.cited_passages import recognise
from tracker.triage.decisions import undo
from tracker.triage.detector_record import record

IMPORT = Actor(None, ChangeWay.IMPORT)


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


@pytest.fixture
def proposal(any_session: Session, board: Body) -> Proposal:
    return make_proposal(any_session, make_meeting(any_session, board))


def near(session: Session, proposal: Proposal, start: int, length: int) -> int:
    """A passage of the same file, as a seed points ahead: start counts from that of the proposal."""
    found = session.get_one(Passage, proposal.passage_id)
    passage = Passage(sha256=found.sha256, start=found.start + start, end=found.start + start + length)
    session.add(passage)
    session.flush()
    return passage.id


def cite(session: Session, item: Item, passage_id: int) -> Item:
    session.add(ItemPassage(item_id=item.id, passage_id=passage_id))
    session.flush()
    return item


def recognised(session: Session, proposal: Proposal) -> int:
    return recognise(session, session.get_one(Transcript, proposal.transcript_id), by=IMPORT, now=NOW)


def test_whoever_imports_a_file_has_decided_none_of_it(any_session: Session, board: Body, proposal: Proposal) -> None:
    cite(any_session, make_item(any_session, board), near(any_session, proposal, 5, 20))
    importer = Actor(make_person(any_session).id, ChangeWay.BROWSER)
    recognise(any_session, any_session.get_one(Transcript, proposal.transcript_id), by=importer, now=NOW)
    any_session.commit()
    assert (proposal.state, proposal.decided_by) == (TriageState.ATTACHED, None)
    assert record(any_session, board.id).total.right is None


def test_a_proposal_that_an_item_cites_is_covered_by_it(any_session: Session, board: Body, proposal: Proposal) -> None:
    item = cite(any_session, make_item(any_session, board), near(any_session, proposal, 5, 20))
    assert recognised(any_session, proposal) == 1
    any_session.commit()
    origin = any_session.exec(select(Origin)).one()
    assert (origin.item_id, origin.relation) == (item.id, Relation.COVERED)
    assert proposal.state is TriageState.ATTACHED


def test_recognising_leaves_events_and_no_second_passage(any_session: Session, board: Body, proposal: Proposal) -> None:
    item = cite(any_session, make_item(any_session, board), near(any_session, proposal, 0, 20))
    recognised(any_session, proposal)
    any_session.commit()
    line = of_subject(any_session, f"item:{item.id}")[-1]
    assert (line.verb, line.actor, line.way) == ("proposal attached", "system", ChangeWay.IMPORT)
    assert len(any_session.exec(select(ItemPassage)).all()) == 1


def test_a_passage_of_a_position_is_covered_too(any_session: Session, board: Body, proposal: Proposal) -> None:
    party = party_id_of(any_session, make_person(any_session))
    item, passage = make_item(any_session, board), near(any_session, proposal, 0, 20)
    any_session.add(Position(item_id=item.id, party_id=party, stance=Stance.SUPPORTS, passage_id=passage))
    assert recognised(any_session, proposal) == 1


def test_the_item_that_shares_most_is_taken(any_session: Session, board: Body, proposal: Proposal) -> None:
    cite(any_session, make_item(any_session, board), near(any_session, proposal, 15, 60))
    better = cite(any_session, make_item(any_session, board), near(any_session, proposal, 0, 20))
    recognised(any_session, proposal)
    assert any_session.exec(select(Origin.item_id)).one() == better.id


def _elsewhere(session: Session, proposal: Proposal) -> None:
    cite(session, make_item(session, make_register(session, slug="other")), near(session, proposal, 0, 20))


def _beside(session: Session, proposal: Proposal) -> None:
    cite(session, make_item(session, session.exec(select(Body)).one()), near(session, proposal, 25, 200))


@pytest.mark.parametrize("prepare", [_elsewhere, _beside])
def test_other_registers_and_neighbouring_words_cover_nothing(
    any_session: Session, proposal: Proposal, prepare: Callable[[Session, Proposal], None]
) -> None:
    prepare(any_session, proposal)
    assert recognised(any_session, proposal) == 0
    assert proposal.state is TriageState.WAITING


def test_what_was_taken_back_is_not_recognised_again(any_session: Session, board: Body, proposal: Proposal) -> None:
    item = cite(any_session, make_item(any_session, board), near(any_session, proposal, 0, 20))
    recognised(any_session, proposal)
    undo(any_session, proposal, by=IMPORT, now=NOW)
    assert recognised(any_session, proposal) == 0
    any_session.commit()
    assert any_session.get(Item, item.id) is item


def test_nothing_decided_is_nothing_to_undo(any_session: Session, proposal: Proposal) -> None:
    with pytest.raises(Refused, match="nothing to undo"):
        undo(any_session, proposal, by=IMPORT, now=NOW)
