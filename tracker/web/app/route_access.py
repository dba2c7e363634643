"""Who may call a route: asked of the access table before every request, and by templates before they offer a link."""

from flask import Flask, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from tracker.people.models import Role
from tracker.web.app import context, safety_log
from tracker.web.app.access_table import TABLE, Access


def may_call(access: Access) -> bool:
    """Tell whether the reader may call a route of that access."""
    match access:
        case Access.ANYONE | Access.TOKEN:
            return True
        case Access.SIGNED_IN:
            return context.person_or_none() is not None
        case Access.MEMBER:
            return bool(context.roles())
        case Access.TRIAGE:
            return bool(context.roles() & {Role.SECRETARIAT, Role.RAPPORTEUR}) or context.is_rapporteur()
        case Access.SECOND:
            return bool(context.roles() & {Role.SECRETARIAT, Role.CHAIR})
        case Access.SECRETARIAT:
            return context.is_secretariat()
        case Access.OPERATOR:
            return _is_operator()
        case Access.OFFICE:
            return _is_operator() or context.is_secretariat()


def _is_operator() -> bool:
    reader = context.person_or_none()
    return reader is not None and reader.is_operator


def may(endpoint: str) -> bool:
    """Tell templates whether to offer a link to that endpoint."""
    return may_call(TABLE[endpoint])


def enforce() -> Response | None:
    """Send strangers to the sign-in page; answer 404 where the reader's role is not enough."""
    if request.endpoint is None:
        return None  # no such page: the error handler answers
    access = TABLE.get(request.endpoint)
    if access is None:
        abort(404)
    if may_call(access):
        return None
    reader = context.person_or_none()
    if reader is None and request.method in context.SAFE_METHODS:
        return redirect(url_for("sign_in.form", next=request.script_root + request.full_path.rstrip("?")))
    safety_log.refused("role", person_id=getattr(reader, "id", None))
    abort(404)


def register(app: Flask) -> None:
    """Ask the table before every request."""
    app.before_request(enforce)
    app.jinja_env.globals["may"] = may
