"""Who may be chosen in a form: parties by kind, people by name, the values of an enum in words."""

from collections.abc import Iterable
from enum import StrEnum

from flask_babel import gettext

from tracker.items.parties import Choice, PartyKind
from tracker.web.words import word

Options = list[tuple[str | int, str]]


def number_or_none(value: object) -> int | None:
    """Return the number that a select holds, None where nothing is chosen."""
    return int(str(value)) if value not in (None, "", "None") else None


def parties(choices: Iterable[Choice], none: str | None = None) -> dict[str, Options]:
    """Return parties in groups of bodies, classes and people, with a first line for none of them if it is named."""
    kinds = {PartyKind.BODY: gettext("Bodies"), PartyKind.CLASS: gettext("Groups"), PartyKind.PERSON: gettext("People")}
    found: dict[str, Options] = {"": [("", none)]} if none is not None else {}
    for kind, label in kinds.items():
        found[label] = [(choice.id, choice.name) for choice in choices if choice.kind is kind]
    return {label: options for label, options in found.items() if options}


def people(choices: Iterable[Choice], none: str | None = None) -> Options:
    """Return the people among the choices by their own numbers."""
    first: Options = [("", none)] if none is not None else []
    return first + [(choice.person_id, choice.name) for choice in choices if choice.person_id]


def words(values: Iterable[StrEnum]) -> Options:
    """Return the values of an enum with what people read for them."""
    return [(value.value, word(value)) for value in values]
