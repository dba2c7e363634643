"""What was erased stays erased after a restore, on either kind of database, by what any ledger says."""

import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from click.testing import Result
from flask import Flask
from sqlmodel import Session, col, select

from tests.cli.test_backup import installation, manifest_of, rewritten
from tests.digests.stage import make_stage
from tests.factories import NOW, SYSTEM, TODAY, make_person
from tests.mail.offices import letter
from tracker.cli import backup_archive, copy_database
from tracker.cli.migrate import alembic_settings, migrate_database
from tracker.db import Sessions, make_engine
from tracker.erasure import ledger
from tracker.erasure.erase_person import erase_everywhere
from tracker.erasure.sweep import scrub
from tracker.history import Actor, ChangeWay, Event, change
from tracker.history_verbs import Verb
from tracker.items import changes as items
from tracker.mail import message_folder, outbox, relay_state
from tracker.mail.models import MailKind
from tracker.people.merged_records import merge, undo_merge
from tracker.people.models import Body, Person
from tracker.reports.past_state import last_event
from tracker.reports.snapshot import Scope
from tracker.reports.take_snapshot import SnapshotRequest, take
from tracker.updates.changes import record

NAME = "Quirina Vell"


def fill(session: Session) -> None:
    stage = make_stage(session)
    item = stage.overdue("Publish the list")
    person = make_person(session, NAME, email="quirina@example.org")
    items.follow(session, item, person.id, by=SYSTEM, now=NOW)
    theirs = Actor(person.id, ChangeWay.BROWSER)
    # Long enough for pages of its own in the file, which are free afterwards.
    record(session, item, person, f"I, {NAME}, have begun. " * 400, by=theirs, now=NOW)
    outbox.put(session, letter("quirina"), person_id=person.id, kind=MailKind.TEST, now=NOW)


@pytest.fixture
def home(any_url: str, tmp_path: Path) -> Iterator[Flask]:
    """A lived-in installation, with a mail about the person on disk and a backup of yesterday."""
    app = installation(any_url, tmp_path / "home")
    with app.extensions["sessions"].writing() as session:
        fill(session)
        [mail] = session.connection().execute(sa.text("SELECT message_id FROM outgoing")).scalars()
    (tmp_path / "home/mail").mkdir(parents=True)
    (tmp_path / f"home/mail/{mail}.eml").write_text(f"Dear {NAME}")
    assert run(app, "backup", tmp_path / "yesterday.zip").exit_code == 0
    yield app
    app.extensions["sessions"].engine.dispose()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Flask]:
    """An empty installation on another machine."""
    app = installation(f"sqlite:///{tmp_path}/elsewhere/db.sqlite", tmp_path / "elsewhere")
    yield app
    app.extensions["sessions"].engine.dispose()


def run(app: Flask, *args: object) -> Result:
    return app.test_cli_runner().invoke(args=[str(arg) for arg in args])


def erase(app: Flask, name: str = NAME) -> None:
    """Erase as the page does."""
    var = app.extensions["config"].var
    with app.extensions["sessions"].writing() as session:
        person = session.exec(select(Person).where(Person.name == name, col(Person.merged_into_id).is_(None))).one()
        erased = erase_everywhere(session, person, "Asked for it.", today=TODAY, by=SYSTEM, now=NOW)
    message_folder.forget(var / "mail", erased.mails)
    with app.extensions["sessions"].reader() as session:
        ledger.keep(session, var)


def found(app: Flask, words: str = NAME) -> list[str]:
    """Search every file of the installation and every value of its database, for the words and the slug they make."""
    slug = words.lower().replace(" ", "-")
    var = app.extensions["config"].var
    place = app.extensions["sessions"].engine.url.database
    paths = [path for path in [*var.glob("**/*"), *Path(place).parent.glob(f"{Path(place).name}*")] if path.is_file()]
    files = {str(path): path.read_bytes() for path in paths}
    with app.extensions["sessions"].engine.connect() as connection:
        for table in copy_database.tables():
            files[table.name] = repr(connection.execute(sa.select(table)).all()).encode()
        if connection.dialect.name == "postgresql":
            index = connection.execute(sa.text("SELECT CAST(words AS text) FROM search_entry")).all()
            files["search_entry"] = repr(index).encode()
    return [name for name, content in files.items() for sought in (words, slug) if sought.encode() in content]


def picture(app: Flask) -> Any:
    with app.extensions["sessions"].reader() as session:
        board = session.exec(select(Body)).one()
        wanted = SnapshotRequest("february", TODAY, last_event(session), Scope.INTERNAL, in_full=False)
        return take(session, board, wanted).entries


