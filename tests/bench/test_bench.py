"""The bench on a small register: everything is fetched and checked, and a wrong page is told."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.bench import empty, forum, run
from tests.bench.server import Server, serving
from tests.bench.visitor import Answer, Wrong
from tests.serving import served
from tracker.cli.serve import THREADS


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return forum.kept(60, tmp_path_factory.mktemp("bench"))


@pytest.fixture
def port(template: Path, sqlite_url: str, app: Flask) -> Iterator[int]:
    shutil.copy(template, sqlite_url.removeprefix("sqlite:///"))
    with served(app) as address:
        yield int(address.rpartition(":")[2])


def test_every_page_is_fetched_and_is_right(port: int, sqlite_url: str) -> None:
    server, measures = Server(os.getpid(), port, 0), run.signed_in(port, *run.readers(sqlite_url))
    costs = [run.cpu_of(server, figure.do, times=1, warm=0) for figure in measures.figures()]
    assert len(costs) > 10
    assert all(size > 1000 for _milliseconds, size in costs)


def test_the_empty_page_has_the_same_server() -> None:
    assert empty.THREADS == THREADS
    with serving(["-m", "tests.bench.empty"]) as server:
        assert 1 < server.memory()[0] < 200


def test_a_server_that_does_not_come_up_is_told() -> None:
    with pytest.raises(RuntimeError, match="no such thing"), serving(["-c", "raise SystemExit('no such thing')"]):
        pass


def test_a_register_is_made_once(template: Path) -> None:
    written = template.stat().st_mtime_ns
    assert forum.kept(60, template.parent) == template
    assert template.stat().st_mtime_ns == written


def test_what_is_missing_is_told() -> None:
    with pytest.raises(Wrong, match="Keep an archive"):
        Answer(200, "", "<h1>Nothing here</h1>", 20).demand("Keep an archive")


def test_a_wrong_page_ends_the_bench(
    template: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "measure", lambda *_: (_ for _ in [Answer(404, "", "", 0).demand()]))
    monkeypatch.setattr("sys.argv", ["bench", "--items", "60", "--keep", str(template.parent)])
    assert run.main() == 1
    assert "wrong" in capsys.readouterr().err
