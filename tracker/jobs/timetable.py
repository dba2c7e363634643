"""The timetable, one line a job, and one pass of a job: `flask scheduler`, `flask run-job` and tests all call `run`."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from tracker import clock
from tracker.assistant.read_parts import read_due
from tracker.config import Config
from tracker.db import Sessions
from tracker.digests.kept_digests import forget_old_digests
from tracker.digests.make_digests import Press
from tracker.digests.notice_mail import NoticePress
from tracker.digests.notices import queue_notices
from tracker.digests.runs.holds import is_any_overdue, release_overdue
from tracker.digests.runs.queue_digests import due_digests, queue_due
from tracker.digests.runs.unusual_runs import hold_unusual, tell_secretariat
from tracker.erasure import ledger
from tracker.history import Actor, ChangeWay
from tracker.inbound.imap_mailbox import fetch_mail
from tracker.inbound.models import IncomingMessage
from tracker.inbound.receive_mail import ReplyDesk
from tracker.intake.read_uploads import read_all
from tracker.intake.upload_steps import forget_old
from tracker.jobs.models import JobRun
from tracker.jobs.scheduler_lock import Lock
from tracker.mail import delivery, message_folder, relay_state
from tracker.mail.compose_email import base_url
from tracker.mail.delivery_office import Office, Post, Writer
from tracker.mail.delivery_times import Durations
from tracker.mail.message_bytes import Letterhead
from tracker.mail.message_folder import Folder
from tracker.mail.models import MailKind, MailState, Outgoing
from tracker.mail.smtp_conversation import Conversation, RelayAddress
from tracker.meetings.series import extend_all
from tracker.people import sign_in_rules, sign_in_throttle
from tracker.people.models import Attempt, SignInLink, SignInSession
from tracker.triage.compare_proposals import compare
from tracker.triage.second_look import look_again

log = logging.getLogger("tracker.jobs")
#: a mail that comes a second time comes within days; its reply address is good for thirty
KEPT_INCOMING = timedelta(days=60)


@dataclass(frozen=True)
class Bench:
    """What a job works with."""

    sessions: Sessions
    config: Config
    lock: Lock
    #: the moment that sets periods and content; None: the installation's own
    now: datetime | None = None
    durations: Durations = field(default_factory=Durations)
    stopping: threading.Event = field(default_factory=threading.Event)

    def moment(self, session: Session) -> datetime:
        """Return the moment that this pass believes in."""
        return self.now or clock.now(session)


@dataclass(frozen=True)
class Job:
    """One line of the timetable."""

    name: str
    every: timedelta
    work: Callable[[Bench], None]
    #: its runs are written down, so that everybody sees that it runs
    is_noted: bool = True


def digests(bench: Bench) -> None:
    """Queue every digest that is due, and hold a run that is unusual; nothing is written where none is due."""
    with bench.sessions.reader() as session:
        now = bench.moment(session)
        is_idle = not due_digests(session, now=now) and not is_any_overdue(session, now=now)
    if is_idle:
        return
    with bench.sessions.writing() as session:
        queued = queue_digests(session, bench.config, now=now)
    if queued:
        log.info("%d digests queued", queued)


def queue_digests(session: Session, config: Config, *, now: datetime) -> int:
    """Queue every digest that is due, and hold a run that is unusual; return how many were queued."""
    release_overdue(session, now=now)
    queued = queue_due(session, now=now, secret=config.secret_key)
    if queued and relay_state.is_let_out(session, config.smtp_url):
        for hold in hold_unusual(session, now=now):
            tell_secretariat(session, hold, base_url=base_url(config), now=now)
    return queued


def notices(bench: Bench) -> None:
    """Queue what is told at once; one scheduler is enough, for a second would only wait for what the first writes."""
    if not bench.lock.hold():
        return
    with bench.sessions.writing() as session:
        queued = queue_notices(session, now=bench.moment(session))
    if queued:
        log.info("%d lines of notices queued", queued)


def incoming(bench: Bench) -> None:
    """Take in the replies and bounces that wait in the mailbox, if there is one and this process may."""
    config = bench.config
    if config.imap_url is None or config.reply_to is None or not bench.lock.hold():
        return
    desk = ReplyDesk(config.reply_to, config.secret_key, base_url(config))
    count = fetch_mail(bench.sessions, config.imap_url, desk, bench.moment, bench.stopping.is_set)
    if count:
        log.info("%d mails taken in", count)


def deliver(bench: Bench) -> None:
    """Send what waits in the outbox, if this process may; nothing is written where nothing waits."""
    if not bench.lock.hold() or not _is_anything_waiting(bench.sessions):
        return
    office = office_of(bench)
    tally = delivery.deliver(office, predecessor_is_dead=bench.lock.was_just_taken())
    if tally:
        log.info("mail: %s", ", ".join(f"{count} {fate}" for fate, count in sorted(tally.items())))


def compare_proposals(bench: Bench) -> None:
    """Find out which proposals are similar to others; only one process does, so as not to slow down the others."""
    while bench.lock.hold() and not bench.stopping.is_set() and (compared := compare(bench.sessions)):
        log.info("%d proposals compared", compared)


def second_look(bench: Bench) -> None:
    """Look again at the passages in doubt, a batch at a time; only one process does, as above."""
    while bench.lock.hold() and not bench.stopping.is_set() and (seen := look_again(bench.sessions)):
        log.info("second look: %s", seen)


def clean_up(bench: Bench) -> None:
    """Forget sign-in sessions, links and counted tries that are long over, files refused long ago and old digests."""
    now = clock.real_now()
    with bench.sessions.writing() as session:
        session.exec(delete(SignInSession).where(col(SignInSession.created_at) < now - sign_in_rules.ABSOLUTE))
        session.exec(delete(SignInLink).where(col(SignInLink.expires_at) < now - sign_in_rules.ABSOLUTE))
        session.exec(delete(IncomingMessage).where(col(IncomingMessage.received_at) < now - KEPT_INCOMING))
        session.exec(delete(Attempt).where(col(Attempt.at) < now - sign_in_throttle.WINDOW))
        forget_old(session, by=Actor(None, ChangeWay.JOB), now=bench.moment(session))
        names = forget_old_digests(session, now=bench.moment(session))
    message_folder.forget(bench.config.var / "mail", names)
    # What a crash left out of the file after an erasure.
    with bench.sessions.reader() as session:
        ledger.keep(session, bench.config.var)


def uploads(bench: Bench) -> None:
    """Read the files that arrived and that no web process reads."""
    count = read_all(bench.sessions, lambda: not bench.stopping.is_set())
    if count:
        log.info("%d uploads read", count)


def assistant(bench: Bench) -> None:
    """Let the operator's language model read the parts of transcripts that the secretariat has sent it."""
    count = read_due(bench.sessions, bench.config.assistant, bench.stopping.is_set)
    if count:
        log.info("%d parts read by the assistant", count)


