"""The words of a new transcript's turns in the index of full text.

The database enters each turn by itself, with its part of the text. To get at that part it reads the whole text again
for each turn: a hundred times as much work for ten times as many turns. So they are entered while the transcript has
no text yet, and get their words here.
"""

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.db import rows
from tracker.transcripts.models import Transcript, Turn

#: kind of a turn among what the index holds: its entry's number is four times the turn's, and this
KIND = 2
_TURNS = sa.select(col(Turn.id), col(Turn.start), col(Turn.end)).where(
    col(Turn.transcript_id) == sa.bindparam("transcript")
)
_NAMES = {"sqlite": "rowid", "postgresql": "id"}


def enter_words(session: Session, transcript: Transcript) -> None:
    """Give the entries of its turns their words."""
    turns = rows(session, _TURNS, transcript=transcript.id)
    entries = [{"number": number * 4 + KIND, "body": transcript.text[start:end]} for number, start, end in turns]
    if entries:
        connection = session.connection()
        name = _NAMES[connection.dialect.name]
        connection.execute(sa.text(f"UPDATE search_entry SET body = :body WHERE {name} = :number"), entries)  # noqa: S608
