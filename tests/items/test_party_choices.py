"""Forms offer who may act here, and nobody of another register alone."""

import pytest
from sqlmodel import Session

from tests.factories import (
    NOW,
    SYSTEM,
    TODAY,
    make_addressee,
    make_item,
    make_meeting,
    make_ownership,
    make_person,
    make_proposal,
    make_register,
    make_term,
    sight_into,
)
from tests.factories import party_of as party
from tracker.history import leave
from tracker.items import party_choices
from tracker.items.party_choices import PartyKind
from tracker.items.party_models import OwnerState
from tracker.meetings.models import Visibility
from tracker.people.changes import add_class, label_by_name
from tracker.people.models import Body
from tracker.people.queries import STRANGER


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


def offered(session: Session, board: Body) -> list[str]:
    return [choice.name for choice in party_choices.form_choices(session, board.id, sight_into(board))]


def test_a_form_offers_people_bodies_and_classes_by_name(any_session: Session, board: Body) -> None:
    make_term(any_session, make_person(any_session, "zoë Zimmer"), board)
    make_term(any_session, make_person(any_session, "Abe Bell"), board)
    add_class(any_session, "Readers", by=SYSTEM, now=NOW, register_id=board.id)
    choices = party_choices.form_choices(any_session, board.id, sight_into(board))
    assert [choice.name for choice in choices] == ["Abe Bell", "Library Board", "Readers", "zoë Zimmer"]
    assert [choice.kind for choice in choices][:3] == [PartyKind.PERSON, PartyKind.BODY, PartyKind.CLASS]


def test_who_belongs_to_another_register_alone_is_not_offered(any_session: Session, board: Body) -> None:
    park = make_register(any_session, slug="park", name="Park Board")
    make_register(any_session, slug="rangers", name="Rangers", is_register=False, parent_id=park.id)
    theirs, both = make_person(any_session, "Their Own"), make_person(any_session, "Of Both")
    for person, body in ((theirs, park), (both, park), (both, board)):
        make_term(any_session, person, body)
    assert offered(any_session, board) == ["Library Board", "Of Both"]


@pytest.mark.parametrize("known_by", ["label", "passage", "asked", "asker", "added"])
def test_whom_one_register_names_no_other_offers(any_session: Session, board: Body, known_by: str) -> None:
    park = make_register(any_session, slug="park", name="Park Board")
    ana = make_person(any_session)
    match known_by:
        case "label":
            label_by_name(any_session, ana, board.id, by=SYSTEM, now=NOW)
        case "passage":
            make_proposal(any_session, make_meeting(any_session, board), ana)
        case "asked":
            make_addressee(any_session, make_item(any_session, board), party(any_session, ana))
        case "asker":
            make_item(any_session, board, put_forward_by=party(any_session, ana).id)
        case "added":
            leave(any_session, party(any_session, ana), "added", by=SYSTEM, now=NOW, body_id=board.id)
    assert offered(any_session, board) == ["Ana Silva", "Library Board"]
    assert offered(any_session, park) == ["Park Board"]


def test_whom_nothing_names_nobody_offers(any_session: Session, board: Body) -> None:
    make_person(any_session)
    assert offered(any_session, board) == ["Library Board"]


def test_who_was_merged_or_erased_is_not_offered(any_session: Session, board: Body) -> None:
    kept = make_person(any_session, "Kept One")
    merged = make_person(any_session, "Merged One", merged_into_id=kept.id)
    for person in (kept, merged, make_person(any_session, "Erased One", erased_on=TODAY)):
        make_term(any_session, person, board)
    assert offered(any_session, board) == ["Kept One", "Library Board"]


def test_a_filter_offers_who_owns_or_was_asked_where_the_reader_sees(any_session: Session, board: Body) -> None:
    ana, ben = make_person(any_session), make_person(any_session, "Ben Okri")
    seen = make_item(any_session, board, visibility=Visibility.PUBLISHED)
    make_ownership(any_session, seen, party(any_session, ana))
    make_ownership(any_session, seen, party(any_session, ben), state=OwnerState.REQUESTED)
    make_addressee(any_session, seen, party(any_session, board))
    make_addressee(any_session, make_item(any_session, board), party(any_session, ben))
    body_id = board.id
    assert [choice.name for choice in party_choices.owner_choices(any_session, body_id, STRANGER)] == ["Ana Silva"]
    assert [choice.name for choice in party_choices.addressee_choices(any_session, body_id, STRANGER)] == [
        "Library Board"
    ]
