"""The digests to come, as the secretariat sees them: who gets one, what it would say; holding a run, sending a copy."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from markupsafe import escape
from werkzeug.wrappers import Response

from tracker.digests import unsubscribe
from tracker.digests.make_digests import Press
from tracker.digests.models import DigestHold
from tracker.digests.parts import DigestContent
from tracker.digests.runs import next_mails
from tracker.digests.runs.holds import cancel_digests, count_held, hold_digests, open_hold, release_digests
from tracker.digests.runs.next_mails import NextMail
from tracker.digests.runs.unusual_runs import UnusualRun, look_ahead
from tracker.mail import outbox, relay_state
from tracker.mail.compose_email import LONGEST_SUBJECT, Email, base_url, shorter
from tracker.mail.models import MailKind
from tracker.people.models import Person
from tracker.web.account.next_digest import on_their_clock
from tracker.web.app import context
from tracker.web.mail.digest_subject import subject
from tracker.web.mail.past_digests import mail_as_page

blueprint = Blueprint("next_mails", __name__, url_prefix="/mail/next")
#: on one page; what each would say has to be read
PER_PAGE = 20
BODY = re.compile(r"<body\b[^>]*>")


@dataclass(frozen=True)
class ListedMail:
    """One line of the list: whose digest, when it comes on their clock, its subject and how many items it tells of."""

    person_id: int
    name: str
    when: str
    subject: str
    items: int


@blueprint.get("")
def listing() -> str:
    """List who gets a digest within a week of now, or of the day asked for, or everybody of a name."""
    session = context.session()
    day = _day()
    moment = _moment(day)
    words = request.args.get("q", "").strip()
    mails = next_mails.next_mails(session, context.body(), moment, now=context.now())
    coming = next_mails.of_week(mails, moment)
    listed = coming
    if words:
        listed = [mail for mail in mails if words.casefold() in mail.reader.name.casefold()]
    number = max(request.args.get("page", 1, type=int), 1)
    hold = open_hold(session, context.body_id())
    lines = _listed(listed[(number - 1) * PER_PAGE : number * PER_PAGE])
    return render_template(
        "mail_pages/next_mails.html",
        mails=lines,
        silent=sum(not line.subject for line in lines),
        total=len(listed),
        page=number,
        pages=-(-len(listed) // PER_PAGE),
        words=words,
        day=day,
        hold=hold,
        held=hold and count_held(session, hold),
        holder=_holder(hold),
        unusual=_unusual(len(coming)),
    )


def _unusual(coming: int) -> UnusualRun | None:
    """Return why this week's digests would be held; None where they would not."""
    session = context.session()
    if not context.body().holds_unusual or not relay_state.is_let_out(session, context.config().smtp_url):
        return None
    return look_ahead(session, context.body(), now=context.now(), coming=coming)


def _day() -> date | None:
    """Return the day asked for; None for now, or for a day that is past: what was sent then is kept elsewhere."""
    try:
        day = date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return None
    if day <= context.today() or day.year > context.today().year + 1:
        return None
    return day


def _moment(day: date | None) -> datetime:
    """Return the beginning of that day where the body is, or now."""
    if day is None:
        return context.now()
    return datetime.combine(day, time(), ZoneInfo(context.body().timezone))


def _listed(mails: list[NextMail]) -> list[ListedMail]:
    contents = next_mails.contents_then(context.session(), mails, context.body(), context.now())
    lines = []
    for mail in mails:
        content = contents[mail.reader.person_id]
        line = ListedMail(mail.reader.person_id, mail.reader.name, on_their_clock(mail.due, mail.reader.rhythm), "", 0)
        if not content.is_empty:
            items = {item.item_id for section in content.sections for item in section.lines}
            line = replace(line, subject=subject(content), items=len(items))
        lines.append(line)
    return lines


def _holder(hold: DigestHold | None) -> str | None:
    if hold is None or hold.held_by is None:
        return None
    return context.session().get_one(Person, hold.held_by).name


