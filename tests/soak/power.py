"""Kill -9 a writer at random: what it was told is stored is stored, and the database is whole."""

import argparse
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import select

from tests.factories import NOW, SYSTEM, make_item, make_register
from tracker.cli.migrate import migrate_database
from tracker.db import Sessions, make_engine
from tracker.history import leave
from tracker.items.models import Item


@dataclass
class Result:
    """What was left after all the kills."""

    kills: int
    acknowledged: int
    stored: int
    broken: int

    @property
    def lost(self) -> int:
        """Return how many saves were acknowledged and are not there."""
        return max(0, self.acknowledged - self.stored)


def write_for_ever(url: str, acknowledge: int) -> None:
    """Save again and again, and say so one byte at a time after each commit."""
    sessions = Sessions(make_engine(url))
    while True:
        with sessions.writing() as session:
            item = session.exec(select(Item)).one()
            item.version += 1
            leave(session, item, "saved", by=SYSTEM, now=NOW)
        os.write(acknowledge, b".")


def live_and_die(url: str, lifetime: float) -> int:
    """Fork a writer, kill it after that many seconds, and return how many saves it was told are stored."""
    ours, theirs = os.pipe()
    number = os.fork()
    if number == 0:
        os.close(ours)
        write_for_ever(url, theirs)
    os.close(theirs)
    time.sleep(lifetime)
    os.kill(number, signal.SIGKILL)
    os.waitpid(number, 0)
    with os.fdopen(ours, "rb") as pipe:
        return len(pipe.read())


def run(folder: Path, kills: int, seed: int = 1) -> Result:
    """Kill so many writers on one SQLite database, checking it after each."""
    database, chance = folder / "power.sqlite", random.Random(seed)
    url = f"sqlite:///{database}"
    sessions = Sessions(make_engine(url))
    migrate_database(sessions)
    with sessions.writing() as session:
        make_item(session, make_register(session))
    sessions.engine.dispose()
    acknowledged = broken = 0
    for _ in range(kills):
        acknowledged += live_and_die(url, chance.uniform(0.05, 0.4))
        with closing(sqlite3.connect(database)) as connection:
            broken += connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
    with closing(sqlite3.connect(database)) as connection:
        [(stored,)] = connection.execute("SELECT version - 1 FROM item").fetchall()
        [(told,)] = connection.execute("SELECT count(*) FROM event WHERE verb = 'saved'").fetchall()
    return Result(kills, acknowledged, min(stored, told), broken + (stored != told))


def main() -> int:
    """Run the long form and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = run(Path(folder), options.kills)
    print(f"{result.kills} kills, {result.acknowledged} saves acknowledged, {result.stored} stored")
    print(f"  lost {result.lost}, broken {result.broken}")
    return 1 if result.lost or result.broken else 0


if __name__ == "__main__":
    sys.exit(main())
