"""Who stands where: capacity and passage with each position, conditions said."""

from typing import Any

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, make_item, make_meeting, make_person, make_proposal, make_register, party_id_of
from tracker.errors import Refused
from tracker.history import Actor, ChangeWay
from tracker.history_queries import of_subject
from tracker.items import positions
from tracker.items.models import Capacity, Item
from tracker.items.party_models import Position, Stance
from tracker.items.positions import NewPosition

BY = Actor(None, ChangeWay.BROWSER)


@pytest.fixture
def item(any_session: Session) -> Item:
    made = make_item(any_session, make_register(any_session))
    any_session.commit()
    return made


@pytest.fixture
def stand(any_session: Session) -> NewPosition:
    return NewPosition(party_id=party_id_of(any_session, make_person(any_session)), stance=Stance.SUPPORTS)


def noted(session: Session, item: Item, stand: NewPosition, **values: Any) -> Position:
    return positions.add_position(session, item, NewPosition(**{**vars(stand), **values}), by=BY, now=NOW)


def test_a_position_keeps_capacity_and_passage(any_session: Session, item: Item, stand: NewPosition) -> None:
    board = make_register(any_session, slug="other")
    passage = make_proposal(any_session, make_meeting(any_session, board)).passage_id
    position = noted(any_session, item, stand, capacity=Capacity.GOVERNMENT, passage_id=passage)
    event = of_subject(any_session, f"item:{item.id}")[-1]
    assert (position.capacity, position.passage_id) == (Capacity.GOVERNMENT, passage)
    assert (event.after["stance"], event.after["passage"]) == ("supports", passage)


def test_support_on_a_condition_says_which(any_session: Session, item: Item, stand: NewPosition) -> None:
    with pytest.raises(Refused) as refusal:
        noted(any_session, item, stand, stance=Stance.SUPPORTS_IF)
    assert refusal.value.field == "condition"
    assert noted(any_session, item, stand, stance=Stance.SUPPORTS_IF, condition="if funded").condition == "if funded"


def test_a_position_points_to_a_passage_that_exists(any_session: Session, item: Item, stand: NewPosition) -> None:
    with pytest.raises(Refused):
        noted(any_session, item, stand, passage_id=4711)


def test_a_correction_tells_both_readings(any_session: Session, item: Item, stand: NewPosition) -> None:
    position = noted(any_session, item, stand)
    weaker = NewPosition(party_id=stand.party_id, stance=Stance.ASKS)
    positions.edit_position(any_session, position, weaker, by=BY, now=NOW)
    event = of_subject(any_session, f"item:{item.id}")[-1]
    assert (event.before["stance"], event.after["stance"], position.stance) == ("supports", "asks", Stance.ASKS)


def test_a_position_is_removed_with_a_reason(any_session: Session, item: Item, stand: NewPosition) -> None:
    position = noted(any_session, item, stand)
    with pytest.raises(Refused) as refusal:
        positions.remove_position(any_session, position, reason="", by=BY, now=NOW)
    assert refusal.value.field == "reason"
    positions.remove_position(any_session, position, reason="Said of another item.", by=BY, now=NOW)
    assert any_session.exec(select(Position)).all() == []
