"""What a notice tells proposers and supporters without a role of their items: responses, closing and reopening.

Theirs are told of also before they are published; notes and reasons among the register's own people never.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from sqlmodel import Session, col, select

from tracker.digests.content import Facts
from tracker.digests.event_windows import Window
from tracker.digests.item_changes import changes_of_items
from tracker.digests.item_details import with_details
from tracker.digests.notices import hears_outcomes
from tracker.digests.parts import DigestChange, What
from tracker.digests.reader import DigestReader
from tracker.items.lines import ItemLine, lines
from tracker.items.models import Item
from tracker.meetings.models import Visibility


def outcome_items(session: Session, reader: DigestReader, item_ids: Collection[int]) -> list[Item]:
    """Return those of the items of which the reader is still to be told what became of them."""
    items = session.exec(select(Item).where(col(Item.id).in_(item_ids)).order_by(col(Item.number)))
    return [item for item in items if hears_outcomes(session, reader.person, item, reader.now)]


def with_outcomes(
    session: Session, reader: DigestReader, facts: Facts, item_ids: Collection[int], window: Window
) -> Facts:
    """Return the facts with what others did in the window that closed, reopened or answered these items."""
    items = outcome_items(session, reader, item_ids)
    if not items:
        return facts
    ids = frozenset(item.id for item in items)
    heard = changes_of_items(session, ids, reader, window).for_reader(reader, ids, {})
    changes = {item_id: kept for item_id, every in heard.items() if (kept := _outcomes(every))}
    told = [line for item in items if item.id in changes for line in _line(session, reader, item, facts)]
    outcomes = replace(
        facts,
        lines={**facts.lines, **{line.item.id: line for line in told}},
        changes={**facts.changes, **changes},
        closed_to_reader=frozenset(item.id for item in items if item.visibility is not Visibility.PUBLISHED),
    )
    return with_details(session, [reader], {reader.id: outcomes})[reader.id]


def _line(session: Session, reader: DigestReader, item: Item, facts: Facts) -> list[ItemLine]:
    today: date = facts.days[item.body_id]
    return lines(session, [item], today, reader.sight)


def _outcomes(changes: Collection[DigestChange]) -> tuple[DigestChange, ...]:
    """Return the responses and the step of progress; who of the volunteers took it is a matter of the register."""
    kept = (change for change in changes if change.what in (What.PROGRESS, What.RESPONSE))
    return tuple(replace(change, who=None) if change.what is What.PROGRESS else change for change in kept)
