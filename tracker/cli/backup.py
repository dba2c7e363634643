"""`flask backup` and `flask restore`: all of the state in one file, and back, on SQLite and PostgreSQL alike."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import click
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select

from tracker import clock
from tracker.cli import backup_archive, copy_database, erasures
from tracker.cli.backup_archive import DATABASE, MAILS, SECRET, Manifest
from tracker.cli.migrate import alembic_settings, migrate_database
from tracker.cli.refusal import refusing
from tracker.config import Config
from tracker.db import Sessions, make_engine
from tracker.erasure import ledger, sweep
from tracker.errors import Refused
from tracker.history import Actor, ChangeWay
from tracker.jobs.models import JobRun
from tracker.jobs.scheduler_lock import lock_for
from tracker.mail import relay_state
from tracker.mail.models import MailKind, MailState, Outgoing
from tracker.mail.outbox import IN_DATA
from tracker.people.models import SignInLink, SignInSession

WAITING = (MailState.QUEUED, MailState.SENDING)


def make_backup(app: Flask, path: Path, now: datetime) -> Manifest:
    """Write everything into that file, while the program runs if need be; returns what is in it."""
    config: Config = app.extensions["config"]
    engine = app.extensions["sessions"].engine
    # A copy of an older form could be restored only by a program that no longer runs here.
    _refuse_old(engine)
    with _scratch(path.resolve().parent) as folder:
        # The folder lies beside the backup: there is room for one if there is room for the other.
        database = folder / DATABASE
        _snapshot(engine, database)
        (folder / SECRET).write_text(config.secret_key, "utf-8")
        # After the database: an erasure in between is in the ledger then, and done again by a restore.
        erasures.ledger_of(app, folder / ledger.ERASURES)
        files = {name: folder / name for name in (DATABASE, SECRET, ledger.ERASURES)} | _kept_mails(config.var)
        with _opened(database) as copy:
            # A backup of a damaged database would be found out when it is needed.
            _refuse_damaged(database)
            revision = _revision(copy)
            rows = _counts(copy)
        hashes = {name: backup_archive.digest(source) for name, source in files.items()}
        manifest = Manifest(now.isoformat(), revision or "", rows, hashes)
        backup_archive.pack(path, manifest, files)
    return manifest


class Restored(NamedTuple):
    """What a backup said of itself, and how many erasures were done again."""

    manifest: Manifest
    again: int


def restore_backup(
    app: Flask, path: Path, now: datetime, *, replace: bool, copy: Path | None = None, may_lack: bool = False
) -> Restored:
    """Put everything back, with mail held and what was erased since erased again; `copy` is the operator's ledger.

    Raises Refused, and changes nothing, where something would be lost, and without a ledger unless it may lack.
    """
    config: Config = app.extensions["config"]
    engine = app.extensions["sessions"].engine
    # A scheduler would send mail of the old state, or of the new one before it is held.
    lock = lock_for(engine)
    if not lock.hold():
        raise Refused("A scheduler runs on this database. Stop the program first.")
    try:
        if not replace and not copy_database.is_empty(engine):
            raise Refused("This installation holds data already. To set it aside and restore, add --replace.")
        with backup_archive.opened(path) as (packed, manifest), _scratch(config.var) as folder:
            backup_archive.unpack(packed, manifest, folder)
            _check(folder / DATABASE, manifest)
            with _opened(folder / DATABASE) as old:
                files = (copy, config.var / ledger.ERASURES)
                entries = erasures.collect(engine, old, files, folder / ledger.ERASURES, may_lack=may_lack)
            again = _prepare(folder, entries)
            _put_in_place(engine, folder / DATABASE, now)
            _put_files(config, folder)
        with app.extensions["sessions"].reader() as session:
            ledger.keep(session, config.var)
    finally:
        lock.release()
    return Restored(manifest, again)


def _refuse_old(engine: Engine) -> None:
    if _revision(engine) != _newest():
        raise Refused("The database is of another version than the program. Run: flask migrate.")


def _newest() -> str | None:
    return ScriptDirectory.from_config(alembic_settings()).get_current_head()


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _counts(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return copy_database.counts(connection)


@contextmanager
def _scratch(parent: Path) -> Iterator[Path]:
    """Give a folder on the same disk as what it is for, gone at the end."""
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=parent) as folder:
        yield Path(folder)


@contextmanager
def _opened(database: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{database}")
    try:
        yield engine
    finally:
        engine.dispose()


def _snapshot(engine: Engine, database: Path) -> None:
    """Write the state of one moment into a new SQLite file; never a copy of a file in use."""
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(engine.url.database), timeout=60)) as connection:
            # A plain copy may catch a file in the middle of a write, and misses what is still in its log.
            connection.execute("VACUUM INTO ?", (str(database),))
        return
    with _opened(database) as target:
        # The tables are made by the migrations, so that triggers and checks are there as well.
        migrate_database(Sessions(target))
        # Rows that others write meanwhile would otherwise refer to rows that were copied before they were there.
        one_moment = engine.execution_options(isolation_level="REPEATABLE READ")
        with one_moment.connect() as source, target.begin() as connection:
            copy_database.copy(source, connection)


def _kept_mails(var: Path) -> dict[str, Path]:
    return {f"{MAILS}{path.name}": path for path in sorted((var / "mail").glob("*.eml")) if path.is_file()}


def _refuse_damaged(database: Path) -> None:
    with closing(sqlite3.connect(str(database))) as connection:
        is_whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        is_tied = connection.execute("PRAGMA foreign_key_check").fetchall() == []
    if not (is_whole and is_tied):
        raise Refused("The database in this backup is damaged. Use another backup.")


def _check(database: Path, manifest: Manifest) -> None:
    _refuse_damaged(database)
    revisions = {script.revision for script in ScriptDirectory.from_config(alembic_settings()).walk_revisions()}
    if manifest.revision not in revisions:
        raise Refused("This backup was made by a newer version of the program. Update, then try again.")


def _prepare(folder: Path, entries: erasures.Entries) -> int:
    """Migrate the copy, hold its mail, end its sign-ins and erase again: nothing leaves, lets anybody in or comes back.

    Return how many erasures were done.
    """
    with _opened(folder / DATABASE) as engine:
        sessions = Sessions(engine)
        migrate_database(sessions)
        with sessions.writing() as session:
            _calm(session)
            again = erasures.apply_again(session, entries, var=folder, now=clock.now(session))
        if again:
            with sessions.reader() as session:
                sweep.scrub(session)
    return again


def _calm(session: Session) -> None:
    """Hold all mail, set aside what waited (it may have left since), and end sign-ins."""
    relay_state.hold(session, by=Actor(None, ChangeWay.COMMAND_LINE), now=clock.now(session))
    # Whoever releases this hold has looked at the outbox; a first start with a relay must not hold it once more.
    relay_state.the_relay(session).smtp_seen = True
    for row in session.exec(select(Outgoing).where(col(Outgoing.state).in_(WAITING))):
        # The relay may have taken it before the backup was made: the next copy must be the same to the byte.
        if row.phase == IN_DATA:
            row.ambiguous += 1
        row.state = MailState.HELD
        if row.kind is MailKind.SIGN_IN or row.is_invitation:
            # Its link is among those that end.
            row.state = MailState.CANCELLED
        row.phase = None
        row.lease_token = None
    # Runs of jobs go too: the last tick of the old scheduler would hide that none runs here yet.
    for table in (SignInSession, SignInLink, JobRun):
        session.exec(delete(table))


def _put_in_place(engine: Engine, database: Path, now: datetime) -> None:
    if engine.dialect.name == "sqlite":
        _swap(engine, database, now)
        return
    migrate_database(Sessions(engine))
    with _opened(database) as copy, copy.connect() as source, engine.begin() as target:
        copy_database.empty(target)
        copy_database.copy(source, target)
        # Both sides are in one transaction: nothing of it stays where a row is missing.
        if copy_database.counts(target) != copy_database.counts(source):
            raise Refused("Not every row arrived. Nothing was changed. Try again, or use another backup.")


def _swap(engine: Engine, database: Path, now: datetime) -> None:
    """Put the file in the place of the old one, which stays beside it if it held anything."""
    place = Path(str(engine.url.database))
    # An empty database is what every first start leaves.
    is_worth_keeping = place.exists() and not copy_database.is_empty(engine)
    # A connection that stays open would go on writing into the old file.
    engine.dispose()
    if is_worth_keeping:
        with closing(sqlite3.connect(str(place))) as old:
            old.execute("VACUUM INTO ?", (f"{place}.before-{now:%Y%m%dT%H%M%S}",))
    with closing(sqlite3.connect(str(database))) as new:
        # Everything in the one file that moves.
        new.execute("PRAGMA journal_mode=DELETE")
    # The log of the old file would be applied to the new one.
    for ending in ("-wal", "-shm"):
        Path(f"{place}{ending}").unlink(missing_ok=True)
    database.replace(place)


def _key_is_kept(config: Config) -> bool:
    """Tell whether the key in use is the one in var/, and not one that the environment names."""
    kept = config.var / SECRET
    return kept.exists() and kept.read_text("utf-8").strip() == config.secret_key


def _put_files(config: Config, folder: Path) -> None:
    """Put back the key, unless the environment names one, and the kept mails."""
    # A key that the environment names is the operator's to change.
    if _key_is_kept(config):
        (folder / SECRET).replace(config.var / SECRET)
    for path in sorted((folder / MAILS).glob("*.eml")):
        kept = config.var / "mail"
        kept.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.replace(kept / path.name)


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Write all of the state into one file. It holds the secret key: keep it as safe as the installation."""
    with refusing():
        manifest = make_backup(current_app._get_current_object(), file, clock.real_now())  # type: ignore[attr-defined]
    click.echo(f"{file}: {sum(manifest.rows.values())} rows, {len(manifest.files)} files.", err=True)


@click.command("restore")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Set aside what is there already.")
@click.option("--erasures", "copy", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Your ledger.")
@click.option("--without-erasures", "may_lack", is_flag=True, help="Go on where no ledger of erasures is found.")
@with_appcontext
def restore(file: Path, *, replace: bool, copy: Path | None, may_lack: bool) -> None:
    """Put everything back from such a file, but what was erased since. Mail is held until somebody releases it."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with refusing():
        made, again = restore_backup(app, file, clock.real_now(), replace=replace, copy=copy, may_lack=may_lack)
    click.echo(f"Restored as of {made.made_at}. Erased again: {again}.", err=True)
    click.echo("Mail is held: look at the outbox, then release it.", err=True)
    if not _key_is_kept(app.extensions["config"]) and "SECRET_KEY" in os.environ:
        click.echo("Set SECRET_KEY to its former value, or the links in old mails stop working.", err=True)


def register(app: Flask) -> None:
    """Add these commands."""
    app.cli.add_command(backup)
    app.cli.add_command(restore)
