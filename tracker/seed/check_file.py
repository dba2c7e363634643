"""Checks a seed file as a whole: every name is used once, and every reference names something in the file."""

from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import chain
from typing import Any

from tracker.people.queries import GROUPS
from tracker.seed.file_format import SeedFile
from tracker.seed.read_file import Lines, Place

#: names that may stand once only; a star is any number
UNIQUE = (
    ("bodies.*.slug", "classes.*.slug", "people.*.slug", "accounts.*.slug"),
    ("milestones.*.slug",),
    ("meetings.*.slug",),
    ("sources.*.name",),
    ("items.*.number",),
)
#: what each name must be the name of
REFERENCES = {
    "body": "register",
    "bodies.*.parent": "body",
    "bodies.*.steward": "person",
    "bodies.*.second": "person",
    "bodies.*.stakeholder_group": "stakeholder group",
    "classes.*.steward": "person",
    "classes.*.second": "person",
    "people.*.stakeholder_group": "stakeholder group",
    "accounts.*.stakeholder_group": "stakeholder group",
    "accounts.*.terms.*.body": "body",
    "meetings.*.milestone": "milestone",
    "sources.*.meeting": "meeting",
    "items.*.put_forward_by": "party",
    "items.*.reported_by": "person",
    "items.*.addressed_to.*": "party",
    "items.*.responses.*.party": "party",
    "items.*.requested_to_own": "party",
    "items.*.owner": "party",
    "items.*.helpers.*": "person",
    "items.*.due.milestone": "milestone",
    "items.*.passages.*.source": "source",
    "items.*.passages.*.speaker": "person",
    "items.*.positions.*.party": "party",
    "items.*.positions.*.reported_by": "person",
    "items.*.positions.*.source": "source",
    "items.*.updates.*.by": "person",
    "items.*.updates.*.waiting_for": "party",
    "items.*.moves.*.by": "person",
    "items.*.moves.*.due.milestone": "milestone",
    "milestones.*.moves.*.by": "person",
    "milestones.*.agenda.*.by": "person",
    "milestones.*.agenda.*.item": "item",
    "reports.*.milestone": "milestone",
    "reports.*.by": "person",
}


def check(file: SeedFile, lines: Lines) -> None:
    """Raise SeedError for the first name that is used twice or names nothing, and for days out of order."""
    for paths in UNIQUE:
        _refuse_twins(chain.from_iterable(_at(file, path) for path in paths), lines)
    names = _names_by_kind(file)
    for path, kind in REFERENCES.items():
        for place, name in _at(file, path):
            if name not in names[kind]:
                raise lines.error(place, f"“{name}” is no {kind} of this file; correct it, or add it")
    _refuse_disorder(file, lines)


def _at(part: Any, path: str, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Yield what stands at the path, and where; what is left out is left out."""
    step, _, rest = path.partition(".")
    values: Iterable[tuple[str | int, Any]]
    if step == "*":
        values = enumerate(part)
    else:
        values = [(step, getattr(part, step))]
    for name, value in values:
        # What may be left out names nothing.
        if value is None:
            continue
        if rest:
            yield from _at(value, rest, (*place, name))
        else:
            yield (*place, name), value


def _refuse_twins(names: Iterator[tuple[Place, Any]], lines: Lines) -> None:
    seen: dict[Any, Place] = {}
    for place, name in names:
        if name in seen:
            raise lines.error(place, f"“{name}” is used on line {lines.of(seen[name])} already; choose another")
        seen[name] = place


def _names_by_kind(file: SeedFile) -> Mapping[str, Set[object]]:
    bodies = {body.slug for body in file.bodies}
    persons = {person.slug for person in file.people} | {account.slug for account in file.accounts}
    return {
        "register": {body.slug for body in file.bodies if body.register_},
        "body": bodies,
        "person": persons,
        "party": bodies | persons | {entry.slug for entry in file.classes},
        "stakeholder group": set(GROUPS) | {group.slug for group in file.groups},
        "milestone": {entry.slug for entry in file.milestones},
        "meeting": {entry.slug for entry in file.meetings},
        "source": {entry.name for entry in file.sources},
        "item": {entry.number for entry in file.items},
    }


def _refuse_disorder(file: SeedFile, lines: Lines) -> None:
    """Refuse a parent below its child, a last day before the first, and a passage that ends before it starts."""
    above: set[str] = set()
    for number, body in enumerate(file.bodies):
        if body.parent is not None and body.parent not in above:
            raise lines.error(("bodies", number, "parent"), f"“{body.parent}” must stand above; move it up")
        above.add(body.slug)
    for path in ("milestones.*", "milestones.*.moves.*", "meetings.*"):
        for place, entry in _at(file, path):
            if entry.ends_on < entry.starts_on:
                raise lines.error((*place, "ends_on"), "is before starts_on; put the days in order")
    for place, passage in _at(file, "items.*.passages.*"):
        if passage.end <= passage.start:
            raise lines.error((*place, "end"), "must be greater than start")
    for place, (start, end) in _at(file, "items.*.positions.*.passage"):
        if end <= start:
            raise lines.error(place, "must end after its start")
