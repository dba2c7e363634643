"""What one statement tells every request first: who reads, at what moment, and how far the history has come."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker import clock
from tracker.clock import ClockSetting
from tracker.history import Event
from tracker.mail.models import Relay
from tracker.people import sessions, sign_in_rules
from tracker.people.models import Person, SignInSession
from tracker.people.sign_in_rules import BrowserSession

#: under this name the cookie holds the identifier of the server's session
SID = "sid"
#: the newest line of history, by its number and its moment: after a backup was restored, a number may come again
Mark = tuple[int, datetime]

_ONE_ROW = sa.select(sa.literal(1).label("there")).subquery("one_row")
_NEWEST = sa.select(col(Event.id), col(Event.at)).order_by(col(Event.id).desc()).limit(1).subquery("newest")
# The row is there, whatever else is not: each part may be missing.
_FACTS = (
    sa.select(
        Person,
        *sessions.BROWSER,
        *_NEWEST.c,
        col(ClockSetting.offset_seconds),
        col(ClockSetting.is_returned),
        col(Relay.held_since),
    )
    .select_from(_ONE_ROW)
    .outerjoin(SignInSession, col(SignInSession.id_hash) == sa.bindparam("hash"))
    .outerjoin(Person, col(Person.id) == col(SignInSession.person_id))
    .outerjoin(_NEWEST, sa.true())
    .outerjoin(ClockSetting, col(ClockSetting.id) == 1)
    .outerjoin(Relay, col(Relay.id) == 1)
)


class RequestFacts(NamedTuple):
    """Who reads, if somebody is signed in; the newest line of history, if there is any; the clock; the hold of mail."""

    token: str | None
    signed_in: tuple[BrowserSession, Person] | None
    mark: Mark | None
    clock_offset: timedelta
    mail_held_since: datetime | None


def read_facts(session: Session, token: str | None) -> RequestFacts:
    """Return the facts for the browser whose cookie holds that identifier."""
    person, *others = session.execute(_FACTS, {"hash": sign_in_rules.digest_of(token or "")}).one()
    return _facts(token, person, *others)


def _facts(
    token: str | None,
    person: Person | None,
    id_hash: str,
    token_epoch: int,
    created_at: datetime,
    seen_at: datetime,
    newest: int | None,
    newest_at: Any,
    offset_seconds: int | None,
    is_returned: bool | None,
    mail_held_since: datetime | None,
) -> RequestFacts:
    signed_in = None
    if person is not None:
        browser = BrowserSession(id_hash, token_epoch, created_at, seen_at)
        signed_in = sessions.alive(browser, person, now=clock.real_now())
    mark = None
    if newest is not None:
        mark = (newest, newest_at)
    offset = clock.offset_of(offset_seconds, is_returned=bool(is_returned))
    return RequestFacts(token, signed_in, mark, offset, mail_held_since)
