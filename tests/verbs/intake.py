"""The verbs of intake/."""

from tests.factories import NOW
from tests.verbs import World, case
from tracker.clock import real_now
from tracker.errors import Refused
from tracker.intake import import_transcript, upload_steps
from tracker.intake.models import Upload, UploadState
from tracker.intake.prepare_file import Prepared
from tracker.transcripts.reading.labels import LabelChoice


@case(import_transcript.import_prepared)
def _(world: World) -> None:
    prepared = Prepared("a", "text", (), (), ())
    import_transcript.import_prepared(world.session, world.meeting, "a.txt", b"a", prepared, by=world.by, now=NOW)


def arrived(world: World, state: UploadState) -> Upload:
    sent = [upload_steps.Sent("a.txt", b"MS OAK: Hello.")]
    [upload] = upload_steps.keep(world.session, world.board.id, sent, by=world.by, now=NOW)
    upload.state = state
    world.session.commit()
    return upload


@case(upload_steps.keep)
def _(world: World) -> None:
    arrived(world, UploadState.WAITING)


@case(upload_steps.place)
def _(world: World) -> None:
    target = upload_steps.Target(world.meeting.id)
    upload_steps.place(world.session, arrived(world, UploadState.TO_PLACE), target, by=world.by, now=NOW)


@case(upload_steps.understand)
def _(world: World) -> None:
    said = LabelChoice(labels=("MS OAK:",))
    upload_steps.understand(world.session, arrived(world, UploadState.TO_LOOK_AT), said, by=world.by, now=NOW)


@case(upload_steps.approve)
def _(world: World) -> None:
    upload_steps.approve(world.session, arrived(world, UploadState.TO_LOOK_AT), by=world.by, now=NOW)


@case(upload_steps.try_again)
def _(world: World) -> None:
    upload_steps.try_again(world.session, arrived(world, UploadState.REFUSED), by=world.by, now=NOW)


@case(upload_steps.delete)
def _(world: World) -> None:
    upload_steps.delete(world.session, arrived(world, UploadState.REFUSED), by=world.by, now=NOW)


@case(upload_steps.forget_old)
def _(world: World) -> None:
    arrived(world, UploadState.REFUSED).ended_at = real_now() - 2 * upload_steps.KEPT
    upload_steps.forget_old(world.session, by=world.by, now=NOW)


@case(upload_steps.refuse)
def _(world: World) -> None:
    upload_steps.refuse(world.session, arrived(world, UploadState.READING), Refused("No."), by=world.by, now=NOW)


@case(upload_steps.end)
def _(world: World) -> None:
    reading = arrived(world, UploadState.READING)
    upload_steps.end(world.session, reading, UploadState.TO_PLACE, by=world.by, now=NOW)
