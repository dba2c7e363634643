"""The list query: the filter of a list and the rules of due.py and status.py as conditions in SQL.

Each rule stands twice, in Python for one item and here for many; tests compare the two on every case.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement
from sqlmodel import col

from tracker.items.list_filter import DueFilter, ItemFilter, NotStated, Order
from tracker.items.models import DueFrom, Follow, Item, ItemPassage, Progress
from tracker.items.party_models import AGAINST, FOR, Addressee, Helper, Ownership, OwnerState, Position
from tracker.items.reported_words import proposed_itself, took_position
from tracker.items.status import CLOSED, DOUBTS, OPEN, TAKING_UP
from tracker.meetings.models import Meeting, Milestone
from tracker.people.models import Body, Party, Person
from tracker.people.queries import records_of
from tracker.transcripts.models import Passage, Transcript

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
    """Return the due day of an item, as due.due_on does; the statement must join the item's milestone."""
    # A tentative milestone is due at its last day: until then nobody can be late.
    at_its_end = sa.or_(col(Milestone.tentative), col(Item.due_from) == DueFrom.LAST_DAY)
    milestone_day = sa.case((at_its_end, col(Milestone.ends_on)), else_=col(Milestone.starts_on))
    return sa.func.coalesce(col(Item.own_due_on), days_after(milestone_day, col(Item.offset_days)), type_=sa.Date)


def overdue(today: date) -> Condition:
    """Return the condition of due.is_overdue."""
    return sa.and_(passed(today), accepted())


def past_unpromised(today: date) -> Condition:
    """Return the condition of due.is_past_unpromised."""
    return sa.and_(passed(today), sa.not_(accepted()))


def passed(today: date) -> Condition:
    """Return the condition of due.has_passed by Due.in_time_until; the statement must join the milestone."""
    return sa.and_(due_day() < today, is_open(), sa.not_(waits()), sa.not_(_is_running(today)))


def _is_running(today: date) -> Condition:
    """Return the condition that the item is due on or after the first day of a milestone which still runs."""
    runs = sa.and_(col(Milestone.starts_on) <= today, col(Milestone.ends_on) >= today)
    return sa.func.coalesce(sa.and_(runs, due_day() >= col(Milestone.starts_on)), sa.false())


def accepted() -> Condition:
    """Return the condition of status.is_accepted."""
    return sa.or_(ownership(), among(Addressee, col(Addressee.response).in_(TAKING_UP)))


def doubted() -> Condition:
    """Return the condition of status.doubt: a proposer or supporter disputes the closing or says partly."""
    return sa.and_(col(Item.progress).in_(CLOSED), col(Item.proposer_view).in_(DOUBTS))


def is_open() -> Condition:
    """Return the condition that the item is open."""
    return col(Item.progress).in_(OPEN)


def waits() -> Condition:
    """Return the condition that an open item has a condition of its own that is not met yet."""
    return sa.and_(sa.func.coalesce(Item.condition, "") != "", col(Item.condition_met_on).is_(None), is_open())


def ownership(*further: Condition, state: OwnerState = OwnerState.ACCEPTED) -> Condition:
    """Return the condition that the item has an ownership in this state for which the further conditions hold."""
    return among(Ownership, col(Ownership.state) == state, *further)


def among(table: Any, *conditions: Condition) -> Condition:
    """Return the condition that a row of the table belongs to the item."""
    # IN lets the database start from the few such rows; EXISTS would ask every item of the register.
    return col(Item.id).in_(sa.select(col(table.item_id)).where(*conditions))


def has_owner(state: OwnerState = OwnerState.ACCEPTED) -> Condition:
    """Return the condition that the item has an ownership in this state, to be negated or asked of few items."""
    return sa.exists().where(col(Ownership.item_id) == col(Item.id), col(Ownership.state) == state)


