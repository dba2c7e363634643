"""Who may be chosen in a form: parties by kind, people by name, the values of an enum in words."""

from collections.abc import Iterable
from enum import StrEnum
from typing import ClassVar

from flask_babel import gettext

from tracker.items.party_choices import Choice, PartyKind
from tracker.meetings.models import Milestone
from tracker.web.app import context
from tracker.web.app.template_filters import short_day
from tracker.web.app.value_words import word

Options = list[tuple[str | int, str]]


class Depends:
    """Marks a field that is needed or not by what stands in others: its label says neither."""

    field_flags: ClassVar[dict[str, bool]] = {"depends": True}

    def __call__(self, _form: object, _field: object) -> None:
        """Refuse nothing: the rule does, in its own words."""


DEPENDS = Depends()


def number_or_none(value: object) -> int | None:
    """Return the number that a select holds, None where nothing is chosen."""
    if value not in (None, "", "None"):
        return int(str(value))
    return None


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


def milestone_options(milestones: Iterable[Milestone], chosen: int | None = None) -> Options:
    """Return the milestones that will be held, and the one chosen; of a series each with its day, the next named so."""
    shown = context.today()
    named = set[int | None]()
    found = Options()
    for one in milestones:
        if one.is_cancelled and one.id != chosen:
            continue
        found.append((one.id, _milestone(one, is_next=one.starts_on >= shown and one.series_id not in named)))
        if one.starts_on >= shown and not one.is_cancelled:
            named.add(one.series_id)
    return found


def _milestone(milestone: Milestone, *, is_next: bool) -> str:
    said = {"milestone": milestone.title, "day": short_day(milestone.starts_on)}
    if milestone.is_cancelled:
        return str(gettext("%(milestone)s, %(day)s: cancelled", **said))
    if milestone.series_id is None:
        return milestone.title
    if is_next:
        return str(gettext("Next %(milestone)s: %(day)s", **said))
    return str(gettext("%(milestone)s, %(day)s", **said))


def dated(milestones: Iterable[Milestone]) -> Options:
    """Return milestones, each with its first day."""
    return [
        (one.id, gettext("%(milestone)s, %(day)s", milestone=one.title, day=short_day(one.starts_on)))
        for one in milestones
    ]


def words(values: Iterable[StrEnum]) -> Options:
    """Return the values of an enum with what people read for them."""
    return [(value.value, word(value)) for value in values]
