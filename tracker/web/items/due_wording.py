"""A due rule in words: "2 weeks before February consultations: Thursday 14 February 2013"."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from flask import Flask

from tracker.items.due import Due, waits_for_condition
from tracker.items.lines import ItemLine
from tracker.items.models import DueFrom
from tracker.items.status import is_closed
from tracker.web.app.language import gettext, ngettext
from tracker.web.app.template_filters import day
from tracker.web.app.value_words import spoken_language
from tracker.wording import phrases


class LateOrNot(Protocol):
    """What tells whether an item is late."""

    @property
    def is_overdue(self) -> bool:
        """Tell whether it is late."""

    @property
    def is_past_unpromised(self) -> bool:
        """Tell whether its day has passed and nobody has accepted it."""


@dataclass(frozen=True)
class ShownDue:
    """What the macro `due` of a list shows."""

    on: date | None
    is_overdue: bool
    #: what the day has become once it has passed; empty before
    lateness: str
    condition: str | None
    milestone: str | None
    tentative: bool


def due_for_list(line: ItemLine) -> ShownDue | None:
    """Return an item's due date for a list; None where it has neither a rule nor a condition that it waits for."""
    condition = None
    if waits_for_condition(line.item) and not is_closed(line.item.progress):
        condition = line.item.condition
    if line.due is not None:
        milestone = line.due.milestone.title if line.due.milestone else None
        return ShownDue(
            on=line.due.day,
            is_overdue=line.is_overdue,
            lateness=lateness(line),
            condition=condition,
            milestone=milestone,
            tentative=line.due.is_tentative,
        )
    if condition:
        return ShownDue(on=None, is_overdue=False, lateness="", condition=condition, milestone=None, tentative=False)
    return None


def lateness(line: LateOrNot) -> str:
    """Return what an item is once its day has passed: overdue only where somebody has accepted it."""
    if line.is_overdue:
        return str(gettext("overdue"))
    if line.is_past_unpromised:
        return phrases.past_not_accepted(spoken_language())
    return ""


def first_set(on: str, *, is_promised: bool) -> str:
    """Return the day first set; it was a promise only if somebody has accepted the item."""
    return phrases.first_set(spoken_language(), on, is_promised=is_promised)


def rule(due: Due) -> str:
    """Return the rule with its day, and the day first set where that was another."""
    return _join(_rule(due), _moved(due))


def rule_beside_day(due: Due) -> str:
    """Return the rule and the day first set, for a page that shows the day itself; empty for a day that stands."""
    if due.milestone is None:
        return _moved(due)
    if due.is_tentative:
        return _join(str(gettext("%(when)s, tentative", when=_distance(due))), _moved(due))
    return _join(_distance(due), _moved(due))


def _join(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _moved(due: Due) -> str:
    if due.slipped_days == 0:
        return ""
    first = first_set(day(due.first_set_on), is_promised=due.is_promised)
    # Earlier than promised needs no count: nobody waits for it.
    if due.slipped_days < 0:
        return first
    text = ngettext("%(first)s, %(num)d day earlier", "%(first)s, %(num)d days earlier", due.slipped_days, first=first)
    return str(text)


def _rule(due: Due) -> str:
    if due.milestone is None:
        return day(due.day)
    if due.is_tentative:
        return str(gettext("%(when)s: %(day)s at the latest, tentative", when=_distance(due), day=day(due.day)))
    return str(gettext("%(when)s: %(day)s", when=_distance(due), day=day(due.day)))


def _distance(due: Due) -> str:
    """Return how far from the milestone: in weeks where it comes to whole weeks."""
    days = abs(due.offset_days)
    if days == 0:
        return _at(due)
    title = _counted_from(due)
    # Whole weeks are how people say it; 10 days are not "1 week and 3 days".
    if days % 7:
        return _in_days(title, days, before=due.offset_days < 0)
    return _in_weeks(title, days // 7, before=due.offset_days < 0)


def _at(due: Due) -> str:
    title = _title(due)
    if not _has_two_ends(due):
        return str(gettext("at %(milestone)s", milestone=title))
    if due.due_from is DueFrom.LAST_DAY:
        return str(gettext("at the end of %(milestone)s", milestone=title))
    return str(gettext("at the start of %(milestone)s", milestone=title))


def _counted_from(due: Due) -> str:
    """Return the milestone, with the day of it that counts where the reader could take it for another."""
    title = _title(due)
    if not _has_two_ends(due):
        return title
    if due.due_from is DueFrom.LAST_DAY:
        return str(gettext("the last day of %(milestone)s", milestone=title))
    # "Before" a meeting is before its first day for everybody; "after" it would be after its last.
    if due.offset_days > 0:
        return str(gettext("the first day of %(milestone)s", milestone=title))
    return title


def _has_two_ends(due: Due) -> bool:
    """Tell whether the milestone lasts for days. A tentative one only falls between its two, so it counts as one."""
    return due.milestone is not None and not due.is_tentative and due.milestone.starts_on < due.milestone.ends_on


def _title(due: Due) -> str:
    if due.milestone is None:
        return ""
    return due.milestone.title


def _in_days(title: str, days: int, *, before: bool) -> str:
    if before:
        return str(
            ngettext("%(num)d day before %(milestone)s", "%(num)d days before %(milestone)s", days, milestone=title)
        )
    return str(ngettext("%(num)d day after %(milestone)s", "%(num)d days after %(milestone)s", days, milestone=title))


def _in_weeks(title: str, weeks: int, *, before: bool) -> str:
    if before:
        return str(
            ngettext("%(num)d week before %(milestone)s", "%(num)d weeks before %(milestone)s", weeks, milestone=title)
        )
    return str(
        ngettext("%(num)d week after %(milestone)s", "%(num)d weeks after %(milestone)s", weeks, milestone=title)
    )


def register(app: Flask) -> None:
    """Give the templates the words of what has passed."""
    app.jinja_env.filters["lateness"] = lateness
    app.jinja_env.globals["first_set"] = first_set
