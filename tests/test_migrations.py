"""Migrations keep what is there."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy import Engine

from tests.conftest import administer, database_of
from tracker.cli.migrate import alembic_settings
from tracker.db import make_engine

ROWS = (
    "INSERT INTO body (id, slug, name, is_register, is_sample, timezone, language, stakeholder_group,"
    " digest_months, holds_unusual, version, purpose)"
    " VALUES (1, 'b', 'B', true, false, 'UTC', 'en', 'unknown', 24, true, 1, '')",
    "INSERT INTO meeting (id, body_id, slug, title, starts_on, ends_on, visibility, version)"
    " VALUES (1, 1, 'm', 'M', '2012-11-09', '2012-11-09', 'internal', 1)",
    "INSERT INTO transcript (id, meeting_id, number, sha256, filename, media_type, original, text,"
    " imported_at, author_key)"
    " VALUES (1, 1, 1, 'x', 'x.txt', 'text/plain', '', 'OAK: An archive.', '2012-11-09 10:00:00', '')",
)
TURN = 'INSERT INTO turn (id, transcript_id, seq, start, "end") VALUES ({number}, 1, {number}, 5, 16)'


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite'}"
    server = request.getfixturevalue("postgresql_server")
    administer(server, "DROP DATABASE IF EXISTS empty WITH (FORCE)")
    administer(server, "CREATE DATABASE empty")
    return database_of(server, "empty")


def migrate(engine: Engine, revision: str) -> None:
    settings = alembic_settings()
    with engine.connect() as connection:
        settings.attributes["connection"] = connection
        (command.downgrade if revision.startswith("-") else command.upgrade)(settings, revision.lstrip("-"))
        connection.commit()


def run(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))


def test_the_first_migration_makes_the_full_text_and_refuses_to_lose_a_transcript(empty: str) -> None:
    engine = make_engine(empty)
    migrate(engine, "0001")
    run(engine, *ROWS, TURN.format(number=1))
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM search_entry WHERE body = 'An archive.'")) == 1
    with pytest.raises(sa.exc.IntegrityError):
        run(engine, "DELETE FROM transcript")
    engine.dispose()


def test_the_first_migration_can_be_taken_back(empty: str) -> None:
    engine = make_engine(empty)
    migrate(engine, "0001")
    migrate(engine, "-base")
    assert set(sa.inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()
