"""The verbs of answers/."""

from tests.factories import NOW, make_ownership
from tests.verbs import World, case
from tracker.answers import record_answer
from tracker.answers.choices import MailAnswer
from tracker.answers.models import AnswerReceipt
from tracker.items.party_models import OwnerState


def receipt(world: World) -> AnswerReceipt:
    make_ownership(world.session, world.item, world.party, state=OwnerState.REQUESTED)
    return record_answer.record_answer(
        world.session, world.item, world.ana, MailAnswer.TAKE_IT, form_key="form", by=world.by, now=NOW, real_now=NOW
    )


@case(record_answer.record_answer)
def _(world: World) -> None:
    receipt(world)


@case(record_answer.undo_answer)
def _(world: World) -> None:
    record_answer.undo_answer(world.session, receipt(world), by=world.by, now=NOW, real_now=NOW)
