"""What a reader wants, as conditions of SQL; `due_day` is the twin of due.due_on that the database can sort by."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement
from sqlmodel import col

from tracker.items.list_filter import DueFilter, ItemFilter, NotStated, Order
from tracker.items.models import (
    AGAINST,
    FOR,
    Asked,
    Follow,
    Helper,
    Item,
    ItemPassage,
    Ownership,
    OwnerState,
    Position,
    Progress,
    Stance,
)
from tracker.items.status import CLOSED, DOUBTS, OPEN, TAKING_UP
from tracker.meetings.models import MeetingRapporteur, Milestone, Visibility
from tracker.people.models import Body, Party, Person
from tracker.people.queries import Sight, records_of
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
    """Return the due day of an item by its rule; the statement must join the item's milestone."""
    milestone_day = sa.case((col(Milestone.tentative), col(Milestone.ends_on)), else_=col(Milestone.starts_on))
    return sa.func.coalesce(col(Item.own_due_on), days_after(milestone_day, col(Item.offset_days)), type_=sa.Date)


def overdue(today: date) -> Condition:
    """Return the condition of due.is_overdue."""
    return sa.and_(passed(today), accepted())


def past_unpromised(today: date) -> Condition:
    """Return the condition of due.is_past_unpromised."""
    return sa.and_(passed(today), sa.not_(accepted()))


def passed(today: date) -> Condition:
    """Return the condition of due.has_passed."""
    return sa.and_(due_day() < today, is_open(), sa.not_(waits()))


def accepted() -> Condition:
    """Return the condition of status.is_accepted: the few owners and answers lead to their items."""
    return sa.or_(ownership(), _among(Asked, col(Asked.response).in_(TAKING_UP)))


def doubted() -> Condition:
    """Return the condition of status.doubt: it is closed, and a proposer or supporter disputes that or says partly."""
    return sa.and_(col(Item.progress).in_(CLOSED), col(Item.asker_view).in_(DOUBTS))


def is_open() -> Condition:
    """Return the condition that something is still expected."""
    return col(Item.progress).in_(OPEN)


def waits() -> Condition:
    """Return the condition that an open item was put forward with an "if" that has not come true."""
    return sa.and_(sa.func.coalesce(Item.condition, "") != "", col(Item.condition_met_on).is_(None), is_open())


def ownership(*further: Condition, state: OwnerState = OwnerState.ACCEPTED) -> Condition:
    """Return the condition that such a one has accepted to own the item, or stands to it in another state."""
    return _among(Ownership, col(Ownership.state) == state, *further)


def _among(table: Any, *conditions: Condition) -> Condition:
    """Return the condition that a row of the table is of the item: the few such rows lead to their items."""
    return col(Item.id).in_(sa.select(col(table.item_id)).where(*conditions))


def has_owner(state: OwnerState = OwnerState.ACCEPTED) -> Condition:
    """Return the condition that somebody has accepted to own the item, or stands to it in another state."""
    return sa.exists().where(col(Ownership.item_id) == col(Item.id), col(Ownership.state) == state)


def answers_for(person_id: int | sa.BindParameter[int]) -> Condition:
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
    return _among(Helper, col(Helper.person_id).in_(records_of(person_id)))


def followed_by(person_id: int) -> Condition:
    """Return the condition that the person follows the item."""
    return _among(Follow, col(Follow.person_id).in_(records_of(person_id)))


def open_to(person_id: int) -> Condition:
    """Return the condition that the person is asked to own it and has not answered, or that it is open and nobody's."""
    nobodys = sa.and_(is_open(), sa.not_(has_owner()), sa.not_(has_owner(OwnerState.ASKED)))
    return sa.or_(ownership(answers_for(person_id), state=OwnerState.ASKED), nobodys)


def of_register(body_id: int, sight: Sight) -> Condition:
    """Return the condition that an item is of that register and the reader may see it."""
    here, published = col(Item.body_id) == body_id, col(Item.visibility) == Visibility.PUBLISHED
    if sight.sees_all_of(body_id):
        return here
    return sa.and_(here, may_read(sight) if body_id in sight.only_rapporteur_in else published)


def may_read(sight: Sight) -> Condition:
    """Return the condition that the reader may see an item: it is published, or they read what is internal of it."""
    return sa.or_(col(Item.visibility) == Visibility.PUBLISHED, reads_inside(sight))


def reads_inside(sight: Sight) -> Condition:
    """Return the condition that the reader may see what is internal of an item, whoever else reads the rest.

    Its register's people do; a mere rapporteur only where it comes from their meetings, or is theirs to see done.
    """
    seen: list[Condition] = [col(Item.body_id).in_(sight.register_ids - sight.only_rapporteur_in)]
    if sight.only_rapporteur_in and sight.person_id is not None:
        his = sa.or_(_of_his_meetings(sight.person_id), _is_his(sight.person_id))
        seen.append(sa.and_(col(Item.body_id).in_(sight.only_rapporteur_in), his))
    return sa.or_(*seen)


