"""What a person changes of his own account; each change leaves its event, none of them a secret."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.errors import refuse_stale
from tracker.history import Actor, change, leave
from tracker.history_verbs import Verb
from tracker.people.models import Frequency, Person, StepsHidden, Subscription
from tracker.people.terms import subscribe


@dataclass(frozen=True)
class Preferences:
    """How a person wants to be spoken to, and when; weekday 0 is Monday, hour 0 to 23 on his own wall."""

    language: str
    timezone: str | None
    frequency: Frequency
    weekday: int
    hour: int


def preferences(session: Session, person: Person) -> Preferences:
    """Return the person's preferences; without a subscription those a new one begins with."""
    kept = session.get(Subscription, person.id)
    return Preferences(
        language=person.language,
        timezone=person.timezone,
        frequency=kept.frequency if kept else Frequency.NEVER,
        weekday=kept.weekday if kept else 0,
        hour=kept.hour if kept else 8,
    )


def set_preferences(
    session: Session, person: Person, wanted: Preferences, *, version: int, by: Actor, now: datetime
) -> None:
    """Take over the preferences; raises Stale if the person's record was saved since that version."""
    session.refresh(person, with_for_update=True)
    refuse_stale(person.version, version)
    values = {"language": wanted.language, "timezone": wanted.timezone}
    is_changed = change(session, person, values, Verb.PREFERENCES_SET, by=by, now=now)
    before = preferences(session, person)
    subscribe(session, person, by=by, now=now, frequency=wanted.frequency, weekday=wanted.weekday, hour=wanted.hour)
    if before != wanted and not is_changed:
        person.version += 1  # the days of the digest are part of the same form
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
    """Spare the person the first steps from now on."""
    if session.get(StepsHidden, person.id) is None:
        session.add(StepsHidden(person_id=person.id))
        leave(session, person, Verb.FIRST_STEPS_HIDDEN, by=by, now=now)


def show_steps(session: Session, person: Person, *, by: Actor, now: datetime) -> None:
    """Let the person see the first steps again."""
    found = session.get(StepsHidden, person.id)
    if found is not None:
        session.delete(found)
        leave(session, person, Verb.FIRST_STEPS_SHOWN, by=by, now=now)
