"""Commands that run the timetable, once or until stopped."""

import logging
import signal
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from queue import SimpleQueue

import click
from apscheduler.events import EVENT_SCHEDULER_STARTED
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.interval import IntervalTrigger
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlmodel import Session

from tracker import clock
from tracker.cli.processes import end_with_parent, let_pages_go_first, one_arena
from tracker.config import Config
from tracker.jobs.scheduler_lock import lock_for
from tracker.jobs.timetable import JOBS, NAMES, Bench, Job, run
from tracker.mail import outbox
from tracker.mail.compose_email import compose
from tracker.mail.delivery_times import Durations
from tracker.mail.message_bytes import BadAddressError, ascii_address
from tracker.mail.models import MailKind, MailState, Outgoing, Relay

STAND_BY_SECONDS = 5.0
#: how long a test mail is waited for where the scheduler sends it
LOOKS = 60
SECONDS_BETWEEN_LOOKS = 0.5


class Moment(click.ParamType[datetime]):
    """A moment with its offset, as in 2013-02-25T08:00+01:00."""

    name = "moment"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read the moment, or say what it must look like."""
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} must look like 2013-02-25T08:00+01:00", param, ctx)
        if moment.tzinfo is None:
            self.fail(f"{value!r} must say its offset, as in 2013-02-25T08:00+01:00", param, ctx)
        return moment


def run_timetable(app: Flask, durations: Durations | None = None, jobs: Sequence[Job] = JOBS) -> None:
    """Run all jobs at their times until SIGTERM or Ctrl-C; stand by while another process does."""
    one_arena()
    let_pages_go_first()
    sessions = app.extensions["sessions"]
    stopping = threading.Event()
    lock = lock_for(sessions.engine)
    bench = Bench(sessions, app.extensions["config"], lock, durations=durations or Durations(), stopping=stopping)
    _listen_for_the_end(stopping)
    _stand_by(bench)
    if not stopping.is_set():
        click.echo(f"The scheduler is running. Rules of time zones: {clock.zone_rules_version()}.", err=True)
        _scheduler(app, bench, jobs).start()
    lock.release()
    click.echo("The scheduler has stopped.", err=True)


def _listen_for_the_end(stopping: threading.Event) -> None:
    """Set `stopping` at SIGTERM and Ctrl-C: by a queue that may be fed in a signal handler, as an event may not."""
    signals: SimpleQueue[int] = SimpleQueue()

    def wait() -> None:
        signals.get()
        stopping.set()

    threading.Thread(target=wait, name="end", daemon=True).start()
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda number, _frame: signals.put(number))


def _stand_by(bench: Bench) -> None:
    if bench.lock.hold():
        return
    click.echo("Another scheduler runs on this database; standing by.", err=True)
    while not bench.stopping.wait(STAND_BY_SECONDS) and not bench.lock.hold():
        pass


def _scheduler(app: Flask, bench: Bench, jobs: Sequence[Job]) -> BlockingScheduler:
    """Return APScheduler as a mere ticker: jobs find out themselves what is due."""
    # It warns of each tick that is left out while another runs, which is how it should be.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    scheduler = BlockingScheduler(timezone=UTC, executors={"default": ThreadPoolExecutor(len(jobs))})
    for job in jobs:
        scheduler.add_job(
            _tick,
            IntervalTrigger(seconds=job.every.total_seconds(), timezone=UTC),
            (app, job, bench),
            id=job.name,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    # A scheduler that has not started cannot be shut down, so the thread begins with it.
    ending = threading.Thread(target=_end_when_stopping, args=(scheduler, bench.stopping), name="ending", daemon=True)
    scheduler.add_listener(lambda _event: ending.start(), EVENT_SCHEDULER_STARTED)
    return scheduler


def _end_when_stopping(scheduler: BlockingScheduler, stopping: threading.Event) -> None:
    """Finish the current message and end; in a thread of its own, as a signal may interrupt APScheduler's locks."""
    stopping.wait()
    scheduler.shutdown(wait=True)


def _tick(app: Flask, job: Job, bench: Bench) -> None:
    # The lock may have been lost meanwhile, with the connection that held it.
    if not bench.stopping.is_set() and bench.lock.hold():
        with app.app_context():
            run(job.name, bench)


