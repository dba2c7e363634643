"""The verbs of reports/."""

from tests.factories import NOW
from tests.verbs import World, case
from tracker.items.changes import publish
from tracker.reports import changes
from tracker.reports.models import Report


def issued(world: World) -> Report:
    publish(world.session, world.item, by=world.by, now=NOW)
    return changes.issue(world.session, world.milestone, as_of=NOW.date(), by=world.by, now=NOW)


@case(changes.issue)
def _(world: World) -> None:
    issued(world)


@case(changes.reissue_without)
def _(world: World) -> None:
    report = issued(world)
    reason = "A name was erased."
    changes.reissue_without(world.session, report, world.ana.id, "—", reason=reason, by=world.by, now=NOW)


@case(changes.reissue)
def _(world: World) -> None:
    changes.reissue(world.session, issued(world), reason="Words were erased.", by=world.by, now=NOW)
