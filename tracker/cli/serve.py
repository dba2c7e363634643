"""`flask serve`: the web server and, with SCHEDULER=inline, the scheduler as its child."""

import gc
import logging
import os
import signal
import socket
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import click
import waitress
from flask import Flask, current_app
from sqlmodel import Session

from tracker import clock, upload_limits
from tracker.cli.processes import Child, one_arena
from tracker.cli.refusal import refuse, refusing
from tracker.cli.scheduler import run_as_child
from tracker.cli.sign_in import printed_link
from tracker.config import Config
from tracker.db import Sessions
from tracker.mail.compose_email import DEFAULT_PORT, base_url
from tracker.mail.server_address import announced
from tracker.people.queries import first_of_secretariat

ROOT = Path(__file__).resolve().parent.parent.parent
THREADS = 8
PORTS_TO_TRY = 100
#: bytes of a log file
LONGEST_LOG = 5_000_000
LOCAL_NAMES = {"localhost", "127.0.0.1", "::1", None}


def listen(host: str, port: int | None) -> socket.socket:
    """Return a socket that listens there: on that port, or on the first free one from 8000 on.

    Raises OSError if there is none.
    """
    if port is not None:
        return _bound(host, port)
    for candidate in range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TO_TRY - 1):
        try:
            return _bound(host, candidate)
        except OSError:
            continue
    return _bound(host, DEFAULT_PORT + PORTS_TO_TRY - 1)


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET
    if ":" in host:
        family = socket.AF_INET6
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    return listening


def greeting(session: Session, config: Config) -> list[str]:
    """Return what is printed at the start: the address, and a link for whoever may sign in first.

    A link is a secret, and the output of a public installation ends in its logs: there it is left out.
    """
    lines = [f"Intersession is at {base_url(config)}/"]
    person = first_of_secretariat(session, clock.now(session))
    if person is None:
        return [*lines, "Nobody in a secretariat has an address yet. Add people with: flask seed, or flask load-people"]
    # A link that signs in belongs on the screen of this machine, and in no log of a server.
    if urlsplit(config.base_url or "").hostname in LOCAL_NAMES:
        return [*lines, f"Sign in as {person.name}: {printed_link(session, person, config)}"]
    return [*lines, "For a sign-in link run: flask sign-in EMAIL"]


def scheduler(app: Flask, config: Config, listening: socket.socket) -> Child:
    """Return the scheduler as a child that talks of the same addresses as this process."""
    sessions: Sessions = app.extensions["sessions"]
    # Two processes cannot share a connection.
    sessions.engine.dispose()

    def work() -> None:
        # The port would stay taken after the server has ended.
        listening.close()
        run_as_child(app)

    command = [sys.executable, "-m", "flask", "scheduler", "--child"]
    return Child(work, command, str(ROOT), {**os.environ, "PORT": str(config.port)})


def _stop(_signal: int, _frame: object) -> NoReturn:
    raise SystemExit(0)


def run(app: Any, listening: socket.socket, child: Child | None, *, is_behind_proxies: bool = False) -> None:
    """Serve until Ctrl-C or SIGTERM, then end the child too."""
    for ending in (signal.SIGTERM, signal.SIGINT):
        # A shell lets what it starts with & ignore the second.
        signal.signal(ending, _stop)
    one_arena()
    # What is there now stays for good: to look through it again is no use, and would copy what is shared.
    gc.freeze()
    if child is not None:
        child.start()
    server = waitress.create_server(
        app,
        sockets=[listening],
        threads=THREADS,
        max_request_body_size=upload_limits.CUT_OFF,
        # Nobody needs to know which server answers.
        ident=None,
        # The application takes from them what it may believe.
        clear_untrusted_proxy_headers=not is_behind_proxies,
    )
    try:
        # Returns on SystemExit and KeyboardInterrupt.
        server.run()
    finally:
        # The end has begun; a second Ctrl-C hurries it.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        server.close()
        if child is not None:
            child.stop()
        click.echo("Stopped.", err=True)


@click.command("serve")
def serve() -> None:
    """Run the web server and, with SCHEDULER=inline, the scheduler."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    config: Config = app.extensions["config"]
    try:
        listening = listen(config.host, config.port)
    except OSError as error:
        where = f"{config.host}:{config.port or DEFAULT_PORT}"
        refuse(f"Cannot listen on {where} ({error.strerror}): stop what runs there or set PORT.")
    # Without PORT the next free one is taken.
    config = replace(config, port=listening.getsockname()[1])
    # Links name the port that was free.
    app.extensions["config"] = config
    with announced(config):
        _serve(app, config, listening)


def _serve(app: Flask, config: Config, listening: socket.socket) -> None:
    sessions: Sessions = app.extensions["sessions"]
    with refusing(), sessions.writing() as session:
        clock.begin(session, config.clock)
        session.flush()
        lines = greeting(session, config)
    if config.logs_to_file:
        lines = _framed(lines, config)
    # The address is printed before logging begins, so that it is found above it.
    for line in lines:
        click.echo(line)
    if config.logs_to_file:
        _log_to_file(log_file(config))
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("waitress").setLevel(logging.WARNING)
    child = None
    if config.scheduler == "inline":
        child = scheduler(app, config, listening)
    run(app, listening, child, is_behind_proxies=config.trusted_proxies > 0)


def log_file(config: Config) -> Path:
    """Return the file that takes what the server says where the screen is left to the greeting."""
    return config.var / "log" / "intersession.log"


def _framed(lines: list[str], config: Config) -> list[str]:
    """Return what is printed last: what goes on behind it, and in a frame how to get in and how to stop."""
    lines = [*lines, "Stop it with Ctrl-C."]
    frame = "-" * max(len(line) for line in lines)
    behind = [
        "In the background it compares the passages, takes a second look at them and writes the digests that are due.",
        f"What it does stands in {log_file(config)}; LOG=1 prints it here.",
    ]
    return [*behind, "", frame, *lines, frame]


def _log_to_file(path: Path) -> None:
    """Let whatever this process and its child say from now on go into that file; a long one begins anew."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LONGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    sys.stdout.flush()
    # The descriptor, not the name: the child, and libraries that write by themselves, follow.
    with path.open("a") as log:
        os.dup2(log.fileno(), sys.stderr.fileno())


def register(app: Flask) -> None:
    """Add these commands."""
    app.cli.add_command(serve)
