"""The verbs of updates/."""

from tests.factories import NOW
from tests.verbs import World, case
from tracker.bulk import changes as bulk_changes
from tracker.bulk.queries import last_events
from tracker.bulk.rules import BulkWish
from tracker.exchange import import_items
from tracker.items.models import Progress
from tracker.meetings.models import Visibility
from tracker.tables.text_tables import TableRow
from tracker.updates import changes
from tracker.updates.models import BulkEdit, Update


def update(world: World) -> Update:
    return changes.record(
        world.session, world.item, world.ana, "Begun", progress=Progress.IN_PROGRESS, by=world.by, now=NOW
    )


@case(changes.record)
def _(world: World) -> None:
    update(world)


@case(changes.undo_update)
def _(world: World) -> None:
    changes.undo_update(world.session, update(world), world.ana, by=world.by, now=NOW)


@case(changes.revert_update)
def _(world: World) -> None:
    changes.revert_update(world.session, update(world), world.ana, by=world.by, now=NOW)


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


@case(changes.set_note_visibility)
def _(world: World) -> None:
    changes.set_note_visibility(world.session, update(world), Visibility.PUBLISHED, by=world.by, now=NOW)


@case(import_items.import_items)
def _(world: World) -> None:
    rows = [TableRow(2, {"title": "Lend tools"})]
    import_items.import_items(world.session, rows, world.board, by=world.by, now=NOW)
