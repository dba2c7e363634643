"""What is known of a person or a body, checked and cleaned before it is written."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from email_validator import EmailNotValidError, validate_email
from sqlmodel import Session

from tracker.errors import Refused
from tracker.history import Words
from tracker.people.models import Body, GroupSource, Person
from tracker.people.queries import groups, person_by_email
from tracker.text import clean_line, clean_or_none


@dataclass(frozen=True)
class PersonDetails:
    """What is known of a person; texts are cleaned when they are written."""

    name: str
    affiliation: str | None = None
    stakeholder_group: str = "unknown"
    group_source: GroupSource | None = None
    email: str | None = None
    timezone: str | None = None
    language: str = "en"


@dataclass(frozen=True)
class BodyDetails:
    """What is known of a body; texts are cleaned when they are written."""

    name: str
    parent_id: int | None = None
    timezone: str = "UTC"
    language: str = "en"
    stakeholder_group: str = "unknown"


def person_values(session: Session, details: PersonDetails, person: Person | None) -> dict[str, Any]:
    """Return the columns of a person, cleaned; raise Refused with the field that cannot be so."""
    email = clean_address(details.email)
    holder = person_by_email(session, email) if email else None
    if holder is not None and holder is not person:
        # whose it is may be nobody's business here: people of every register share one list of addresses
        raise Refused("%(email)s belongs to another person already. Enter a different address.", "email", email=email)
    affiliation = clean_or_none(details.affiliation)
    return {
        "name": Words(required(details.name, "name")),
        "affiliation": Words(affiliation) if affiliation else None,
        "stakeholder_group": _known_group(session, details.stakeholder_group),
        "group_source": None if details.stakeholder_group == "unknown" else details.group_source,
        "email": Words(email) if email else None,
        "timezone": known_zone(details.timezone) if details.timezone else None,
        "language": known_language(details.language),
    }


def body_values(session: Session, details: BodyDetails, body: Body | None) -> dict[str, Any]:
    """Return the columns of a body, cleaned; raise Refused with the field that cannot be so."""
    _refuse_circle(session, body, details.parent_id)
    return {
        "name": required(details.name, "name"),
        "parent_id": details.parent_id,
        "timezone": known_zone(details.timezone),
        "language": known_language(details.language),
        "stakeholder_group": _known_group(session, details.stakeholder_group),
    }


def required(text: str, field: str) -> str:
    """Return the text cleaned; raise Refused if nothing is left of it."""
    cleaned = clean_line(text)
    if not cleaned:
        raise Refused("This may not be empty. Write something here.", field)
    return cleaned


def clean_address(email: str | None) -> str | None:
    """Return a mail address in small letters, or null for none; raise Refused for what is no address."""
    text = clean_or_none(email)
    if text is None:
        return None
    try:
        return str(validate_email(text, check_deliverability=False).normalized).lower()
    except EmailNotValidError:
        raise Refused("“%(email)s” is not a mail address. Correct it.", "email", email=text) from None


def known_zone(name: str) -> str:
    """Return the name of a time zone as IANA spells it; raise Refused for another."""
    if name not in _zones():
        raise Refused("“%(zone)s” is no time zone. Give one like Europe/Zurich.", "timezone", zone=name)
    return name


def known_language(tag: str) -> str:
    """Return a language tag such as "en" or "pt-BR"; raise Refused for what is none."""
    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        raise Refused("“%(tag)s” is no language. Give one like en or pt-BR.", "language", tag=tag) from None
    return tag


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _known_group(session: Session, slug: str) -> str:
    if slug not in groups(session):
        raise Refused(
            "“%(group)s” is no stakeholder group here. Choose one of the list.", "stakeholder_group", group=slug
        )
    return slug


def _refuse_circle(session: Session, body: Body | None, parent_id: int | None) -> None:
    """No body may stand above itself."""
    above = session.get(Body, parent_id) if parent_id else None
    while above is not None:
        if above is body:
            raise Refused("A body cannot belong to itself. Choose another.", "parent_id")
        above = session.get(Body, above.parent_id) if above.parent_id else None
