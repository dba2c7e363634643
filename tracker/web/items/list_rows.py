"""The rows of a list of items in words, prepared before they are drawn: a page has fifty of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from flask_babel import get_locale
from markupsafe import Markup, escape

from tracker.items.lines import ItemLine, NamedAddressee
from tracker.items.models import Item, Progress
from tracker.items.party_models import ResponseState
from tracker.items.reported_words import is_own
from tracker.meetings.models import Visibility
from tracker.web.app import context
from tracker.web.app.language import gettext
from tracker.web.app.status_marks import mark, standing
from tracker.web.app.template_filters import age_of_days, from_today_in, short_day_in
from tracker.web.app.value_words import spoken_language, word
from tracker.web.items.due_wording import ShownDue, due_for_list
from tracker.wording import phrases


@dataclass(frozen=True, slots=True)
class DueCell:
    """The day of a row in words, how far away it is, and beneath what it hangs from."""

    iso: str
    day: str
    away: str
    is_overdue: bool
    beneath: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """The cells of a row; where there is nothing to say, nothing."""

    number: int
    title: str
    #: who put it forward, its theme, and who may read it where that is the exception
    about: Markup
    owner: str | None
    addressees: Markup | None
    condition: str | None
    due: DueCell | None
    standing: Markup
    detail: str | None
    news_on: str
    age: str


class _CommonWords:
    """Words that recur in many rows of a list, made once a list: days, names and marks."""

    def __init__(self, marked: Visibility | None) -> None:
        self.marked = marked
        self.language = spoken_language()
        self.addressed_to = self.language.gettext("to %(names)s")
        self.now = context.now()
        locale = get_locale()
        self.short_day = short_day_in(locale)
        self.from_today = from_today_in(locale)
        # Fifty rows say a dozen different words: each is translated and escaped once a page.
        self.mark = cache(mark)
        self.day = cache(self._day)
        self.age = cache(age_of_days)
        self.theme = cache(self._theme)
        self.addressees = cache(self._addressees)

    def row(self, line: ItemLine, news_at: datetime) -> ListRow:
        """Return the cells of an item."""
        item = line.item
        due = due_for_list(line)
        return ListRow(
            number=item.number,
            title=item.title,
            about=self._about(line),
            owner=line.owner,
            addressees=self.addressees(line.addressees),
            condition=_waits(due),
            due=self._due(due),
            standing=self._standing(item),
            detail=_counted(item) or _waits_for(line),
            news_on=news_at.date().isoformat(),
            age=self.age((self.now - news_at).days),
        )

    def _about(self, line: ItemLine) -> Markup:
        item = line.item
        parts = []
        is_reported = not is_own(item)
        if line.put_forward_by is not None or is_reported:
            words = phrases.put_forward(self.language, line.put_forward_by, line.reported_by, is_reported=is_reported)
            # In an element of its own: where the line is too long for a row, this is what gives way.
            parts.append(f'<span class="by">{escape(words)}</span>')
        if item.theme:
            parts.append(self.theme(item.theme))
        if item.visibility is self.marked:
            parts.append(self.mark(item.visibility))
        return Markup(" · ".join(parts))  # noqa: S704 - each is escaped

    def _theme(self, theme: str) -> Markup:
        return escape(self.language.word(theme))

    def _addressees(self, addressees: tuple[NamedAddressee, ...]) -> Markup | None:
        """Return whom an item is addressed to, each with the response once a letter was sent."""
        if not addressees:
            return None
        names = ", ".join(self._addressee(addressee) for addressee in addressees)
        return Markup(self.addressed_to % {"names": names})  # noqa: S704 - each name is escaped

    def _addressee(self, addressee: NamedAddressee) -> str:
        name = escape(addressee.name or self.language.gettext("a person"))
        if addressee.response is ResponseState.NOT_YET_SENT:
            return name
        return f"{name} {self.mark(addressee.response)}"

    def _due(self, due: ShownDue | None) -> DueCell | None:
        if due is None or due.on is None:
            return None
        return self.day(due, due.on)

    def _day(self, due: ShownDue, on: date) -> DueCell:
        return DueCell(
            iso=on.isoformat(),
            day=self.short_day(on),
            away=self.from_today(on),
            is_overdue=due.is_overdue,
            beneath=" · ".join(_beneath(due)),
        )

    def _standing(self, item: Item) -> Markup:
        # A doubt stands beside the mark; without one the mark alone is cached.
        if item.proposer_view:
            return standing(item)
        return self.mark(item.progress)


def rows(lines: Iterable[ItemLine], news: Mapping[int, datetime], marked: Visibility | None) -> list[ListRow]:
    """Return what the rows of these items say to the reader.

    `news` holds the moments of their last updates; `marked` is who may read the items that the list marks.
    """
    common_words = _CommonWords(marked)
    return [common_words.row(line, news.get(line.item.id, line.item.created_at)) for line in lines]


def _waits(due: ShownDue | None) -> str | None:
    if due is None or not due.condition:
        return None
    return gettext("waits: %(condition)s", condition=due.condition)


def _waits_for(line: ItemLine) -> str | None:
    """Return for whom it waits, else for what kind of thing."""
    name = line.waiting_for
    # Most items wait for nothing, and even that is looked up word by word.
    if name is None and line.item.waiting_kind is not None:
        name = word(line.item.waiting_kind)
    if name is None:
        return None
    return gettext("for %(name)s", name=name)


def _beneath(due: ShownDue) -> list[str]:
    parts = [due.lateness, due.milestone]
    if due.tentative:
        parts.append(gettext("tentative"))
    return [part for part in parts if part]


def _counted(item: Item) -> str | None:
    if item.progress is not Progress.DONE_IN_PART or not item.total_count:
        return None
    return gettext("%(done)d of %(total)d", done=item.done_count, total=item.total_count)
