"""The items due at a milestone as its page shows them: rows of words, in the language that is looked up once."""

from collections.abc import Iterable
from typing import NamedTuple

from flask_babel import get_locale
from markupsafe import Markup

from tracker.calendar.due_at_milestones import DueLine
from tracker.meetings.models import Milestone
from tracker.web.app.language import gettext
from tracker.web.app.status_marks import standing
from tracker.web.app.template_filters import short_day_in
from tracker.web.items.due_wording import first_set, lateness
from tracker.web.items.page_words import proposer_and_reporter


class DueRow(NamedTuple):
    """An item due at a milestone, in words; what is empty is left out."""

    number: int
    title: str
    put_forward: str
    owner: str
    #: the due date where it is another than the milestone's own
    day: str
    #: what the day has become once it has passed, and the day first set where that was another
    lateness: str
    first_set: str
    is_overdue: bool
    standing: Markup


def due_rows(lines: Iterable[DueLine], milestone: Milestone) -> list[DueRow]:
    """Return the rows of these lines."""
    short_day = short_day_in(get_locale())
    nobody = gettext("no owner")
    rows = list[DueRow]()
    for line in lines:
        due = line.due
        day = ""
        first = ""
        if due and due.day != milestone.day:
            day = short_day(due.day)
        if due and due.slipped_days and due.first_set_on:
            first = first_set(short_day(due.first_set_on), is_promised=due.is_promised)
        rows.append(
            DueRow(
                number=line.item.number,
                title=line.item.title,
                put_forward=_put_forward(line),
                owner=line.owner or nobody,
                day=day,
                lateness=lateness(line),
                first_set=first,
                is_overdue=line.is_overdue,
                standing=standing(line.item),
            )
        )
    return rows


def _put_forward(line: DueLine) -> str:
    if line.put_forward_by or line.reported_by:
        return proposer_and_reporter(line)
    return ""
