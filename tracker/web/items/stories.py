"""The story of an item on one page, for whoever takes it over: its text, progress, quotes, updates, parting note."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from tracker.db import lookup
from tracker.handovers.models import Duty, PartingNote
from tracker.handovers.queries import parting_notes
from tracker.items.lines import ItemLine, lines
from tracker.items.models import Item, ItemPassage
from tracker.people.queries import party_names
from tracker.transcripts.quotes import Quote, quotes
from tracker.updates.queries import RecordedUpdate, updates_of
from tracker.web.app import context
from tracker.web.items import due_wording

#: the latest updates: whoever takes an item over reads twenty such stories; the item's page has them all
MOST = 3


@dataclass(frozen=True)
class Story:
    """Everything that somebody needs to take an item over."""

    line: ItemLine
    due: str | None
    quotes: list[Quote]
    entries: list[RecordedUpdate]
    #: how many updates there are beside those
    more: int
    note: PartingNote | None


@dataclass(frozen=True)
class About:
    """What a duty is for: an item with its story, or a body or class by name."""

    key: str
    duty: Duty
    story: Story | None
    name: str | None


def about(duties: Sequence[tuple[str, Duty, int | None, int | None]], leaver_id: int) -> dict[str, About]:
    """Return what these duties, each a key with an item or a party, are for, by key: a fixed number of statements."""
    session = context.session()
    stories = _stories(session, {item for _, _, item, _ in duties if item}, leaver_id)
    names = party_names(session, {party for _, _, _, party in duties if party})
    return {key: About(key, duty, lookup(stories, item), lookup(names, party)) for key, duty, item, party in duties}


def _stories(session: Session, item_ids: Collection[int], leaver_id: int) -> dict[int, Story]:
    items = session.exec(select(Item).where(col(Item.id).in_(item_ids)).order_by(col(Item.number))).all()
    quotes_of = _quotes_of_items(session, item_ids)
    notes = parting_notes(session, item_ids, leaver_id)
    # Undone updates are left out: a successor needs to know what holds.
    done: dict[int, list[RecordedUpdate]] = {}
    for entry in updates_of(session, item_ids, context.sight(), standing_only=True):
        done.setdefault(entry.update.item_id, []).append(entry)
    return {
        line.item.id: Story(
            line=line,
            due=_due_rule(line),
            quotes=quotes_of.get(line.item.id, []),
            entries=done.get(line.item.id, [])[:MOST],
            more=max(0, len(done.get(line.item.id, [])) - MOST),
            note=notes.get(line.item.id),
        )
        for line in lines(session, items, context.today())
    }


def _due_rule(line: ItemLine) -> str | None:
    if line.due is None:
        return None
    return due_wording.rule(line.due)


def _quotes_of_items(session: Session, item_ids: Collection[int]) -> dict[int, list[Quote]]:
    rows = session.exec(select(ItemPassage).where(col(ItemPassage.item_id).in_(item_ids))).all()
    words = quotes(session, {row.passage_id for row in rows}, context.sight())
    quotes_of: dict[int, list[Quote]] = {}
    for row in rows:
        quotes_of.setdefault(row.item_id, []).append(words[row.passage_id])
    return quotes_of