def events(app: Flask) -> list[tuple[str, str]]:
    """Every line of history but those by which a restore says what it did itself."""
    own = col(Event.subject).not_in([ledger.SUBJECT, "relay:1"])
    with app.extensions["sessions"].reader() as session:
        return list(session.exec(select(Event.subject, Event.verb).where(own).order_by(col(Event.id))).all())


def test_what_was_erased_does_not_come_back_with_yesterdays_backup(home: Flask, tmp_path: Path) -> None:
    assert found(home)
    erase(home)
    answer = run(home, "restore", tmp_path / "yesterday.zip", "--replace")
    assert (answer.exit_code, "Erased again: 1." in answer.output) == (0, True)
    assert found(home) == []


def test_a_file_written_anew_holds_nothing_that_was_deleted(migrated: Path, tmp_path: Path) -> None:
    database = tmp_path / "db.sqlite"
    database.write_bytes(migrated.read_bytes())
    with closing(sqlite3.connect(database)) as connection:
        # As most builds of SQLite have it.
        connection.execute("PRAGMA secure_delete = OFF")
        for number in range(1, 200):
            connection.execute("INSERT INTO search_entry (rowid, title, body) VALUES (?, ?, '')", (number, "quirina"))
            connection.commit()
        connection.execute("DELETE FROM search_entry")
        connection.commit()
    assert b"quirina" in database.read_bytes()
    sessions = Sessions(make_engine(f"sqlite:///{database}"))
    with sessions.reader() as session:
        assert scrub(session)
    sessions.engine.dispose()
    assert b"quirina" not in database.read_bytes()


def test_history_and_reports_are_as_after_the_erasure_itself(home: Flask, tmp_path: Path) -> None:
    erase(home)
    lines, entries = events(home), picture(home)
    run(home, "restore", tmp_path / "yesterday.zip", "--replace")
    assert events(home) == lines
    assert picture(home) == entries


def test_mail_stays_held(home: Flask, tmp_path: Path) -> None:
    erase(home)
    run(home, "restore", tmp_path / "yesterday.zip", "--replace")
    with home.extensions["sessions"].writing() as session:
        assert relay_state.the_relay(session).held_since is not None


@pytest.mark.parametrize("is_empty", [False, True])
def test_where_no_ledger_is_found_a_restore_asks_for_one(
    home: Flask, elsewhere: Flask, tmp_path: Path, is_empty: bool
) -> None:
    erase(home)
    if is_empty:
        var = elsewhere.extensions["config"].var
        var.mkdir(parents=True, exist_ok=True)
        (var / "erasures.jsonl").touch()
    answer = run(elsewhere, "restore", tmp_path / "yesterday.zip")
    assert (answer.exit_code, answer.output.count("\n")) == (2, 1)
    assert "--erasures FILE" in answer.output
    assert "--without-erasures" in answer.output
    assert copy_database.is_empty(elsewhere.extensions["sessions"].engine)


def test_a_ledger_within_the_backup_does_not_know_what_came_after(
    home: Flask, elsewhere: Flask, tmp_path: Path
) -> None:
    erase(home)
    run(home, "backup", tmp_path / "today.zip")
    assert run(elsewhere, "restore", tmp_path / "today.zip").exit_code == 2


def test_a_database_of_something_else_is_no_ledger_of_this_one(home: Flask, elsewhere: Flask, tmp_path: Path) -> None:
    with with_tables(elsewhere).extensions["sessions"].writing() as session:
        make_person(session, "Otto Other")
    assert run(elsewhere, "restore", tmp_path / "yesterday.zip", "--replace").exit_code == 2


def with_tables(app: Flask) -> Flask:
    migrate_database(app.extensions["sessions"])
    return app


def test_one_may_go_on_without_a_ledger(home: Flask, elsewhere: Flask, tmp_path: Path) -> None:
    answer = run(elsewhere, "restore", tmp_path / "yesterday.zip", "--without-erasures")
    assert (answer.exit_code, "Erased again: 0." in answer.output) == (0, True)
    assert found(elsewhere)


def test_the_operators_copy_serves_on_an_empty_machine(home: Flask, elsewhere: Flask, tmp_path: Path) -> None:
    erase(home)
    copy = tmp_path / "copy.jsonl"
    assert run(home, "export-erasures", copy).exit_code == 0
    answer = run(elsewhere, "restore", tmp_path / "yesterday.zip", "--erasures", copy)
    assert (answer.exit_code, "Erased again: 1." in answer.output) == (0, True)
    assert found(elsewhere) == []
    assert keys(elsewhere) == keys(home)
    # The index keeps each word by itself, in small letters.
    assert b"quirina" not in (tmp_path / "elsewhere/db.sqlite").read_bytes().lower()


