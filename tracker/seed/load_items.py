"""Loads the items of a seed: each once, by its number, with its passages, positions and, for an example, its past."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from sqlmodel import Session, col, select

from tracker.errors import Refused
from tracker.history import leave
from tracker.history_verbs import Verb
from tracker.items.changes import DueRule, set_due
from tracker.items.create import NewItem, create
from tracker.items.models import Item, ItemCounter, ItemPassage, Relation
from tracker.items.ownership import accept_ownership, add_helper, request_to_own
from tracker.items.party_models import Addressee
from tracker.items.positions import NewPosition, add_position
from tracker.items.responses import Response, record_response
from tracker.seed.file_format import (
    DueEntry,
    DueMoveEntry,
    ItemEntry,
    PassageEntry,
    PositionEntry,
    ResponseEntry,
    UpdateEntry,
)
from tracker.seed.read_file import Place
from tracker.seed.seed_run import SeedRun, SeedStep
from tracker.transcripts.passages import cite
from tracker.updates.changes import record
from tracker.updates.evidence import Link
from tracker.updates.progress_rules import ProgressStep


def item_steps(run: SeedRun) -> Iterator[SeedStep]:
    """Yield what adds the items whose numbers the register has never used, and what happened to each since."""
    used_numbers = _used_numbers(run.session, run.register.id)
    for index, entry in enumerate(run.file.items):
        if entry.number not in used_numbers:
            run.added["items"] += 1
            yield from _steps_of(run, entry, ("items", index))


def _steps_of(run: SeedRun, entry: ItemEntry, place: Place) -> Iterator[SeedStep]:
    first_day = entry.created_on or run.now.date()
    yield SeedStep(first_day, place, partial(_add_item, run, entry, place))
    if entry.owner or entry.helpers or entry.requested_to_own:
        yield SeedStep(first_day, place, partial(_add_owner, run, entry))
    kinds = (("responses", _add_response), ("moves", _move_due), ("updates", _add_update))
    for key, act in kinds:
        for count, part in enumerate(getattr(entry, key)):
            # Nothing can happen to an item before it is there.
            yield SeedStep(max(first_day, part.on), (*place, key, count), partial(act, run, entry, part))


def _used_numbers(session: Session, body_id: int) -> set[int]:
    """Return the numbers of the register's items, and those of items that were removed: no number is used again."""
    numbers = set(session.exec(select(Item.number).where(col(Item.body_id) == body_id)))
    counter = session.get(ItemCounter, body_id)
    if counter is None:
        return numbers
    return numbers | set(range(1, counter.last_number + 1))


def _created_at(run: SeedRun, entry: ItemEntry) -> datetime:
    if entry.created_on:
        return run.noon(entry.created_on)
    return run.now


def _add_item(run: SeedRun, entry: ItemEntry, place: Place) -> None:
    """Add one item with its passages and positions; `place` is where it stands in the file."""
    created_at = _created_at(run, entry)
    item = create(run.session, run.register.id, _new_item(run, entry), by=run.by, now=created_at)
    for count, passage in enumerate(entry.passages):
        with run.at(*place, "passages", count):
            _cite(run, item, passage, entry)
    if entry.passages:
        after = {"passages": len(entry.passages)}
        leave(run.session, item, Verb.PASSAGES_CITED, by=run.by, now=created_at, body_id=item.body_id, after=after)
    for count, position in enumerate(entry.positions):
        with run.at(*place, "positions", count):
            add_position(run.session, item, _new_position(run, position), by=run.by, now=created_at)


def _new_item(run: SeedRun, entry: ItemEntry) -> NewItem:
    due = entry.due or DueEntry.model_construct()
    return NewItem(
        title=entry.title,
        kind=entry.kind,
        text=entry.text,
        theme=entry.theme,
        put_forward_by=run.party_id_or_none(entry.put_forward_by),
        capacity=entry.capacity,
        capacity_of=entry.capacity_of,
        channel=entry.channel,
        reported_by=run.person_id(entry.reported_by),
        condition=entry.condition,
        own_due_on=due.on,
        milestone_id=run.milestone_id(due.milestone),
        offset_days=due.offset_days,
        due_from=due.due_from,
        visibility=entry.visibility,
        addressees=tuple(run.party_id(slug) for slug in dict.fromkeys(entry.addressed_to)),
        number=entry.number,
    )


