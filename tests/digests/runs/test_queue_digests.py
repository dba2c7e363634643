"""The pass: who gets a digest queued, once a period, whatever the clock or a second scheduler does."""

import threading
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from tests.digests.stage import MONDAY, SINCE, Stage, make_stage
from tests.factories import SYSTEM, made, make_person, make_term
from tests.statements import statements
from tracker.db import Sessions
from tracker.digests.make_digests import resume, set_frequency, stop
from tracker.digests.models import Digest
from tracker.digests.runs.queue_digests import message_id, queue_due
from tracker.mail.models import MailKind, MailState, Outgoing
from tracker.people.models import Frequency, Subscription
from tracker.people.terms import subscribe

WEEK = timedelta(weeks=1)


@pytest.fixture
def stage(any_session: Session) -> Stage:
    return make_stage(any_session)


def tick(session: Session, now: datetime = MONDAY) -> int:
    queued = queue_due(session, now=now, secret="a secret")
    session.commit()
    return queued


def mails(session: Session) -> list[Outgoing]:
    return list(session.exec(select(Outgoing).order_by(col(Outgoing.id))))


def settle(session: Session, state: MailState = MailState.SENT) -> None:
    for mail in mails(session):
        if mail.state in (MailState.QUEUED, MailState.HELD):
            mail.state = state
    session.commit()


def test_a_digest_is_queued_when_it_is_due_and_once(stage: Stage) -> None:
    counts = [tick(stage.session, MONDAY + timedelta(minutes=minute)) for minute in (-1, 0, 1, 60)]
    assert counts == [0, 1, 0, 0]


def test_a_queued_digest_knows_its_week_and_what_it_covers(stage: Stage) -> None:
    tick(stage.session)
    [mail] = mails(stage.session)
    digest = stage.session.get_one(Digest, mail.id)
    assert (mail.kind, mail.period, mail.to_addr) == (MailKind.DIGEST, "2012-11-12", "ana@example.org")
    assert (digest.window_from, digest.window_to) == (SINCE, MONDAY)


def test_its_name_is_the_same_wherever_it_is_made(stage: Stage) -> None:
    tick(stage.session)
    [mail] = mails(stage.session)
    assert mail.message_id == message_id("a secret", stage.ana.id, date(2012, 11, 12))
    assert mail.message_id.startswith("digest.2012-11-12.")


def test_nobody_else_s_secret_makes_that_name() -> None:
    assert message_id("a secret", 1, date(2012, 11, 12)) != message_id("another", 1, date(2012, 11, 12))


@pytest.mark.parametrize("values", [{"email": None}, {"erased_on": date(2012, 11, 1)}])
def test_who_cannot_be_reached_gets_none(stage: Stage, values: dict[str, object]) -> None:
    stage.ana.sqlmodel_update(values)
    made(stage.session, stage.ana)
    assert tick(stage.session) == 0


def test_who_wants_none_gets_none(stage: Stage) -> None:
    stop(stage.session, stage.ana, by=SYSTEM, now=MONDAY)
    assert tick(stage.session) == 0
    assert stage.session.get_one(Subscription, stage.ana.id).frequency is Frequency.NEVER


def test_stopping_twice_is_stopping_once(stage: Stage) -> None:
    for _ in range(2):
        stop(stage.session, stage.ana, by=SYSTEM, now=MONDAY)
    stage.session.commit()
    assert tick(stage.session) == 0


def test_each_reader_s_own_zone_counts(stage: Stage) -> None:
    tokyo = make_person(stage.session, "Yuki Abe", timezone="Asia/Tokyo")
    made(stage.session, Subscription(person_id=tokyo.id, subscribed_at=SINCE))
    assert tick(stage.session, MONDAY - timedelta(hours=8)) == 1
    assert [mail.person_id for mail in mails(stage.session)] == [tokyo.id]


def test_the_zone_of_their_register_counts_where_they_have_none(stage: Stage) -> None:
    stage.board.timezone = "America/New_York"
    made(stage.session, stage.board)
    assert tick(stage.session, MONDAY) == 0
    assert tick(stage.session, MONDAY + timedelta(hours=6)) == 1


