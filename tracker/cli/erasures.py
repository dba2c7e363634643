"""What a restore must erase again, and `flask export-erasures`: the ledger for a copy outside the machine."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import click
import sqlalchemy as sa
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col

from tracker.cli.refusal import refusing
from tracker.db import Sessions
from tracker.erasure import ledger
from tracker.erasure.erase_again import erase_again
from tracker.erasure.ledger_entry import LedgerEntry
from tracker.errors import Refused
from tracker.history import Actor, ChangeWay, Event

Entries = Mapping[str, LedgerEntry]
_LAST = sa.select(col(Event.id), col(Event.at), col(Event.subject)).order_by(col(Event.id).desc()).limit(1)


def collect(live: Engine, copy: Engine, files: Iterable[Path | None], packed: Path, *, may_lack: bool) -> Entries:
    """Return all erasures that the files, the live database and the backup's own ledger know of.

    Raises Refused where there is only the last, unless that is allowed: it cannot know what was erased since.
    """
    # An empty file is none: nothing makes one.
    found = [path for path in files if path is not None and path.exists() and ledger.read(path)]
    of_live = _of_live(live, copy)
    if of_live is None and not found and not may_lack:
        raise Refused(
            "There is no ledger here of what was erased since this backup. Add --erasures FILE with a copy of it, or "
            "--without-erasures."
        )
    return {**_of_files([packed, *found]), **(of_live or {})}


def _of_files(paths: Iterable[Path]) -> Entries:
    """Return what those of these files that are there hold."""
    return {entry.key: entry for path in paths if path.exists() for entry in ledger.read(path)}


def _of_live(live: Engine, copy: Engine) -> Entries | None:
    """Return what the live database knows; None if it cannot be read or is not the one that the backup was made of."""
    try:
        with Sessions(live).reader() as session, Sessions(copy).reader() as old:
            last = old.connection().execute(_LAST).one_or_none()
            # History is never edited: whatever came after the backup still holds its last line.
            if last and last in session.connection().execute(_LAST.where(col(Event.id) == last.id)).all():
                return ledger.noted(session)
    except DBAPIError:
        pass
    return None


def apply_again(session: Session, entries: Entries, *, var: Path, now: datetime) -> int:
    """Do all erasures that this database has not seen, the oldest first, and note them; return how many it took."""
    seen = ledger.noted(session)
    missing = [entry for key, entry in entries.items() if key not in seen]
    by = Actor(None, ChangeWay.COMMAND_LINE)
    count = 0
    for entry in sorted(missing, key=lambda entry: entry.at):
        ledger.note(session, entry, by=by, now=now)
        if _is_of_here(session, entry):
            count += erase_again(session, entry, var=var, now=now)
    return count


def _is_of_here(session: Session, entry: LedgerEntry) -> bool:
    """Tell whether the entry speaks of a record here, and not of another's with the same number."""
    if entry.person_id is None or entry.person_since is None:
        return True
    return ledger.record_began(session, entry.person_id) == entry.person_since


@click.command("export-erasures")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@with_appcontext
def export_erasures(file: Path) -> None:
    """Add to FILE every erasure that it does not hold, from the database and from this machine's own file."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with refusing():
        count = ledger_of(app, file)
    click.echo(f"{file}: {count} erasures. Keep it outside this machine.", err=True)


def ledger_of(app: Flask, path: Path) -> int:
    """Write all that this installation knows of erasures into that file; return how many it is."""
    with app.extensions["sessions"].reader() as session:
        entries = {**_of_files([app.extensions["config"].var / ledger.ERASURES]), **ledger.noted(session)}
    ledger.append(path, entries.values())
    return len(entries)


def register(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(export_erasures)
