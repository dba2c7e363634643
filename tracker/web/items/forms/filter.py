"""The filter of a list of items: a GET form, so that every state of the list has an address."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext, lazy_gettext, lazy_pgettext, pgettext
from wtforms import BooleanField, DateField, Form, SelectField, StringField
from wtforms.fields.core import UnboundField
from wtforms.validators import Length

from tracker.items.list_filter import DueFilter, ItemFilter, NotStated, Order
from tracker.items.models import ItemKind, Progress, WaitingKind
from tracker.items.party_models import ResponseState
from tracker.items.status import CLOSED, OPEN
from tracker.meetings.models import Meeting, Milestone, Visibility
from tracker.text import clean_line, is_slug
from tracker.web.app.form_choices import member_or_none
from tracker.web.app.pick_field import PickField
from tracker.web.app.template_filters import short_day
from tracker.web.app.value_words import word

Pairs = list[tuple[str, str]]
LONGEST = 200
#: filters that mean something only to a reader who is signed in
PERSONAL = ("free", "mine", "followed")
#: filters that name volunteers, for the register's own people alone
INSIDE = ("owner", "party", "declined")
#: filters that find a person for the register's own people alone; for others they find bodies and classes
BODIES_OUTSIDE = ("addressee",)
#: filters that stay chosen when no item has the value any more: the list is then empty, rather than unfiltered
STAYING = ("owner", "addressee", "party", "supported", "concern", "theme")


@dataclass(frozen=True)
class FilterChoices:
    """The values that the filters offer in this register, to this reader."""

    choices: Mapping[str, Pairs]
    #: what the register calls such a party, if it knows it
    name_of: Callable[[str], str | None]
    #: makes the condition of SQL that only the moment and the reader's sight can tell
    no_news: Callable[[], Any]
    is_signed_in: bool
    #: serves in the register
    is_inside: bool


class FilterForm(Form):
    """Every filter of the list; a value that is not offered counts as not chosen."""

    q = StringField(lazy_gettext("Words or number"), [Length(max=LONGEST)])
    progress = SelectField(lazy_gettext("Progress"))
    owner = PickField(lazy_gettext("Owner"))
    milestone = PickField(lazy_gettext("Milestone"))
    meeting = PickField(lazy_gettext("Meeting"))
    waiting = SelectField(lazy_gettext("Waiting for"))
    addressee = PickField(lazy_gettext("Addressee"))
    response = SelectField(lazy_gettext("Response"))
    party = PickField(lazy_gettext("Addressee or owner"))
    supported = PickField(lazy_gettext("Supported by"))
    concern = PickField(lazy_gettext("Concern from"))
    group = SelectField(lazy_gettext("Stakeholder group of the proposer"))
    theme = PickField(lazy_gettext("Theme"))
    kind = SelectField(lazy_gettext("Kind"))
    dated = SelectField(lazy_pgettext("due date", "Date"))
    before = DateField(lazy_gettext("Due before"))
    visibility = SelectField(lazy_gettext("Who may read"))
    late = BooleanField(lazy_gettext("Overdue"))
    past = BooleanField(lazy_gettext("Past its date, not accepted"))
    quiet = BooleanField(lazy_gettext("No news for 30 days"))
    unowned = BooleanField(lazy_gettext("No owner"))
    unaddressed = BooleanField(lazy_gettext("No addressee"))
    declined = BooleanField(lazy_gettext("Request to own declined"))
    disputed = BooleanField(lazy_gettext("Closed, but disputed or only partly"))
    mine = BooleanField(lazy_gettext("Mine"))
    free = BooleanField(lazy_gettext("Open to me: I am asked to own it, or it has no owner"))
    followed = BooleanField(lazy_gettext("Followed by me"))

    offered: FilterChoices

    def offer(self, offered: FilterChoices) -> "FilterForm":
        """Fill in what there is to choose from."""
        self.offered = offered
        for name, pairs in offered.choices.items():
            self[name].choices = [*pairs, *self._gone(name, pairs)]
        for field in self.typed():
            field.validate(self)
        return self

    def typed(self) -> list[PickField]:
        """Return the fields in which a name was typed."""
        return [field for field in self if isinstance(field, PickField) and field.typed]

    def _gone(self, name: str, pairs: Pairs) -> Pairs:
        """Return the value that the address names although it is no longer offered."""
        value = self[name].data or ""
        # What was chosen and is offered no longer stays chosen: an empty list tells more than an unfiltered one.
        if name not in STAYING or not value or value in dict(pairs):
            return []
        # A name that only the register’s own people know must not be confirmed to others.
        if name in BODIES_OUTSIDE and not self.offered.is_inside:
            return []
        if name == "theme":
            return [(value, clean_line(value)[:LONGEST])]
        # The address may hold anything; only what could be a slug is looked up.
        if not is_slug(value) or len(value) > LONGEST:
            return []
        return [(value, self.offered.name_of(value) or gettext("%(name)s, not known here", name=value))]

    def chosen(self) -> dict[str, str]:
        """Return the filters in use, as the query of the list's address."""
        values = {name: self._value(name) for name in self._fields}
        return {name: value for name, value in values.items() if value}

    def _value(self, name: str) -> str:
        field: Any = self[name]
        if name in INSIDE and not self.offered.is_inside:
            return ""
        if isinstance(field, BooleanField):
            if field.data and (name not in PERSONAL or self.offered.is_signed_in):
                return "1"
            return ""
        if isinstance(field, SelectField):
            # Most are left empty, and a name stands among hundreds.
            if field.data and field.data in dict(field.choices or ()):
                return str(field.data)
            return ""
        if isinstance(field, DateField):
            if field.data:
                return str(field.data.isoformat())
            return ""
        return clean_line(field.data or "")[:LONGEST]

    def in_words(self) -> Iterator[tuple[str, str]]:
        """Yield each filter in use: its name in the address, and words such as "Owner: Secretariat"."""
        for name, value in self.chosen().items():
            field: Any = self[name]
            label = str(field.label.text)
            if isinstance(field, BooleanField):
                yield name, label
            else:
                yield name, str(gettext("%(label)s: %(value)s", label=label, value=_value_in_words(field, value)))

    def item_filter(self, reader_id: int | None) -> ItemFilter:
        """Return the filter as the domain takes it; a stranger owns and follows nothing."""
        chosen = self.chosen()
        further: tuple[Any, ...] = ()
        if "quiet" in chosen:
            further = (self.offered.no_news(),)

        def of_reader(field: str) -> int | None:
            if field in chosen:
                return reader_id
            return None

        return ItemFilter(
            text=chosen.get("q", ""),
            **{
                name: chosen.get(name)
                for name in ("owner", "addressee", "party", "group", "theme", "milestone", "meeting")
            },
            supported_by=chosen.get("supported"),
            concern_of=chosen.get("concern"),
            kind=member_or_none(ItemKind, chosen.get("kind")),
            response=member_or_none(ResponseState, chosen.get("response")),
            progress=_progress(chosen.get("progress", "")),
            waiting=_waiting(chosen.get("waiting")),
            dated=member_or_none(DueFilter, chosen.get("dated")),
            due_before=self.before.data,
            visibility=member_or_none(Visibility, chosen.get("visibility")),
            is_overdue="late" in chosen,
            is_past_unpromised="past" in chosen,
            is_unowned="unowned" in chosen,
            is_unaddressed="unaddressed" in chosen,
            is_declined="declined" in chosen,
            is_disputed="disputed" in chosen,
            mine_of=of_reader("mine"),
            open_to=of_reader("free"),
            followed_by=of_reader("followed"),
            further=further,
        )


