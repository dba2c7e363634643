"""What is told at once: to whom, bundled for a quarter of an hour, and only while it is true."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from tests.digests.stage import MONDAY, Stage, make_stage, steward_of
from tests.digests.test_mail import what_is_requested
from tests.factories import made, make_register
from tests.mail.expected import assert_email_as_expected
from tracker.calendar.move_milestone import NewDays, move_milestone
from tracker.clock import real_now
from tracker.digests.models import Notice, NoticeKind
from tracker.digests.notice_mail import NoticePress
from tracker.digests.notices import BUNDLED_FOR, queue_notices
from tracker.history import Actor, ChangeWay
from tracker.items import ownership
from tracker.items.changes import DueRule, set_due
from tracker.items.details import open_request
from tracker.items.models import Item, Progress
from tracker.mail.delivery_office import Dropped, Written
from tracker.mail.models import MailKind, MailState, Outgoing
from tracker.meetings.models import Visibility
from tracker.people.models import Frequency, Person, Subscription, Term
from tracker.updates import changes as updates
from tracker.updates.progress_rules import ProgressStep

PRESS = NoticePress("a secret", "https://follow.example.org")


@pytest.fixture
def stage(app: Flask) -> Iterator[Stage]:
    with app.app_context(), app.extensions["sessions"].writer() as session:
        stage = make_stage(session)
        stage.session.flush()
        yield stage


def requested(stage: Stage, title: str = "Find a room", now: datetime = MONDAY, **values: Any) -> Item:
    """An item that Sara asks Ana to own."""
    item = stage.item(title, **values)
    ownership.request_to_own(stage.session, item, stage.party(stage.ana), by=stage.by(stage.sara), now=now)
    return item


def waits(stage: Stage, person: Person, by: Person) -> Item:
    """An item of Ben's that begins to wait for somebody."""
    item = stage.item("Invite the schools", stage.ben)
    step = ProgressStep(Progress.WAITING, waiting_for=stage.party(person))
    updates.record(stage.session, item, by, "", progress=step, by=stage.by(by), now=MONDAY)
    return item


def dated(stage: Stage, by: Person) -> Item:
    """An item of Ana's that gets another day."""
    item = stage.coming("Draft the programme")
    rule = DueRule(own_due_on=date(2013, 3, 20))
    set_due(
        stage.session, item, rule, reason="The printer is late.", seen_version=item.version, by=stage.by(by), now=MONDAY
    )
    return item


def moved(stage: Stage, by: Person) -> Item:
    """An item of Ana's whose milestone moves."""
    item = stage.coming("Draft the programme")
    stage.session.flush()
    days = NewDays(date(2013, 3, 4), date(2013, 3, 4), tentative=False)
    move_milestone(
        stage.session, stage.february, days, reason="No room.", seen_version=stage.february.version, by=stage.by(by),
        now=MONDAY,
    )  # fmt: skip
    return item


def lines(stage: Stage) -> list[tuple[str, NoticeKind]]:
    stage.session.flush()
    queue_notices(stage.session, now=MONDAY)
    rows = stage.session.exec(select(Person.name, Notice.kind).join(Notice, col(Notice.person_id) == col(Person.id)))
    return sorted(rows)


def notice(stage: Stage) -> Written | Dropped:
    """Queue what there is and write the one notice."""
    queue_notices(stage.session, now=MONDAY)
    return PRESS.write(stage.session, stage.session.exec(select(Outgoing)).one())


def text(stage: Stage) -> str:
    written = notice(stage)
    assert isinstance(written, Written)
    return f"{written.email.subject}\n{written.email.text}"


