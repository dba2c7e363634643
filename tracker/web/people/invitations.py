"""Inviting people: who may be invited, the mail as it will be, and one button that sends it to all who are ticked."""

from datetime import timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from sqlmodel import col, select
from werkzeug.wrappers import Response

from tracker import clock
from tracker.errors import Refused
from tracker.mail import changes as mail_changes
from tracker.mail import outbox
from tracker.mail.compose_email import Email, base_url, compose
from tracker.mail.models import MailKind, Outgoing
from tracker.people import sign_in_rules
from tracker.people.invitations import (
    InvitationProgress,
    InvitationState,
    invitation_states,
    invite,
    serves_or_will,
    withdraw_invitation,
)
from tracker.people.models import Frequency, Person, Subscription
from tracker.web.app import context
from tracker.web.app.form_saving import acting
from tracker.web.people.person_changes import the_person

blueprint = Blueprint("invitations", __name__, url_prefix="/people")

#: who may be invited: whoever has signed in needs no invitation, whoever has no address cannot get one
TO_INVITE = frozenset({InvitationProgress.NOT_INVITED, InvitationProgress.INVITED, InvitationProgress.EXPIRED})
#: invitations sent by one press: each is written at once, within the request, while other writers wait
MOST = 500


@blueprint.get("/invitations")
def page() -> str:
    """Show who may be invited, with the mail of the first who is ticked; ticked are those asked for only."""
    states = invitation_states(context.session(), context.body_id(), now=clock.real_now())
    invitable = _to_invite(states)
    chosen_ids = set(request.args.getlist("person"))
    ticked = {state.person.id for state in invitable if _is_ticked(state, chosen_ids)}
    chosen = [state for state in states.values() if str(state.person.id) in chosen_ids]
    people = [state.person for state in invitable]
    first = next((person for person in people if person.id in ticked), None) or next(iter(people), None)
    return render_template(
        "people/invitations.html",
        ways=invitable,
        left_out=[state for state in chosen if state not in invitable],
        ticked=ticked,
        email=first and _written(first),
        first=first,
        sends_mail=context.config().smtp_url is not None,
    )


def _is_ticked(state: InvitationState, chosen_ids: set[str]) -> bool:
    if str(state.person.id) in chosen_ids:
        return True
    return "new" in request.args and state.state is InvitationProgress.NOT_INVITED


def _to_invite(states: dict[int, InvitationState]) -> list[InvitationState]:
    """Return those with an address and a role, today or later, who have never signed in."""
    candidates = [state for state in states.values() if state.state in TO_INVITE]
    numbers = [state.person.id for state in candidates]
    serving = serves_or_will(context.session(), context.body_id(), numbers, context.today())
    return [state for state in candidates if state.person.id in serving]


def _written(person: Person, token: str | None = None) -> Email:
    """Return the mail; without a token as the page shows it before it is sent."""
    # The preview must not hold a link that works: whoever looks over the secretariat's shoulder could sign in by it.
    path = "/sign-in/…"
    if token:
        path = url_for("sign_in.link", token=token)
    subscription = context.session().get(Subscription, person.id)
    frequency = Frequency.NEVER
    if subscription is not None:
        frequency = subscription.frequency
    return compose(
        "invitation",
        to=person.email or "",
        language=person.language,
        called=person.name,
        body=context.body().name,
        secretary=context.person().name,
        days=sign_in_rules.INVITATION_LINK // timedelta(days=1),
        frequency=frequency,
        link=base_url(context.config()) + path,
        again=base_url(context.config()) + url_for("sign_in.form"),
    )


@blueprint.post("/invitations")
def send() -> Response:
    """Invite all who are ticked; whoever has been invited since the page was opened gets no second mail."""
    sent = 0
    refused = []
    states = invitation_states(context.session(), context.body_id(), now=clock.real_now())
    for value in request.form.getlist("who")[:MOST]:
        # Each box holds the person and how often they had been invited when the page was opened.
        number, _, seen = value.partition(".")
        # Reading a number of a million digits takes minutes, so the length is looked at first.
        if not (number.isdecimal() and seen.isdecimal() and len(value) < 40):
            abort(400)
        state = states.get(int(number)) or abort(404)
        try:
            _invite(state.person, int(seen))
            sent += 1
        except Refused as fault:
            refused.append(gettext(fault.message, **fault.values))
    context.session().commit()
    # Five reasons show what is wrong; five hundred would hide the page.
    for text in refused[:5]:
        flash(text, "error")
    if sent:
        flash(ngettext("%(num)d invitation is on its way.", "%(num)d invitations are on their way.", sent))
    elif not refused:
        flash(gettext("Nobody was invited. Tick the people you want to invite."), "error")
    return redirect(url_for("invitations.page"))


def _invite(person: Person, seen: int) -> None:
    session = context.session()
    register = context.body_id()
    token = invite(session, person, register, seen=seen, today=context.today(), real_now=clock.real_now(), **acting())
    mail = outbox.put(
        session,
        _written(person, token),
        person_id=person.id,
        kind=MailKind.REQUEST,
        now=context.now(),
        body_id=register,
    )
    # Delivery treats it as a way in: it is not sent late, and its text is not kept once sent.
    mail.is_invitation = True


@blueprint.post("/<slug>/invitation/withdraw")
def withdraw(slug: str) -> Response:
    """Take an invitation back, and its mail if that has not left."""
    person = the_person(slug)
    session = context.session()
    try:
        withdraw_invitation(session, person, context.body_id(), **acting())
        _recall(person)
        session.commit()
        flash(gettext("The invitation is withdrawn. Its link no longer works."))
    except Refused as refused:
        session.rollback()
        flash(gettext(refused.message, **refused.values), "error")
    return redirect(url_for("people.page", slug=slug))


def _recall(person: Person) -> None:
    # A mail with a link that no longer works would only puzzle its reader.
    waiting = col(Outgoing.state).in_(mail_changes.RECALLABLE)
    mine = col(Outgoing.person_id) == person.id, col(Outgoing.is_invitation), waiting
    for row in context.session().exec(select(Outgoing).where(*mine)).all():
        mail_changes.cancel(context.session(), row, **acting())
