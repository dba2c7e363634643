"""Publishing is asked twice: a page says what anyone will read then, and the message that follows undoes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, render_template

#: names that the question spells out; of more it says how many there are
MOST_NAMES = 40


@dataclass(frozen=True)
class PublishQuestion:
    """What is asked before something is published."""

    heading: str
    #: what anyone can read then, a sentence each
    becomes_readable: Sequence[str]
    #: what stays with the register's own people
    stays: Sequence[str]
    #: the people who are named in what becomes readable
    names: Sequence[str]
    #: where the answer is sent, and what its button says
    action: str
    button: str
    #: the page to go back to
    back: str
    back_label: str

    @property
    def first_names(self) -> Sequence[str]:
        """Return the names that are spelled out."""
        return self.names[:MOST_NAMES]

    @property
    def other_names(self) -> int:
        """Return how many people are named beside these."""
        return len(self.names) - len(self.first_names)


def ask(question: PublishQuestion) -> str:
    """Return the page that asks."""
    return render_template("app/publish_question.html", question=question)


def say_with_undo(text: str, undo: str, *, is_changed: bool) -> None:
    """Say what was done; with a button that takes it back, posted to `undo`, unless all was so before."""
    if is_changed:
        flash(text, undo)
    else:
        flash(text)
