"""Publishing is asked twice: a page says what anyone will read then, and the message that follows undoes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, render_template


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
    #: the page above that one, as its address and its name
    above: tuple[str, str]
    #: labels that appear although nobody knows who spoke under them
    unidentified: Sequence[str] = ()


def ask(question: PublishQuestion) -> str:
    """Return the page that asks."""
    return render_template("app/publish_question.html", question=question)


def say_with_undo(text: str, undo: str, *, is_changed: bool) -> None:
    """Say what was done; with a button that takes it back, posted to `undo`, unless all was so before."""
    if is_changed:
        flash(text, undo)
    else:
        flash(text)
