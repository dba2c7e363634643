"""Numbers in addresses: digits as plain as the database's own, so that a longer one is no such page."""

from flask import Flask
from werkzeug.routing import BaseConverter, ValidationError

#: the largest that a column of numbers holds
LARGEST = 2**31 - 1


class Number(BaseConverter):
    """A whole number that a row can have; anything else in its place is answered 404."""

    regex = "[0-9]{1,10}"

    def to_python(self, value: str) -> int:
        """Return the number; raise ValidationError for one that no row can have."""
        number = int(value)
        if number > LARGEST:
            raise ValidationError
        return number


def register(app: Flask) -> None:
    """Let <int:…> in a route mean such a number."""
    app.url_map.converters["int"] = Number
