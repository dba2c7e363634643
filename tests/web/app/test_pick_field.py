"""A choice among many is an input: a clear name is taken, and what is not clear comes back with what it may mean."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import InputRequired

from tests.web.browsing import Browser
from tests.web.shelf import Shelf
from tracker.web.app.form_choices import number_or_none
from tracker.web.app.pick_field import MOST_IN_SELECT, PickField

FEW = [("", "nobody"), (1, "Ana Ruiz"), (2, "Zoë Zimmer"), (3, "Ana Ruiz"), (4, "Bo Anan")]
MANY = [*FEW, *((number, f"Filler {number:02}") for number in range(5, 5 + MOST_IN_SELECT))]


class Picking(Form):
    who = PickField("Who", coerce=number_or_none)
    must = PickField("Must", [InputRequired("Choose one.")], coerce=number_or_none)


def sent(choices: list[tuple[object, str]] = MANY, **fields: object) -> Picking:
    """Return the form as it was sent, with the same choices in both fields."""
    values = {name.replace("__", "-"): value for name, value in fields.items()}
    form = Picking(MultiDict({"must": "2", **values}))
    form.who.choices = form.must.choices = choices
    return form


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ({"who": "4"}, 4),  # a select, or a program, sends the number alone
        ({"who__name": "zoe  zimmer"}, 2),
        ({"who__name": ""}, None),
        ({"who__name": "nobody"}, None),
        ({"who": "4", "who__name": ""}, None),  # what was filled in was cleared
        ({"who": "3", "who__name": "Ana Ruiz"}, 3),  # the script says which of two namesakes
        ({"who": "4", "who__name": "Zoë Zimmer"}, 2),  # typed over what was filled in
        ({"who__name": "Ana Ruiz", "who__pick": "3"}, 3),
    ],
)
def test_a_clear_name_is_the_value_behind_it(app: object, fields: dict[str, str], value: int | None) -> None:
    form = sent(**fields)
    assert form.validate(), form.errors
    assert form.who.data == value


@pytest.mark.parametrize(
    ("fields", "matches"),
    [
        ({"who__name": "Ana Ruiz"}, ["1", "3"]),
        ({"who__name": "ana"}, ["1", "3", "4"]),  # those whose name begins so come first
        ({"who__name": "zim"}, ["2"]),  # one that fits in part is asked about, not taken
        ({"who": "3", "who__name": "Ana"}, ["1", "3", "4"]),
        ({"who__name": "Ana", "who__pick": "2"}, ["1", "3", "4"]),  # the name was changed after the choice
        ({"who__name": "Nemo"}, []),
    ],
)
def test_a_name_that_is_not_clear_is_asked_about(app: object, fields: dict[str, str], matches: list[str]) -> None:
    form = sent(**fields)
    assert not form.validate()
    assert [match.value for match in form.who.matches] == matches
    assert (form.who.data, form.who.text) == (None, fields["who__name"])


@pytest.mark.parametrize(("fields", "says"), [({"must": "99"}, "from the list"), ({"must__name": ""}, "Choose one.")])
def test_what_is_no_choice_is_refused(app: object, fields: dict[str, str], says: str) -> None:
    form = sent(**fields)
    assert not form.validate()
    assert says in form.must.errors[0]


def test_a_few_choices_are_a_select_and_many_an_input(app: object) -> None:
    assert not sent(FEW).who.is_long
    assert sent(MANY).who.is_long


def test_a_name_on_a_page_is_asked_about_without_a_script(shelf: Shelf, secretariat: Browser) -> None:
    number = shelf.put()
    answer = secretariat.post(f"/items/{number}/addressees", {"party": "", "party-name": "C"})
    assert answer.status_code == 422
    assert "Which one do you mean by “C”?" in answer.text
    assert 'type="radio" name="party-pick"' in answer.text
    assert 'name="party-name" value="C"' in answer.text
