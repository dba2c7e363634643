"""Inviting people: a link that signs somebody in once, within a week; sent again, or withdrawn."""

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

#: no second invitation to the same person within this time
PAUSE = timedelta(hours=1)


class InvitationProgress(StrEnum):
    """How far somebody is on the way to their first sign-in."""

    NO_ADDRESS = "no-address"
    NOT_INVITED = "not-invited"
    INVITED = "invited"
    EXPIRED = "expired"
    SIGNED_IN = "signed-in"


@dataclass(frozen=True)
class InvitationState:
    """How far a person is on the way to their first sign-in, since when, and how often they were invited."""

    person: Person
    state: InvitationProgress
    since: datetime | None = None
    times: int = 0
    is_open: bool = False


def invitation_states(
    session: Session, body_id: int, *, now: datetime, only: Collection[int | None] | None = None
) -> dict[int, InvitationState]:
    """Return the state of everybody known in the register, or of `only` these, by person's id; in order of name.

    `now` is the real moment, since links live by the real clock.
    """
    if only is None:
        is_included = known_in(body_id)
    else:
        is_included = col(Person.id).in_(only)
    rows = session.exec(
        select(Person, Invitation, FirstSignIn)
        .outerjoin(Invitation, (col(Invitation.person_id) == col(Person.id)) & (col(Invitation.body_id) == body_id))
        .outerjoin(FirstSignIn, col(FirstSignIn.id) == col(Person.id))
        .where(is_included)
        .order_by(col(Person.name), col(Person.id))
    )
    return {person.id: _state(person, invitation, first, now) for person, invitation, first in rows}


def _state(person: Person, invitation: Invitation | None, first: FirstSignIn | None, now: datetime) -> InvitationState:
    times = 0
    if invitation is not None:
        times = invitation.times
    if first is not None:
        return InvitationState(person, InvitationProgress.SIGNED_IN, first.at, times)
    if not person.email:
        return InvitationState(person, InvitationProgress.NO_ADDRESS)
    # A withdrawn invitation has no token any more.
    if invitation is None or invitation.token_hash is None:
        return InvitationState(person, InvitationProgress.NOT_INVITED, times=times)
    progress = InvitationProgress.EXPIRED
    if now < invitation.expires_at:
        progress = InvitationProgress.INVITED
    return InvitationState(person, progress, invitation.invited_at, times, is_open=True)


def serves_or_will(session: Session, body_id: int, person_ids: list[int], today: date) -> set[int]:
    """Return which of these people have a role in the register today or later."""
    bodies = select(Body.id).where(or_(col(Body.id) == body_id, col(Body.parent_id) == body_id))
    last = col(Term.last_day)
    held = select(Term.person_id).where(col(Term.body_id).in_(bodies), or_(last.is_(None), last >= today))
    people = select(Person.id).where(col(Person.id).in_(person_ids), col(Person.id).in_(with_keepers(held)))
    return set(session.exec(people))


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
    """Create a link that signs the person in once, within a week, and return its token; an earlier link ends.

    `seen` is how often they had been invited when the page was shown, so that a second press of the button is refused.
    Raises Refused for somebody without an address or a role here, and within an hour of the last invitation.
    """
    if not person.email or not person.is_active:
        raise Refused("%(name)s has no mail address. Add one first.", name=person.name)
    if not serves_or_will(session, body_id, [person.id], today):
        raise Refused("%(name)s has no role here. Add one first.", name=person.name)
    invitation = session.get(Invitation, (person.id, body_id), with_for_update=True)
    if invitation is None:
        invitation = Invitation(person_id=person.id, body_id=body_id, invited_at=now, expires_at=real_now)
    if invitation.times != seen:
        raise Refused("%(name)s has been invited in the meantime. Reload the page.", name=person.name)
    may_repeat_at = invitation.expires_at - sign_in_rules.INVITATION_LINK + PAUSE
    # An hour is time for the first mail to arrive; a withdrawn invitation has no token and may be sent anew at once.
    if invitation.token_hash is not None and real_now < may_repeat_at:
        raise Refused("%(name)s was invited less than an hour ago. Wait an hour, then invite again.", name=person.name)
    _end_link(session, invitation)
    token = sessions.make_link(session, person, now=real_now, life=sign_in_rules.INVITATION_LINK)
    invitation.invited_by = by.person_id
    invitation.invited_at = now
    invitation.expires_at = real_now + sign_in_rules.INVITATION_LINK
    invitation.token_hash = sign_in_rules.digest_of(token)
    invitation.times += 1
    session.add(invitation)
    leave(session, invitation, Verb.INVITED, by=by, now=now, body_id=body_id)
    return token


def withdraw_invitation(session: Session, person: Person, body_id: int, *, by: Actor, now: datetime) -> None:
    """Withdraw an invitation: its link signs nobody in any more. Raises Refused where there is none."""
    invitation = session.get(Invitation, (person.id, body_id), with_for_update=True)
    if invitation is None or invitation.token_hash is None:
        raise Refused("There is no invitation to withdraw. Reload the page.")
    _end_link(session, invitation)
    invitation.token_hash = None
    session.add(invitation)
    leave(session, invitation, Verb.INVITATION_WITHDRAWN, by=by, now=now, body_id=body_id)


def _end_link(session: Session, invitation: Invitation) -> None:
    if invitation.token_hash is not None:
        session.exec(delete(SignInLink).where(col(SignInLink.token_hash) == invitation.token_hash))
