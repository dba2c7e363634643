"""Bringing the items of a seed in: each once, by its number, with passages and positions."""

from sqlmodel import Session, col, select

from tracker.history import leave
from tracker.history_verbs import Verb
from tracker.items.create import NewItem, create
from tracker.items.models import Item, ItemCounter, ItemPassage, Relation
from tracker.items.positions import NewPosition, add_position
from tracker.meetings.queries import milestone_by_slug
from tracker.people.queries import party_by_slug
from tracker.seed.changes_since import happen
from tracker.seed.file_format import DueEntry, ItemEntry, PassageEntry, PositionEntry
from tracker.seed.load_context import SeedRun
from tracker.transcripts.models import Passage
from tracker.transcripts.passages import cite


def add_items(run: SeedRun) -> int:
    """Bring in the items whose numbers the register has never given; return how many."""
    taken = _numbers(run.session, run.register.id)
    added = 0
    for number, entry in enumerate(run.file.items):
        if entry.number not in taken:
            _add_item(run, entry, number)
            added += 1
    return added


def _numbers(session: Session, body_id: int) -> set[int]:
    """Return the numbers in use, and those whose items were unmade."""
    counter = session.get(ItemCounter, body_id)
    used = set(session.exec(select(Item.number).where(col(Item.body_id) == body_id)))
    if counter:
        return used | set(range(1, counter.last_number + 1))
    return used


def _add_item(run: SeedRun, entry: ItemEntry, number: int) -> None:
    with run.at("items", number):
        began = run.noon(entry.created_on) if entry.created_on else run.now
        item = create(run.session, run.register.id, _new(run, entry), by=run.by, now=began)
    for count, passage in enumerate(entry.passages):
        with run.at("items", number, "passages", count):
            _cite(run, item, passage, entry)
    if entry.passages:
        after = {"passages": len(entry.passages)}
        leave(run.session, item, Verb.PASSAGES_CITED, by=run.by, now=began, body_id=item.body_id, after=after)
    for count, position in enumerate(entry.positions):
        with run.at("items", number, "positions", count):
            add_position(run.session, item, _stand(run, position), by=run.by, now=began)
    happen(run, item, entry, number, began)


def _new(run: SeedRun, entry: ItemEntry) -> NewItem:
    due = entry.due or DueEntry.model_construct()
    return NewItem(
        title=entry.title,
        kind=entry.kind,
        text=entry.text,
        theme=entry.theme,
        put_forward_by=run.party_id(entry.put_forward_by) if entry.put_forward_by else None,
        capacity=entry.capacity,
        capacity_of=entry.capacity_of,
        channel=entry.channel,
        reported_by=run.person_id(entry.reported_by),
        condition=entry.condition,
        own_due_on=due.on,
        milestone_id=_milestone(run, due.milestone) if due.milestone else None,
        offset_days=due.offset_days,
        visibility=entry.visibility,
        addressees=tuple(run.party_id(slug) for slug in dict.fromkeys(entry.addressed_to)),
        number=entry.number,
    )


def _stand(run: SeedRun, entry: PositionEntry) -> NewPosition:
    return NewPosition(
        party_id=run.party_id(entry.party),
        stance=entry.stance,
        condition=entry.condition,
        capacity=entry.capacity,
        capacity_of=entry.capacity_of,
        channel=entry.channel,
        reported_by=run.person_id(entry.reported_by),
        passage_id=_passage_of(run, entry).id if entry.passage else None,
    )


def _cite(run: SeedRun, item: Item, entry: PassageEntry, whole: ItemEntry) -> None:
    """Tie a passage to the item: the first speaker puts it forward, whoever else says it repeats it."""
    passage = cite(run.session, _hash(run, entry.source), entry.start, entry.end, run.person_id(entry.speaker))
    relation = Relation.NEW if entry.speaker == whole.passages[0].speaker else Relation.REPEATS
    if run.session.get(ItemPassage, (item.id, passage.id)) is None:
        run.session.add(ItemPassage(item_id=item.id, passage_id=passage.id, relation=relation))


def _passage_of(run: SeedRun, entry: PositionEntry) -> Passage:
    """Return where the position was taken; whoever reported it speaks there, else the party if it is a person."""
    start, end = entry.passage or (0, 0)
    party = party_by_slug(run.session, entry.party)
    speaker = run.person_id(entry.reported_by) or (party.person_id if party else None)
    return cite(run.session, _hash(run, entry.source or ""), start, end, speaker)


def _hash(run: SeedRun, source: str) -> str:
    return next(entry.sha256 for entry in run.file.sources if entry.name == source)


def _milestone(run: SeedRun, slug: str) -> int | None:
    milestone = milestone_by_slug(run.session, run.register.id, slug)
    if milestone:
        return milestone.id
    return None
