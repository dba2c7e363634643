"""The verbs of answers/."""

from tests.factories import NOW, make_ownership
from tests.verbs import World, case
from tracker.answers import record_answer, undo_ownership_answer
from tracker.answers.choices import MailAnswer
from tracker.answers.models import AnswerReceipt
from tracker.history_queries import of_subject
from tracker.items import ownership
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


@case(undo_ownership_answer.undo_ownership_answer)
def _(world: World) -> None:
    request = ownership.request_to_own(world.session, world.item, world.party.id, by=world.by, now=NOW)
    before = undo_ownership_answer.ownerships_before(world.session, world.item)
    ownership.accept_ownership(world.session, request, by=world.by, now=NOW)
    lines = of_subject(world.session, world.item.history_key())[-1:]
    undo_ownership_answer.undo_ownership_answer(world.session, world.item, before, lines, by=world.by, now=NOW)
