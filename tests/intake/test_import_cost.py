"""An import costs as many statements for a long transcript as for a short one, and leaves the index of words true."""

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from tests.bench.imports import decide, transcript
from tests.factories import NOW, SYSTEM, make_meeting, make_register
from tests.statements import statements
from tracker.db import Sessions, make_engine
from tracker.intake.import_transcript import foresee, import_prepared, what_is_known
from tracker.intake.prepare_file import prepare
from tracker.meetings.models import Meeting
from tracker.search.word_index import Kind
from tracker.transcripts.models import Transcript, Turn

#: the share of words that the corrected version has otherwise
CORRECTED = 0.03


def import_version(session: Session, meeting: Meeting, data: bytes) -> int:
    """Import a version as the reader of files does; return how many statements the write took."""
    prepared = prepare(data, what_is_known(session, meeting))
    foreseen = foresee(session, meeting, prepared)
    session.commit()
    session.get_one(Meeting, meeting.id)
    with statements(session) as sent:
        import_prepared(session, meeting, f"{len(data)}.txt", data, prepared, by=SYSTEM, now=NOW, foreseen=foreseen)
        session.commit()
    return len(sent)


def statements_of_two_versions(template: Path, copy: Path, turns: int) -> tuple[int, int]:
    """Return how many statements a first version of so many turns takes, and its correction once half is decided."""
    shutil.copy(template, copy)
    sessions = Sessions(make_engine(f"sqlite:///{copy}"))
    with sessions.writer() as session:
        meeting = make_meeting(session, make_register(session))
        first = import_version(session, meeting, transcript(turns))
        decide(session)
        corrected = import_version(session, meeting, transcript(turns, CORRECTED))
    sessions.engine.dispose()
    return first, corrected


def test_a_longer_transcript_takes_no_more_statements(migrated: Path, tmp_path: Path) -> None:
    # Passages of many more turns go to the database in two batches.
    short_first, short_corrected = statements_of_two_versions(migrated, tmp_path / "short.sqlite", 70)
    long_first, long_corrected = statements_of_two_versions(migrated, tmp_path / "long.sqlite", 210)
    assert long_first <= short_first
    assert long_corrected <= short_corrected


def words_indexed(session: Session) -> dict[int, str]:
    """Return the words in the index of full text, by the number of the turn that they are of."""
    names = {"sqlite": "rowid", "postgresql": "id"}
    number: sa.ColumnElement[int] = sa.column(names[session.get_bind().dialect.name], sa.Integer)
    body: sa.ColumnElement[str] = sa.column("body", sa.String)
    entries = sa.select(number // 4, body).select_from(sa.table("search_entry")).where(number % 4 == Kind.TURN)
    return dict(session.connection().execute(entries).all())


def words_spoken(session: Session) -> dict[int, str]:
    """Return the words of every turn, cut from its transcript, by the turn's number."""
    versions = {version.id: version.text for version in session.exec(select(Transcript)).all()}
    turns = session.exec(select(Turn).order_by(col(Turn.id))).all()
    return {turn.id: versions[turn.transcript_id][turn.start : turn.end] for turn in turns}


@pytest.mark.parametrize("extra", ["", "\n\nMS SILVA: Merci à tous, 谢谢 — and 🎉 to the whole team.\n"])
def test_the_index_of_words_holds_what_each_turn_says(any_session: Session, extra: str) -> None:
    meeting = make_meeting(any_session, make_register(any_session))
    import_version(any_session, meeting, transcript(20) + extra.encode())
    first = words_spoken(any_session)
    assert words_indexed(any_session) == first
    import_version(any_session, meeting, transcript(20, 0.2) + extra.encode())
    both = words_spoken(any_session)
    assert words_indexed(any_session) == both
    assert len(both) == 2 * len(first)
