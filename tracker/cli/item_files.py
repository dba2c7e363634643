"""flask load-items and flask export-items: the items of a register from and to JSON Lines, CSV or XLSX."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from tracker import clock
from tracker.cli.refusal import bytes_of, refuse, refusing
from tracker.db import Sessions
from tracker.errors import Refused
from tracker.exchange.columns import COLUMNS, FURTHER
from tracker.exchange.export_items import ENDINGS, item_cells, items_of, write_items
from tracker.exchange.import_items import import_items
from tracker.history import Actor, ChangeWay
from tracker.people.queries import register_called
from tracker.tables.text_tables import TableRow, read_table
from tracker.tables.workbooks import read_workbook

BODY = click.option("--body", help="The register's slug; else the installation's own.")


@click.command("load-items")
@with_appcontext
@click.argument("file", type=click.Path(path_type=Path))
@BODY
def load_items(file: Path, body: str | None) -> None:
    """Import the items of FILE: new ones are created, the others change where their cells differ."""
    sessions: Sessions = current_app.extensions["sessions"]
    with refusing():
        rows = _rows(file)
        with sessions.writing() as session:
            register = register_called(session, body)
            now = clock.now(session)
            counts = import_items(session, rows, register, by=Actor(None, ChangeWay.IMPORT), now=now)
    summary = ", ".join(f"{counts[outcome]} {outcome}" for outcome in ("new", "changed", "as they were"))
    click.echo(f"{file.name}: {summary}.", err=True)


@click.command("export-items")
@with_appcontext
@click.argument("file", type=click.Path(path_type=Path))
@BODY
def export_items(file: Path, body: str | None) -> None:
    """Write all items of the register into FILE, internal ones too."""
    sessions: Sessions = current_app.extensions["sessions"]
    with refusing():
        with sessions.reader() as session:
            register = register_called(session, body)
            cells = item_cells(session, register, items_of(session, register.id))
        # The file is written only once all of it is there: a fault leaves an older export as it was.
        content = write_items(cells, file.suffix.lower())
    try:
        file.write_bytes(content)
    except OSError as error:
        refuse(f"{file} cannot be written: {error.strerror}.")
    click.echo(f"{file.name}: {len(cells)} items.", err=True)


def _rows(file: Path) -> list[TableRow]:
    match file.suffix.lower():
        case ".jsonl":
            return read_table(bytes_of(file), ".jsonl", (*COLUMNS, *FURTHER))
        case ".csv":
            return read_table(bytes_of(file), ".csv", COLUMNS)
        case ".xlsx":
            return read_workbook(bytes_of(file), COLUMNS)
    raise Refused("A file of that ending cannot be read. Choose one of %(endings)s.", endings=", ".join(ENDINGS))


def register(app: Flask) -> None:
    """Add these commands."""
    app.cli.add_command(load_items)
    app.cli.add_command(export_items)
