"""A choice among many, as an input with suggestions: what was typed is a name, and what is stored the value behind it.

A few choices are a select. More are a text field: a script suggests names while one types, and without it the name is
resolved when the form is sent. A name that is not exactly that of one choice is never guessed: the form comes back with
the names that match it, to choose from.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from flask import Flask
from flask_babel import gettext, lazy_gettext
from wtforms import SelectField
from wtforms.validators import ValidationError

from tracker.text import clean_line
from tracker.transcripts.speakers.printed_names import folded

#: more options are no select any more: nobody reads through them
MOST_IN_SELECT = 15
#: names that are suggested at once; what comes after them is found by typing more
MOST_SUGGESTED = 12
#: the text field beside the value, and the names offered after one that was not clear
TYPED = "-name"
PICKED = "-pick"
WORD = re.compile(r"[^\W_]+")


class Suggestion(NamedTuple):
    """One choice: the value that is stored, its name, what tells it from its namesakes, and if mail reaches it."""

    value: str
    name: str
    detail: str = ""
    by_mail: bool = False


def matching(suggestions: Iterable[Suggestion], typed: str) -> list[Suggestion]:
    """Return those in whose name or detail each typed word begins a word; names that begin so come first."""
    sought = WORD.findall(folded(typed))
    fitting = [suggestion for suggestion in suggestions if _has(suggestion, sought)]
    return sorted(fitting, key=lambda suggestion: not folded(suggestion.name).startswith(folded(typed)))


def _has(suggestion: Suggestion, sought: Sequence[str]) -> bool:
    words = WORD.findall(folded(f"{suggestion.name} {suggestion.detail}"))
    return all(any(word.startswith(part) for word in words) for part in sought)


class PickField(SelectField):
    """A select that becomes an input with suggestions where it has many choices.

    A choice whose value is empty says what an empty field means. `choices` are set once the form is made.
    """

    #: the list under /suggestions where the script asks; None where the page brings the names along
    suggested_by: str | None = None
    #: the id of the page's list of names, where many fields offer the same; None for one of its own
    shared_list: str | None = None
    #: what was typed, where a form with the text field was sent
    typed: str | None = None

    def __init__(self, *args: Any, suggested_by: str | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.invalid_value_message = lazy_gettext("Choose one from the list.")
        self.matches: list[Suggestion] = []
        if suggested_by:
            self.suggested_by = suggested_by

    def process(self, formdata: Any, *args: Any, **options: Any) -> None:
        """Take what was sent; a typed name is resolved as soon as the choices are there."""
        self.typed = None
        self.picked = ""
        self.matches = []
        if formdata is not None and f"{self.name}{TYPED}" in formdata:
            self.typed = clean_line(formdata[f"{self.name}{TYPED}"])
            self.picked = formdata.get(f"{self.name}{PICKED}", "")
        super().process(formdata, *args, **options)
        if self.typed is not None and self.is_ready:
            self._resolve(self.typed)

    @property
    def is_ready(self) -> bool:
        """Tell whether the names are at hand."""
        return self.choices is not None

    @property
    def choices(self) -> Any:
        """What there is to choose from."""
        return SelectField.choices.fget(self)

    @choices.setter
    def choices(self, value: Any) -> None:
        SelectField.choices.fset(self, value)
        if self.typed is not None and not self.process_errors:
            self._resolve(self.typed)

    def suggestions(self) -> list[Suggestion]:
        """Return every choice but that of none."""
        return [suggestion for suggestion in self._pairs() if suggestion.value]

    def _pairs(self) -> Iterator[Suggestion]:
        for choice in self._choices_from_input(self.choices) or []:
            yield Suggestion(_text(choice.value), str(choice.label))

    @property
    def none(self) -> str:
        """Return what an empty field means."""
        return next((suggestion.name for suggestion in self._pairs() if not suggestion.value), "")

    @property
    def is_long(self) -> bool:
        """Tell whether it is an input rather than a select."""
        return len(self.suggestions()) >= MOST_IN_SELECT

    @property
    def may_stay_empty(self) -> bool:
        """Tell whether none is a choice."""
        return any(not suggestion.value for suggestion in self._pairs())

    def name_of(self, value: object) -> str | None:
        """Return the name of a value, None where it is no choice."""
        return next((choice.name for choice in self.suggestions() if choice.value == _text(value)), None)

    @property
    def text(self) -> str:
        """Return what stands in the input: what was typed while it names nothing, else the name of the value."""
        if self.typed is not None and self.matches_nothing:
            return self.typed
        return self.name_of(self.data) or ""

    @property
    def matches_nothing(self) -> bool:
        """Tell whether what was typed could not be resolved."""
        return bool(self.process_errors) and self.raw_data is not None

    def _resolve(self, typed: str) -> None:
        value = self._value_of(typed)
        if value is None:
            self.matches = matching(self.suggestions(), typed)[:MOST_SUGGESTED]
            self.process_errors = [not_clear(typed, self.matches)]
            self.raw_data = [typed]
            self.process_data(None)
            return
        self.raw_data = [value]
        self.process_errors = []
        self.process_data(value)

    def _value_of(self, typed: str) -> str | None:
        """Return the value that a name means, "" for none; None where it is not clear."""
        if not typed or typed == self.none:
            return ""
        # Of two namesakes the script has sent the one that was chosen.
        sent = _text(next(iter(self.raw_data or ()), ""))
        if sent and folded(self.name_of(sent) or "") == folded(typed):
            return sent
        everybody = self.suggestions()
        namesakes = [choice.value for choice in everybody if folded(choice.name) == folded(typed)]
        if len(namesakes) == 1:
            return namesakes[0]
        if self.picked in {choice.value for choice in matching(everybody, typed)}:
            return self.picked
        return None

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - the library hands it on
        """Refuse what is no choice."""
        if self.process_errors:
            return
        if _text(self.data):
            is_choice = self.name_of(self.data) is not None
        else:
            # A field that must be filled in says so by a validator of its own.
            is_choice = self.may_stay_empty or bool(self.flags.required)
        if not is_choice:
            raise ValidationError(gettext("Choose one from the list."))


def not_clear(typed: str, matches: Sequence[Suggestion]) -> str:
    """Return what a form says of a name that is not exactly that of one choice."""
    if matches:
        return str(gettext("Which one do you mean by “%(name)s”?", name=typed))
    return str(gettext("No name matches “%(name)s”. Check the spelling, or type only a part of it.", name=typed))


def _text(value: object) -> str:
    """Return a value as a form sends it; nothing for none, and for the 0 that some forms send for nobody."""
    if value in (None, "", 0, "0"):
        return ""
    return str(value)


def _is_pick(field: object) -> bool:
    return bool(getattr(field, "is_long", False))


def register(app: Flask) -> None:
    """Tell the templates which fields are inputs with suggestions."""
    app.jinja_env.tests["pick"] = _is_pick
