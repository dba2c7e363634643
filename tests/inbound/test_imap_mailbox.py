"""Fetching from a real IMAP server (pymap): each mail once, however often it is fetched, and however large."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime
from imaplib import IMAP4
from threading import Event, Thread
from time import monotonic

import pytest
from flask import Flask
from imap_tools import ImapToolsError, MailBoxUnencrypted
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlmodel import Session, select

from tests.digests.stage import MONDAY, make_stage
from tests.inbound.stage import DESK, address, reply, sent_digest
from tracker.db import Sessions
from tracker.inbound import imap_mailbox
from tracker.inbound.imap_mailbox import fetch_mail
from tracker.inbound.incoming_mail import MOST_BYTES
from tracker.inbound.models import IncomingMessage, ReplyFate
from tracker.inbound.receive_mail import ReplyDesk, receive_mail
from tracker.items.models import Item, Progress

SECONDS = 30


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A mail server of its own process, with one empty mailbox."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    program = [
        sys.executable,
        "-c",
        "import sys; from pymap.main import main; sys.exit(main())",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-tls",
        "dict",
    ]
    server = subprocess.Popen([*program, "--demo-user", "reply@box", "--demo-password", "p:w"])
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.kill()
        server.wait()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = monotonic() + SECONDS
    while monotonic() < until and server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
    raise AssertionError("the mail server did not start")


@pytest.fixture
def url(port: int) -> Iterator[str]:
    """The address of the mailbox, emptied afterwards."""
    yield f"imap://reply%40box:p%3Aw@127.0.0.1:{port}/INBOX"
    with MailBoxUnencrypted("127.0.0.1", port).login("reply@box", "p:w") as mailbox:
        mailbox.delete(mailbox.uids())


def put(port: int, *mails: bytes) -> None:
    with MailBoxUnencrypted("127.0.0.1", port).login("reply@box", "p:w") as mailbox:
        for mail in mails:
            mailbox.append(mail, "INBOX")


def fetch(app: Flask, url: str) -> int:
    return fetch_mail(app.extensions["sessions"], url, DESK, lambda _session: MONDAY)


def fates(session: Session) -> list[ReplyFate]:
    session.expire_all()
    return sorted(session.exec(select(IncomingMessage.fate)))


def test_a_reply_is_fetched_once(app: Flask, port: int, url: str) -> None:
    with app.app_context():
        with app.extensions["sessions"].writing() as session:
            stage = make_stage(session)
            stage.overdue()
            to = address(stage.ana, sent_digest(stage))
        put(port, reply(to, "in progress"), reply("somebody@example.org", "hello", name="2"))
        assert (fetch(app, url), fetch(app, url)) == (2, 0)
        with app.extensions["sessions"].reader() as session:
            assert session.exec(select(Item)).one().progress is Progress.IN_PROGRESS
            assert fates(session) == [ReplyFate.RECORDED, ReplyFate.UNKNOWN]


def test_a_mail_that_a_crash_left_unmarked_is_known(app: Flask, port: int, url: str) -> None:
    mail = reply("somebody@example.org", "hello")
    with app.app_context():
        put(port, mail)
        fetch(app, url)
        put(port, mail)
        assert fetch(app, url) == 1
        with app.extensions["sessions"].reader() as session:
            assert fates(session) == [ReplyFate.UNKNOWN]


def test_of_a_large_mail_the_beginning_is_fetched(app: Flask, port: int, url: str) -> None:
    with app.app_context():
        put(port, reply("somebody@example.org", "hello") + b"x" * (4 * MOST_BYTES))
        assert fetch(app, url) == 1


def poison(monkeypatch: pytest.MonkeyPatch, fault: Exception, times: int = 1_000) -> None:
    """Let the mail that says so fail, as one does that nobody has thought of."""
    faults = [fault] * times

    def receive(session: Session, raw: bytes, desk: ReplyDesk, **moments: datetime) -> ReplyFate | None:
        fate = receive_mail(session, raw, desk, **moments)
        if b"poison" in raw and faults:
            raise faults.pop()
        return fate

    monkeypatch.setattr(imap_mailbox, "receive_mail", receive)


def test_a_mail_that_fails_is_left_to_a_person_and_the_next_is_taken_in(
    app: Flask, port: int, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison(monkeypatch, LookupError("a bug"))
    with app.app_context():
        put(port, reply("somebody@example.org", "poison", name="1"), reply("somebody@example.org", "hello", name="2"))
        assert (fetch(app, url), fetch(app, url)) == (1, 0)
        with app.extensions["sessions"].reader() as session:
            assert fates(session) == [ReplyFate.UNKNOWN]
    with MailBoxUnencrypted("127.0.0.1", port).login("reply@box", "p:w") as mailbox:
        assert len(mailbox.uids("FLAGGED")) == 1


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
def test_a_mail_that_the_database_had_no_time_for_is_taken_in_later(
    app: Flask, port: int, url: str, kind: type[DBAPIError], monkeypatch: pytest.MonkeyPatch
) -> None:
    poison(monkeypatch, kind("", None, Exception("connection lost")), times=1)
    with app.app_context():
        put(port, reply("somebody@example.org", "poison"))
        with pytest.raises(kind):
            fetch(app, url)
        assert fetch(app, url) == 1


def test_a_mail_that_the_server_does_not_give_waits(
    app: Flask, port: int, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([b""])
    beginning = imap_mailbox._beginning
    with app.app_context():
        put(port, reply("a@example.org", "hello", name="1"), reply("a@example.org", "hello", name="2"))
        monkeypatch.setattr(imap_mailbox, "_beginning", lambda box, uid: next(answers, beginning(box, uid)))
        assert (fetch(app, url), fetch(app, url), fetch(app, url)) == (1, 1, 0)


@pytest.mark.parametrize(
    "script",
    [
        (),
        (b"* BYE too busy\r\n",),
        (b"\0\xff" * 1_000 + b"\r\n",),
        (b"* OK here\r\n",),
        (b"* OK here\r\n", b"* CAPABILITY IMAP4rev1\r\n{0} OK\r\n"),
        (b"* OK here\r\n", b"* CAPABILITY IMAP4rev1\r\n{0} OK\r\n", b"{0} OK in\r\n"),
    ],
)
def test_a_server_that_breaks_off_says_so(app: Flask, script: tuple[bytes, ...]) -> None:
    """It says these lines, one for each of ours, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=_say, args=(listening, script))
        thread.start()
        with pytest.raises((OSError, ImapToolsError, IMAP4.error)):
            fetch(app, f"imap://a:b@127.0.0.1:{listening.getsockname()[1]}/INBOX")
        thread.join()


