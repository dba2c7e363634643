"""Names for the inputs with suggestions, while somebody types: parties, people, speakers, time zones."""

from collections.abc import Callable

from flask import Blueprint, abort, request
from flask_babel import gettext

from tracker.transcripts import queries
from tracker.web.account.settings_forms import zone_suggestions
from tracker.web.app import context
from tracker.web.app.access_table import Access
from tracker.web.app.party_field import party_suggestions, people_suggestions
from tracker.web.app.pick_field import MOST_SUGGESTED, Suggestion, matching
from tracker.web.app.route_access import may_call

blueprint = Blueprint("suggestions", __name__)


def _speakers() -> list[Suggestion]:
    return [Suggestion(str(number), name) for number, name in queries.people(context.session(), context.body_id())]


#: each list with those who may choose from it; what they find there is what their forms accept
LISTS: dict[str, tuple[Access, Callable[[], list[Suggestion]]]] = {
    "parties": (Access.MEMBER, party_suggestions),
    "people": (Access.MEMBER, people_suggestions),
    "speakers": (Access.SECRETARIAT, _speakers),
    "time-zones": (Access.SIGNED_IN, zone_suggestions),
}


@blueprint.get("/suggestions/<name>")
def of_list(name: str) -> dict[str, list[dict[str, str]]]:
    """Return the choices that match `q`, the first dozen: value, name, and what tells one from its namesakes."""
    if name not in LISTS:
        abort(404)
    access, everybody = LISTS[name]
    if not may_call(access):
        abort(404)
    matches = matching(everybody(), request.args.get("q", "")[:200])
    return {"suggestions": [_as_json(suggestion) for suggestion in matches[:MOST_SUGGESTED]]}


def _as_json(suggestion: Suggestion) -> dict[str, str]:
    mail = ""
    if suggestion.by_mail:
        mail = gettext("reached by mail")
    return {"value": suggestion.value, "name": suggestion.name, "detail": suggestion.detail, "mail": mail}
