"""Creating an item, whether by hand, from a file or from an accepted proposal; and giving it its number."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.clock import refuse_year
from tracker.errors import Refused
from tracker.history import Actor, Words, leave
from tracker.history_verbs import Verb
from tracker.items.due import due_on
from tracker.items.models import Capacity, Channel, DueFrom, Item, ItemCounter, ItemKind, SpeakerPart
from tracker.items.party_models import Addressee
from tracker.meetings.models import Milestone, Visibility
from tracker.people.models import Body
from tracker.text import clean_line, clean_or_none, clean_text


@dataclass(frozen=True)
class ItemContent:
    """All that the edit form of an item holds."""

    title: str
    kind: ItemKind
    text: str = ""
    theme: str | None = None
    put_forward_by: int | None = None
    capacity: Capacity = Capacity.NOT_STATED
    capacity_of: str | None = None
    channel: Channel = Channel.IN_THE_ROOM
    reported_by: int | None = None
    condition: str | None = None

    @classmethod
    def of(cls, item: Item) -> "ItemContent":
        """Return what the item holds now."""
        return cls(**{field.name: getattr(item, field.name) for field in fields(cls)})


@dataclass(frozen=True)
class NewItem(ItemContent):
    """What is known of a new item; parties, people and milestones by the ids of their rows."""

    speaker_part: SpeakerPart | None = None
    own_due_on: date | None = None
    milestone_id: int | None = None
    offset_days: int = 0
    due_from: DueFrom = DueFrom.FIRST_DAY
    visibility: Visibility = Visibility.INTERNAL
    #: the parties named as the ones to act
    addressees: tuple[int, ...] = ()
    #: given by a file; else the register's next
    number: int | None = None


def create(session: Session, body_id: int, new: NewItem, *, by: Actor, now: datetime) -> Item:
    """Create an item. Its addressees are not sent anything yet; its first due day is what its rule gives now.

    Raises Refused where no title is left once it is cleaned.
    """
    refuse_year(new.own_due_on, "own_due_on")
    # A number is taken only from the counter, and addressees are rows of their own.
    values = cleaned_values({name: value for name, value in vars(new).items() if name not in ("addressees", "number")})
    item = Item(body_id=body_id, number=_number(session, body_id, new), created_at=now, changed_at=now, **values)
    milestone = None
    if new.milestone_id:
        milestone = session.get(Milestone, new.milestone_id)
    item.promised_on = due_on(item, milestone)
    session.add(item)
    session.flush()
    session.add_all(Addressee(item_id=item.id, party_id=party) for party in new.addressees)
    after = {
        "title": Words(item.title),
        "kind": item.kind,
        "due_on": item.promised_on,
        "addressees": list(new.addressees),
    }
    leave(session, item, Verb.CREATED, by=by, now=now, body_id=body_id, after=after)
    return item


def cleaned_values(values: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of an item with their texts cleaned; raise Refused where no title is left."""
    lines = {name: clean_or_none(values[name]) for name in ("theme", "capacity_of", "condition")}
    title = clean_line(values["title"])
    if not title:
        raise Refused("Give the item a title.", "title")
    return values | lines | {"title": title, "text": clean_text(values["text"])}


def _number(session: Session, body_id: int, new: NewItem) -> int:
    if new.number is None:
        return next_number(session, body_id)
    reserve_number(session, body_id, new.number)
    return new.number


def next_number(session: Session, body_id: int) -> int:
    """Take the register's next number; two at once wait for each other."""
    counter = _counter(session, body_id)
    counter.last_number += 1
    session.add(counter)
    return counter.last_number


def reserve_number(session: Session, body_id: int, number: int) -> None:
    """Note a number that a file gave, so that no other item gets it."""
    counter = _counter(session, body_id)
    # A file may bring a small number that was free; the counter never goes back.
    counter.last_number = max(counter.last_number, number)
    session.add(counter)


def _counter(session: Session, body_id: int) -> ItemCounter:
    """Return the register's counter, locked."""
    # The counter's row is missing before the first item, so the register's row is what two writers wait for.
    session.exec(select(Body.id).where(col(Body.id) == body_id).with_for_update()).one()
    return session.get(ItemCounter, body_id, populate_existing=True) or ItemCounter(body_id=body_id)