def _say(listening: socket.socket, script: tuple[bytes, ...]) -> None:
    connection, _address = listening.accept()
    with connection, suppress(OSError):
        tag = b""
        for line in script:
            connection.sendall(line.replace(b"{0}", tag))
            tag = connection.recv(1_000).partition(b" ")[0]


@pytest.mark.parametrize("wrong", ["imap://reply%40box:no@127.0.0.1:{port}/INBOX", "imap://a:b@127.0.0.1:1/INBOX"])
def test_a_mailbox_out_of_reach_says_so(app: Flask, port: int, wrong: str) -> None:
    with pytest.raises(Exception, match=r"(?i)authent|refused|login"):
        fetch(app, wrong.format(port=port))


@pytest.mark.parametrize("scheme", ["imap", "imaps"])
def test_a_server_that_drips_holds_nobody_for_longer_than_a_pass(
    sessions: Sessions, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setattr(imap_mailbox, "MOST_SECONDS", 0.3)
    is_over = Event()

    def drip(connection: socket.socket) -> None:
        with suppress(OSError):
            # A byte at a time keeps every single wait short.
            while not is_over.wait(0.05):
                connection.sendall(b"*")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        dripping = Thread(target=lambda: drip(listener.accept()[0]), daemon=True)
        dripping.start()
        url = f"{scheme}://reply:p@127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises((OSError, ImapToolsError, IMAP4.error)):
            fetch_mail(sessions, url, DESK, lambda _session: MONDAY)
        is_over.set()
        dripping.join(SECONDS)
    assert not dripping.is_alive()
