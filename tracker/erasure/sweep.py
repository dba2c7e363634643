"""Looks for words in every table, and puts something else in their place, whoever wrote them."""

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapper
from sqlmodel import AutoString, Session, SQLModel, col

from tracker.db import thawed
from tracker.digests.models import Digest
from tracker.erasure import ledger
from tracker.erasure.marks import Replacer, longest_word, replaced, replacer
from tracker.history import Actor, Recorded, leave
from tracker.history_verbs import SUBJECTS, Verb
from tracker.items.models import Item
from tracker.mail import message_folder
from tracker.mail.models import Outgoing
from tracker.reports.models import Report
from tracker.transcripts.models import Transcript, Turn

#: what is made by the program, or names somebody else who may be called alike
PASSED_OVER = frozenset(
    {
        "slug", "sha256", "lease_token", "message_id", "password_hash", "token_hash", "timezone", "language", "actor",
        "event.verb", "event.subject", "wording.written_by", "media_type",
        "person.name", "label.text", "body.name", "outgoing.message",
        "trained_detector.model", "meaning.vector",
    }
)  # fmt: skip
#: of more words than these, all rows are read once
MOST_ASKED = 8


@dataclass
class Swept:
    """Where words were found: issued reports and transcripts by id, names of mails whose files must go, subjects."""

    reports: set[int] = field(default_factory=set)
    transcripts: set[int] = field(default_factory=set)
    mails: set[str] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)
    #: transcripts of which characters were replaced in their place
    redacted: list[int] = field(default_factory=list)
    #: what was looked for
    words: Collection[str] = ()


def text_columns(table: sa.Table) -> list[sa.Column[Any]]:
    """Return the columns that may hold what people wrote or said: texts, JSON and bytes that are no key."""
    return [column for column in table.columns if _may_hold(table, column)]


def _may_hold(table: sa.Table, column: sa.Column[Any]) -> bool:
    kind = column.type
    is_text = isinstance(kind, (AutoString, sa.String, sa.JSON, sa.LargeBinary)) and not isinstance(kind, sa.Enum)
    is_key = column.primary_key or bool(column.foreign_keys)
    return is_text and not is_key and not {column.name, f"{table.name}.{column.name}"} & PASSED_OVER


def sweep(session: Session, words: Collection[str], tombstone: str | None, *, by: Actor, now: datetime) -> Swept:
    """Replace the words wherever they stand; each item and transcript that had them gets its event.

    The tombstone stands for them, in transcripts always as many marks as there were letters.
    """
    found = Swept(words=words)
    if not words:
        return found
    session.flush()
    with thawed(session, "event", "report"):
        for mapper in sorted(SQLModel._sa_registry.mappers, key=lambda each: str(each.local_table)):
            _sweep_table(session, mapper, words, tombstone, found)
        found.mails.update(_unfreeze_mails(session, replacer(words, tombstone)))
    session.expire_all()
    index_again(session, found.transcripts)
    for subject in sorted(found.subjects):
        leave(session, subject, Verb.WORDS_ERASED, by=by, now=now, body_id=_register(session, subject))
    return found


def _sweep_table(
    session: Session, mapper: Mapper[Any], words: Collection[str], tombstone: str | None, found: Swept
) -> None:
    table: Any = mapper.local_table
    columns = text_columns(table)
    keys = list(table.primary_key.columns)
    # A transcript's words keep their places, and the parts of an office's file their tags.
    replace = replacer(words, None if table.name in ("transcript", "evidence", "upload") else tombstone)
    for key in _candidates(session, table, columns, words):
        here = sa.and_(*(column == value for column, value in zip(keys, key, strict=True)))
        row = session.connection().execute(sa.select(*columns).where(here)).one()
        old = dict(zip((column.name for column in columns), row, strict=True))
        new = {name: replaced(value, replace) for name, value in old.items()}
        if new != old:
            changed = {name: value for name, value in new.items() if value != old[name]}
            _put(session, table, here, changed)
            _note(session, mapper, key, found)


def _candidates(
    session: Session, table: sa.Table, columns: list[sa.Column[Any]], words: Collection[str]
) -> list[tuple[Any, ...]]:
    if not columns:
        return []
    asked = sa.select(*table.primary_key.columns)
    if len(words) <= MOST_ASKED:
        asked = asked.where(sa.or_(*(_holds(column, longest_word(each)) for column in columns for each in words)))
    return [tuple(row) for row in session.connection().execute(asked)]


