"""Before a milestone moves, those are named who will read of it."""

from datetime import date

from sqlmodel import Session

from tests.factories import (
    NOW,
    SYSTEM,
    TODAY,
    make_item,
    make_milestone,
    make_ownership,
    make_person,
    make_register,
    make_term,
    party_of,
)  # fmt: skip
from tracker.calendar.move_milestone import NewDays, days_before, move_milestone
from tracker.calendar.who_is_told import MilestoneAudience, milestone_audience
from tracker.people.models import Body, Frequency, Person
from tracker.people.terms import set_stewards, subscribe


def reader(session: Session, name: str, body: Body, frequency: Frequency = Frequency.WEEKLY) -> Person:
    person = make_person(session, name)
    make_term(session, person, body)
    subscribe(session, person, by=SYSTEM, now=NOW, frequency=frequency, weekday=0, hour=8)
    return person


def test_who_owes_what_moves_is_named_with_it_and_the_others_after(any_session: Session) -> None:
    board = make_register(any_session)
    milestone = make_milestone(any_session, board)
    owner, steward = reader(any_session, "Olive", board), reader(any_session, "Stu", board)
    reader(any_session, "Bea", board)
    reader(any_session, "Nora", board, Frequency.NEVER)
    reader(any_session, "Away", make_register(any_session, slug="park"))
    items = [make_item(any_session, board, milestone_id=milestone.id) for _ in range(3)]
    set_stewards(any_session, party_of(any_session, board), steward, None, by=SYSTEM, now=NOW)
    for item in items[:2]:
        make_ownership(any_session, item, party_of(any_session, owner))
    make_ownership(any_session, items[2], party_of(any_session, board))
    one, two, three = (item.number for item in items)
    mover = reader(any_session, "Mo", board).id
    found = milestone_audience(any_session, board.id, items, TODAY, but=mover)
    assert found == MilestoneAudience([("Olive", [one, two]), ("Stu", [three])], ["Bea"])
    known_to_owner = milestone_audience(any_session, board.id, items, TODAY, but=owner.id)
    assert known_to_owner == MilestoneAudience([("Stu", [three])], ["Bea", "Mo"])


def test_a_move_knows_the_way_back(session: Session) -> None:
    milestone = make_milestone(session, make_register(session))
    assert days_before(session, milestone) is None
    march = NewDays(date(2013, 3, 14), date(2013, 3, 15), tentative=True)
    move_milestone(session, milestone, march, reason="So.", seen_version=1, by=SYSTEM, now=NOW)
    assert days_before(session, milestone) == NewDays(date(2013, 2, 28), date(2013, 2, 28), tentative=False)
