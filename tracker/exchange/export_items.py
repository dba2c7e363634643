"""Items of a register as they leave for a file: read in a number of statements that does not grow with the items."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.clock import day_in
from tracker.errors import Refused
from tracker.exchange.columns import (
    COLUMNS,
    FilePlace,
    ItemCells,
    PositionCells,
    UpdateCells,
    write_cells,
    write_further,
)
from tracker.items.due import due_on
from tracker.items.models import Addressee, Helper, Item, ItemPassage, Ownership, OwnerState, Position
from tracker.items.party_names import names_volunteers, stand_ins
from tracker.items.queries import milestones_of
from tracker.items.status import is_closed
from tracker.later import later
from tracker.meetings.models import Meeting, Milestone
from tracker.meetings.queries import may_read_meeting
from tracker.people.models import Body, Party, Person
from tracker.people.queries import Sight
from tracker.tables.text_tables import write_csv, write_jsonl
from tracker.transcripts.models import Passage, Transcript
from tracker.updates.models import Update
from tracker.updates.queries import not_taken_back


@dataclass(frozen=True)
class _ItemParts:
    """Everything that the lines of some items are made of, by the numbers of rows."""

    zone: str
    parties: dict[int, str]
    #: what parties are called as owners
    owning: dict[int, str]
    people: dict[int, str]
    milestones: dict[int, Milestone]
    places: dict[int, FilePlace]
    addressed_to: dict[int, list[Addressee]]
    owners: dict[int, list[Ownership]]
    helpers: dict[int, list[Helper]]
    passages: dict[int, list[ItemPassage]]
    positions: dict[int, list[Position]]
    updates: dict[int, list[Update]]


def item_cells(
    session: Session,
    register: Body,
    items: Sequence[Item],
    sight: Sight | None = None,
    *,
    today: date | None = None,
) -> list[ItemCells]:
    """Return these items of the register as the lines of a file hold them, in the order given.

    For a reader, today, without passages of meetings that they may not see, and for those outside the register
    without the names of volunteers; positions and updates are whole all the same.
    """
    shelf = _shelf(session, register, items, sight)
    if not names_volunteers(sight, register.id):
        if today is None:
            raise ValueError("which body a volunteer serves in is asked of a day")
        shelf = _by_body(session, register, shelf, today)
    return [_cells(item, shelf) for item in items]


def _by_body(session: Session, register: Body, shelf: _ItemParts, today: date) -> _ItemParts:
    """Leave out who works for the items: a body stands for an owner, nobody for helpers."""
    owners = {row.party_id for rows in shelf.owners.values() for row in rows}
    instead = stand_ins(session, register.id, owners, today)
    return replace(shelf, helpers={}, owning=shelf.parties | {party: body.slug for party, body in instead.items()})


def items_of(session: Session, body_id: int | None) -> Sequence[Item]:
    """Return every item of the register, internal ones too, by number."""
    return session.exec(select(Item).where(col(Item.body_id) == body_id).order_by(col(Item.number))).all()


def _shelf(session: Session, register: Body, items: Sequence[Item], sight: Sight | None) -> _ItemParts:
    numbers = [item.id for item in items]

    def parts(table: Any, *order: Any, where: Any = True) -> dict[int, list[Any]]:
        rows = session.exec(select(table).where(col(table.item_id).in_(numbers), where).order_by(*order))
        return _by_item(rows)

    passages = parts(ItemPassage, col(ItemPassage.passage_id))
    positions = parts(Position, col(Position.id))
    cited = {row.passage_id for part in (passages, positions) for rows in part.values() for row in rows}
    slugs = _slugs(session, Party)
    return _ItemParts(
        zone=register.timezone,
        parties=slugs,
        owning=slugs,
        people=_slugs(session, Person),
        milestones=milestones_of(session, items),
        places=_places(session, cited, sight),
        addressed_to=parts(Addressee, col(Addressee.id)),
        owners=parts(Ownership, col(Ownership.id), where=col(Ownership.state) == OwnerState.ACCEPTED),
        helpers=parts(Helper, col(Helper.person_id)),
        passages=passages,
        positions=positions,
        updates=parts(Update, col(Update.made_at), col(Update.id), where=not_taken_back()),
    )


def _by_item(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(row)
    return found


def _slugs(session: Session, table: type[Party] | type[Person]) -> dict[int, str]:
    return {number: slug for number, slug in session.exec(select(table.id, table.slug)) if number is not None}


def _places(session: Session, cited: set[int | None], sight: Sight | None) -> dict[int, FilePlace]:
    statement = select(Passage).where(col(Passage.id).in_(cited))
    if sight is not None:
        statement = (
            statement.outerjoin(Transcript, col(Passage.transcript_id) == col(Transcript.id))
            .outerjoin(Meeting, col(Transcript.meeting_id) == col(Meeting.id))
            .where(sa.or_(col(Meeting.id).is_(None), may_read_meeting(sight)))
        )
    return {row.id: FilePlace(row.sha256, row.start, row.end) for row in session.exec(statement)}


def _cells(item: Item, shelf: _ItemParts) -> ItemCells:
    number = item.id
    milestone = shelf.milestones.get(item.milestone_id or 0)
    addressed_to = shelf.addressed_to.get(number, [])
    owners = shelf.owners.get(number, [])
    copied = ("number", "title", "kind", "text", "capacity", "capacity_of", "channel", "condition", "progress")
    return ItemCells.model_construct(
        **{name: getattr(item, name) for name in (*copied, "waiting_kind", "promised_on", "theme", "visibility")},
        put_forward_by=shelf.parties.get(item.put_forward_by or 0),
        reported_by=shelf.people.get(item.reported_by or 0),
        addressed_to=tuple(shelf.parties[one.party_id] for one in addressed_to),
        response=_shortest(tuple(one.response for one in addressed_to)),
        owner=shelf.owning[owners[-1].party_id] if owners else None,
        helpers=tuple(sorted(shelf.people[one.person_id] for one in shelf.helpers.get(number, []))),
        milestone=milestone.slug if milestone else None,
        offset_days=item.offset_days if milestone else 0,
        due_on=due_on(item, milestone),
        passages=tuple(sorted(_cited(number, shelf), key=_by_place)),
        created_on=day_in(shelf.zone, item.created_at),
        proposers_view=item.proposer_view if is_closed(item.progress) else None,
        positions=tuple(_position(one, shelf) for one in shelf.positions.get(number, [])),
        updates=tuple(_update(one, shelf) for one in shelf.updates.get(number, [])),
    )


def _cited(number: int, shelf: _ItemParts) -> list[FilePlace]:
    cited = [row.passage_id for row in shelf.passages.get(number, [])]
    return [shelf.places[passage] for passage in cited if passage in shelf.places]


def _by_place(place: FilePlace) -> tuple[str, int, int]:
    return place.sha256, place.start, place.end


def _shortest(responses: tuple[Any, ...]) -> tuple[Any, ...]:
    """Say once what all have answered."""
    if len(set(responses)) == 1:
        return responses[:1]
    return responses


def _position(row: Position, shelf: _ItemParts) -> PositionCells:
    return PositionCells.model_construct(
        **{name: getattr(row, name) for name in ("stance", "condition", "capacity", "capacity_of", "channel")},
        party=shelf.parties[row.party_id],
        reported_by=shelf.people.get(row.reported_by or 0),
        passage=shelf.places.get(row.passage_id or 0),
    )


def _update(row: Update, shelf: _ItemParts) -> UpdateCells:
    return UpdateCells.model_construct(
        on=day_in(shelf.zone, row.made_at),
        by=shelf.people.get(row.author_id or 0),
        note=row.note,
        progress=row.progress,
    )


_workbook = later("tracker.tables.workbooks", "write_workbook")
ENDINGS = (".jsonl", ".csv", ".xlsx")


def write_items(cells: Sequence[ItemCells], ending: str) -> bytes:
    """Return a file of that ending that holds these items.

    Raises Refused for another ending, and where a text does not fit into a workbook.
    """
    match ending:
        case ".jsonl":
            return write_jsonl(write_cells(one) | write_further(one) for one in cells).encode()
        case ".csv":
            return write_csv(COLUMNS, map(write_cells, cells)).encode()
        case ".xlsx":
            return bytes(_workbook(COLUMNS, map(write_cells, cells)))
    raise Refused("A file of that ending cannot be written: give %(endings)s.", endings=", ".join(ENDINGS))
