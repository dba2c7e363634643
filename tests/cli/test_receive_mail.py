"""`flask receive-mail`: what a mail server's pipe hands over, and what the mail server is told."""

import json
import sqlite3
from collections.abc import Callable

import click
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


def busy() -> Exception:
    locked = sqlite3.OperationalError("database is locked")
    locked.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return OperationalError("BEGIN IMMEDIATE", None, locked)


@pytest.mark.parametrize("fault", [busy(), OperationalError("", None, Exception("gone")), LookupError("a secret path")])
def test_what_fails_comes_again_and_its_sender_reads_nothing_of_it(
    replying: Flask, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    """Mail servers return what a command prints to whoever wrote the mail, unless they are to try again."""

    def fail(_session: Session, _raw: bytes, *_rest: object, **_named: object) -> None:
        raise fault

    receive: Callable[..., object] = fail
    monkeypatch.setattr(command, "receive_mail", receive)
    status, out, error = run(replying, b"")
    assert (status, out, "secret" in error, "Traceback" in error) == (TEMPORARY_FAILURE, "", False, False)


def test_a_mail_that_was_taken_in_is_no_failure_if_nobody_reads_what_became_of_it(
    replying: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(_line: str) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(click, "echo", closed)
    assert run(replying, reply("somebody@example.org", "hello"))[0] == 0
