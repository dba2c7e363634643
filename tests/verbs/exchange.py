"""The verbs of exchange/."""

from tests.factories import NOW
from tests.verbs import World, case
from tracker.exchange import import_items
from tracker.tables.text_tables import TableRow


@case(import_items.import_items)
def _(world: World) -> None:
    rows = [TableRow(2, {"title": "Lend tools"})]
    import_items.import_items(world.session, rows, world.board, by=world.by, now=NOW)
