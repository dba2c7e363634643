"""The scheduler's commands, run as an operator runs them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlmodel import Session, select

from tests.digests.stage import Stage, make_stage
from tests.mail.relays import Inbox, Relay
from tracker import create_app
from tracker.cli.scheduler import Moment, run_once
from tracker.jobs.scheduler_lock import lock_for
from tracker.mail.models import MailState, Outgoing

ROOT = Path(__file__).parents[2]
MONDAY = "2012-11-12T08:00+01:00"


@pytest.fixture
def stage(app: Flask) -> Iterator[Stage]:
    with app.extensions["sessions"].writer() as session:
        made = make_stage(session)
        made.overdue("Late")
        session.commit()
        yield made


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


def letters(app: Flask) -> list[str]:
    return sorted(path.name for path in (app.extensions["config"].var / "mail").glob("*.eml"))


def states(session: Session) -> list[MailState]:
    session.rollback()
    return list(session.exec(select(Outgoing.state)))


def test_a_pass_of_the_digests_also_sends_them(app: Flask, stage: Stage, runner: FlaskCliRunner) -> None:
    answer = runner.invoke(args=["run-job", "digests", "--now", MONDAY])
    assert (answer.exit_code, len(letters(app))) == (0, 1)


def test_a_pass_at_another_moment_brings_another_week(app: Flask, stage: Stage, runner: FlaskCliRunner) -> None:
    for moment in (MONDAY, MONDAY, "2013-02-25T08:00+01:00"):
        runner.invoke(args=["run-job", "digests", "--now", moment])
    assert [name[:17] for name in letters(app)] == ["digest.2012-11-12", "digest.2013-02-25"]


@pytest.mark.parametrize("moment", ["tomorrow", "2013-02-25T08:00"])
def test_a_moment_that_cannot_be_read_is_said_so(runner: FlaskCliRunner, moment: str) -> None:
    answer = runner.invoke(args=["run-job", "digests", "--now", moment])
    assert answer.exit_code == 2
    assert "2013-02-25T08:00+01:00" in answer.output


def test_a_job_that_is_none_is_said_so(runner: FlaskCliRunner) -> None:
    answer = runner.invoke(args=["run-job", "laundry"])
    assert (answer.exit_code, "clean-up" in answer.output) == (2, True)


def test_a_moment_keeps_its_offset() -> None:
    moment = Moment().convert(MONDAY, None, click.Context(click.Command("x")))
    assert moment == datetime(2012, 11, 12, 7, 0, tzinfo=UTC)


def test_while_a_scheduler_runs_a_pass_only_queues(
    app: Flask, stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = lock_for(app.extensions["sessions"].engine)
    assert lock.hold()
    run_once(app, "digests", datetime.fromisoformat(MONDAY))
    lock.release()
    assert states(stage.session) == [MailState.QUEUED]
    assert "left to the scheduler" in capsys.readouterr().err


def test_a_test_mail_without_a_relay_says_where_it_is_kept(app: Flask, runner: FlaskCliRunner) -> None:
    answer = runner.invoke(args=["send-test-mail", "ana@example.org"])
    assert answer.exit_code == 0
    [name] = letters(app)
    assert name in answer.output


def test_a_test_mail_proves_the_relay(settings: dict[str, str]) -> None:
    with Relay(Inbox()) as relay:
        app = create_app({**settings, "SMTP_URL": relay.url})
        answer = app.test_cli_runner().invoke(args=["send-test-mail", "ana@example.org"])
    app.extensions["sessions"].engine.dispose()
    assert (answer.exit_code, relay.inbox.copies()["ana@example.org"]) == (0, 1)
    assert "The relay took it" in answer.output


@pytest.mark.parametrize(
    ("inbox", "words"),
    [
        (Inbox(recipient=lambda _: "550 5.1.1 nobody"), "550 5.1.1 nobody"),
        (Inbox(sender=lambda _: "550 not you"), "550 not you"),
        (Inbox(recipient=lambda _: "450 later"), "450 later"),
    ],
)
def test_a_test_mail_says_what_is_wrong(settings: dict[str, str], inbox: Inbox, words: str) -> None:
    with Relay(inbox) as relay:
        app = create_app({**settings, "SMTP_URL": relay.url})
        answer = app.test_cli_runner().invoke(args=["send-test-mail", "ana@example.org"])
    app.extensions["sessions"].engine.dispose()
    assert (answer.exit_code, words in answer.output) == (2, True)


def test_a_test_mail_says_that_the_relay_does_not_encrypt(settings: dict[str, str]) -> None:
    with Relay(Inbox()) as relay:
        app = create_app({**settings, "SMTP_URL": f"{relay.url}?starttls=yes"})
        answer = app.test_cli_runner().invoke(args=["send-test-mail", "ana@example.org"])
        health = app.test_client().get("/health").json
    app.extensions["sessions"].engine.dispose()
    assert (answer.exit_code, relay.inbox.taken) == (2, [])
    assert "does not offer STARTTLS, so nothing was sent" in answer.output
    assert health is not None
    assert (health["status"], "relay-fails" in health["alarms"]) == ("attention", True)


def test_a_test_mail_to_no_address_is_refused(runner: FlaskCliRunner) -> None:
    answer = runner.invoke(args=["send-test-mail", "nobody"])
    assert (answer.exit_code, "not an address" in answer.output) == (2, True)


@pytest.fixture
def environ(settings: dict[str, str], stage: Stage) -> dict[str, str]:
    return {**os.environ, **settings, "CLOCK": MONDAY, "PYTHONUNBUFFERED": "1"}


def start(environ: dict[str, str], *options: str) -> subprocess.Popen[str]:
    pipes = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE}
    command = [sys.executable, "-m", "flask", "scheduler", *options]
    return subprocess.Popen(command, cwd=ROOT, env=environ, text=True, **pipes)  # type: ignore[call-overload]


def read_until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stderr is not None
    return next(line for line in process.stderr if words in line)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_the_scheduler_sends_what_is_due_and_stops_cleanly(
    app: Flask, environ: dict[str, str], ending: signal.Signals
) -> None:
    with start(environ) as process:
        read_until(process, "mail: 1 sent")
        process.send_signal(ending)
        read_until(process, "The scheduler has stopped.")
        assert process.wait(30) == 0
    assert len(letters(app)) == 1


def test_a_second_scheduler_stands_by_and_takes_over(environ: dict[str, str]) -> None:
    with start(environ) as first:
        read_until(first, "The scheduler is running.")
        with start(environ) as second:
            read_until(second, "standing by")
            first.kill()
            read_until(second, "The scheduler is running.")
            second.terminate()
            second.communicate(timeout=30)
        first.communicate(timeout=30)


def test_a_child_ends_when_the_pipe_of_its_parent_closes(environ: dict[str, str]) -> None:
    with start(environ, "--child") as child:
        read_until(child, "The scheduler is running.")
        assert child.stdin is not None
        child.stdin.close()
        assert child.wait(30) == 0
