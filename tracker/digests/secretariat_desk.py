"""What waits for the secretariat of a register: counts that lead to their pages, with the first examples."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.digests.body_parts import DeskCount, DeskKind, Register, SecretariatDesk
from tracker.digests.content import Facts
from tracker.digests.reader import DigestReader
from tracker.items import queries
from tracker.items.list_conditions import overdue
from tracker.items.list_filter import ItemFilter, Order
from tracker.items.models import Item
from tracker.items.party_models import Ownership, OwnerState
from tracker.items.party_names import stand_ins
from tracker.items.status import OPEN
from tracker.mail.compose_email import one_line
from tracker.mail.models import Suppression
from tracker.meetings.models import Milestone
from tracker.people.models import Body, Person, Term
from tracker.people.queries import Sight, party_names, serving
from tracker.proposals.filters import Showing
from tracker.proposals.models import TriageState
from tracker.proposals.queries import count
from tracker.text import beginning_of
from tracker.updates.queries import no_news

#: roles that end within this time are named
AHEAD = timedelta(days=30)
MOST_EXAMPLES = 3
LONGEST_TITLE = 60
#: the pages that list all of each kind
PATHS: Mapping[DeskKind, str] = {
    DeskKind.TRIAGE: "/triage",
    DeskKind.NOT_ADDRESSED: "/items?progress=open&unaddressed=1",
    DeskKind.NOT_OWNED: "/items?progress=open&unowned=1",
    DeskKind.NO_NEWS: "/items?quiet=1",
    DeskKind.DECLINED: "/items?progress=open&declined=1",
    DeskKind.BOUNCED: "/mail",
    DeskKind.TERMS_END: "/handovers",
    DeskKind.OVERDUE: "/items?late=1&sort=due",
    DeskKind.PAST: "/items?past=1&sort=due",
}


def with_desks(session: Session, readers: Sequence[DigestReader], facts: Mapping[int, Facts]) -> dict[int, Facts]:
    """Return the facts, by person, with the desks that they keep. They all see the same."""
    reader = readers[0]
    shared = facts[reader.id]
    desks = [
        desk_of(session, register, body_id, reader, shared.days[body_id])
        for body_id, register in shared.registers.items()
        if body_id in reader.sight.secretariat_of
    ]
    filled = tuple(desk for desk in desks if desk.counts)
    return {reader.id: replace(facts[reader.id], desks=filled) for reader in readers}


def desk_of(session: Session, register: Register, body_id: int, reader: DigestReader, today: date) -> SecretariatDesk:
    """Return the counts of a register that are not zero, in the order of the mail."""
    counts = (
        _triage(session, body_id, reader.now),
        *_items(session, body_id, reader.sight, today, reader.now),
        _bounced(session, body_id, today),
        _ending(session, body_id, today),
        _overdue(session, body_id, today),
        _first_items(session, body_id, reader.sight, today, DeskKind.PAST, ItemFilter(is_past_unpromised=True)),
    )
    return SecretariatDesk(
        register,
        tuple(replace(figure, path=register.path + PATHS[figure.kind]) for figure in counts if figure.count),
    )


def _triage(session: Session, body_id: int, now: datetime) -> DeskCount:
    waiting = Showing(TriageState.WAITING)
    doubtful = count(session, body_id, replace(waiting, is_clear=False), now)
    return DeskCount(DeskKind.TRIAGE, count(session, body_id, waiting, now), doubtful=doubtful)


def _items(session: Session, body_id: int, sight: Sight, today: date, now: datetime) -> Iterator[DeskCount]:
    # The same filters as behind the links, so that a page shows what its figure counts.
    filters = {
        DeskKind.NOT_ADDRESSED: ItemFilter(is_unaddressed=True, progress=OPEN),
        DeskKind.NOT_OWNED: ItemFilter(is_unowned=True, progress=OPEN),
        DeskKind.NO_NEWS: ItemFilter(further=(no_news(now, sight),)),
        DeskKind.DECLINED: ItemFilter(is_declined=True, progress=OPEN),
    }
    for kind, item_filter in filters.items():
        yield _first_items(session, body_id, sight, today, kind, item_filter)


def _first_items(
    session: Session, body_id: int, sight: Sight, today: date, kind: DeskKind, item_filter: ItemFilter
) -> DeskCount:
    page = queries.listing(session, body_id, sight, item_filter, today=today, order=Order.DUE, size=MOST_EXAMPLES)
    return DeskCount(kind, page.total, tuple(_title(line.item) for line in page.lines))


def _title(item: Item) -> str:
    return f"{item.number} {beginning_of(one_line(item.title), LONGEST_TITLE)}"


def _bounced(session: Session, body_id: int, today: date) -> DeskCount:
    """Count those who serve in the register and whose address a mail server refused for good."""
    refused = (
        select(Person.name)
        .join(Suppression, col(Suppression.to_addr) == col(Person.email))
        .where(col(Person.id).in_(serving(body_id, today)))
        .order_by(col(Person.name))
    )
    return _named(DeskKind.BOUNCED, session.exec(refused))


def _ending(session: Session, body_id: int, today: date) -> DeskCount:
    ending = (
        select(Person.name)
        .join(Term, col(Term.person_id) == col(Person.id))
        .join(Body, col(Body.id) == col(Term.body_id))
        .where(
            sa.or_(col(Body.id) == body_id, col(Body.parent_id) == body_id),
            col(Term.last_day) >= today,
            col(Term.last_day) <= today + AHEAD,
        )
        .order_by(col(Term.last_day), col(Person.name))
    )
    return _named(DeskKind.TERMS_END, session.exec(ending))


def _named(kind: DeskKind, names: Iterable[str]) -> DeskCount:
    every = list(names)
    return DeskCount(kind, len(every), tuple(one_line(name) for name in every[:MOST_EXAMPLES]))


def _overdue(session: Session, body_id: int, today: date) -> DeskCount:
    """Count what is overdue, by the body of its owner: a volunteer is reminded, never shamed."""
    late: dict[int, int | None] = dict(session.execute(_late_owners(body_id, today)).all())
    owners = {party for party in late.values() if party is not None}
    bodies = stand_ins(session, body_id, owners, today)
    names = party_names(session, owners - bodies.keys())
    names |= {party: body.name for party, body in bodies.items()}
    by_body = Counter(names[party] for party in late.values() if party is not None)
    examples = tuple(f"{one_line(name)} ({number})" for name, number in by_body.most_common(MOST_EXAMPLES))
    return DeskCount(DeskKind.OVERDUE, len(late), examples)


def _late_owners(body_id: int, today: date) -> Any:
    return (
        sa.select(col(Item.id), sa.func.max(col(Ownership.party_id)))
        .outerjoin(Milestone, col(Milestone.id) == col(Item.milestone_id))
        .outerjoin(
            Ownership,
            sa.and_(col(Ownership.item_id) == col(Item.id), col(Ownership.state) == OwnerState.ACCEPTED),
        )
        .where(col(Item.body_id) == body_id, overdue(today))
        .group_by(col(Item.id))
    )