def keys(app: Flask) -> list[str]:
    return [entry.key for entry in ledger.read(app.extensions["config"].var / ledger.ERASURES)]


def test_the_operators_copy_grows_and_loses_nothing(home: Flask, tmp_path: Path) -> None:
    copy = tmp_path / "copy.jsonl"
    for name in (NAME, "Ben Ng"):
        erase(home, name)
        (home.extensions["config"].var / ledger.ERASURES).unlink()
        run(home, "export-erasures", copy)
    assert len({entry.key for entry in ledger.read(copy)}) == 2


def test_what_a_backup_contains_is_not_erased_again(home: Flask, tmp_path: Path) -> None:
    erase(home)
    run(home, "backup", tmp_path / "today.zip")
    lines = events(home)
    answer = run(home, "restore", tmp_path / "today.zip", "--replace")
    assert "Erased again: 0." in answer.output
    assert (events(home), len(keys(home))) == (lines, 1)
    with home.extensions["sessions"].reader() as session:
        assert session.exec(select(Event).where(Event.subject == ledger.SUBJECT)).all() == []


def test_the_ledger_outlives_two_restores(home: Flask, tmp_path: Path) -> None:
    erase(home)
    for _ in range(2):
        answer = run(home, "restore", tmp_path / "yesterday.zip", "--replace")
        assert "Erased again: 1." in answer.output
        for aside in tmp_path.glob("*.before-*"):
            aside.unlink()  # its name is that of the second
    assert (found(home), len(keys(home))) == ([], 1)


def test_a_crash_before_the_file_was_written_loses_no_erasure(home: Flask, tmp_path: Path) -> None:
    erase(home)
    (home.extensions["config"].var / ledger.ERASURES).unlink()
    run(home, "run-job", "clean-up")
    assert len(keys(home)) == 1


def test_an_erasure_that_failed_is_in_no_ledger(home: Flask) -> None:
    with home.extensions["sessions"].writer() as session:
        person = session.exec(select(Person).where(Person.name == NAME)).one()
        erase_everywhere(session, person, "Asked for it.", today=TODAY, by=SYSTEM, now=NOW)
        session.rollback()
        ledger.keep(session, home.extensions["config"].var)
    assert not (home.extensions["config"].var / ledger.ERASURES).exists()


def test_the_database_alone_is_ledger_enough(home: Flask, tmp_path: Path) -> None:
    erase(home)
    (home.extensions["config"].var / ledger.ERASURES).unlink()
    answer = run(home, "restore", tmp_path / "yesterday.zip", "--replace")
    assert "Erased again: 1." in answer.output


def test_one_of_several_hosts_is_enough(home: Flask, any_url: str, tmp_path: Path) -> None:
    erase(home)
    second = installation(any_url, tmp_path / "second")
    run(second, "export-erasures", tmp_path / "copy.jsonl")
    second.extensions["sessions"].engine.dispose()
    assert [entry.key for entry in ledger.read(tmp_path / "copy.jsonl")] == keys(home)


def test_an_erasure_between_the_database_and_the_ledger_of_a_backup_is_done_again(
    home: Flask, elsewhere: Flask, tmp_path: Path
) -> None:
    erase(home)
    exchange(tmp_path / "yesterday.zip", ledger.ERASURES, home.extensions["config"].var / ledger.ERASURES)
    answer = run(elsewhere, "restore", tmp_path / "yesterday.zip", "--without-erasures")
    assert "Erased again: 1." in answer.output


def exchange(path: Path, name: str, file: Path, values: dict[str, Any] | None = None) -> None:
    """Put another file in the place of one of the backup, and say so in its list."""
    manifest = manifest_of(path) | (values or {})
    manifest["files"] |= {name: backup_archive.digest(file)}
    rewritten(path, name, file.read_bytes())
    rewritten(path, backup_archive.MANIFEST, json.dumps(manifest).encode())


def test_a_backup_from_before_a_migration_is_migrated_first(home: Flask, tmp_path: Path) -> None:
    erase(home)
    make_older(tmp_path / "yesterday.zip", tmp_path / "older.sqlite")
    answer = run(home, "restore", tmp_path / "yesterday.zip", "--replace")
    assert (answer.exit_code, "Erased again: 1." in answer.output) == (0, True)
    assert found(home) == []


