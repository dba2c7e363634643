"""One search over items, notes, what was said, and people."""

from flask import Blueprint, render_template, request

from tracker.search.queries import find
from tracker.search.search_words import snippet
from tracker.text import clean_line
from tracker.web.app import context

blueprint = Blueprint("search", __name__, url_prefix="/search")

LONGEST = 200


@blueprint.get("")
def page() -> str:
    """Show what holds the words asked for."""
    question = clean_line(request.args.get("q", ""))[:LONGEST]
    found = find(context.session(), context.body_id(), context.sight(), question) if question else None
    return render_template("home/search.html", question=question, found=found, snippet=snippet)