def run_once(app: Flask, name: str, now: datetime | None = None, durations: Durations | None = None) -> bool:
    """Do one pass of a job; one of digests also sends what waits, unless a scheduler does that already."""
    sessions = app.extensions["sessions"]
    lock = lock_for(sessions.engine)
    bench = Bench(sessions, app.extensions["config"], lock, now=now, durations=durations or Durations())
    with app.app_context():
        # Whoever runs this job by hand wants to read the mails, not to wait for them.
        is_well = run(name, bench) and (name != "digests" or run("delivery", bench))
    if name != "clean-up" and not lock.hold():
        click.echo("Mail is left to the scheduler, which is running.", err=True)
    lock.release()
    return is_well


@click.command("scheduler")
@click.option("--child", is_flag=True, help="End when the process that started this one ends.")
@with_appcontext
def scheduler_command(*, child: bool) -> None:
    """Run the timetable until stopped."""
    app = _this_app()
    _log_to_standard_error()
    with app.extensions["sessions"].writing() as session:
        # The first process that starts sets the clock, whichever of the two that is.
        clock.begin(session, app.extensions["config"].clock)
    if child:
        run_as_child(app)
    else:
        run_timetable(app)


def run_as_child(app: Flask) -> None:
    """Run the timetable until stopped or the parent has ended."""
    end_with_parent()
    run_timetable(app)


@click.command("run-job")
@click.argument("name", type=click.Choice(NAMES))
@click.option("--now", type=Moment(), help="The moment that sets periods and content, as in 2013-02-25T08:00+01:00.")
@with_appcontext
def run_job(name: str, now: datetime | None) -> None:
    """Do one pass of one job."""
    app = _this_app()
    _log_to_standard_error()
    with app.extensions["sessions"].writing() as session:
        clock.begin(session, app.extensions["config"].clock)
    if not run_once(app, name, now):
        raise SystemExit(2)


@click.command("send-test-mail")
@click.argument("email")
@with_appcontext
def send_test_mail(email: str) -> None:
    """Send one mail to that address and print the outcome."""
    app = _this_app()
    try:
        ascii_address(email)
    except BadAddressError as fault:
        raise click.UsageError(str(fault)) from fault
    sessions = app.extensions["sessions"]
    with sessions.writing() as session:
        mail = compose("test", to=email)
        number = outbox.put(session, mail, person_id=None, kind=MailKind.TEST, now=clock.now(session)).id
    run_once(app, "delivery")
    with sessions.reader() as session:
        row = _settled(session, number)
        is_sent = row.state is MailState.SENT
        outcome = _how_it_went(session, row, app.extensions["config"])
    click.echo(outcome, err=not is_sent)
    if not is_sent:
        raise SystemExit(2)


def _settled(session: Session, number: int) -> Outgoing:
    """Return the row once it is decided, or as it is after a while."""
    for _ in range(LOOKS):
        session.rollback()
        row = session.get_one(Outgoing, number)
        if row.state not in (MailState.QUEUED, MailState.SENDING) or row.last_text or _relay_error(session):
            break
        threading.Event().wait(SECONDS_BETWEEN_LOOKS)
    return row


def _relay_error(session: Session) -> str | None:
    row = session.get(Relay, 1)
    if row:
        return row.last_error
    return None


def _how_it_went(session: Session, row: Outgoing, config: Config) -> str:
    if row.state is MailState.SENT and config.smtp_url is None:
        return f"Kept in {config.var / 'mail' / row.message_id}.eml: SMTP_URL is not set."
    if row.state is MailState.SENT:
        return f"The relay took it: {row.last_code} {row.last_text}"
    error = _relay_error(session) or f"{row.last_code or ''} {row.last_text or 'no answer yet'}".strip()
    return f"Not sent ({row.state.value}): {error}. Check SMTP_URL and MAIL_FROM."


def _this_app() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return app


def _log_to_standard_error() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")


def register(app: Flask) -> None:
    """Add these commands."""
    for command in (scheduler_command, run_job, send_test_mail):
        app.cli.add_command(command)
