"""The mail as its office sees it: the outbox, the hold, and refused addresses."""

import sqlalchemy as sa
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker.mail import changes, outbox_overview, relay_state
from tracker.mail.models import MailKind, MailState, Outgoing, Relay
from tracker.web.app import context
from tracker.web.mail.past_digests import readable, sends_mail

blueprint = Blueprint("mail", __name__, url_prefix="/mail")


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
        refused=outbox_overview.refused(session, scope),
        # The row is made at the first delivery; a page cannot make it, for it changes nothing.
        relay=session.get(Relay, 1) or Relay(),
        sends_mail=sends_mail(),
        most=outbox_overview.MOST_ROWS,
    )


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
    address = request.form.get("address", "")
    # Looked up among those that the reader sees, so that nobody finds out by it who else is known.
    refused_address = next(
        (row for row in outbox_overview.refused(session, seen()) if row.to_addr == address), None
    ) or abort(404)
    changes.clear(session, refused_address, by=context.actor(), now=context.now())
    return _saved(gettext("Mail goes to %(address)s again.", address=address))


def _mail_or_404(number: int) -> Outgoing:
    return outbox_overview.find(context.session(), seen(), number) or abort(404)


def _saved(message: str) -> Response:
    context.session().commit()
    flash(message)
    return redirect(url_for("mail.outbox"))
