"""Fetching from a real IMAP server (pymap): each mail once, however often it is fetched, and however large."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from time import monotonic

import pytest
from flask import Flask
from imap_tools import MailBoxUnencrypted
from sqlmodel import Session, select

from tests.digests.stage import MONDAY, make_stage
from tests.inbound.stage import DESK, address, reply, sent_digest
from tracker.inbound.imap_mailbox import fetch_mail
from tracker.inbound.incoming_mail import MOST_BYTES
from tracker.inbound.models import IncomingMessage, ReplyFate
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


@pytest.mark.parametrize("wrong", ["imap://reply%40box:no@127.0.0.1:{port}/INBOX", "imap://a:b@127.0.0.1:1/INBOX"])
def test_a_mailbox_out_of_reach_says_so(app: Flask, port: int, wrong: str) -> None:
    with pytest.raises(Exception, match=r"(?i)authent|refused|login"):
        fetch(app, wrong.format(port=port))
