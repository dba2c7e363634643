"""Answering an item by a link of a mail: one page without signing in. Opening it changes nothing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Blueprint
from flask_babel import gettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.answers.answer_links import LinkPurpose, LinkState, write_token
from tracker.answers.answer_mails import AnswerMails
from tracker.answers.changes_since import ChangesSince, changes_since, newest_line
from tracker.answers.choices import AnswerRole, AnswerScope, answer_scope
from tracker.answers.models import AnswerReceipt
from tracker.answers.record_answer import reason_against_undoing, receipt_of_form, record_answer, undo_answer
from tracker.db import find_row
from tracker.errors import Refused
from tracker.items.change_trail import lock
from tracker.items.lines import ItemLine, lines
from tracker.items.reported_words import is_own
from tracker.mail.compose_email import base_url
from tracker.people.models import Person
from tracker.people.queries import day_of_body
from tracker.people.sign_in_throttle import LINKS_PER_CLIENT, Counters, Pace, count_try
from tracker.updates.queries import RecordedUpdate, updates_of
from tracker.web.answers.form import MailAnswerForm
from tracker.web.answers.light_page import language_of, light_page
from tracker.web.answers.opened_link import DeadLink, OpenedLink, open_link, renewable
from tracker.web.app import context
from tracker.web.app.form_saving import submit
from tracker.web.app.template_filters import short_day
from tracker.web.app.value_words import spoken_language
from tracker.web.items.due_wording import lateness
from tracker.wording import phrases

blueprint = Blueprint("answers", __name__, url_prefix="/a")
#: each answer brings its person a mail, and a link may have come into other hands
ANSWERS = Pace(60, timedelta(seconds=10), timedelta(minutes=1))


@dataclass(frozen=True)
class AnswerPage:
    """What the page of an item shows to who answers it."""

    opened: OpenedLink
    scope: AnswerScope
    line: ItemLine
    put_forward: str
    lateness: str
    last_note: RecordedUpdate | None
    #: since the mail was written, or since the form was opened
    changed: ChangesSince | None
    #: who asks to own it, and in which words
    requester: str | None
    message: str | None


def _page_of(opened: OpenedLink, scope: AnswerScope, changed: ChangesSince | None) -> AnswerPage:
    session = context.session()
    line = lines(session, [opened.item], _today(opened), opened.sight)[0]
    requester = None
    message = None
    if scope.role is AnswerRole.REQUESTED and scope.ownership is not None:
        message = scope.ownership.note
        asker = find_row(session, Person, scope.ownership.requested_by)
        requester = asker and asker.name
    notes = updates_of(session, [opened.item.id], opened.sight, standing_only=True)
    return AnswerPage(
        opened=opened,
        scope=scope,
        line=line,
        put_forward=_put_forward(line),
        lateness=lateness(line),
        last_note=next((entry for entry in notes if entry.update.note), None),
        changed=changed,
        requester=requester,
        message=message,
    )


def _put_forward(line: ItemLine) -> str:
    """Return who put it forward, without the capacity: a telephone has few lines above the button."""
    names = line.put_forward_by, line.reported_by
    return phrases.put_forward(spoken_language(), *names, is_reported=not is_own(line.item))


def _today(opened: OpenedLink) -> date:
    return day_of_body(context.session(), opened.register, context.now())


def _written_at(opened: OpenedLink) -> datetime:
    """Return when the mail was written, by the installation's clock."""
    return opened.link.written_at + context.clock_offset()


def _show(opened: OpenedLink, form: MailAnswerForm, status: int, seen: int) -> Response:
    """Draw the form, with what changed after the line of history that its reader knows of."""
    session = context.session()
    scope = answer_scope(session, opened.item, opened.person.id)
    form.offer(scope)
    form.begin(opened.item, newest_line(session, opened.item))
    page = _page_of(opened, scope, changes_since(session, opened.item, seen, opened.person.id))
    return light_page("answer", status, page=page, form=form, is_stale=status == 409)


@blueprint.get("/<token>")
@blueprint.get("/<token>/<choice>")
def page(token: str, choice: str = "") -> Response:
    """Show the item with that answer chosen; programs that follow the links of a mail change nothing."""
    opened = open_link(LinkPurpose.ANSWER, token)
    if isinstance(opened, DeadLink):
        return opened.page()
    last_line = newest_line(context.session(), opened.item, _written_at(opened))
    with language_of(opened.person):
        return _show(opened, MailAnswerForm(formdata=None, data={"answer": choice}), 200, last_line)


