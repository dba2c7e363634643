"""Changing an item itself: its words, its due rule, who may read it, how it relates to others, and who follows it.

A new item is made in create.py. Owners, responses and positions have modules of their own.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from tracker.clock import refuse_year
from tracker.errors import Refused
from tracker.history import Actor, Words, leave
from tracker.history_verbs import Verb
from tracker.items.change_trail import lock, note_change
from tracker.items.closing_views import drop_unentitled
from tracker.items.create import ItemContent, cleaned_values
from tracker.items.due import due_on
from tracker.items.models import DueFrom, Follow, Item, ItemLink, LinkKind, SpeakerPart
from tracker.meetings.models import Milestone, Visibility
from tracker.text import clean_text

#: columns that people wrote themselves: history keeps them apart, so that they can be erased
WORDS = frozenset({"title", "text", "capacity_of", "condition"})


@dataclass(frozen=True)
class DueRule:
    """When an item is due: on its own day, some days after (before if negative) that day of a milestone, or never."""

    own_due_on: date | None = None
    milestone_id: int | None = None
    offset_days: int = 0
    due_from: DueFrom = DueFrom.FIRST_DAY


def edit(
    session: Session,
    item: Item,
    content: ItemContent,
    *,
    seen_version: int,
    part: SpeakerPart | None = None,
    by: Actor,
    now: datetime,
) -> None:
    """Give the item these words. An edit that changes nothing leaves no event.

    `part` is what a speaker who has no name yet is to a proposer named here: REPORTER, or nothing. Raises Stale if
    somebody saved the item meanwhile, Refused where no title is left.
    """
    lock(session, item, seen_version)
    old = vars(ItemContent.of(item))
    new = cleaned_values(vars(content))
    # Only what changed enters history: a form sends all its fields.
    changed = [name for name in new if new[name] != old[name]]
    if not changed:
        return
    for name in changed:
        setattr(item, name, new[name])
    part_before = item.speaker_part
    # Of whom an unidentified speaker reported it may be corrected; it does not become that party's own by this.
    is_unnamed = item.speaker_part is SpeakerPart.REPORTER and old["reported_by"] is None
    if "reported_by" in changed or ("put_forward_by" in changed and not is_unnamed):
        item.speaker_part = part  # named by a person: who is found to have spoken changes it no more
    before = _event_values(old, changed)
    after = _event_values(new, changed)
    if item.speaker_part is not part_before:
        before["speaker_part"] = part_before
        after["speaker_part"] = item.speaker_part
    if {"put_forward_by", "reported_by"} & set(changed):
        view_before, view_after = drop_unentitled(session, item)
        before |= view_before
        after |= view_after
    if not item.condition and item.condition_met_on:
        # the day belongs to the condition: a new condition must not read as met
        before["condition_met_on"] = item.condition_met_on
        after["condition_met_on"] = None
        item.condition_met_on = None
    item.version += 1
    note_change(session, item, Verb.EDITED, by=by, now=now, before=before, after=after)


def _event_values(values: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """Return the changed values as an event keeps them: words that people wrote are marked as such."""
    chosen = {name: values[name] for name in names}
    for name in WORDS & chosen.keys():
        if chosen[name]:
            chosen[name] = Words(chosen[name])
    return chosen


def publish(session: Session, item: Item, *, by: Actor, now: datetime) -> None:
    """Let anyone read the item. Notes that are marked internal stay internal."""
    _set_visibility(session, item, Visibility.PUBLISHED, Verb.PUBLISHED, by, now)


def unpublish(session: Session, item: Item, *, by: Actor, now: datetime) -> None:
    """Let only the register's own people read the item again."""
    _set_visibility(session, item, Visibility.INTERNAL, Verb.UNPUBLISHED, by, now)


def _set_visibility(session: Session, item: Item, visibility: Visibility, verb: Verb, by: Actor, now: datetime) -> None:
    lock(session, item)
    # Two who publish at once leave one event, not two.
    if item.visibility is not visibility:
        item.visibility = visibility
        note_change(session, item, verb, by=by, now=now)


def set_due(
    session: Session, item: Item, rule: DueRule, *, reason: str = "", seen_version: int, by: Actor, now: datetime
) -> None:
    """Give the item this due rule. The day first set stays: slippage counts from it.

    Raises Stale if somebody saved the item meanwhile. Raises Refused for a rule with both a day and a milestone, for a
    milestone of another register, and where a due day changes without a reason.
    """
    lock(session, item, seen_version)
    refuse_year(rule.own_due_on, "own_due_on")
    milestone = _milestone(session, item, rule)
    before = _rule_values(session, item)
    reason = clean_text(reason)
    # The first due date needs no reason: nobody relied on another one.
    if before["due_on"] and not reason:
        raise Refused("Say why the due date changes. People who rely on it will ask.", "reason")
    _apply_rule(item, rule)
    item.promised_on = item.promised_on or due_on(item, milestone)
    _note_rule(session, item, before, reason, by, now)


