"""The mail as its office sees it: the outbox, the hold, and refused addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.jobs.models import last_tick, scheduler_is_silent
from tracker.mail import changes, outbox_overview, relay_state
from tracker.mail.models import MailKind, MailState, Outgoing, Relay
from tracker.mail.queries import outbox_state
from tracker.web.app import context
from tracker.web.app.shown_address import address_key, shown_address
from tracker.web.mail.past_digests import concealed, readable, sends_mail

#: what each alarm of /health says to a person
ALARMS = {
    "relay-fails": lazy_gettext("The mail server has refused to work for half an hour, or wants another password."),
    "mail-waits": lazy_gettext("A mail has waited for more than two hours."),
    "arrival-unknown": lazy_gettext("After three tries nobody knows whether a mail arrived."),
    "content-refused": lazy_gettext("More than one mail in twenty was refused for its content or its sender."),
    "scheduler-silent": lazy_gettext("The scheduler has not run for five minutes."),
}

blueprint = Blueprint("mail", __name__, url_prefix="/mail")


@dataclass(frozen=True)
class DeliveryState:
    """Whether mail moves: when the scheduler last looked, since when the oldest mail waits, and what is wrong."""

    last_tick: datetime | None
    oldest: datetime | None
    ambiguous: int
    alarms: Sequence[object]
    #: the version of the rules of time zones
    zone_rules: str


def seen() -> outbox_overview.Condition:
    """Return which mails the reader may see: an operator all of them, others those of their register."""
    if context.person().is_operator:
        return sa.true()
    return outbox_overview.of_register(context.body_id(), context.today())


@blueprint.get("")
def outbox() -> str:
    """Show the outbox by state, the latest mails and the refused addresses."""
    session = context.session()
    scope = seen()
    state = _state()
    entries = outbox_overview.latest(session, scope, state)
    mails = [entry.mail for entry in entries]
    return render_template(
        "mail_pages/outbox.html",
        counts=outbox_overview.counts(session, scope),
        state=state,
        entries=entries,
        readable=readable([mail for mail in mails if mail.kind is MailKind.DIGEST and mail.frozen_at]),
        concealed=concealed(mails),
        refused=outbox_overview.refused(session, scope),
        # The row is made at the first delivery; a page cannot make it, for it changes nothing.
        relay=session.get(Relay, 1) or Relay(),
        sends_mail=sends_mail(),
        delivery=_delivery_state(),
        most=outbox_overview.MOST_ROWS,
    )


def _delivery_state() -> DeliveryState | None:
    """Return whether mail moves, for whoever runs the installation; None for others."""
    if not context.person().is_operator:
        return None
    session = context.session()
    ticked = last_tick(session)
    state = outbox_state(session)
    alarms = [ALARMS[alarm] for alarm in state.alarms]
    if scheduler_is_silent(ticked):
        alarms.append(ALARMS["scheduler-silent"])
    # Both go by the real clock; beside the other moments of the page they stand by the installation's.
    oldest = state.oldest
    if oldest is not None:
        oldest += context.clock_offset()
    if ticked is not None:
        ticked += context.clock_offset()
    return DeliveryState(ticked, oldest, state.ambiguous, alarms, clock.zone_rules_version())


def _state() -> MailState | None:
    """Return the state that is asked for; an unknown one asks for nothing."""
    requested = request.args.get("state")
    return next((state for state in MailState if state == requested), None)


@blueprint.post("/hold")
def hold() -> Response:
    """Let nothing leave but what somebody waits for."""
    relay_state.hold(context.session(), by=context.actor(), now=context.now())
    return _saved(gettext("Mail is held. Sign-in links and test mails still leave."))


@blueprint.post("/release")
def release() -> Response:
    """Let mail leave again."""
    relay_state.release(context.session(), by=context.actor(), now=context.now())
    return _saved(gettext("Mail is released."))


@blueprint.post("/<int:number>/again")
def send_again(number: int) -> Response:
    """Queue a mail again that was not delivered."""
    changes.send_again(context.session(), _mail_or_404(number), by=context.actor(), now=context.now())
    return _saved(gettext("The mail is queued again."))


@blueprint.post("/<int:number>/cancel")
def cancel(number: int) -> Response:
    """Take a mail back that has not left."""
    changes.cancel(context.session(), _mail_or_404(number), by=context.actor(), now=context.now())
    return _saved(gettext("The mail is cancelled."))


@blueprint.post("/addresses")
def clear() -> Response:
    """Let mail go to a refused address again."""
    session = context.session()
    key = request.form.get("address", "")
    # Looked up among those that the reader sees, so that nobody finds out by it who else is known.
    refused_address = next(
        (row for row in outbox_overview.refused(session, seen()) if address_key(row.to_addr) == key), None
    ) or abort(404)
    address = shown_address(refused_address.to_addr)
    changes.clear(session, refused_address, by=context.actor(), now=context.now())
    return _saved(gettext("Mail goes to %(address)s again.", address=address))


def _mail_or_404(number: int) -> Outgoing:
    return outbox_overview.find(context.session(), seen(), number) or abort(404)


def _saved(message: str) -> Response:
    context.session().commit()
    flash(message)
    return redirect(url_for("mail.outbox"))