def calendar(bench: Bench) -> None:
    """Add the next milestones of every series ahead of time."""
    # One scheduler is enough: a second would only wait for what the first writes.
    if not bench.lock.hold():
        return
    with bench.sessions.writing() as session:
        added = extend_all(session, by=Actor(None, ChangeWay.JOB), now=bench.moment(session))
    if added:
        log.info("%d milestones of series added", added)


JOBS = (
    Job("digests", timedelta(seconds=60), digests),
    Job("notices", timedelta(seconds=60), notices, is_noted=False),
    # Whoever asked for a sign-in link waits for it; five seconds are not felt.
    Job("delivery", timedelta(seconds=5), deliver, is_noted=False),
    Job("incoming", timedelta(seconds=60), incoming, is_noted=False),
    Job("compare", timedelta(seconds=10), compare_proposals, is_noted=False),
    Job("second-look", timedelta(seconds=10), second_look, is_noted=False),
    Job("uploads", timedelta(seconds=15), uploads, is_noted=False),
    Job("assistant", timedelta(seconds=5), assistant, is_noted=False),
    Job("calendar", timedelta(hours=1), calendar),
    Job("clean-up", timedelta(hours=1), clean_up),
)
NAMES = tuple(job.name for job in JOBS)


def run(name: str, bench: Bench) -> bool:
    """Do one pass of that job; a fault is logged and written down, and the answer is then False.

    Needs an application context, as mails are made of templates.
    """
    job = next(job for job in JOBS if job.name == name)
    if job.is_noted:
        _note(bench.sessions, name, started=True)
    try:
        job.work(bench)
    except Exception as fault:
        log.exception("%s failed", name)
        _note(bench.sessions, name, fault=fault)
        return False
    if job.is_noted:
        _note(bench.sessions, name)
    return True


def _note(sessions: Sessions, name: str, *, started: bool = False, fault: Exception | None = None) -> None:
    now = clock.real_now()
    with sessions.writing() as session:
        row = session.get(JobRun, name) or JobRun(name=name, started_at=now)
        if started:
            row.started_at = now
        else:
            row.finished_at = now
        row.error = None
        if fault is not None:
            row.error = f"{type(fault).__name__}: {fault}"[:500]
        session.add(row)


def _is_anything_waiting(sessions: Sessions) -> bool:
    waiting = select(Outgoing.id).where(col(Outgoing.state).in_((MailState.QUEUED, MailState.SENDING))).limit(1)
    with sessions.reader() as session:
        return session.exec(waiting).first() is not None


def office_of(bench: Bench) -> Office:
    """Return all that the bench's process needs to deliver."""
    config = bench.config
    letterhead = Letterhead(bench.config.mail_from)
    press = Press(config.secret_key, base_url(config), config.reply_to)
    notice_press = NoticePress(config.secret_key, base_url(config), config.reply_to)
    return Office(
        sessions=bench.sessions,
        post=_post(config, letterhead, bench.durations),
        letterhead=letterhead,
        writers={
            MailKind.DIGEST: Writer(press.write, press.objection, press.write_all),
            MailKind.NOTICE: Writer(notice_press.write, notice_press.objection),
        },
        durations=bench.durations,
        goes_on=lambda: not bench.stopping.is_set() and bench.lock.hold(),
    )


def _post(config: Config, letterhead: Letterhead, durations: Durations) -> Post:
    if config.smtp_url is None:
        return Folder(config.var / "mail")
    return Conversation(RelayAddress.parse(config.smtp_url), letterhead, durations)
