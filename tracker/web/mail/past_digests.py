"""Past digests: the reader's own as they were sent, and the page that ends them without signing in."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlmodel import col, select
from werkzeug.wrappers import Response

from tracker import clock
from tracker.digests import make_digests, unsubscribe
from tracker.digests.models import Digest, Notice
from tracker.digests.parts import from_plain
from tracker.history import Actor, ChangeWay
from tracker.items.models import Item
from tracker.mail import outbox_overview
from tracker.mail.message_reader import MessageText, parse_message
from tracker.mail.models import MailKind, Outgoing
from tracker.people.models import Body, Frequency, Person, Subscription
from tracker.people.queries import records_of, registers, sight_of
from tracker.web.account.next_digest import digest_of, next_digest
from tracker.web.app import context

blueprint = Blueprint("digests", __name__, url_prefix="/digests")
#: a mail's own style stands inside it; nothing of it may run, load or send anything
CSP_OF_A_MAIL = (
    "sandbox allow-top-navigation-by-user-activation; default-src 'none'; style-src 'unsafe-inline'; "
    "frame-ancestors 'self'"
)


@blueprint.get("")
def mine() -> str:
    """List what the reader was told, the latest first."""
    rows = outbox_overview.kept_for(context.session(), context.person().id, MailKind.DIGEST)
    return render_template(
        "mail_pages/past_digests.html",
        digests=rows,
        first_day=first_day,
        months=_months_kept(),
        sends_mail=sends_mail(),
    )


def _months_kept() -> int:
    """Return for how many months the reader's digests are kept: one of several bodies goes with the first of them."""
    months = [body.digest_months for body in context.every_register() if body.id in context.sight().register_ids]
    return min(months, default=context.body().digest_months)


def first_day(row: Outgoing) -> date | None:
    """Return the first day of the period that a digest belongs to."""
    if row.period:
        return date.fromisoformat(row.period)
    return None


def sends_mail() -> bool:
    """Tell whether mail leaves this installation at all."""
    return context.config().smtp_url is not None


def readable(rows: Sequence[Outgoing]) -> set[int]:
    """Return which digests and notices the reader may open: their own while they serve there, all of what they keep."""
    session = context.session()
    mine = set(session.exec(records_of(context.person().id)))
    own = {body.slug for body in registers(session) if body.id in context.sight().secretariat_of}
    # Each speaks of every register that its reader serves; to read it takes the sight of all of them.
    spoken = _spoken_of([row.id for row in rows])
    serves = {body.slug for body in registers(session) if body.id in context.sight().register_ids} | {""}
    of_mine = {number for number, slugs in spoken.items() if slugs <= own}
    still_mine = {row.id for row in rows if row.person_id in mine and spoken.get(row.id, {""}) <= serves}
    return {row.id for row in rows if row.id and row.id in of_mine | still_mine}


def concealed(rows: Sequence[Outgoing]) -> set[int]:
    """Return the digests and notices whose subject tells of a body that the reader does not keep."""
    if context.person().is_operator:
        return set()
    written = [row for row in rows if row.kind in (MailKind.DIGEST, MailKind.NOTICE) and row.frozen_at]
    return {row.id for row in written} - readable(written)


def _spoken_of(numbers: Sequence[int]) -> dict[int, set[str]]:
    """Return the slugs of the registers that digests and notices speak of, by the mail's id."""
    session = context.session()
    digests = session.exec(select(Digest).where(col(Digest.outgoing_id).in_(numbers)))
    spoken = {digest.outgoing_id: _registers(digest.content) for digest in digests if digest.content}
    lines = (
        select(Notice.outgoing_id, Body.slug)
        .join(Item, col(Item.id) == col(Notice.item_id))
        .join(Body, col(Body.id) == col(Item.body_id))
        .where(col(Notice.outgoing_id).in_(numbers))
    )
    for number, slug in session.exec(lines):
        spoken.setdefault(number, set()).add(slug)
    return spoken


def _registers(content: dict[str, Any]) -> set[str]:
    """Return the slugs of what a digest speaks of; one that speaks of nothing is nobody else's to read."""
    return {register.slug for register in from_plain(content).registers} or {""}


def may_read(row: Outgoing) -> bool:
    """Tell whether a digest or notice is the reader's to read."""
    return bool(readable([row]))


