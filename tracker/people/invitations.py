"""Inviting people: a link that signs somebody in once, within a week; asked for again, or taken back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, delete, or_, select

from tracker.errors import Refused
from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.people import sessions, sign_in_rules
from tracker.people.models import Body, FirstSignIn, Invitation, Person, SignInLink, Term
from tracker.people.queries import with_keepers
from tracker.people.register import known_in

#: no second mail to the same person within this time
PAUSE = timedelta(hours=1)


class InvitationProgress(StrEnum):
    """How far somebody has come on the way in."""

    NO_ADDRESS = "no-address"
    NOT_INVITED = "not-invited"
    INVITED = "invited"
    EXPIRED = "expired"
    SIGNED_IN = "signed-in"


@dataclass(frozen=True)
class InvitationState:
    """A person on the way in: how far he has come, since when, and how often he was invited."""

    person: Person
    state: InvitationProgress
    since: datetime | None = None
    times: int = 0
    is_open: bool = False


def ways(
    session: Session, body_id: int, *, now: datetime, only: Collection[int | None] | None = None
) -> dict[int, InvitationState]:
    """Return how far everybody known in the register, or only these, has come, by name; `now` is the real moment."""
    rows = session.exec(
        select(Person, Invitation, FirstSignIn)
        .outerjoin(Invitation, (col(Invitation.person_id) == col(Person.id)) & (col(Invitation.body_id) == body_id))
        .outerjoin(FirstSignIn, col(FirstSignIn.id) == col(Person.id))
        .where(known_in(body_id) if only is None else col(Person.id).in_(only))
        .order_by(col(Person.name), col(Person.id))
    )
    return {person.id: _way(person, invited, first, now) for person, invited, first in rows}


def way_of(session: Session, body_id: int, person: Person, *, now: datetime) -> InvitationState:
    """Return how far one person has come; `now` is the real moment."""
    return _way(person, session.get(Invitation, (person.id, body_id)), session.get(FirstSignIn, person.id), now)


def _way(person: Person, invited: Invitation | None, first: FirstSignIn | None, now: datetime) -> InvitationState:
    times, is_open = (invited.times, invited.token_hash is not None) if invited else (0, False)
    if first is not None:
        return InvitationState(person, InvitationProgress.SIGNED_IN, first.at, times)
    if not person.email:
        return InvitationState(person, InvitationProgress.NO_ADDRESS)
    if invited is None or not is_open:
        return InvitationState(person, InvitationProgress.NOT_INVITED, times=times)
    state = InvitationProgress.INVITED if now < invited.expires_at else InvitationProgress.EXPIRED
    return InvitationState(person, state, invited.invited_at, times, is_open)


def serves_or_will(session: Session, body_id: int, person_ids: list[int], today: date) -> set[int]:
    """Return which of these people have a role in the register today or later."""
    bodies = select(Body.id).where(or_(col(Body.id) == body_id, col(Body.parent_id) == body_id))
    last = col(Term.last_day)
    held = select(Term.person_id).where(col(Term.body_id).in_(bodies), or_(last.is_(None), last >= today))
    who = select(Person.id).where(col(Person.id).in_(person_ids), col(Person.id).in_(with_keepers(held)))
    return {number for number in session.exec(who) if number}


def invite(
    session: Session,
    person: Person,
    body_id: int,
    *,
    seen: int,
    today: date,
    real_now: datetime,
    by: Actor,
    now: datetime,
) -> str:
    """Make a link that signs the person in once, within a week, and return its token; a link before it ends.

    `seen` is how often he had been invited when the sender looked: a second press of the button is refused.
    """
    if not person.email or not person.is_active:
        raise Refused("%(name)s has no mail address. Add one first.", name=person.name)
    if not serves_or_will(session, body_id, [person.id], today):
        raise Refused("%(name)s has no role here: give one first.", name=person.name)
    found = session.get(Invitation, (person.id, body_id), with_for_update=True)
    if (found.times if found else 0) != seen:
        raise Refused("%(name)s has been invited meanwhile.", name=person.name)
    if found and found.token_hash and real_now < found.expires_at - sign_in_rules.INVITATION_LINK + PAUSE:
        raise Refused("%(name)s was invited less than an hour ago. Wait an hour, then invite again.", name=person.name)
    _end_link(session, found)
    token = sessions.make_link(session, person, now=real_now, life=sign_in_rules.INVITATION_LINK)
    kept = found or Invitation(person_id=person.id, body_id=body_id, invited_at=now, expires_at=real_now)
    kept.invited_by = by.person_id
    kept.invited_at = now
    kept.expires_at = real_now + sign_in_rules.INVITATION_LINK
    kept.token_hash = sign_in_rules.digest_of(token)
    kept.times = kept.times + 1
    session.add(kept)
    leave(session, kept, Verb.INVITED, by=by, now=now, body_id=body_id)
    return token


def withdraw_invitation(session: Session, person: Person, body_id: int, *, by: Actor, now: datetime) -> None:
    """Take an invitation back: its link signs nobody in any more. Raises Refused where there is none."""
    found = session.get(Invitation, (person.id, body_id), with_for_update=True)
    if found is None or found.token_hash is None:
        raise Refused("There is no invitation to take back. Look at the page again.")
    _end_link(session, found)
    found.token_hash = None
    session.add(found)
    leave(session, found, Verb.INVITATION_WITHDRAWN, by=by, now=now, body_id=body_id)


def _end_link(session: Session, found: Invitation | None) -> None:
    if found is not None and found.token_hash is not None:
        session.exec(delete(SignInLink).where(col(SignInLink.token_hash) == found.token_hash))