@blueprint.get("/<int:number>")
def page(number: int) -> str:
    """Show somebody's next digest as it will be, as far as it is known now; nothing is kept or sent."""
    mail = _mail_or_404(number)
    return render_template(
        "mail_pages/next_mail.html",
        person=context.session().get_one(Person, number),
        when=on_their_clock(mail.due, mail.reader.rhythm),
        day=_day(),
        email=_email(mail),
    )


def _mail_or_404(number: int) -> NextMail:
    mails = next_mails.next_mails(context.session(), context.body(), _moment(_day()), now=context.now())
    return next((mail for mail in mails if mail.reader.person_id == number), None) or abort(404)


def _email(mail: NextMail) -> Email | None:
    """Return the mail without its tokens, which act for its reader; None where there is nothing to say."""
    contents = next_mails.contents_then(context.session(), [mail], context.body(), context.now())
    content: DigestContent = contents[mail.reader.person_id]
    if content.is_empty:
        return None
    config = context.config()
    press = Press(config.secret_key, base_url(config))
    person = context.session().get_one(Person, mail.reader.person_id)
    stop = f"{press.base_url}/digests/stop/…"
    email = press.compose_email(
        person,
        content,
        mail.reader.rhythm.frequency,
        kept_at="/digests",
        stop=stop,
        is_first=person.id not in outbox.mailed_before(context.session(), [person.id]),
    )
    text = unsubscribe.without_tokens(email.text)
    return replace(email, text=text, html=unsubscribe.without_tokens(email.html))


@blueprint.get("/<int:number>/as-mail")
def as_mail(number: int) -> Response:
    """Show the digest as a mail program does."""
    email = _email(_mail_or_404(number)) or abort(404)
    return mail_as_page(email.html)


@blueprint.post("/<int:number>/copy")
def send_copy(number: int) -> Response:
    """Send the digest to whoever looks at it, marked as a copy, so that nobody answers for its reader."""
    email = _email(_mail_or_404(number)) or abort(404)
    me = context.person()
    name = context.session().get_one(Person, number).name
    note = gettext("A copy of what %(name)s would get. Its links answer nothing.", name=name)
    html = BODY.sub(lambda body: f'{body[0]}<p style="padding:16px">{escape(note)}</p>', email.html, count=1)
    copy = Email(
        to=me.email or "",
        subject=shorter(gettext("Copy for %(name)s: %(subject)s", name=name, subject=email.subject), LONGEST_SUBJECT),
        text=f"{note}\n\n{email.text}",
        html=html,
    )
    # Held mail does not stop it: whoever wants it waits for it now.
    outbox.put(
        context.session(), copy, person_id=me.id, kind=MailKind.TEST, body_id=context.body_id(), now=context.now()
    )
    return _saved(gettext("A copy is on its way to %(address)s.", address=copy.to))


@blueprint.post("/hold")
def hold_run() -> Response:
    """Let the digests of the body's people wait until somebody releases them."""
    hold_digests(context.session(), context.body(), by=context.actor(), now=context.now())
    return _saved(gettext("The digests are held until somebody of the secretariat releases them."))


@blueprint.post("/release")
def release_run() -> Response:
    """Let what was held go."""
    count = release_digests(context.session(), _hold_or_404(), by=context.actor(), now=context.now())
    return _saved(_let_go(count, ngettext("%(num)d digest is released.", "%(num)d digests are released.", count)))


@blueprint.post("/cancel")
def cancel_run() -> Response:
    """Cancel what was held; the next digests cover it."""
    count = cancel_digests(context.session(), _hold_or_404(), by=context.actor(), now=context.now())
    message = ngettext(
        "%(num)d digest is cancelled. The next one covers it.",
        "%(num)d digests are cancelled. The next ones cover them.",
        count,
    )
    return _saved(_let_go(count, message))


def _let_go(count: int, message: str) -> str:
    """Return what became of the hold, where none was due meanwhile."""
    if count:
        return message
    return str(gettext("The digests are no longer held. None was due."))


def _hold_or_404() -> DigestHold:
    return open_hold(context.session(), context.body_id()) or abort(404)


def _saved(message: str) -> Response:
    context.session().commit()
    flash(message)
    return redirect(url_for("next_mails.listing"))
