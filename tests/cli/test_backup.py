"""Backup and restore: everything comes back, on either kind of database, and nothing leaves by itself."""

import itertools
import json
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session, col, select

from tests.conftest import administer, database_of
from tests.digests.stage import MONDAY, Stage, make_stage
from tests.factories import NOW, make_person
from tests.mail.offices import letter
from tracker import create_app
from tracker.cli import backup_archive, copy_database
from tracker.cli.backup import make_backup, restore_backup
from tracker.cli.migrate import migrate_database
from tracker.clock import real_now
from tracker.db import Sessions
from tracker.digests.runs.queue_digests import queue_due
from tracker.errors import Refused
from tracker.history import Event
from tracker.items import changes as items
from tracker.jobs.scheduler_lock import lock_for
from tracker.mail import outbox, relay_state
from tracker.mail.models import MailKind, MailState, Outgoing
from tracker.people import sessions as sign_in
from tracker.people.models import Person, SignInSession


def installation(url: str, var: Path, **settings: str) -> Flask:
    return create_app({"DATABASE_URL": url, "VAR_DIR": str(var), "SECRET_KEY": "a test's own", **settings})


def fill(session: Session) -> Stage:
    stage = make_stage(session)
    item = stage.overdue("Publish “the list” — 档案")
    items.follow(session, item, stage.ben.id, by=stage.by(stage.ben), now=MONDAY)
    loser = make_person(session, "Anna Silva", email="anna@example.org")
    later = make_person(session, "Zoe Later", email="zoe@example.org")
    loser.merged_into_id = later.id  # a reference to a row with a higher number
    queue_due(session, now=MONDAY, secret="a test's own")
    outbox.put(session, letter("ben"), person_id=stage.ben.id, kind=MailKind.SIGN_IN, now=NOW)
    leaving = outbox.put(session, letter(), person_id=None, kind=MailKind.TEST, now=NOW)
    leaving.state, leaving.phase = MailState.SENDING, "data"
    sign_in.start(session, stage.ana, now=real_now())
    return stage


def rows(app: Flask) -> dict[str, list[Any]]:
    """Return everything that is to come back, row by row."""
    changed = {"relay", "outgoing", "sign_in_session", "sign_in_link", "job_run", "event"}
    with app.extensions["sessions"].engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(sa.select(table))))
            for table in copy_database.tables()
            if table.name not in changed
        }


def move(old: Flask, new: Flask, tmp_path: Path, *, replace: bool = False) -> None:
    make_backup(old, tmp_path / "backup.zip", NOW)
    restore_backup(new, tmp_path / "backup.zip", NOW, replace=replace, may_lack=True)


#: from which kind of database to which
MOVES = [
    pytest.param(kinds, id="-".join(kinds), marks=[pytest.mark.postgresql] if "postgresql" in kinds else [])
    for kinds in itertools.product(("sqlite", "postgresql"), repeat=2)
]


@dataclass(frozen=True)
class Moved:
    """An installation that came out of a backup of another, and the rows of both as they were then."""

    app: Flask
    before: dict[str, list[Any]]
    after: dict[str, list[Any]]


def made_anew(request: pytest.FixtureRequest, kind: str, path: Path) -> str:
    """Return the address of a database without any table."""
    if kind == "sqlite":
        return f"sqlite:///{path}"
    server = request.getfixturevalue("postgresql_server")
    administer(server, f"DROP DATABASE IF EXISTS {path.stem} WITH (FORCE)")
    administer(server, f"CREATE DATABASE {path.stem}")
    return database_of(server, path.stem)


@pytest.fixture(scope="module", params=MOVES)
def moved(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moved]:
    """A backup of an installation with something of everything that matters here, restored."""
    folder = tmp_path_factory.mktemp("moved")
    places = zip(request.param, ("moving", "restored"), strict=True)
    old_url, new_url = (made_anew(request, kind, folder / f"{name}.sqlite") for kind, name in places)
    with running(old_url, folder / "old") as old, running(new_url, folder / "new") as new:
        migrate_database(old.extensions["sessions"])
        with old.extensions["sessions"].writing() as session:
            fill(session)
        (folder / "old" / "mail").mkdir(parents=True)
        (folder / "old" / "mail" / "digest.2012-11-05.ab.eml").write_bytes(b"Subject: kept\r\n\r\n")
        before = rows(old)
        move(old, new, folder)
        yield Moved(new, before, rows(new))


