"""flask load-people: people of a body, from a list."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from tracker import clock
from tracker.cli.refusal import bytes_of, refusing
from tracker.db import Sessions
from tracker.history import Actor, ChangeWay
from tracker.people.import_people import COLUMNS, import_people
from tracker.people.queries import register_called
from tracker.tables.text_tables import read_table


@click.command("load-people")
@with_appcontext
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--body", help="The register's slug; else the installation's own.")
def load_people(file: Path, body: str | None) -> None:
    """Add and update people from FILE (CSV or JSON Lines); empty cells leave what is there."""
    sessions: Sessions = current_app.extensions["sessions"]
    by = Actor(None, ChangeWay.IMPORT)
    with refusing():
        rows = read_table(bytes_of(file), file.suffix.lower(), COLUMNS)
        with sessions.writing() as session:
            register = register_called(session, body)
            now = clock.now(session)
            # Roles begin on the register's day, which may be another than the server's.
            today = clock.day_in(register.timezone, now)
            counts = import_people(session, rows, register, today=today, by=by, now=now)
    click.echo(f"{file.name}: {counts['added']} added, {counts['there']} there already.", err=True)


def register(app: Flask) -> None:
    """Add this command."""
    app.cli.add_command(load_people)
