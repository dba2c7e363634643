"""Measure the server's CPU time a request, bytes, memory and start, and check what was fetched: `make bench`."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlmodel import Session

from tests.bench import forum
from tests.bench.pages import Facts, Measures, facts
from tests.bench.server import ROOT, Server, serving
from tests.bench.visitor import Answer, Visitor, Wrong
from tracker.clock import real_now
from tracker.db import Sessions, make_engine
from tracker.people import sessions, sign_in_rules
from tracker.people.models import Person

WARM = 5
PEERS = ("Roundup", "Trac", "Redmine")


def cpu_of(server: Server, do: Callable[[int], Answer], times: int, warm: int = WARM) -> tuple[float, int]:
    """Return milliseconds of CPU and bytes on the line for one of many times."""
    for time in range(warm):
        do(time)
    before, size = server.cpu(), 0
    for time in range(warm, warm + times):
        size = do(time).size
    return (server.cpu() - before) * 1000 / times, size


def empty_page(times: int) -> float:
    """Return what an empty Flask page costs on the same kind of server."""
    with serving(["-m", "tests.bench.empty"]) as server:
        visitor = Visitor(server.port)
        return cpu_of(server, lambda _: visitor.get("/"), times)[0]


@contextmanager
def running(database: Path, var: Path) -> Iterator[tuple[Server, Measures]]:
    """Start Intersession on the database and sign its readers in."""
    url = f"sqlite:///{database}"
    known, links = readers(url)
    environ = {"DATABASE_URL": url, "VAR_DIR": str(var), "SECRET_KEY": "a bench's own", "CLOCK": forum.CLOCK}
    with serving(["-m", "flask", "serve"], {**environ, "SCHEDULER": "inline", "SMTP_URL": ""}) as server:
        yield server, signed_in(server.port, known, links)


def readers(url: str) -> tuple[Facts, dict[str, str]]:
    """Return what there is to read, and a link that signs in each who reads."""
    made = Sessions(make_engine(url))
    with made.reader() as session:
        known = facts(session)
    with made.writing() as session:
        links = {who: _link(session, person) for who, person in known.readers().items()}
    made.engine.dispose()
    return known, links


def link_of(url: str, number: int = 1) -> str:
    """Return a link that signs in the person with that number."""
    made = Sessions(make_engine(url))
    with made.writing() as session:
        link = _link(session, session.get_one(Person, number))
    made.engine.dispose()
    return link


def signed_in(port: int, known: Facts, links: dict[str, str]) -> Measures:
    """Return what can be measured, once the readers have signed in."""
    return Measures(known, {who: Visitor(port).sign_in(link) for who, link in links.items()})


def _link(session: Session, person: Person) -> str:
    return f"/sign-in/{sessions.make_link(session, person, now=real_now(), life=sign_in_rules.PRINTED_LINK)}"


def measure(database: Path, var: Path, times: int) -> Iterator[str]:
    """Yield the lines of the table."""
    yield _row("CPU of the server a request, ms", "here", "budget", *PEERS, "bytes")
    yield _row("an empty Flask page", f"{empty_page(times * 5):.1f}", "", "", "", "", "")
    with running(database, var) as (server, measures):
        for figure in measures.figures():
            milliseconds, size = cpu_of(server, figure.do, times)
            peers = [f"{peer:,}" for peer in figure.peers] if figure.peers else [""] * len(PEERS)
            yield _row(figure.name, f"{milliseconds:.1f}", str(figure.budget), *peers, f"{size:,}")
        web, scheduler = server.memory()
        yield f"memory (PSS) {web + scheduler:.0f} MB: web {web:.0f}, scheduler {scheduler:.0f}; budget 220"
        yield f"first page {server.started_in:.1f} s after the start, budget 2"


def _row(name: str, *cells: str) -> str:
    return f"{name:<34}" + "".join(f"{cell:>9}" for cell in cells)


def main() -> int:
    """Measure, print, and return 1 if what was fetched was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--keep", type=Path, default=ROOT / "var" / "bench", help="where the register is kept")
    options = parser.parse_args()
    print(
        f"{options.items:,} items, {forum.PEOPLE} people, 3 updates an item, SQLite; {os.cpu_count()} cores", flush=True
    )
    template = forum.kept(options.items, options.keep)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "forum.sqlite"
        shutil.copy(template, database)
        try:
            for line in measure(database, Path(folder), options.times):
                print(line, flush=True)
        except Wrong as wrong:
            print(f"What was fetched is wrong: {wrong}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
