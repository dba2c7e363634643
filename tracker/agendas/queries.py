"""Reading agendas: the points that the reader may see, and suggestions of what else to raise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.agendas.models import Agenda, AgendaEntry
from tracker.items.lines import ItemLine, NamedAddressee, lines
from tracker.items.list_conditions import Condition, doubted, due_day, ownership
from tracker.items.models import Item
from tracker.items.party_models import Addressee
from tracker.items.queries import item_by_number, read_inside
from tracker.items.reading_rules import may_read, of_register
from tracker.items.status import ANSWERED, OPEN, doubt, is_closed
from tracker.meetings.models import Milestone, Visibility
from tracker.meetings.queries import visible_to
from tracker.people.models import Body, Party
from tracker.people.queries import Sight

#: suggestions for one reason: a page of more would not be read
MOST_SUGGESTED = 12


@dataclass(frozen=True)
class AgendaPoint:
    """An item on an agenda, as the agenda's pages show it."""

    entry: AgendaEntry
    line: ItemLine
    #: the reader may see internal notes on it
    is_inside: bool = False

    @property
    def unanswered(self) -> tuple[NamedAddressee, ...]:
        """Return the addressees of an open item that have not answered yet."""
        # Nobody waits for an answer to what is closed.
        if is_closed(self.line.item.progress):
            return ()
        return tuple(party for party in self.line.addressees if party.response not in ANSWERED)

    @property
    def is_disputed(self) -> bool:
        """Tell whether a proposer or supporter doubts how it was closed."""
        return doubt(self.line.item.progress, self.line.item.proposer_view) is not None

    @property
    def is_unowned(self) -> bool:
        """Tell whether the item is open and has no owner."""
        return self.line.owner is None and not is_closed(self.line.item.progress)


class SuggestionReason(StrEnum):
    """Why an item is suggested for the agenda."""

    DUE = "due"
    ADDRESSED = "addressed-there"
    DISPUTED = "disputed"
    UNOWNED = "unowned"


@dataclass(frozen=True)
class SuggestedItems:
    """The first items that are suggested for one reason; `has_more` where there are others."""

    why: SuggestionReason
    lines: list[ItemLine]
    has_more: bool


def shown_agenda(session: Session, milestone: Milestone, sight: Sight) -> Agenda | None:
    """Return the milestone's agenda, a new one while it has no points; None where the reader may not see it."""
    # Most milestones never get an agenda, so its row is made with the first point.
    agenda = session.get(Agenda, milestone.id) or Agenda(milestone_id=milestone.id)
    if milestone.body_id in sight.register_ids or agenda.visibility is Visibility.PUBLISHED:
        return agenda
    return None


def agenda_points(session: Session, milestone: Milestone, sight: Sight, today: date) -> list[AgendaPoint]:
    """Return the points whose items the reader may see, in their order."""
    statement = (
        select(AgendaEntry, Item)
        .join(Item, col(Item.id) == col(AgendaEntry.item_id))
        .where(col(AgendaEntry.milestone_id) == milestone.id, of_register(milestone.body_id, sight))
        .order_by(col(AgendaEntry.position), col(AgendaEntry.id))
    )
    rows = session.exec(statement).all()
    # One list for all points, or each would ask the database by itself.
    item_lines = lines(session, [item for _, item in rows], today, sight)
    inside = read_inside(session, [item.id for _, item in rows], sight)
    return [
        AgendaPoint(entry, line, is_inside=entry.item_id in inside)
        for (entry, _), line in zip(rows, item_lines, strict=True)
    ]


def entry_of(session: Session, milestone: Milestone, number: int, sight: Sight) -> tuple[AgendaEntry, Item] | None:
    """Return the agenda point of the item of that number, with the item, if there is one that the reader may see."""
    item = item_by_number(session, milestone.body_id, number, sight)
    if item is None:
        return None
    points = select(AgendaEntry).where(col(AgendaEntry.milestone_id) == milestone.id)
    entry = session.exec(points.where(col(AgendaEntry.item_id) == item.id)).one_or_none()
    if entry is None:
        return None
    return entry, item


