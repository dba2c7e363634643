"""What a list of items is narrowed to: a GET form, so that every state of the list has an address."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, Form, SelectField, StringField
from wtforms.validators import Length

from tracker.items.models import ItemKind, Progress, ResponseState
from tracker.items.status import CLOSED, OPEN
from tracker.items.wanted import Order, Wanted
from tracker.meetings.models import Milestone
from tracker.people.names import clean_line
from tracker.web.words import word

Pairs = list[tuple[str, str]]
LONGEST = 200


class FilterForm(Form):
    """Every way to narrow the list; what is not offered counts as not chosen."""

    q = StringField(lazy_gettext("Words or number"), [Length(max=LONGEST)])
    progress = SelectField(lazy_gettext("Progress"))
    owner = SelectField(lazy_gettext("Owner"))
    asked = SelectField(lazy_gettext("Asked"))
    response = SelectField(lazy_gettext("Response"))
    theme = SelectField(lazy_gettext("Theme"))
    kind = SelectField(lazy_gettext("Kind"))
    milestone = SelectField(lazy_gettext("Milestone"))
    late = BooleanField(lazy_gettext("Overdue only"))
    unowned = BooleanField(lazy_gettext("Nobody owns it"))
    mine = BooleanField(lazy_gettext("Mine"))
    followed = BooleanField(lazy_gettext("I follow it"))

    def offer(
        self, *, owners: Pairs, asked: Pairs, themes: Iterable[str], milestones: Iterable[Milestone]
    ) -> "FilterForm":
        """Fill in what there is to choose from."""
        offered: Mapping[str, Pairs] = {
            "progress": [("open", gettext("open")), ("closed", gettext("closed")), *_words(Progress)],
            "owner": owners,
            "asked": asked,
            "response": _words(ResponseState),
            "theme": _words(themes),
            "kind": _words(ItemKind),
            "milestone": [(milestone.slug, milestone.title) for milestone in milestones],
        }
        for name, pairs in offered.items():
            self[name].choices = [("", gettext("any")), *pairs]
        return self

    def chosen(self) -> dict[str, str]:
        """Return what narrows the list, as the query of its address."""
        values = {name: self._value(name) for name in self._fields}
        return {name: value for name, value in values.items() if value}

    def _value(self, name: str) -> str:
        field: Any = self[name]
        if isinstance(field, BooleanField):
            return "1" if field.data else ""
        if isinstance(field, SelectField):
            return field.data if field.data in {value for value, _label in field.choices or ()} else ""
        return clean_line(field.data or "")[:LONGEST]

    def wanted(self, reader_id: int | None) -> Wanted:
        """Return what is asked of the items; a stranger owns and follows nothing."""
        chosen = self.chosen()
        return Wanted(
            text=chosen.get("q", ""),
            owner=chosen.get("owner"),
            asked=chosen.get("asked"),
            theme=chosen.get("theme"),
            milestone=chosen.get("milestone"),
            kind=ItemKind(chosen["kind"]) if "kind" in chosen else None,
            response=ResponseState(chosen["response"]) if "response" in chosen else None,
            progress=_progress(chosen.get("progress", "")),
            is_overdue="late" in chosen,
            is_unowned="unowned" in chosen,
            mine_of=reader_id if "mine" in chosen else None,
            followed_by=reader_id if "followed" in chosen else None,
        )


def _words(values: Iterable[str]) -> Pairs:
    return [(str(value), word(value)) for value in values]


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


def order_of(value: str | None) -> tuple[Order, bool]:
    """Return by what to sort and whether downwards, from "due" or "-due"; by number where it says neither."""
    name = (value or "").removeprefix("-")
    if name not in set(Order):
        return Order.NUMBER, False
    return Order(name), (value or "").startswith("-")
