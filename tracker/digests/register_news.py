"""What happened in a whole register and what comes next there: items newly put forward, and milestones ahead."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.db import lookup, rows
from tracker.digests.body_parts import CreatedItem, MilestoneAhead, Register
from tracker.digests.content import CreatedItems, Facts
from tracker.digests.event_windows import Window
from tracker.digests.reader import DigestReader
from tracker.history import Event
from tracker.history_queries import key_number
from tracker.history_verbs import Verb
from tracker.items.lines import person_names
from tracker.items.models import Item
from tracker.items.reading_rules import may_read
from tracker.items.reported_words import is_own
from tracker.mail.compose_email import one_line
from tracker.meetings.queries import milestones
from tracker.people.queries import Sight, party_names

#: of each register, as many new items are read in full: some of them may stand elsewhere in the same mail
MOST_READ = 50
#: how far "what comes next" looks, and how many milestones it names
AHEAD = timedelta(weeks=8)
MOST_AHEAD = 3


@dataclass(frozen=True)
class _Created:
    ids: frozenset[int]
    #: by who entered them, as "person:7"
    by_actor: Mapping[str, frozenset[int]]
    latest: tuple[CreatedItem, ...]


def with_register_news(
    session: Session, readers: Sequence[DigestReader], window: Window, facts: Mapping[int, Facts]
) -> dict[int, Facts]:
    """Return the facts, by person, with what happened and what comes in their registers. They all see the same."""
    registers = facts[readers[0].id].registers
    days = facts[readers[0].id].days
    seen = [body_id for body_id in registers if body_id in readers[0].sight.register_ids]
    created = _created(session, readers[0].sight, window, registers)
    ahead = tuple(
        milestone for body_id in seen for milestone in _ahead(session, body_id, registers[body_id], days[body_id])
    )
    return {
        reader.id: replace(facts[reader.id], ahead=ahead, created=_for_reader(created, f"person:{reader.id}"))
        for reader in readers
    }


def _for_reader(created: Mapping[int, _Created], actor: str) -> dict[int, CreatedItems]:
    return {
        body_id: CreatedItems(items.ids, items.by_actor.get(actor, frozenset()), items.latest)
        for body_id, items in created.items()
    }


def _created(session: Session, sight: Sight, window: Window, registers: Mapping[int, Register]) -> dict[int, _Created]:
    """Return what was put forward in the registers that such a reader serves in, by register."""
    values = {**window.values, "registers": list(sight.register_ids)}
    is_creation = sa.and_(_IS_CREATION, window.happened)
    creations = rows(session, sa.select(col(Event.subject), col(Event.actor)).where(is_creation), **values)
    if not creations:
        return {}
    actors = {key_number(subject): actor for subject, actor in creations}
    by_register: dict[int, list[Any]] = defaultdict(list)
    for row in rows(session, _creating(sight.alike, is_creation), **values):
        by_register[row.body_id].append(row)
    return {
        body_id: _grouped(found, actors, _in_full(session, found[:MOST_READ], registers[body_id]))
        for body_id, found in by_register.items()
    }


_IS_CREATION = sa.and_(
    col(Event.verb) == Verb.CREATED,
    col(Event.subject).startswith("item:"),
    col(Event.body_id).in_(sa.bindparam("registers", expanding=True)),
)


def _creating(sight: Sight, is_creation: sa.ColumnElement[bool]) -> Any:
    """Return the statement for the items."""
    # Without CASE a database may read a number in the subject of a meeting, and fail.
    number = sa.case((is_creation, sa.func.substr(col(Event.subject), len("item:") + 1)))
    # A subquery, for SQLite would join the other way round: every item with every line of history.
    created = sa.select(sa.cast(number, sa.Integer)).where(is_creation)
    shown: Any = (Item.title, Item.put_forward_by, Item.reported_by, Item.speaker_part)
    return (
        sa.select(col(Item.id), col(Item.body_id), col(Item.number), *shown)
        .where(col(Item.id).in_(created), col(Item.body_id).in_(sight.register_ids), may_read(sight))
        .order_by(col(Item.number).desc())
    )


def _grouped(found: Sequence[Any], actors: Mapping[int, str], latest: tuple[CreatedItem, ...]) -> _Created:
    by_actor: dict[str, set[int]] = defaultdict(set)
    for row in found:
        by_actor[actors[row.id]].add(row.id)
    own = {actor: frozenset(ids) for actor, ids in by_actor.items()}
    return _Created(frozenset(row.id for row in found), own, latest)


def _in_full(session: Session, found: Sequence[Any], register: Register) -> tuple[CreatedItem, ...]:
    parties = party_names(session, {row.put_forward_by for row in found if row.put_forward_by})
    people = person_names(session, {row.reported_by for row in found if row.reported_by})
    return tuple(
        CreatedItem(
            item_id=row.id,
            number=row.number,
            title=one_line(row.title),
            put_forward_by=lookup(parties, row.put_forward_by),
            reported_by=lookup(people, row.reported_by),
            is_reported=not is_own(row),
            register=register,
        )
        for row in found
    )


def _ahead(session: Session, body_id: int, register: Register, today: date) -> list[MilestoneAhead]:
    """Return the next milestones of the register that are not cancelled."""
    held = [milestone for milestone in milestones(session, body_id) if not milestone.is_cancelled]
    near = [milestone for milestone in held if today <= milestone.ends_on and milestone.starts_on <= today + AHEAD]
    return [
        MilestoneAhead(
            title=one_line(milestone.title),
            slug=milestone.slug,
            register=register,
            first=milestone.starts_on,
            last=milestone.ends_on,
            is_tentative=milestone.tentative,
            place=milestone.place and one_line(milestone.place),
        )
        for milestone in near[:MOST_AHEAD]
    ]
