"""After an erasure with all that a person said, no byte of it is left in the database or in VAR_DIR."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from tests.cli.test_backup import installation
from tests.cli.test_erasures import run
from tests.erasure.markers import MARKER, NAME, SENTENCE, mails, places_with_marker, plant_everywhere
from tests.erasure.test_text_columns import columns
from tests.factories import NOW, SYSTEM, made, make_meeting, make_transcript
from tests.town import Town, make_town
from tests.web.browsing import Browser
from tracker.history import leave
from tracker.history_verbs import Verb
from tracker.people.changes import add_label, add_person
from tracker.people.details import PersonDetails
from tracker.people.models import Body, Party, Person
from tracker.transcripts.models import Transcript, Turn


@pytest.fixture
def town(any_url: str, tmp_path: Path) -> Iterator[Town]:
    """A town with the marker wherever it can stand, and the person who said it."""
    app = installation(any_url, tmp_path / "home")
    town = make_town(app)
    with app.extensions["sessions"].writing() as session:
        made(session, Party(slug="libraries", class_name="Libraries"))
        session.flush()
        assert plant_everywhere(session) == columns(searched=True)
    with app.extensions["sessions"].writing() as session:
        town.names["odilette"] = speak(session, session.get_one(Body, town.world.register)).slug
    write_files(tmp_path / "home")
    yield town
    app.extensions["sessions"].engine.dispose()


def speak(session: Session, board: Body) -> Person:
    """Let the person say the sentence, in a transcript with their name before it."""
    person = add_person(session, PersonDetails(NAME, email="odilette@example.org"), by=SYSTEM, now=NOW)
    add_label(session, person, board.id, NAME.upper(), by=SYSTEM, now=NOW)
    text = f"{NAME.upper()}: Good day. {SENTENCE}\n\nBO: Thank you."
    transcript = make_transcript(session, make_meeting(session, board, slug="harbour"), text)
    turn = session.exec(select(Turn).join(Transcript).where(col(Transcript.id) == transcript.id)).first()
    assert turn is not None
    turn.person_id, turn.speaker = person.id, NAME
    leave(session, transcript, Verb.SPEAKER_ASSIGNED, by=SYSTEM, now=NOW)
    return person


def write_files(var: Path) -> None:
    """Write every kind of file that the program keeps in VAR_DIR, and a mail that has nothing of it."""
    for number, mail in enumerate(mails()):
        (var / f"mail/planted-{number}.eml").write_bytes(mail)
    (var / "mail/.planted.tmp").write_bytes(next(mails()))
    (var / "mail/other.eml").write_bytes(b"Subject: News\r\n\r\nThe lamps are here.\r\n")
    (var / "log").mkdir()
    for name in ("intersession.log", "intersession.log.1"):
        (var / "log" / name).write_text(f"12:00 reading {MARKER}.txt failed\n12:01 2 uploads read\n", "utf-8")


def erase(town: Town) -> None:
    page = f"/people/{town.names['odilette']}/erase"
    asked = {"ground": "Asked for it.", "extent": "name-and-words"}
    assert Browser(town.app, town.world.secretariat).post(page, asked).status_code == 302


def planted_places(town: Town, var: Path) -> set[str]:
    """Return the names of files and tables in which the marker was planted."""
    engine = town.app.extensions["sessions"].engine
    tables = {name.partition(".")[0] for name in columns(searched=True)}
    database = tables if engine.dialect.name == "postgresql" else {Path(engine.url.database).name}
    return database | {path.name for pattern in ("*planted*", "log/*") for path in var.glob(f"**/{pattern}")}


def test_no_byte_of_name_slug_and_words_is_left(town: Town, tmp_path: Path) -> None:
    assert planted_places(town, tmp_path / "home") <= places_with_marker(town.app)
    erase(town)
    assert places_with_marker(town.app) == set()
    assert (tmp_path / "home/mail/other.eml").exists()
    assert "12:01 2 uploads read\n" in (tmp_path / "home/log/intersession.log").read_text("utf-8")


def test_no_byte_comes_back_with_a_backup_from_before(town: Town, tmp_path: Path) -> None:
    run(town.app, "backup", tmp_path / "before.zip")
    erase(town)
    run(town.app, "export-erasures", tmp_path / "copy.jsonl")
    elsewhere = installation(f"sqlite:///{tmp_path}/elsewhere/db.sqlite", tmp_path / "elsewhere")
    answer = run(elsewhere, "restore", tmp_path / "before.zip", "--erasures", tmp_path / "copy.jsonl")
    assert (answer.exit_code, "Erased again: 1." in answer.output) == (0, True)
    assert places_with_marker(elsewhere) == set()
    assert (tmp_path / "elsewhere/mail/other.eml").exists()
    elsewhere.extensions["sessions"].engine.dispose()
