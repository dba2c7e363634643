"""The secretariat records an answer for a party without access, and says on whose word."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from tracker import clock
from tracker.answers.changes_since import newest_line
from tracker.answers.models import AnswerReceipt
from tracker.answers.record_answer import record_answer, undo_answer
from tracker.answers.without_access import WithoutAccess, parties_without_access
from tracker.history import Actor, ChangeWay
from tracker.items.details import item_details
from tracker.items.models import Item
from tracker.text import clean_line
from tracker.web.answers.form import MailAnswerForm
from tracker.web.app import context
from tracker.web.app.form_saving import acting, submit
from tracker.web.items.pages import the_item

blueprint = Blueprint("recorded_answers", __name__, url_prefix="/items/<int:number>/record-answer")


class RecordedAnswerForm(MailAnswerForm):
    """An answer of somebody else, and on whose word."""

    class Meta:
        """It is sent by who is signed in, so it carries the token of a form."""

        csrf = True

    answer = RadioField(lazy_gettext("Their answer"), [InputRequired(lazy_gettext("Choose one."))])
    on_word = StringField(
        lazy_gettext("On whose word"),
        [DataRequired(lazy_gettext("Say on whose word, as in: by telephone, 3 March.")), Length(max=300)],
        description=lazy_gettext("As in: by telephone, 3 March. History shows it."),
    )


def _party(item: Item, party_id: int) -> WithoutAccess:
    """Return that party, or answer 404 where it can answer itself."""
    details = item_details(context.session(), item, context.sight(), context.today())
    parties = parties_without_access(context.session(), details)
    return next((party for party in parties if party.party_id == party_id), None) or abort(404)


def _show(item: Item, party: WithoutAccess, form: RecordedAnswerForm, status: int = 200) -> tuple[str, int]:
    form.begin(item, newest_line(context.session(), item))
    values: dict[str, Any] = {"item": item, "party": party, "form": form, "choices": party.scope.choices}
    return render_template("answers/recorded.html", **values), status


@blueprint.get("/<int:party_id>")
def form(number: int, party_id: int) -> tuple[str, int]:
    """Show the answers that may be recorded for that party."""
    item = the_item(number)
    party = _party(item, party_id)
    return _show(item, party, RecordedAnswerForm(formdata=None).offer(party.scope))


@blueprint.post("/<int:party_id>")
def record(number: int, party_id: int) -> Response | tuple[str, int]:
    """Record what that party answered."""
    item = the_item(number)
    party = _party(item, party_id)
    answer = RecordedAnswerForm().offer(party.scope)
    submission = submit(answer, lambda: _record(item, party, answer))
    if submission.result is None:
        return _show(item, party, answer, submission.status)
    undo_path = url_for(".undo", number=number, receipt_id=submission.result.id)
    flash(gettext("Recorded for %(name)s.", name=party.name), undo_path)
    return redirect(url_for("items.page", number=number))


def _record(item: Item, party: WithoutAccess, answer: RecordedAnswerForm) -> AnswerReceipt:
    word = clean_line(answer.on_word.data or "")
    return record_answer(
        context.session(),
        item,
        party.person,
        answer.chosen(),
        answer.details(item, context.sight()),
        form_key=answer.sent_key(),
        scope=party.scope,
        seen_version=answer.version.data or 0,
        by=Actor(context.person().id, ChangeWay.BROWSER, recorded_for=party.party_id, on_word=word),
        now=context.now(),
        real_now=clock.real_now(),
    )


@blueprint.post("/undo/<int:receipt_id>")
def undo(number: int, receipt_id: int) -> Response:
    """Undo an answer that was recorded."""
    item = the_item(number)
    receipt = context.session().get(AnswerReceipt, receipt_id)
    if receipt is None or receipt.item_id != item.id or receipt.recorded_by is None:
        abort(404)
    undo_answer(context.session(), receipt, **acting(), real_now=clock.real_now())
    context.session().commit()
    flash(gettext("The recorded answer is undone."))
    return redirect(url_for("items.page", number=number))
