"""A register in which everybody has something to hear: so many people, ten items of each, two notes of last week."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from tests.bench.forum import defaults
from tests.bench.material import BEGAN, WORDS, event, sentence
from tracker.cli.migrate import alembic_settings, migrate_database
from tracker.db import Sessions, make_engine
from tracker.history import Event, Wording
from tracker.items.models import Item, ItemCounter, ItemKind, Progress
from tracker.items.party_models import Ownership, OwnerState
from tracker.mail.models import Relay
from tracker.meetings.models import Milestone, Visibility
from tracker.people.models import Body, Party, Person, Role, Subscription, Term
from tracker.updates.models import Update

#: a Monday at nine in Zurich, an hour after everybody's digest is due
NOW = datetime(2012, 11, 12, 8, tzinfo=UTC)
ITEMS_EACH = 10
#: of each person's items, those on which somebody else wrote a note last week
NOTES_EACH = 2
Rows = list[dict[str, Any]]


def kept(people: int, folder: Path) -> Path:
    """Return the database, made now or earlier."""
    head = ScriptDirectory.from_config(alembic_settings()).get_current_head()
    made_by = sha256(Path(__file__).read_bytes()).hexdigest()[:8]
    path = folder / f"mail-{head}-{made_by}-{people}.sqlite"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        write(f"sqlite:///{unfinished}", people)
        unfinished.rename(path)
    return path


def write(url: str, people: int) -> None:
    """Write the register into a new database."""
    sessions = Sessions(make_engine(url))
    migrate_database(sessions)
    with sessions.engine.begin() as connection:
        for table, rows in tables(random.Random(2012), people):
            connection.execute(sa.insert(table), [{**defaults(table), **row} for row in rows])
    with sessions.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE"))
    sessions.engine.dispose()


def tables(chance: random.Random, people: int) -> Iterator[tuple[type[SQLModel], Rows]]:
    """Yield every table's rows; the number of a person is that of their party."""
    numbers = range(1, people + 1)
    body = {"id": 1, "slug": "forum", "name": "The Forum", "is_register": True, "timezone": "Europe/Zurich"}
    # Else the first run would wait for a person who looks at it.
    yield Body, [body | {"holds_unusual": False}]
    yield Person, [_person(chance, number) for number in numbers]
    yield Party, [{"id": number, "slug": f"person-{number}", "person_id": number} for number in numbers]
    roles = {1: Role.SECRETARIAT}
    first_day = BEGAN.date()
    yield (
        Term,
        [
            {"person_id": number, "body_id": 1, "role": roles.get(number, Role.MEMBER), "first_day": first_day}
            for number in numbers
        ],
    )
    yield Subscription, [{"person_id": number, "subscribed_at": NOW - timedelta(weeks=1)} for number in numbers]
    days = {"starts_on": date(2013, 2, 26), "ends_on": date(2013, 2, 28)}
    yield Milestone, [{"id": 1, "body_id": 1, "slug": "february", "title": "February consultations", **days}]
    yield Relay, [{"id": 1, "smtp_seen": True}]
    yield from items(chance, people)


def _person(chance: random.Random, number: int) -> dict[str, Any]:
    name = f"{chance.choice(WORDS).title()} {chance.choice(WORDS).title()}son {number}"
    return {"id": number, "slug": f"person-{number}", "name": name, "email": f"person{number}@example.org"}


def items(chance: random.Random, people: int) -> Iterator[tuple[type[SQLModel], Rows]]:
    """Yield everybody's items: a third late, the others due by the next milestone."""
    rows: dict[type[SQLModel], Rows] = {table: [] for table in (Item, Ownership, Update, Wording, Event)}
    for number in range(1, people * ITEMS_EACH + 1):
        owner = (number - 1) // ITEMS_EACH + 1
        rows[Item].append(_item(chance, number, proposer=owner % people + 1))
        accepted = {"state": OwnerState.ACCEPTED, "requested_by": 1, "requested_at": BEGAN}
        rows[Ownership].append({"item_id": number, "party_id": owner, **accepted})
        if number % ITEMS_EACH < NOTES_EACH:
            _note(rows, chance, number, author=(owner + 1) % people + 1)
    yield ItemCounter, [{"body_id": 1, "last_number": people * ITEMS_EACH}]
    yield from rows.items()


def _item(chance: random.Random, number: int, proposer: int) -> dict[str, Any]:
    title = sentence(chance)
    due: dict[str, Any] = {"milestone_id": 1, "own_due_on": None}
    if number % 3 == 0:
        due = {"milestone_id": None, "own_due_on": NOW.date() - timedelta(days=number % 30 + 1)}
    return {
        **{"id": number, "body_id": 1, "number": number, "title": title, "text": title},
        "kind": ItemKind.RECOMMENDATION,
        **{"progress": Progress.IN_PROGRESS, "put_forward_by": proposer, "visibility": Visibility.INTERNAL},
        **{"created_at": BEGAN, "changed_at": NOW - timedelta(days=3), **due},
    }


def _note(rows: dict[type[SQLModel], Rows], chance: random.Random, number: int, author: int) -> None:
    at = NOW - timedelta(days=number % 5 + 1)
    note = f"A step further: {sentence(chance)}"
    shown = {"note": note, "visibility": Visibility.INTERNAL}
    rows[Update].append({"id": len(rows[Update]) + 1, "item_id": number, "author_id": author, "made_at": at, **shown})
    rows[Wording].append({"id": len(rows[Wording]) + 1, "written_by": f"person:{author}", "text": note})
    after = {"update": len(rows[Update]), "note": {"wording": len(rows[Wording])}}
    rows[Event].append(event(f"item:{number}", "updated", at, author, **after))
