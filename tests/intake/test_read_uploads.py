"""What arrives is read once, whatever it is and whoever dies over it; a bad file stops nobody."""

import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from tests.factories import NOW, SYSTEM, make_meeting, make_person, make_register, make_term
from tracker.clock import real_now
from tracker.db import Sessions
from tracker.history import Event
from tracker.intake import prepare_file, read_uploads, upload_steps
from tracker.intake.models import Upload, UploadState
from tracker.intake.read_uploads import MOST_TRIES, read_all, read_next
from tracker.intake.upload_leases import claim
from tracker.intake.upload_steps import Sent, Target, UploadOptions, keep
from tracker.meetings.models import Meeting
from tracker.people.models import Role
from tracker.transcripts.models import Transcript, Turn
from tracker.transcripts.reading import meeting_guess
from tracker.transcripts.reading.labels import LabelChoice
from tracker.transcripts.reading.written_contributions import Author
from tracker.transcripts.speakers import carry_over
from tracker.transcripts.versions import reanchor_passages

WORDS = b"MS SILVA: The secretariat should publish a map.\n\nMR ELM: We will print the posters in February.\n"
NAMES = [f"{first} {last}" for first in ("Ana", "Ben", "Eva", "Ida") for last in ("Alder", "Birch", "Cedar", "Elm")]
#: almost as many labels as turns
ODD = "\n\n".join(f"{name.upper()}: We should {'keep it open to all of the town, ' * 4}too." for name in NAMES).encode()


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Children are for test_sandbox.py; here they only take time."""

    def here(work: Callable[..., Any]) -> Callable[..., Any]:
        return lambda _module, header, data, **_options: work(header, data)

    monkeypatch.setattr(prepare_file, "run", here(prepare_file.work))
    monkeypatch.setattr(meeting_guess, "run", here(meeting_guess.work))


@pytest.fixture
def meeting(any_session: Session) -> Meeting:
    board = make_register(any_session)
    make_term(any_session, make_person(any_session), board, Role.SECRETARIAT)
    made = make_meeting(any_session, board)
    any_session.commit()
    return made


def send(session: Session, of: Meeting, *files: bytes, names: str = "abcdefgh", **ask: Any) -> list[int]:
    sent = [Sent(f"{name}.txt", data) for name, data in zip(names, files, strict=False)]
    kept = keep(session, of.body_id, sent, UploadOptions(**{"meeting": of, **ask}), by=SYSTEM, now=NOW)
    numbers = [one.id for one in kept]
    session.commit()
    return numbers


def read(sessions: Sessions, session: Session) -> list[Upload]:
    while read_next(sessions):
        pass
    session.rollback()
    session.expire_all()
    return list(session.exec(select(Upload).order_by(col(Upload.id))))


def test_a_file_is_imported_and_its_bytes_go(any_sessions: Sessions, any_session: Session, meeting: Meeting) -> None:
    send(any_session, meeting, WORDS)
    [upload] = read(any_sessions, any_session)
    assert (upload.state, upload.data, upload.told["turns"]) == (UploadState.IMPORTED, None, 2)
    assert any_session.exec(select(Transcript.original)).one() == WORDS
    verbs = any_session.exec(select(Event.verb).where(col(Event.subject) == upload.history_key())).all()
    assert verbs == ["uploaded", "imported"]


@pytest.mark.parametrize(("head", "named"), [(b"4 March 2014", "2014-03-04"), (b"9 November 2012", None), (b"", None)])
def test_a_head_that_names_a_day_of_no_such_meeting_is_told(
    sessions: Sessions, session: Session, head: bytes, named: str | None
) -> None:
    meeting = make_meeting(session, make_register(session), starts_on=date(2012, 11, 9), ends_on=date(2012, 11, 9))
    session.commit()
    send(session, meeting, head + b"\n\n" + WORDS)
    [upload] = read(sessions, session)
    assert upload.told["held_on"] == named


def test_one_bad_file_never_stops_the_rest(any_sessions: Sessions, any_session: Session, meeting: Meeting) -> None:
    send(any_session, meeting, WORDS, b"a\x00b" * 50, WORDS + b"\nMR ELM: Yes.\n")
    assert [one.state.value for one in read(any_sessions, any_session)] == ["imported", "refused", "imported"]
    assert len(any_session.exec(select(Transcript.id)).all()) == 2


def test_a_refused_file_is_kept_and_says_why(any_sessions: Sessions, any_session: Session, meeting: Meeting) -> None:
    send(any_session, meeting, b"a\x00b" * 50)
    [upload] = read(any_sessions, any_session)
    assert (upload.data, upload.lease_token) == (b"a\x00b" * 50, None)
    assert "null bytes" in (upload.refusal or "")


def test_the_same_file_twice_in_one_go_is_read_once(
    any_sessions: Sessions, any_session: Session, meeting: Meeting
) -> None:
    send(any_session, meeting, WORDS, WORDS)
    first, second = read(any_sessions, any_session)
    assert (first.state, second.state, second.refusal_values) == ("imported", "refused", {"name": "a.txt"})


def test_a_file_that_is_there_leads_to_its_version(
    any_sessions: Sessions, any_session: Session, meeting: Meeting
) -> None:
    send(any_session, meeting, WORDS)
    read(any_sessions, any_session)
    send(any_session, meeting, WORDS)
    first, second = read(any_sessions, any_session)
    assert (second.state, second.transcript_id) == (UploadState.REFUSED, first.transcript_id)


def test_without_a_meeting_only_the_head_is_read(
    any_sessions: Sessions, any_session: Session, meeting: Meeting
) -> None:
    send(any_session, meeting, b"Opening hours\n9 November 2012\n\n" + WORDS, meeting=None)
    [upload] = read(any_sessions, any_session)
    assert (upload.state, upload.found) == ("to-place", {"titles": ["Opening hours"], "held_on": "2012-11-09"})
    upload_steps.place(any_session, upload, Target(meeting.id), by=SYSTEM, now=NOW)
    any_session.commit()
    [upload] = read(any_sessions, any_session)
    assert (upload.state, upload.meeting_id) == ("imported", meeting.id)


def test_an_archive_becomes_its_files(any_sessions: Sessions, any_session: Session, meeting: Meeting) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("day 1/one.txt", WORDS)
        archive.writestr("day 1/two.txt", WORDS + b"\nMR ELM: Yes.\n")
    send(any_session, meeting, packed.getvalue(), meeting=None)
    bundle, *files = read(any_sessions, any_session)
    assert (bundle.state, bundle.data) == (UploadState.UNPACKED, None)
    assert [(one.filename, one.state.value) for one in files] == [("one.txt", "to-place"), ("two.txt", "to-place")]
    assert {one.batch for one in files} == {bundle.batch}


def test_an_odd_layout_asks_for_a_look_first(any_sessions: Sessions, any_session: Session, meeting: Meeting) -> None:
    send(any_session, meeting, ODD)
    [upload] = read(any_sessions, any_session)
    assert upload.state is UploadState.TO_LOOK_AT
    assert upload.found["first"]
    assert any_session.exec(select(Transcript.id)).all() == []


def test_what_was_said_of_labels_counts_now_and_for_the_next_version(
    any_sessions: Sessions, any_session: Session, meeting: Meeting
) -> None:
    send(any_session, meeting, ODD)
    [upload] = read(any_sessions, any_session)
    said = LabelChoice(("ANA ALDER",), tuple(name.upper() for name in NAMES[1:]))
    upload_steps.understand(any_session, upload, said, by=SYSTEM, now=NOW)
    any_session.commit()
    [upload] = read(any_sessions, any_session)
    assert (upload.state, upload.found["turns"]) == (UploadState.TO_LOOK_AT, 1)
    upload_steps.approve(any_session, upload, by=SYSTEM, now=NOW)
    any_session.commit()
    read(any_sessions, any_session)
    send(any_session, meeting, ODD + b"\n\nMS OAK: Yes.\n", wants_look=True)
    *_, second = read(any_sessions, any_session)
    assert [turn["label"] for turn in second.found["first"]] == ["ANA ALDER", "MS OAK"]


def test_a_contribution_is_read_by_paragraphs(any_sessions: Sessions, any_session: Session, meeting: Meeting) -> None:
    send(any_session, meeting, WORDS, author=Author(name="River Watch", for_organisation=True))
    read(any_sessions, any_session)
    assert any_session.exec(select(Turn.speaker)).all() == ["River Watch", "River Watch"]
    assert any_session.exec(select(Transcript.author_key)).one() == "name:river watch"


def test_what_kills_its_reader_again_and_again_is_refused(
    any_sessions: Sessions, any_session: Session, meeting: Meeting
) -> None:
    [number] = send(any_session, meeting, WORDS)
    for _ in range(MOST_TRIES):
        claim(any_session)
        any_session.get_one(Upload, number).lease_until = real_now() - timedelta(seconds=1)
        any_session.commit()
    [upload] = read(any_sessions, any_session)
    assert (upload.state, "three times" in (upload.refusal or "")) == (UploadState.REFUSED, True)


def test_a_fault_of_our_own_is_a_refusal(
    any_sessions: Sessions, any_session: Session, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_uploads, "prepare", lambda *_args, **_options: 1 / 0)
    send(any_session, meeting, WORDS)
    [upload] = read(any_sessions, any_session)
    assert (upload.state, "on our side" in (upload.refusal or "")) == (UploadState.REFUSED, True)


def test_a_database_that_fails_while_storing_leaves_nothing_half_done(
    any_sessions: Sessions, any_session: Session, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any, **_options: Any) -> None:
        raise OperationalError("INSERT", {}, Exception("disk full"))

    monkeypatch.setattr(upload_steps, "end", full)
    send(any_session, meeting, WORDS)
    [upload] = read(any_sessions, any_session)
    assert (upload.state, upload.data) == (UploadState.READING, WORDS)  # its lease runs out
    assert any_session.exec(select(Transcript.id)).all() == []


def test_half_a_character_is_imported_as_a_sign_for_it(
    any_sessions: Sessions, any_session: Session, meeting: Meeting
) -> None:
    segments = [{"speaker": "Ana\ud800", "text": "We should \udfff go."}, {"speaker": "Ben", "text": "Yes."}]
    send(any_session, meeting, json.dumps({"segments": segments}).encode())
    [upload] = read(any_sessions, any_session)
    assert (upload.state, upload.refusal) == (UploadState.IMPORTED, None)


@pytest.mark.parametrize("broken", ["_import", "author_of"])
def test_any_fault_outside_of_the_database_is_a_refusal(
    any_sessions: Sessions, any_session: Session, meeting: Meeting, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    monkeypatch.setattr(read_uploads, broken, lambda *_args, **_options: "\ud800".encode())
    send(any_session, meeting, WORDS)
    [upload] = read(any_sessions, any_session)
    assert (upload.state, "on our side" in (upload.refusal or "")) == (UploadState.REFUSED, True)
    assert any_session.exec(select(Transcript.id)).all() == []


def test_a_look_that_somebody_asked_for_is_no_try(
    any_sessions: Sessions, any_session: Session, meeting: Meeting
) -> None:
    send(any_session, meeting, ODD)
    for _ in range(MOST_TRIES + 1):
        [upload] = read(any_sessions, any_session)
        assert upload.state is UploadState.TO_LOOK_AT
        upload_steps.understand(any_session, upload, LabelChoice(), by=SYSTEM, now=NOW)
        any_session.commit()


def test_a_file_deleted_while_it_is_read_is_not_imported(
    any_sessions: Sessions, any_session: Session, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    [number] = send(any_session, meeting, WORDS)
    before = prepare_file.prepare

    def prepare(*args: Any, **options: Any) -> Any:
        with any_sessions.writing() as session:
            session.delete(session.get_one(Upload, number))
        return before(*args, **options)

    monkeypatch.setattr(read_uploads, "prepare", prepare)
    assert read(any_sessions, any_session) == []
    assert any_session.exec(select(Transcript.id)).all() == []


def test_the_timetable_reads_what_nobody_else_does(
    any_sessions: Sessions, any_session: Session, meeting: Meeting
) -> None:
    send(any_session, meeting, WORDS, WORDS + b"\nMR ELM: Yes.\n")
    assert read_all(any_sessions, lambda: False) == 0
    assert read_all(any_sessions, lambda: True) == 2
    assert read_all(any_sessions, lambda: True) == 0


def test_refused_files_go_after_thirty_days(any_sessions: Sessions, any_session: Session, meeting: Meeting) -> None:
    send(any_session, meeting, b"a\x00b" * 50, b"b\x00a" * 50)
    old, _new = read(any_sessions, any_session)
    old.ended_at = real_now() - timedelta(days=31)
    assert upload_steps.forget_old(any_session, by=SYSTEM, now=NOW) == 1
    any_session.commit()
    assert len(any_session.exec(select(Upload.id)).all()) == 1


def test_nobody_waits_while_it_is_worked_out_what_a_correction_changed(
    sessions: Sessions, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = make_register(session)
    meeting = make_meeting(session, board)
    session.commit()
    send(session, meeting, WORDS)
    read(sessions, session)
    writing: list[bool] = []
    work = {"_found": reanchor_passages, "count_sentences": reanchor_passages, "_earlier_place": carry_over}
    for name, module in work.items():
        monkeypatch.setattr(module, name, noting(getattr(module, name), sessions, writing))
    send(session, meeting, WORDS.replace(b"posters", b"placards"))
    session.rollback()
    read(sessions, session)
    assert writing
    assert not any(writing)


def noting(work: Callable[..., Any], sessions: Sessions, writing: list[bool]) -> Callable[..., Any]:
    """Do the work, and note whether anybody writes meanwhile."""

    def noted(*args: Any) -> Any:
        writing.append(is_locked(sessions))
        return work(*args)

    return noted


def is_locked(sessions: Sessions) -> bool:
    """Tell whether somebody writes to the database."""
    connection = sqlite3.connect(str(sessions.engine.url.database), isolation_level=None, timeout=0)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return True
    finally:
        connection.close()
    return False