@blueprint.post("/<token>")
def save(token: str) -> Response:
    """Save the answer, and show what was saved and how to undo it."""
    opened = open_link(LinkPurpose.ANSWER, token)
    if isinstance(opened, DeadLink):
        return opened.page()
    with language_of(opened.person):
        form = MailAnswerForm()
        earlier = receipt_of_form(context.session(), opened.item, opened.person.id, form.sent_key())
        if earlier is not None:
            return _saved(opened, earlier)
        seen = form.seen.data or 0
        form.offer(answer_scope(context.session(), opened.item, opened.person.id))
        submission = submit(form, lambda: _record(opened, form))
        if submission.result is None:
            return _show(opened, form, submission.status, seen)
        return _saved(opened, submission.result)


def _record(opened: OpenedLink, form: MailAnswerForm) -> AnswerReceipt:
    """Record the answer with the mails that it brings."""
    session = context.session()
    details = form.details(opened.item, opened.sight)
    # The same form may wait for the other one that was sent at the same moment: it brings no second mail.
    lock(session, opened.item)
    key = form.sent_key()
    earlier = receipt_of_form(session, opened.item, opened.person.id, key)
    if earlier is not None:
        return earlier
    counters = Counters(((f"answer:{opened.person.id}", ANSWERS),))
    count_try(session, counters, now=clock.real_now())
    receipt = record_answer(
        session,
        opened.item,
        opened.person,
        form.chosen(),
        details,
        form_key=key,
        seen_version=form.version.data or 0,
        now=context.now(),
        real_now=clock.real_now(),
    )
    _mails().put_receipt(context.session(), opened.person, opened.item, receipt, details, now=context.now())
    return receipt


def _mails() -> AnswerMails:
    config = context.config()
    return AnswerMails(base_url(config), config.secret_key)


def _saved(opened: OpenedLink, receipt: AnswerReceipt) -> Response:
    """Show what was saved, with the button that undoes it."""
    token = write_token(context.config().secret_key, LinkPurpose.UNDO, opened.person, receipt.id, now=clock.real_now())
    return show_receipt(opened, receipt, token)


@blueprint.post("/<token>/new-link")
def send_new_link(token: str) -> Response:
    """Send new links for the item to the address that the old one went to."""
    checked = renewable(token)
    if checked is None or checked.person is None or checked.item is None:
        return page(token)
    session = context.session()
    person = checked.person
    count_try(session, Counters(((f"answer-link:{person.id}", LINKS_PER_CLIENT),)), now=clock.real_now())
    _mails().put_new_link(
        session, person, checked.item, answer_scope(session, checked.item, person.id), now=context.now()
    )
    session.commit()
    with language_of(person):
        return light_page("sent", number=checked.item.number)


@blueprint.get("/undo/<token>")
def undo_page(token: str) -> Response:
    """Show what was answered, and the button that undoes it."""
    opened = open_link(LinkPurpose.UNDO, token)
    if isinstance(opened, DeadLink) or opened.receipt is None:
        return _dead(opened)
    with language_of(opened.person):
        return show_receipt(opened, opened.receipt, token)


@blueprint.post("/undo/<token>")
def undo(token: str) -> Response:
    """Undo the answer; twice is as good as once."""
    opened = open_link(LinkPurpose.UNDO, token)
    if isinstance(opened, DeadLink) or opened.receipt is None:
        return _dead(opened)
    session = context.session()
    with language_of(opened.person):
        try:
            undo_answer(session, opened.receipt, now=context.now(), real_now=clock.real_now())
            session.commit()
        except Refused as refused:
            session.rollback()
            return show_receipt(opened, opened.receipt, token, refused)
        return show_receipt(opened, opened.receipt, token)


def show_receipt(opened: OpenedLink, receipt: AnswerReceipt, token: str, refused: Refused | None = None) -> Response:
    """Show an answer that was saved, or undone; with 422 why it cannot be undone."""
    session = context.session()
    line = lines(session, [opened.item], _today(opened), opened.sight)[0]
    status = 200
    message = None
    if refused is not None:
        status = 422
    elif receipt.undone_at is None:
        # An old receipt says why its answer stays, in place of a button that would only refuse.
        refused = reason_against_undoing(session, opened.item, receipt, real_now=clock.real_now())
    if refused is not None:
        message = gettext(refused.message, **{name: _readable(value) for name, value in refused.values.items()})
    return light_page("receipt", status, opened=opened, receipt=receipt, line=line, token=token, refused=message)


def _readable(value: object) -> object:
    if isinstance(value, date):
        return short_day(value)
    return value


def _dead(opened: OpenedLink | DeadLink) -> Response:
    if isinstance(opened, DeadLink):
        return opened.page()
    return DeadLink(opened.token, LinkPurpose.UNDO, LinkState.GONE).page()
