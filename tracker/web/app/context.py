"""What every view asks for: the session, the reader, the register, the moment.

An address begins with /b/SLUG for every register but the installation's own.
"""

import re
from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from flask import abort, current_app, g, request
from flask import session as cookie
from flask_login import current_user
from sqlmodel import Session

from tracker import clock
from tracker.config import Config
from tracker.db import Sessions
from tracker.history import Actor, ChangeWay
from tracker.meetings.queries import rapporteur_of
from tracker.people.models import Body, Person, Role
from tracker.people.queries import (
    STRANGER,
    CurrentRole,
    Sight,
    registers,
    roles_at,
    roles_from,
    sight_from,
    terms_of,
)
from tracker.web.app.page_cache import Shelf
from tracker.web.app.request_facts import SID, RequestFacts, read_facts

Value = TypeVar("Value")

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
BODY_PREFIX = re.compile(r"^/b/([a-z0-9][a-z0-9-]*)(?=/|$)")


class BodyPrefix:
    """WSGI middleware that turns /b/SLUG/items into /items of that register.

    The prefix moves from the path to the script's name, so that every link of a page keeps it by itself.
    """

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Note the register and pass the request on."""
        prefix = BODY_PREFIX.match(environ.get("PATH_INFO", ""))
        if prefix:
            environ["tracker.body"] = prefix[1]
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + prefix[0]
            environ["PATH_INFO"] = environ["PATH_INFO"][prefix.end() :] or "/"
        return self.app(environ, start_response)


def config() -> Config:
    """Return the settings."""
    settings: Config = current_app.extensions["config"]
    return settings


def sessions() -> Sessions:
    """Return the maker of sessions."""
    maker: Sessions = current_app.extensions["sessions"]
    return maker


def session() -> Session:
    """Return this request's session: a reader for safe methods, else a writer that the view commits."""
    if "session" not in g:
        if request.method in SAFE_METHODS:
            g.session = sessions().reader()
        else:
            g.session = sessions().writer()
    request_session: Session = g.session
    return request_session


def close_session(_error: BaseException | None = None) -> None:
    """End the request's session; what was not committed is rolled back."""
    if "session" in g:
        g.pop("session").close()


def facts() -> RequestFacts:
    """Return what one statement tells of this request; it is asked again after somebody signed in or out."""
    token = cookie.get(SID)
    facts_of_request: RequestFacts | None = g.get("facts")
    if facts_of_request is None or facts_of_request.token != token:
        facts_of_request = read_facts(session(), token)
        g.facts = facts_of_request
    return facts_of_request


def recorded(key: Hashable, make: Callable[[], Value]) -> Value:
    """Return `make()`, kept until the next line of history: it depends on recorded rows and on the key alone."""
    mark = facts().mark
    # A request that writes reads what it has written, before there is a line of it.
    if mark is None or request.method not in SAFE_METHODS or sessions().engine.dialect.name != "sqlite":
        return make()
    shelf: Shelf = current_app.extensions["shelf"]
    return shelf.value(mark, key, make)


def kept(name: str, make: Callable[[], Value]) -> Value:
    """Return `make()`, kept like `recorded`: it depends on the register, and on whether the reader sees all of it."""
    number = body_id()
    # No two rapporteurs see the same.
    if number in sight().only_rapporteur_in:
        return make()
    return recorded((name, number, number in sight().register_ids), make)


def clock_offset() -> timedelta:
    """Return how far this installation's clock is from the real one."""
    return facts().clock_offset


def now() -> datetime:
    """Return the installation's moment, the same throughout a request."""
    if "now" not in g:
        g.now = clock.real_now() + clock_offset()
    moment: datetime = g.now
    return moment


def zone() -> ZoneInfo:
    """Return the zone that the reader is shown times in: their own, else the register's, else UTC."""
    reader = person_or_none()
    if reader is not None and reader.timezone:
        return ZoneInfo(reader.timezone)
    return ZoneInfo(_register_timezone())


def _register_timezone() -> str:
    register = body_or_none()
    if register is None:
        return "UTC"
    return register.timezone


def today() -> date:
    """Return the register's calendar day, the same throughout a request: terms and due days go by no reader's own."""
    if "today" not in g:
        g.today = clock.day_in(_register_timezone(), now())
    day: date = g.today
    return day


def person_or_none() -> Person | None:
    """Return who is signed in."""
    if not current_user.is_authenticated:
        return None
    reader: Person = current_user._get_current_object()
    return reader


def person() -> Person:
    """Return who is signed in; the access table has made sure that somebody is."""
    return person_or_none() or abort(404)


def actor() -> Actor:
    """Return the signed-in person as the history names them."""
    return Actor(person().id, ChangeWay.BROWSER)


def every_register() -> list[Body]:
    """Return the bodies that keep items, the installation's own first."""
    if "every_register" not in g:
        g.every_register = recorded("every register", _registers)
    bodies: list[Body] = g.every_register
    return bodies


def _registers() -> list[Body]:
    """Return the registers as no row of this session: those that are kept are read by other threads."""
    bodies = registers(session())
    if request.method in SAFE_METHODS:
        for register in bodies:
            session().expunge(register)
    return bodies


def body_or_none() -> Body | None:
    """Return the register whose pages these are: the one in /b/SLUG, else the installation's own."""
    if "body" not in g:
        slug = request.environ.get("tracker.body")
        g.body = next((body for body in every_register() if slug in (None, body.slug)), None)
    register: Body | None = g.body
    return register


def body() -> Body:
    """Return the register whose pages these are; 404 where the address names none."""
    return body_or_none() or abort(404)


def body_id() -> int:
    """Return the number of the register whose pages these are."""
    return body().id


def seats() -> list[CurrentRole]:
    """Return what the reader is today, in every body."""
    if "seats" not in g:
        g.seats = []
        reader = person_or_none()
        if reader is not None:
            terms = recorded(("terms", reader.id), lambda: terms_of(session(), reader))
            g.seats = roles_at(terms, now())
    seats: list[CurrentRole] = g.seats
    return seats


def sight() -> Sight:
    """Return what the reader may see."""
    if "sight" not in g:
        g.sight = STRANGER
        if (reader := person_or_none()) is not None:
            g.sight = sight_from(reader, seats())
    reader_sight: Sight = g.sight
    return reader_sight


def roles() -> set[Role]:
    """Return the reader's roles in this register; none where the address names no register."""
    if "roles" not in g:
        g.roles = set()
        if (register := body_or_none()) is not None:
            g.roles = roles_from(seats(), register)
    reader_roles: set[Role] = g.roles
    return reader_roles


def is_secretariat() -> bool:
    """Tell whether the reader is secretariat of this register."""
    return Role.SECRETARIAT in roles()


def meetings_reported() -> frozenset[int]:
    """Return the meetings of this register whose rapporteur the reader is."""
    reader = person_or_none()
    register = body_or_none()
    if reader is None or register is None:
        return frozenset()
    if "meetings_reported" not in g:
        key = ("meetings reported", register.id, reader.id)
        g.meetings_reported = recorded(key, lambda: rapporteur_of(session(), register.id, reader.id))
    meeting_ids: frozenset[int] = g.meetings_reported
    return meeting_ids


def is_rapporteur() -> bool:
    """Tell whether the reader serves in this register today and is rapporteur of one of its meetings."""
    return bool(roles()) and bool(meetings_reported())
