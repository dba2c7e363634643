"""Items as lines of a file: the columns, and what their cells may hold. Pure: parties and people stand as slugs."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from tracker.errors import Refused
from tracker.items.models import Capacity, Channel, DueFrom, ItemKind, Progress, ProposerView, WaitingKind
from tracker.items.party_models import ResponseState, Stance
from tracker.items.reported_words import proposer_and_reported
from tracker.meetings.models import Visibility
from tracker.tables.text_tables import TableRow

COLUMNS = (
    "number", "title", "kind", "text", "put_forward_by", "capacity", "addressed_to", "owner", "helpers", "progress",
    "response", "milestone", "offset_days", "due_on", "promised_on", "theme", "visibility", "passages", "created_on",
    "proposers_view",
)  # fmt: skip
#: what only JSON Lines hold, each where there is something to hold
FURTHER = (
    "capacity_of", "channel", "reported_of", "reported_by", "condition", "waiting_kind", "due_from", "positions",
    "updates",
)  # fmt: skip
#: of these, what is not written because it is usual
USUAL = (None, Channel.IN_THE_ROOM.value, DueFrom.FIRST_DAY.value)
#: columns whose empty cells change nothing; in the others an empty cell removes what is there
NEVER_EMPTY = frozenset({
    "number", "kind", "capacity", "channel", "progress", "visibility", "response", "promised_on", "created_on",
    "proposers_view", "due_from",
})  # fmt: skip
PASSAGE = re.compile(r"([0-9a-f]{64}):(\d{1,9})-(\d{1,9})")


@dataclass(frozen=True, order=True)
class FilePlace:
    """A range of characters of a transcript file, written sha256:start-end."""

    sha256: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.sha256}:{self.start}-{self.end}"


def _place(value: Any) -> Any:
    """Read "sha256:start-end"; raise ValueError for anything else."""
    match = PASSAGE.fullmatch(str(value))
    if match is None or int(match[2]) >= int(match[3]):
        raise ValueError("a passage is written sha256:start-end")
    return FilePlace(match[1], int(match[2]), int(match[3]))


def _parts(value: Any) -> Any:
    """Split "a;b" at its semicolons; a list stays as it is."""
    if value is None:
        return ()
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    return value


Many = BeforeValidator(_parts)
Line = Annotated[str, StringConstraints(max_length=300)]
Passage = Annotated[FilePlace, BeforeValidator(_place)]


class Cells(BaseModel):
    """The cells of a line; one that is missing was not given."""

    # A column that nobody knows is a typing error, and silence about it would lose what stands there.
    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


class PositionCells(Cells):
    """The position of a party."""

    party: Line
    stance: Stance
    condition: Line | None = None
    capacity: Capacity = Capacity.NOT_STATED
    capacity_of: Line | None = None
    channel: Channel = Channel.IN_THE_ROOM
    reported_by: Line | None = None
    passage: Passage | None = None


class UpdateCells(Cells):
    """A dated note; `by` is empty where its author is not known."""

    on: date
    by: Line | None = None
    note: Annotated[str, StringConstraints(max_length=20_000)] = ""
    progress: Progress | None = None


class ItemCells(Cells):
    """One item. Its number is left out where it is to get the register's next one."""

    number: Annotated[int, Field(ge=1, lt=2**31)] | None = None
    #: left out only where the item exists already
    title: Line | None = None
    kind: ItemKind = ItemKind.RECOMMENDATION
    text: Annotated[str, StringConstraints(max_length=20_000)] = ""
    #: whoever put it forward itself; a party of which somebody reported it stands in `reported_of`
    put_forward_by: Line | None = None
    capacity: Capacity = Capacity.NOT_STATED
    capacity_of: Line | None = None
    channel: Channel = Channel.IN_THE_ROOM
    reported_of: Line | None = None
    reported_by: Line | None = None
    condition: Line | None = None
    addressed_to: Annotated[tuple[Line, ...], Many] = ()
    owner: Line | None = None
    helpers: Annotated[tuple[Line, ...], Many] = ()
    progress: Progress = Progress.NOT_STARTED
    #: what kind of thing a waiting item waits for
    waiting_kind: WaitingKind | None = None
    #: one for all addressees, or one for each in their order
    response: Annotated[tuple[ResponseState, ...], Many] = ()
    milestone: Line | None = None
    offset_days: Annotated[int, Field(ge=-3660, le=3660)] = 0
    #: the day of the milestone that the offset counts from
    due_from: DueFrom = DueFrom.FIRST_DAY
    due_on: date | None = None
    promised_on: date | None = None
    theme: Line | None = None
    visibility: Visibility = Visibility.INTERNAL
    passages: Annotated[tuple[Passage, ...], Many] = ()
    created_on: date | None = None
    #: what proposers and supporters say of a closed item, so that no export calls a doubted item simply done
    proposers_view: ProposerView | None = None
    positions: tuple[PositionCells, ...] = ()
    updates: tuple[UpdateCells, ...] = ()

    def attributed(self) -> "ItemCells":
        """Return the cells with a proposer that only reports name in its own column, where no count finds it."""
        proposer, reported_of = proposer_and_reported(self, self.put_forward_by or self.reported_of)
        return self.model_copy(update={"put_forward_by": proposer, "reported_of": reported_of})

    def responses(self) -> dict[str, ResponseState]:
        """Return the response of each addressee, by its slug. Raises Refused where their numbers differ."""
        responses = self.response or (ResponseState.NOT_YET_SENT,)
        if len(responses) == 1:
            responses *= len(self.addressed_to)
        if len(responses) != len(self.addressed_to):
            raise Refused("Give one response for all addressees, or one for each.", "response")
        return dict(zip(self.addressed_to, responses, strict=True))


