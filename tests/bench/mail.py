"""Measure mail: how fast digests are queued, how fast they leave beside a bare loop, and pages meanwhile."""

import argparse
import multiprocessing
import os
import resource
import shutil
import smtplib
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from tests.bench import mail_forum
from tests.bench.run import link_of
from tests.bench.server import ROOT, serving
from tests.bench.visitor import Visitor
from tracker import clock, create_app
from tracker.cli.processes import let_pages_go_first
from tracker.db import Sessions, make_engine
from tracker.digests.runs.queue_digests import queue_due
from tracker.jobs.scheduler_lock import lock_for
from tracker.jobs.timetable import Bench, run
from tracker.mail.models import Outgoing

WARM = 5
QUIET_SECONDS = 5.0
SENDER = "follow@igf.example.org"
SECRET = "a bench's own"


def sink(listener: socket.socket) -> None:
    """Take every message and keep none."""
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=_talk, args=(connection,), daemon=True).start()


def _talk(connection: socket.socket) -> None:
    stream = connection.makefile("rwb")
    answers = {b"EHLO": b"250 here", b"DATA": b"354 go on", b"QUIT": b"221 bye"}
    in_body = False
    stream.write(b"220 here\r\n")
    stream.flush()
    for line in stream:
        if in_body and line != b".\r\n":
            continue
        word = b"" if in_body else line[:4].upper().strip()
        in_body = word == b"DATA"
        stream.write(answers.get(word, b"250 OK") + b"\r\n")
        stream.flush()
    connection.close()


def queue_all(url: str) -> tuple[int, float, float]:
    """Queue every digest; return how many, the seconds, and the megabytes of this process at most."""
    sessions = Sessions(make_engine(url))
    began = time.monotonic()
    with sessions.writing() as session:
        queued = queue_due(session, now=mail_forum.NOW, secret=SECRET)
    return queued, time.monotonic() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@dataclass
class Until:
    """Stops a job after so many questions whether to go on."""

    left: int

    def is_set(self) -> bool:
        """Tell whether to stop."""
        self.left -= 1
        return self.left < 0


def send(url: str, var: str, port: int, mails: int) -> tuple[float, bytes]:
    """Write and send so many of the digests, as a scheduler does; return the seconds, and one of the messages."""
    let_pages_go_first()
    environ = {"DATABASE_URL": url, "VAR_DIR": var, "SECRET_KEY": SECRET, "SMTP_URL": f"smtp://127.0.0.1:{port}"}
    app = create_app({**environ, "MAIL_FROM": SENDER, "BASE_URL": "https://follow.example.org"})
    sessions = app.extensions["sessions"]
    with sessions.writing() as session:
        clock.begin(session, mail_forum.NOW)
    stopping: Any = Until(mails)
    bench = Bench(sessions, app.extensions["config"], lock_for(sessions.engine), stopping=stopping)
    with app.app_context():
        began = time.monotonic()
        run("delivery", bench)
        seconds = time.monotonic() - began
    bench.lock.release()
    with sessions.reader() as session:
        message = session.exec(select(Outgoing.message).where(col(Outgoing.sent_at).is_not(None)).limit(1)).one()
    return seconds, message or b""


def send_bare(message: bytes, port: int, mails: int) -> float:
    """Build and send messages of the same content with the standard library alone; return the seconds."""
    let_pages_go_first()
    parsed: Any = message_from_bytes(message, policy=default)
    text, html = (part.get_content() for part in parsed.iter_parts())
    began = time.monotonic()
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        for number in range(mails):
            built = EmailMessage(SMTP)
            to = f"person{number}@example.org"
            for name, value in (("From", SENDER), ("To", to), ("Subject", parsed["Subject"])):
                built[name] = value
            built.set_content(text)
            built.add_alternative(html, subtype="html")
            smtp.sendmail(SENDER, [to], built.as_bytes())
    return time.monotonic() - began


@dataclass
class PageTimes:
    """How long a page took, again and again."""

    seconds: list[float] = field(default_factory=list)

    def load(self, get: Callable[[], object], is_over: Callable[[], bool]) -> "PageTimes":
        """Load a page until it is over, with a pause between as a reader makes."""
        while not is_over():
            began = time.monotonic()
            get()
            self.seconds.append(time.monotonic() - began)
            threading.Event().wait(0.05)
        return self

    @property
    def median(self) -> float:
        """Return the usual time, in milliseconds."""
        return statistics.median(self.seconds) * 1000


def measure(database: Path, var: Path, mails: int) -> None:
    """Print the figures."""
    url = f"sqlite:///{database}"
    spawn = multiprocessing.get_context("spawn")
    with socket.create_server(("127.0.0.1", 0)) as listener, ProcessPoolExecutor(2, mp_context=spawn) as pool:
        port = listener.getsockname()[1]
        relay = multiprocessing.get_context("fork").Process(target=sink, args=(listener,), daemon=True)
        relay.start()
        queued, seconds, megabytes = pool.submit(queue_all, url).result()
        print(f"{queued:,} digests queued in {seconds:.1f} s, budget 10; {megabytes:.0f} MB at most, budget 250")
        link = link_of(url)
        environ = {"DATABASE_URL": url, "VAR_DIR": str(var), "SECRET_KEY": SECRET, "SCHEDULER": "external"}
        with serving(["-m", "flask", "serve"], environ) as server:
            visitor = Visitor(server.port).sign_in(link)
            for _ in range(WARM):
                visitor.get("/items")
            quiet_until = time.monotonic() + QUIET_SECONDS
            alone = PageTimes().load(lambda: visitor.get("/items"), lambda: time.monotonic() > quiet_until)
            sending: Future[tuple[float, bytes]] = pool.submit(send, url, str(var), port, mails)
            meanwhile = PageTimes().load(lambda: visitor.get("/items"), sending.done)
            busy, _ = sending.result()
        seconds, message = pool.submit(send, url, str(var), port, mails).result()
        bare = pool.submit(send_bare, message, port, mails).result()
        relay.terminate()
    print(f"{mails / seconds:.0f} digests of {len(message):,} bytes written and sent a second", end="; ")
    print(f"a bare loop {mails / bare:.0f}: {bare / seconds:.0%}, budget 50 %")
    print(f"a page takes {alone.median:.0f} ms, while {mails / busy:.0f} a second are sent", end=" ")
    print(f"{meanwhile.median:.0f} ms: {meanwhile.median / alone.median:.1f} times, budget 2")


def main() -> int:
    """Measure on a copy of a register made now or earlier."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--mails", type=int, default=1000)
    parser.add_argument("--keep", type=Path, default=ROOT / "var" / "bench", help="where the register is kept")
    options = parser.parse_args()
    print(f"{options.people:,} people, {mail_forum.ITEMS_EACH} items each, SQLite; {os.cpu_count()} cores", flush=True)
    template = mail_forum.kept(options.people, options.keep)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "mail.sqlite"
        shutil.copy(template, database)
        measure(database, Path(folder), options.mails)
    return 0


if __name__ == "__main__":
    sys.exit(main())
