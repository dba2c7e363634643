"""What the page of an item shows, worked out before the template sees it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tracker.answers.without_access import names_without_access
from tracker.items.closing_views import closing_views_of
from tracker.items.details import ItemDetails, OwnershipDetails, PositionDetails, item_details
from tracker.items.lines import person_names
from tracker.items.models import Item, Relation
from tracker.items.party_models import Stance
from tracker.items.queries import ItemWithParts
from tracker.items.status import has_no_news, is_closed
from tracker.people.queries import party_names
from tracker.transcripts.queries import speakers_of_unknown_group
from tracker.transcripts.quotes import Quote, QuotePlace
from tracker.updates.changes import UNDO_WITHIN
from tracker.updates.queries import RecordedUpdate, history_of_updates, new_days, recorders, undone_updates, updates_of
from tracker.web.app import context
from tracker.web.app.value_words import group_names, word
from tracker.web.items import due_wording
from tracker.web.items.what_reader_may_do import ItemPermissions, reader_of, reads_inside, says_of_closing


@dataclass(frozen=True)
class ShownQuote:
    """A passage with its number on the page; where the same words stand above, only that number is shown."""

    quote: Quote
    number: int
    is_again: bool
    #: how the passage stands to the item; None for the proposal itself
    label: str | None = None


@dataclass(frozen=True)
class ShownPosition:
    """A position and its passage; None where it was not taken in a meeting."""

    details: PositionDetails
    shown: ShownQuote | None


@dataclass(frozen=True)
class StanceTable:
    """Stakeholder groups by stances, with the names of who takes each, every name once a stance."""

    stances: list[Stance]
    #: a group's name, and the names under each stance
    rows: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class ItemPage:
    """Everything on the page of an item."""

    item: Item
    parts: ItemDetails
    reader: ItemPermissions
    #: what the due day follows from, and where it was first; empty for a day of its own that never moved
    due_rule: str
    entries: list[RecordedUpdate]
    #: updates that were undone, each with the update that did it
    taken_back: dict[int, int]
    #: updates with which the due day changed, each with the day that then held
    new_days: dict[int, date | None]
    #: updates that somebody recorded for their author, each with who did
    recorded_by: dict[int, str]
    #: updates that the reader may still undo
    takeable: frozenset[int]
    #: what proposers and supporters say of the closing: who, what, and in which words
    closing_views: list[tuple[str, str, str | None]]
    #: the parties for which the reader may say so, by number and name
    may_say: list[tuple[int, str]]
    is_quiet: bool
    passages: list[ShownQuote]
    #: by stance
    positions: list[ShownPosition]
    table: StanceTable
    #: the group of a proposer that spoke for itself
    proposer_group: str | None
    #: names of the stakeholder groups from which nothing was found
    silent: list[str]
    #: names of those of which only others told
    reported: list[str]
    #: who spoke in the meetings that the item cites and whose group nobody knows
    unknown: int
    #: the page quotes captions, which are no record; a written contribution is its author's own
    has_captions: bool
    #: the last day of an owner who has left
    owner_left: date | None
    #: for whom the reader may record an answer: parties by number and name
    without_access: list[tuple[int, str]]


def page_of(present: ItemWithParts) -> ItemPage:
    """Return the page of an item that the reader may see."""
    session = context.session()
    item = present.item
    sight = context.sight()
    is_inside = reads_inside(item)
    details = item_details(session, item, sight, context.today(), present.parts)
    # Newest first, so the first of them is the last news.
    entries = updates_of(session, [item.id], sight)
    history = history_of_updates(session, item, entries)
    group_name = group_names(session)
    undone = undone_updates(history)
    quotes = [*(quote for _, quote in details.passages), *_quotes_of(details.positions)]
    passages, positions = _numbered(details)
    return ItemPage(
        item=item,
        parts=details,
        reader=reader_of(item, details, is_inside=is_inside, follows=present.is_followed),
        due_rule=_due_rule(details),
        entries=entries,
        taken_back=undone,
        new_days=new_days(history),
        recorded_by=_names_of(recorders(history)),
        takeable=_takeable(entries, undone),
        closing_views=_closing_views(item),
        may_say=_may_say(item, details.owner),
        is_quiet=has_no_news(item.progress, _last_news(item, entries), context.now()),
        passages=passages,
        positions=positions,
        table=_table(details, group_name),
        proposer_group=_proposer_group(details, group_name),
        silent=_silent_groups(details, group_name),
        reported=[group_name.get(group, group) for group in details.reported_groups if group != "unknown"],
        unknown=speakers_of_unknown_group(session, {quote.transcript_id for quote in quotes}),
        has_captions=any(quote.words and not quote.is_written for quote in quotes),
        owner_left=_owner_left(details, is_inside=is_inside),
        without_access=_without_access(details),
    )


def _without_access(details: ItemDetails) -> list[tuple[int, str]]:
    if context.is_secretariat():
        return names_without_access(details)
    return []


def _names_of(recorders_of: dict[int, int]) -> dict[int, str]:
    names = person_names(context.session(), set(recorders_of.values()))
    return {update: names.get(person, "") for update, person in recorders_of.items()}


def _quotes_of(positions: Iterable[PositionDetails]) -> list[Quote]:
    return [position.quote for position in positions if position.quote]


def _numbered(details: ItemDetails) -> tuple[list[ShownQuote], list[ShownPosition]]:
    """Return the passages and the positions in the order of the page, each quote under its number."""
    numbers: dict[QuotePlace, int] = {}
    passages = [_shown(quote, numbers, _label(relation)) for relation, quote in details.passages]
    by_stance = sorted(details.positions, key=lambda position: list(Stance).index(position.position.stance))
    return passages, [_position(position, numbers) for position in by_stance]


def _position(position: PositionDetails, numbers: dict[QuotePlace, int]) -> ShownPosition:
    if position.quote is None:
        return ShownPosition(position, None)
    return ShownPosition(position, _shown(position.quote, numbers))


def _shown(quote: Quote, numbers: dict[QuotePlace, int], label: str | None = None) -> ShownQuote:
    is_again = quote.place in numbers
    number = numbers.setdefault(quote.place, len(numbers) + 1)
    return ShownQuote(quote, number, is_again, label)


def _label(relation: Relation) -> str | None:
    if relation is Relation.NEW:
        return None
    return word(relation)


def _due_rule(details: ItemDetails) -> str:
    if details.line.due is None:
        return ""
    return due_wording.rule_beside_day(details.line.due)


def _proposer_group(details: ItemDetails, group_name: dict[str, str]) -> str | None:
    if details.own_proposer is None or details.own_proposer.group == "unknown":
        return None
    return group_name.get(details.own_proposer.group, details.own_proposer.group)


def _silent_groups(details: ItemDetails, group_name: dict[str, str]) -> list[str]:
    """Return the groups of which no passage tells, not even one in which somebody reports what they hold."""
    told_of = {*details.heard_groups, *details.reported_groups, "unknown"}
    return [name for group, name in group_name.items() if group not in told_of]


def _closing_views(item: Item) -> list[tuple[str, str, str | None]]:
    if item.proposer_view is None:
        return []
    views = closing_views_of(context.session(), item)
    names = party_names(context.session(), {row.party_id for row in views})
    return [(names[row.party_id], row.view, row.note) for row in views]


def _may_say(item: Item, owner: OwnershipDetails | None) -> list[tuple[int, str]]:
    """Return for whom the reader is offered to say what they hold of the closing: nobody of their own work."""
    if not is_closed(item.progress):
        return []
    parties = [party for party in says_of_closing(item) if owner is None or party != owner.party.id]
    names = party_names(context.session(), set(parties))
    return [(party, names[party]) for party in parties]


def _owner_left(details: ItemDetails, *, is_inside: bool) -> date | None:
    """Return the last day of an owner who has left: they stay named until somebody else takes the item."""
    if not is_inside or details.owner is None:
        return None
    day = details.owner.last_day
    if day is not None and day < context.today():
        return day
    return None


def _last_news(item: Item, entries: list[RecordedUpdate]) -> datetime:
    if entries:
        return entries[0].update.made_at
    return item.created_at


def _takeable(entries: list[RecordedUpdate], undone: dict[int, int]) -> frozenset[int]:
    """Return the reader's own updates of the last day; undoing is still refused if the progress has moved on."""
    person = context.person_or_none()
    now = context.now()
    mine = [entry.update for entry in entries if person is not None and entry.update.author_id == person.id]
    # An undone update and the one that undid it are both done with.
    settled = {*undone, *undone.values()}
    return frozenset(update.id for update in mine if update.id not in settled and now - update.made_at <= UNDO_WITHIN)


def _table(details: ItemDetails, group_name: dict[str, str]) -> StanceTable:
    """Return what was heard from each group itself; what others report of it counts for nobody."""
    # A dict keeps the order in which parties were heard, and each once.
    heard: dict[str, dict[Stance, dict[str, None]]] = {}
    for position in details.own_positions:
        names = heard.setdefault(position.party.group, {}).setdefault(position.position.stance, {})
        names[position.party.name] = None
    stances = [stance for stance in Stance if any(stance in of_group for of_group in heard.values())]
    groups = sorted(heard, key=lambda group: (group == "unknown", group_name.get(group, group)))
    rows = [
        (group_name.get(group, group), [", ".join(heard[group].get(stance, ())) for stance in stances])
        for group in groups
    ]
    return StanceTable(stances, rows)