def read_cells(row: TableRow) -> ItemCells:
    """Return the cells of a row; raise Refused with line and column of the first cell that is not valid."""
    # An empty cell is no value: pydantic would take "" for a text that somebody wrote.
    filled = {name: value for name, value in row.values.items() if value not in (None, "")}
    try:
        return ItemCells.model_validate(filled)
    except ValidationError as error:
        first = error.errors()[0]
        place = " ".join(_step_name(step) for step in first["loc"])
        raise row.refusal(f"{place}: {first['msg'].removeprefix('Value error, ')}") from None


def _step_name(step: int | str) -> str:
    """Return a step to a cell as people count it: the first part of a list is 1."""
    if isinstance(step, int):
        return str(step + 1)
    return step


def given_columns(row: TableRow) -> set[str]:
    """Return the columns that are to change something: all but the empty cells of NEVER_EMPTY."""
    return {name for name, value in row.values.items() if name not in NEVER_EMPTY or value not in (None, "")}


def write_cells(cells: ItemCells, names: Sequence[str] = COLUMNS) -> dict[str, Any]:
    """Return the cells as plain values by column: lists joined by semicolons, days as 2013-02-28."""
    return {name: _plain(getattr(cells, name)) for name in names}


def write_further(cells: ItemCells) -> dict[str, Any]:
    """Return what only JSON Lines hold: positions, updates, and those of the others that are not at their default."""
    lists = {
        "positions": [_entry(position) for position in cells.positions],
        "updates": [_entry(update) for update in cells.updates],
    }
    values = {name: _plain(getattr(cells, name)) for name in FURTHER if name not in lists}
    return {name: value for name, value in values.items() if value not in USUAL} | lists


def _entry(cells: Cells) -> Mapping[str, Any]:
    return {name: _plain(getattr(cells, name)) for name in type(cells).model_fields}


def _plain(value: Any) -> Any:
    match value:
        case tuple():
            return ";".join(str(_plain(part)) for part in value)
        case date():
            return value.isoformat()
        case FilePlace():
            return str(value)
        case StrEnum():
            return value.value
    return value
