"""One pass of each job, and what is written down of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session, func, select

from tests.assistant.language_model import finds, language_model, passage
from tests.digests.stage import MONDAY, Stage, make_stage
from tests.factories import SYSTEM, make_meeting, make_register, make_transcript
from tests.mail.offices import put
from tracker import clock
from tracker.assistant.reading_steps import start_reading
from tracker.clock import real_now
from tracker.jobs.models import JobRun, last_tick, scheduler_is_silent
from tracker.jobs.scheduler_lock import lock_for
from tracker.jobs.timetable import JOBS, NAMES, Bench, run
from tracker.mail.models import MailState, Outgoing
from tracker.meetings.models import Milestone, Repeats
from tracker.meetings.recurrence import Rule
from tracker.meetings.series import SeriesDetails, add_series
from tracker.people import sessions as sign_in
from tracker.people.models import Attempt, SignInLink, SignInSession
from tracker.proposals.models import Proposal


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context(), app.extensions["sessions"].writer() as made:
        yield made


@pytest.fixture
def stage(session: Session) -> Stage:
    return make_stage(session)


@pytest.fixture
def bench(app: Flask) -> Iterator[Bench]:
    sessions = app.extensions["sessions"]
    made = Bench(sessions, app.extensions["config"], lock_for(sessions.engine), now=MONDAY)
    yield made
    made.lock.release()


def letters(bench: Bench) -> list[Path]:
    return sorted((bench.config.var / "mail").glob("*.eml"))


def test_what_is_due_is_queued_and_then_kept_as_a_letter(stage: Stage, bench: Bench) -> None:
    stage.overdue("Late")
    stage.session.commit()
    assert run("digests", bench)
    assert run("delivery", bench)
    [letter] = letters(bench)
    assert letter.name.startswith("digest.2012-11-12.")
    assert b"1 overdue" in letter.read_bytes()


def test_a_second_pass_makes_nothing_more(stage: Stage, bench: Bench) -> None:
    stage.overdue()
    stage.session.commit()
    for _ in range(2):
        run("digests", bench)
        run("delivery", bench)
    assert len(letters(bench)) == 1


def test_who_has_nothing_to_hear_has_a_row_that_says_so(stage: Stage, bench: Bench) -> None:
    stage.session.commit()
    run("digests", bench)
    run("delivery", bench)
    assert letters(bench) == []
    assert stage.session.exec(select(Outgoing.state)).one() is MailState.EMPTY


def test_nothing_is_sent_by_a_process_without_the_lock(session: Session, bench: Bench) -> None:
    put(session)
    other = lock_for(bench.sessions.engine)
    assert other.hold()
    run("delivery", bench)
    assert letters(bench) == []
    other.release()


def test_nothing_is_sent_once_told_to_stop(session: Session, bench: Bench) -> None:
    put(session)
    bench.stopping.set()
    run("delivery", bench)
    assert letters(bench) == []


def test_a_run_is_written_down(session: Session, bench: Bench) -> None:
    before = real_now()
    run("digests", bench)
    row = session.get_one(JobRun, "digests")
    assert row.finished_at is not None
    assert before <= row.started_at <= row.finished_at
    assert last_tick(session) == row.started_at


def test_a_run_that_fails_is_written_down_and_stops_nothing(
    session: Session, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.jobs.timetable.due_digests", lambda *_, **__: 1 / 0)
    assert not run("digests", bench)
    assert session.get_one(JobRun, "digests").error == "ZeroDivisionError: division by zero"


def test_a_good_run_clears_the_fault_of_the_last(session: Session, bench: Bench) -> None:
    session.add(JobRun(name="digests", started_at=real_now(), error="of yesterday"))
    session.commit()
    run("digests", bench)
    session.expire_all()
    assert session.get_one(JobRun, "digests").error is None


def test_what_is_long_over_is_forgotten(stage: Stage, bench: Bench) -> None:
    long_ago = real_now() - timedelta(days=60)
    sign_in.start(stage.session, stage.ana, now=long_ago)
    sign_in.make_link(stage.session, stage.ana, now=long_ago)
    stage.session.add(Attempt(key="x", at=long_ago))
    stage.session.commit()
    run("clean-up", bench)
    for table in (SignInSession, SignInLink, Attempt):
        assert stage.session.exec(select(table)).all() == []


def test_what_still_counts_is_kept(stage: Stage, bench: Bench) -> None:
    sign_in.start(stage.session, stage.ana, now=real_now())
    sign_in.make_link(stage.session, stage.ana, now=real_now())
    stage.session.commit()
    run("clean-up", bench)
    assert stage.session.exec(select(SignInSession)).all()
    assert stage.session.exec(select(SignInLink)).all()


def test_a_scheduler_that_fell_silent_is_noticed() -> None:
    assert not scheduler_is_silent(None)
    assert not scheduler_is_silent(real_now())
    assert scheduler_is_silent(real_now() - timedelta(minutes=6))


def test_the_installation_s_own_moment_counts_where_none_is_given(session: Session, bench: Bench) -> None:
    believing = Bench(bench.sessions, bench.config, bench.lock)
    clock.start_at(session, MONDAY)
    session.flush()
    assert abs(believing.moment(session) - MONDAY) < timedelta(minutes=1)


def test_every_job_has_its_line() -> None:
    assert NAMES == (
        "digests",
        "notices",
        "delivery",
        "incoming",
        "compare",
        "second-look",
        "uploads",
        "assistant",
        "calendar",
        "clean-up",
    )
    assert all(job.every >= timedelta(seconds=5) for job in JOBS)


def test_what_waits_for_the_assistant_is_read_and_nothing_where_it_is_off(session: Session, bench: Bench) -> None:
    words = "We should keep an archive of every session."
    transcript = make_transcript(session, make_meeting(session, make_register(session)), f"MS OAK: {words}")
    with language_model(finds(passage(words))) as server:
        start_reading(session, transcript, server.setting, by=SYSTEM, now=MONDAY)
        session.commit()
        assert run("assistant", replace(bench, config=replace(bench.config, assistant=server.setting)))
        session.expire_all()
        assert session.exec(select(Proposal.source)).all() == ["assistant"]
        assert len(server.requests) == 1
    assert run("assistant", bench)


def test_milestones_of_a_series_are_made_ahead_and_caught_up_once(session: Session, bench: Bench) -> None:
    details = SeriesDetails("Call", Rule(date(2012, 11, 13), Repeats.WEEKS))
    board = make_register(session)
    add_series(session, board.id, details, today=date(2011, 12, 1), by=SYSTEM, now=MONDAY)
    session.commit()
    counts = []
    for now in (MONDAY, MONDAY + timedelta(days=14), MONDAY + timedelta(days=14)):
        assert run("calendar", replace(bench, now=now))
        counts.append(session.exec(select(func.count()).select_from(Milestone)).one())
        session.rollback()
    assert counts == [53, 55, 55]
