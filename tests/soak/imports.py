"""Transcripts are imported while people save and digests go out: what is lost, sent twice or refused, and who waits."""

import argparse
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import func, select

from tests.factories import SYSTEM, make_meeting
from tests.mail.relays import Relay
from tests.soak import load
from tests.soak.crash import CLOCK, Nursery, settle
from tracker.cli.migrate import migrate_database
from tracker.clock import real_now
from tracker.db import Sessions, make_engine
from tracker.intake.models import Upload, UploadState
from tracker.intake.read_uploads import read_next
from tracker.intake.upload_steps import Sent, UploadOptions, keep
from tracker.meetings.models import Meeting
from tracker.people.models import Body
from tracker.updates.models import Update

WORDS = [
    "the",
    "lamp",
    "along",
    "river",
    "road",
    "has",
    "been",
    "dim",
    "since",
    "spring",
    "and",
    "nobody",
    "in",
    "town",
    "repairs",
    "it",
    "before",
    "winter",
    "comes",
]
SPEAKERS = ("MS SILVA", "MR ELM", "CHAIR", "NEW SPEAKER", "ANA ALDER")


def transcript(turns: int, version: int) -> bytes:
    """A session of so many turns; each version of it corrects a word in thirty."""
    said, corrects = random.Random(1), random.Random(version)
    return "\n\n".join(_turn(said, corrects, version, number) for number in range(turns)).encode()


def _turn(said: random.Random, corrects: random.Random, version: int, number: int) -> str:
    words = [said.choice(WORDS) for _ in range(said.randint(15, 50))]
    opening = "We should ask the secretariat to publish a map. " if number % 12 == 0 else ""
    printed = [f"{word}{version}" if version > 1 and corrects.random() < 1 / 30 else word for word in words]
    return f"{said.choice(SPEAKERS)}: {opening}{' '.join(printed).capitalize()}."


@dataclass
class Result:
    """What came of it."""

    saves: load.Result = field(default_factory=load.Result)
    readers: int = 0
    copies: Counter[str] = field(default_factory=Counter)
    imported: int = 0
    updates: int = 0

    @property
    def faults(self) -> list[str]:
        """Return every promise that was broken."""
        done = len(self.saves.seconds) - self.saves.faults.total()
        broken = {
            f"{self.readers - len(self.copies)} digests lost": len(self.copies) < self.readers,
            f"{self.copies.total() - len(self.copies)} digests sent twice": self.copies.total() > len(self.copies),
            f"{done - self.updates} saves lost": done != self.updates,
            f"saves refused: {dict(self.saves.faults)}": bool(self.saves.faults),
            "nothing was imported": self.imported == 0,
        }
        return [fault for fault, is_true in broken.items() if is_true]


def upload(sessions: Sessions, body_id: int, meeting_id: int, data: bytes) -> None:
    """Import a file as the browser does: kept, and read by the process that has its lease."""
    with sessions.writing() as session:
        ask = UploadOptions(session.get_one(Meeting, meeting_id))
        keep(session, body_id, [Sent("session.txt", data)], ask, by=SYSTEM, now=real_now())
    read_next(sessions)


def run(url: str, var: Path, *, writers: int, readers: int, turns: int, versions: int) -> Result:
    """Import so many versions while so many save and a scheduler sends digests; return what came of it."""
    settle(url, readers)
    sessions, stop, result = Sessions(make_engine(url)), threading.Event(), Result(readers=readers)
    with sessions.writing() as session:
        body = session.exec(select(Body)).first()
        assert body is not None
        body_id, meeting_id = body.id, make_meeting(session, body).id
    threads = [
        threading.Thread(target=load.save_until, args=(stop, sessions, number % readers + 1, result.saves))
        for number in range(writers)
    ]
    with Relay(ready_timeout=30) as relay:
        environ = {**os.environ, "DATABASE_URL": url, "VAR_DIR": str(var), "SECRET_KEY": "a soak's own"}
        nursery = Nursery({**environ, "SMTP_URL": relay.url, "CLOCK": CLOCK, "MAIL_FROM": "follow@igf.example.org"})
        scheduler = nursery.bear()
        for thread in threads:
            thread.start()
        for version in range(1, versions + 1):
            upload(sessions, body_id, meeting_id, transcript(turns, version))
        _wait_for_digests(relay, readers)
        stop.set()
        for thread in threads:
            thread.join()
        nursery.end(scheduler, signal.SIGTERM)
        nursery.close()
        result.copies = relay.inbox.copies()
    with sessions.reader() as session:
        result.updates = session.exec(select(func.count()).select_from(Update)).one()
        imported = select(Upload.id).where(Upload.state == UploadState.IMPORTED)
        result.imported = len(session.exec(imported).all())
    sessions.engine.dispose()
    return result


def _wait_for_digests(relay: Relay, readers: int, most: float = 120.0) -> None:
    deadline = time.monotonic() + most
    while len(relay.inbox.copies()) < readers and time.monotonic() < deadline:
        time.sleep(0.1)


def main() -> int:
    """Run the long form on SQLite and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--readers", type=int, default=300)
    parser.add_argument("--turns", type=int, default=1500)
    parser.add_argument("--versions", type=int, default=6)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/soak.sqlite"
        sessions = Sessions(make_engine(url))
        migrate_database(sessions)
        sessions.engine.dispose()
        result = run(
            url, Path(folder), writers=chosen.writers, readers=chosen.readers, turns=chosen.turns,
            versions=chosen.versions,
        )  # fmt: skip
    print(f"{result.imported} imports of {chosen.turns} turns, {len(result.saves.seconds)} saves meanwhile,")
    print(f"  {result.copies.total()} digests to {result.readers} readers; the longest wait of a save:")
    print(f"  {max(result.saves.seconds):.2f} s, and 99 of 100 took at most {result.saves.p99:.2f} s")
    for fault in result.faults:
        print(f"  BROKEN: {fault}")
    return 1 if result.faults else 0


if __name__ == "__main__":
    sys.exit(main())
