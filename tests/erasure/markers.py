"""Plants a marker into every column and every kind of file that may hold what people say, and looks for its bytes."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlmodel import AutoString, Session, SQLModel, col

from tests.factories import NOW, SYSTEM
from tracker.db import UTCDateTime, thawed
from tracker.digests.models import Digest
from tracker.erasure.sweep import text_columns
from tracker.history import leave
from tracker.history_verbs import Verb
from tracker.mail.models import Outgoing
from tracker.transcripts.models import Transcript

NAME = "Odilette Ferrantöm"
SLUG = "odilette-ferrantom"
SENTENCE = "The zebrafinch ledger of the Quimperlé harbour was never audited, “not once”, in thirty years."
MARKER = f"{NAME} (/people/{SLUG}) said: {SENTENCE}"
#: one of each word, in letters that every encoding writes alike; the index keeps each by itself
SOUGHT = (b"Odilette", b"Ferrant", b"zebrafinch", b"Quimperl")
#: what the bytes of a column are written in, where not in UTF-8
ENCODINGS = {"evidence.content": "utf-16", "upload.data": "cp1252"}
#: plain values for a row that the town lacks
PLAIN: dict[type, Any] = {
    UTCDateTime: NOW, sa.Integer: 1, sa.Boolean: False, sa.JSON: {}, sa.LargeBinary: b"x", AutoString: "x",
}  # fmt: skip


def plant_everywhere(session: Session) -> set[str]:
    """Write the marker into each column of one row of every table that is searched; return these columns."""
    searched = {table: text_columns(table) for table in SQLModel.metadata.sorted_tables}
    with thawed(session, "event", "report"):
        for table, columns in searched.items():
            if columns:
                _plant(session, table, columns)
    _plant_in_bytes_alone(session)
    return {str(column) for columns in searched.values() for column in columns}


def _plant(session: Session, table: sa.Table, columns: Sequence[sa.Column[Any]]) -> None:
    connection = session.connection()
    # The newest: nothing else in the town is told by it.
    newest = sa.select(table).order_by(*(key.desc() for key in table.primary_key.columns)).limit(1)
    if connection.execute(newest).first() is None:
        connection.execute(table.insert().values(**_row(session, table)))
    row = connection.execute(newest).one()._mapping
    here = sa.and_(*(key == row[key.name] for key in table.primary_key.columns))
    values = {column.name: marked(row[column.name], column) for column in columns}
    connection.execute(table.update().where(here).values(**values))


def _plant_in_bytes_alone(session: Session) -> None:
    """Let a mail ready to be sent and a transcript's file hold the marker where no other column of their rows does."""
    mails = sa.select(sa.func.min(col(Outgoing.id))).where(col(Outgoing.id).not_in(sa.select(Digest.outgoing_id)))
    mail = session.get_one(Outgoing, session.connection().execute(mails).scalar_one())
    mail.message = _mail("News", MARKER, "base64")
    transcript = session.get_one(Transcript, session.connection().execute(sa.func.min(col(Transcript.id))).scalar_one())
    transcript.original += f"\nNOTE {MARKER}\n".encode()
    leave(session, transcript, Verb.IMPORTED, by=SYSTEM, now=NOW)
    session.flush()


def marked(value: Any, column: sa.Column[Any]) -> Any:
    """Return the value with the marker in it, of the shape that the column has."""
    if isinstance(column.type, sa.LargeBinary):
        return MARKER.encode(ENCODINGS.get(str(column), "utf-8"))
    if not isinstance(column.type, sa.JSON):
        return f"{value or ''} {MARKER}"
    if str(column) == "report.picture":
        # A picture is read again, so it has no more keys than it had.
        return {**value, "milestone": f"{value['milestone']} {MARKER}"}
    return [*value, MARKER] if isinstance(value, list) else {**(value or {}), "planted": [MARKER], MARKER: 1}


def _row(session: Session, table: sa.Table) -> dict[str, Any]:
    return {
        column.name: _value(session, column)
        for column in table.columns
        if not column.nullable
        and not (column.primary_key and isinstance(column.type, sa.Integer) and not column.foreign_keys)
    }


def _value(session: Session, column: sa.Column[Any]) -> Any:
    for key in column.foreign_keys:
        return session.connection().execute(sa.select(key.column).limit(1)).scalar_one()
    if isinstance(column.type, sa.Enum):
        return next(iter(column.type.enum_class))
    return next(value for kind, value in PLAIN.items() if isinstance(column.type, kind))


def mails() -> Iterator[bytes]:
    """Yield mails that hold the name or the sentence in each way in which a mail may write them."""
    for text in (NAME, SENTENCE):
        for coding in ("8bit", "base64", "quoted-printable"):
            yield _mail("News", f"Dear all,\n\n{text}\n", coding)
        yield _mail(f"News of {text}", "Dear all,\n", "quoted-printable")
        outer = EmailMessage(policy=policy.SMTP)
        outer["Subject"] = "Forwarded"
        outer.set_content("See below.\n")
        outer.add_attachment(f"<p>{text.replace(' ', '&nbsp;')}</p>".encode(), maintype="text", subtype="html")
        yield outer.as_bytes()


def _mail(subject: str, text: str, coding: str) -> bytes:
    mail = EmailMessage(policy=policy.SMTP)
    mail["Subject"], mail["To"] = subject, "ben@example.org"
    mail.set_content(text, cte=coding)
    return mail.as_bytes()


def places_with_marker(app: Flask) -> set[str]:
    """Return in which files of VAR_DIR, and SQLite database or tables of PostgreSQL, a word of the marker stands."""
    engine = app.extensions["sessions"].engine
    files = [path for path in app.extensions["config"].var.rglob("*") if path.is_file()]
    contents = {path.name: path.read_bytes() for path in files} | dict(_dumped(engine))
    return {place for place, content in contents.items() if _holds(content)}


def _dumped(engine: sa.Engine) -> Iterator[tuple[str, bytes]]:
    """Yield SQLite's file with its log and journal, or all tables of PostgreSQL, the index too, with their values."""
    if engine.dialect.name == "sqlite":
        place = Path(str(engine.url.database))
        yield place.name, b"".join(path.read_bytes() for path in place.parent.glob(f"{place.name}*"))
    else:
        with engine.connect() as connection:
            for table in sa.inspect(connection).get_table_names():
                rows = connection.execute(sa.text(f'SELECT * FROM "{table}"')).all()
                values = [value for row in rows for value in row]
                yield table, b" ".join(each if isinstance(each, bytes) else repr(each).encode() for each in values)


def _holds(content: bytes) -> bool:
    small = content.lower()
    plain = any(word.lower() in small or "\0".join(word.decode().lower()).encode() in small for word in SOUGHT)
    return plain or any(form in content for word in SOUGHT for form in _in_base64(word))


def _in_base64(word: bytes) -> Iterator[bytes]:
    """Yield what stands in a base64 text that holds the word, at whichever of three places it begins."""
    for before, first in enumerate((0, 2, 3)):
        whole = (before + len(word)) * 8 // 6
        yield b64encode(b"x" * before + word)[first:whole]
