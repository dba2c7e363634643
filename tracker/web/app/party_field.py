"""Fields that name parties and people of the register: looked up by name, and never drawn as a list of all."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from wtforms import Field

from tracker.items.party_choices import Choice, PartyKind, form_choice, form_choices, form_person
from tracker.text import clean_line
from tracker.web.app import context
from tracker.web.app.address_numbers import LARGEST
from tracker.web.app.form_choices import number_or_none
from tracker.web.app.pick_field import MOST_SUGGESTED, PICKED, TYPED, PickField, Suggestion, matching, not_clear


def party_suggestions() -> list[Suggestion]:
    """Return every party that a form offers to the reader, by name."""
    return [suggested_party(choice) for choice in context.kept("parties", _parties)]


def people_suggestions() -> list[Suggestion]:
    """Return the people among them, by their own numbers."""
    return [suggested_person(choice) for choice in context.kept("parties", _parties) if choice.person_id]


def _parties() -> list[Choice]:
    return form_choices(context.session(), context.body_id(), context.sight())


def suggested_party(choice: Choice) -> Suggestion:
    """Return what is said of a party that may be chosen."""
    details = {PartyKind.BODY: gettext("a body"), PartyKind.CLASS: gettext("a group")}
    detail = details.get(choice.kind) or choice.affiliation or ""
    return Suggestion(str(choice.id), choice.name, detail, choice.by_mail)


def suggested_person(choice: Choice) -> Suggestion:
    """Return the same of a person, by their own number."""
    return suggested_party(choice)._replace(value=str(choice.person_id))


class PartyField(PickField):
    """A party, by its number; `of_people` takes people alone, by their own numbers.

    `none` says what an empty field means; `extras` are choices that are no party.
    """

    def __init__(self, *args: Any, of_people: bool = False, none: Any = "", **options: Any) -> None:
        options.setdefault("coerce", number_or_none)
        super().__init__(*args, **options)
        self.of_people = of_people
        self.meaning_of_none = none
        self.extras: Sequence[tuple[str, str]] = ()
        self.suggested_by = "people" if of_people else "parties"

    @property
    def is_ready(self) -> bool:
        """The names are read when they are needed."""
        return True

    @property
    def is_long(self) -> bool:
        """It is an input however few there are: the number is not worth a question to the database."""
        return True

    @property
    def none(self) -> str:
        """Return what an empty field means."""
        return str(self.meaning_of_none)

    @property
    def may_stay_empty(self) -> bool:
        """Tell whether nobody may be chosen."""
        return not self.flags.required

    @property
    def extra_suggestions(self) -> list[Suggestion]:
        """Return the choices that are no party."""
        return [Suggestion(*pair) for pair in self.extras]

    def suggestions(self) -> list[Suggestion]:
        """Return everybody who may be chosen."""
        if self.of_people:
            return [*self.extra_suggestions, *people_suggestions()]
        return [*self.extra_suggestions, *party_suggestions()]

    def name_of(self, value: object) -> str | None:
        """Return the name of a party that the form offers; one row is read."""
        if str(value) in dict(self.extras):
            return dict(self.extras)[str(value)]
        return name_of_party(value, of_people=self.of_people)


def name_of_party(value: object, *, of_people: bool = False) -> str | None:
    """Return the name of a party that a form offers to the reader, by its number; None where it offers none."""
    text = str(value)
    if not text.isdecimal() or len(text) > len(str(LARGEST)) or not 0 < int(text) <= LARGEST:
        return None
    one_of = form_person if of_people else form_choice
    choice = one_of(context.session(), context.body_id(), context.sight(), int(text))
    if choice is None:
        return None
    return choice.name


class PartiesField(Field):
    """Several parties, one added after the other: those chosen are boxes to untick, and an input adds one more."""

    suggested_by = "parties"
    is_long = True
    may_stay_empty = True
    none = ""
    extras = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.typed = ""
        self.matches: list[Suggestion] = []

    def process(self, formdata: Any, *args: Any, **options: Any) -> None:
        """Take those that are ticked, and what was typed beside them."""
        self.typed = ""
        self.matches = []
        picked = []
        if formdata is not None:
            self.typed = clean_line(formdata.get(f"{self.name}{TYPED}", ""))
            picked = formdata.getlist(f"{self.name}{PICKED}")
        super().process(formdata, *args, **options)
        if self.typed:
            self._add(self.typed, picked)

    def process_data(self, value: Any) -> None:
        """Take the parties that are chosen already."""
        self.data = list(value or ())

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Take the boxes that are ticked."""
        names = {value: name_of_party(value) for value in dict.fromkeys(valuelist)}
        if None in names.values():
            raise ValueError(gettext("Choose one from the list."))
        self.data = [int(value) for value in names]

    def _add(self, typed: str, picked: Sequence[str]) -> None:
        everybody = party_suggestions()
        matches = matching(everybody, typed)
        namesakes = [choice.value for choice in matches if choice.name.casefold() == typed.casefold()]
        chosen = [value for value in picked if value in {choice.value for choice in matches}]
        if not chosen and len(namesakes) == 1:
            chosen = namesakes
        if not chosen:
            self.matches = matches[:MOST_SUGGESTED]
            self.process_errors.append(not_clear(typed, self.matches))
            return
        self.typed = ""
        self.data = list(dict.fromkeys([*self.data, *map(int, chosen)]))

    @property
    def chosen(self) -> list[Suggestion]:
        """Return those chosen so far, with their names."""
        return [Suggestion(str(value), name_of_party(value) or "") for value in self.data]

    @property
    def text(self) -> str:
        """Return what stands in the input: a name that is not clear yet."""
        return self.typed
