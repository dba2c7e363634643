"""Which items a proposal may repeat, and why."""

import pytest
from sqlmodel import Session

from tests.factories import NOW, SYSTEM, make_item, make_meeting, make_proposal, make_register, sight_into
from tracker.items.changes import publish
from tracker.items.models import Item, ItemPassage, Relation
from tracker.meetings.models import Meeting
from tracker.people.models import Body
from tracker.people.queries import Sight
from tracker.proposals.models import Likeness, Proposal, Reference
from tracker.proposals.queries import entry
from tracker.triage.decisions import attach
from tracker.triage.nearby_items import Ground, Nearby, nearby
from tracker.triage.passage_outcomes import Cited, OutcomeItem, outcomes


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


@pytest.fixture
def meeting(any_session: Session, board: Body) -> Meeting:
    return make_meeting(any_session, board)


@pytest.fixture
def proposal(any_session: Session, meeting: Meeting) -> Proposal:
    return make_proposal(any_session, meeting, title="Open the garden on Sundays")


def found(session: Session, board: Body, proposal: Proposal) -> list[Nearby]:
    return nearby(session, board.id, entry(session, proposal), sight_of(board))


def sight_of(board: Body, **only: frozenset[int]) -> Sight:
    return Sight(None, frozenset({board.id}), frozenset(), **only)


def make_garden(session: Session, board: Body) -> Item:
    return make_item(session, board, number=14, title="Open the garden on Sundays")


def test_an_item_that_says_the_like_is_named(any_session: Session, board: Body, proposal: Proposal) -> None:
    make_garden(any_session, board)
    make_item(any_session, board, title="Buy a piano")
    assert found(any_session, board, proposal) == [Nearby(14, "Open the garden on Sundays", Ground.ALIKE)]


def test_an_item_of_another_register_is_not(any_session: Session, board: Body, proposal: Proposal) -> None:
    make_garden(any_session, make_register(any_session, slug="park-board"))
    assert found(any_session, board, proposal) == []


def test_an_item_that_cites_the_words_comes_first(any_session: Session, board: Body, proposal: Proposal) -> None:
    make_garden(any_session, board)
    piano = make_item(any_session, board, number=3, title="Buy a piano")
    any_session.add(ItemPassage(item_id=piano.id, passage_id=proposal.passage_id))
    assert [(one.number, one.ground) for one in found(any_session, board, proposal)] == [
        (3, Ground.SAME_PLACE),
        (14, Ground.ALIKE),
    ]


def test_what_it_speaks_of_is_named_by_its_item(
    any_session: Session, board: Body, meeting: Meeting, proposal: Proposal
) -> None:
    earlier = make_proposal(any_session, meeting)
    piano = make_item(any_session, board, number=3, title="Buy a piano")
    attach(any_session, earlier, piano, Relation.REPEATS, by=SYSTEM, now=NOW)
    any_session.add(Reference(proposal_id=proposal.id, earlier_id=earlier.id))
    assert found(any_session, board, proposal) == [Nearby(3, "Buy a piano", Ground.REFERS)]


def test_an_outcome_names_the_item(any_session: Session, board: Body, proposal: Proposal) -> None:
    attach(any_session, proposal, make_garden(any_session, board), Relation.REFINES, by=SYSTEM, now=NOW)
    assert outcomes(any_session, [proposal.id], sight_into()) == {}
    told = outcomes(any_session, [proposal.id], sight_into(board))
    assert told == {proposal.id: OutcomeItem(Relation.REFINES, Cited(14, "Open the garden on Sundays"))}


@pytest.mark.parametrize(("is_rapporteur", "told"), [(False, "Last year"), (True, None)])
def test_an_earlier_meeting_is_named_only_to_those_who_may_read_it(
    any_session: Session, board: Body, proposal: Proposal, is_rapporteur: bool, told: str | None
) -> None:
    garden = make_garden(any_session, board)
    earlier = make_proposal(any_session, make_meeting(any_session, board, slug="last-year", title="Last year"))
    attach(any_session, earlier, garden, Relation.REPEATS, by=SYSTEM, now=NOW)
    numbers = {"proposal_id": proposal.id, "earlier_id": earlier.id}
    any_session.add(Likeness(**numbers, degree=0.9))
    any_session.flush()
    only = frozenset({board.id}) if is_rapporteur else frozenset()
    sight = sight_of(board, only_rapporteur_in=only)
    offered = nearby(any_session, board.id, entry(any_session, proposal), sight)
    assert [one.meeting for one in offered] == ([] if is_rapporteur else ["Last year"])
    publish(any_session, garden, by=SYSTEM, now=NOW)
    [one] = nearby(any_session, board.id, entry(any_session, proposal), sight)
    assert one.meeting == told
