"""Many people save at once while digests go out: how long a save takes, and whether the database is ever in the way."""

import argparse
import os
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.exc import OperationalError
from sqlmodel import select

from tests.factories import NOW, SYSTEM
from tests.mail.relays import Relay
from tests.soak.crash import CLOCK, Nursery, settle
from tracker.cli.migrate import migrate_database
from tracker.db import Sessions, make_engine
from tracker.items.models import Item
from tracker.people.models import Person
from tracker.updates import changes


@dataclass
class Result:
    """What the writers met."""

    seconds: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    mails: int = 0

    @property
    def p99(self) -> float:
        """Return how long 99 of 100 saves took at most, in seconds."""
        return statistics.quantiles(self.seconds, n=100)[98]


def save_until(stop: threading.Event, sessions: Sessions, item_id: int, result: Result) -> None:
    """Save notes on an item, as a form does, until told to stop."""
    while not stop.is_set():
        begun = time.monotonic()
        try:
            with sessions.writing() as session:
                author = session.exec(select(Person).limit(1)).one()
                changes.record(session, session.get_one(Item, item_id), author, "A note", by=SYSTEM, now=NOW)
        except OperationalError as fault:
            result.faults[str(fault.orig)] += 1
        result.seconds.append(time.monotonic() - begun)
        stop.wait(0.05)  # people read before they save again


def run(url: str, var: Path, *, writers: int, seconds: float, readers: int) -> Result:
    """Let so many write for so long while a scheduler sends digests; return what they met."""
    settle(url, readers)
    sessions, stop, result = Sessions(make_engine(url)), threading.Event(), Result()
    threads = [
        threading.Thread(target=save_until, args=(stop, sessions, number % readers + 1, result))
        for number in range(writers)
    ]
    with Relay(ready_timeout=30) as relay:
        environ = {**os.environ, "DATABASE_URL": url, "VAR_DIR": str(var), "SECRET_KEY": "a soak's own"}
        nursery = Nursery({**environ, "SMTP_URL": relay.url, "CLOCK": CLOCK, "MAIL_FROM": "follow@igf.example.org"})
        scheduler = nursery.bear()
        for thread in threads:
            thread.start()
        stop.wait(seconds)
        stop.set()
        for thread in threads:
            thread.join()
        nursery.end(scheduler, signal.SIGTERM)
        nursery.close()
        result.mails = len(relay.inbox.taken)
    sessions.engine.dispose()
    return result


def main() -> int:
    """Run the long form on SQLite and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--readers", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/soak.sqlite"
        sessions = Sessions(make_engine(url))
        migrate_database(sessions)
        sessions.engine.dispose()
        result = run(url, Path(folder), writers=options.writers, seconds=options.seconds, readers=options.readers)
    print(f"{options.writers} writers, {len(result.seconds)} saves, {result.mails} mails meanwhile")
    print(f"  99 of 100 saves took at most {result.p99 * 1000:.0f} ms, the longest {max(result.seconds) * 1000:.0f} ms")
    print(f"  faults: {dict(result.faults) or 'none'}")
    return 1 if result.faults else 0


if __name__ == "__main__":
    sys.exit(main())
