"""After starting empty nothing of the example is left in any table, and it does not come back."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel, col, delete, select

from tests.factories import NOW, SYSTEM, make_item, make_milestone, make_register
from tests.seed.sample import write
from tracker.clock import ClockSetting, real_now, start_at
from tracker.errors import Refused
from tracker.history import Actor, ChangeWay, Event, leave
from tracker.items.changes import publish
from tracker.items.models import Item
from tracker.mail import outbox
from tracker.mail.compose_email import Email
from tracker.mail.models import MailKind
from tracker.people import sessions
from tracker.people.details import BodyDetails
from tracker.people.invitations import InvitationProgress, invitation_states
from tracker.people.models import Body, Person, Role
from tracker.people.queries import current_roles, registers, roles_from
from tracker.reports.models import Report
from tracker.seed.load_seed import load
from tracker.seed.start_empty import (
    Beginning,
    begin_example,
    is_example,
    keep_example,
    made_by_people,
    start_empty,
    was_emptied,
    what_goes,
)

BEGINNING = Beginning(BodyDetails("City Council", timezone="Europe/Oslo"), "council", "Cleo Clerk", "cleo@example.org")


@pytest.fixture
def ana(any_session: Session, tmp_path: Path) -> Person:
    """Who runs an installation that holds an example and a sample, with a mail, a report and work of hers."""
    session = any_session
    start_at(session, NOW)
    load(session, write(tmp_path), now=NOW)
    begin_example(session, registers(session)[0], by=SYSTEM, now=NOW)
    make_register(session, slug="sample", name="Sample of ours", is_sample=True)
    person = session.exec(select(Person).where(col(Person.is_operator))).one()
    email = Email(to="bo@example.org", subject="Lend tools", text="x", html="x")
    outbox.put(session, email, person_id=person.id, kind=MailKind.REQUEST, now=NOW)
    milestone = make_milestone(session, registers(session)[0], slug="a-day")
    frozen = {"number": 1, "as_of": NOW.date(), "issued_at": NOW, "picture": {"title": "Lend tools"}}
    report = Report(body_id=milestone.body_id, milestone_id=milestone.id, **frozen)
    session.add(report)
    leave(session, report, "issued", by=SYSTEM, now=NOW)
    publish(session, session.exec(select(Item)).all()[0], by=Actor(person.id, ChangeWay.BROWSER), now=NOW)
    session.commit()
    return person


def empty(session: Session, person: Person) -> Body:
    register = start_empty(session, person, BEGINNING, by=Actor(person.id, ChangeWay.BROWSER), now=real_now())
    session.commit()
    return register


def everything(session: Session) -> str:
    """All that stands in any table of the database, the index of the search among them."""
    connection = session.connection()
    names = [name for name in sa.inspect(connection).get_table_names() if name != "alembic_version"]
    rows = [connection.execute(sa.select(sa.text("*")).select_from(sa.table(name))).all() for name in names]
    return str(rows)


def marks(session: Session) -> set[str]:
    """Words by which the example is known: names, slugs, titles, addresses."""
    columns = [("body", "name"), ("body", "slug"), ("person", "name"), ("person", "slug"), ("person", "email"),
               ("item", "title"), ("milestone", "slug"), ("meeting", "title"), ("party", "slug")]  # fmt: skip
    tables = SQLModel.metadata.tables
    found = {
        text for table, column in columns for text in session.connection().scalars(sa.select(tables[table].c[column]))
    }
    return {text for text in found if text} | {"tools"}


def test_nothing_of_the_example_is_left_in_any_table(any_session: Session, ana: Person) -> None:
    known = marks(any_session)
    assert {mark for mark in known if mark in everything(any_session)} == known
    empty(any_session, ana)
    left = everything(any_session)
    assert {mark for mark in known if mark in left} == set()


def test_who_runs_it_stays_and_stays_signed_in(any_session: Session, ana: Person) -> None:
    token = sessions.start(any_session, ana, now=real_now())
    number = ana.id
    register = empty(any_session, ana)
    found = sessions.find_session(any_session, token, now=real_now())
    assert found
    assert (found[1].id, found[1].name, found[1].email) == (number, "Cleo Clerk", "cleo@example.org")
    assert found[1].is_operator
    assert roles_from(current_roles(any_session, found[1], real_now()), register) == {Role.SECRETARIAT}
    states = invitation_states(any_session, register.id, now=real_now(), only=[number])
    assert states[number].state is InvitationProgress.SIGNED_IN


def test_the_register_begins_today_with_number_one(any_session: Session, ana: Person) -> None:
    register = empty(any_session, ana)
    assert (register.slug, register.timezone, register.is_register) == ("council", "Europe/Oslo", True)
    assert any_session.exec(select(ClockSetting.is_returned)).one()
    assert make_item(any_session, register).number == 1


def test_one_line_says_so_and_no_line_can_be_deleted_again(any_session: Session, ana: Person) -> None:
    register = empty(any_session, ana)
    lines = any_session.exec(select(Event.verb, Event.body_id).where(col(Event.verb) == "started empty")).all()
    assert lines == [("started empty", register.id)]
    assert was_emptied(any_session)
    with pytest.raises(DBAPIError, match="append-only"):
        any_session.exec(delete(Event))


def test_what_goes_is_counted_before(any_session: Session, ana: Person) -> None:
    going = what_goes(any_session)
    assert (going["item"], going["report"], going["outgoing"]) == (2, 1, 1)
    assert made_by_people(any_session) == 1


def test_an_installation_with_more_than_the_example_is_not_emptied(any_session: Session, ana: Person) -> None:
    make_register(any_session, slug="other")
    assert not is_example(any_session)
    with pytest.raises(Refused, match="nothing was deleted"):
        empty(any_session, ana)


def test_an_example_that_somebody_keeps_is_not_emptied(session: Session, tmp_path: Path) -> None:
    load(session, write(tmp_path), now=NOW)
    register = registers(session)[0]
    assert not is_example(session)  # somebody's own file
    begin_example(session, register, by=SYSTEM, now=NOW)
    assert is_example(session)
    keep_example(session, register, by=SYSTEM, now=NOW)
    assert not is_example(session)
