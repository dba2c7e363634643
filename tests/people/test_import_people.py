"""A list of people: whoever is there is brought up to date, whoever is not is added."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from tests.factories import NOW, SYSTEM, TODAY, make_register
from tracker.errors import Refused
from tracker.history import Event
from tracker.people.changes import add_body
from tracker.people.details import BodyDetails
from tracker.people.import_people import import_people
from tracker.people.models import Body, Frequency, GroupSource, Person, Role, Subscription, Term
from tracker.people.queries import current_roles, roles_from
from tracker.people.register import people_of
from tracker.people.terms import subscribe
from tracker.tables.text_tables import TableRow

ANA = {"name": "Ana Silva", "email": "Ana@example.org", "role": "member", "stakeholder_group": "Civil society"}


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


def take_in(session: Session, board: Body, *rows: dict[str, object]) -> dict[str, int]:
    numbered = [TableRow(number, row) for number, row in enumerate(rows, 2)]
    counts = import_people(session, numbered, board, today=TODAY, by=SYSTEM, now=NOW)
    session.commit()
    return dict(counts)


def ana(session: Session) -> Person:
    return session.exec(select(Person).where(col(Person.email) == "ana@example.org")).one()


def test_somebody_new_gets_account_role_and_digest(any_session: Session, board: Body) -> None:
    assert take_in(any_session, board, ANA) == {"added": 1}
    assert roles_from(current_roles(any_session, ana(any_session), NOW), board) == {Role.MEMBER}
    digest = any_session.exec(select(Subscription)).one()
    assert (digest.weekday, digest.hour, digest.frequency) == (0, 8, Frequency.WEEKLY)


def test_a_group_is_known_by_name_and_comes_from_the_list(any_session: Session, board: Body) -> None:
    take_in(any_session, board, ANA)
    assert ana(any_session).stakeholder_group == "civil-society"
    assert ana(any_session).group_source is GroupSource.MEMBER_LIST


def test_the_same_list_again_changes_nothing(any_session: Session, board: Body) -> None:
    take_in(any_session, board, ANA)
    before = any_session.exec(select(sa.func.count(col(Event.id)))).one()
    assert take_in(any_session, board, ANA) == {"there": 1}
    assert any_session.exec(select(sa.func.count(col(Event.id)))).one() == before


def test_filled_cells_change_and_empty_ones_leave(any_session: Session, board: Body) -> None:
    take_in(any_session, board, {**ANA, "affiliation": "River Watch"})
    take_in(any_session, board, {"name": "Ana Sousa", "email": "ana@example.org", "affiliation": ""})
    person = ana(any_session)
    assert (person.name, person.affiliation, person.stakeholder_group) == ("Ana Sousa", "River Watch", "civil-society")


def test_a_second_line_gives_a_second_role(any_session: Session, board: Body) -> None:
    add_body(any_session, BodyDetails("Council", parent_id=board.id), by=SYSTEM, now=NOW)
    take_in(any_session, board, ANA, {**ANA, "body": "council", "role": "chair"})
    assert roles_from(current_roles(any_session, ana(any_session), NOW), board) == {Role.MEMBER, Role.CHAIR}


def test_whoever_has_no_address_is_known_by_name(any_session: Session, board: Body) -> None:
    bo: dict[str, object] = {"name": "Bo Berg"}
    assert take_in(any_session, board, bo, bo) == {"added": 1, "there": 1}
    assert [person.name for person in people_of(any_session, board.id)] == ["Bo Berg"]
    assert any_session.exec(select(Subscription)).all() == []


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [("Friday", "18", (4, 18)), ("fri", 7, (4, 7)), ("4", "07:00", (4, 7)), ("", "18", (0, 18)), ("Tue", "", (1, 8))],
)
def test_day_and_hour_of_the_digest_are_read(
    any_session: Session, board: Body, day: str, hour: object, expected: tuple[int, int]
) -> None:
    take_in(any_session, board, {**ANA, "digest_day": day, "digest_hour": hour})
    digest = any_session.exec(select(Subscription)).one()
    assert (digest.weekday, digest.hour) == expected


def test_somebody_may_want_no_digest(any_session: Session, board: Body) -> None:
    take_in(any_session, board, {**ANA, "digest_day": "never"})
    assert any_session.exec(select(Subscription.frequency)).one() is Frequency.NEVER


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"digest_frequency": "Monthly", "digest_day": "fri"}, (Frequency.MONTHLY, 4)),
        ({"digest_frequency": "daily"}, (Frequency.DAILY, 0)),
        ({"digest_frequency": "never"}, (Frequency.NEVER, 0)),
    ],
)
def test_how_often_the_digest_comes_is_read(
    any_session: Session, board: Body, cells: dict[str, object], expected: tuple[Frequency, int]
) -> None:
    take_in(any_session, board, {**ANA, **cells})
    digest = any_session.exec(select(Subscription)).one()
    assert (digest.frequency, digest.weekday) == expected


def test_another_day_leaves_frequency_and_pause_as_they_were(any_session: Session, board: Body) -> None:
    take_in(any_session, board, {**ANA, "digest_frequency": "monthly"})
    pause = TODAY + timedelta(days=30)
    subscribe(any_session, ana(any_session), frequency=Frequency.MONTHLY, paused_until=pause, by=SYSTEM, now=NOW)
    take_in(any_session, board, {**ANA, "digest_day": "tue"})
    digest = any_session.exec(select(Subscription)).one()
    assert (digest.frequency, digest.weekday, digest.paused_until) == (Frequency.MONTHLY, 1, pause)


def test_a_role_that_has_ended_is_given_again(any_session: Session, board: Body) -> None:
    take_in(any_session, board, ANA)
    term = any_session.exec(select(Term)).one()
    earlier = TODAY - timedelta(days=30)
    term.first_day = term.last_day = earlier
    any_session.add(Event(at=NOW, actor="system", way="job", verb="x", subject=term.history_key()))
    any_session.info.setdefault("recorded", set()).add(term.history_key())
    take_in(any_session, board, ANA)
    assert len(any_session.exec(select(Term)).all()) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "Line 2: name"),
        ({"email": "ana"}, "Line 2: email"),
        ({"body": "moon"}, "Line 2: body"),
        ({"role": "king"}, "Line 2: role"),
        ({"stakeholder_group": "martians"}, "Line 2: stakeholder_group"),
        ({"timezone": "Mars"}, "Line 2: timezone"),
        ({"language": "klingonese"}, "Line 2: language"),
        (
            {"digest_day": "someday"},
            "Line 2: digest_day: “someday” is not a weekday. Enter monday to sunday",
        ),
        ({"digest_hour": "24"}, "Line 2: digest_hour: “24” is not an hour. Enter 0 to 23."),
        ({"digest_hour": "²"}, "Line 2: digest_hour"),
        ({"digest_frequency": "hourly"}, "Line 2: digest_frequency: “hourly” is not a frequency. Choose from: daily,"),
    ],
)
def test_a_bad_cell_is_told_with_line_and_column(
    any_session: Session, board: Body, change: dict[str, object], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        take_in(any_session, board, {**ANA, **change})


def test_a_name_that_several_people_have_needs_an_address(any_session: Session, board: Body) -> None:
    take_in(any_session, board, ANA, {**ANA, "email": "ana2@example.org"})
    with pytest.raises(Refused, match=r"Several people have this name\. Add the mail address\."):
        take_in(any_session, board, {"name": "Ana Silva", "affiliation": "River Watch"})
    take_in(any_session, board, {**ANA, "affiliation": "River Watch"})
    assert ana(any_session).affiliation == "River Watch"
