"""Piles of a board or a timeline: each counts all its items, and shows the first of them."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col

from tests.factories import TODAY, make_item, make_ownership, make_person, make_register, party_of
from tests.statements import statements
from tracker.items.list_filter import ItemFilter
from tracker.items.list_groups import Pile, piles
from tracker.items.models import Item, ItemKind, Progress, ProposerView
from tracker.meetings.models import Visibility
from tracker.people.models import Body
from tracker.people.queries import STRANGER, Sight

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


def by_progress(session: Session, board: Body, most: int = 10, **values: object) -> dict[Progress, Pile]:
    sight: Sight = Sight(1, frozenset({board.id}), frozenset(), frozenset())
    found = ItemFilter(**values)  # type: ignore[arg-type]
    return piles(session, board.id, sight, found, Item.progress, col(Item.number).desc(), most=most, today=TODAY)


def test_a_pile_counts_all_and_shows_the_first_in_order(any_session: Session, board: Body) -> None:
    for _ in range(3):
        make_item(any_session, board)
    pile = by_progress(any_session, board, most=2)[Progress.NOT_STARTED]
    assert (pile.total, [line.item.number for line in pile.lines]) == (3, [3, 2])


def test_a_progress_that_no_item_has_is_no_pile(any_session: Session, board: Body) -> None:
    make_item(any_session, board, progress=Progress.WAITING)
    assert list(by_progress(any_session, board)) == [Progress.WAITING]


def test_only_what_somebody_accepted_is_counted_as_overdue(any_session: Session, board: Body) -> None:
    make_item(any_session, board, own_due_on=YESTERDAY)
    promised = make_item(any_session, board, own_due_on=YESTERDAY)
    make_ownership(any_session, promised, party_of(any_session, make_person(any_session)))
    pile = by_progress(any_session, board)[Progress.NOT_STARTED]
    assert (pile.total, pile.overdue, pile.past_unpromised) == (2, 1, 1)


def test_a_doubted_closing_is_counted_apart(any_session: Session, board: Body) -> None:
    for view in (None, ProposerView.SATISFIED, ProposerView.PARTLY, ProposerView.DISPUTES):
        make_item(any_session, board, progress=Progress.DONE, proposer_view=view)
    pile = by_progress(any_session, board)[Progress.DONE]
    assert (pile.total, pile.doubted) == (4, 2)


def test_the_filter_holds_for_every_pile(any_session: Session, board: Body) -> None:
    make_item(any_session, board, kind=ItemKind.CALL)
    make_item(any_session, board, kind=ItemKind.OFFER, progress=Progress.WAITING)
    assert list(by_progress(any_session, board, kind=ItemKind.OFFER)) == [Progress.WAITING]


def test_a_stranger_sees_and_counts_only_what_is_published(any_session: Session, board: Body) -> None:
    make_item(any_session, board)
    make_item(any_session, board, visibility=Visibility.PUBLISHED)
    pile_of = piles(any_session, board.id, STRANGER, ItemFilter(), Item.progress, col(Item.number), most=9, today=TODAY)
    assert pile_of[Progress.NOT_STARTED].total == 1


def test_many_piles_take_no_more_statements_than_one(any_session: Session, board: Body) -> None:
    make_item(any_session, board)
    with statements(any_session) as few:
        by_progress(any_session, board)
    for progress in Progress:
        make_item(any_session, board, progress=progress)
    with statements(any_session) as many:
        by_progress(any_session, board)
    assert len(many) == len(few)