def declined() -> Condition:
    """Return the condition that a request to own the item was declined, and nobody owns it or is requested to."""
    is_left = (sa.not_(has_owner(state)) for state in (OwnerState.ACCEPTED, OwnerState.REQUESTED))
    return sa.and_(ownership(state=OwnerState.DECLINED), *is_left)


def cites(table: Any, meetings: Any) -> Condition:
    """Return the condition that a row of the table, ItemPassage or Position, cites one of these meetings (ids)."""
    passages = sa.select(col(Passage.id)).join(Transcript, col(Transcript.id) == col(Passage.transcript_id))
    return among(table, col(table.passage_id).in_(passages.where(col(Transcript.meeting_id).in_(meetings))))


def answers_for(person_id: int | sa.BindParameter[int]) -> Condition:
    """Return the condition that a request to own, or an ownership, is this person's to answer."""
    records = records_of(person_id)
    parties = sa.select(col(Party.id)).where(
        sa.or_(col(Party.person_id).in_(records), col(Party.steward_id).in_(records), col(Party.second_id).in_(records))
    )
    return sa.or_(
        col(Ownership.party_id).in_(parties),
        col(Ownership.answers_for_id).in_(records),
        col(Ownership.second_id).in_(records),
    )


def owed_by(person_id: int) -> Condition:
    """Return the condition that the person owns the item or answers for its owner."""
    return ownership(answers_for(person_id))


def helped_by(person_id: int) -> Condition:
    """Return the condition that the person helps the owner."""
    return among(Helper, col(Helper.person_id).in_(records_of(person_id)))


def followed_by(person_id: int) -> Condition:
    """Return the condition that the person follows the item."""
    return among(Follow, col(Follow.person_id).in_(records_of(person_id)))


def open_to(person_id: int) -> Condition:
    """Return the condition that the person has an open request to own the item, or that it is open and free to take."""
    is_free = sa.and_(is_open(), sa.not_(has_owner()), sa.not_(has_owner(OwnerState.REQUESTED)))
    return sa.or_(ownership(answers_for(person_id), state=OwnerState.REQUESTED), is_free)


def conditions(item_filter: ItemFilter, today: date) -> Iterator[Condition]:
    """Yield the conditions of the filter; the statement must join the item's milestone."""
    yield from _of_the_item(item_filter)
    yield from _of_its_day(item_filter, today)
    yield from _of_the_parties(item_filter)
    yield from _of_the_reader(item_filter)
    yield from item_filter.further


def _of_the_reader(item_filter: ItemFilter) -> Iterator[Condition]:
    if item_filter.mine_of is not None:
        yield sa.or_(owed_by(item_filter.mine_of), helped_by(item_filter.mine_of))
    if item_filter.followed_by is not None:
        yield followed_by(item_filter.followed_by)
    if item_filter.open_to is not None:
        yield open_to(item_filter.open_to)


def _of_the_item(item_filter: ItemFilter) -> Iterator[Condition]:
    # Every word must be there, in whatever order and column.
    for word in item_filter.text.split():
        yield _has(word)
    if item_filter.theme:
        yield col(Item.theme) == item_filter.theme
    if item_filter.meeting:
        yield cites(ItemPassage, sa.select(col(Meeting.id)).where(col(Meeting.slug) == item_filter.meeting))
    if item_filter.kind:
        yield col(Item.kind) == item_filter.kind
    if item_filter.progress:
        yield col(Item.progress).in_(item_filter.progress)
    # To find what waits without saying for what kind of thing, so that somebody may say it.
    if item_filter.waiting is NotStated.KIND:
        yield sa.and_(col(Item.progress) == Progress.WAITING, col(Item.waiting_kind).is_(None))
    elif item_filter.waiting:
        yield sa.and_(col(Item.progress) == Progress.WAITING, col(Item.waiting_kind) == item_filter.waiting)
    if item_filter.visibility:
        yield col(Item.visibility) == item_filter.visibility
    if item_filter.is_disputed:
        yield doubted()


