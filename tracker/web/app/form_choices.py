"""Who may be chosen in a form: parties by kind, people by name, the values of an enum in words."""

from collections.abc import Iterable
from enum import StrEnum
from typing import ClassVar, TypeVar

from flask_babel import gettext

from tracker.items.party_choices import Choice, PartyKind
from tracker.meetings.models import Milestone
from tracker.web.app import context
from tracker.web.app.template_filters import short_day
from tracker.web.app.value_words import word

Member = TypeVar("Member", bound=StrEnum)
Options = list[tuple[str | int, str]]


class Depends:
    """Marks a field that other fields make required or optional: its label says neither."""

    field_flags: ClassVar[dict[str, bool]] = {"depends": True}

    def __call__(self, _form: object, _field: object) -> None:
        """Refuse nothing: the verb does, in its own words."""


DEPENDS = Depends()


def number_or_none(value: object) -> int | None:
    """Return the number that a select holds, None where nothing is chosen."""
    if value not in (None, "", "None"):
        return int(str(value))
    return None


def member_or_none(kind: type[Member], value: str | None) -> Member | None:
    """Return the member of the enum that a select holds, None where nothing is chosen."""
    if not value:
        return None
    return kind(value)


def parties(choices: Iterable[Choice], none: str | None = None) -> dict[str, Options]:
    """Return parties in groups of bodies, classes and people, with a first line for none of them if it is named."""
    kinds = {PartyKind.BODY: gettext("Bodies"), PartyKind.CLASS: gettext("Groups"), PartyKind.PERSON: gettext("People")}
    groups: dict[str, Options] = {}
    if none is not None:
        groups[""] = [("", none)]
    for kind, label in kinds.items():
        groups[label] = [(choice.id, choice.name) for choice in choices if choice.kind is kind]
    return {label: options for label, options in groups.items() if options}


def people(choices: Iterable[Choice], none: str | None = None) -> Options:
    """Return the people among the choices by their own numbers."""
    options: Options = [(choice.person_id, choice.name) for choice in choices if choice.person_id]
    if none is not None:
        options.insert(0, ("", none))
    return options


def milestone_options(milestones: Iterable[Milestone], chosen: int | None = None) -> Options:
    """Return the milestones that are not cancelled, and the chosen one; "Next …" is the next of its series."""
    today = context.today()
    begun_series = set[int | None]()
    options = Options()
    for milestone in milestones:
        if milestone.is_cancelled and milestone.id != chosen:
            continue
        is_next = milestone.starts_on >= today and milestone.series_id not in begun_series
        options.append((milestone.id, _milestone(milestone, is_next=is_next)))
        # A cancelled meeting is not the next one of its series.
        if milestone.starts_on >= today and not milestone.is_cancelled:
            begun_series.add(milestone.series_id)
    return options


def _milestone(milestone: Milestone, *, is_next: bool) -> str:
    values = {"milestone": milestone.title, "day": short_day(milestone.starts_on)}
    if milestone.is_cancelled:
        return str(gettext("%(milestone)s, %(day)s: cancelled", **values))
    if milestone.series_id is None:
        return milestone.title
    if is_next:
        return str(gettext("Next %(milestone)s: %(day)s", **values))
    return str(gettext("%(milestone)s, %(day)s", **values))


def dated(milestones: Iterable[Milestone]) -> Options:
    """Return milestones, each with its first day."""
    options = Options()
    for milestone in milestones:
        day = short_day(milestone.starts_on)
        options.append((milestone.id, gettext("%(milestone)s, %(day)s", milestone=milestone.title, day=day)))
    return options


def words(values: Iterable[StrEnum]) -> Options:
    """Return the values of an enum with what people read for them."""
    return [(value.value, word(value)) for value in values]
