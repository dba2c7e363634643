"""What importing a long transcript costs, and how long others wait for it: python -m tests.bench.imports.

Nobody saves while one transaction writes on SQLite, so the time before the write is told apart from the write. Half of
what the first version brings is decided before the corrected one comes: that is carried over too.
"""

import argparse
import cProfile
import pstats
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import accumulate, product
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from tests.bench.material import sentence
from tests.factories import NOW, make_meeting, make_person, make_register
from tracker.cli.migrate import migrate_database
from tracker.db import Sessions, make_engine
from tracker.history import Actor, ChangeWay
from tracker.intake import import_transcript as intake
from tracker.intake.prepare_file import Prepared, prepare
from tracker.items.create import NewItem
from tracker.items.models import ItemKind
from tracker.meetings.models import Meeting
from tracker.proposals.models import AsideReason, Proposal
from tracker.transcripts.models import Transcript
from tracker.transcripts.speakers.attribution import assign_label
from tracker.triage.changes import set_aside
from tracker.triage.decisions import accept
from tracker.triage.whose_words import WhoseWords

SPEAKERS = ("MS SILVA", "MR ELM", "CHAIR", "MR OKONKWO", "MS TIDE", "ANA ALDER", "BEN BIRCH", "NEW SPEAKER")
#: who is told to be somebody before the correction comes
KNOWN = SPEAKERS[:4]
#: made-up words, the short ones first: the first are said very often and the last seldom, as words are
SYLLABLES = ("ka", "lo", "mi", "re", "su", "to", "ve", "za")
WORDS = ["".join(word) for count in (1, 2, 3, 4) for word in product(SYLLABLES, repeat=count)]
WEIGHTS = [*accumulate(1 / (place + 3) for place in range(len(WORDS)))]
BY = Actor(None, ChangeWay.COMMAND_LINE)


@dataclass
class Cost:
    """Seconds before the write, and those within it, by the wall and of the processor."""

    before: float
    write: float
    cpu: float
    statements: int
    proposals: int
    covered: int


@dataclass
class Watch:
    """Counts the statements of an engine."""

    statements: int = 0
    seconds: float = 0.0
    spent: list[Any] = field(default_factory=list)

    def count(self, *_: Any) -> None:
        """Take note of one."""
        self.statements += 1


def transcript(turns: int, part_corrected: float = 0.0) -> bytes:
    """Return a session of turns of 40 to 60 words, every other with something to be done; some words corrected."""
    said, corrects = random.Random(1), random.Random(2)
    told = []
    for number in range(turns):
        words = _words(said, said.randint(30, 45))
        ask = f" {sentence(said)}" if number % 2 else ""
        text = f"{' '.join(words).capitalize()}.{ask} {' '.join(_words(said, 9)).capitalize()}."
        printed = (f"{word[:-1]}s{word[-1]}" if corrects.random() < part_corrected else word for word in text.split())
        told.append(f"{said.choice(SPEAKERS)}: {' '.join(printed)}")
    return "\n\n".join(told).encode()


def _words(said: random.Random, how_many: int) -> list[str]:
    return said.choices(WORDS, cum_weights=WEIGHTS, k=how_many)


def measured(sessions: Sessions, meeting_id: int, data: bytes, *, is_profiled: bool) -> Cost:
    """Import one version as the reader of files does."""
    began = time.perf_counter()
    with sessions.reader() as session:
        known = intake.what_is_known(session, session.get_one(Meeting, meeting_id))
    prepared = prepare(data, known)
    with sessions.reader() as session:
        foreseen = intake.foresee(session, session.get_one(Meeting, meeting_id), prepared)
    before = time.perf_counter() - began
    watch = Watch()
    sa.event.listen(sessions.engine, "before_cursor_execute", watch.count)
    with _profile() if is_profiled else nullcontext():
        wall, cpu, taken = _written(sessions, meeting_id, data, prepared, foreseen)
    sa.event.remove(sessions.engine, "before_cursor_execute", watch.count)
    return Cost(before, wall, cpu, watch.statements, len(prepared.candidates), taken.covered)


def _written(
    sessions: Sessions, meeting_id: int, data: bytes, prepared: Prepared, foreseen: intake.Foreseen | None
) -> tuple[float, float, intake.ImportedTranscript]:
    with sessions.writing() as session:
        meeting = session.get_one(Meeting, meeting_id)  # from the first statement on others wait
        wall, cpu = time.perf_counter(), time.thread_time()
        name = f"{len(data)}.txt"
        taken = intake.import_prepared(session, meeting, name, data, prepared, by=BY, now=NOW, foreseen=foreseen)
    return time.perf_counter() - wall, time.thread_time() - cpu, taken


@contextmanager
def _profile() -> Iterator[None]:
    with cProfile.Profile(time.thread_time) as profile:
        yield
    pstats.Stats(profile).sort_stats("cumtime").print_stats(60)


def decide(session: Session) -> None:
    """Say who some of the speakers are, and decide half of the passages: a third of those items, the others aside."""
    version = session.exec(select(Transcript)).one()
    for number, label in enumerate(KNOWN):
        person = make_person(session, f"Person{number} {label.title()}")
        assign_label(session, version, label, person, instead_of=None, by=BY, now=NOW, remember=False)
    for number, proposal in enumerate(session.exec(select(Proposal).order_by(Proposal.id)).all()):
        if number % 6 == 0:
            body_id = session.get_one(Meeting, version.meeting_id).body_id
            new = NewItem(title=proposal.title, kind=ItemKind.RECOMMENDATION)
            accept(session, proposal, new, body_id=body_id, by=BY, now=NOW, whose=WhoseWords.OWN)
        elif number % 6 in (2, 4):
            set_aside(session, proposal, AsideReason.TOO_GENERAL, by=BY, now=NOW)


def measure(turns: int, folder: Path, *, is_profiled: bool = False) -> Iterator[tuple[str, Cost]]:
    """Yield what the first version costs, and what its correction does."""
    sessions = Sessions(make_engine(f"sqlite:///{folder}/{turns}.sqlite"))
    migrate_database(sessions)
    with sessions.writing() as session:
        meeting_id = make_meeting(session, make_register(session)).id or 0
    yield "first", measured(sessions, meeting_id, transcript(turns), is_profiled=is_profiled)
    with sessions.writing() as session:
        decide(session)
    yield "corrected", measured(sessions, meeting_id, transcript(turns, 0.03), is_profiled=is_profiled)
    sessions.engine.dispose()


def main() -> int:
    """Measure and print; no speed is asserted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("turns", type=int, nargs="*", default=[1_500, 10_000])
    parser.add_argument("--profile", action="store_true", help="print where the time of the write goes")
    asked = parser.parse_args()
    print(
        f"{'turns':>7} {'version':<10} {'before, s':>10} {'write, s':>9} {'its CPU':>8} {'statements':>10} "
        f"{'passages':>9} {'decided':>8}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for turns in asked.turns:
            for version, cost in measure(turns, Path(folder), is_profiled=asked.profile):
                print(
                    f"{turns:>7} {version:<10} {cost.before:>10.1f} {cost.write:>9.2f} {cost.cpu:>8.2f} "
                    f"{cost.statements:>10} {cost.proposals:>9} {cost.covered:>8}",
                    flush=True,
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
