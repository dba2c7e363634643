"""Taking people in from a list: who is there is brought up to date, whoever is not is added; nobody is taken away."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from tracker.errors import Refused
from tracker.history import Actor
from tracker.people.changes import add_person, edit_person, know
from tracker.people.details import PersonDetails, clean_address
from tracker.people.models import Body, Frequency, GroupSource, Person, Role, Subscription, Term
from tracker.people.queries import groups, person_by_email, records_of, register_of
from tracker.people.register import known_in, serves_elsewhere
from tracker.people.terms import Days, add_term, subscribe
from tracker.tables.text_tables import TableRow
from tracker.text import clean_line, clean_or_none

COLUMNS = (
    "name", "email", "body", "role", "affiliation", "stakeholder_group", "timezone", "language", "digest_day",
    "digest_hour",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def import_people(
    session: Session, rows: Iterable[TableRow], register: Body, *, today: date, by: Actor, now: datetime
) -> Counter[str]:
    """Add and update the people of the rows; return how many are "added" and how many "there" already.

    Empty cells leave what is there. Raises Refused with the line of the first row that cannot be.
    """
    counts: Counter[str] = Counter()
    for row in rows:
        try:
            counts[
                "added"
                if import_person(session, values_of(row), register, starts=today, by=by, now=now)[1]
                else "there"
            ] += 1
        except Refused as refusal:
            column = f"{refusal.field}: " if refusal.field else ""
            raise row.refusal(f"{column}{refusal}") from None
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
    """Take one row in; return whom it is of, whether he is new, and the role that it gave him, from that day on.

    Raises Refused with the column; with `only_here` also for a body of another register.
    """
    body = _body(session, values.get("body", ""), register)
    role = _role(values.get("role", ""))
    if only_here and register_of(body) != register.id:
        raise Refused("There is no body “%(body)s”. Add it first, or correct the name.", "body", body=values["body"])
    person = known_person(session, values, register)
    term = None
    is_new = person is None
    if person is None:
        person = add_person(session, _details(session, PersonDetails(""), values), by=by, now=now)
    else:
        details = _details(session, _kept(person), values)
        edit_person(session, person, details, version=person.version, by=by, now=now)
    if not is_known(session, person, register_of(body) or 0):
        know(session, person, register_of(body) or register.id, by=by, now=now)
    if role is not None and not _has(session, person, body, role, starts):
        term = add_term(session, person, body, role, Days(starts), by=by, now=now)
    _set_digest(session, person, values, by, now)
    return person, is_new, term


def is_known(session: Session, person: Person, register_id: int) -> bool:
    """Tell whether the person serves, served or is named in transcripts there."""
    session.flush()
    return session.exec(select(Person.id).where(col(Person.id) == person.id, known_in(register_id))).first() is not None


def known_person(session: Session, values: dict[str, str], register: Body) -> Person | None:
    """Return who has that address, else who is called so in the register: with an address given, one who has none.

    Who may sign in is no list's to say for whom another register keeps, or who runs the installation. Raises Refused
    where a row without address may mean several.
    """
    email = clean_address(values.get("email"))
    called = namesakes(session, values, register)
    if email:
        without = [one for one in called if not (one.email or one.is_operator)]
        found = [one for one in without if not serves_elsewhere(session, register.id, one)]
        return person_by_email(session, email) or (found[0] if len(found) == 1 else None)
    if len(called) > 1:
        raise Refused("Several people are called so. Give the mail address.", "name")
    if called:
        return called[0]
    return None


def namesakes(session: Session, values: dict[str, str], register: Body) -> Sequence[Person]:
    """Return who is known in the register by the name of the row."""
    return session.exec(select(Person).where(known_in(register.id), col(Person.name) == values.get("name"))).all()


def _kept(person: Person) -> PersonDetails:
    return PersonDetails(**{name: getattr(person, name) for name in vars(PersonDetails(""))})


def _details(session: Session, kept: PersonDetails, values: dict[str, str]) -> PersonDetails:
    """Return what was kept with the cells that are filled in its place."""
    names = ("name", "email", "affiliation", "timezone", "language")
    told: dict[str, Any] = {name: values[name] for name in names if values.get(name)}
    if values.get("stakeholder_group"):
        told["stakeholder_group"] = _group(session, values["stakeholder_group"])
        told["group_source"] = GroupSource.MEMBER_LIST
        if told["stakeholder_group"] == kept.stakeholder_group and kept.group_source:
            told["group_source"] = kept.group_source
    return replace(kept, **told)


def _group(session: Session, text: str) -> str:
    """Return the slug of a group that was given by slug or name."""
    by_name = {name.casefold(): slug for slug, name in groups(session).items()}
    return by_name.get(text.casefold(), text.casefold().replace(" ", "-"))


def _body(session: Session, text: str, register: Body) -> Body:
    if not text:
        return register
    found = session.exec(select(Body).where(or_(col(Body.slug) == text, col(Body.name) == text))).first()
    if found is None:
        raise Refused("There is no body “%(body)s”. Add it first, or correct the name.", "body", body=text)
    return found


def _role(text: str) -> Role | None:
    if not text:
        return None
    if text.casefold() not in list(Role):
        raise Refused("“%(role)s” is no role. Choose from: %(roles)s.", "role", role=text, roles=", ".join(Role))
    return Role(text.casefold())


def _has(session: Session, person: Person, body: Body, role: Role, today: date) -> bool:
    records = records_of(person.merged_into_id or person.id)
    same = col(Term.person_id).in_(records), col(Term.body_id) == body.id, col(Term.role) == role
    last = col(Term.last_day)
    return session.exec(select(Term.id).where(*same, or_(last.is_(None), last >= today))).first() is not None


def _set_digest(session: Session, person: Person, values: dict[str, str], by: Actor, now: datetime) -> None:
    """Whoever has an address gets a digest; when it comes is changed only by cells that are filled."""
    kept = session.get(Subscription, person.id)
    day = clean_or_none(values.get("digest_day"))
    hour = clean_or_none(values.get("digest_hour"))
    if not person.email or (kept is not None and day is None and hour is None):
        return
    frequency, weekday = _day(day, kept)
    at = _hour(hour) if hour is not None else kept.hour if kept else 8
    subscribe(session, person, frequency=frequency, weekday=weekday, hour=at, by=by, now=now)


def _day(text: str | None, kept: Subscription | None) -> tuple[Frequency, int]:
    """Return how often and on which weekday: a name, its beginning, 0 (Monday) to 6, or "never"."""
    before = (kept.frequency, kept.weekday) if kept else (Frequency.WEEKLY, 0)
    if text is None:
        return before
    if text.casefold() == "never":
        return Frequency.NEVER, before[1]
    for number, name in enumerate(WEEKDAYS):
        if text == str(number) or (len(text) > 2 and name.startswith(text.casefold())):
            return Frequency.WEEKLY, number
    raise Refused("“%(day)s” is no weekday. Give monday to sunday, or never.", "digest_day", day=text)


def _hour(text: str) -> int:
    plain = text.removesuffix(":00")
    if not (plain.isascii() and plain.isdecimal()) or int(plain) > 23:
        raise Refused("“%(hour)s” is no hour. Give 0 to 23.", "digest_hour", hour=text)
    return int(plain)
