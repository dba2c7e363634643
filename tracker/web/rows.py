"""What a row of a list of items says, worked out before it is drawn: a page has fifty of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext
from markupsafe import Markup

from tracker.items.models import Item, Progress
from tracker.items.queries import Line
from tracker.meetings.models import Visibility
from tracker.web import context
from tracker.web.due_words import ShownDue, shown
from tracker.web.filters import from_today, short_day
from tracker.web.marks import mark, standing
from tracker.web.words import word


@dataclass(frozen=True, slots=True)
class DueCell:
    """The day of a row in words, and how far away it is."""

    iso: str
    day: str
    away: str
    is_overdue: bool
    milestone: str | None
    tentative: bool


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row; where there is nothing to say, nothing."""

    number: int
    title: str
    forwarded: str | None
    theme: str | None
    internal: Markup | None
    asked: list[tuple[str, Markup]]
    owner: str | None
    condition: str | None
    due: DueCell | None
    standing: Markup
    counted: str | None
    waiting_for: str | None


def rows(lines: Iterable[Line]) -> list[Row]:
    """Return what the rows of these items say to the reader."""
    is_stranger = context.person_or_none() is None
    return [_row(line, is_stranger=is_stranger) for line in lines]


def _row(line: Line, *, is_stranger: bool) -> Row:
    item, due = line.item, shown(line)
    return Row(
        number=item.number,
        title=item.title,
        forwarded=_forwarded(line),
        theme=word(item.theme) if item.theme else None,
        internal=mark(item.visibility) if item.visibility is Visibility.INTERNAL and not is_stranger else None,
        asked=[(party.name, mark(party.response)) for party in line.asked],
        owner=line.owner,
        condition=str(gettext("waits: %(condition)s", condition=due.condition)) if due and due.condition else None,
        due=_day(due, due.on) if due and due.on else None,
        standing=standing(item),
        counted=_counted(item),
        waiting_for=str(gettext("for %(name)s", name=line.waiting_for)) if line.waiting_for else None,
    )


def _forwarded(line: Line) -> str | None:
    if line.put_forward_by is None:
        return None
    if line.reported_by is None:
        return str(gettext("Put forward by %(name)s", name=line.put_forward_by))
    names = {"name": line.put_forward_by, "reporter": line.reported_by}
    return str(gettext("Put forward by %(name)s, reported by %(reporter)s", **names))


def _day(due: ShownDue, on: date) -> DueCell:
    return DueCell(on.isoformat(), short_day(on), from_today(on), due.is_overdue, due.milestone, due.tentative)


def _counted(item: Item) -> str | None:
    if item.progress is not Progress.DONE_IN_PART or not item.total_count:
        return None
    return str(gettext("%(done)d of %(total)d", done=item.done_count, total=item.total_count))
