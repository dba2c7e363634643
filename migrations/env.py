"""Alembic's environment: every table of the program, on SQLite and PostgreSQL."""

import os
from pathlib import Path

from alembic import context
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import tracker.agendas.models
import tracker.answers.models
import tracker.assistant.models
import tracker.clock
import tracker.digests.models
import tracker.erasure.models
import tracker.handovers.models
import tracker.history
import tracker.intake.models
import tracker.items.models
import tracker.items.party_models
import tracker.jobs.models
import tracker.mail.models
import tracker.meetings.models
import tracker.people.models
import tracker.proposals.models
import tracker.reports.models
import tracker.transcripts.models
import tracker.updates.models  # noqa: F401
from tracker.config import Config
from tracker.db import UTCDateTime, make_engine

ROOT = Path(__file__).resolve().parent.parent


def render_item(kind, item, _autogen_context):
    """Write plain SQLAlchemy types, so that an old migration does not depend on today's code."""
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def include_object(_thing, name, kind, _reflected, _compare_to):
    """Leave the full-text tables alone: they are no SQLModel tables."""
    return not (kind == "table" and name.startswith("search_"))


def run() -> None:
    """Migrate over the connection handed in, or one made from the settings."""
    connection = context.config.attributes.get("connection")
    if connection is not None:
        migrate(connection)
        return
    engine = make_engine(Config.from_environment(os.environ, ROOT).database_url)
    with engine.connect() as made:
        migrate(made)


def migrate(connection) -> None:
    """Run the migrations in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_item=render_item,
        include_object=include_object,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