def _new_position(run: SeedRun, entry: PositionEntry) -> NewPosition:
    return NewPosition(
        party_id=run.party_id(entry.party),
        stance=entry.stance,
        condition=entry.condition,
        capacity=entry.capacity,
        capacity_of=entry.capacity_of,
        channel=entry.channel,
        reported_by=run.person_id(entry.reported_by),
        passage_id=_passage_id(run, entry),
    )


def _cite(run: SeedRun, item: Item, entry: PassageEntry, item_entry: ItemEntry) -> None:
    """Tie a passage to the item: the first speaker puts it forward, whoever else says it repeats it."""
    passage = cite(run.session, _sha256(run, entry.source), entry.start, entry.end, run.person_id(entry.speaker))
    if run.session.get(ItemPassage, (item.id, passage.id)) is not None:
        return
    relation = Relation.REPEATS
    if entry.speaker == item_entry.passages[0].speaker:
        relation = Relation.NEW
    run.session.add(ItemPassage(item_id=item.id, passage_id=passage.id, relation=relation))


def _passage_id(run: SeedRun, entry: PositionEntry) -> int | None:
    """Return where the position was taken; whoever reported it speaks there, else the party if it is a person."""
    if entry.source is None or entry.passage is None:
        return None
    start, end = entry.passage
    speaker = run.person_id(entry.reported_by) or run.party(entry.party).person_id
    return cite(run.session, _sha256(run, entry.source), start, end, speaker).id


def _sha256(run: SeedRun, source: str) -> str:
    return next(entry.sha256 for entry in run.file.sources if entry.name == source)


def _add_response(run: SeedRun, entry: ItemEntry, part: ResponseEntry) -> None:
    party_id = run.party_id(part.party)
    of_party = col(Addressee.item_id) == run.item(entry.number).id, col(Addressee.party_id) == party_id
    addressee = run.session.exec(select(Addressee).where(*of_party)).one_or_none()
    if addressee is None:
        raise Refused("“%(party)s” is not an addressee of this item. Add it to addressed_to first.", party=part.party)
    response = Response(part.response, part.answered_by, part.on, part.reason)
    record_response(run.session, addressee, response, by=run.by, now=run.noon(part.on))


def _add_owner(run: SeedRun, entry: ItemEntry) -> None:
    """Add the owner, who has accepted, and the helpers; then request whoever has not answered yet."""
    item = run.item(entry.number)
    created_at = _created_at(run, entry)
    if entry.owner:
        request = request_to_own(run.session, item, run.party_id(entry.owner), by=run.by, now=created_at)
        # A body or a class cannot act by itself: its steward answers for it.
        party = run.party(entry.owner)
        first = party.steward_id
        second = party.second_id
        accept_ownership(run.session, request, answers_for_id=first, second_id=second, by=run.by, now=created_at)
    for helper in entry.helpers:
        add_helper(run.session, item, run.person(helper).id, by=run.by, now=created_at)
    if entry.requested_to_own:
        request_to_own(run.session, item, run.party_id(entry.requested_to_own), by=run.by, now=created_at)


def _move_due(run: SeedRun, entry: ItemEntry, part: DueMoveEntry) -> None:
    item = run.item(entry.number)
    due = part.due
    rule = DueRule(due.on, run.milestone_id(due.milestone), due.offset_days, due.due_from)
    version = item.version
    by = run.author(part.by)
    set_due(run.session, item, rule, reason=part.reason, seen_version=version, by=by, now=run.noon(part.on))


def _add_update(run: SeedRun, entry: ItemEntry, part: UpdateEntry) -> None:
    waiting_for = run.party_id_or_none(part.waiting_for)
    step = None
    if part.progress:
        step = ProgressStep(part.progress, part.reason, waiting_for, part.done, part.total, part.waiting_kind)
    record(
        run.session,
        run.item(entry.number),
        run.person(part.by),
        part.note,
        progress=step,
        evidence=[Link(url) for url in part.links],
        # What is told of a published item is for its readers.
        visibility=entry.visibility,
        by=run.author(part.by),
        now=run.noon(part.on),
    )