def make_older(path: Path, database: Path) -> None:
    """Make it a backup of the program's first version, which had no ledger."""
    with zipfile.ZipFile(path) as archive:
        database.write_bytes(archive.read(backup_archive.DATABASE))
    engine = make_engine(f"sqlite:///{database}")
    settings = alembic_settings()
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.downgrade(settings, "0001")
    engine.dispose()
    files = {name: kept for name, kept in manifest_of(path)["files"].items() if name != ledger.ERASURES}
    exchange(path, backup_archive.DATABASE, database, {"revision": "0001", "files": files})
    database.unlink()


def test_a_record_merged_since_is_erased_too(home: Flask, tmp_path: Path) -> None:
    with home.extensions["sessions"].writing() as session:
        second = make_person(session, "Q. Vellenga", email=None)
    run(home, "backup", tmp_path / "yesterday.zip")
    with home.extensions["sessions"].writing() as session:
        keeper = session.exec(select(Person).where(Person.name == NAME)).one()
        merge(session, session.merge(second), keeper, by=SYSTEM, now=NOW)
    erase(home)
    run(home, "restore", tmp_path / "yesterday.zip", "--replace")
    assert found(home, "Q. Vellenga") == []


def test_a_record_that_was_erased_after_it_was_separated_goes_alone(home: Flask, tmp_path: Path) -> None:
    with home.extensions["sessions"].writing() as session:
        second = make_person(session, "Bea Twin", email=None)
        keeper = session.exec(select(Person).where(Person.name == NAME)).one()
        merge(session, second, keeper, by=SYSTEM, now=NOW)
    run(home, "backup", tmp_path / "yesterday.zip")
    with home.extensions["sessions"].writing() as session:
        undo_merge(session, session.merge(second), by=SYSTEM, now=NOW)
    erase(home, "Bea Twin")
    run(home, "restore", tmp_path / "yesterday.zip", "--replace")
    assert found(home, "Bea Twin") == []
    assert found(home, NAME)


def test_who_ran_the_installation_then_is_erased_all_the_same(home: Flask, tmp_path: Path) -> None:
    with home.extensions["sessions"].writing() as session:
        person = session.exec(select(Person).where(Person.name == NAME)).one()
        change(session, person, {"is_operator": True}, Verb.MADE_OPERATOR, by=SYSTEM, now=NOW)
    run(home, "backup", tmp_path / "yesterday.zip")
    with home.extensions["sessions"].writing() as session:
        change(session, session.merge(person), {"is_operator": False}, Verb.EDITED, by=SYSTEM, now=NOW)
    erase(home)
    assert run(home, "restore", tmp_path / "yesterday.zip", "--replace").exit_code == 0
    assert found(home) == []


def test_somebody_else_with_the_same_number_is_spared(home: Flask, elsewhere: Flask, tmp_path: Path) -> None:
    erase(home)
    [entry] = ledger.read(home.extensions["config"].var / ledger.ERASURES)
    ledger.append(tmp_path / "copy.jsonl", [replace(entry, person_since=NOW + timedelta(days=1))])
    answer = run(elsewhere, "restore", tmp_path / "yesterday.zip", "--erasures", tmp_path / "copy.jsonl")
    assert "Erased again: 0." in answer.output
    assert found(elsewhere)


def test_the_file_is_for_its_owner_and_holds_no_name(home: Flask) -> None:
    erase(home)
    path = home.extensions["config"].var / ledger.ERASURES
    assert path.stat().st_mode & 0o777 == 0o600
    words = path.read_text().lower()
    assert [part for part in ("quirina", "vell", "asked", "example.org") if part in words] == []


def test_a_torn_last_line_is_told_of_and_mended(home: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    erase(home)
    path = home.extensions["config"].var / ledger.ERASURES
    path.write_bytes(path.read_bytes()[:-20])
    assert ledger.read(path) == []
    assert "is incomplete" in caplog.text
    answer = run(home, "restore", tmp_path / "yesterday.zip", "--replace")
    assert "Erased again: 1." in answer.output
    assert (len(keys(home)), found(home)) == (1, [])


@pytest.mark.parametrize("line", ["{}", "[]", "no JSON", '{"key": "short"}'])
def test_what_is_no_ledger_is_refused(home: Flask, tmp_path: Path, line: str) -> None:
    (tmp_path / "copy.jsonl").write_text(f"{line}\n")
    answer = run(home, "restore", tmp_path / "yesterday.zip", "--replace", "--erasures", tmp_path / "copy.jsonl")
    assert (answer.exit_code, "is no ledger of erasures" in answer.output) == (2, True)
