"""The rows of a list of items in words, prepared before they are drawn: a page has fifty of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from flask_babel import gettext
from markupsafe import Markup

from tracker.items.lines import ItemLine
from tracker.items.models import Item, Progress
from tracker.items.reported_words import is_own
from tracker.meetings.models import Visibility
from tracker.web.app import context
from tracker.web.app.status_marks import mark, standing
from tracker.web.app.template_filters import from_today, short_day
from tracker.web.app.value_words import spoken_language, word
from tracker.web.items.due_wording import ShownDue, due_for_list
from tracker.wording import phrases


@dataclass(frozen=True, slots=True)
class DueCell:
    """The day of a row in words, and how far away it is."""

    iso: str
    day: str
    away: str
    is_overdue: bool
    lateness: str
    milestone: str | None
    tentative: bool


@dataclass(frozen=True, slots=True)
class ListRow:
    """The cells of a row; where there is nothing to say, nothing."""

    number: int
    title: str
    forwarded: str | None
    theme: str | None
    internal: Markup | None
    addressee: list[tuple[str, Markup]]
    owner: str | None
    condition: str | None
    due: DueCell | None
    standing: Markup
    counted: str | None
    waiting_for: str | None


class _CommonWords:
    """Words that recur in many rows of a list, made once a list: days, names and marks."""

    def __init__(self) -> None:
        self.is_stranger = context.person_or_none() is None
        # Fifty rows say a dozen different words: each is translated and escaped once a page.
        self.mark = cache(mark)
        self.day = cache(_day)
        self.forwarded = cache(_forwarded)
        self.unnamed = str(gettext("a person"))

    def row(self, line: ItemLine) -> ListRow:
        """Return the cells of an item."""
        item = line.item
        due = due_for_list(line)
        return ListRow(
            number=item.number,
            title=item.title,
            forwarded=self.forwarded(line.put_forward_by, line.reported_by, not is_own(item)),
            theme=word(item.theme) or None,
            internal=self._internal(item),
            addressee=[(party.name or self.unnamed, self.mark(party.response)) for party in line.addressees],
            owner=line.owner,
            condition=_waits(due),
            due=self._due(due),
            standing=self._standing(item),
            counted=_counted(item),
            waiting_for=_waits_for(line),
        )

    def _internal(self, item: Item) -> Markup | None:
        if item.visibility is Visibility.INTERNAL and not self.is_stranger:
            return self.mark(item.visibility)
        return None

    def _due(self, due: ShownDue | None) -> DueCell | None:
        if due is None or due.on is None:
            return None
        return self.day(due, due.on)

    def _standing(self, item: Item) -> Markup:
        # A doubt stands beside the mark; without one the mark alone is cached.
        if item.proposer_view:
            return standing(item)
        return self.mark(item.progress)


def rows(lines: Iterable[ItemLine]) -> list[ListRow]:
    """Return what the rows of these items say to the reader."""
    common_words = _CommonWords()
    return [common_words.row(line) for line in lines]


def _forwarded(name: str | None, reporter: str | None, is_reported: bool) -> str | None:
    if name is None and not is_reported:
        return None
    return phrases.put_forward(spoken_language(), name, reporter, is_reported=is_reported)


def _waits(due: ShownDue | None) -> str | None:
    if due is None or not due.condition:
        return None
    return str(gettext("waits: %(condition)s", condition=due.condition))


def _waits_for(line: ItemLine) -> str | None:
    """Return for whom it waits, else for what kind of thing."""
    name = line.waiting_for
    # Most items wait for nothing, and even that is looked up word by word.
    if name is None and line.item.waiting_kind is not None:
        name = word(line.item.waiting_kind)
    if name is None:
        return None
    return str(gettext("for %(name)s", name=name))


def _day(due: ShownDue, on: date) -> DueCell:
    return DueCell(
        iso=on.isoformat(),
        day=short_day(on),
        away=from_today(on),
        is_overdue=due.is_overdue,
        lateness=due.lateness,
        milestone=due.milestone,
        tentative=due.tentative,
    )


def _counted(item: Item) -> str | None:
    if item.progress is not Progress.DONE_IN_PART or not item.total_count:
        return None
    return str(gettext("%(done)d of %(total)d", done=item.done_count, total=item.total_count))
