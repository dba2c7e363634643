"""The verbs of agendas/."""

from tests.factories import NOW
from tests.verbs import World, case
from tracker.agendas import changes as agenda
from tracker.agendas.models import AgendaEntry, AgendaOutcome
from tracker.meetings.models import Visibility


def point(world: World) -> AgendaEntry:
    return agenda.put_on_agenda(world.session, world.milestone, world.item, by=world.by, now=NOW)


@case(agenda.put_on_agenda)
def _(world: World) -> None:
    point(world)


@case(agenda.take_off_agenda)
def _(world: World) -> None:
    agenda.take_off_agenda(world.session, point(world), by=world.by, now=NOW)


@case(agenda.move_point)
def _(world: World) -> None:
    first = point(world)
    agenda.put_on_agenda(world.session, world.milestone, world.other, by=world.by, now=NOW)
    agenda.move_point(world.session, first, 2, seen_version=3, by=world.by, now=NOW)


@case(agenda.write_chair_note)
def _(world: World) -> None:
    agenda.write_chair_note(world.session, point(world), "Ask Ben.", seen_version=1, by=world.by, now=NOW)


@case(agenda.note_outcome)
def _(world: World) -> None:
    what = agenda.PointOutcome(AgendaOutcome.RAISED)
    agenda.note_outcome(world.session, point(world), what, seen_version=1, by=world.by, now=NOW)


@case(agenda.show_agenda)
def _(world: World) -> None:
    agenda.show_agenda(world.session, world.milestone, Visibility.PUBLISHED, by=world.by, now=NOW)
