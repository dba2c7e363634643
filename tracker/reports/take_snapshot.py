"""Takes the picture of a register: reads how it stood on a day and turns that into plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from tracker.db import lookup
from tracker.items.due import due_of
from tracker.items.models import Item
from tracker.items.party_models import Position
from tracker.items.reported_words import is_own, proposer_and_reported
from tracker.items.status import is_accepted
from tracker.meetings.models import Milestone, Visibility
from tracker.people.models import Body
from tracker.reports.passage_quotes import quotes
from tracker.reports.past_names import PastName, bodies_served, names_of_parties, names_of_people
from tracker.reports.past_state import Past, register_at
from tracker.reports.replay import PastItem
from tracker.reports.snapshot import (
    Picture,
    Previous,
    ReportedAnswer,
    ReportedItem,
    ReportedMilestone,
    ReportedPosition,
    ReportedQuote,
    Scope,
)

#: columns of an item that a report holds under the same names
TAKEN_OVER = (
    "number", "kind", "progress", "theme", "capacity", "capacity_of", "channel", "condition", "condition_met_on",
    "progress_reason", "done_count", "total_count", "waiting_kind", "promised_on", "proposer_view",
)  # fmt: skip
#: in place of a proposer, where none is recorded
_NO_PROPOSER = PastName(key="", name="", group="unknown")


@dataclass(frozen=True)
class SnapshotRequest:
    """Which picture: for which milestone (slug), of which day, after which event, with which items."""

    milestone: str
    as_of: date
    through: int
    scope: Scope = Scope.PUBLISHED
    #: with positions and passages; figures need neither
    in_full: bool = True
    #: a public one holds what was withdrawn since, as the report issued then does
    with_withdrawn: bool = False


@dataclass(frozen=True)
class _SharedFacts:
    """What all items share: names, calendar, passages."""

    zone: ZoneInfo
    scope: Scope
    past: Past
    parties: dict[int, PastName]
    served: dict[int, PastName]
    positions: dict[int, tuple[Position, ...]]
    quotes: dict[int, tuple[ReportedQuote, ...]]


def take(session: Session, body: Body, request: SnapshotRequest, previous: Previous | None = None) -> Picture:
    """Return the picture of the register."""
    past = register_at(session, body.id, request.through)
    visible_items = [past_item for past_item in past.items if _is_visible(past_item, request)]
    facts = _shared_facts(session, body, request, past, visible_items)
    entries = tuple(_entry(past_item, facts) for past_item in visible_items)
    return Picture(
        body=body.slug,
        body_name=body.name,
        milestone=request.milestone,
        as_of=request.as_of,
        scope=request.scope,
        events_through=request.through,
        entries=entries,
        points=_points(_calendar(past, request, entries)),
        names=_names(session, facts, entries),
        left_out=len(past.items) - len(visible_items),
        previous=previous,
    )


def _is_visible(past_item: PastItem, request: SnapshotRequest) -> bool:
    """Tell whether the picture holds the item: a public one what was published then, and is today."""
    if request.scope is Scope.INTERNAL:
        return True
    was_published = past_item.item.visibility is Visibility.PUBLISHED
    return was_published and (past_item.is_published_now or request.with_withdrawn)


def _calendar(past: Past, request: SnapshotRequest, entries: Iterable[ReportedItem]) -> list[Milestone]:
    """Return the milestones that the picture holds: of an internal one all, else its own and those of its items."""
    milestones = list(past.milestones.values())
    if request.scope is Scope.INTERNAL:
        return milestones
    # The others would tell outsiders of internal work, as on the page of the calendar.
    public = {request.milestone, *(entry.milestone for entry in entries)}
    return [milestone for milestone in milestones if milestone.slug in public]


def _points(milestones: Iterable[Milestone]) -> tuple[ReportedMilestone, ...]:
    # By their number where two begin on one day, so that the same register always gives the same bytes.
    in_order = sorted(milestones, key=lambda row: (row.starts_on, row.id))
    return tuple(
        ReportedMilestone(row.slug, row.title, row.starts_on, row.ends_on, row.place, row.tentative) for row in in_order
    )


def _shared_facts(
    session: Session, body: Body, request: SnapshotRequest, past: Past, items: Sequence[PastItem]
) -> _SharedFacts:
    positions: dict[int, tuple[Position, ...]] = {}
    passages: dict[int, tuple[ReportedQuote, ...]] = {}
    if request.in_full:
        positions = _positions(session, body.id)
        passages = quotes(session, body.id, request.scope, past.internal_meetings)
    takers = {position.party_id for of_item in positions.values() for position in of_item}
    names = names_of_parties(session, _party_ids(items) | takers)
    # Only whoever works on an item appears as a body; proposers spoke in public and are named.
    working = {party for past_item in items for party in (past_item.owner, past_item.item.waiting_for) if party}
    working |= {party for past_item in items for party in past_item.answers}
    volunteers = {names[party].person_id for party in working}
    return _SharedFacts(
        zone=ZoneInfo(body.timezone),
        scope=request.scope,
        past=past,
        parties=names,
        served=bodies_served(session, body.id, [person for person in volunteers if person], request.as_of),
        positions=positions,
        quotes=passages,
    )


def _party_ids(items: Sequence[PastItem]) -> set[int]:
    """Return the parties that the items name: proposers, owners, addressees, and whom they wait for."""
    ids = set[int | None]()
    for past_item in items:
        item = past_item.item
        ids |= {item.put_forward_by, item.waiting_for, past_item.owner, *past_item.answers}
    return {party_id for party_id in ids if party_id is not None}


def _positions(session: Session, body_id: int) -> dict[int, tuple[Position, ...]]:
    """Return the positions taken on each of the register's items, by item."""
    by_item: dict[int, tuple[Position, ...]] = {}
    statement = select(Position).join(Item).where(col(Item.body_id) == body_id).order_by(col(Position.id))
    for position in session.exec(statement):
        by_item[position.item_id] = (*by_item.get(position.item_id, ()), position)
    return by_item


