"""What pages say of a proposal whose words a corrected transcript changed."""

from flask import Flask
from flask_babel import gettext

from tracker.proposals.models import WordingChange
from tracker.proposals.queries import EarlierWording, ProposalEntry
from tracker.transcripts.versions.text_differences import ChangedWords, compare_words


def differences(entry: ProposalEntry) -> list[ChangedWords]:
    """Return the words of a proposal beside those that it had before."""
    return compare_words(entry.corrected.words if entry.corrected else "", entry.quote)


def corrected_mark(corrected: EarlierWording) -> str:
    """Return "changed since version 1", "new in version 2", or that the words are the same."""
    if corrected.change is WordingChange.NEW:
        return str(gettext("new in version %(number)s", number=corrected.number))
    if corrected.change is WordingChange.CHANGED:
        return str(gettext("changed since version %(number)s", number=corrected.number))
    return str(gettext("same as in version %(number)s", number=corrected.number))


def register(app: Flask) -> None:
    """Give the words to the templates."""
    app.jinja_env.globals.update(differences=differences, corrected_mark=corrected_mark)
