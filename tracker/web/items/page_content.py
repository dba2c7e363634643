"""What the page of an item shows, worked out before the template sees it."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from flask import render_template, request
from flask_babel import get_locale
from markupsafe import Markup

from tracker.answers.without_access import WithoutAccess, parties_without_access
from tracker.history_queries import of_subject
from tracker.items.closing_views import closing_views_of
from tracker.items.details import ItemDetails, PositionDetails, item_details
from tracker.items.models import Item, Progress
from tracker.items.party_models import Stance
from tracker.items.status import has_no_news, is_closed
from tracker.people.departures import last_day_of
from tracker.people.queries import party_names
from tracker.transcripts.queries import speakers_of_unknown_group
from tracker.transcripts.quotes import Quote
from tracker.updates.changes import UNDO_WITHIN
from tracker.updates.queries import RecordedUpdate, new_days, recorders, undone_updates, updates_of
from tracker.web.app import context
from tracker.web.app.value_words import group_names
from tracker.web.items import due_wording
from tracker.web.items import history as item_history
from tracker.web.items.forms.update import UpdateForm, awaitable
from tracker.web.items.history import HistoryLine
from tracker.web.items.what_reader_may_do import ItemPermissions, reader_of, reads_inside, says_of_closing


@dataclass(frozen=True)
class GroupLine:
    """A stakeholder group and what was heard from it: stances with who takes them, each once."""

    group: str
    stances: list[tuple[Stance, list[str]]]
    put_it_forward: bool


@dataclass(frozen=True)
class BlankUpdate:
    """The empty form of an update, drawn once for all items that stand alike; only the parties to wait for differ."""

    what: Markup
    waiting_label: str
    how: Markup
    more: Markup


@dataclass(frozen=True)
class ItemPage:
    """Everything on the page of an item."""

    item: Item
    parts: ItemDetails
    reader: ItemPermissions
    due: str | None
    entries: list[RecordedUpdate]
    #: updates that were undone, each with the update that did it
    taken_back: dict[int, int]
    #: updates with which the due day changed, each with the day that then held
    new_days: dict[int, date | None]
    #: updates that somebody recorded for their author, each with who did
    recorded_by: dict[int, str]
    #: updates that the reader may still undo
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
    #: names of those of which only others told
    reported: list[str]
    #: who spoke in the meetings that the item cites and whose group nobody knows
    unknown: int
    #: the page quotes captions, which are no record; a written contribution is its author's own
    has_captions: bool
    history: list[HistoryLine]
    #: the last day of an owner who has left
    owner_left: date | None
    #: for whom the reader may record an answer
    without_access: list[WithoutAccess]


def page_of(item: Item) -> ItemPage:
    """Return the page of an item that the reader may see."""
    session = context.session()
    sight = context.sight()
    is_inside = reads_inside(item)
    history = of_subject(session, item.history_key())
    details = item_details(session, item, sight, context.today(), item_history.mentioned(history))
    # Newest first, so the first of them is the last news.
    entries = updates_of(session, [item.id], sight)
    group_name = group_names(session)
    undone = undone_updates(history)
    takeable = _takeable(entries, undone)
    shown_quotes = _shown_quotes(details)
    reader = reader_of(item, details, is_inside=is_inside)
    return ItemPage(
        item=item,
        parts=details,
        reader=reader,
        due=_due(details),
        entries=entries,
        taken_back=undone,
        new_days=new_days(history),
        recorded_by={update: details.people.get(person, "") for update, person in recorders(history).items()},
        takeable=takeable,
        form=_form(item, reader),
        awaitable=_awaitable(details),
        kept=_just_kept(entries, takeable),
        is_closed=is_closed(item.progress),
        closing_views=_closing_views(item),
        may_say=_may_say(item),
        is_quiet=has_no_news(item.progress, _last_news(item, entries), context.now()),
        stances=_by_stance(details),
        heard=_by_group(details, group_name),
        silent=_silent_groups(details, group_name),
        reported=[group_name.get(group, group) for group in details.reported_groups if group != "unknown"],
        unknown=speakers_of_unknown_group(session, {quote.transcript_id for quote in shown_quotes}),
        has_captions=any(quote.words and not quote.is_written for quote in shown_quotes),
        history=item_history.lines(session, history, details, outside=not is_inside),
        owner_left=_owner_left(item, details, is_inside=is_inside),
        without_access=_without_access(details),
    )


def _without_access(details: ItemDetails) -> list[WithoutAccess]:
    if context.is_secretariat():
        return parties_without_access(context.session(), details)
    return []


def _shown_quotes(details: ItemDetails) -> list[Quote]:
    of_positions = [position.quote for position in details.positions if position.quote]
    return [*(quote for _, quote in details.passages), *of_positions]


def _due(details: ItemDetails) -> str | None:
    if details.line.due is None:
        return None
    return due_wording.rule(details.line.due)


def _form(item: Item, reader: ItemPermissions) -> BlankUpdate | None:
    if not context.roles():
        return None
    return blank_update(item.progress, has_day=reader.steers)


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


def _may_say(item: Item) -> list[tuple[int, str]]:
    if not is_closed(item.progress):
        return []
    parties = says_of_closing(item)
    names = party_names(context.session(), set(parties))
    return [(party, names[party]) for party in parties]


def _owner_left(item: Item, details: ItemDetails, *, is_inside: bool) -> date | None:
    """Return the last day of an owner who has left: they stay named until somebody else takes the item."""
    if not is_inside or details.owner is None or details.owner.party.person_id is None:
        return None
    day = last_day_of(context.session(), item.body_id, details.owner.party.person_id)
    if day is not None and day < context.today():
        return day
    return None


def _awaitable(details: ItemDetails) -> list[tuple[str, str]]:
    """Return whom an update may say the item waits for: who has to do with it; the others may be many."""
    near = [
        details.proposer,
        *(answer.party for answer in details.answers),
        *(owning.party for owning in details.ownings),
    ]
    return awaitable({party.id: party.name for party in near if party})


def _just_kept(entries: list[RecordedUpdate], takeable: frozenset[int]) -> RecordedUpdate | None:
    """Return the update that the address says was just written, if it is the reader's to undo."""
    number = request.args.get("kept", type=int)
    return next((entry for entry in entries if entry.update.id == number and number in takeable), None)


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


