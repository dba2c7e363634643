"""What a digest adds to its items: the words of a request, the last note, and what the reader may say of a closing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from tracker.db import rows
from tracker.digests.content import Facts
from tracker.digests.parts import DigestChange, LastNote, RequestQuote, What
from tracker.digests.reader import DigestReader
from tracker.items.closing_views import parties_entitled_of_all
from tracker.items.models import Item, ItemPassage, Relation
from tracker.items.party_models import ClosingView
from tracker.items.status import is_closed
from tracker.mail.compose_email import one_line
from tracker.mail.markdown import plain
from tracker.people.models import Person
from tracker.people.queries import Sight
from tracker.text import beginning_of
from tracker.transcripts.quotes import Quote, quotes
from tracker.updates.models import Update
from tracker.updates.queries import not_taken_back
from tracker.updates.reading_rules import may_read

LONGEST_QUOTE = 400
LONGEST_NOTE = 160


class NoteRow(NamedTuple):
    """The last note on an item that a reader may read."""

    item_id: int
    made_at: datetime
    note: str
    author: str | None


def with_details(session: Session, readers: Sequence[DigestReader], facts: Mapping[int, Facts]) -> dict[int, Facts]:
    """Return the facts, by person, with these details. The readers all see the same."""
    sight = readers[0].sight
    every = list(facts.values())
    passages = request_quotes(session, set().union(*(of_reader.requests for of_reader in every)), sight)
    notes = last_notes(session, set().union(*(of_reader.owed for of_reader in every)), sight)
    to_judge = _to_judge(session, readers, facts)
    return {
        reader.id: replace(
            facts[reader.id],
            requests=_with_quotes(facts[reader.id], passages),
            last_notes=_notes_for(reader, facts[reader.id], notes),
            to_judge=to_judge[reader.id],
        )
        for reader in readers
    }


def _with_quotes(facts: Facts, passages: Mapping[int, RequestQuote]) -> dict[int, Any]:
    return {item_id: replace(request, quote=passages.get(item_id)) for item_id, request in facts.requests.items()}


def request_quotes(session: Session, item_ids: Collection[int], sight: Sight) -> dict[int, RequestQuote]:
    """Return the words in which these items were put forward, where they are known and the reader may read them."""
    if not item_ids:
        return {}
    first: dict[int, int] = {}
    for item_id, passage_id in rows(session, _PASSAGES, items=list(item_ids)):
        first.setdefault(item_id, passage_id)
    passages = quotes(session, list(first.values()), sight)
    return {
        item_id: _request_quote(quote)
        for item_id, passage_id in first.items()
        if (quote := passages.get(passage_id)) is not None and quote.words is not None
    }


_PASSAGES = (
    sa.select(col(ItemPassage.item_id), col(ItemPassage.passage_id))
    .where(col(ItemPassage.item_id).in_(sa.bindparam("items", expanding=True)))
    .where(col(ItemPassage.relation) == Relation.NEW)
    .order_by(col(ItemPassage.passage_id))
)


def _request_quote(quote: Quote) -> RequestQuote:
    assert quote.words is not None
    words = beginning_of(one_line(quote.words.quote), LONGEST_QUOTE)
    return RequestQuote(
        words=words,
        speaker=quote.speaker and one_line(quote.speaker),
        meeting=quote.meeting and one_line(quote.meeting),
        day=quote.meeting_day,
    )


def last_notes(session: Session, item_ids: Collection[int], sight: Sight) -> dict[int, NoteRow]:
    """Return the last note on each of these items that such a reader may read, and that was not taken back."""
    if not item_ids:
        return {}
    return {row.item_id: NoteRow(*row) for row in rows(session, _last_notes(sight.alike), items=list(item_ids))}


@lru_cache(maxsize=200)
def _last_notes(sight: Sight) -> Any:
    """Return the statement, cached for all who see the same."""
    latest = (
        sa.select(sa.func.max(col(Update.id)))
        .join(Item, col(Item.id) == col(Update.item_id))
        .where(col(Update.item_id).in_(sa.bindparam("items", expanding=True)))
        .where(col(Update.note) != "", may_read(sight), not_taken_back())
        .group_by(col(Update.item_id))
    )
    return (
        sa.select(col(Update.item_id), col(Update.made_at), col(Update.note), col(Person.name))
        .outerjoin(Person, col(Person.id) == col(Update.author_id))
        .where(col(Update.id).in_(latest))
    )


def _notes_for(reader: DigestReader, facts: Facts, notes: Mapping[int, NoteRow]) -> dict[int, LastNote]:
    """Return the last notes on what the reader owes, but those that stand among its changes."""
    return {
        item_id: _last_note(notes[item_id], reader)
        for item_id in facts.owed & notes.keys()
        if not any(change.what is What.NOTE for change in facts.changes.get(item_id, ()))
    }


def _last_note(row: NoteRow, reader: DigestReader) -> LastNote:
    text = beginning_of(one_line(plain(row.note)), LONGEST_NOTE)
    return LastNote(row.made_at.astimezone(reader.zone).date(), row.author, text)


def _to_judge(
    session: Session, readers: Iterable[DigestReader], facts: Mapping[int, Facts]
) -> dict[int, frozenset[int]]:
    """Return for each reader the items closed since then of which they have yet to say whether that is right."""
    closed = {reader.id: _closed_since(facts[reader.id]) for reader in readers}
    ids = set().union(*closed.values())
    if not ids:
        return dict.fromkeys(closed, frozenset())
    items = {
        item_id: facts[reader].lines[item_id].item for reader, of_reader in closed.items() for item_id in of_reader
    }
    entitled = parties_entitled_of_all(session, list(items.values()))
    judged = set(rows(session, _JUDGED, items=list(ids)))
    return {
        reader.id: frozenset(
            item_id
            for item_id in closed[reader.id]
            if (own := reader.parties & set(entitled[item_id])) and not any((item_id, party) in judged for party in own)
        )
        for reader in readers
    }


def _closed_since(facts: Facts) -> set[int]:
    return {
        item_id
        for item_id, changes in facts.changes.items()
        if is_closed(facts.lines[item_id].item.progress) and _tells_progress(changes)
    }


def _tells_progress(changes: Iterable[DigestChange]) -> bool:
    return any(change.what is What.PROGRESS for change in changes)


_JUDGED = sa.select(col(ClosingView.item_id), col(ClosingView.party_id)).where(
    col(ClosingView.item_id).in_(sa.bindparam("items", expanding=True)), col(ClosingView.is_current)
)
