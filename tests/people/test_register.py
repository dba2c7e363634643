"""Who is known in a register: who serves there, and who is named in its transcripts."""

from datetime import date, timedelta

from sqlmodel import Session

from tests.factories import NOW, SYSTEM, TODAY, make_person, make_register, make_term
from tracker.people.changes import add_body, add_label
from tracker.people.departures import leaves_no_secretariat, successors
from tracker.people.details import BodyDetails
from tracker.people.invitations import serves_or_will
from tracker.people.merged_records import merge
from tracker.people.models import Body, Person, Role
from tracker.people.people_search import PeopleQuery, Serving, find_people
from tracker.people.queries import first_of_secretariat, serving_as
from tracker.people.register import bodies_of, party_of_person, people_of, serves_elsewhere, services
from tracker.transcripts.queries import people


def council(session: Session, board: Body) -> Body:
    return add_body(session, BodyDetails("Council", parent_id=board.id), by=SYSTEM, now=NOW)


def test_who_serves_in_a_body_of_the_register_is_known_there(any_session: Session) -> None:
    board = make_register(any_session)
    ana = make_person(any_session)
    make_term(any_session, ana, council(any_session, board), last_day=date(2012, 2, 1))
    make_person(any_session, "Zoe Stranger")
    assert people_of(any_session, board.id) == [ana]


def test_who_is_named_in_its_transcripts_is_known_there(session: Session) -> None:
    board, park = make_register(session), make_register(session, slug="park")
    ana = make_person(session)
    add_label(session, ana, board.id, "MS SILVA", by=SYSTEM, now=NOW)
    assert (people_of(session, board.id), people_of(session, park.id)) == ([ana], [])


def test_the_register_comes_before_the_bodies_that_belong_to_it(session: Session) -> None:
    board = make_register(session)
    below = council(session, board)
    make_register(session, slug="park")
    assert bodies_of(session, board.id) == [board, below]


def test_roles_are_told_by_person_the_latest_first(any_session: Session) -> None:
    board, ana = make_register(any_session), make_person(any_session)
    make_term(any_session, ana, board, first_day=date(2010, 1, 1), last_day=date(2010, 12, 31))
    make_term(any_session, ana, board, first_day=date(2012, 1, 1))
    terms = services(any_session, board.id, [ana])[ana.id]
    assert [service.term.first_day.year for service in terms] == [2012, 2010]
    assert [service.is_current(TODAY) for service in terms] == [True, False]


def test_a_role_in_another_register_is_seen(session: Session) -> None:
    board, park, ana = make_register(session), make_register(session, slug="park"), make_person(session)
    make_term(session, ana, board)
    assert serves_elsewhere(session, park.id, ana)
    assert not serves_elsewhere(session, board.id, ana)


def merged_across(session: Session) -> tuple[Body, Body, Person, Person]:
    """Two registers, a member of the second, and the record of the first register that was merged into it."""
    board, park = make_register(session), make_register(session, slug="park")
    keeper, record = make_person(session, "Bo Berg"), make_person(session, "B Burg")
    make_term(session, keeper, park)
    make_term(session, record, board, Role.SECRETARIAT)
    merge(session, record, keeper, by=SYSTEM, now=NOW)
    session.commit()
    return board, park, keeper, record


def test_a_role_of_a_merged_record_in_another_register_is_seen(any_session: Session) -> None:
    board, park, keeper, record = merged_across(any_session)
    assert serves_elsewhere(any_session, park.id, keeper)
    assert serves_elsewhere(any_session, board.id, record)


def test_who_serves_under_a_merged_record_is_known_there_with_the_role(any_session: Session) -> None:
    board, _, keeper, record = merged_across(any_session)
    number = board.id
    assert people_of(any_session, number) == [keeper]
    served = services(any_session, number, [keeper, record])
    assert [[service.term.person_id for service in served[who.id]] for who in (keeper, record)] == [[record.id]] * 2
    assert find_people(any_session, number, PeopleQuery(serving=Serving.TODAY), today=TODAY).people == [keeper]


def test_who_serves_under_a_merged_record_is_reached_as_the_one_that_stands_for_it(any_session: Session) -> None:
    board, _, keeper, _ = merged_across(any_session)
    number, yesterday = board.id, TODAY - timedelta(days=1)
    assert serving_as(any_session, number, [Role.SECRETARIAT], TODAY) == [keeper]
    assert serves_or_will(any_session, number, [keeper.id], TODAY) == {keeper.id}
    assert [one.id for one in successors(any_session, number, yesterday)] == [keeper.id]
    assert first_of_secretariat(any_session, NOW) == keeper


def test_a_secretary_under_a_merged_record_is_secretariat_still(any_session: Session) -> None:
    board, _, _, _ = merged_across(any_session)
    other = make_term(any_session, make_person(any_session, "Zoe Secretary"), board, Role.SECRETARIAT)
    assert not leaves_no_secretariat(any_session, other, TODAY)


def test_who_serves_elsewhere_under_a_merged_record_is_no_stranger_to_name_as_speaker(any_session: Session) -> None:
    board, keeper = make_register(any_session), make_person(any_session, "Bo Berg")
    record = make_person(any_session, "B Burg")
    make_term(any_session, record, board)
    merge(any_session, record, keeper, by=SYSTEM, now=NOW)
    third = make_register(any_session, slug="third")
    assert [number for number, _ in people(any_session, third.id)] == []
    assert [number for number, _ in people(any_session, board.id)] == [keeper.id]


def test_a_person_is_a_party(session: Session) -> None:
    ana = make_person(session)
    assert party_of_person(session, ana).slug == ana.slug
