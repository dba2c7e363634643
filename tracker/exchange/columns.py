"""Items as lines of a table: the columns, and what their cells may hold. Pure: parties by their slugs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from tracker.errors import Refused
from tracker.items.models import (
    Capacity,
    Channel,
    ItemKind,
    Progress,
    ProposerView,
    ResponseState,
    Stance,
    WaitingKind,
)
from tracker.meetings.models import Visibility
from tracker.tables.text_tables import TableRow

COLUMNS = (
    "number", "title", "kind", "text", "put_forward_by", "capacity", "addressed_to", "owner", "helpers", "progress",
    "response", "milestone", "offset_days", "due_on", "promised_on", "theme", "visibility", "passages", "created_on",
    "proposers_view",
)  # fmt: skip
#: what JSON Lines hold besides, where there is something to hold
FURTHER = ("capacity_of", "channel", "reported_by", "condition", "waiting_kind", "positions", "updates")
#: of these an empty cell says nothing
NEVER_EMPTY = frozenset(
    {
        "number",
        "kind",
        "capacity",
        "channel",
        "progress",
        "visibility",
        "response",
        "promised_on",
        "created_on",
        "proposers_view",
    }
)  # fmt: skip
PASSAGE = re.compile(r"([0-9a-f]{64}):(\d{1,9})-(\d{1,9})")


@dataclass(frozen=True)
class FilePlace:
    """A range of characters of a file, written sha256:start-end."""

    sha256: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.sha256}:{self.start}-{self.end}"


def _place(value: Any) -> Any:
    """Read "sha256:start-end"."""
    found = PASSAGE.fullmatch(value) if isinstance(value, str) else None
    if found is None or int(found[2]) >= int(found[3]):
        raise ValueError("a passage is written sha256:start-end")
    return FilePlace(found[1], int(found[2]), int(found[3]))


def _parts(value: Any) -> Any:
    """Take "a;b" apart; a list is taken as it is."""
    if value is None:
        return ()
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    return value


Many = BeforeValidator(_parts)
Line = Annotated[str, StringConstraints(max_length=300)]
Passage = Annotated[FilePlace, BeforeValidator(_place)]


class Cells(BaseModel):
    """What may stand in a line; what is not there was not given."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


class PositionCells(Cells):
    """Where a party stands."""

    party: Line
    stance: Stance
    condition: Line | None = None
    capacity: Capacity = Capacity.NOT_STATED
    capacity_of: Line | None = None
    channel: Channel = Channel.IN_THE_ROOM
    reported_by: Line | None = None
    passage: Passage | None = None


class UpdateCells(Cells):
    """A dated note; nobody is named where nobody known wrote it."""

    on: date
    by: Line | None = None
    note: Annotated[str, StringConstraints(max_length=20_000)] = ""
    progress: Progress | None = None


class ItemCells(Cells):
    """One item. Its number is left out where it is to get the next one."""

    number: Annotated[int, Field(ge=1, lt=2**31)] | None = None
    #: left out only where the item is there already
    title: Line | None = None
    kind: ItemKind = ItemKind.RECOMMENDATION
    text: Annotated[str, StringConstraints(max_length=20_000)] = ""
    put_forward_by: Line | None = None
    capacity: Capacity = Capacity.NOT_STATED
    capacity_of: Line | None = None
    channel: Channel = Channel.IN_THE_ROOM
    reported_by: Line | None = None
    condition: Line | None = None
    addressed_to: Annotated[tuple[Line, ...], Many] = ()
    owner: Line | None = None
    helpers: Annotated[tuple[Line, ...], Many] = ()
    progress: Progress = Progress.NOT_STARTED
    #: what kind of thing a waiting item waits for
    waiting_kind: WaitingKind | None = None
    #: one for all asked parties, or one for each in their order
    response: Annotated[tuple[ResponseState, ...], Many] = ()
    milestone: Line | None = None
    offset_days: Annotated[int, Field(ge=-3660, le=3660)] = 0
    due_on: date | None = None
    promised_on: date | None = None
    theme: Line | None = None
    visibility: Visibility = Visibility.INTERNAL
    passages: Annotated[tuple[Passage, ...], Many] = ()
    created_on: date | None = None
    #: of a closed item, what its proposers and supporters say; so that nothing leaves as done alone
    proposers_view: ProposerView | None = None
    positions: tuple[PositionCells, ...] = ()
    updates: tuple[UpdateCells, ...] = ()

    def responses(self) -> dict[str, ResponseState]:
        """Return what each asked party has answered, by its slug."""
        answers = self.response or (ResponseState.NOT_YET_SENT,)
        every = answers * len(self.addressed_to) if len(answers) == 1 else answers
        if len(every) != len(self.addressed_to):
            raise Refused("Give one for all asked parties, or as many as there are.", "response")
        return dict(zip(self.addressed_to, every, strict=True))


def read_cells(row: TableRow) -> ItemCells:
    """Return the cells of a row; raise Refused with line and column of the first that cannot be."""
    filled = {name: value for name, value in row.values.items() if value not in (None, "")}
    try:
        cells = ItemCells.model_validate(filled)
    except ValidationError as error:
        first = error.errors()[0]
        place = " ".join(str(step + 1) if isinstance(step, int) else step for step in first["loc"])
        raise row.refusal(f"{place}: {first['msg'].removeprefix('Value error, ')}") from None
    return cells


def given_columns(row: TableRow) -> set[str]:
    """Return the columns that say something: an empty cell empties, but where something must stand it says nothing."""
    return {name for name, value in row.values.items() if name not in NEVER_EMPTY or value not in (None, "")}


def write_cells(cells: ItemCells, names: Sequence[str] = COLUMNS) -> dict[str, Any]:
    """Return the cells as plain values by column: lists joined by semicolons, days as 2013-02-28."""
    return {name: _plain(getattr(cells, name)) for name in names}


def write_further(cells: ItemCells) -> dict[str, Any]:
    """Return what only JSON Lines hold: positions, updates, and those of the others that differ from nothing."""
    lists = {
        "positions": [_entry(one) for one in cells.positions],
        "updates": [_entry(one) for one in cells.updates],
    }
    told = {name: _plain(getattr(cells, name)) for name in FURTHER if name not in lists}
    return {name: value for name, value in told.items() if value not in (None, Channel.IN_THE_ROOM.value)} | lists


def _entry(cells: Cells) -> Mapping[str, Any]:
    return {name: _plain(getattr(cells, name)) for name in type(cells).model_fields}


def _plain(value: Any) -> Any:
    match value:
        case tuple():
            return ";".join(str(_plain(one)) for one in value)
        case date():
            return value.isoformat()
        case FilePlace():
            return str(value)
        case str():
            if hasattr(value, "value"):
                return str(value.value)
            return value
    return value
