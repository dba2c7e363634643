"""flask seed: says what it did, refuses with status 2, and begins the clock before anything is dated."""

import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import col, select

from tests.factories import NOW, SYSTEM
from tests.seed.sample import write
from tracker import create_app
from tracker.history import Event
from tracker.items.models import Item
from tracker.people.models import Body
from tracker.people.queries import register_by_slug
from tracker.seed.remove_sample import remove_sample


def test_a_seed_is_loaded_and_told(app: Flask, tmp_path: Path) -> None:
    answer = app.test_cli_runner().invoke(args=["seed", str(write(tmp_path))])
    assert (answer.exit_code, answer.stdout) == (0, "")
    assert "board.yaml: bodies 2" in answer.stderr


def test_a_second_load_says_that_nothing_is_new(app: Flask, tmp_path: Path) -> None:
    path = str(write(tmp_path))
    app.test_cli_runner().invoke(args=["seed", path])
    assert "nothing new" in app.test_cli_runner().invoke(args=["seed", path]).stderr


def test_a_bad_file_ends_with_status_2_and_leaves_nothing(app: Flask, tmp_path: Path) -> None:
    path = write(tmp_path, ("cy@example.org", "ana@example.org"))
    answer = app.test_cli_runner().invoke(args=["seed", str(path)])
    assert (answer.exit_code, len(answer.stderr.splitlines())) == (2, 1)
    with app.extensions["sessions"].reader() as session:
        assert session.exec(select(Body)).all() == []
        assert session.exec(select(Event)).all() == []


@pytest.fixture(scope="module")
def sown(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A database after `flask seed`, to be copied, and the command's status."""
    folder = tmp_path_factory.mktemp("sown")
    path = Path(shutil.copy(migrated, folder / "sown.sqlite"))
    app = create_app({"DATABASE_URL": f"sqlite:///{path}", "VAR_DIR": str(folder), "SECRET_KEY": "a test's own"})
    answer = app.test_cli_runner().invoke(args=["seed"])
    app.extensions["sessions"].engine.dispose()
    return path, answer.exit_code


def test_without_a_file_the_projects_own_items_are_loaded(app: Flask, sown: tuple[Path, int]) -> None:
    assert sown[1] == 0
    shutil.copy(sown[0], app.extensions["sessions"].engine.url.database)
    with app.extensions["sessions"].reader() as session:
        assert session.exec(select(Body.slug).where(col(Body.is_register), ~col(Body.is_sample))).all() == ["igf"]


def test_a_sample_that_was_taken_away_does_not_come_back_at_the_next_start(app: Flask, sown: tuple[Path, int]) -> None:
    shutil.copy(sown[0], app.extensions["sessions"].engine.url.database)
    with app.extensions["sessions"].writing() as session:
        sample = register_by_slug(session, "tarrow-basin")
        assert sample is not None
        remove_sample(session, sample, by=SYSTEM, now=NOW)
    app.test_cli_runner().invoke(args=["seed"])
    with app.extensions["sessions"].reader() as session:
        assert register_by_slug(session, "tarrow-basin") is None


def test_a_database_without_tables_is_told_what_to_run(tmp_path: Path) -> None:
    bare = create_app({"VAR_DIR": str(tmp_path / "var"), "SECRET_KEY": "a test's own"})
    answer = bare.test_cli_runner().invoke(args=["seed", str(write(tmp_path))])
    bare.extensions["sessions"].engine.dispose()
    assert (answer.exit_code, answer.stderr) == (2, "The database has no tables yet. Run: flask migrate\n")


def test_the_clock_begins_before_the_items_do(settings: dict[str, str], tmp_path: Path) -> None:
    made = create_app({**settings, "CLOCK": "2012-11-12T09:00+01:00"})
    made.test_cli_runner().invoke(args=["seed", str(write(tmp_path))])
    with made.extensions["sessions"].reader() as session:
        assert {moment.date().isoformat() for moment in session.exec(select(Item.created_at))} == {"2012-11-12"}
    made.extensions["sessions"].engine.dispose()
