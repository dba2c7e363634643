"""`flask serve` and `flask sign-in`, run as an operator runs them."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlmodel import Session

from tests.cli.test_processes import wait_until
from tests.factories import make_person, make_register, make_term
from tests.web.world import make_world
from tracker import clock
from tracker.cli.serve import greeting, listen
from tracker.config import Config
from tracker.db import Sessions
from tracker.mail.server_address import running_port
from tracker.people.models import Role

ROOT = Path(__file__).parents[2]


@pytest.fixture
def environ(settings: dict[str, str], app: Flask) -> dict[str, str]:
    """The environment of a process on the test's database, in which somebody can sign in."""
    make_world(app.extensions["sessions"])
    return {**os.environ, **settings, "SCHEDULER": "external"}


def start(environ: dict[str, str], **options: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-u", "-m", "flask", "serve"]
    return subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True, **options)


@pytest.fixture
def served(environ: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    process = start(environ)
    yield process
    process.kill()
    process.communicate()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def flask(environ: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flask", *words]
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)


def test_serving_prints_its_address_and_answers_there(served: subprocess.Popen[str]) -> None:
    address = re.search(r"http://localhost:\d+/", line_of(served))
    assert address
    with urllib.request.urlopen(f"{address[0]}health", timeout=30) as answer:
        assert b'"database":"ok"' in answer.read()


def test_serving_prints_a_link_that_opens(served: subprocess.Popen[str]) -> None:
    line_of(served)
    link = re.search(r"Sign in as Sara Secretary: (\S+)", line_of(served))
    assert link
    with urllib.request.urlopen(link[1], timeout=30) as answer:
        assert "Sign in as Sara Secretary" in answer.read().decode()


def test_with_a_log_file_the_link_stands_last_in_a_frame_and_nothing_follows(environ: dict[str, str]) -> None:
    process = start({**environ, "LOG": "file", "SCHEDULER": "inline"}, stderr=subprocess.STDOUT)
    printed = [line_of(process) for _ in range(8)]
    link = re.search(r"Sign in as Sara Secretary: (\S+)", printed[5])
    assert link
    urllib.request.urlopen(link[1], timeout=30).close()
    log = Path(environ["VAR_DIR"]) / "log" / "intersession.log"
    wait_until(lambda: "The scheduler is running" in log.read_text())
    process.terminate()
    assert process.communicate(timeout=60)[0] == ""
    assert (printed[3], set(printed[3].strip()), printed[6]) == (printed[7], {"-"}, "Stop it with Ctrl-C.\n")


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_serving_stops_cleanly(served: subprocess.Popen[str], ending: signal.Signals) -> None:
    link = line_of(served) and line_of(served).split()[-1]
    urllib.request.urlopen(link, timeout=30).close()
    served.send_signal(ending)
    assert served.wait(30) == 0


@pytest.fixture
def deaf(environ: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A server as a shell starts it with &: the interrupt is ignored, and what is started then inherits that."""
    usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    process = start(environ)
    signal.signal(signal.SIGINT, usual)
    yield process
    process.kill()
    process.communicate()


def test_ctrl_c_stops_what_a_shell_started_in_the_background(deaf: subprocess.Popen[str]) -> None:
    line_of(deaf)
    urllib.request.urlopen(line_of(deaf).split()[-1], timeout=30).close()
    deaf.send_signal(signal.SIGINT)
    assert deaf.wait(30) == 0


def children_of(process: subprocess.Popen[str]) -> list[int]:
    tasks = Path(f"/proc/{process.pid}/task").glob("*/children")
    return [int(number) for task in tasks for number in task.read_text().split()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_the_death_of_its_scheduler_is_survived(environ: dict[str, str]) -> None:
    command, pipes = [sys.executable, "-m", "flask", "serve"], {"stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env={**environ, "SCHEDULER": "inline"}, **pipes) as process:  # type: ignore[call-overload]
        next(line for line in process.stderr if "The scheduler is running." in line)
        [scheduler] = children_of(process)
        os.kill(scheduler, signal.SIGKILL)
        assert next(line for line in process.stderr if "starting it again" in line).startswith("scheduler ended")
        process.terminate()
        assert process.wait(30) == 0


def test_a_port_that_is_taken_is_said_so(environ: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        answer = flask({**environ, "PORT": port}, "serve")
    assert answer.returncode == 2
    assert f"127.0.0.1:{port}" in answer.stderr


def test_without_a_port_the_next_free_one_is_taken() -> None:
    with listen("127.0.0.1", None) as first, listen("127.0.0.1", None) as second:
        assert second.getsockname()[1] > first.getsockname()[1] >= 8000


def test_a_sign_in_link_is_printed(environ: dict[str, str]) -> None:
    answer = flask({**environ, "BASE_URL": "https://tracker.example.org"}, "sign-in", "Mira@Example.org")
    assert answer.stdout.startswith("https://tracker.example.org/sign-in/")


def sign_in_link(environ: dict[str, str]) -> str:
    return flask(environ, "sign-in", "mira@example.org").stdout


@pytest.fixture
def busy() -> Iterator[None]:
    """The usual port is taken, so that a server takes another."""
    with listen("127.0.0.1", None):
        yield


def test_a_printed_link_leads_to_the_server_that_runs(
    environ: dict[str, str], busy: None, served: subprocess.Popen[str]
) -> None:
    address = line_of(served).split()[-1]
    link = sign_in_link(environ)
    assert link.startswith(address)
    assert not link.startswith("http://localhost:8000/")


def test_an_address_that_is_set_comes_before_that_of_the_server(
    environ: dict[str, str], served: subprocess.Popen[str]
) -> None:
    line_of(served)
    named = {**environ, "BASE_URL": "https://tracker.example.org"}
    assert sign_in_link(named).startswith("https://tracker.example.org/sign-in/")
    assert sign_in_link({**environ, "PORT": "8123"}).startswith("http://localhost:8123/sign-in/")


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_the_address_of_a_server_that_is_gone_is_not_believed(
    environ: dict[str, str], busy: None, served: subprocess.Popen[str], ending: signal.Signals
) -> None:
    address = line_of(served).split()[-1]
    link = line_of(served).split()[-1]
    urllib.request.urlopen(link, timeout=30).close()
    served.send_signal(ending)
    served.wait(30)
    link = sign_in_link(environ)
    assert link.startswith("http://localhost:8000/")
    assert not link.startswith(address)


def test_a_server_on_another_database_is_none_of_this_one(
    environ: dict[str, str], served: subprocess.Popen[str], tmp_path: Path
) -> None:
    line_of(served)
    config = Config.from_environment({**environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'other.sqlite'}"}, tmp_path)
    assert running_port(config) is None
    assert running_port(Config.from_environment(environ, tmp_path)) is not None


def test_nobody_gets_a_link_for_an_unknown_address(environ: dict[str, str]) -> None:
    answer = flask(environ, "sign-in", "nobody@example.org")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "nobody@example.org" in answer.stderr


def config_with(tmp_path: Path, **settings: str) -> Config:
    return Config.from_environment({"VAR_DIR": str(tmp_path), **settings}, tmp_path)


def test_a_public_installation_prints_no_link_into_its_logs(sessions: Sessions, tmp_path: Path) -> None:
    make_world(sessions)
    with sessions.writer() as session:
        lines = greeting(session, config_with(tmp_path, BASE_URL="https://tracker.example.org"))
    assert "/sign-in/" not in " ".join(lines)


def test_without_a_secretariat_the_greeting_says_what_to_do(session: Session, tmp_path: Path) -> None:
    assert "flask load-people" in greeting(session, config_with(tmp_path))[1]


def test_the_secretariat_of_the_sample_comes_last(session: Session, tmp_path: Path) -> None:
    sample = make_register(session, slug="sample", is_sample=True)
    own = make_register(session)
    make_term(session, make_person(session, "Sam Sample"), sample, Role.SECRETARIAT)
    make_term(session, make_person(session, "Olivia Own"), own, Role.SECRETARIAT)
    assert "Olivia Own" in greeting(session, config_with(tmp_path))[1]


def test_the_clock_is_set_at_the_first_start_only(session: Session) -> None:
    clock.begin(session, None)
    session.flush()
    clock.begin(session, datetime(2012, 11, 12, tzinfo=UTC))
    assert clock.offset(session).total_seconds() == 0


def test_the_first_start_may_be_given_a_clock(session: Session) -> None:
    clock.begin(session, datetime(2012, 11, 12, tzinfo=UTC))
    assert clock.now(session).year == 2012


@pytest.mark.parametrize("part", [0, 300_000, 700_000])
def test_a_clock_never_shows_a_moment_before_the_one_given(session: Session, part: int) -> None:
    begun = datetime(2012, 11, 12, tzinfo=UTC)
    with time_machine.travel(datetime(2026, 1, 1, 12, 0, 0, part, tzinfo=UTC), tick=False):
        clock.begin(session, begun)
        session.flush()
        assert timedelta(0) <= clock.now(session) - begun < timedelta(seconds=1)


@pytest.mark.parametrize(("proxies", "network"), [("1", "203.0.113.0/24"), ("", "127.0.0.0/24")])
def test_a_forwarded_address_is_believed_behind_a_trusted_proxy_only(
    environ: dict[str, str], proxies: str, network: str
) -> None:
    command = [sys.executable, "-u", "-m", "flask", "serve"]
    settings = {**environ, "TRUSTED_PROXIES": proxies}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env=settings, text=True, **pipes) as process:  # type: ignore[call-overload]
        address = line_of(process).split()[-1]
        headers = {"X-Forwarded-For": "192.0.2.1, 203.0.113.7", "Sec-Fetch-Site": "cross-site"}
        request = urllib.request.Request(f"{address}sign-in/link", data=b"", headers=headers)
        with pytest.raises(urllib.error.HTTPError, match="400"):
            urllib.request.urlopen(request, timeout=30)
        process.terminate()
        _, said = process.communicate(timeout=30)
    assert f'"network": "{network}"' in said
