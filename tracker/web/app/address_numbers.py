"""Numbers in addresses and forms, bounded by what the database can hold: a larger one is a 404, or no number."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Request, abort, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import BaseConverter, ValidationError
from wtforms import IntegerField

#: the largest that a column of numbers holds
LARGEST = 2**31 - 1
#: more digits are never looked at: reading a number of a million takes minutes
MOST_SIGNS = 11


def whole_number(value: object) -> int:
    """Return the number that a text holds; raise ValueError for none, and for one that no column can hold."""
    text = str(value).strip()
    if len(text) > MOST_SIGNS:
        raise ValueError("a number of too many digits")
    number = int(text)
    if not -LARGEST <= number <= LARGEST:
        raise ValueError("a number that no row can have")
    return number


def named_number(name: str) -> int | None:
    """Return the number of a thing that the address names, or None where it names none; 404 for one that cannot be."""
    value = request.args.get(name, "")
    if not value:
        return None
    try:
        return whole_number(value)
    except ValueError:
        abort(404)


def _bounded(kind: Callable[[Any], Any] | None) -> Callable[[Any], Any] | None:
    if kind is int:
        return whole_number
    return kind


class BoundedValues(ImmutableMultiDict[str, str]):
    """The values of an address or a form; a number is one that a row can have, or else the default."""

    def get(self, key: str, default: Any = None, type: Callable[[Any], Any] | None = None) -> Any:  # type: ignore[override]  # noqa: A002 - its name there
        """Return the first value of that name."""
        return super().get(key, default, _bounded(type))  # type: ignore[arg-type]

    def getlist(self, key: str, type: Callable[[Any], Any] | None = None) -> list[Any]:  # noqa: A002 - its name there
        """Return the values of that name, without those that are no number where numbers are asked for."""
        return super().getlist(key, _bounded(type))  # type: ignore[arg-type]


class BoundedRequest(Request):
    """A request whose numbers are bounded."""

    parameter_storage_class = BoundedValues


class WholeNumberField(IntegerField):
    """A field for a number that a row can have; a larger one gets an error beside the field."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the number that was sent."""
        if not valuelist:
            return
        self.data: Any = None
        try:
            self.data = whole_number(valuelist[0])
        except ValueError as error:
            raise ValueError(self.gettext("Not a valid integer value.")) from error


class Number(BaseConverter):
    """A whole number that a row can have; anything else in its place is answered 404."""

    regex = "[0-9]{1,10}"

    def to_python(self, value: str) -> int:
        """Return the number; raise ValidationError for one that no row can have."""
        try:
            return whole_number(value)
        except ValueError as error:
            raise ValidationError from error


def register(app: Flask) -> None:
    """Let <int:…> in a route, and every number that is asked of a request, mean such a number."""
    app.url_map.converters["int"] = Number
    app.request_class = BoundedRequest
