"""What the pages of a bulk edit show, prepared before the template sees it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import url_for
from flask_babel import gettext

from tracker.bulk.queries import BulkEditLine, audience_names, changed_items, item_standings, note_of
from tracker.bulk.rules import BulkPart, BulkWish, ItemStanding, changing, outcome, sent_to, stored_wish
from tracker.items.models import Item
from tracker.meetings.models import Visibility
from tracker.updates.models import BulkChange
from tracker.web.app import context
from tracker.web.app.publish_question import PublishQuestion
from tracker.web.items.bulk import words
from tracker.web.items.bulk.publishing_words import question_about
from tracker.web.items.bulk.words import LABELS, WHY
from tracker.web.items.who_gets_request import mailed

#: label, before, after
Change = tuple[str, str, str]


class BulkRow(NamedTuple):
    """One item: what changes of it, what else is to be said of it, and the last line of its history."""

    item: Item
    changes: list[Change]
    #: label and text: what is left, and why
    remarks: list[tuple[str, str]]
    last_event: int = 0


@dataclass(frozen=True)
class Preview:
    """What an act would do, before it is done."""

    #: label and value of each thing wished
    wished: list[tuple[str, str]]
    #: the words that each item gets
    note: str
    changing: list[BulkRow]
    left: list[BulkRow]
    #: who gets a mail with the request to own; whether nobody can be reached by mail
    mailed: list[str]
    unmailed: bool
    #: who reads of it in the next digest
    hearers: list[str]
    #: what anyone can read then, where items are published
    publishing: PublishQuestion | None


def preview(items: Sequence[Item], wish: BulkWish) -> Preview:
    """Return what that wish would do to these items: a number of statements that does not grow with them."""
    session = context.session()
    item_states = item_standings(session, items, context.today())
    parties = {party for standing in item_states for party in sent_to(standing, wish)}
    names = words.names_for(session, context.body_id(), [stored_wish(wish)], parties)
    rows = [_row(standing, wish, names) for standing in item_states]
    asks = any(BulkPart.OWNER in changing(standing, wish) for standing in item_states)
    mailed = _mailed(wish) if asks else []
    # Only of what changes does anybody hear.
    ids = [row.item.id for row in rows if row.changes]
    return Preview(
        wished=words.summary(stored_wish(wish), names),
        note=wish.note,
        changing=[row for row in rows if row.changes],
        left=[row for row in rows if not row.changes],
        mailed=mailed,
        unmailed=asks and not mailed,
        hearers=audience_names(session, ids, but=context.person().id),
        publishing=_publishing(item_states, wish),
    )


def _publishing(item_states: Sequence[ItemStanding], wish: BulkWish) -> PublishQuestion | None:
    """Return what the same question says elsewhere, of the items that would become public."""
    if wish.visibility is not Visibility.PUBLISHED:
        return None
    items = [standing.item for standing in item_states if BulkPart.VISIBILITY in changing(standing, wish)]
    if not items:
        return None
    return question_about(items, action=url_for("bulk.act"))


def _row(standing: ItemStanding, wish: BulkWish, names: words.BulkNames) -> BulkRow:
    outcomes = outcome(standing, wish)
    kept = stored_wish(wish)
    changes = [
        words.part_in_words(part, words.before(part, standing, wish), kept, names)
        for part, left in outcomes.items()
        if left is None
    ]
    left = [(str(LABELS[part]), str(WHY[why])) for part, why in outcomes.items() if why is not None]
    return BulkRow(standing.item, changes, left, standing.last_event)


def _mailed(wish: BulkWish) -> list[str]:
    if wish.owner is None:
        return []
    return [person.name for person in mailed(wish.owner, {wish.answers_for}, context.person().id)]


@dataclass(frozen=True)
class BulkResult:
    """An act that was done: what was wished, and each item with what changed and whether it was put back."""

    act: BulkEditLine
    wished: list[tuple[str, str]]
    #: the words that each item got
    note: str
    rows: list[BulkRow]


def shown(act: BulkEditLine) -> BulkResult:
    """Return an act as its page shows it."""
    session = context.session()
    wish = act.edit.wish
    changed = changed_items(session, act.edit)
    put = {number for row, _ in changed for number in row.was.get(BulkPart.PUT, ())}
    party_of = words.parties_sent_to(session, put)
    names = words.names_for(session, context.body_id(), [wish], set(party_of.values()))
    return BulkResult(
        act=act,
        wished=words.summary(wish, names),
        note=note_of(session, [row for row, _ in changed]),
        rows=[BulkRow(item, list(_changes(row.was, wish, names, party_of)), _remarks(row)) for row, item in changed],
    )


def _remarks(row: BulkChange) -> list[tuple[str, str]]:
    left = str(gettext("not undone, because somebody had changed it since"))
    # None means that nobody has undone the edit.
    if row.is_undone is False:
        return [("", left)]
    return []


def _changes(
    was: dict[str, Any], wish: dict[str, Any], names: words.BulkNames, party_of: dict[int, int]
) -> Iterable[Change]:
    for part in BulkPart:
        if part in was:
            before = was[part]
            # The edit keeps the answers by the numbers of their rows, of which some may be gone.
            if part is BulkPart.PUT:
                before = [party_of[addressee_id] for addressee_id in before if addressee_id in party_of]
            yield words.part_in_words(part, before, wish, names)


def wishes_in_words(edits: Sequence[BulkEditLine]) -> list[list[tuple[str, str]]]:
    """Return what each of these bulk edits wished."""
    kept = [act.edit.wish for act in edits]
    names = words.names_for(context.session(), context.body_id(), list(kept), set())
    return [words.summary(wish, names) for wish in kept]


def seen_in(values: Collection[str]) -> dict[int, int]:
    """Return the items that a preview was of, each with the last line of its history: from "12:3456"."""
    pairs = [value.partition(":") for value in values]
    return {int(number): int(last) for number, _, last in pairs if _is_plain(number) and _is_plain(last)}


def _is_plain(text: str) -> bool:
    # 18 digits fit into a column of events; int() of a very long number takes minutes
    return text.isdecimal() and len(text) < 18
