"""`flask receive-mail`: one mail on standard input, as a mail server's pipe hands it over."""

import json
import sys
from contextlib import suppress

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from tracker import clock
from tracker.cli.refusal import refuse
from tracker.config import Config
from tracker.db import Sessions, is_busy
from tracker.inbound.incoming_mail import MOST_BYTES
from tracker.inbound.receive_mail import ReplyDesk, receive_mail
from tracker.mail.compose_email import base_url

#: sysexits.h: the mail server keeps the mail and tries again
TEMPORARY_FAILURE = 75


@click.command("receive-mail")
@with_appcontext
def receive() -> None:
    """Take in the mail on standard input: a reply answers items, a bounce ends an address.

    Prints what became of it. Ends with 75 while the database is busy, or where the mail cannot be taken in for
    another reason, so that the mail server keeps it and tries again.
    """
    config: Config = current_app.extensions["config"]
    if config.reply_to is None:
        refuse("Set REPLY_TO to the address that takes replies, as REPLY_TO=reply@example.org.")
    raw = sys.stdin.buffer.read(MOST_BYTES)
    # A pipe that is closed early is a failure to a mail server.
    while sys.stdin.buffer.read(MOST_BYTES):
        pass
    sessions: Sessions = current_app.extensions["sessions"]
    desk = ReplyDesk(config.reply_to, config.secret_key, base_url(config))
    try:
        with sessions.writing() as session:
            fate = receive_mail(session, raw, desk, now=clock.now(session), real_now=clock.real_now())
    except Exception as error:
        # Its kind alone: mail servers return what a command prints to whoever wrote the mail.
        reason = type(error).__name__
        if is_busy(error):
            reason = "the database is busy"
        click.echo(f"Not taken in ({reason}). The mail server should try again.", err=True)
        raise SystemExit(TEMPORARY_FAILURE) from None
    # It is committed: a mail server that hangs up now must not return the mail.
    with suppress(OSError):
        click.echo(json.dumps({"fate": fate or "repeated"}))


def register(app: Flask) -> None:
    """Add this command."""
    app.cli.add_command(receive)
