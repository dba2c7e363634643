"""Exporting items of a register as lines of a file; the number of statements does not grow with the items."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.clock import day_in
from tracker.db import lookup
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
from tracker.items.lines import milestones_of
from tracker.items.models import Item, ItemPassage
from tracker.items.party_models import Addressee, Helper, Ownership, OwnerState, Position
from tracker.items.party_names import names_volunteers, stand_ins
from tracker.items.reported_words import proposer_and_reported
from tracker.items.status import is_closed
from tracker.meetings.models import Meeting, Milestone
from tracker.meetings.queries import may_read_meeting
from tracker.people.models import Body, Party, Person
from tracker.people.queries import Sight
from tracker.tables.text_tables import write_csv, write_jsonl
from tracker.transcripts.models import Passage, Transcript
from tracker.updates.models import Update
from tracker.updates.queries import not_taken_back

ENDINGS = (".jsonl", ".csv", ".xlsx")


@dataclass(frozen=True)
class _ItemParts:
    """Everything that the lines of some items are made of, by the ids of rows."""

    zone: str
    parties: dict[int, str]
    #: the slugs of parties as owners: to readers outside the register a body stands for a volunteer
    owner_slugs: dict[int, str]
    #: the same of addressees; a party that is not in it is left out
    addressee_slugs: dict[int, str]
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
    """Return the lines of these items of the register, in the order given.

    With `sight` passages of meetings that the reader may not see are left out, and readers outside the register do not
    learn who volunteers for an item, for which `today` is needed. Positions and updates are complete in any case.
    """
    parts = _read_parts(session, register, items, sight)
    if not names_volunteers(sight, register.id):
        if today is None:
            raise ValueError("without today nobody knows in which body a volunteer serves")
        parts = _without_volunteers(session, register, parts, today)
    return [_cells(item, parts) for item in items]


def _without_volunteers(session: Session, register: Body, parts: _ItemParts, today: date) -> _ItemParts:
    """Name a body in place of each owner and addressee, and no helpers; a person without a role is left out."""
    owners = {row.party_id for rows in parts.owners.values() for row in rows}
    addressees = {row.party_id for rows in parts.addressed_to.values() for row in rows}
    bodies = stand_ins(session, register.id, owners | addressees, today)
    owner_slugs = parts.parties | {party: body.slug for party, body in bodies.items()}
    addressee_slugs = {party: slug for party, slug in parts.parties.items() if party not in bodies}
    addressee_slugs |= {party: body.slug for party, body in bodies.items() if body.is_served}
    return replace(parts, helpers={}, owner_slugs=owner_slugs, addressee_slugs=addressee_slugs)


def items_of(session: Session, body_id: int | None) -> Sequence[Item]:
    """Return every item of the register, internal ones too, by number."""
    return session.exec(select(Item).where(col(Item.body_id) == body_id).order_by(col(Item.number))).all()


def _read_parts(session: Session, register: Body, items: Sequence[Item], sight: Sight | None) -> _ItemParts:
    item_ids = [item.id for item in items]

    def of_items(table: Any) -> Any:
        return select(table).where(col(table.item_id).in_(item_ids))

    passages = session.exec(of_items(ItemPassage).order_by(col(ItemPassage.passage_id))).all()
    positions = session.exec(of_items(Position).order_by(col(Position.id))).all()
    addressees = session.exec(of_items(Addressee).order_by(col(Addressee.id)))
    accepted = of_items(Ownership).where(col(Ownership.state) == OwnerState.ACCEPTED)
    helpers = session.exec(of_items(Helper).order_by(col(Helper.person_id)))
    updates = of_items(Update).where(not_taken_back())
    slugs = _slugs(session, Party)
    return _ItemParts(
        zone=register.timezone,
        parties=slugs,
        owner_slugs=slugs,
        addressee_slugs=slugs,
        people=_slugs(session, Person),
        milestones=milestones_of(session, items),
        places=_places(session, {row.passage_id for row in (*passages, *positions)}, sight),
        addressed_to=_by_item(addressees),
        owners=_by_item(session.exec(accepted.order_by(col(Ownership.id)))),
        helpers=_by_item(helpers),
        passages=_by_item(passages),
        positions=_by_item(positions),
        updates=_by_item(session.exec(updates.order_by(col(Update.made_at), col(Update.id)))),
    )


def _by_item(rows: Iterable[Any]) -> dict[int, list[Any]]:
    by_item: dict[int, list[Any]] = {}
    for row in rows:
        by_item.setdefault(row.item_id, []).append(row)
    return by_item


def _slugs(session: Session, table: type[Party] | type[Person]) -> dict[int, str]:
    return dict(session.exec(select(table.id, table.slug)).all())


def _places(session: Session, cited: set[int | None], sight: Sight | None) -> dict[int, FilePlace]:
    """Return the places of these passages, by id; of meetings only those that the reader may see."""
    statement = select(Passage).where(col(Passage.id).in_(cited))
    if sight is not None:
        statement = (
            statement.outerjoin(Transcript, col(Passage.transcript_id) == col(Transcript.id))
            .outerjoin(Meeting, col(Transcript.meeting_id) == col(Meeting.id))
            .where(sa.or_(col(Meeting.id).is_(None), may_read_meeting(sight)))
        )
    return {row.id: FilePlace(row.sha256, row.start, row.end) for row in session.exec(statement)}


def _cells(item: Item, parts: _ItemParts) -> ItemCells:
    milestone = lookup(parts.milestones, item.milestone_id)
    addressed_to = [row for row in parts.addressed_to.get(item.id, []) if row.party_id in parts.addressee_slugs]
    proposer, reported_of = proposer_and_reported(item, lookup(parts.parties, item.put_forward_by))
    copied = ("number", "title", "kind", "text", "capacity", "capacity_of", "channel", "condition", "progress")
    cells = ItemCells.model_construct(
        **{name: getattr(item, name) for name in (*copied, "waiting_kind", "promised_on", "theme", "visibility")},
        put_forward_by=proposer,
        reported_of=reported_of,
        reported_by=lookup(parts.people, item.reported_by),
        addressed_to=tuple(parts.addressee_slugs[row.party_id] for row in addressed_to),
        response=_shortest(tuple(row.response for row in addressed_to)),
        helpers=tuple(sorted(parts.people[row.person_id] for row in parts.helpers.get(item.id, []))),
        due_on=due_on(item, milestone),
        passages=tuple(sorted(_cited(item.id, parts))),
        created_on=day_in(parts.zone, item.created_at),
        positions=tuple(_position(row, parts) for row in parts.positions.get(item.id, [])),
        updates=tuple(_update(row, parts) for row in parts.updates.get(item.id, [])),
    )
    owners = parts.owners.get(item.id)
    if owners:
        cells.owner = parts.owner_slugs[owners[-1].party_id]
    if milestone:
        cells.milestone = milestone.slug
        cells.offset_days = item.offset_days
        cells.due_from = item.due_from
    if is_closed(item.progress):
        cells.proposers_view = item.proposer_view
    return cells


def _cited(item_id: int, parts: _ItemParts) -> list[FilePlace]:
    cited = [row.passage_id for row in parts.passages.get(item_id, [])]
    return [parts.places[passage_id] for passage_id in cited if passage_id in parts.places]


def _shortest(responses: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return one response where all are the same: the file then says it once."""
    if len(set(responses)) == 1:
        # Addressees may come and go in a spreadsheet; one word for all then still fits.
        return responses[:1]
    return responses


