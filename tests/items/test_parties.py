"""Forms offer who may act here, and nobody of another register alone."""

import pytest
from sqlmodel import Session

from tests.factories import TODAY, made, make_asked, make_item, make_ownership, make_person, make_register, make_term
from tests.factories import party_of as party
from tracker.items import parties
from tracker.items.models import OwnerState
from tracker.items.parties import PartyKind
from tracker.meetings.models import Visibility
from tracker.people.models import Body, Party
from tracker.people.queries import STRANGER


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


def offered(session: Session, board: Body) -> list[str]:
    return [choice.name for choice in parties.of_form(session, board.id or 0)]


def test_a_form_offers_people_bodies_and_classes_by_name(any_session: Session, board: Body) -> None:
    make_person(any_session, "zoë Zimmer")
    make_person(any_session, "Abe Bell")
    made(any_session, Party(slug="readers", class_name="Readers"))
    choices = parties.of_form(any_session, board.id or 0)
    assert [choice.name for choice in choices] == ["Abe Bell", "Library Board", "Readers", "zoë Zimmer"]
    assert [choice.kind for choice in choices][:3] == [PartyKind.PERSON, PartyKind.BODY, PartyKind.CLASS]


def test_who_belongs_to_another_register_alone_is_not_offered(any_session: Session, board: Body) -> None:
    park = make_register(any_session, slug="park", name="Park Board")
    make_register(any_session, slug="rangers", name="Rangers", is_register=False, parent_id=park.id)
    theirs, both = make_person(any_session, "Their Own"), make_person(any_session, "Of Both")
    for person, body in ((theirs, park), (both, park), (both, board)):
        make_term(any_session, person, body)
    assert offered(any_session, board) == ["Library Board", "Of Both"]


def test_who_was_merged_or_erased_is_not_offered(any_session: Session, board: Body) -> None:
    kept = make_person(any_session, "Kept One")
    make_person(any_session, "Merged One", merged_into_id=kept.id)
    make_person(any_session, "Erased One", erased_on=TODAY)
    assert offered(any_session, board) == ["Kept One", "Library Board"]


def test_a_filter_offers_who_owns_or_was_asked_where_the_reader_sees(any_session: Session, board: Body) -> None:
    ana, ben = make_person(any_session), make_person(any_session, "Ben Okri")
    seen = make_item(any_session, board, visibility=Visibility.PUBLISHED)
    make_ownership(any_session, seen, party(any_session, ana))
    make_ownership(any_session, seen, party(any_session, ben), state=OwnerState.ASKED)
    make_asked(any_session, seen, party(any_session, board))
    make_asked(any_session, make_item(any_session, board), party(any_session, ben))
    body_id = board.id or 0
    assert [choice.name for choice in parties.owners(any_session, body_id, STRANGER)] == ["Ana Silva"]
    assert [choice.name for choice in parties.asked(any_session, body_id, STRANGER)] == ["Library Board"]
