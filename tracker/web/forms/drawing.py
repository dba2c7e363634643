"""How a select is drawn: there may be hundreds of options, and the library takes ten times as long."""

from collections.abc import Iterable
from functools import lru_cache

from flask import Flask
from markupsafe import Markup, escape
from wtforms import SelectField
from wtforms.fields.choices import Choice
from wtforms.widgets import Select


class PlainSelect(Select):
    """A select that writes its options itself."""

    @classmethod
    def render_option(cls, choice: Choice, **_attributes: object) -> str:
        """Return one option: its value, its label, and whether it is chosen."""
        return _option(choice.value, choice.label, is_chosen=choice.selected)


_PLAIN = PlainSelect()


def select(field: SelectField, **attributes: object) -> Markup:
    """Return a select drawn."""
    drawn: Markup = _PLAIN(field, **{**(field.render_kw or {}), **attributes})
    return drawn


def options(pairs: Iterable[tuple[str, str]], chosen: str | None) -> Markup:
    """Return the options of a select without groups, of value and label."""
    return _options(tuple(pairs), chosen)


@lru_cache(maxsize=100)
def _options(pairs: tuple[tuple[str, str], ...], chosen: str | None) -> Markup:
    # the same words for the same pairs, whoever reads them
    drawn = (_option(value, label, is_chosen=value == chosen) for value, label in pairs)
    return Markup("".join(drawn))  # noqa: S704 - each is escaped


def _option(value: object, label: object, *, is_chosen: bool) -> str:
    return f'<option {"selected " if is_chosen else ""}value="{escape(value)}">{escape(label)}</option>'


def register(app: Flask) -> None:
    """Give the drawing to the templates."""
    app.jinja_env.globals.update(select=select, options=options)
