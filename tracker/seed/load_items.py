"""Loads the items of a seed: each once, by its number, with its passages, positions and, for an example, its past."""

from datetime import datetime

from sqlmodel import Session, col, select

from tracker.errors import Refused
from tracker.history import Actor, ChangeWay, leave
from tracker.history_verbs import Verb
from tracker.items.create import NewItem, create
from tracker.items.models import Item, ItemCounter, ItemPassage, Relation
from tracker.items.ownership import accept_ownership, add_helper, request_to_own
from tracker.items.party_models import Addressee
from tracker.items.positions import NewPosition, add_position
from tracker.items.responses import Response, record_response
from tracker.seed.file_format import DueEntry, ItemEntry, PassageEntry, PositionEntry, ResponseEntry, UpdateEntry
from tracker.seed.seed_run import SeedRun
from tracker.transcripts.passages import cite
from tracker.updates.changes import record
from tracker.updates.progress_rules import ProgressStep


def add_items(run: SeedRun) -> int:
    """Add the items whose numbers the register has never used; return how many."""
    used_numbers = _used_numbers(run.session, run.register.id)
    added = 0
    for index, entry in enumerate(run.file.items):
        if entry.number not in used_numbers:
            _add_item(run, entry, index)
            added += 1
    return added


def _used_numbers(session: Session, body_id: int) -> set[int]:
    """Return the numbers of the register's items, and those of items that were removed: no number is used again."""
    numbers = set(session.exec(select(Item.number).where(col(Item.body_id) == body_id)))
    counter = session.get(ItemCounter, body_id)
    if counter is None:
        return numbers
    return numbers | set(range(1, counter.last_number + 1))


def _add_item(run: SeedRun, entry: ItemEntry, index: int) -> None:
    """Add one item; `index` is its place in the file, from 0."""
    created_at = run.now
    if entry.created_on:
        created_at = run.noon(entry.created_on)
    with run.at("items", index):
        item = create(run.session, run.register.id, _new_item(run, entry), by=run.by, now=created_at)
    for count, passage in enumerate(entry.passages):
        with run.at("items", index, "passages", count):
            _cite(run, item, passage, entry)
    if entry.passages:
        after = {"passages": len(entry.passages)}
        leave(run.session, item, Verb.PASSAGES_CITED, by=run.by, now=created_at, body_id=item.body_id, after=after)
    for count, position in enumerate(entry.positions):
        with run.at("items", index, "positions", count):
            add_position(run.session, item, _new_position(run, position), by=run.by, now=created_at)
    _add_past(run, item, entry, index, created_at)


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


def _add_past(run: SeedRun, item: Item, entry: ItemEntry, index: int, created_at: datetime) -> None:
    """Record what the file says has happened to the item since it was created: responses, an owner, updates."""
    for count, response in enumerate(entry.responses):
        with run.at("items", index, "responses", count):
            _add_response(run, item, response)
    with run.at("items", index):
        _add_owner(run, item, entry, created_at)
    for count, update in enumerate(entry.updates):
        with run.at("items", index, "updates", count):
            _add_update(run, item, update)


def _add_response(run: SeedRun, item: Item, entry: ResponseEntry) -> None:
    of_party = col(Addressee.item_id) == item.id, col(Addressee.party_id) == run.party_id(entry.party)
    addressee = run.session.exec(select(Addressee).where(*of_party)).one_or_none()
    if addressee is None:
        raise Refused("“%(party)s” is not an addressee of this item. Add it to addressed_to first.", party=entry.party)
    response = Response(entry.response, entry.answered_by, entry.on, entry.reason)
    record_response(run.session, addressee, response, by=run.by, now=run.noon(entry.on))


def _add_owner(run: SeedRun, item: Item, entry: ItemEntry, created_at: datetime) -> None:
    """Add the owner, who has accepted, and the helpers; then request whoever has not answered yet."""
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


def _add_update(run: SeedRun, item: Item, entry: UpdateEntry) -> None:
    author = run.person(entry.by)
    waiting_for = run.party_id_or_none(entry.waiting_for)
    step = None
    if entry.progress:
        step = ProgressStep(entry.progress, entry.reason, waiting_for, entry.done, entry.total, entry.waiting_kind)
    # The history names who wrote it, as the file says.
    by = Actor(author.id, ChangeWay.IMPORT)
    record(run.session, item, author, entry.note, progress=step, by=by, now=run.noon(entry.on))