def agendas_of(session: Session, item: Item) -> list[tuple[AgendaEntry, Milestone]]:
    """Return the agenda points of an item with their milestones, in order of date."""
    statement = (
        select(AgendaEntry, Milestone)
        .join(Milestone, col(Milestone.id) == col(AgendaEntry.milestone_id))
        .where(col(AgendaEntry.item_id) == item.id)
        .order_by(col(Milestone.starts_on), col(Milestone.id))
    )
    return list(session.exec(statement))


def point_counts(session: Session, milestone: Milestone, sight: Sight) -> tuple[int, int]:
    """Return how many points of an agenda the reader sees, and how many of these have an outcome."""
    columns = sa.func.count(col(AgendaEntry.id)), sa.func.count(col(AgendaEntry.outcome))
    seen = col(AgendaEntry.milestone_id) == milestone.id, of_register(milestone.body_id, sight)
    statement = sa.select(*columns).join(Item, col(Item.id) == col(AgendaEntry.item_id)).where(*seen)
    agenda_points, noted = session.execute(statement).one()
    return agenda_points, noted


def points_to_raise(session: Session, body_id: int, sight: Sight) -> dict[int, int]:
    """Return by milestone id how many agenda points the reader sees; in one statement."""
    # It starts from the milestones and their points: of all items of the register only a few are on an agenda.
    return dict(session.exec(_to_raise(body_id, sight.alike)).all())


@lru_cache(maxsize=200)
def _to_raise(body_id: int, sight: Sight) -> Any:
    columns: Any = (AgendaEntry.milestone_id, sa.func.count(col(AgendaEntry.id)))
    return (
        select(*columns)
        .join(Milestone, col(Milestone.id) == col(AgendaEntry.milestone_id))
        .join(Agenda, col(Agenda.milestone_id) == col(Milestone.id))
        .join(Item, col(Item.id) == col(AgendaEntry.item_id))
        .where(
            col(Milestone.body_id) == body_id,
            visible_to(sight, Milestone.body_id, Agenda.visibility),
            may_read(sight),
        )
        .group_by(col(AgendaEntry.milestone_id))
    )


def suggestions(session: Session, milestone: Milestone, sight: Sight, today: date) -> list[SuggestedItems]:
    """Return items that might be raised at the milestone and are no points yet, each under its first reason."""
    suggested = list[SuggestedItems]()
    seen = set[int]()
    for why, condition in _reasons(milestone).items():
        items = _suggested(session, milestone, sight, condition, seen)
        seen |= {item.id for item in items}
        if items:
            first = lines(session, items[:MOST_SUGGESTED], today)
            suggested.append(SuggestedItems(why, first, has_more=len(items) > MOST_SUGGESTED))
    return suggested


def _suggested(
    session: Session, milestone: Milestone, sight: Sight, condition: Condition, seen: set[int]
) -> Sequence[Item]:
    is_point = sa.exists().where(
        col(AgendaEntry.milestone_id) == milestone.id, col(AgendaEntry.item_id) == col(Item.id)
    )
    statement = (
        select(Item)
        .outerjoin(Milestone, col(Milestone.id) == col(Item.milestone_id))
        .where(of_register(milestone.body_id, sight), condition, col(Item.id).not_in(seen))
        .where(~is_point)
        .order_by(due_day().asc().nulls_last(), col(Item.number))
    )
    return session.exec(statement.limit(MOST_SUGGESTED + 1)).all()


def _reasons(milestone: Milestone) -> dict[SuggestionReason, Condition]:
    is_open = col(Item.progress).in_(OPEN)
    return {
        SuggestionReason.DUE: sa.and_(is_open, due_day() <= milestone.ends_on),
        SuggestionReason.ADDRESSED: sa.and_(is_open, _is_addressed_to(milestone.body_id)),
        SuggestionReason.DISPUTED: doubted(),
        SuggestionReason.UNOWNED: sa.and_(is_open, ~ownership()),
    }


def _is_addressed_to(register_id: int) -> Condition:
    """Return the condition that the register, or a body of its own, is an addressee that has not answered."""
    bodies = sa.select(col(Body.id)).where(sa.or_(col(Body.id) == register_id, col(Body.parent_id) == register_id))
    parties = sa.select(col(Party.id)).where(col(Party.body_id).in_(bodies))
    addressed = sa.select(col(Addressee.item_id)).where(col(Addressee.party_id).in_(parties))
    return col(Item.id).in_(addressed.where(col(Addressee.response).not_in(ANSWERED)))