def _of_his_meetings(person_id: int) -> Condition:
    """Return the condition that the item cites a meeting whose rapporteur the person is, or a position in it does."""
    named = col(MeetingRapporteur.person_id).in_(records_of(person_id))
    meetings = sa.select(col(MeetingRapporteur.meeting_id)).where(named)
    passages = sa.select(col(Passage.id)).join(Transcript, col(Transcript.id) == col(Passage.transcript_id))
    there = passages.where(col(Transcript.meeting_id).in_(meetings))
    cited = (_among(table, col(table.passage_id).in_(there)) for table in (ItemPassage, Position))
    return sa.or_(*cited)


def _is_his(person_id: int) -> Condition:
    """Return the condition that the person owns the item, is asked to, or helps."""
    asked = ownership(answers_for(person_id), state=OwnerState.ASKED)
    return sa.or_(owed_by(person_id), asked, helped_by(person_id))


def conditions(wanted: ItemFilter, today: date) -> Iterator[Condition]:
    """Yield what is asked of the items; the statement must join the item's milestone."""
    yield from _of_the_item(wanted)
    yield from _of_its_day(wanted, today)
    yield from _of_the_parties(wanted)
    yield from _of_the_reader(wanted)
    yield from wanted.further


def _of_the_reader(wanted: ItemFilter) -> Iterator[Condition]:
    if wanted.mine_of is not None:
        yield sa.or_(owed_by(wanted.mine_of), helped_by(wanted.mine_of))
    if wanted.followed_by is not None:
        yield followed_by(wanted.followed_by)
    if wanted.open_to is not None:
        yield open_to(wanted.open_to)


def _of_the_item(wanted: ItemFilter) -> Iterator[Condition]:
    for word in wanted.text.split():
        yield _has(word)
    if wanted.theme:
        yield col(Item.theme) == wanted.theme
    if wanted.kind:
        yield col(Item.kind) == wanted.kind
    if wanted.progress:
        yield col(Item.progress).in_(wanted.progress)
    if wanted.waiting:
        kind = None if wanted.waiting is NotStated.KIND else wanted.waiting
        yield sa.and_(col(Item.progress) == Progress.WAITING, col(Item.waiting_kind) == kind)
    if wanted.visibility:
        yield col(Item.visibility) == wanted.visibility
    if wanted.is_disputed:
        yield doubted()


def _of_its_day(wanted: ItemFilter, today: date) -> Iterator[Condition]:
    if wanted.milestone:
        yield col(Milestone.slug) == wanted.milestone
    if wanted.dated:
        yield _dated(wanted.dated)
    if wanted.due_before:
        yield sa.and_(due_day() < wanted.due_before, sa.not_(waits()))
    if wanted.is_overdue:
        yield overdue(today)
    if wanted.is_past_unpromised:
        yield past_unpromised(today)


def _dated(dated: DueFilter) -> Condition:
    match dated:
        case DueFilter.CONDITION:
            return waits()
        case DueFilter.OWN_DAY:
            return sa.and_(col(Item.own_due_on).is_not(None), sa.not_(waits()))
        case DueFilter.NO_DATE:
            return sa.and_(due_day().is_(None), sa.not_(waits()))


def _has(word: str) -> Condition:
    found = [col(Item.title).icontains(word, autoescape=True), col(Item.text).icontains(word, autoescape=True)]
    if (digits := word.removeprefix("#")).isdecimal() and len(digits) < 10:
        found.append(col(Item.number) == int(digits))
    return sa.or_(*found)


def _of_the_parties(wanted: ItemFilter) -> Iterator[Condition]:
    if wanted.owner:
        yield ownership(col(Ownership.party_id) == _party(wanted.owner))
    if wanted.is_unowned:
        yield sa.not_(has_owner())
    if wanted.party:
        his = _party(wanted.party)
        yield sa.or_(ownership(col(Ownership.party_id) == his), _among(Asked, col(Asked.party_id) == his))
    if wanted.group:
        yield col(Item.put_forward_by).in_(_parties_of_group(wanted.group))
    if wanted.put_forward_by:
        yield col(Item.put_forward_by) == _party(wanted.put_forward_by)
    for slug, stances in ((wanted.supported_by, FOR), (wanted.concern_of, AGAINST)):
        if slug:
            yield _among(Position, stands(stances), col(Position.party_id) == _party(slug))
    if wanted.asked or wanted.response:
        yield _among(Asked, *_of_the_asked(wanted))


def stands(stances: Iterable[Stance]) -> Condition:
    """Return the condition that a party took such a position: what others report of it counts for nobody."""
    return sa.and_(col(Position.stance).in_(stances), col(Position.reported_by).is_(None))


def _of_the_asked(wanted: ItemFilter) -> Iterator[Condition]:
    if wanted.asked:
        yield col(Asked.party_id) == _party(wanted.asked)
    if wanted.response:
        yield col(Asked.response) == wanted.response


def _party(slug: str) -> sa.ScalarSelect[int | None]:
    return sa.select(col(Party.id)).where(col(Party.slug) == slug).scalar_subquery()


def _parties_of_group(group: str) -> Any:
    """Select the parties that speak for a group: a person or a body its own, a class for nobody knows which."""
    its_group = sa.func.coalesce(Person.stakeholder_group, Body.stakeholder_group, "unknown")
    return (
        sa.select(col(Party.id))
        .outerjoin(Person, col(Party.person_id) == col(Person.id))
        .outerjoin(Body, col(Party.body_id) == col(Body.id))
        .where(its_group == group)
    )


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
