"""Server-side sessions and one-time sign-in links.

None of it is history. The tables are named exceptions to "GET changes nothing". Every moment is of the real clock.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, delete, select, update

from tracker.db import insert_new
from tracker.people import sign_in_rules
from tracker.people.models import FirstSignIn, Person, SignInLink, SignInSession
from tracker.people.sign_in_rules import BrowserSession

#: the columns of a BrowserSession
BROWSER = tuple(col(getattr(SignInSession, name)) for name in BrowserSession._fields)
_BY_HASH = (
    sa.select(Person, *BROWSER)
    .join(SignInSession, col(SignInSession.person_id) == col(Person.id))
    .where(col(SignInSession.id_hash) == sa.bindparam("hash"))
)


def start(session: Session, person: Person, *, now: datetime) -> str:
    """Sign the person in and return the new identifier for the cookie; sessions long over are deleted."""
    # Old sessions are deleted here, so no job is needed for it.
    stale = col(SignInSession.created_at) < now - sign_in_rules.ABSOLUTE
    session.exec(delete(SignInSession).where(stale))
    token = sign_in_rules.new_token()
    insert_new(session, FirstSignIn, id=person.id, at=now)
    session.add(
        SignInSession(
            id_hash=sign_in_rules.digest_of(token),
            person_id=person.id,
            token_epoch=person.token_epoch,
            created_at=now,
            seen_at=now,
        )
    )
    return token


def find_session(session: Session, token: str, *, now: datetime) -> tuple[BrowserSession, Person] | None:
    """Return the live session with that identifier, and its person; None where there is none."""
    row = session.execute(_BY_HASH, {"hash": sign_in_rules.digest_of(token)}).one_or_none()
    if row is None:
        return None
    person, *browser = row
    return alive(BrowserSession(*browser), person, now=now)


def alive(browser: BrowserSession, person: Person, *, now: datetime) -> tuple[BrowserSession, Person] | None:
    """Return both if the session still signs that person in, else None."""
    if sign_in_rules.is_alive(browser, person, now):
        return browser, person
    return None


def touch(session: Session, browser: BrowserSession, *, now: datetime) -> None:
    """Note that the session is in use."""
    session.exec(update(SignInSession).where(col(SignInSession.id_hash) == browser.id_hash).values(seen_at=now))


def end(session: Session, token: str) -> None:
    """Sign that browser out."""
    session.exec(delete(SignInSession).where(col(SignInSession.id_hash) == sign_in_rules.digest_of(token)))


def make_link(session: Session, person: Person, *, now: datetime, life: timedelta = sign_in_rules.MAILED_LINK) -> str:
    """Return the token of a new link that signs the person in once; links long expired are deleted."""
    session.exec(delete(SignInLink).where(col(SignInLink.expires_at) < now - sign_in_rules.ABSOLUTE))
    token = sign_in_rules.new_link_token(person)
    session.add(
        SignInLink(
            token_hash=sign_in_rules.digest_of(token), person_id=person.id, created_at=now, expires_at=now + life
        )
    )
    return token


def find_link(session: Session, token: str, *, now: datetime) -> Person | None:
    """Return whom the link signs in; None if it has been used, has expired or is unknown."""
    row = session.exec(
        select(SignInLink, Person)
        .join(Person, col(SignInLink.person_id) == col(Person.id))
        .where(col(SignInLink.token_hash) == sign_in_rules.digest_of(token))
    ).one_or_none()
    if row and sign_in_rules.is_usable(row[0], token, row[1], now):
        return row[1]
    return None


def use_link(session: Session, token: str, *, now: datetime) -> Person | None:
    """Use the link up and return whom it signs in; None if it cannot be used, or if another request was faster."""
    person = find_link(session, token, now=now)
    # The update decides who was first: it finds the link unused for one request only.
    used = session.exec(
        update(SignInLink)
        .where(col(SignInLink.token_hash) == sign_in_rules.digest_of(token), col(SignInLink.used_at).is_(None))
        .values(used_at=now)
    )
    if used.rowcount == 1:
        return person
    return None
