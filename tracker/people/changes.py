"""Writes of people and their names as printed, of bodies, and of classes such as "governments"."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.errors import Refused, refuse_stale
from tracker.history import Actor, Words, change, leave
from tracker.history_verbs import Verb
from tracker.people.details import BodyDetails, PersonDetails, body_values, person_values, required
from tracker.people.merged_records import merged_into
from tracker.people.models import Body, Label, Party, Person, StakeholderGroup
from tracker.people.queries import register_of
from tracker.text import clean_line, is_slug, slug_of

#: parts of addresses that are pages of their own
RESERVED = frozenset({"new", "bodies", "classes", "invitations", "import"})


def name_group(session: Session, slug: str, name: str) -> None:
    """Add a stakeholder group to those that may be chosen, unless it is there already."""
    if session.get(StakeholderGroup, slug) is None:
        session.add(StakeholderGroup(slug=slug, name=clean_line(name)))
        session.flush()


def add_person(
    session: Session,
    details: PersonDetails,
    *,
    by: Actor,
    now: datetime,
    slug: str | None = None,
    register_id: int | None = None,
) -> Person:
    """Add a person and their party, recorded in the register that adds them.

    The slug is made of the name unless it is given. Raises Refused with the field at fault.
    """
    values = person_values(session, details, None)
    person = Person(slug=_new_slug(session, details.name, slug), **_columns(values))
    session.add(person)
    leave(session, person, Verb.ADDED, by=by, now=now, after=values)
    _add_party(session, Party(slug=person.slug, person_id=person.id), by, now, register_id)
    return person


def edit_person(
    session: Session, person: Person, details: PersonDetails, *, version: int, by: Actor, now: datetime
) -> None:
    """Change a person's details; a new address ends their sessions and links, a new name goes to merged records too.

    Raises Stale, or Refused with the field at fault.
    """
    refuse_stale(person.version, version)
    values = person_values(session, details, person)
    # The address is the key to the account: whoever had the old one is signed out.
    if values["email"] != person.email:
        person.token_epoch += 1
    change(session, person, values, Verb.EDITED, by=by, now=now)
    for record in merged_into(session, person):
        change(session, record, {"name": values["name"]}, Verb.RENAMED, by=by, now=now)


def add_body(
    session: Session,
    details: BodyDetails,
    *,
    by: Actor,
    now: datetime,
    slug: str | None = None,
    is_register: bool = False,
    is_sample: bool = False,
    register_id: int | None = None,
) -> Body:
    """Add a body and its party, recorded in the register that adds it.

    The slug is made of the name unless it is given. Raises Refused with the field at fault.
    """
    values = body_values(session, details, None)
    # What cannot be edited later, and so is no part of the details.
    fixed: dict[str, Any] = {
        "slug": _new_slug(session, details.name, slug),
        "is_register": is_register,
        "is_sample": is_sample,
    }
    body = Body(**fixed, **values)
    session.add(body)
    # A new register is its own register, which its id says.
    session.flush()
    leave(session, body, Verb.ADDED, by=by, now=now, body_id=register_of(body), after=values)
    _add_party(session, Party(slug=body.slug, body_id=body.id), by, now, register_id)
    return body


def edit_body(session: Session, body: Body, details: BodyDetails, *, version: int, by: Actor, now: datetime) -> None:
    """Change a body's details; raises Stale, or Refused with the field at fault."""
    refuse_stale(body.version, version)
    change(session, body, body_values(session, details, body), Verb.EDITED, by=by, now=now, body_id=register_of(body))


def add_class(
    session: Session, name: str, *, by: Actor, now: datetime, slug: str | None = None, register_id: int | None = None
) -> Party:
    """Add a party that is neither person nor body, such as "governments", recorded in the register that adds it."""
    title = required(name, "name")
    return _add_party(session, Party(slug=_new_slug(session, title, slug), class_name=title), by, now, register_id)


def add_label(session: Session, person: Person, register_id: int, text: str, *, by: Actor, now: datetime) -> Label:
    """Give the person a name as printed in that register's transcripts; one that is theirs already stays as it is.

    Raises Refused where it is somebody else's.
    """
    printed = required(text, "label")
    same = select(Label).where(col(Label.register_id) == register_id, col(Label.text) == printed)
    existing = session.exec(same).one_or_none()
    if existing is not None and existing.person_id == person.id:
        return existing
    if existing is not None:
        holder = session.get_one(Person, existing.person_id).name
        raise Refused("“%(label)s” belongs to %(name)s. Remove it there first.", "label", label=printed, name=holder)
    label = Label(register_id=register_id, person_id=person.id, text=printed)
    session.add(label)
    leave(session, label, Verb.LABEL_ADDED, by=by, now=now, body_id=register_id, after={"label": Words(printed)})
    return label


def label_by_name(session: Session, person: Person, register_id: int, *, by: Actor, now: datetime) -> Label:
    """Make the person known in a register by name, or by name and slug where somebody else has the name there."""
    same = col(Label.register_id) == register_id, col(Label.text) == person.name, col(Label.person_id) != person.id
    is_taken = session.exec(select(Label.id).where(*same)).first() is not None
    text = person.name
    if is_taken:
        text = f"{person.name} ({person.slug})"
    return add_label(session, person, register_id, text, by=by, now=now)


def drop_label(session: Session, label: Label, *, by: Actor, now: datetime) -> None:
    """Remove a printed name from the person it was thought to be."""
    session.delete(label)
    before = {"label": Words(label.text)}
    leave(session, label, Verb.LABEL_DROPPED, by=by, now=now, body_id=label.register_id, before=before)


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as the table takes them: Words are kept apart in the history only."""
    texts = {name: str(value) for name, value in values.items() if isinstance(value, Words)}
    return {**values, **texts}


def _add_party(session: Session, party: Party, by: Actor, now: datetime, register_id: int | None) -> Party:
    session.add(party)
    after = {"slug": party.slug, "class_name": party.class_name}
    leave(session, party, Verb.ADDED, by=by, now=now, body_id=register_id, after=after)
    return party


def _new_slug(session: Session, name: str, requested: str | None) -> str:
    """Return the requested slug if it is free, else the first free one made of the name."""
    if requested is None:
        return _first_free(session, slug_of(name))
    if not is_slug(requested):
        raise Refused("“%(slug)s” must be small letters, digits and hyphens. Correct it.", "slug", slug=requested)
    if _is_taken(session, requested):
        raise Refused("“%(slug)s” is taken. Choose another.", "slug", slug=requested)
    return requested


def _first_free(session: Session, base: str) -> str:
    number = 1
    slug = base
    while _is_taken(session, slug):
        number += 1
        slug = f"{base}-{number}"
    return slug


def _is_taken(session: Session, slug: str) -> bool:
    # People, bodies and classes share one namespace: each is a party with an address of its own.
    if slug in RESERVED:
        return True
    return session.exec(select(Party.id).where(col(Party.slug) == slug)).first() is not None