@pytest.mark.parametrize(
    ("happen", "told"),
    [
        (lambda stage: requested(stage), [("Ana Silva", NoticeKind.REQUEST)]),
        (lambda stage: waits(stage, stage.ana, stage.ben), [("Ana Silva", NoticeKind.WAITING)]),
        (lambda stage: waits(stage, stage.ana, stage.ana), []),
        (lambda stage: dated(stage, stage.sara), [("Ana Silva", NoticeKind.DATE)]),
        (lambda stage: dated(stage, stage.ana), []),
        (lambda stage: moved(stage, stage.sara), [("Ana Silva", NoticeKind.DATE)]),
        (lambda stage: requested(stage, progress=Progress.DONE), []),
        (lambda stage: requested(stage, now=MONDAY + timedelta(hours=1)), []),
        (lambda stage: requested(stage, now=MONDAY - timedelta(days=15)), []),
    ],
)
def test_few_things_are_told_at_once_and_not_to_who_did_them(
    stage: Stage, happen: Callable[[Stage], Item], told: list[tuple[str, NoticeKind]]
) -> None:
    happen(stage)
    assert lines(stage) == told


def test_only_who_holds_a_role_in_the_register_today_is_told(stage: Stage) -> None:
    """The item may be there for all to read: whoever holds no role could not answer."""
    item = requested(stage, visibility=Visibility.PUBLISHED)
    term = stage.session.exec(select(Term).where(Term.person_id == stage.ana.id)).one()
    term.last_day = MONDAY.date() - timedelta(days=1)
    made(stage.session, term)
    assert lines(stage) == []
    assert item.visibility is Visibility.PUBLISHED


def test_a_role_that_ends_meanwhile_ends_the_notice(stage: Stage) -> None:
    requested(stage, visibility=Visibility.PUBLISHED)
    assert lines(stage) == [("Ana Silva", NoticeKind.REQUEST)]
    row = stage.session.exec(select(Outgoing)).one()
    assert PRESS.objection(stage.session, row) is None
    term = stage.session.exec(select(Term).where(Term.person_id == stage.ana.id)).one()
    term.last_day = MONDAY.date() - timedelta(days=1)
    made(stage.session, term)
    assert isinstance(PRESS.write(stage.session, row), Dropped)
    assert PRESS.objection(stage.session, row) is not None


@pytest.mark.parametrize("way", [ChangeWay.IMPORT, ChangeWay.JOB, ChangeWay.COMMAND_LINE])
def test_what_a_file_or_a_job_requests_is_not_told_at_once(stage: Stage, way: ChangeWay) -> None:
    by = Actor(stage.sara.id, way)
    ownership.request_to_own(stage.session, stage.item(), stage.party(stage.ana), by=by, now=MONDAY)
    assert lines(stage) == []


@pytest.mark.parametrize(
    "values", [{"frequency": Frequency.NEVER}, {"paused_until": date(2012, 12, 1)}], ids=["stopped", "paused"]
)
def test_who_wants_no_digests_hears_of_requests_alone(stage: Stage, values: dict[str, Any]) -> None:
    subscription = stage.session.get_one(Subscription, stage.ana.id)
    for name, value in values.items():
        setattr(subscription, name, value)
    waits(stage, stage.ana, stage.ben)
    requested(stage)
    assert lines(stage) == [("Ana Silva", NoticeKind.REQUEST)]


def test_for_a_class_its_steward_and_second_are_told(stage: Stage) -> None:
    party = steward_of(stage.session, "hosts", stage.ana)
    party.second_id = stage.ben.id
    ownership.request_to_own(stage.session, stage.item(), party.id, by=stage.by(stage.sara), now=MONDAY)
    assert lines(stage) == [("Ana Silva", NoticeKind.REQUEST), ("Ben Ng", NoticeKind.REQUEST)]


def test_a_quarter_of_an_hour_is_one_mail(stage: Stage) -> None:
    requested(stage, "Find a room")
    lines(stage)
    requested(stage, "Buy lamps", now=MONDAY - timedelta(minutes=1))
    lines(stage)
    row = stage.session.exec(select(Outgoing)).one()
    assert (row.kind, row.state) == (MailKind.NOTICE, MailState.QUEUED)
    assert BUNDLED_FOR - timedelta(minutes=1) < row.next_at - real_now() <= BUNDLED_FOR
    assert "Find a room" in text(stage)
    assert "Buy lamps" in text(stage)


