"""What others did to many items within a time, as each of several readers who see the same is told of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.digests.event_windows import Window
from tracker.digests.history_summary import TOLD, EventNames, changes_of
from tracker.digests.parts import DigestChange, What
from tracker.digests.reader import DigestReader
from tracker.history import Event
from tracker.history_queries import key_number, wordings
from tracker.items.lines import person_names
from tracker.items.models import Item
from tracker.items.queries import read_inside
from tracker.items.reported_words import is_own
from tracker.people.queries import party_names
from tracker.updates.queries import updates_of

#: items that a statement names one by one; of more, it reads all that happened
MOST_NAMED = 1000


def _events(session: Session, ids: frozenset[int], window: Window) -> dict[int, list[Event]]:
    """Return what happened to these items in the window, by item, oldest first."""
    by_item: dict[int, list[Event]] = defaultdict(list)
    parameters = dict(window.values)
    statement = _HAPPENED.where(window.happened)
    # Naming thousands of subjects costs more than reading all that happened in a week.
    if len(ids) <= MOST_NAMED:
        statement = statement.where(_OF_THESE)
        parameters["items"] = [f"item:{item_id}" for item_id in ids]
    else:
        statement = statement.where(_OF_ALL)
    for event in session.exec(statement, params=parameters):
        item_id = key_number(event.subject)
        if item_id in ids:
            by_item[item_id].append(event)
    return by_item


_HAPPENED = select(Event).where(col(Event.verb).in_(TOLD)).order_by(col(Event.id))
_OF_THESE = col(Event.subject).in_(sa.bindparam("items", expanding=True))
_OF_ALL = col(Event.subject).startswith("item:")


@dataclass(frozen=True)
class ItemChanges:
    """What happened to items, told to each reader without what they did themselves."""

    events: Mapping[int, list[Event]]
    names: EventNames
    #: as told to those who did none of it
    to_others: dict[int, tuple[DigestChange, ...]] = field(default_factory=dict)

    def for_reader(
        self, reader: DigestReader, ids: Collection[int], items: Mapping[int, Item]
    ) -> dict[int, tuple[DigestChange, ...]]:
        """Return what others did to these items, by item; "new" only to the proposer of the item.

        Whoever proposed an item may not know that it was entered; for everybody else, nothing has happened to it yet.
        `items` holds those that the reader may have proposed.
        """
        heard = {}
        for item_id in self.events.keys() & ids:
            changes = self._told(item_id, f"person:{reader.id}")
            item = items.get(item_id)
            # What somebody else reports of the reader is not theirs.
            if item is None or item.put_forward_by not in reader.parties or not is_own(item):
                changes = tuple(change for change in changes if change.what is not What.NEW)
            if changes:
                heard[item_id] = changes
        return heard

    def _told(self, item_id: int, actor: str) -> tuple[DigestChange, ...]:
        of_item = self.events[item_id]
        by_others = [event for event in of_item if event.actor != actor]
        if len(by_others) < len(of_item):
            return changes_of(by_others, self.names)
        if item_id not in self.to_others:
            self.to_others[item_id] = changes_of(of_item, self.names)
        return self.to_others[item_id]


def changes_of_items(session: Session, ids: frozenset[int], reader: DigestReader, window: Window) -> ItemChanges:
    """Return what happened to these items in the window, with the names that it takes to tell it to such a reader."""
    events = _events(session, ids, window)
    every = [event for of_item in events.values() for event in of_item]
    entries = updates_of(session, list(events), reader.sight, since=window.since)
    actors = {key_number(event.actor) for event in every if event.actor.startswith("person:")}
    parties = {event.after[key] for event in every for key in ("party", "to") if event.after.get(key)}
    names = EventNames(
        people=person_names(session, actors),
        parties=party_names(session, parties),
        words=wordings(session, every),
        readable=frozenset(entry.update.id for entry in entries if entry.update.id),
        inside=read_inside(session, list(events), reader.sight),
    )
    return ItemChanges(events, names)
