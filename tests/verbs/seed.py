"""The verbs of seed/."""

from tests.factories import NOW, make_register
from tests.verbs import World, case
from tracker.people.details import BodyDetails
from tracker.seed import start_empty
from tracker.seed.remove_sample import remove_sample


@case(remove_sample)
def _(world: World) -> None:
    sample = make_register(world.session, slug="sample", name="Sample", is_sample=True)
    remove_sample(world.session, sample, by=world.by, now=NOW)


@case(start_empty.begin_example)
def _(world: World) -> None:
    start_empty.begin_example(world.session, world.board, by=world.by, now=NOW)


@case(start_empty.keep_example)
def _(world: World) -> None:
    start_empty.keep_example(world.session, world.board, by=world.by, now=NOW)


@case(start_empty.undo_keep)
def _(world: World) -> None:
    start_empty.keep_example(world.session, world.board, by=world.by, now=NOW)
    start_empty.undo_keep(world.session, world.board, by=world.by, now=NOW)


@case(start_empty.start_empty)
def _(world: World) -> None:
    start_empty.begin_example(world.session, world.board, by=world.by, now=NOW)
    beginning = start_empty.Beginning(BodyDetails("City Council"), None, "Cleo Clerk", "cleo@example.org")
    start_empty.start_empty(world.session, world.ana, beginning, by=world.by, now=NOW)
