"""The frame of every page: its bar and menu, the other registers, and the banners of the clock and of held mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask import Flask, current_app, has_request_context, request
from flask_babel import get_locale
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect

from tracker.digests.models import DigestHold
from tracker.items.models import Item
from tracker.mail.models import Suppression
from tracker.meetings.models import Visibility
from tracker.people.models import Body, Person
from tracker.web.app import access_table, context, language, route_access
from tracker.wording.stored_values import translatable

#: in the order of the bar; the first five that a reader may open are at hand on a telephone
PLACES = (
    ("/", translatable("My page")),
    ("/items", translatable("Items")),
    ("/triage", translatable("Triage")),
    ("/meetings", translatable("Meetings")),
    ("/milestones", translatable("Milestones")),
    ("/reports", translatable("Reports")),
    ("/search", translatable("Search")),
)
#: what stands in the menu under the reader's name, as far as the reader may open it
MORE = (
    ("/people", translatable("People, bodies and classes")),
    ("/uploads", translatable("Uploads")),
    ("/mail", translatable("Mail")),
    ("/digests", translatable("Past digests")),
    ("/account", translatable("My account")),
)

#: where a reader is told that mail does not reach them
PERSONAL = ("front.index", "account.page")
_HELD_SINCE = (
    sa.select(col(DigestHold.since))
    .where(col(DigestHold.body_id) == sa.bindparam("body"), col(DigestHold.ended_at).is_(None))
    .order_by(col(DigestHold.id))
    .limit(1)
)
#: the registers that a stranger finds something in
_PUBLISHED_IN = sa.select(col(Body.id)).where(
    col(Body.is_register),
    sa.exists().where(col(Item.body_id) == col(Body.id), col(Item.visibility) == Visibility.PUBLISHED),
)


@dataclass(frozen=True)
class FrameLink:
    """A link of the frame."""

    href: str
    label: str
    is_here: bool


def places() -> list[FrameLink]:
    """Return the pages of the bar that the reader may open."""
    return _open_to_reader(PLACES)


def more_places() -> list[FrameLink]:
    """Return the pages of the menu that the reader may open."""
    return _open_to_reader(MORE)


def _open_to_reader(pages: Sequence[tuple[str, str]]) -> list[FrameLink]:
    here = request.path
    root = request.script_root
    return [
        FrameLink(root + path, language.gettext(_label(path, label)), _is_here(path, here))
        for path, label in pages
        if _may_open(path)
    ]


def _label(path: str, label: str) -> str:
    if path == "/" and context.person_or_none() is None:
        return translatable("Overview")
    return label


def _is_here(path: str, here: str) -> bool:
    return here == path or (path != "/" and here.startswith(f"{path}/"))


def _may_open(path: str) -> bool:
    """Tell whether there is such a page and the access table lets this reader in."""
    endpoints: dict[str, str | None] = current_app.extensions["places"]
    if path not in endpoints:
        endpoints[path] = _endpoint(path)
    endpoint = endpoints[path]
    return endpoint in access_table.TABLE and route_access.may(endpoint)


def _endpoint(path: str) -> str | None:
    """Return what answers at that address: the same for every reader."""
    try:
        endpoint, _ = current_app.create_url_adapter(request).match(path, method="GET")  # type: ignore[union-attr]
    except (NotFound, RequestRedirect):
        return None
    return str(endpoint)


def other_registers() -> list[FrameLink]:
    """Return the registers to switch to: those the reader serves in, and those with something published."""
    bodies = context.every_register()
    if len(bodies) < 2:
        return []
    here = context.body_or_none()
    links = [FrameLink(f"/b/{body.slug}/", body.name, body is here) for body in bodies[1:] if _may_see(body)]
    if _may_see(bodies[0]):
        links.insert(0, FrameLink("/", bodies[0].name, bodies[0] is here))
    # With one register to go to there is nothing to switch.
    if len(links) < 2:
        return []
    return links


def _may_see(body: Body) -> bool:
    if body.id in context.sight().register_ids:
        return True
    return body.id in context.recorded("published in", _published_in)


def _published_in() -> frozenset[int]:
    return frozenset(context.session().scalars(_PUBLISHED_IN))


def believed_moment() -> datetime | None:
    """Return the moment this installation believes in, or None while its clock is the real one."""
    if context.clock_offset():
        return context.now()
    return None


def held_since() -> datetime | None:
    """Return since when mail is held, for those who can release it."""
    reader = context.person_or_none()
    # Whoever cannot release the mail should not be worried by it.
    if reader is None or not (reader.is_operator or context.is_secretariat()):
        return None
    return context.facts().mail_held_since


def refused_address() -> str | None:
    """Return the reader's address if a mail server said that there is no such mailbox; None if mail goes there."""
    reader = context.person_or_none()
    # On the pages where people look after what is theirs; the others would ask the database once more each.
    if reader is None or reader.email is None or request.endpoint not in PERSONAL:
        return None
    if context.session().get(Suppression, reader.email) is None:
        return None
    return reader.email


def digests_held_since() -> datetime | None:
    """Return since when the digests of this body wait, for those who can release them."""
    body = context.body_or_none()
    if body is None or not context.is_secretariat():
        return None
    return context.recorded(("digests held", body.id), lambda: _digests_held_since(body.id))


def _digests_held_since(body_id: int) -> datetime | None:
    since: datetime | None = context.session().scalar(_HELD_SINCE, {"body": body_id})
    return since


def _values() -> dict[str, object]:
    """Return what base.html asks for; a page about a broken database is drawn without it."""
    if not has_request_context():
        return {}  # a mail
    locale = get_locale()
    return {"reader": _reader_or_none(), "language": str(locale), "direction": locale.text_direction}


def _reader_or_none() -> Person | None:
    try:
        return context.person_or_none()
    except SQLAlchemyError:
        return None


def register(app: Flask) -> None:
    """Give the frame to the templates."""
    app.extensions["places"] = {}
    app.context_processor(_values)
    app.jinja_env.globals.update(
        places=places,
        more_places=more_places,
        register_or_none=context.body_or_none,
        other_registers=other_registers,
        believed_moment=believed_moment,
        held_since=held_since,
        digests_held_since=digests_held_since,
        refused_address=refused_address,
    )
