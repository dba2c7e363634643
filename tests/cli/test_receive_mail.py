"""`flask receive-mail`: what a mail server's pipe hands over, and what the mail server is told."""

import json
import sqlite3
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from tests.digests.stage import make_stage
from tests.inbound.stage import reply
from tracker import create_app
from tracker.answers.reply_address import reply_address
from tracker.cli import receive_mail as command
from tracker.cli.receive_mail import TEMPORARY_FAILURE
from tracker.clock import real_now


@pytest.fixture
def replying(settings: dict[str, str], app: Flask) -> Flask:
    """The application with a mailbox for replies, on the same database."""
    return create_app({**settings, "REPLY_TO": "reply@example.org"})


def run(app: Flask, mail: bytes) -> tuple[int, str, str]:
    result = app.test_cli_runner().invoke(args=["receive-mail"], input=mail)
    return result.exit_code, result.stdout, result.stderr


def test_a_mail_on_standard_input_is_taken_in_once(replying: Flask) -> None:
    with replying.app_context(), replying.extensions["sessions"].writing() as session:
        stage = make_stage(session)
        to = reply_address("reply@example.org", "x", stage.ana, 1, now=real_now())
    fates = [json.loads(run(replying, reply(to or "", "done"))[1])["fate"] for _time in range(2)]
    assert fates == ["unknown", "repeated"]


@pytest.mark.parametrize("mail", [b"", b"\xff" * 1000, b"From: a@b\r\n\r\n" + b"x" * 30_000_000])
def test_whatever_comes_the_mail_server_is_told_that_it_was_taken(replying: Flask, mail: bytes) -> None:
    assert run(replying, mail)[0] == 0


def test_without_an_address_for_replies_the_setting_is_named(app: Flask) -> None:
    status, _out, error = run(app, b"")
    assert (status, "REPLY_TO" in error) == (2, True)


def test_while_the_database_is_busy_the_mail_server_tries_again(
    replying: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_session: Session, _raw: bytes, *_rest: object, **_named: object) -> None:
        locked = sqlite3.OperationalError("database is locked")
        locked.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise OperationalError("BEGIN IMMEDIATE", None, locked)

    receive: Callable[..., object] = busy
    monkeypatch.setattr(command, "receive_mail", receive)
    assert run(replying, b"")[0] == TEMPORARY_FAILURE
