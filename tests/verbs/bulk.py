"""The verbs of bulk/."""

from tests.factories import NOW
from tests.verbs import World, case
from tracker.bulk import changes as bulk_changes
from tracker.bulk.queries import last_events
from tracker.bulk.rules import BulkWish
from tracker.updates.models import BulkEdit


def in_bulk(world: World) -> BulkEdit:
    number, board = world.item.id, world.board.id
    seen = {world.item.number: last_events(world.session, [number])[number]}
    acting = {"today": NOW.date(), "by": world.by, "now": NOW}
    edit = bulk_changes.edit_items(world.session, board, seen, BulkWish(theme="hall"), world.ana, **acting).edit
    assert edit
    return edit


@case(bulk_changes.edit_items)
def _(world: World) -> None:
    in_bulk(world)


@case(bulk_changes.undo_bulk_edit)
def _(world: World) -> None:
    bulk_changes.undo_bulk_edit(world.session, in_bulk(world), world.ana, reason="Put back", by=world.by, now=NOW)