@contextmanager
def running(url: str, var: Path) -> Iterator[Flask]:
    app = installation(url, var)
    yield app
    app.extensions["sessions"].engine.dispose()


def test_everything_comes_back_on_either_kind_of_database(moved: Moved) -> None:
    assert moved.before["person"]
    assert moved.after == moved.before


def test_a_restored_installation_goes_on_where_the_old_one_stopped(moved: Moved) -> None:
    with moved.app.extensions["sessions"].writing() as session:
        make_person(session, "Nina New")
        ana = session.exec(select(Person).where(Person.email == "ana@example.org")).one()
        assert session.exec(select(Event).where(col(Event.subject) == f"person:{ana.id}")).all()


def test_history_still_refuses_to_be_changed(moved: Moved) -> None:
    with moved.app.extensions["sessions"].writer() as session, pytest.raises(sa.exc.DBAPIError, match="append-only"):
        session.connection().execute(sa.text("DELETE FROM event"))


def test_what_was_restored_is_found_by_its_words(moved: Moved) -> None:
    with moved.app.extensions["sessions"].reader() as session:
        assert session.connection().scalar(sa.text("SELECT count(*) FROM search_entry")) > 0


def test_no_mail_leaves_a_restored_installation_by_itself(moved: Moved) -> None:
    with moved.app.extensions["sessions"].writing() as session:
        assert relay_state.the_relay(session).held_since is not None
        states = {row.kind: row.state for row in session.exec(select(Outgoing))}
    held = dict.fromkeys((MailKind.DIGEST, MailKind.TEST), MailState.HELD)
    assert states == {**held, MailKind.SIGN_IN: MailState.CANCELLED}


def test_a_mail_that_may_have_left_is_marked_so(moved: Moved) -> None:
    with moved.app.extensions["sessions"].reader() as session:
        marked = {row.kind: row.ambiguous for row in session.exec(select(Outgoing))}
    assert marked == {MailKind.DIGEST: 0, MailKind.SIGN_IN: 0, MailKind.TEST: 1}


def test_nobody_stays_signed_in(moved: Moved) -> None:
    with moved.app.extensions["sessions"].reader() as session:
        assert session.exec(select(SignInSession)).all() == []


def test_kept_mails_come_back(moved: Moved) -> None:
    kept = moved.app.extensions["config"].var / "mail" / "digest.2012-11-05.ab.eml"
    assert kept.read_bytes() == b"Subject: kept\r\n\r\n"


def test_the_secret_key_comes_back_where_the_installation_keeps_its_own(tmp_path: Path, migrated: Path) -> None:
    old, new = (installation(f"sqlite:///{tmp_path}/{name}/db.sqlite", tmp_path / name, SECRET_KEY="") for name in "ab")
    (tmp_path / "a/db.sqlite").write_bytes(migrated.read_bytes())
    move(old, new, tmp_path)
    assert (tmp_path / "b/secret-key").read_text() == (tmp_path / "a/secret-key").read_text()
    for app in (old, new):
        app.extensions["sessions"].engine.dispose()


@pytest.fixture
def old(sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    """A lived-in installation on SQLite."""
    app = installation(sqlite_url, tmp_path / "old")
    with app.extensions["sessions"].writing() as session:
        fill(session)
    yield app
    app.extensions["sessions"].engine.dispose()


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Flask]:
    """An empty installation on SQLite."""
    app = installation(f"sqlite:///{tmp_path}/new/db.sqlite", tmp_path / "new")
    yield app
    app.extensions["sessions"].engine.dispose()


def test_a_backup_is_for_its_owner_only(old: Flask, tmp_path: Path) -> None:
    make_backup(old, tmp_path / "backup.zip", NOW)
    assert (tmp_path / "backup.zip").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.glob(".backup*")] == []


def test_what_is_there_already_is_not_overwritten(old: Flask, tmp_path: Path) -> None:
    before = rows(old)
    with pytest.raises(Refused, match="--replace"):
        move(old, old, tmp_path)
    assert rows(old) == before


def test_what_is_there_already_is_set_aside_if_that_is_wanted(old: Flask, tmp_path: Path) -> None:
    make_backup(old, tmp_path / "backup.zip", NOW)
    with old.extensions["sessions"].writing() as session:
        make_person(session, "Nina New")
    restore_backup(old, tmp_path / "backup.zip", NOW, replace=True)
    with old.extensions["sessions"].reader() as session:
        assert session.exec(select(Person).where(Person.name == "Nina New")).all() == []
    [aside] = tmp_path.glob("test.sqlite.before-*")
    assert b"Nina New" in aside.read_bytes()


