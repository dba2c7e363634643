"""What a reader wants, as conditions of SQL; `due_day` is the twin of due.due_on that the database can sort by."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement
from sqlmodel import col

from tracker.items.models import Asked, Follow, Helper, Item, Ownership, OwnerState, Progress
from tracker.items.status import OPEN
from tracker.items.wanted import Order, Wanted
from tracker.meetings.models import Milestone
from tracker.meetings.queries import visible_to
from tracker.people.models import Party
from tracker.people.queries import Sight, records_of

Condition = sa.ColumnElement[bool]


class days_after(FunctionElement[date]):  # noqa: N801 - it reads as the SQL function it is
    """The day so many days after another: `date + int` works on PostgreSQL only."""

    type = sa.Date()
    inherit_cache = True


@compiles(days_after, "sqlite")
def _days_after_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    day, days = element.clauses
    return f"date({compiler.process(day, **options)}, {compiler.process(days, **options)} || ' days')"


@compiles(days_after, "postgresql")
def _days_after_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    day, days = element.clauses
    return f"({compiler.process(day, **options)} + {compiler.process(days, **options)})"


def due_day() -> sa.ColumnElement[date]:
    """Return the due day of an item by its rule; the statement must join the item's milestone."""
    milestone_day = sa.case((col(Milestone.tentative), col(Milestone.ends_on)), else_=col(Milestone.starts_on))
    return sa.func.coalesce(col(Item.own_due_on), days_after(milestone_day, col(Item.offset_days)), type_=sa.Date)


def overdue(today: date) -> Condition:
    """Return the condition of due.is_overdue."""
    waits = sa.and_(sa.func.coalesce(Item.condition, "") != "", col(Item.condition_met_on).is_(None))
    return sa.and_(due_day() < today, col(Item.progress).in_(OPEN), sa.not_(waits))


def ownership(*further: Condition) -> Condition:
    """Return the condition that somebody has accepted to own the item."""
    return sa.exists().where(
        col(Ownership.item_id) == col(Item.id), col(Ownership.state) == OwnerState.ACCEPTED, *further
    )


def answers_for(person_id: int) -> Condition:
    """Return the condition that a request to own, or an ownership, is this person's to answer."""
    his = records_of(person_id)
    parties = sa.select(col(Party.id)).where(
        sa.or_(col(Party.person_id).in_(his), col(Party.steward_id).in_(his), col(Party.second_id).in_(his))
    )
    return sa.or_(
        col(Ownership.party_id).in_(parties),
        col(Ownership.answers_for_id).in_(his),
        col(Ownership.second_id).in_(his),
    )


def owed_by(person_id: int) -> Condition:
    """Return the condition that the person owns the item or answers for its owner."""
    return ownership(answers_for(person_id))


def helped_by(person_id: int) -> Condition:
    """Return the condition that the person helps the owner."""
    return sa.exists().where(col(Helper.item_id) == col(Item.id), col(Helper.person_id).in_(records_of(person_id)))


def followed_by(person_id: int) -> Condition:
    """Return the condition that the person follows the item."""
    return sa.exists().where(col(Follow.item_id) == col(Item.id), col(Follow.person_id).in_(records_of(person_id)))


def of_register(body_id: int, sight: Sight) -> Condition:
    """Return the condition that an item is of that register and the reader may see it."""
    return sa.and_(col(Item.body_id) == body_id, visible_to(sight, Item.body_id, Item.visibility))


def conditions(wanted: Wanted, today: date) -> Iterator[Condition]:
    """Yield what is asked of the items; the statement must join the item's milestone."""
    yield from _of_the_item(wanted)
    yield from _of_the_parties(wanted)
    if wanted.is_overdue:
        yield overdue(today)
    if wanted.mine_of is not None:
        yield sa.or_(owed_by(wanted.mine_of), helped_by(wanted.mine_of))
    if wanted.followed_by is not None:
        yield followed_by(wanted.followed_by)


def _of_the_item(wanted: Wanted) -> Iterator[Condition]:
    for word in wanted.text.split():
        yield _has(word)
    if wanted.theme:
        yield col(Item.theme) == wanted.theme
    if wanted.kind:
        yield col(Item.kind) == wanted.kind
    if wanted.progress:
        yield col(Item.progress).in_(wanted.progress)
    if wanted.milestone:
        yield col(Milestone.slug) == wanted.milestone


def _has(word: str) -> Condition:
    found = [col(Item.title).icontains(word, autoescape=True), col(Item.text).icontains(word, autoescape=True)]
    if (digits := word.removeprefix("#")).isdecimal() and len(digits) < 10:
        found.append(col(Item.number) == int(digits))
    return sa.or_(*found)


def _of_the_parties(wanted: Wanted) -> Iterator[Condition]:
    if wanted.owner:
        yield ownership(col(Ownership.party_id) == _party(wanted.owner))
    if wanted.is_unowned:
        yield sa.not_(ownership())
    if wanted.put_forward_by:
        yield col(Item.put_forward_by) == _party(wanted.put_forward_by)
    if wanted.asked or wanted.response:
        yield sa.exists().where(col(Asked.item_id) == col(Item.id), *_of_the_asked(wanted))


def _of_the_asked(wanted: Wanted) -> Iterator[Condition]:
    if wanted.asked:
        yield col(Asked.party_id) == _party(wanted.asked)
    if wanted.response:
        yield col(Asked.response) == wanted.response


def _party(slug: str) -> sa.ScalarSelect[int | None]:
    return sa.select(col(Party.id)).where(col(Party.slug) == slug).scalar_subquery()


def sorted_by(order: Order, *, descending: bool) -> list[sa.ColumnElement[Any]]:
    """Return what to sort by, the number last; what has no due day comes last either way."""
    column = _sort_column(order)
    direction = column.desc() if descending else column.asc()
    if order is Order.DUE:
        direction = direction.nulls_last()
    return [direction, col(Item.number).asc()]


def _sort_column(order: Order) -> sa.SQLColumnExpression[Any]:
    match order:
        case Order.NUMBER:
            return col(Item.number)
        case Order.DUE:
            return due_day()
        case Order.PROGRESS:
            return sa.case({value: place for place, value in enumerate(Progress)}, value=col(Item.progress))
        case Order.TITLE:
            return sa.func.lower(col(Item.title))
        case Order.CHANGED:
            return col(Item.changed_at)