def test_a_second_pass_finds_nothing_more(stage: Stage) -> None:
    requested(stage)
    assert lines(stage) == lines(stage)
    assert len(stage.session.exec(select(Outgoing)).all()) == 1


def test_what_comes_after_a_notice_was_written_comes_in_another(stage: Stage) -> None:
    requested(stage)
    lines(stage)
    stage.session.exec(select(Outgoing)).one().frozen_at = MONDAY
    requested(stage, "Buy lamps")
    lines(stage)
    assert len(stage.session.exec(select(Outgoing)).all()) == 2


def test_a_request_withdrawn_meanwhile_is_not_told(stage: Stage) -> None:
    item = requested(stage)
    lines(stage)
    request = open_request(stage.session, item)
    assert request
    ownership.withdraw_request(stage.session, request, by=stage.by(stage.sara), now=MONDAY)
    dropped = notice(stage)
    assert isinstance(dropped, Dropped)
    assert dropped.state is MailState.CANCELLED


def test_an_item_that_no_longer_waits_is_not_told(stage: Stage) -> None:
    item = waits(stage, stage.ana, stage.ben)
    lines(stage)
    updates.record(
        stage.session, item, stage.ben, "", progress=Progress.IN_PROGRESS, by=stage.by(stage.ben), now=MONDAY
    )
    assert isinstance(notice(stage), Dropped)


def test_an_item_that_its_reader_may_no_longer_see_is_not_told(stage: Stage) -> None:
    item = requested(stage)
    lines(stage)
    item.body_id = make_register(stage.session, slug="park-board", name="Park Board").id
    assert isinstance(notice(stage), Dropped)


def test_a_date_is_told_with_the_reason(stage: Stage) -> None:
    moved(stage, stage.sara)
    assert "No room." in text(stage)


def test_the_first_mail_says_what_this_is_and_no_later_one(stage: Stage) -> None:
    requested(stage)
    assert "Intersession records" in text(stage)
    earlier = earlier_mail(stage.session, stage.ana)
    assert earlier.state is MailState.SENT
    assert "Intersession records" not in PRESS.write(stage.session, newest(stage.session)).email.text  # type: ignore[union-attr]


def test_a_first_mail_with_one_request_reads_as_expected(stage: Stage) -> None:
    what_is_requested(stage)
    written = notice(stage)
    assert isinstance(written, Written)
    assert_email_as_expected("notice_first", written.email)


def test_a_notice_of_several_things_reads_as_expected(stage: Stage) -> None:
    what_is_requested(stage)
    requested(stage, "Buy lamps", number=3)
    waits(stage, stage.ana, stage.ben)
    moved(stage, stage.sara)
    earlier_mail(stage.session, stage.ana)
    queue_notices(stage.session, now=MONDAY)
    written = PRESS.write(stage.session, newest(stage.session))
    assert isinstance(written, Written)
    assert_email_as_expected("notice_several", written.email)


def earlier_mail(session: Session, person: Person) -> Outgoing:
    """A mail that reached the person before."""
    row = (
        Outgoing(person_id=person.id, kind=MailKind.DIGEST, period="2012-11-05", to_addr=person.email or "",
                 message_id="digest.earlier", created_at=MONDAY, next_at=MONDAY, state=MailState.SENT)
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def newest(session: Session) -> Outgoing:
    return session.exec(select(Outgoing).where(col(Outgoing.kind) == MailKind.NOTICE)).one()


@pytest.mark.parametrize("zone", ["Atlantis/Capital", "Europe", "../etc"])
def test_a_zone_that_is_none_stops_neither_notices_nor_digests(stage: Stage, zone: str) -> None:
    stage.ana.timezone = zone
    stage.session.get_one(Subscription, stage.ana.id).paused_until = MONDAY.date() - timedelta(days=1)
    waits(stage, stage.ana, stage.ben)
    requested(stage)
    assert len(lines(stage)) == 2
    assert "Find a room" in text(stage)
    assert not stage.said(MONDAY).is_empty
