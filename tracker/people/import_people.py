"""Importing people from a list: those already there are updated, the others added; nobody is removed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from tracker.errors import Refused
from tracker.history import Actor
from tracker.people.changes import add_person, edit_person, label_by_name
from tracker.people.details import PersonDetails, clean_address, details_of
from tracker.people.models import Body, Frequency, GroupSource, Person, Role, Subscription, Term
from tracker.people.queries import groups, person_by_email, records_of, register_of
from tracker.people.register import is_kept_elsewhere, known_in
from tracker.people.terms import Days, add_term, subscribe
from tracker.tables.text_tables import TableRow
from tracker.text import clean_line, clean_or_none

COLUMNS = (
    "name", "email", "body", "role", "affiliation", "stakeholder_group", "timezone", "language", "digest_day",
    "digest_hour", "digest_frequency",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def import_people(
    session: Session, rows: Iterable[TableRow], register: Body, *, today: date, by: Actor, now: datetime
) -> Counter[str]:
    """Add and update the people of the rows; return how many are "added" and how many "there" already.

    An empty cell changes nothing. Raises Refused with the line of the first row at fault.
    """
    counts: Counter[str] = Counter()
    for row in rows:
        try:
            _, is_new, _ = import_person(session, values_of(row), register, starts=today, by=by, now=now)
        except Refused as refusal:
            message = str(refusal)
            if refusal.field:
                message = f"{refusal.field}: {refusal}"
            raise row.refusal(message) from None
        if is_new:
            counts["added"] += 1
        else:
            counts["there"] += 1
    return counts


def values_of(row: TableRow) -> dict[str, str]:
    """Return the cells of a row as clean texts."""
    return {name: clean_line(str(value)) for name, value in row.values.items() if value is not None}


def import_person(
    session: Session,
    values: dict[str, str],
    register: Body,
    *,
    starts: date,
    only_here: bool = False,
    by: Actor,
    now: datetime,
) -> tuple[Person, bool, Term | None]:
    """Import one row; return its person, whether they are new, and the role that the row gave, from `starts` on.

    Raises Refused with the column at fault; with `only_here` also for a body of another register.
    """
    body = _body(session, values.get("body", ""), register)
    role = _role(values.get("role", ""))
    if only_here and register_of(body) != register.id:
        raise Refused("There is no body “%(body)s”. Add it first, or correct the name.", "body", body=values["body"])
    person = find_person(session, values, register)
    term = None
    is_new = person is None
    if person is None:
        person = add_person(session, _details(session, PersonDetails(""), values), by=by, now=now)
    else:
        details = _details(session, details_of(person), values)
        edit_person(session, person, details, version=person.version, by=by, now=now)
    register_id = register_of(body) or register.id
    if not is_known(session, person, register_id):
        label_by_name(session, person, register_id, by=by, now=now)
    if role is not None and not _has(session, person, body, role, starts):
        term = add_term(session, person, body, role, Days(starts), by=by, now=now)
    _set_digest(session, person, values, by, now)
    return person, is_new, term


def is_known(session: Session, person: Person, register_id: int) -> bool:
    """Tell whether the person serves, served or is named in transcripts there."""
    session.flush()
    return session.exec(select(Person.id).where(col(Person.id) == person.id, known_in(register_id))).first() is not None


def find_person(session: Session, values: dict[str, str], register: Body) -> Person | None:
    """Return who has the row's address, else who is known in the register by its name; None for somebody new.

    Raises Refused where a row without an address may mean several people.
    """
    email = clean_address(values.get("email"))
    people = find_namesakes(session, values, register)
    if not email and len(people) > 1:
        raise Refused("Several people have this name. Add the mail address.", "name")
    if email:
        holder = person_by_email(session, email)
        if holder is not None:
            return holder
        # A list gives no address, and so no way in, to somebody kept by another register or to an operator.
        people = [person for person in people if not person.email]
        people = [person for person in people if not is_kept_elsewhere(session, register.id, person)]
    if len(people) == 1:
        return people[0]
    return None


def find_namesakes(session: Session, values: dict[str, str], register: Body) -> Sequence[Person]:
    """Return who is known in the register by the name of the row."""
    return session.exec(select(Person).where(known_in(register.id), col(Person.name) == values.get("name"))).all()


def _details(session: Session, kept: PersonDetails, values: dict[str, str]) -> PersonDetails:
    """Return the kept details with the filled cells in their place."""
    names = ("name", "email", "affiliation", "timezone", "language")
    cells: dict[str, Any] = {name: values[name] for name in names if values.get(name)}
    if values.get("stakeholder_group"):
        cells["stakeholder_group"] = _group(session, values["stakeholder_group"])
        cells["group_source"] = GroupSource.MEMBER_LIST
        if cells["stakeholder_group"] == kept.stakeholder_group and kept.group_source:
            cells["group_source"] = kept.group_source
    return replace(kept, **cells)


def _group(session: Session, text: str) -> str:
    """Return the slug of a group given by slug or name."""
    by_name = {name.casefold(): slug for slug, name in groups(session).items()}
    return by_name.get(text.casefold(), text.casefold().replace(" ", "-"))


def _body(session: Session, text: str, register: Body) -> Body:
    if not text:
        return register
    body = session.exec(select(Body).where(or_(col(Body.slug) == text, col(Body.name) == text))).first()
    if body is None:
        raise Refused("There is no body “%(body)s”. Add it first, or correct the name.", "body", body=text)
    return body


def _role(text: str) -> Role | None:
    if not text:
        return None
    if text.casefold() not in list(Role):
        raise Refused("“%(role)s” is not a role. Choose from: %(roles)s.", "role", role=text, roles=", ".join(Role))
    return Role(text.casefold())


def _has(session: Session, person: Person, body: Body, role: Role, today: date) -> bool:
    records = records_of(person.merged_into_id or person.id)
    same = col(Term.person_id).in_(records), col(Term.body_id) == body.id, col(Term.role) == role
    last = col(Term.last_day)
    return session.exec(select(Term.id).where(*same, or_(last.is_(None), last >= today))).first() is not None


def _set_digest(session: Session, person: Person, values: dict[str, str], by: Actor, now: datetime) -> None:
    """Give a digest to whoever has an address; only filled cells change when it comes."""
    digest = session.get(Subscription, person.id)
    day = clean_or_none(values.get("digest_day"))
    hour = clean_or_none(values.get("digest_hour"))
    frequency = clean_or_none(values.get("digest_frequency"))
    if not person.email or (digest is not None and day is None and hour is None and frequency is None):
        return
    times: dict[str, Any] = {"frequency": Frequency.WEEKLY, "weekday": 0, "hour": 8, "paused_until": None}
    if digest is not None:
        times = {name: getattr(digest, name) for name in times}
    if day is not None and day.casefold() == "never":
        times["frequency"] = Frequency.NEVER
    elif day is not None:
        times["weekday"] = _weekday(day)
        if times["frequency"] is Frequency.NEVER:
            times["frequency"] = Frequency.WEEKLY
    if frequency is not None:
        times["frequency"] = _frequency(frequency)
    if hour is not None:
        times["hour"] = _hour(hour)
    subscribe(session, person, **times, by=by, now=now)


def _weekday(text: str) -> int:
    """Return 0 (Monday) to 6 for a weekday's name, its beginning of three letters or more, or its number."""
    for number, name in enumerate(WEEKDAYS):
        if text == str(number) or (len(text) > 2 and name.startswith(text.casefold())):
            return number
    raise Refused("“%(day)s” is not a weekday. Enter monday to sunday, or never.", "digest_day", day=text)


def _frequency(text: str) -> Frequency:
    if text.casefold() not in list(Frequency):
        raise Refused(
            "“%(frequency)s” is not a frequency. Choose from: %(choices)s.",
            "digest_frequency",
            frequency=text,
            choices=", ".join(Frequency),
        )
    return Frequency(text.casefold())


def _hour(text: str) -> int:
    plain = text.removesuffix(":00")
    if not (plain.isascii() and plain.isdecimal()) or int(plain) > 23:
        raise Refused("“%(hour)s” is not an hour. Enter 0 to 23.", "digest_hour", hour=text)
    return int(plain)