#: the names under which an address may hold a filter
FILTERS = frozenset(name for name, field in vars(FilterForm).items() if isinstance(field, UnboundField))


def choices(
    owners: Pairs,
    addressee: Pairs,
    supporters: Pairs,
    concerned: Pairs,
    themes: Iterable[str],
    milestones: Iterable[Milestone],
    meetings: Iterable[Meeting],
    groups: Pairs,
    *,
    is_inside: bool,
) -> dict[str, Pairs]:
    """Return what each field offers, in the reader's language; only insiders may filter by owner and visibility."""
    either = dict(sorted({*owners, *addressee}, key=lambda pair: pair[1].casefold()))
    # Nothing to choose from means no field: others do not even see that there is such a filter.
    inside: dict[str, Pairs] = {}
    if is_inside:
        inside = {"owner": owners, "party": list(either.items()), "visibility": _words(Visibility)}
    offered = {
        "progress": [("open", pgettext("items", "open")), ("closed", pgettext("items", "closed")), *_words(Progress)],
        "waiting": [*_words(WaitingKind), (NotStated.KIND.value, str(gettext("kind not stated")))],
        "owner": [],
        "milestone": [(milestone.slug, milestone.title) for milestone in milestones],
        "meeting": [(meeting.slug, meeting.title) for meeting in meetings],
        "addressee": addressee,
        "response": _words(ResponseState),
        "party": [],
        "supported": supporters,
        "concern": concerned,
        "group": groups,
        "theme": _words(themes),
        "kind": _words(ItemKind),
        "dated": _words(DueFilter),
        "visibility": [],
        **inside,
    }
    return {name: [("", str(gettext("any"))), *pairs] for name, pairs in offered.items()}


def _words(values: Iterable[str]) -> Pairs:
    return [(str(value), word(value)) for value in values]


def _value_in_words(field: Any, value: str) -> str:
    if isinstance(field, DateField):
        return short_day(field.data)
    if isinstance(field, SelectField):
        return str(dict(field.choices).get(value, value))
    return value


def _progress(value: str) -> frozenset[Progress]:
    match value:
        case "":
            return frozenset()
        case "open":
            return OPEN
        case "closed":
            return CLOSED
        case _:
            return frozenset({Progress(value)})


def _waiting(value: str | None) -> WaitingKind | NotStated | None:
    if value == NotStated.KIND:
        return NotStated.KIND
    if value:
        return WaitingKind(value)
    return None


def order_of(value: str | None, usual: Order = Order.NUMBER) -> tuple[Order, bool]:
    """Return the order and whether it is descending, from "due" or "-due"; the usual order for anything else."""
    name = (value or "").removeprefix("-")
    if name not in set(Order):
        return usual, False
    return Order(name), (value or "").startswith("-")