def test_a_zone_that_is_none_stops_nobody_else(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    lost = make_person(stage.session, "Lou Lost", timezone="Atlantis/Capital")
    made(stage.session, Subscription(person_id=lost.id, subscribed_at=SINCE))
    assert tick(stage.session, MONDAY + timedelta(hours=2)) == 2
    assert "has an unknown time zone" in caplog.text


def test_a_machine_off_for_weeks_makes_one_digest_for_all_of_them(stage: Stage) -> None:
    tick(stage.session)
    settle(stage.session)
    tick(stage.session, MONDAY + 4 * WEEK)
    last = mails(stage.session)[-1]
    assert (len(mails(stage.session)), last.period) == (2, "2012-12-10")
    assert stage.session.get_one(Digest, last.id).window_from == MONDAY


@pytest.mark.parametrize("state", [MailState.SENT, MailState.EMPTY])
def test_the_next_digest_begins_where_the_last_one_ended(stage: Stage, state: MailState) -> None:
    tick(stage.session)
    settle(stage.session, state)
    tick(stage.session, MONDAY + WEEK)
    assert stage.session.get_one(Digest, mails(stage.session)[-1].id).window_from == MONDAY


@pytest.mark.parametrize("state", [MailState.DEAD, MailState.CANCELLED])
def test_a_digest_that_never_arrived_is_covered_by_the_next(stage: Stage, state: MailState) -> None:
    tick(stage.session)
    settle(stage.session, state)
    tick(stage.session, MONDAY + WEEK)
    assert stage.session.get_one(Digest, mails(stage.session)[-1].id).window_from == SINCE


def test_a_digest_still_waiting_gives_way_to_the_next(stage: Stage) -> None:
    for week in range(2):
        tick(stage.session, MONDAY + week * WEEK)
    assert [mail.state for mail in mails(stage.session)] == [MailState.CANCELLED, MailState.QUEUED]


def test_a_digest_that_may_have_arrived_does_not_give_way(stage: Stage) -> None:
    tick(stage.session)
    mails(stage.session)[0].ambiguous = 1
    tick(stage.session, MONDAY + WEEK)
    assert [mail.state for mail in mails(stage.session)] == [MailState.QUEUED, MailState.QUEUED]


def test_a_clock_set_back_brings_nothing_twice(stage: Stage) -> None:
    for week in (0, 1, 2, -1, 0):
        tick(stage.session, MONDAY + week * WEEK)
    assert [mail.period for mail in mails(stage.session)] == ["2012-11-12", "2012-11-19", "2012-11-26"]


def test_what_a_wrong_clock_told_of_the_future_does_not_hide_the_present(stage: Stage) -> None:
    tick(stage.session, MONDAY + 150 * WEEK)
    settle(stage.session)
    tick(stage.session, MONDAY)
    mail = mails(stage.session)[-1]
    digest = stage.session.get_one(Digest, mail.id)
    assert (mail.period, digest.window_from, digest.window_to) == ("2012-11-12", SINCE, MONDAY)


def test_two_schedulers_at_once_queue_one_digest_each(any_sessions: Sessions, any_session: Session) -> None:
    stage = make_stage(any_session)
    for number in range(20):
        person = make_person(any_session, f"P{number} Reader")
        make_term(any_session, person, stage.board)
        made(any_session, Subscription(person_id=person.id, subscribed_at=SINCE))
    any_session.commit()
    start = threading.Barrier(2)

    def run() -> None:
        start.wait(timeout=30)
        with any_sessions.writing() as session:
            queue_due(session, now=MONDAY, secret="a secret")

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(mails(any_session)) == 21


def test_the_statements_of_a_pass_do_not_grow_with_its_readers(session: Session) -> None:
    stage = make_stage(session)
    counts = []
    for numbers in (range(2), range(2, 30)):
        for number in numbers:
            person = make_person(session, f"P{number} Reader")
            make_term(session, person, stage.board)
            made(session, Subscription(person_id=person.id, subscribed_at=SINCE))
        session.commit()
        with statements(session) as seen:
            queued = tick(session, MONDAY + len(counts) * WEEK)
        counts.append((queued, len(seen)))
    assert [queued for queued, _ in counts] == [3, 31]
    assert counts[0][1] == counts[1][1]


@pytest.mark.parametrize(
    ("frequency", "periods"),
    [
        ("daily", [f"2012-11-{day}" for day in range(12, 27)]),
        ("weekly", ["2012-11-12", "2012-11-19", "2012-11-26"]),
        ("fortnightly", ["2012-11-19"]),
        ("monthly", []),
    ],
)
def test_digests_come_as_often_as_their_reader_wants(stage: Stage, frequency: str, periods: list[str]) -> None:
    subscribe(stage.session, stage.ana, frequency=Frequency(frequency), by=SYSTEM, now=SINCE)
    for day in range(15):
        tick(stage.session, MONDAY + timedelta(days=day))
        settle(stage.session)
    # The fortnight and the month began before she chose them, and theirs was due by then.
    assert [mail.period for mail in mails(stage.session)] == periods


def test_another_rhythm_brings_nothing_at_once_and_loses_nothing(stage: Stage) -> None:
    tick(stage.session)
    settle(stage.session)
    wednesday = MONDAY + timedelta(days=2, hours=5)
    subscribe(stage.session, stage.ana, frequency=Frequency.DAILY, by=SYSTEM, now=wednesday)
    assert tick(stage.session, wednesday + timedelta(minutes=1)) == 0
    assert tick(stage.session, MONDAY + timedelta(days=3)) == 1
    assert stage.session.get_one(Digest, mails(stage.session)[-1].id).window_from == MONDAY


def test_a_change_that_a_wrong_clock_dated_ahead_keeps_nothing_back(stage: Stage) -> None:
    subscribe(stage.session, stage.ana, frequency=Frequency.DAILY, by=SYSTEM, now=MONDAY + 52 * WEEK)
    assert tick(stage.session) == 1


def test_after_a_pause_one_digest_tells_of_all_of_it(stage: Stage) -> None:
    tick(stage.session)
    settle(stage.session)
    subscribe(stage.session, stage.ana, paused_until=date(2012, 12, 4), by=SYSTEM, now=MONDAY + timedelta(days=1))
    assert [tick(stage.session, MONDAY + week * WEEK) for week in range(1, 5)] == [0, 0, 0, 1]
    assert stage.session.get_one(Digest, mails(stage.session)[-1].id).window_from == MONDAY


@pytest.mark.parametrize("frequency", [Frequency.WEEKLY, Frequency.MONTHLY])
def test_digests_that_come_again_come_as_often_as_before(stage: Stage, frequency: Frequency) -> None:
    set_frequency(stage.session, stage.ana, frequency, by=SYSTEM, now=MONDAY)
    stop(stage.session, stage.ana, by=SYSTEM, now=MONDAY)
    resume(stage.session, stage.ana, by=SYSTEM, now=MONDAY)
    stage.session.commit()
    assert stage.session.get_one(Subscription, stage.ana.id).frequency is frequency
