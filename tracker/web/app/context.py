"""What every view asks for: the session, the reader, the register, the moment."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import abort, current_app, g, request
from flask_login import current_user
from sqlmodel import Session

from tracker import clock
from tracker.config import Config
from tracker.db import Sessions
from tracker.history import Actor, ChangeWay
from tracker.meetings.queries import rapporteur_of
from tracker.people.models import Body, Person, Role
from tracker.people.queries import STRANGER, CurrentRole, Sight, registers, roles_from, seats_of, sight_from

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def config() -> Config:
    """Return the settings."""
    found: Config = current_app.extensions["config"]
    return found


def sessions() -> Sessions:
    """Return the maker of sessions."""
    found: Sessions = current_app.extensions["sessions"]
    return found


def session() -> Session:
    """Return this request's session: a reader for safe methods, else a writer that the view commits."""
    if "session" not in g:
        g.session = sessions().reader() if request.method in SAFE_METHODS else sessions().writer()
    found: Session = g.session
    return found


def close_session(_error: BaseException | None = None) -> None:
    """End the request's session; what was not committed is rolled back."""
    if "session" in g:
        g.pop("session").close()


def clock_offset() -> timedelta:
    """Return how far this installation's clock is from the real one."""
    if "clock_offset" not in g:
        g.clock_offset = clock.offset(session())
    found: timedelta = g.clock_offset
    return found


def now() -> datetime:
    """Return the installation's moment, the same throughout a request."""
    if "now" not in g:
        g.now = clock.real_now() + clock_offset()
    found: datetime = g.now
    return found


def zone() -> ZoneInfo:
    """Return the zone that the reader is shown times in: their own, else the register's, else UTC."""
    reader = person_or_none()
    if reader is not None and reader.timezone:
        return ZoneInfo(reader.timezone)
    register = body_or_none()
    return ZoneInfo(register.timezone if register else "UTC")


def today() -> date:
    """Return the register's calendar day, the same throughout a request: terms and due days go by no reader's own."""
    if "today" not in g:
        register = body_or_none()
        g.today = clock.day_in(register.timezone if register else "UTC", now())
    found: date = g.today
    return found


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
    """Return the signed-in person as the history names him."""
    return Actor(person().id, ChangeWay.BROWSER)


def every_register() -> list[Body]:
    """Return the bodies that keep items, the installation's own first."""
    if "every_register" not in g:
        g.every_register = registers(session())
    found: list[Body] = g.every_register
    return found


def body_or_none() -> Body | None:
    """Return the register whose pages these are: the one in /b/SLUG, else the installation's own."""
    if "body" not in g:
        slug = request.environ.get("tracker.body")
        g.body = next((body for body in every_register() if slug in (None, body.slug)), None)
    found: Body | None = g.body
    return found


def body() -> Body:
    """Return the register whose pages these are; 404 where the address names none."""
    return body_or_none() or abort(404)


def body_id() -> int:
    """Return the number of the register whose pages these are."""
    number = body().id
    if number is not None:
        return number
    return abort(404)


def seats() -> list[CurrentRole]:
    """Return what the reader is today, in every body."""
    if "seats" not in g:
        reader = person_or_none()
        g.seats = seats_of(session(), reader, now()) if reader else []
    found: list[CurrentRole] = g.seats
    return found


def sight() -> Sight:
    """Return what the reader may see."""
    if "sight" not in g:
        reader = person_or_none()
        g.sight = sight_from(reader, seats()) if reader else STRANGER
    found: Sight = g.sight
    return found


def roles() -> set[Role]:
    """Return the reader's roles in this register; none where the address names no register."""
    if "roles" not in g:
        register = body_or_none()
        g.roles = roles_from(seats(), register) if register else set()
    found: set[Role] = g.roles
    return found


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
        g.meetings_reported = rapporteur_of(session(), register.id, reader.id)
    found: frozenset[int] = g.meetings_reported
    return found


def is_rapporteur() -> bool:
    """Tell whether the reader serves in this register today and is rapporteur of one of its meetings."""
    return bool(roles()) and bool(meetings_reported())
