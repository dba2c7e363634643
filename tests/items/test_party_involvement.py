"""Parties outside every register are known where items name them, and where none does."""

from sqlmodel import Session

from tests.factories import NOW, SYSTEM, make_addressee, make_item, make_register, sight_into
from tracker.items.party_involvement import outsiders, positions_of
from tracker.items.party_models import Position, Stance
from tracker.items.positions import NewPosition, add_position
from tracker.meetings.models import Visibility
from tracker.people.changes import add_body, add_class
from tracker.people.details import BodyDetails
from tracker.people.models import Body, Party
from tracker.people.queries import STRANGER, party_by_slug


def schools(session: Session, register: Body | None = None) -> Party:
    return add_class(session, "Schools", by=SYSTEM, now=NOW, register_id=register and register.id)


def names(session: Session, body: Body) -> list[str]:
    return [one.name for one in outsiders(session, body.id, sight_into(body))]


def test_a_class_that_no_item_names_is_known_where_it_was_added(any_session: Session) -> None:
    board, park = make_register(any_session), make_register(any_session, slug="park")
    schools(any_session, park)
    assert (names(any_session, board), names(any_session, park)) == ([], ["Schools"])


def test_a_class_that_only_another_register_asks_is_not_ours(any_session: Session) -> None:
    board, park = make_register(any_session), make_register(any_session, slug="park")
    make_addressee(any_session, make_item(any_session, park), schools(any_session))
    assert (names(any_session, board), names(any_session, park)) == ([], ["Schools"])


def test_a_body_of_a_register_is_no_outsider(session: Session) -> None:
    board = make_register(session)
    add_body(session, BodyDetails("Council", parent_id=board.id), by=SYSTEM, now=NOW)
    ours = {"by": SYSTEM, "now": NOW, "register_id": board.id}
    nations = add_body(session, BodyDetails("Nations"), **ours)
    add_body(session, BodyDetails("Nations' office", parent_id=nations.id), **ours)
    assert names(session, board) == ["Nations", "Nations' office"]


def test_whoever_put_an_item_forward_is_known_there(session: Session) -> None:
    board, park = make_register(session), make_register(session, slug="park")
    make_item(session, park, put_forward_by=schools(session).id)
    assert (names(session, board), names(session, park)) == ([], ["Schools"])


def position(session: Session, visibility: Visibility) -> tuple[Body, Party, Position]:
    board, party = make_register(session), schools(session)
    item = make_item(session, board, visibility=visibility)
    stand = NewPosition(party_id=party.id, stance=Stance.SUPPORTS)
    return board, party, add_position(session, item, stand, by=SYSTEM, now=NOW)


def test_positions_are_told_as_far_as_the_items_may_be_seen(session: Session) -> None:
    board, party, _ = position(session, Visibility.INTERNAL)
    assert positions_of(session, board.id, STRANGER, [party.id]) == []


def test_a_position_comes_with_its_item(session: Session) -> None:
    board, party, taken = position(session, Visibility.PUBLISHED)
    found = positions_of(session, board.id, STRANGER, [party.id])
    assert [(one, item.id) for one, item in found] == [(taken, taken.item_id)]
    assert party_by_slug(session, "schools") is party
