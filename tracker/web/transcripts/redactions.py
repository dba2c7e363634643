"""Redacting words of a passage: one of the secretariat asks for it, a second person confirms it or sends it back."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from tracker.erasure import redactions, sweep
from tracker.erasure.ledger_entry import ErasureGround
from tracker.erasure.models import Redaction
from tracker.web.app import context
from tracker.web.app.form_choices import words
from tracker.web.app.form_saving import acting, submit
from tracker.web.transcripts import speeches
from tracker.web.transcripts.reader import found_or_404

blueprint = Blueprint("redactions", __name__, url_prefix="/transcripts/<int:number>/redactions")


class RedactForm(FlaskForm):
    """Says which words of a passage are to go, and why."""

    words = TextAreaField(lazy_gettext("Words to redact"), [Length(max=2000)])
    ground = RadioField(lazy_gettext("On what ground"), [InputRequired(lazy_gettext("Choose one."))])
    reason = StringField(lazy_gettext("Because"), [InputRequired(lazy_gettext("Say why.")), Length(max=500)])


@blueprint.route("/new", methods=["GET", "POST"])
def ask(number: int) -> tuple[str, int] | Response:
    """Ask for words of the passage or turn that the address names to be redacted: a second person must confirm it."""
    transcript, meeting = found_or_404(number)
    passage = speeches.span_of(request.args.get("at"), transcript.text) or abort(404)
    form = RedactForm(words=request.args.get("words"))
    form.ground.choices = words(ErasureGround)

    def make() -> Redaction:
        places = redactions.places_of(transcript.text, passage, form.words.data or "")
        why = ErasureGround(form.ground.data), form.reason.data
        return redactions.ask(context.session(), transcript, places, *why, **acting())

    outcome = submit(form, make)
    if outcome.is_saved:
        flash(gettext("Nothing is redacted yet: it waits for a second person."))
        return _back(number)
    text, href = transcript.text[passage.start : passage.end], speeches.address(number, passage.start, passage.end)
    of = {"transcript": transcript, "meeting": meeting, "passage": text, "href": href}
    return render_template("transcripts/redact.html", form=form, **of), outcome.status


@blueprint.post("/<int:redaction>/confirm")
def confirm(number: int, redaction: int) -> Response:
    """Redact what somebody else asked for."""
    session = context.session()
    swept = redactions.confirm(session, _waiting(number, redaction), **acting())
    session.commit()
    flash(gettext("Redacted. The words are gone for good."))
    # It closes the session, so the reader's language is asked for before.
    sweep.clear_up(session, context.config().var, swept.mails, swept.words)
    return _back(number)


@blueprint.post("/<int:redaction>/back")
def back(number: int, redaction: int) -> Response:
    """Withdraw one's own request, or send another's back."""
    redactions.withdraw(context.session(), _waiting(number, redaction), **acting())
    context.session().commit()
    flash(gettext("Nothing is redacted, and nothing waits any more."))
    return _back(number)


def _waiting(number: int, redaction: int) -> Redaction:
    return redactions.waiting(context.session(), found_or_404(number)[0], redaction)


def _back(number: int) -> Response:
    return redirect(url_for("transcripts.page", number=number))
