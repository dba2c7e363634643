"""Items as the bytes of a file: JSON Lines, CSV or a workbook, by its ending."""

from collections.abc import Sequence

from tracker.errors import Refused
from tracker.exchange.columns import COLUMNS, ItemCells, write_cells, write_further
from tracker.later import later
from tracker.tables.text_tables import write_csv, write_jsonl

_workbook = later("tracker.tables.workbooks", "write_workbook")
ENDINGS = (".jsonl", ".csv", ".xlsx")


def written(cells: Sequence[ItemCells], ending: str) -> bytes:
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
