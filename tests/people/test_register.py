"""Who is known in a register: who serves there, and who is named in its transcripts."""

from datetime import date

from sqlmodel import Session

from tests.factories import NOW, SYSTEM, TODAY, make_person, make_register, make_term
from tracker.people.changes import add_body, add_label
from tracker.people.details import BodyDetails
from tracker.people.models import Body
from tracker.people.register import bodies_of, party_of_person, people_of, serves_elsewhere, services


def council(session: Session, board: Body) -> Body:
    return add_body(session, BodyDetails("Council", parent_id=board.id), by=SYSTEM, now=NOW)


def test_who_serves_in_a_body_of_the_register_is_known_there(any_session: Session) -> None:
    board = make_register(any_session)
    ana = make_person(any_session)
    make_term(any_session, ana, council(any_session, board), last_day=date(2012, 2, 1))
    make_person(any_session, "Zoe Stranger")
    assert people_of(any_session, board.id or 0) == [ana]


def test_who_is_named_in_its_transcripts_is_known_there(session: Session) -> None:
    board, park = make_register(session), make_register(session, slug="park")
    ana = make_person(session)
    add_label(session, ana, board.id or 0, "MS SILVA", by=SYSTEM, now=NOW)
    assert (people_of(session, board.id or 0), people_of(session, park.id or 0)) == ([ana], [])


def test_the_register_comes_before_the_bodies_that_belong_to_it(session: Session) -> None:
    board = make_register(session)
    below = council(session, board)
    make_register(session, slug="park")
    assert bodies_of(session, board.id or 0) == [board, below]


def test_roles_are_told_by_person_the_latest_first(any_session: Session) -> None:
    board, ana = make_register(any_session), make_person(any_session)
    make_term(any_session, ana, board, first_day=date(2010, 1, 1), last_day=date(2010, 12, 31))
    make_term(any_session, ana, board, first_day=date(2012, 1, 1))
    told = services(any_session, board.id or 0, [ana])[ana.id or 0]
    assert [one.term.first_day.year for one in told] == [2012, 2010]
    assert [one.is_current(TODAY) for one in told] == [True, False]


def test_a_role_in_another_register_is_seen(session: Session) -> None:
    board, park, ana = make_register(session), make_register(session, slug="park"), make_person(session)
    make_term(session, ana, board)
    assert serves_elsewhere(session, park.id or 0, ana)
    assert not serves_elsewhere(session, board.id or 0, ana)


def test_a_person_is_a_party(session: Session) -> None:
    ana = make_person(session)
    assert party_of_person(session, ana).slug == ana.slug
