"""Which erasures were done: what the database says of them, and the file outside of it that outlives a restore.

The database says it first: an erasure and its line of history are one transaction, so that a crash can neither lose the
one nor invent the other. The file is a copy of these lines. It is brought up to date after each erasure, every hour,
by each backup and after each restore; what a crash left out is added then. Were the file written first, an erasure
that failed would be done by the next restore.
"""

import fcntl
import hashlib
import json
import logging
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.db import rows
from tracker.erasure.ledger_entry import ErasedSpan, ErasureGround, ErasureKind, LedgerEntry
from tracker.errors import Refused
from tracker.history import Actor, Event, leave
from tracker.history_verbs import Verb
from tracker.people.models import Person

#: the name of the file, in VAR_DIR and in a backup
ERASURES = "erasures.jsonl"
#: the subject of the lines of history that hold an entry each
SUBJECT = "erasures:1"
SHORTEST_KEY = 16
OF_PERSONS = (ErasureKind.NAME, ErasureKind.NAME_AND_WORDS)
log = logging.getLogger("tracker.erasure")


def note(session: Session, entry: LedgerEntry, *, by: Actor, now: datetime) -> None:
    """Write the entry into the history, in the transaction of the erasure itself.

    A name alone needs none: its entry follows from the line that says that the person was erased.
    """
    if entry.person_id is not None and entry.person_since is None:
        entry = replace(entry, person_since=record_began(session, entry.person_id))
    leave(session, SUBJECT, Verb.ERASED, by=by, now=now, after=asdict(entry))


def noted(session: Session) -> dict[str, LedgerEntry]:
    """Return all erasures that this database has seen, by key, oldest first; it may be of an older version."""
    lines = sa.select(col(Event.after)).where(col(Event.subject) == SUBJECT).order_by(col(Event.id))
    entries = [_entry(values) for (values,) in rows(session, lines)]
    done = {entry.person_id for entry in entries if entry.kind in OF_PERSONS}
    found = [entry for entry in _of_tombstones(session) if entry.person_id not in done]
    return {entry.key: entry for entry in [*found, *entries]}


def record_began(session: Session, person_id: int) -> datetime | None:
    """Return the moment of the first line of history of that person; None for one who is not there."""
    lines = sa.select(col(Event.at)).where(col(Event.subject) == f"person:{person_id}")
    return session.connection().scalar(lines.order_by(col(Event.id)).limit(1))


def _of_tombstones(session: Session) -> Iterable[LedgerEntry]:
    """Yield an entry for each erased person, with a key that is the same whenever it is asked for."""
    key = sa.literal("person:", sa.String).concat(sa.cast(col(Person.id), sa.String))
    erased = sa.select(col(Person.id), col(Event.at)).join(Event, col(Event.subject) == key)
    erased = erased.where(col(Person.erased_on).is_not(None), col(Event.verb) == Verb.ERASED.value)
    for number, at in rows(session, erased.order_by(col(Event.id))):
        digest = hashlib.sha256(f"person {number} {at.isoformat()}".encode()).hexdigest()[:32]
        since = record_began(session, number)
        yield LedgerEntry(digest, at, ErasureKind.NAME, ErasureGround.OTHER, number, person_since=since)


def keep(session: Session, var: Path) -> None:
    """Add to the file in VAR_DIR what it does not hold of the database's entries; make none where there are none."""
    if entries := noted(session).values():
        append(var / ERASURES, entries)


def append(path: Path, entries: Iterable[LedgerEntry]) -> None:
    """Add the entries that the file does not hold, and make it where there is none; it is on the disk afterwards."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        # Another process may be at it.
        fcntl.flock(file, fcntl.LOCK_EX)
        content = file.read()
        # A torn last line would spoil the one after it; the database still has its entry.
        whole = content[: content.rfind(b"\n") + 1]
        file.truncate(len(whole))
        file.seek(len(whole))
        for entry in entries:
            if entry.key.encode() not in whole:
                file.write(json.dumps(asdict(entry), default=datetime.isoformat).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> list[LedgerEntry]:
    """Return what such a file holds, with a warning of a last line without its end; raises Refused for what is none."""
    *lines, rest = path.read_bytes().split(b"\n")
    if rest:
        log.warning("The last line of %s is incomplete and was left out: one erasure may be missing.", path)
    try:
        return [_entry(json.loads(line)) for line in lines]
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise Refused("%(path)s is no ledger of erasures, or is damaged. Use another copy.", path=path) from fault


def _entry(values: Mapping[str, Any]) -> LedgerEntry:
    since = values.get("person_since")
    entry = LedgerEntry(
        key=values["key"],
        at=datetime.fromisoformat(values["at"]),
        kind=ErasureKind(values["kind"]),
        ground=ErasureGround(values["ground"]),
        person_id=values["person_id"],
        spans=tuple(ErasedSpan(**span) for span in values["spans"]),
        person_since=since and datetime.fromisoformat(since),
    )
    # A short key might be found in the middle of another line.
    if len(entry.key) < SHORTEST_KEY or entry.at.tzinfo is None:
        raise ValueError(values)
    return entry
