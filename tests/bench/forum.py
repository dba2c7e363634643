"""A register of any size, the same every time: people, milestones, transcripts, items with all that belongs to them.

It is written by bulk inserts, for speed, with the events that the verbs would have left. Kept until the schema or
this file changes.
"""

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from tests.bench import items, material
from tests.bench.material import BEGAN, WORDS, event, sentence
from tracker.cli.migrate import alembic_settings, migrate_database
from tracker.db import Sessions, make_engine
from tracker.history import Event
from tracker.meetings.models import Meeting, Milestone, Visibility
from tracker.people.models import Body, GroupSource, Party, Person, Role, Term
from tracker.people.queries import GROUPS
from tracker.proposals.models import Proposal, ProposalKind, ProposalSource, TriageState
from tracker.transcripts.models import Passage, Transcript, Turn

CLOCK = "2013-02-20T09:00+01:00"
SECRETARIAT = "person1@example.org"
PEOPLE, BODIES, CLASSES, MEETINGS, MILESTONES = 500, 20, 6, 40, 40
#: sentences of a transcript that nobody has triaged yet
WAITING = 8
SENTENCES_A_TURN = 4

Rows = list[dict[str, Any]]


def kept(items_wanted: int, folder: Path) -> Path:
    """Return a database of so many items, made now or earlier."""
    scripts = ScriptDirectory.from_config(alembic_settings())
    head = scripts.get_current_head()
    # The migrations too: until the first release the one there is changes in place.
    migrations = sorted(revision.path for revision in scripts.walk_revisions())
    sources = (__file__, items.__file__, material.__file__, *migrations)
    made_by = b"".join(Path(str(part)).read_bytes() for part in sources)
    path = folder / f"{head}-{sha256(made_by).hexdigest()[:8]}-{items_wanted}.sqlite"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as made:
            write(Path(made) / "forum.sqlite", items_wanted)
            shutil.move(Path(made) / "forum.sqlite", path)
    return path


def write(path: Path, items_wanted: int) -> None:
    """Write the register into a new database."""
    sessions = Sessions(make_engine(f"sqlite:///{path}"))
    migrate_database(sessions)
    with sessions.engine.begin() as connection:
        for table, rows in tables(random.Random(2012), items_wanted):
            connection.execute(sa.insert(table), [{**defaults(table), **row} for row in rows])
    with closing(sessions.engine.raw_connection()) as connection:
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    sessions.engine.dispose()


def defaults(table: type[SQLModel]) -> dict[str, Any]:
    """Return what a row holds unless it is told otherwise: a bulk insert does not ask the class."""
    fields = {name: field for name, field in table.model_fields.items() if not field.is_required() and name != "id"}
    return {name: field.get_default(call_default_factory=True) for name, field in fields.items()}