@pytest.mark.postgresql
def test_on_postgresql_too_what_is_there_is_replaced_only_if_wanted(postgresql_url: str, tmp_path: Path) -> None:
    app = installation(postgresql_url, tmp_path / "pg")
    with app.extensions["sessions"].writing() as session:
        fill(session)
    before = rows(app)
    with pytest.raises(Refused, match="--replace"):
        move(app, app, tmp_path)
    move(app, app, tmp_path, replace=True)
    assert rows(app) == before
    app.extensions["sessions"].engine.dispose()


def test_nothing_is_restored_under_a_running_scheduler(old: Flask, new: Flask, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir(exist_ok=True)
    lock = lock_for(new.extensions["sessions"].engine)
    assert lock.hold()
    with pytest.raises(Refused, match="Stop the program first"):
        move(old, new, tmp_path)
    lock.release()


def rewritten(path: Path, name: str, content: bytes) -> None:
    """Put other bytes in the place of a file in the backup."""
    with zipfile.ZipFile(path) as source:
        files = {entry: source.read(entry) for entry in source.namelist()}
    with zipfile.ZipFile(path, "w") as target:
        for entry, kept in {**files, name: content}.items():
            target.writestr(entry, kept)


def manifest_of(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as source:
        found: dict[str, Any] = json.loads(source.read(backup_archive.MANIFEST))
        return found


def restored_nothing(new: Flask) -> bool:
    return copy_database.is_empty(new.extensions["sessions"].engine)


def test_a_damaged_backup_is_refused_and_changes_nothing(old: Flask, new: Flask, tmp_path: Path) -> None:
    make_backup(old, tmp_path / "backup.zip", NOW)
    rewritten(tmp_path / "backup.zip", backup_archive.DATABASE, b"not a database")
    with pytest.raises(Refused, match="damaged"):
        restore_backup(new, tmp_path / "backup.zip", NOW, replace=False)
    assert restored_nothing(new)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"revision": "9999"}, "newer version"),
        ({"format": 99}, "another version"),
        ({"files": {"../outside": "x"}}, r"^../outside in this backup points outside of it\. Use another backup\.$"),
        ({"files": {"absent": "x"}}, r"^absent in this backup is damaged\. Use another backup\.$"),
    ],
)
def test_a_backup_that_says_odd_things_of_itself_is_refused(
    old: Flask, new: Flask, tmp_path: Path, change: dict[str, Any], words: str
) -> None:
    path = tmp_path / "backup.zip"
    make_backup(old, path, NOW)
    rewritten(path, backup_archive.MANIFEST, json.dumps(manifest_of(path) | change).encode())
    with pytest.raises(Refused, match=words):
        restore_backup(new, path, NOW, replace=False)
    assert restored_nothing(new)


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + b"\x00" * 18])
def test_what_is_no_backup_is_refused(new: Flask, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "backup.zip").write_bytes(content)
    answer = new.test_cli_runner().invoke(args=["restore", str(tmp_path / "backup.zip")])
    assert (answer.exit_code, "is no backup" in answer.output) == (2, True)


def test_the_commands_say_what_they_did(old: Flask, new: Flask, tmp_path: Path) -> None:
    path = str(tmp_path / "backup.zip")
    made = old.test_cli_runner().invoke(args=["backup", path])
    back = new.test_cli_runner().invoke(args=["restore", path, "--without-erasures"])
    assert (made.exit_code, "rows" in made.output) == (0, True)
    assert (back.exit_code, "Mail is held" in back.output) == (0, True)


def test_a_database_of_an_older_version_is_not_backed_up(new: Flask, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="flask migrate"):
        make_backup(new, tmp_path / "backup.zip", NOW)


def test_a_backup_under_load_is_whole(old: Flask, new: Flask, tmp_path: Path) -> None:
    sessions: Sessions = old.extensions["sessions"]
    started, stop = threading.Event(), threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with sessions.writing() as session:
                make_person(session, f"W{number} Writer", email=f"w{number}@example.org")
            started.set()

    writer = threading.Thread(target=write)
    writer.start()
    assert started.wait(timeout=30)
    manifest = make_backup(old, tmp_path / "backup.zip", NOW)
    stop.set()
    writer.join(timeout=30)
    restore_backup(new, tmp_path / "backup.zip", NOW, replace=False, may_lack=True)
    with new.extensions["sessions"].engine.connect() as connection:
        assert copy_database.counts(connection)["person"] == manifest.rows["person"]
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
