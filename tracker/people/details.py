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
    #: None: as it is, of a new body English
    language: str | None = None
    stakeholder_group: str = "unknown"
    digest_months: int = 24
    holds_unusual: bool = True
    #: one sentence, for readers from outside
    purpose: str = ""


def details_of(person: Person) -> PersonDetails:
    """Return what the person's record holds now."""
    names = PersonDetails.__dataclass_fields__
    return PersonDetails(**{name: getattr(person, name) for name in names})


def person_values(session: Session, details: PersonDetails, person: Person | None) -> dict[str, Any]:
    """Return the columns of a person, cleaned; raise Refused with the field at fault."""
    email = clean_address(details.email)
    if email:
        _refuse_taken_address(session, email, person)
    values = {
        "name": Words(required(details.name, "name")),
        "affiliation": _words(clean_or_none(details.affiliation)),
        "stakeholder_group": _known_group(session, details.stakeholder_group),
        "group_source": details.group_source,
        "email": _words(email),
        "timezone": None,
        "language": known_language(details.language),
    }
    if details.stakeholder_group == "unknown":
        values["group_source"] = None
    if details.timezone:
        values["timezone"] = known_zone(details.timezone)
    return values


def _refuse_taken_address(session: Session, email: str, person: Person | None) -> None:
    holder = person_by_email(session, email)
    if holder is not None and holder is not person:
        # The message does not say whose it is: people of every register share one list of addresses.
        raise Refused("%(email)s belongs to another person already. Enter a different address.", "email", email=email)


def _words(text: str | None) -> Words | None:
    if text is None:
        return None
    return Words(text)


def body_values(session: Session, details: BodyDetails, body: Body | None) -> dict[str, Any]:
    """Return the columns of a body, cleaned; raise Refused with the field at fault."""
    _refuse_circle(session, body, details.parent_id)
    return {
        "name": required(details.name, "name"),
        "purpose": clean_line(details.purpose),
        "parent_id": details.parent_id,
        "timezone": known_zone(details.timezone),
        "language": _language(details, body),
        "stakeholder_group": _known_group(session, details.stakeholder_group),
        "digest_months": details.digest_months,
        "holds_unusual": details.holds_unusual,
    }


def _language(details: BodyDetails, body: Body | None) -> str:
    if details.language is not None:
        return known_language(details.language)
    # A form that does not ask for it must not change it.
    if body is not None:
        return body.language
    return "en"


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
    """Return the name of a time zone as IANA spells it; raise Refused for any other."""
    if name not in _zones():
        raise Refused("“%(zone)s” is not a time zone. Enter one like Europe/Zurich.", "timezone", zone=name)
    return name


def known_language(tag: str) -> str:
    """Return a language tag such as "en" or "pt-BR"; raise Refused for what is none."""
    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        raise Refused("“%(tag)s” is not a language. Enter one like en or pt-BR.", "language", tag=tag) from None
    return tag


# Cached: the zones are read from many files.
@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _known_group(session: Session, slug: str) -> str:
    if slug not in groups(session):
        raise Refused(
            "“%(group)s” is not a stakeholder group here. Choose one from the list.", "stakeholder_group", group=slug
        )
    return slug


def _refuse_circle(session: Session, body: Body | None, parent_id: int | None) -> None:
    """Raise Refused where the body would belong to itself, directly or through others."""
    while parent_id is not None:
        parent = session.get_one(Body, parent_id)
        if parent is body:
            raise Refused("A body cannot belong to itself. Choose another.", "parent_id")
        parent_id = parent.parent_id
