"""The frame of every page: its bar and menu, the other registers, and the banners of the clock and of held mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import get_locale, lazy_gettext
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect

from tracker.digests.models import DigestHold
from tracker.items.models import Item
from tracker.mail.models import Relay, Suppression
from tracker.meetings.models import Visibility
from tracker.people.models import Body, Person
from tracker.web.app import access_table, context, route_access

#: in the order of the bar; the first five that a reader may open are at hand on a telephone
PLACES = (
    ("/", lazy_gettext("My page")),
    ("/items", lazy_gettext("Items")),
    ("/triage", lazy_gettext("Triage")),
    ("/meetings", lazy_gettext("Meetings")),
    ("/milestones", lazy_gettext("Milestones")),
    ("/reports", lazy_gettext("Reports")),
    ("/search", lazy_gettext("Search")),
)
#: what stands in the menu under the reader's name, as far as the reader may open it
MORE = (
    ("/people", lazy_gettext("People, bodies and classes")),
    ("/uploads", lazy_gettext("Uploads")),
    ("/mail", lazy_gettext("Mail")),
    ("/digests", lazy_gettext("Past digests")),
    ("/account", lazy_gettext("My account")),
)

#: where a reader is told that mail does not reach them
PERSONAL = ("front.index", "account.page")
#: since when mail is held, and the hold of a body's digests: one statement, made once, for every page of who can
#: release them. One of the two rows may be there, or none.
_ONE_ROW = sa.select(sa.literal(1).label("there")).subquery("one_row")
_OF_BODY = sa.and_(col(DigestHold.body_id) == sa.bindparam("body"), col(DigestHold.ended_at).is_(None))
HELD = (
    sa.select(col(Relay.held_since), DigestHold)
    .select_from(_ONE_ROW)
    .outerjoin(Relay, col(Relay.id) == 1)
    .outerjoin(DigestHold, _OF_BODY)
    .order_by(col(DigestHold.id))
    .limit(1)
)


@dataclass(frozen=True)
class FrameLink:
    """A link of the frame."""

    href: str
    label: str
    is_here: bool


def places() -> list[FrameLink]:
    """Return the pages of the bar that the reader may open; worked out once a request."""
    # Asked for twice: by the bar, and by the menu of a telephone.
    if "places" not in g:
        g.places = _open_to_reader(PLACES)
    links: list[FrameLink] = g.places
    return links


def more_places() -> list[FrameLink]:
    """Return the pages of the menu that the reader may open."""
    return _open_to_reader(MORE)


def _open_to_reader(pages: Sequence[tuple[str, object]]) -> list[FrameLink]:
    return [
        FrameLink(request.script_root + path, str(_label(path, label)), _is_here(path))
        for path, label in pages
        if _may_open(path)
    ]


def _label(path: str, label: object) -> object:
    if path == "/" and context.person_or_none() is None:
        return lazy_gettext("Overview")
    return label


def _is_here(path: str) -> bool:
    return request.path == path or (path != "/" and request.path.startswith(f"{path}/"))


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
    if "switches" not in g:
        g.switches = _register_links()
    links: list[FrameLink] = g.switches
    return links


def _register_links() -> list[FrameLink]:
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
    published = select(Item.id).where(col(Item.body_id) == body.id, col(Item.visibility) == Visibility.PUBLISHED)
    return context.session().exec(published.limit(1)).first() is not None


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
    since: datetime | None = _held()[0]
    return since


def refused_address() -> str | None:
    """Return the reader's address if a mail server said that there is no such mailbox; None if mail goes there."""
    reader = context.person_or_none()
    # On the pages where people look after what is theirs; the others would ask the database once more each.
    if reader is None or reader.email is None or request.endpoint not in PERSONAL:
        return None
    if context.session().get(Suppression, reader.email) is None:
        return None
    return reader.email


def waiting_digests() -> DigestHold | None:
    """Return the hold because of which the digests of this body wait, for those who can release them."""
    if context.body_or_none() is None or not context.is_secretariat():
        return None
    hold: DigestHold | None = _held()[1]
    return hold


def _held() -> Any:
    """Return since when mail is held, and the hold of the digests of this body; asked once a request."""
    if "held" not in g:
        body = context.body_or_none()
        number = body and body.id
        g.held = context.session().execute(HELD, {"body": number}).one()
    return g.held


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
        waiting_digests=waiting_digests,
        refused_address=refused_address,
    )
