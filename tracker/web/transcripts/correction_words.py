"""What pages say of a proposal whose words a corrected transcript changed."""

from flask import Flask
from flask_babel import gettext

from tracker.proposals.models import Change
from tracker.proposals.queries import Corrected, Entry
from tracker.transcripts.versions.text_differences import Piece, compared


def differences(entry: Entry) -> list[Piece]:
    """Return the words of a proposal beside those that it had before."""
    return compared(entry.corrected.words if entry.corrected else "", entry.quote)


def corrected_mark(corrected: Corrected) -> str:
    """Return "changed since version 1", "new in version 2", or that the words are the same."""
    if corrected.change is Change.NEW:
        return str(gettext("new in version %(number)s", number=corrected.number))
    if corrected.change is Change.CHANGED:
        return str(gettext("changed since version %(number)s", number=corrected.number))
    return str(gettext("same as in version %(number)s", number=corrected.number))


def register(app: Flask) -> None:
    """Give the words to the templates."""
    app.jinja_env.globals.update(differences=differences, corrected_mark=corrected_mark)