def _of_its_day(item_filter: ItemFilter, today: date) -> Iterator[Condition]:
    if item_filter.milestone:
        yield col(Milestone.slug) == item_filter.milestone
    if item_filter.dated:
        yield _dated(item_filter.dated)
    if item_filter.due_before:
        yield sa.and_(due_day() < item_filter.due_before, sa.not_(waits()))
    if item_filter.is_overdue:
        yield overdue(today)
    if item_filter.is_past_unpromised:
        yield past_unpromised(today)


def _dated(dated: DueFilter) -> Condition:
    match dated:
        case DueFilter.CONDITION:
            return sa.and_(waits(), col(Item.milestone_id).is_(None))
        case DueFilter.OWN_DAY:
            return sa.and_(col(Item.own_due_on).is_not(None), sa.not_(waits()))
        case DueFilter.NO_DATE:
            return sa.and_(due_day().is_(None), sa.not_(waits()))


def _has(word: str) -> Condition:
    """Return the condition that the title or text holds the word, or that it is the item's number ("14", "#14")."""
    places = [col(Item.title).icontains(word, autoescape=True), col(Item.text).icontains(word, autoescape=True)]
    digits = word.removeprefix("#")
    if digits.isdecimal() and len(digits) < 10:  # what is longer does not fit PostgreSQL's integer
        places.append(col(Item.number) == int(digits))
    return sa.or_(*places)


def _of_the_parties(item_filter: ItemFilter) -> Iterator[Condition]:
    if item_filter.owner:
        yield ownership(col(Ownership.party_id) == _party(item_filter.owner))
    if item_filter.is_unowned:
        yield sa.not_(has_owner())
    if item_filter.is_unaddressed:
        yield sa.not_(sa.exists().where(col(Addressee.item_id) == col(Item.id)))
    if item_filter.is_declined:
        yield declined()
    if item_filter.party:
        party = _party(item_filter.party)
        yield sa.or_(ownership(col(Ownership.party_id) == party), among(Addressee, col(Addressee.party_id) == party))
    if item_filter.group:
        yield sa.and_(col(Item.put_forward_by).in_(_parties_of_group(item_filter.group)), proposed_itself())
    if item_filter.put_forward_by:
        yield sa.and_(col(Item.put_forward_by) == _party(item_filter.put_forward_by), proposed_itself())
    if item_filter.reported_of:
        yield sa.and_(col(Item.put_forward_by) == _party(item_filter.reported_of), sa.not_(proposed_itself()))
    for slug, stances in ((item_filter.supported_by, FOR), (item_filter.concern_of, AGAINST)):
        if slug:
            yield among(Position, took_position(stances), col(Position.party_id) == _party(slug))
    if item_filter.addressee or item_filter.response:
        yield among(Addressee, *_of_addressees(item_filter))


def _of_addressees(item_filter: ItemFilter) -> Iterator[Condition]:
    if item_filter.addressee:
        yield col(Addressee.party_id) == _party(item_filter.addressee)
    if item_filter.response:
        yield col(Addressee.response) == item_filter.response


def _party(slug: str) -> sa.ScalarSelect[int | None]:
    return sa.select(col(Party.id)).where(col(Party.slug) == slug).scalar_subquery()


def _parties_of_group(group: str) -> Any:
    """Select the parties of a stakeholder group. A class has none, so it counts as unknown."""
    its_group = sa.func.coalesce(Person.stakeholder_group, Body.stakeholder_group, "unknown")
    return (
        sa.select(col(Party.id))
        .outerjoin(Person, col(Party.person_id) == col(Person.id))
        .outerjoin(Body, col(Party.body_id) == col(Body.id))
        .where(its_group == group)
    )


def sorted_by(order: Order, *, descending: bool) -> list[sa.ColumnElement[Any]]:
    """Return what to sort by, then the number. Items without a due day come last in both directions."""
    column = _sort_column(order)
    direction = column.asc()
    if descending:
        direction = column.desc()
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
