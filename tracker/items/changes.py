"""Changing an item itself: its words, its due rule, who may read it, and how it stands to others.

Beginning one is in create.py; who owns it, what was answered and who stands where have files of their own.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from tracker.clock import refuse_year
from tracker.errors import Refused
from tracker.history import Actor, Words, leave
from tracker.history_verbs import Verb
from tracker.items.change_trail import lock, note_change
from tracker.items.create import cleaned_values
from tracker.items.due import due_on
from tracker.items.models import Capacity, Channel, Follow, Item, ItemKind, ItemLink, LinkKind
from tracker.meetings.models import Milestone, Visibility
from tracker.text import clean_text

#: what people wrote themselves, and may therefore have to be erased
WORDS = frozenset({"title", "text", "capacity_of", "condition"})


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
class DueRule:
    """When an item is to be due: a day, or so many days after a milestone, or never."""

    own_due_on: date | None = None
    milestone_id: int | None = None
    offset_days: int = 0


def edit(session: Session, item: Item, content: ItemContent, *, seen_version: int, by: Actor, now: datetime) -> None:
    """Give the item these words; an edit that changes nothing leaves nothing.

    Raises Stale if somebody saved it meanwhile, Refused where no title is left.
    """
    lock(session, item, seen_version)
    old = vars(ItemContent.of(item))
    new = cleaned_values(vars(content))
    changed = [name for name in new if new[name] != old[name]]
    if not changed:
        return
    for name in changed:
        setattr(item, name, new[name])
    before = _event_values(old, changed)
    after = _event_values(new, changed)
    if not item.condition and item.condition_met_on:
        before["condition_met_on"] = item.condition_met_on
        after["condition_met_on"] = None
        item.condition_met_on = None
    item.version += 1
    note_change(session, item, Verb.EDITED, by=by, now=now, before=before, after=after)


def _event_values(values: dict[str, Any], names: list[str]) -> dict[str, Any]:
    return {name: Words(values[name]) if name in WORDS and values[name] else values[name] for name in names}


def publish(session: Session, item: Item, *, by: Actor, now: datetime) -> None:
    """Let anyone read the item; what was written before stays internal where it was marked so."""
    _set_visibility(session, item, Visibility.PUBLISHED, Verb.PUBLISHED, by, now)


def unpublish(session: Session, item: Item, *, by: Actor, now: datetime) -> None:
    """Keep the item to the register's own people again."""
    _set_visibility(session, item, Visibility.INTERNAL, Verb.UNPUBLISHED, by, now)


def _set_visibility(session: Session, item: Item, visibility: Visibility, verb: Verb, by: Actor, now: datetime) -> None:
    lock(session, item)
    if item.visibility is not visibility:
        item.visibility = visibility
        note_change(session, item, verb, by=by, now=now)


def set_due(
    session: Session, item: Item, rule: DueRule, *, reason: str = "", seen_version: int, by: Actor, now: datetime
) -> None:
    """Give the item this due rule; the day first set stays.

    Raises Refused for a rule that hangs from two things or from another register's milestone, and for a
    change of a day that stood without a reason; Stale if somebody saved the item meanwhile.
    """
    lock(session, item, seen_version)
    refuse_year(rule.own_due_on, "own_due_on")
    milestone = _milestone(session, item, rule)
    before = _rule_values(session, item)
    reason = clean_text(reason)
    if before["due_on"] and not reason:
        raise Refused("Say why the due date changes: whoever counts on it will ask.", "reason")
    _apply_rule(item, rule)
    item.promised_on = item.promised_on or due_on(item, milestone)
    _note_rule(session, item, before, reason, by, now)


def restore_due(
    session: Session, item: Item, rule: DueRule, promised_on: date | None, *, reason: str, by: Actor, now: datetime
) -> None:
    """Give the item the rule and the promise back that it had before: what was set in between promised nothing."""
    lock(session, item)
    before = _rule_values(session, item)
    _apply_rule(item, rule)
    item.promised_on = promised_on
    _note_rule(session, item, before, clean_text(reason), by, now)


def _apply_rule(item: Item, rule: DueRule) -> None:
    item.own_due_on = rule.own_due_on
    item.milestone_id = rule.milestone_id
    item.offset_days = rule.offset_days if rule.milestone_id else 0
    item.version += 1


