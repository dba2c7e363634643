"""The verbs of seed/."""

from tests.factories import NOW, make_register
from tests.verbs import World, case
from tracker.seed.removing import remove_sample


@case(remove_sample)
def _(world: World) -> None:
    sample = make_register(world.session, slug="sample", name="Sample", is_sample=True)
    remove_sample(world.session, sample, by=world.by, now=NOW)