def _position(row: Position, parts: _ItemParts) -> PositionCells:
    return PositionCells.model_construct(
        **{name: getattr(row, name) for name in ("stance", "condition", "capacity", "capacity_of", "channel")},
        party=parts.parties[row.party_id],
        reported_by=lookup(parts.people, row.reported_by),
        passage=lookup(parts.places, row.passage_id),
    )


def _update(row: Update, parts: _ItemParts) -> UpdateCells:
    return UpdateCells.model_construct(
        on=day_in(parts.zone, row.made_at),
        by=lookup(parts.people, row.author_id),
        note=row.note,
        progress=row.progress,
    )


def write_items(cells: Sequence[ItemCells], ending: str) -> bytes:
    """Return the bytes of a file that holds these items: ".jsonl", ".csv" or ".xlsx".

    Raises Refused for another ending, and for a text that is too long for a workbook.
    """
    match ending:
        case ".jsonl":
            return write_jsonl(write_cells(line) | write_further(line) for line in cells).encode()
        case ".csv":
            return write_csv(COLUMNS, map(write_cells, cells)).encode()
        case ".xlsx":
            # openpyxl takes memory that a server which makes no workbooks can save.
            from tracker.tables.workbooks import write_workbook  # noqa: PLC0415

            return write_workbook(COLUMNS, map(write_cells, cells))
    raise Refused("A file of that ending cannot be written: give %(endings)s.", endings=", ".join(ENDINGS))
