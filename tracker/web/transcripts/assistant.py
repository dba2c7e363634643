"""The operator's own language model on a transcript: where its words would go, how far a reading is, what it cost."""

from collections.abc import Callable
from decimal import Decimal

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker.assistant import queries, reading_steps
from tracker.assistant.models import AssistantReading, AssistantState
from tracker.clock import real_now
from tracker.config import AssistantServer, TokenPrices, is_this_machine
from tracker.errors import Refused
from tracker.meetings.models import Visibility
from tracker.transcripts.models import Transcript
from tracker.web.app import context
from tracker.web.app.form_saving import acting
from tracker.web.transcripts.reader import found_or_404

blueprint = Blueprint("assistant", __name__, url_prefix="/transcripts/<int:number>/assistant")

#: less than this of a currency is shown as such
SMALLEST_SUM = Decimal("0.01")
Answer = tuple[str, int] | Response


@blueprint.get("")
def page(number: int) -> Answer:
    """Show what a reading would send and where, or how far it is; and what earlier ones came to."""
    return _show(number)


@blueprint.post("")
def start(number: int) -> Answer:
    """Let the assistant read the transcript, if it is still the one that the page named."""
    transcript, _ = found_or_404(number)

    def act() -> None:
        server = context.config().assistant
        if server is None or request.form.get("server") != identity(server):
            raise Refused("The assistant’s server or model has changed meanwhile. Look at where the words go now.")
        reading_steps.start_reading(context.session(), transcript, server, **acting())

    return _change(number, act)


@blueprint.post("/<int:reading>/cancel")
def cancel(number: int, reading: int) -> Answer:
    """End a reading before its time."""
    row = _reading_or_404(number, reading)
    return _change(number, lambda: reading_steps.cancel_reading(context.session(), row, **acting()))


@blueprint.post("/<int:reading>/again")
def again(number: int, reading: int) -> Answer:
    """Let a stopped reading go on where it is, or after the part that it stopped at."""
    row = _reading_or_404(number, reading)
    skips = "skip" in request.form
    return _change(number, lambda: reading_steps.try_again(context.session(), row, skips=skips, **acting()))


def identity(server: AssistantServer) -> str:
    """Return what a form carries of the server that its reader saw."""
    return f"{server.url} {server.model}"


def _change(number: int, act: Callable[[], object]) -> Answer:
    """Make the change and show the page anew; or say why not, beside what is so now."""
    try:
        act()
    except Refused as refused:
        context.session().rollback()
        flash(gettext(refused.message, **refused.values), "error")
        return _show(number, 409)
    context.session().commit()
    return redirect(url_for(".page", number=number))


def _reading_or_404(number: int, reading: int) -> AssistantReading:
    transcript, _ = found_or_404(number)
    return queries.reading_of(context.session(), transcript, reading) or abort(404)


def _show(number: int, status: int = 200) -> tuple[str, int]:
    session = context.session()
    transcript, meeting = found_or_404(number)
    server = context.config().assistant
    readings = queries.readings_of(session, transcript)
    unfinished = next((row for row, _ in readings if row.state in reading_steps.UNFINISHED), None)
    forecast = None
    if server is not None and unfinished is None and not _is_superseded(transcript):
        forecast = queries.forecast(session, transcript, server)
    content = render_template(
        "transcripts/assistant.html",
        transcript=transcript,
        meeting=meeting,
        server=server,
        server_identity=server and identity(server),
        stays_here=server is not None and is_this_machine(server.host_name),
        is_internal=meeting.visibility is Visibility.INTERNAL,
        forecast=forecast,
        unfinished=unfinished,
        readings=[(row, name) for row, name in readings if row is not unfinished],
    )
    return content, status


def _is_superseded(transcript: Transcript) -> bool:
    try:
        reading_steps.refuse_superseded(context.session(), transcript)
    except Refused:
        return True
    return False


def reading_says(reading: AssistantReading) -> str:
    """Return how far a reading is, or how it ended."""
    match reading.state:
        case AssistantState.READING:
            return str(gettext("reading part %(part)s of %(parts)s", part=_part(reading), parts=len(reading.parts)))
        case AssistantState.WAITING:
            return _waiting(reading)
        case AssistantState.STOPPED:
            return str(gettext("stopped at part %(part)s of %(parts)s", part=_part(reading), parts=len(reading.parts)))
        case AssistantState.CANCELLED:
            return str(
                gettext(
                    "cancelled after %(part)s of %(parts)s parts", part=reading.parts_done, parts=len(reading.parts)
                )
            )
        case AssistantState.DONE:
            return _done(reading)


def _part(reading: AssistantReading) -> int:
    return reading.parts_done + 1


def _waiting(reading: AssistantReading) -> str:
    if reading.not_before is None or reading.not_before <= real_now():
        return str(gettext("waiting for part %(part)s of %(parts)s", part=_part(reading), parts=len(reading.parts)))
    seconds = round((reading.not_before - real_now()).total_seconds())
    return str(
        ngettext(
            "trying part %(part)s again in %(num)d second",
            "trying part %(part)s again in %(num)d seconds",
            seconds,
            part=_part(reading),
        )
    )


def _done(reading: AssistantReading) -> str:
    if reading.parts_skipped:
        return str(
            ngettext(
                "read, but for %(num)d part that was skipped",
                "read, but for %(num)d parts that were skipped",
                reading.parts_skipped,
            )
        )
    return str(ngettext("%(num)d part read", "%(num)d parts read", reading.parts_done))


def sum_of(cost: Decimal, prices: TokenPrices | str) -> str:
    """Return "1.25 USD": what something costs, at these prices."""
    currency = str(prices).rpartition(" ")[2]
    if 0 < cost < SMALLEST_SUM:
        return str(gettext("less than %(sum)s %(currency)s", sum=SMALLEST_SUM, currency=currency))
    return f"{cost:.2f} {currency}"


def register(app: Flask) -> None:
    """Give these words to the templates."""
    app.jinja_env.globals.update(reading_says=reading_says, sum_of=sum_of)
