"""What people change in their own account; each change leaves an event, and no event holds a secret."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from tracker.errors import refuse_stale
from tracker.history import Actor, change, leave
from tracker.history_verbs import Verb
from tracker.people.models import Frequency, Person, StepsHidden, Subscription
from tracker.people.terms import subscribe


@dataclass(frozen=True)
class Preferences:
    """A person's language, time zone and digest; weekday 0 is Monday, hour 0 to 23 in their own time zone.

    Until the day `paused_until` no digest comes.
    """

    language: str
    timezone: str | None
    frequency: Frequency
    weekday: int
    hour: int
    paused_until: date | None = None


def preferences_of(session: Session, person: Person) -> Preferences:
    """Return the person's preferences; without a digest, Monday at 8 stands in its fields."""
    digest = session.get(Subscription, person.id)
    if digest is None:
        return Preferences(person.language, person.timezone, Frequency.NEVER, weekday=0, hour=8)
    times = digest.frequency, digest.weekday, digest.hour, digest.paused_until
    return Preferences(person.language, person.timezone, *times)


def set_preferences(
    session: Session, person: Person, preferences: Preferences, *, version: int, by: Actor, now: datetime
) -> None:
    """Save the preferences; raises Stale if the person's record was saved since that version."""
    # Locked, so that of two forms saved at once the second sees the first one's version.
    session.refresh(person, with_for_update=True)
    refuse_stale(person.version, version)
    values = {"language": preferences.language, "timezone": preferences.timezone}
    is_changed = change(session, person, values, Verb.PREFERENCES_SET, by=by, now=now)
    before = preferences_of(session, person)
    subscribe(
        session,
        person,
        frequency=preferences.frequency,
        weekday=preferences.weekday,
        hour=preferences.hour,
        paused_until=preferences.paused_until,
        by=by,
        now=now,
    )
    if before != preferences and not is_changed:
        # The days of the digest are part of the same form.
        person.version += 1
        session.add(person)


def set_password(session: Session, person: Person, password_hash: str, *, by: Actor, now: datetime) -> None:
    """Give the person a password; every session and link until now ends."""
    person.password_hash = password_hash
    person.token_epoch += 1
    session.add(person)
    leave(session, person, Verb.PASSWORD_SET, by=by, now=now)


def end_everywhere(session: Session, person: Person, *, by: Actor, now: datetime) -> None:
    """Sign the person out of every browser; links that wait in mails stop working too."""
    person.token_epoch += 1
    session.add(person)
    leave(session, person, Verb.SIGNED_OUT_EVERYWHERE, by=by, now=now)


def hide_steps(session: Session, person: Person, *, by: Actor, now: datetime) -> None:
    """Hide the first steps from the person from now on."""
    if session.get(StepsHidden, person.id) is None:
        session.add(StepsHidden(person_id=person.id))
        leave(session, person, Verb.FIRST_STEPS_HIDDEN, by=by, now=now)


def show_steps(session: Session, person: Person, *, by: Actor, now: datetime) -> None:
    """Show the first steps to the person again."""
    hidden = session.get(StepsHidden, person.id)
    if hidden is not None:
        session.delete(hidden)
        leave(session, person, Verb.FIRST_STEPS_SHOWN, by=by, now=now)
