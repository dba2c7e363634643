"""`flask migrate`: brings the database to the newest form."""

from pathlib import Path

import click
from alembic import command
from alembic.config import Config as AlembicConfig
from flask import Flask, current_app

from tracker.db import Sessions

ROOT = Path(__file__).resolve().parent.parent.parent


def alembic_settings() -> AlembicConfig:
    """Return where Alembic finds the migrations."""
    return AlembicConfig(toml_file=str(ROOT / "pyproject.toml"))


def migrate_database(sessions: Sessions) -> None:
    """Bring the tables to the newest form."""
    settings = alembic_settings()
    with sessions.engine.connect() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
        connection.commit()


@click.command("migrate")
def migrate() -> None:
    """Bring the database to the newest form."""
    migrate_database(current_app.extensions["sessions"])
    click.echo("The database is up to date.", err=True)


def register(app: Flask) -> None:
    """Add these commands."""
    app.cli.add_command(migrate)
