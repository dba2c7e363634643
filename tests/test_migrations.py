"""Migrations keep what is there."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy import Engine

from tests.conftest import administer, database_of
from tracker.cli.operate import alembic_settings
from tracker.db import make_engine

ROWS = (
    "INSERT INTO body (id, slug, name, is_register, is_sample, timezone, language, stakeholder_group, version)"
    " VALUES (1, 'b', 'B', true, false, 'UTC', 'en', 'unknown', 1)",
    "INSERT INTO meeting (id, body_id, slug, title, starts_on, ends_on, visibility, version)"
    " VALUES (1, 1, 'm', 'M', '2012-11-09', '2012-11-09', 'internal', 1)",
    "INSERT INTO transcript (id, meeting_id, number, sha256, filename, media_type, original, text, imported_at)"
    " VALUES (1, 1, 1, 'x', 'x.txt', 'text/plain', '', 'OAK: An archive.', '2012-11-09 10:00:00')",
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


def test_turns_stay_and_are_found_when_transcripts_get_authors(empty: str) -> None:
    engine = make_engine(empty)
    migrate(engine, "0005")
    run(engine, *ROWS, TURN.format(number=1))
    migrate(engine, "0006")
    run(engine, TURN.format(number=2))  # the trigger of the full text reads the table that was made again
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT author_key FROM transcript")) == ""
        assert connection.scalar(sa.text("SELECT count(*) FROM search_entry WHERE body = 'An archive.'")) == 2
    with pytest.raises(sa.exc.IntegrityError):
        run(engine, "DELETE FROM transcript")
    migrate(engine, "-0005")
    engine.dispose()


ITEM = (
    "INSERT INTO item (id, body_id, number, title, text, kind, capacity, channel, progress, progress_reason,"
    " offset_days, visibility, created_at, changed_at, version) VALUES ({number}, 1, {number}, 'T', '', 'call',"
    " 'own', 'in-the-room', 'no-longer-pursued', 'They quarrelled.', 0, 'published',"
    " '2012-11-09 10:00:00', '2012-11-09 10:00:00', 1)"
)
NOTE = (
    "INSERT INTO item_update (id, item_id, made_at, note, progress, visibility) VALUES"
    " ({number}, {number}, '2012-11-09 10:00:00', 'They quarrelled.', 'no-longer-pursued', '{visibility}')"
)


def test_a_reason_that_is_a_copy_of_an_internal_note_goes(empty: str) -> None:
    engine = make_engine(empty)
    migrate(engine, "0025")
    run(engine, ROWS[0], ITEM.format(number=1), ITEM.format(number=2))
    run(engine, NOTE.format(number=1, visibility="internal"), NOTE.format(number=2, visibility="published"))
    migrate(engine, "0026")
    with engine.connect() as connection:
        reasons = connection.scalars(sa.text("SELECT progress_reason FROM item ORDER BY id")).all()
        assert reasons == [None, "They quarrelled."]
    engine.dispose()