def _by_stance(details: ItemDetails) -> list[tuple[Stance, list[PositionDetails]]]:
    by_stance = []
    for stance in Stance:
        positions = [details_of for details_of in details.positions if details_of.position.stance is stance]
        if positions:
            by_stance.append((stance, positions))
    return by_stance


def _by_group(details: ItemDetails, group_name: dict[str, str]) -> list[GroupLine]:
    """Return what was heard from each group, every party named once a stance."""
    # A dict keeps the order in which parties were heard, and each once.
    heard: dict[tuple[str, Stance], dict[str, None]] = {}
    for position in details.own_positions:
        heard.setdefault((position.party.group, position.position.stance), {})[position.party.name] = None
    proposer_group = details.own_proposer and details.own_proposer.group
    groups = sorted({*details.heard_groups}, key=lambda group: (group == "unknown", group_name.get(group, group)))
    return [
        GroupLine(
            group_name.get(group, group),
            [(stance, list(heard[group, stance])) for stance in Stance if (group, stance) in heard],
            put_it_forward=group == proposer_group,
        )
        for group in groups
    ]


def blank_update(progress: Progress, *, has_day: bool) -> BlankUpdate:
    """Return the form of an item that stands so; a new due date is for who steers it."""
    return _blank_update_in(str(get_locale()), progress, has_day=has_day)


@lru_cache(maxsize=100)
def _blank_update_in(_language: str, progress: Progress, *, has_day: bool) -> BlankUpdate:
    form = UpdateForm(formdata=None).offer_near(progress, {})
    if not has_day:
        # Without the field nobody can send it either: a form that lacks it ignores what a browser adds.
        del form.new_day
    label = str(form.waiting_for.label.text)
    return BlankUpdate(_part(form, "what"), label, _part(form, "how"), _part(form, "more"))


def _part(form: UpdateForm, name: str) -> Markup:
    return Markup(render_template(f"items/_update_{name}.html", form=form))  # noqa: S704 - a template escapes
