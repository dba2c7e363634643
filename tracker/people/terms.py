"""Writes of terms (who serves where and when), of who answers for a body or class, and of when digests come."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.clock import refuse_year
from tracker.errors import Refused, refuse_stale
from tracker.history import Actor, change, leave
from tracker.history_verbs import Verb
from tracker.people.departures import leaves_no_secretariat
from tracker.people.merged_records import end_sessions
from tracker.people.models import Body, Frequency, Party, Person, Role, Subscription, Term
from tracker.people.queries import day_of_body, records_of, register_of


@dataclass(frozen=True)
class Days:
    """From one day to another, both included; open if there is no last day."""

    first: date
    last: date | None = None


def add_term(session: Session, person: Person, body: Body, role: Role, days: Days, *, by: Actor, now: datetime) -> Term:
    """Give a person a role in a body; raises Refused where they have it already in some of these days."""
    refuse_year(days.first, "first_day")
    refuse_year(days.last, "last_day")
    _refuse_order(days)
    # Under any of the person's records: merged ones count as one.
    records = records_of(person.merged_into_id or person.id)
    same = select(Term).where(col(Term.person_id).in_(records), col(Term.body_id) == body.id, col(Term.role) == role)
    if any(_overlap(Days(term.first_day, term.last_day), days) for term in session.exec(same)):
        raise Refused("%(name)s already has that role on some of these days.", "first_day", name=person.name)
    term = Term(person_id=person.id, body_id=body.id, role=role, first_day=days.first, last_day=days.last)
    session.add(term)
    end_sessions(session, person, by=by)
    after = {"body": body.slug, "role": role, "first_day": days.first, "last_day": days.last}
    leave(session, term, Verb.TERM_ADDED, by=by, now=now, body_id=register_of(body), after=after)
    return term


def end_term(
    session: Session,
    term: Term,
    last_day: date,
    *,
    seen_version: int | None = None,
    may_be_last: bool = False,
    by: Actor,
    now: datetime,
) -> None:
    """Let a role end with that day; raises Stale if the term was saved since `seen_version`.

    Raises Refused where nobody else would be secretariat then, unless `may_be_last`.
    """
    session.refresh(term, with_for_update=True)
    refuse_stale(term.version, seen_version)
    refuse_year(last_day, "last_day")
    _refuse_order(Days(term.first_day, last_day))
    if not may_be_last and leaves_no_secretariat(session, term, last_day):
        raise Refused("After that day no secretariat who can sign in is left. Add another one first.", "last_day")
    body = session.get_one(Body, term.body_id)
    # Sessions end only where the old or the new last day is past: a role that ends later needs nothing more then.
    if min(last_day, term.last_day or last_day) < day_of_body(session, body, now):
        end_sessions(session, session.get_one(Person, term.person_id), by=by)
    before = {"body": body.slug, "role": term.role, "last_day": term.last_day}
    term.last_day = last_day
    term.version += 1
    session.add(term)
    after = {"last_day": last_day}
    leave(session, term, Verb.TERM_ENDED, by=by, now=now, body_id=register_of(body), before=before, after=after)


def set_stewards(
    session: Session,
    party: Party,
    steward: Person | None,
    second: Person | None,
    *,
    seen_version: int | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Set who answers for a body or a class, and who does while they are away; raises Stale or Refused."""
    # Locked, so that of two forms saved at once the second sees the first one's version.
    session.refresh(party, with_for_update=True)
    refuse_stale(party.version, seen_version)
    if party.person_id is not None:
        raise Refused("A person answers for themselves. Leave both fields empty.")
    if second is not None and (steward is None or second.id == steward.id):
        raise Refused("The second person must be somebody else than the first. Choose two people.", "second")
    values = {"steward_id": steward and steward.id, "second_id": second and second.id}
    change(session, party, values, Verb.STEWARDS_SET, by=by, now=now)


def subscribe(
    session: Session,
    person: Person,
    *,
    by: Actor,
    now: datetime,
    since: datetime | None = None,
    frequency: Frequency = Frequency.WEEKLY,
    weekday: int = 0,
    hour: int = 8,
    paused_until: date | None = None,
) -> Subscription:
    """Set when a person's digest comes (weekday 0 is Monday); an existing one keeps the moment it began.

    A pause ends on that day, where the person is.
    """
    refuse_year(paused_until, "paused_until")
    times: dict[str, Any] = {"frequency": frequency, "weekday": weekday, "hour": hour}
    digest = session.get(Subscription, person.id)
    if digest is not None:
        if any(getattr(digest, name) != value for name, value in times.items()):
            digest.set_at = now
        change(session, digest, {**times, "paused_until": paused_until}, Verb.DIGEST_SET, by=by, now=now)
        return digest
    digest = Subscription(person_id=person.id, subscribed_at=since or now, paused_until=paused_until, **times)
    session.add(digest)
    leave(session, digest, Verb.DIGEST_SET, by=by, now=now, after=times)
    return digest


def subscribe_reachable(session: Session, person: Person, *, by: Actor, now: datetime) -> None:
    """Give a digest to a person with an address, unless theirs has been set before."""
    if person.email and session.get(Subscription, person.id) is None:
        subscribe(session, person, by=by, now=now)


def make_operator(session: Session, person: Person, *, by: Actor, now: datetime) -> None:
    """Let a person run the installation itself."""
    change(session, person, {"is_operator": True}, Verb.MADE_OPERATOR, by=by, now=now)


def _overlap(days: Days, other: Days) -> bool:
    return (other.last is None or days.first <= other.last) and (days.last is None or other.first <= days.last)


def _refuse_order(days: Days) -> None:
    if days.last is not None and days.last < days.first:
        raise Refused("The last day is before the first. Correct one of them.", "last_day")