def restore_due(
    session: Session, item: Item, rule: DueRule, promised_on: date | None, *, reason: str, by: Actor, now: datetime
) -> None:
    """Give the item the due rule and the first due day that it had before. What was set in between promised nothing."""
    lock(session, item)
    before = _rule_values(session, item)
    _apply_rule(item, rule)
    item.promised_on = promised_on
    _note_rule(session, item, before, clean_text(reason), by, now)


def _apply_rule(item: Item, rule: DueRule) -> None:
    item.own_due_on = rule.own_due_on
    item.milestone_id = rule.milestone_id
    item.offset_days = 0
    item.due_from = DueFrom.FIRST_DAY
    if rule.milestone_id:
        item.offset_days = rule.offset_days
        item.due_from = rule.due_from
    item.version += 1


def _note_rule(session: Session, item: Item, before: dict[str, Any], reason: str, by: Actor, now: datetime) -> None:
    after = _rule_values(session, item)
    if reason:
        after["reason"] = Words(reason)
    note_change(session, item, Verb.DUE_DATE_SET, by=by, now=now, before=before, after=after)


def _milestone(session: Session, item: Item, rule: DueRule) -> Milestone | None:
    if rule.milestone_id is None:
        return None
    # Two rules could give two days; the table refuses that as well.
    if rule.own_due_on is not None:
        raise Refused("Choose a day or a milestone, not both.", "own_due_on")
    milestone = session.get(Milestone, rule.milestone_id)
    if milestone is None or milestone.body_id != item.body_id:
        raise Refused("There is no such milestone in this register. Choose another.", "milestone")
    # An item that hangs from a cancelled milestone may stay there until somebody moves it.
    if milestone.is_cancelled and milestone.id != item.milestone_id:
        raise Refused("That milestone was cancelled. Choose one that will be held.", "milestone")
    return milestone


def _rule_values(session: Session, item: Item) -> dict[str, Any]:
    """Return the item's due rule as an event keeps it; a day of its own has no offset."""
    milestone = None
    offset_days = None
    due_from = None
    if item.milestone_id:
        milestone = session.get(Milestone, item.milestone_id)
        offset_days = item.offset_days
        due_from = item.due_from
    return {
        "milestone": item.milestone_id,
        "offset_days": offset_days,
        "due_from": due_from,
        "due_on": due_on(item, milestone),
        "promised_on": item.promised_on,
    }


def meet_condition(session: Session, item: Item, on: date, *, by: Actor, now: datetime) -> None:
    """Note the day on which the item's condition was met. From then on the item can be overdue."""
    lock(session, item)
    if not item.condition:
        raise Refused("This item has no condition. Add one first.", "on")
    if item.condition_met_on is not None:
        raise Refused("The condition is marked as met already. Look at the page again.", "on")
    refuse_year(on, "on")
    item.condition_met_on = on
    item.version += 1
    note_change(session, item, Verb.CONDITION_MET, by=by, now=now, after={"on": on})


def link(session: Session, item: Item, other: Item, kind: LinkKind, *, by: Actor, now: datetime) -> None:
    """Link the item to another one of its register. The history of each item says so."""
    if item.id == other.id:
        raise Refused("An item cannot be linked to itself. Choose another item.", "other")
    if item.body_id != other.body_id:
        raise Refused("Choose an item of the same register.", "other")
    if session.get(ItemLink, (item.id, other.id, kind)) is not None:
        raise Refused("These two items are already linked in this way. Choose another.", "other")
    session.add(ItemLink(item_id=item.id, other_id=other.id, kind=kind))
    _note_link(session, item, other, kind, (Verb.LINKED, Verb.LINKED_FROM), by, now)


def unlink(session: Session, item: Item, other: Item, kind: LinkKind, *, by: Actor, now: datetime) -> None:
    """Remove the link to the other item."""
    item_link = session.get(ItemLink, (item.id, other.id, kind))
    if item_link is None:
        raise Refused("This link was removed already. Look at the page again.", "other")
    session.delete(item_link)
    _note_link(session, item, other, kind, (Verb.UNLINKED, Verb.UNLINKED_FROM), by, now)


def _note_link(
    session: Session, item: Item, other: Item, kind: LinkKind, verbs: tuple[Verb, Verb], by: Actor, now: datetime
) -> None:
    note_change(session, item, verbs[0], by=by, now=now, after={"kind": kind, "other": other.id})
    # A link reads from both sides, so both histories tell of it.
    note_change(session, other, verbs[1], by=by, now=now, after={"kind": kind, "other": item.id})


def follow(session: Session, item: Item, person_id: int, *, by: Actor, now: datetime) -> None:
    """Let the person hear of the item. It is their own affair, so the event stands in their history, not the item's."""
    if session.get(Follow, (person_id, item.id)) is None:
        session.add(Follow(person_id=person_id, item_id=item.id))
        leave(session, f"person:{person_id}", Verb.FOLLOWED, by=by, now=now, after={"item": item.id})


def unfollow(session: Session, item: Item, person_id: int, *, by: Actor, now: datetime) -> None:
    """Stop telling the person about the item."""
    followed = session.get(Follow, (person_id, item.id))
    if followed is not None:
        session.delete(followed)
        leave(session, f"person:{person_id}", Verb.UNFOLLOWED, by=by, now=now, after={"item": item.id})
