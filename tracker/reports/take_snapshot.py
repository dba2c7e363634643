"""Takes the picture of a register: reads how it stood and turns it into plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from tracker.items.due import due_on
from tracker.items.models import Item, Position
from tracker.items.status import is_accepted
from tracker.meetings.models import Milestone, Visibility
from tracker.people.models import Body
from tracker.reports.passage_quotes import quotes
from tracker.reports.past_names import PastName, bodies_served, names_of_parties, names_of_people
from tracker.reports.past_state import Past, register_at
from tracker.reports.replay import Stood
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


@dataclass(frozen=True)
class SnapshotRequest:
    """Which picture: for what, of which day, after which line of history, with what in it."""

    milestone: str
    as_of: date
    through: int
    scope: Scope = Scope.PUBLISHED
    #: with positions and passages; figures need neither
    in_full: bool = True


@dataclass(frozen=True)
class _SharedFacts:
    """What all items share: names, calendar, passages."""

    zone: ZoneInfo
    past: Past
    parties: dict[int, PastName]
    served: dict[int, PastName]
    stands: dict[int, tuple[Position, ...]]
    quotes: dict[int, tuple[ReportedQuote, ...]]


def take(session: Session, body: Body, wanted: SnapshotRequest, previous: Previous | None = None) -> Picture:
    """Return the picture of the register."""
    body_id = body.id
    past = register_at(session, body_id, wanted.through)
    shown = [stood for stood in past.items if _is_shown(stood.item, wanted.scope)]
    known = _known(session, body, wanted, past, shown)
    entries = tuple(_entry(stood, known) for stood in shown)
    return Picture(
        body=body.slug,
        body_name=body.name,
        milestone=wanted.milestone,
        as_of=wanted.as_of,
        scope=wanted.scope,
        events_through=wanted.through,
        entries=entries,
        points=_points(past.milestones.values()),
        names=_names(session, known, entries),
        left_out=len(past.items) - len(shown),
        previous=previous,
    )


def _is_shown(item: Item, scope: Scope) -> bool:
    return scope is Scope.INTERNAL or item.visibility is Visibility.PUBLISHED


def _points(milestones: Iterable[Milestone]) -> tuple[ReportedMilestone, ...]:
    in_order = sorted(milestones, key=lambda row: (row.starts_on, row.id))
    return tuple(
        ReportedMilestone(row.slug, row.title, row.starts_on, row.ends_on, row.place, row.tentative) for row in in_order
    )


def _known(session: Session, body: Body, wanted: SnapshotRequest, past: Past, shown: Sequence[Stood]) -> _SharedFacts:
    stands = _stands(session, body.id) if wanted.in_full else {}
    found = names_of_parties(session, _party_ids(shown) | {row.party_id for rows in stands.values() for row in rows})
    working = {party for stood in shown for party in (stood.owner, stood.item.waiting_for) if party}
    volunteers = {found[party].person_id for party in working}
    return _SharedFacts(
        zone=ZoneInfo(body.timezone),
        past=past,
        parties=found,
        served=bodies_served(session, body.id, [person for person in volunteers if person], wanted.as_of),
        stands=stands,
        quotes=quotes(session, body.id, wanted.scope) if wanted.in_full else {},
    )


def _party_ids(shown: Sequence[Stood]) -> set[int]:
    named = {number for stood in shown for number in (stood.item.put_forward_by, stood.item.waiting_for, stood.owner)}
    return {number for number in named if number} | {party for stood in shown for party in stood.answers}


def _stands(session: Session, body_id: int) -> dict[int, tuple[Position, ...]]:
    found: dict[int, tuple[Position, ...]] = {}
    statement = select(Position).join(Item).where(col(Item.body_id) == body_id).order_by(col(Position.id))
    for row in session.exec(statement):
        found[row.item_id] = (*found.get(row.item_id, ()), row)
    return found


def _entry(stood: Stood, known: _SharedFacts) -> ReportedItem:
    item = stood.item
    item_id = stood.item.id
    milestone = known.past.milestones.get(item.milestone_id or 0)
    proposer = known.parties.get(item.put_forward_by or 0)
    news = known.past.news.get(item_id)
    return ReportedItem(
        number=item.number,
        title=item.title or "…",
        kind=item.kind,
        progress=item.progress,
        created_on=_day(item.created_at, known),
        text=item.text or "",
        theme=item.theme,
        put_forward_by=proposer.key if proposer else None,
        group=proposer.group if proposer else "unknown",
        capacity=item.capacity,
        capacity_of=item.capacity_of,
        channel=item.channel,
        reported_by=_person_key(item.reported_by),
        condition=item.condition,
        condition_met_on=item.condition_met_on,
        progress_reason=item.progress_reason,
        done_count=item.done_count,
        total_count=item.total_count,
        waiting_for=_working(item.waiting_for, known),
        waiting_kind=item.waiting_kind,
        due_on=due_on(item, milestone),
        milestone=milestone.slug if milestone else None,
        promised_on=item.promised_on,
        proposer_view=item.proposer_view,
        is_internal=item.visibility is Visibility.INTERNAL,
        last_news_on=_day(news, known) if news else None,
        owner=_working(stood.owner, known),
        is_owned=stood.owner is not None,
        is_accepted=is_accepted(stood.owner is not None, (state for state, _ in stood.answers.values())),
        answers=tuple(ReportedAnswer(known.parties[party].key, *answer) for party, answer in stood.answers.items()),
        stands=tuple(_stand(row, known) for row in known.stands.get(item_id, ())),
        quotes=known.quotes.get(item_id, ()),
    )


def _day(moment: datetime, known: _SharedFacts) -> date:
    return moment.astimezone(known.zone).date()


def _key(party: int | None, known: _SharedFacts) -> str | None:
    if party:
        return known.parties[party].key
    return None


def _person_key(person: int | None) -> str | None:
    if person:
        return f"person:{person}"
    return None


def _working(number: int | None, known: _SharedFacts) -> str | None:
    """Return the body that owns it or is waited for; of a person, the one they serve in: no volunteer is named."""
    party = known.parties[number] if number else None
    if party is None or party.person_id is None:
        if party:
            return party.key
        return None
    body = known.served.get(party.person_id)
    if body:
        return body.key
    return None


def _stand(row: Position, known: _SharedFacts) -> ReportedPosition:
    return ReportedPosition(
        party=known.parties[row.party_id].key,
        stance=row.stance,
        condition=row.condition,
        capacity=row.capacity,
        capacity_of=row.capacity_of,
        reported_by=_person_key(row.reported_by),
        passage=row.passage_id,
    )


def _names(session: Session, known: _SharedFacts, entries: Sequence[ReportedItem]) -> dict[str, str]:
    """Return the names of everybody whom the picture mentions, and of nobody else."""
    mentioned = {key for entry in entries for key in _mentioned(entry)}
    named = {named.key: named.name for named in (*known.parties.values(), *known.served.values())}
    rest = names_of_people(session, [key for key in mentioned - named.keys() if key.startswith("person:")])
    return {key: name for key, name in sorted({**named, **rest}.items()) if key in mentioned}


def _mentioned(entry: ReportedItem) -> Iterable[str]:
    keys = [entry.put_forward_by, entry.reported_by, entry.waiting_for, entry.owner]
    keys += [answer.party for answer in entry.answers]
    keys += [key for stand in entry.stands for key in (stand.party, stand.reported_by)]
    keys += [quote.speaker for quote in entry.quotes]
    return (key for key in keys if key)