def without_way_out(text: str, row: Outgoing) -> str:
    """Return the text for somebody else's eyes, without the tokens of its links."""
    # The links answer items and stop digests without signing in, so they are worth as much as the mail itself.
    if row.person_id is None or row.person_id == context.person().id:
        return text
    return unsubscribe.without_tokens(text)


def _digest_or_404(number: int) -> Outgoing:
    row = context.session().get(Outgoing, number)
    if row is None or row.kind is not MailKind.DIGEST or row.message is None or not may_read(row):
        abort(404)
    return row


def _said(row: Outgoing) -> MessageText:
    return parse_message(row.message or b"")


@blueprint.get("/<int:number>")
def page(number: int) -> str:
    """Show a digest as it was sent. Its links answer and stop without a sign-in, so nobody gets them here."""
    row = _digest_or_404(number)
    letter = _said(row)
    text = unsubscribe.without_tokens(letter.text)
    return render_template(
        "mail_pages/digest.html", row=row, letter=letter, text=text, first_day=first_day, sends_mail=sends_mail()
    )


@blueprint.get("/<int:number>/as-mail")
def as_mail(number: int) -> Response:
    """Show a digest as a mail program does, shut in: it may run nothing and load nothing."""
    row = _digest_or_404(number)
    return mail_as_page(unsubscribe.without_tokens(_said(row).html))


def mail_as_page(html: str) -> Response:
    """Return the HTML of a mail as a page that stands in a frame of one of ours; its links open in place of that."""
    answer = make_response(html.replace("<head>", '<head><base target="_top">', 1))
    # Others wrote what stands in it, and the browser would run it as a page of ours.
    answer.headers["Content-Security-Policy"] = CSP_OF_A_MAIL
    return answer


def _whose(token: str) -> tuple[Person | None, int]:
    """Return whose way out it is, with 200; or nobody, with 410 for one that is too old and 404 for a forged one."""
    way_out = unsubscribe.way_out_of(context.config().secret_key, token)
    if way_out is None:
        return None, 404
    person = context.session().get(Person, way_out.person_id)
    if person is None or person.erased_on is not None:
        return None, 404
    if person.merged_into_id is not None or not way_out.is_good(person, clock.real_now()):
        # It was good once, so the page may say why it no longer is.
        return None, 410
    return person, 200


@blueprint.get("/stop/<token>")
def stop(token: str) -> tuple[str, int]:
    """Show the one button; programs that follow the links of a mail change nothing."""
    person, status = _whose(token)
    return _stop_page(person, status), status


def _stop_page(person: Person | None, status: int, *, is_done: bool = False) -> str:
    frequency = Frequency.NEVER
    when = ""
    has_role = True
    if person is not None:
        reader = digest_of(person)
        when = next_digest(person)
        has_role = bool(sight_of(context.session(), person, context.now()).register_ids)
        if reader is not None:
            frequency = reader.rhythm.frequency
        elif not has_role:
            subscription = context.session().get(Subscription, person.id)
            frequency = subscription.frequency if subscription else Frequency.WEEKLY
    return render_template(
        "mail_pages/digest_stop.html",
        person=person,
        frequency=frequency,
        next_digest=when,
        has_role=has_role,
        is_done=is_done,
        is_old=status == 410,
    )


@blueprint.post("/stop/<token>")
def stopped(token: str) -> tuple[str, int]:
    """End the digests (by the form, or by the field of RFC 8058), or let them come less often or again.

    Twice is as good as once.
    """
    person, status = _whose(token)
    if person is not None:
        session = context.session()
        by = Actor(person.id, ChangeWay.MAIL)
        match request.form.get("choice"):
            case "monthly":
                make_digests.set_frequency(session, person, Frequency.MONTHLY, by=by, now=context.now())
            case "resume":
                make_digests.resume(session, person, by=by, now=context.now())
            case "stop":
                make_digests.stop(session, person, by=by, now=context.now())
            # Mail programs send this by themselves, without a form or the token of one.
            case None if request.form.get("List-Unsubscribe") == "One-Click":
                make_digests.stop(session, person, by=by, now=context.now())
            case _:
                return _stop_page(person, status), status
        session.commit()
    return _stop_page(person, status, is_done=True), status


@blueprint.post("/again")
def again() -> Response:
    """Let the digests come again."""
    session = context.session()
    make_digests.resume(session, context.person(), by=context.actor(), now=context.now())
    session.commit()
    flash(gettext("You get the digest again."))
    return redirect(url_for("account.page"))
