"""What the verbs of items refuse, with a message that says what to do and the field it stands beside."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import Session

from tests.factories import (
    NOW,
    SYSTEM,
    make_addressee,
    make_item,
    make_milestone,
    make_ownership,
    make_person,
    make_register,
    party_id_of,
    party_of,
)
from tracker.errors import Refused
from tracker.items.changes import DueRule, meet_condition, set_due
from tracker.items.closing_views import record_closing_view
from tracker.items.models import Item, Progress, ProposerView
from tracker.items.ownership import pass_request_on
from tracker.items.party_models import OwnerState, ResponseState, Stance
from tracker.items.positions import NewPosition, add_position, remove_position
from tracker.items.responses import drop_addressee
from tracker.items.saved_lists import save_view
from tracker.people.models import Body


@pytest.fixture
def board(session: Session) -> Body:
    return make_register(session)


@pytest.fixture
def item(session: Session, board: Body) -> Item:
    return make_item(session, board)


def refusal_of(act: Callable[[], object]) -> tuple[str, str | None]:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.message, refusal.value.field


def test_nothing_is_due_at_a_cancelled_milestone(session: Session, board: Body, item: Item) -> None:
    milestone = make_milestone(session, board, is_cancelled=True)
    rule = DueRule(milestone_id=milestone.id)
    refusal = refusal_of(lambda: set_due(session, item, rule, seen_version=1, by=SYSTEM, now=NOW))
    assert refusal == ("That milestone was cancelled. Choose one that will be held.", "milestone")


def test_a_milestone_of_another_register_is_none_of_this_one(session: Session, item: Item) -> None:
    elsewhere = make_milestone(session, make_register(session, slug="park-board"))
    rule = DueRule(milestone_id=elsewhere.id)
    refusal = refusal_of(lambda: set_due(session, item, rule, seen_version=1, by=SYSTEM, now=NOW))
    assert refusal == ("There is no such milestone in this register. Choose another.", "milestone")


def test_there_is_no_condition_to_meet_where_none_was_made(session: Session, item: Item) -> None:
    refusal = refusal_of(lambda: meet_condition(session, item, date(2012, 11, 12), by=SYSTEM, now=NOW))
    assert refusal == ("This item has no condition. Add one first.", "on")


def test_only_proposer_and_supporters_say_whether_it_is_done(session: Session, item: Item) -> None:
    item.progress = Progress.DONE
    party = party_id_of(session, make_person(session))
    view = ProposerView.SATISFIED
    refusal = refusal_of(lambda: record_closing_view(session, item, view, party_id=party, by=SYSTEM, now=NOW))
    message = "Only the proposer and the supporters say whether the item is done. Choose one of them."
    assert refusal == (message, "view")


def test_a_request_is_passed_to_somebody_else(session: Session, item: Item) -> None:
    party = party_of(session, make_person(session))
    request = make_ownership(session, item, party, state=OwnerState.REQUESTED)
    refusal = refusal_of(lambda: pass_request_on(session, request, party.id, by=SYSTEM, now=NOW))
    assert refusal == ("Choose somebody else to pass it to.", "party")


def test_a_position_is_removed_only_with_a_reason(session: Session, item: Item) -> None:
    stand = NewPosition(party_id_of(session, make_person(session)), Stance.SUPPORTS)
    position = add_position(session, item, stand, by=SYSTEM, now=NOW)
    refusal = refusal_of(lambda: remove_position(session, position, reason=" \u00a0", by=SYSTEM, now=NOW))
    assert refusal == ("Say why you remove this position.", "reason")


def test_an_addressee_stays_once_the_item_was_sent_to_it(session: Session, item: Item) -> None:
    addressee = make_addressee(session, item, party_of(session, make_person(session)), response=ResponseState.SENT)
    refusal = refusal_of(lambda: drop_addressee(session, addressee, by=SYSTEM, now=NOW))
    assert refusal == ("The item has been sent to this party. Undo the sending first.", None)


def test_a_view_without_a_name_is_not_kept(session: Session, board: Body) -> None:
    person = make_person(session)
    refusal = refusal_of(
        lambda: save_view(session, board.id, person.id, "\u200b ", "theme=lamps", is_shared=False, by=SYSTEM, now=NOW)
    )
    assert refusal == ("Give the view a name.", "name")
