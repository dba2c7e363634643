"""The verbs of mail/."""

from tests.factories import NOW
from tests.verbs import World, case
from tracker.mail import changes, outbox, relay_state
from tracker.mail.compose_email import Email
from tracker.mail.models import MailKind, MailState, Outgoing, Suppression

ANA = "ana@example.org"


def mail(world: World) -> Outgoing:
    email = Email(ANA, "Asked", "Text\n", "<p>Text</p>\n")
    return outbox.put(world.session, email, person_id=world.ana.id, kind=MailKind.REQUEST, now=NOW)


@case(changes.send_again)
def _(world: World) -> None:
    row = mail(world)
    row.state = MailState.DEAD
    changes.send_again(world.session, row, by=world.by, now=NOW)


@case(changes.cancel)
def _(world: World) -> None:
    changes.cancel(world.session, mail(world), by=world.by, now=NOW)


@case(changes.clear)
def _(world: World) -> None:
    refused = Suppression(to_addr=ANA, code=550, text="5.1.1", since=NOW)
    world.session.add(refused)
    changes.clear(world.session, refused, by=world.by, now=NOW)


@case(relay_state.hold)
def _(world: World) -> None:
    relay_state.hold(world.session, by=world.by, now=NOW)


@case(relay_state.release)
def _(world: World) -> None:
    relay_state.the_relay(world.session).held_since = NOW
    relay_state.release(world.session, by=world.by, now=NOW)