def tables(chance: random.Random, items_wanted: int) -> Iterator[tuple[type[SQLModel], Rows]]:
    """Yield every table's rows, so that what a row points to is there before it."""
    yield from people(chance)
    yield from calendar()
    a_meeting = -(-items_wanted // MEETINGS) + WAITING
    for meeting in range(1, MEETINGS + 1):
        yield from transcript(chance, meeting, a_meeting)
    cited = [(meeting, place) for place in range(a_meeting - WAITING) for meeting in range(1, MEETINGS + 1)]
    passages = [(meeting - 1) * a_meeting + place + 1 for meeting, place in cited[:items_wanted]]
    yield from items.tables(chance, passages, parties=PEOPLE + BODIES + CLASSES, people=PEOPLE, milestones=MILESTONES)


def people(chance: random.Random) -> Iterator[tuple[type[SQLModel], Rows]]:
    """Yield a register with its people and bodies; the number of a person is that of their party."""
    yield (
        Body,
        [
            {"id": 1, "slug": "forum", "name": "The Forum", "is_register": True, "timezone": "Europe/Zurich"},
            *({"id": n + 2, "slug": f"body-{n}", "name": f"Coalition {n}", "parent_id": 1} for n in range(BODIES)),
        ],
    )
    groups = list(GROUPS)
    yield (
        Person,
        [
            {
                "id": n,
                "slug": f"person-{n}",
                "name": f"{chance.choice(WORDS).title()} {chance.choice(WORDS).title()}son {n}",
                "affiliation": f"{chance.choice(WORDS).title()} Society",
                "stakeholder_group": chance.choice(groups),
                "group_source": GroupSource.MEMBER_LIST,
                "email": f"person{n}@example.org",
            }
            for n in range(1, PEOPLE + 1)
        ],
    )
    yield (
        Term,
        [
            {
                "person_id": n,
                "body_id": 1,
                "role": Role.SECRETARIAT if n == 1 else Role.MEMBER,
                "first_day": BEGAN.date(),
            }
            for n in range(1, PEOPLE + 1)
        ],
    )
    yield Party, [{"id": n, "slug": f"person-{n}", "person_id": n} for n in range(1, PEOPLE + 1)]
    yield (
        Party,
        [{"id": PEOPLE + n + 1, "slug": f"body-{n}", "body_id": n + 2, "steward_id": n + 10} for n in range(BODIES)],
    )
    first = PEOPLE + BODIES + 1
    yield (
        Party,
        [
            {"id": first + n, "slug": f"class-{n}", "class_name": f"{group.title()}", "steward_id": n + 50}
            for n, group in enumerate(groups[:CLASSES])
        ],
    )


def calendar() -> Iterator[tuple[type[SQLModel], Rows]]:
    """Yield milestones two months apart, every fourth a tentative one, and a meeting at each of the first."""
    days = [date(2011, 3, 1) + timedelta(days=61 * n) for n in range(MILESTONES)]
    yield (
        Milestone,
        [
            {
                "id": n,
                "body_id": 1,
                "slug": f"consultations-{n}",
                "title": f"Consultations {n}",
                "starts_on": day,
                "ends_on": day + timedelta(days=2),
                "tentative": n % 4 == 0,
            }
            for n, day in enumerate(days, 1)
        ],
    )
    yield (
        Meeting,
        [
            {
                "id": n,
                "body_id": 1,
                "slug": f"taking-stock-{n}",
                "title": f"Taking stock {n}",
                "milestone_id": n,
                "starts_on": days[n - 1],
                "ends_on": days[n - 1],
                "visibility": Visibility.PUBLISHED,
            }
            for n in range(1, MEETINGS + 1)
        ],
    )


def transcript(chance: random.Random, meeting: int, sentences: int) -> Iterator[tuple[type[SQLModel], Rows]]:
    """Yield the transcript of a meeting: a proposal a sentence, the last of which wait for triage."""
    spoken = [f"{sentence(chance)} That is number {meeting}.{n}." for n in range(sentences)]
    ends = list(accumulate(len(words) + 1 for words in spoken))
    starts = [0, *ends[:-1]]
    text = "\n".join(spoken) + "\n"
    digest = sha256(text.encode()).hexdigest()
    whole = {"id": meeting, "meeting_id": meeting, "number": 1, "sha256": digest, "filename": "session.txt"}
    yield (
        Transcript,
        [{**whole, "media_type": "text/plain", "original": text.encode(), "text": text, "imported_at": BEGAN}],
    )
    speakers = [chance.randint(2, PEOPLE) for _ in range(0, sentences, SENTENCES_A_TURN)]
    before = (meeting - 1) * len(speakers)
    yield (
        Turn,
        [
            {
                "id": before + n + 1,
                "transcript_id": meeting,
                "seq": n + 1,
                "label": f"SPEAKER {speaker}",
                "person_id": speaker,
                "start": starts[n * SENTENCES_A_TURN],
                "end": ends[min((n + 1) * SENTENCES_A_TURN, sentences) - 1] - 1,
            }
            for n, speaker in enumerate(speakers)
        ],
    )
    first = (meeting - 1) * sentences + 1
    yield (
        Passage,
        [
            {
                "id": first + n,
                "sha256": digest,
                "start": starts[n],
                "end": ends[n] - 1,
                "transcript_id": meeting,
                "speaker_id": speakers[n // SENTENCES_A_TURN],
            }
            for n in range(sentences)
        ],
    )
    yield (
        Proposal,
        [
            {
                "id": first + n,
                "transcript_id": meeting,
                "passage_id": first + n,
                "turn_id": before + n // SENTENCES_A_TURN + 1,
                "kind": ProposalKind.RECOMMENDATION,
                "title": sentence(chance),
                "source": ProposalSource.DETECTOR,
                "score": chance.random(),
                "state": TriageState.WAITING if n >= sentences - WAITING else TriageState.ITEM,
            }
            for n in range(sentences)
        ],
    )
    yield Event, [event(f"transcript:{meeting}", "imported", BEGAN)]
