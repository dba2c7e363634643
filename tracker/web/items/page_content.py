"""What the page of an item shows, worked out before the template sees it."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import request

from tracker.history import of_subject
from tracker.items.closing_views import closing_views_of
from tracker.items.details import ItemDetails, PositionDetails, item_details
from tracker.items.models import Item, Stance
from tracker.items.status import has_no_news, is_closed
from tracker.people.departures import last_day_of
from tracker.people.queries import party_names
from tracker.transcripts.queries import speakers_of_unknown_group
from tracker.updates.changes import UNDO_WITHIN
from tracker.updates.queries import RecordedUpdate, new_days, undone_updates, updates_of
from tracker.web.app import context
from tracker.web.app.value_words import group_names
from tracker.web.items import due_words
from tracker.web.items import history as item_history
from tracker.web.items.blank_update import BlankUpdate, blank_update
from tracker.web.items.forms.update import awaitable
from tracker.web.items.history import HistoryLine
from tracker.web.items.permissions import ItemPermissions, reader_of, reads_inside, says_of_closing


@dataclass(frozen=True)
class GroupLine:
    """A stakeholder group and what was heard from it: stances with who takes them, each once."""

    group: str
    stances: list[tuple[Stance, list[str]]]
    put_it_forward: bool


@dataclass(frozen=True)
class ItemPage:
    """Everything on the page of an item."""

    item: Item
    parts: ItemDetails
    reader: ItemPermissions
    due: str | None
    entries: list[RecordedUpdate]
    #: updates that were taken back, each with the update that did it
    taken_back: dict[int, int]
    #: updates with which the due day changed, each with the day that then held
    new_days: dict[int, date | None]
    #: updates that the reader may still take back
    takeable: frozenset[int]
    #: to write an update in place; None for who may not
    form: BlankUpdate | None
    #: whom an update may say the item waits for, as options
    awaitable: list[tuple[str, str]]
    #: the update that was just written here
    kept: RecordedUpdate | None
    is_closed: bool
    #: what proposers and supporters say of the closing: who, what, and in which words
    closing_views: list[tuple[str, str, str | None]]
    #: the parties for which the reader may say so, by number and name
    may_say: list[tuple[int, str]]
    is_quiet: bool
    stances: list[tuple[Stance, list[PositionDetails]]]
    heard: list[GroupLine]
    #: names of the stakeholder groups from which nothing was found
    silent: list[str]
    #: who spoke in the meetings that the item cites and whose group nobody knows
    unknown: int
    #: the page quotes captions, which are no record; a written contribution is its author's own
    has_captions: bool
    history: list[HistoryLine]
    #: the last day of an owner who has left
    owner_left: date | None


def page_of(item: Item) -> ItemPage:
    """Return the page of an item that the reader may see."""
    session = context.session()
    sight = context.sight()
    is_inside = reads_inside(item)
    history = of_subject(session, item.history_key())
    whole = item_details(session, item, sight, context.today(), item_history.mentioned(history))
    entries = updates_of(session, [item.id], sight)
    known = group_names(session)
    undone = undone_updates(history)
    shown = [*(quote for _, quote in whole.passages), *(one.quote for one in whole.positions if one.quote)]
    reader = reader_of(item, whole, is_inside=is_inside)
    takeable = _takeable(entries, undone)
    return ItemPage(
        item=item,
        parts=whole,
        reader=reader,
        due=due_words.rule(whole.line.due) if whole.line.due else None,
        entries=entries,
        taken_back=undone,
        new_days=new_days(history),
        takeable=takeable,
        form=blank_update(item.progress, has_day=reader.steers) if context.roles() else None,
        awaitable=_awaitable(whole),
        kept=_just_kept(entries, takeable),
        is_closed=is_closed(item.progress),
        closing_views=_closing_views(item),
        may_say=_may_say(item),
        is_quiet=has_no_news(item.progress, _last_news(item, entries), context.now()),
        stances=_by_stance(whole),
        heard=_by_group(whole, known),
        silent=[known.get(group, group) for group in known if group not in {*whole.heard_groups, "unknown"}],
        unknown=speakers_of_unknown_group(session, {quote.transcript_id for quote in shown}),
        has_captions=any(quote.words and not quote.is_written for quote in shown),
        history=item_history.lines(session, history, whole, outside=not is_inside),
        owner_left=_owner_left(item, whole) if is_inside else None,
    )


def _closing_views(item: Item) -> list[tuple[str, str, str | None]]:
    if item.proposer_view is None:
        return []
    views = closing_views_of(context.session(), item)
    names = party_names(context.session(), {row.party_id for row in views})
    return [(names[row.party_id], row.view, row.note) for row in views]


def _may_say(item: Item) -> list[tuple[int, str]]:
    parties = says_of_closing(item) if is_closed(item.progress) else ()
    names = party_names(context.session(), set(parties)) if parties else {}
    return [(party, names[party]) for party in parties]


def _owner_left(item: Item, whole: ItemDetails) -> date | None:
    """Return the last day of an owner who has no role here any more: he stays named until another takes the item."""
    if whole.owner is None or whole.owner.party.person_id is None:
        return None
    day = last_day_of(context.session(), item.body_id, whole.owner.party.person_id)
    if day is not None and day < context.today():
        return day
    return None


def _awaitable(whole: ItemDetails) -> list[tuple[str, str]]:
    """Return whom an update may say the item waits for: who has to do with it; the others may be many."""
    near = [whole.proposer, *(one.party for one in whole.answers), *(one.party for one in whole.ownings)]
    return awaitable({party.id: party.name for party in near if party})


def _just_kept(entries: list[RecordedUpdate], takeable: frozenset[int]) -> RecordedUpdate | None:
    """Return the update that the address says was just written, if it is the reader's to undo."""
    number = request.args.get("kept", type=int)
    return next((one for one in entries if one.update.id == number and number in takeable), None)


def _last_news(item: Item, entries: list[RecordedUpdate]) -> datetime:
    if entries:
        return entries[0].update.made_at
    return item.created_at


def _takeable(entries: list[RecordedUpdate], undone: dict[int, int]) -> frozenset[int]:
    """Return the reader's own updates of the last day; whether the progress moved on since is found out on trying."""
    person = context.person_or_none()
    now = context.now()
    mine = [entry.update for entry in entries if person is not None and entry.update.author_id == person.id]
    settled = {*undone, *undone.values()}
    return frozenset(one.id for one in mine if one.id and one.id not in settled and now - one.made_at <= UNDO_WITHIN)


def _by_stance(whole: ItemDetails) -> list[tuple[Stance, list[PositionDetails]]]:
    found = {stance: [one for one in whole.positions if one.position.stance is stance] for stance in Stance}
    return [(stance, standings) for stance, standings in found.items() if standings]


def _by_group(whole: ItemDetails, known: dict[str, str]) -> list[GroupLine]:
    """Return what was heard from each group, every party named once a stance."""
    heard: dict[tuple[str, Stance], dict[str, None]] = {}
    for one in whole.positions:
        heard.setdefault((one.party.group, one.position.stance), {})[one.party.name] = None
    proposer = whole.proposer.group if whole.proposer else None
    return [
        GroupLine(
            known.get(group, group),
            [(stance, list(heard[group, stance])) for stance in Stance if (group, stance) in heard],
            put_it_forward=group == proposer,
        )
        for group in sorted({*whole.heard_groups}, key=lambda group: (group == "unknown", known.get(group, group)))
    ]
