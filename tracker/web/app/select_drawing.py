"""How a select is drawn: there may be hundreds of options, and the library takes twenty times as long."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from flask import Flask
from markupsafe import Markup, escape
from wtforms import SelectField
from wtforms.widgets import Select, html_params

Pair = tuple[object, object]


def select(field: SelectField, **attributes: object) -> Markup:
    """Return the HTML of a select; the library draws it where its choices are not plain pairs of value and label."""
    groups = _groups(field)
    kept = {**(field.render_kw or {}), **attributes}
    if groups is None:
        drawn: Markup = Select()(field, **kept)
        return drawn
    chosen = ""
    if field.data is not None:
        chosen = str(field.data)
    flags = {name: True for name in ("required", "disabled") if getattr(field.flags, name)}
    own = html_params(name=field.name, **{"id": field.id, **flags, **kept})
    inside = Markup("").join(_group(label, pairs, chosen) for label, pairs in groups)
    return Markup("<select {}>{}</select>").format(Markup(own), inside)  # noqa: S704 - the library has escaped it


def _groups(field: SelectField) -> list[tuple[str | None, Sequence[Pair]]] | None:
    """Return the pairs by the label of their group, null for none; null where the choices are no pairs."""
    choices = field.choices or []
    if isinstance(choices, dict):
        return list(choices.items())
    if all(type(choice) is tuple for choice in choices):
        return [(None, choices)]
    return None


def _group(label: str | None, pairs: Sequence[Pair], chosen: str) -> Markup:
    drawn = options(pairs, chosen)
    if label is None:
        return drawn
    return Markup('<optgroup label="{}">{}</optgroup>').format(label, drawn)


def options(pairs: Iterable[Pair], chosen: str | None) -> Markup:
    """Return the options of a select without groups, of value and label."""
    drawn = _options(tuple(pairs))
    if chosen is not None:
        value = escape(chosen)
        drawn = drawn.replace(f'<option value="{value}">', f'<option selected value="{value}">', 1)
    return Markup(drawn)  # noqa: S704 - each is escaped


@lru_cache(maxsize=50)
def _options(pairs: tuple[Pair, ...]) -> str:
    # the same words for the same pairs, whoever reads them
    return "".join(f'<option value="{escape(value)}">{escape(label)}</option>' for value, label in pairs)


def may_stay_empty(field: SelectField) -> bool:
    """Tell whether one of the choices is none of them."""
    groups = _groups(field)
    if groups is None:
        return any(choice.value == "" for choice in field.iter_choices())
    return any(value == "" for _, pairs in groups for value, _label in pairs)


def register(app: Flask) -> None:
    """Give the drawing to the templates."""
    app.jinja_env.globals.update(select=select, options=options, may_stay_empty=may_stay_empty)
