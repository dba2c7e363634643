"""The first page, the search, and the state of the installation."""

from flask import Blueprint, jsonify, redirect, render_template, request
from markupsafe import Markup, escape
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from tracker import clock
from tracker.jobs.models import last_tick, scheduler_is_silent
from tracker.mail.queries import outbox_state
from tracker.people.models import Body
from tracker.search.queries import find
from tracker.search.search_words import ExcerptPiece, snippet
from tracker.text import clean_line
from tracker.web.app import context
from tracker.web.app.guards import static_address
from tracker.web.home import my_page
from tracker.web.home.public_front import public_front

blueprint = Blueprint("front", __name__)
#: signs of a question that the search reads; its field takes no more
LONGEST_QUESTION = 200


@blueprint.get("/")
def index() -> str | Response:
    """Show my page, or to strangers what has been published."""
    if context.body_or_none() is None and not context.every_register():
        return render_template("home/empty.html")
    register = context.body_id()
    if context.person_or_none() is not None:
        if served := _served_elsewhere():
            return redirect(f"/b/{served.slug}/")
        return render_template("home/my_page.html", **my_page.contents())
    return render_template("home/public.html", front=public_front(context.session(), register))


def _served_elsewhere() -> Body | None:
    """Return the register to lead to: of somebody who came to the installation's own and has no role there."""
    if "tracker.body" in request.environ or context.roles():
        return None
    served = context.sight().register_ids
    return next((body for body in context.every_register() if body.id in served), None)


@blueprint.get("/search")
def search() -> str:
    """Show the items, notes, turns and people in which all the words of the question stand."""
    question = clean_line(request.args.get("q", ""))[:LONGEST_QUESTION]
    results = None
    words: list[str] = []
    if question:
        results = find(context.session(), context.body_id(), context.sight(), question)
        words = results.words
    return render_template(
        "home/search.html", question=question, results=results, shown=lambda text: _shown(text, words)
    )


def _shown(text: str, words: list[str]) -> Markup:
    """Return the excerpt of a text around the first of these words, each of them marked."""
    return Markup("".join(_marked(piece) for piece in snippet(text, words)))  # noqa: S704 - each is escaped


def _marked(piece: ExcerptPiece) -> str:
    text = escape(piece.text)
    if piece.is_hit:
        return f"<mark>{text}</mark>"
    return text


@blueprint.get("/favicon.ico")
def icon() -> Response:
    """Lead to the icon whoever asks for it without having read a page that names it."""
    return redirect(static_address("icon.svg"))


@blueprint.get("/health")
def health() -> tuple[Response, int]:
    """Answer with the state of the installation; 503 when the database does not answer."""
    session = context.session()
    try:
        ticked = last_tick(session)
        outbox = outbox_state(session)
    except SQLAlchemyError:
        return jsonify(status="failing", database="does not answer"), 503
    alarms = list(outbox.alarms)
    if scheduler_is_silent(ticked):
        alarms.append("scheduler-silent")
    # Alarms leave the answer 200: a monitor that restarts whatever answers 503 would do so for every held mail.
    status = "ok"
    if alarms:
        status = "attention"
    state = {
        "status": status,
        "database": "ok",
        "alarms": alarms,
        "scheduler": {"last_tick": ticked and ticked.isoformat()},
        "time_zones": clock.zone_rules_version(),
        "outbox": {
            "counts": outbox.counts,
            "oldest": outbox.oldest and outbox.oldest.isoformat(),
            "ambiguous": outbox.ambiguous,
            "held_since": outbox.held_since and outbox.held_since.isoformat(),
        },
    }
    return jsonify(state), 200