def _note_rule(session: Session, item: Item, before: dict[str, Any], reason: str, by: Actor, now: datetime) -> None:
    told = {**_rule_values(session, item), **({"reason": Words(reason)} if reason else {})}
    note_change(session, item, Verb.DUE_DATE_SET, by=by, now=now, before=before, after=told)


def _milestone(session: Session, item: Item, rule: DueRule) -> Milestone | None:
    if rule.milestone_id is None:
        return None
    if rule.own_due_on is not None:
        raise Refused("Choose a day or a milestone, not both.", "own_due_on")
    milestone = session.get(Milestone, rule.milestone_id)
    if milestone is None or milestone.body_id != item.body_id:
        raise Refused("There is no such milestone in this register. Choose another.", "milestone")
    if milestone.is_cancelled and milestone.id != item.milestone_id:
        raise Refused("That milestone was cancelled. Choose one that will be held.", "milestone")
    return milestone


def _rule_values(session: Session, item: Item) -> dict[str, Any]:
    milestone = session.get(Milestone, item.milestone_id) if item.milestone_id else None
    return {
        "milestone": item.milestone_id,
        "offset_days": item.offset_days if item.milestone_id else None,
        "due_on": due_on(item, milestone),
        "promised_on": item.promised_on,
    }


def meet_condition(session: Session, item: Item, on: date, *, by: Actor, now: datetime) -> None:
    """Note the day on which the item's "if" came true: from then on it can be late."""
    lock(session, item)
    if not item.condition:
        raise Refused("This item has no condition. Write one first.", "on")
    if item.condition_met_on is not None:
        raise Refused("The condition was met already.", "on")
    refuse_year(on, "on")
    item.condition_met_on = on
    item.version += 1
    note_change(session, item, Verb.CONDITION_MET, by=by, now=now, after={"on": on})


def link(session: Session, item: Item, other: Item, kind: LinkKind, *, by: Actor, now: datetime) -> None:
    """Say how the item stands to another one; both histories tell it."""
    if item.id == other.id:
        raise Refused("Choose another item.", "other")
    if item.body_id != other.body_id:
        raise Refused("Choose an item of the same register.", "other")
    if session.get(ItemLink, (item.id, other.id, kind)) is not None:
        raise Refused("These two items are linked so already.", "other")
    session.add(ItemLink(item_id=item.id, other_id=other.id, kind=kind))
    _note_link(session, item, other, kind, (Verb.LINKED, Verb.LINKED_FROM), by, now)


def unlink(session: Session, item: Item, other: Item, kind: LinkKind, *, by: Actor, now: datetime) -> None:
    """Take back that the item stands so to the other one."""
    found = session.get(ItemLink, (item.id, other.id, kind))
    if found is None:
        raise Refused("These two items are not linked so. Look at the page again.", "other")
    session.delete(found)
    _note_link(session, item, other, kind, (Verb.UNLINKED, Verb.UNLINKED_FROM), by, now)


def _note_link(
    session: Session, item: Item, other: Item, kind: LinkKind, verbs: tuple[Verb, Verb], by: Actor, now: datetime
) -> None:
    note_change(session, item, verbs[0], by=by, now=now, after={"kind": kind, "other": other.id})
    note_change(session, other, verbs[1], by=by, now=now, after={"kind": kind, "other": item.id})


def follow(session: Session, item: Item, person_id: int, *, by: Actor, now: datetime) -> None:
    """Let the person hear of the item; his own affair, so it stands in his history and not in the item's."""
    if session.get(Follow, (person_id, item.id)) is None:
        session.add(Follow(person_id=person_id, item_id=item.id))
        leave(session, f"person:{person_id}", Verb.FOLLOWED, by=by, now=now, after={"item": item.id})


def unfollow(session: Session, item: Item, person_id: int, *, by: Actor, now: datetime) -> None:
    """Stop telling the person of the item."""
    found = session.get(Follow, (person_id, item.id))
    if found is not None:
        session.delete(found)
        leave(session, f"person:{person_id}", Verb.UNFOLLOWED, by=by, now=now, after={"item": item.id})
