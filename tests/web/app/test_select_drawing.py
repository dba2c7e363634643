"""A select is drawn as the library draws it, and faster."""

import pytest
from wtforms import Form, SelectChoice, SelectField
from wtforms.validators import InputRequired
from wtforms.widgets import Select

from tracker.items.models import ItemKind
from tracker.web.app.form_choices import number_or_none
from tracker.web.app.select_drawing import may_stay_empty, options, select

HOSTILE = '<b>"A" & b</b>'
FLAT = [("", "none"), (2, HOSTILE), (3, "C"), (33, "D")]
GROUPS = {"": [("", "none")], HOSTILE: [(2, HOSTILE), (3, "C")], "More": [(33, "D")]}


class Choosing(Form):
    number = SelectField("Number", coerce=number_or_none, render_kw={"list": "x"})
    kind = SelectField("Kind", [InputRequired()])
    text = SelectField("Text")


@pytest.mark.parametrize("choices", [FLAT, GROUPS])
@pytest.mark.parametrize("chosen", [None, 2, 3, 33, 4])
def test_numbers_are_drawn_as_by_the_library(choices: object, chosen: int | None) -> None:
    form = Choosing(data={"number": chosen})
    form.number.choices = choices
    assert select(form.number, aria_invalid="true") == Select()(form.number, list="x", aria_invalid="true")


@pytest.mark.parametrize("name", ["kind", "text"])
@pytest.mark.parametrize("chosen", [None, ItemKind.CALL, HOSTILE, "none of these"])
def test_words_are_drawn_as_by_the_library(name: str, chosen: str | None) -> None:
    field = Choosing(data={name: chosen})[name]
    field.choices = [(HOSTILE, "A"), *((kind, HOSTILE) for kind in ItemKind)]
    assert select(field) == Select()(field)


def test_choices_that_are_no_pairs_are_drawn_too() -> None:
    field = Choosing(data={"text": "b"}).text
    field.choices = [SelectChoice("", HOSTILE, optgroup="A"), SelectChoice("b")]
    assert select(field) == Select()(field)
    assert may_stay_empty(field)


def test_what_one_chose_is_not_chosen_for_the_next() -> None:
    assert "selected" in options(FLAT, "3")
    assert "selected" not in options(FLAT, None)