def _entry(past_item: PastItem, facts: _SharedFacts) -> ReportedItem:
    item = past_item.item
    milestone = lookup(facts.past.milestones, item.milestone_id)
    named = lookup(facts.parties, item.put_forward_by) or _NO_PROPOSER
    proposer, reported_of = proposer_and_reported(item, named.key or None)
    is_owned = past_item.owner is not None
    due = due_of(item, milestone)
    return ReportedItem(
        **{name: getattr(item, name) for name in TAKEN_OVER},
        title=item.title or "…",
        text=item.text or "",
        created_on=_day(item.created_at, facts),
        put_forward_by=proposer,
        reported_of=reported_of,
        group=_counted_group(item, named),
        reported_by=_person_key(item.reported_by),
        waiting_for=_working(item.waiting_for, facts),
        due_on=due.day if due else None,
        in_time_until=due.in_time_until if due else None,
        milestone=_slug(milestone),
        is_internal=item.visibility is Visibility.INTERNAL,
        last_news_on=_last_news_on(item, facts),
        owner=_working(past_item.owner, facts),
        is_owned=is_owned,
        is_accepted=is_accepted(is_owned, (state for state, _ in past_item.answers.values())),
        answers=tuple(ReportedAnswer(_addressee(party, facts), *answer) for party, answer in past_item.answers.items()),
        stands=tuple(_stand(row, facts) for row in facts.positions.get(item.id, ())),
        quotes=facts.quotes.get(item.id, ()),
    )


def _counted_group(item: Item, proposer: PastName) -> str:
    """Return the stakeholder group that the item counts for; what is reported of a party counts for none."""
    if is_own(item):
        return proposer.group
    return _NO_PROPOSER.group


def _slug(milestone: Milestone | None) -> str | None:
    if milestone is None:
        return None
    return milestone.slug


def _last_news_on(item: Item, facts: _SharedFacts) -> date | None:
    news = facts.past.news.get(item.id)
    if news is None:
        return None
    return _day(news, facts)


def _day(moment: datetime, facts: _SharedFacts) -> date:
    return moment.astimezone(facts.zone).date()


def _person_key(person: int | None) -> str | None:
    if person:
        return f"person:{person}"
    return None


def _working(number: int | None, facts: _SharedFacts) -> str | None:
    """Return the body that owns it or is waited for; of a person, the one they serve in: no volunteer is named."""
    if number is None:
        return None
    party = facts.parties[number]
    if party.person_id is None:
        return party.key
    body = facts.served.get(party.person_id)
    if body is None:
        return None
    return body.key


def _addressee(party: int, facts: _SharedFacts) -> str:
    """Return the party as the report names it: strangers read no volunteer beside what is overdue."""
    # The register’s own people know whom they asked.
    if facts.scope is Scope.INTERNAL:
        return facts.parties[party].key
    return _working(party, facts) or ""


def _stand(row: Position, facts: _SharedFacts) -> ReportedPosition:
    return ReportedPosition(
        party=facts.parties[row.party_id].key,
        stance=row.stance,
        condition=row.condition,
        capacity=row.capacity,
        capacity_of=row.capacity_of,
        reported_by=_person_key(row.reported_by),
        passage=row.passage_id,
    )


def _names(session: Session, facts: _SharedFacts, entries: Sequence[ReportedItem]) -> dict[str, str]:
    """Return the names of everybody whom the picture mentions, and of nobody else: it may be public."""
    mentioned = {key for entry in entries for key in _mentioned(entry)}
    named = {named.key: named.name for named in (*facts.parties.values(), *facts.served.values())}
    rest = names_of_people(session, [key for key in mentioned - named.keys() if key.startswith("person:")])
    # In the order of their keys: two pictures of one state are equal to the byte.
    return {key: name for key, name in sorted({**named, **rest}.items()) if key in mentioned}


def _mentioned(entry: ReportedItem) -> Iterable[str]:
    keys = [entry.put_forward_by, entry.reported_of, entry.reported_by, entry.waiting_for, entry.owner]
    keys += [answer.party for answer in entry.answers]
    keys += [key for stand in entry.stands for key in (stand.party, stand.reported_by)]
    keys += [quote.speaker for quote in entry.quotes]
    return (key for key in keys if key)