def _holds(column: sa.Column[Any], word: str) -> sa.ColumnElement[bool]:
    # Bytes are read before they are searched.
    if isinstance(column.type, sa.LargeBinary):
        return column.is_not(None)
    return sa.cast(column, sa.Text).icontains(word, autoescape=True)


def _put(session: Session, table: Any, here: Any, changed: dict[str, Any]) -> None:
    if "version" in table.columns and table.name != "upload":
        changed["version"] = table.c.version + 1
    if table.name == "transcript" and "text" in changed:
        # The file itself may be of a kind that cannot be changed character by character.
        changed |= {"original": changed["text"].encode(), "media_type": "text/plain"}
    if table.name == "outgoing":
        changed["message"] = None
    session.connection().execute(table.update().where(here).values(**changed))


def _note(session: Session, mapper: Mapper[Any], key: tuple[Any, ...], found: Swept) -> None:
    row: Any = session.get_one(mapper.class_, key)
    if isinstance(row, Recorded) and Verb.WORDS_ERASED in SUBJECTS.get(row.history_key().split(":")[0], ()):
        found.subjects.add(row.history_key())
    match row:
        case Transcript():
            found.transcripts.add(row.id)
        case Report():
            found.reports.add(row.id)
        case Outgoing():
            found.mails.add(row.message_id)
        case Digest():
            found.mails.add(session.get_one(Outgoing, row.outgoing_id).message_id)


def _unfreeze_mails(session: Session, replace: Replacer) -> Iterator[str]:
    """Forget the bytes of mails that hold the words, and yield their names; one that waits is written anew."""
    frozen = sa.select(col(Outgoing.id), col(Outgoing.message_id)).where(col(Outgoing.message).is_not(None))
    for number, name in session.connection().execute(frozen).all():
        row = sa.select(col(Outgoing.message)).where(col(Outgoing.id) == number)
        if holds(session.connection().execute(row).scalar_one() or b"", replace):
            session.connection().execute(sa.update(Outgoing).where(col(Outgoing.id) == number).values(message=None))
            yield name


def holds(message: bytes, replace: Replacer) -> bool:
    """Tell whether a mail as it is sent holds words that would be replaced, in whatever way it writes them."""
    parts = list(message_from_bytes(message, policy=policy.default).walk())
    contents = [part.get_payload(decode=True) or b"" for part in parts if not part.is_multipart()]
    headers = [str(value) for part in parts for value in part.values()]
    texts = [*headers, *(bytes(content).decode(errors="replace") for content in contents)]
    return any(replace(text) != text for text in texts)


def forget_files(var: Path, words: Collection[str]) -> None:
    """Delete the kept mails that hold one of the words, those half written too, and replace it in the log."""
    replace = replacer(words, "(erased)")
    for mail in [*(var / "mail").glob("*.eml"), *(var / "mail").glob(".*.tmp")]:
        if holds(mail.read_bytes(), replace):
            mail.unlink(missing_ok=True)
    for log in (var / "log").glob("*.log*"):
        old = log.read_bytes()
        if (new := replaced(old, replace)) != old:
            # In its place: the server goes on writing at the end of the same file.
            log.write_bytes(new)


def index_again(session: Session, transcript_ids: Collection[int]) -> None:
    """Let the full text have the words that the transcripts have now: it follows the turns, and those stay the same."""
    same = sa.update(Turn).where(col(Turn.transcript_id).in_(transcript_ids)).values(start=col(Turn.start))
    session.connection().execute(same)


def clear_up(session: Session, var: Path, mails: Collection[str], words: Collection[str]) -> None:
    """After the commit of an erasure: delete the mails' files, bring the ledger up to date, scrub the database."""
    message_folder.forget(var / "mail", mails)
    forget_files(var, words)
    ledger.keep(session, var)
    scrub(session)


def scrub(session: Session) -> bool:
    """Let nothing of what was erased stay in SQLite's free pages and journal; call it after the commit.

    Returns False where others held the database for too long: then it goes with the next one.
    """
    engine: Any = session.get_bind()
    session.close()
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        for statement in (
            "PRAGMA query_only=OFF", "INSERT INTO search_entry (search_entry) VALUES ('optimize')", "VACUUM",
        ):  # fmt: skip
            connection.execute(statement)
        return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()


def _register(session: Session, subject: str) -> int | None:
    kind, number = subject.split(":")
    owner: Any = {"item": Item, "report": Report}.get(kind)
    if owner is None:
        return None
    return int(session.get_one(owner, int(number)).body_id)
