"""Bulk edits in words: what is changed, what it was before, why an item is left as it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext
from sqlmodel import Session, col, select

from tracker.bulk.rules import BulkPart, BulkWish, ItemStanding, LeftBecause, plain_rule, rule_from, rule_of, sent_to
from tracker.db import lookup
from tracker.items.due import Due, day_at
from tracker.items.lines import person_names
from tracker.items.party_models import Addressee
from tracker.meetings.models import Milestone
from tracker.meetings.queries import milestones
from tracker.people.queries import party_names
from tracker.web.app.template_filters import short_day
from tracker.web.app.value_words import word
from tracker.web.items import due_wording

LABELS = {
    BulkPart.OWNER: lazy_gettext("Request to own"),
    BulkPart.HELPER: lazy_gettext("Helper"),
    BulkPart.THEME: lazy_gettext("Theme"),
    BulkPart.KIND: lazy_gettext("Kind"),
    BulkPart.DUE: lazy_gettext("Due"),
    BulkPart.VISIBILITY: lazy_gettext("Who may read it"),
    BulkPart.ADDRESSEE: lazy_gettext("Addressee"),
    BulkPart.PUT: lazy_gettext("Response"),
    BulkPart.PROGRESS: lazy_gettext("Progress"),
}
WHY = {
    LeftBecause.ALREADY: lazy_gettext("already so"),
    LeftBecause.CLOSED: lazy_gettext("the item is closed"),
    LeftBecause.HAS_OPEN_REQUEST: lazy_gettext("it has an open request to own"),
    LeftBecause.NOT_ALLOWED: lazy_gettext("its progress cannot change that way"),
    LeftBecause.NOBODY_TO_PUT_IT_TO: lazy_gettext("it has no such addressee"),
}


@dataclass(frozen=True)
class BulkNames:
    """What the numbers in a wish stand for."""

    parties: Mapping[int, str]
    people: Mapping[int, str]
    milestones: Mapping[int, Milestone]


def names_for(session: Session, body_id: int, wishes: list[Mapping[str, Any]], addressee: set[int]) -> BulkNames:
    """Return the names that stand in these wishes, and those of the addressees: three statements."""
    named = {wish[key] for wish in wishes for key in ("owner", "addressee", "sent_to") if key in wish}
    people = {wish[key] for wish in wishes for key in ("helper", "answers_for") if key in wish}
    calendar = {milestone.id: milestone for milestone in milestones(session, body_id)}
    return BulkNames(party_names(session, named | addressee), person_names(session, people), calendar)


def parties_sent_to(session: Session, addressee_ids: set[int]) -> dict[int, int]:
    """Return the party of each of these answers."""
    return {
        row.id: row.party_id
        for row in session.exec(select(Addressee).where(col(Addressee.id).in_(addressee_ids)))
        if row.id
    }


def before(part: BulkPart, standing: ItemStanding, wish: BulkWish) -> Any:
    """Return how that part of an item stands, as bulk_parts keeps it to put it back; parties put to by number."""
    item = standing.item
    match part:
        case BulkPart.THEME:
            return item.theme
        case BulkPart.KIND:
            return item.kind.value
        case BulkPart.DUE:
            return plain_rule(rule_of(item))
        case BulkPart.VISIBILITY:
            return item.visibility.value
        case BulkPart.PROGRESS:
            return {"progress": item.progress.value}
        case BulkPart.PUT:
            return sent_to(standing, wish)
        case _:
            return None


def part_in_words(part: BulkPart, was: Any, wish: Mapping[str, Any], names: BulkNames) -> tuple[str, str, str]:
    """Return label, before and after of one part of one item; `wish` as it is kept."""
    return str(LABELS[part]), _before(part, was, names), after(part, was, wish, names)


def _before(part: BulkPart, was: Any, names: BulkNames) -> str:
    match part:
        case BulkPart.THEME:
            return word(was) or str(gettext("no theme"))
        case BulkPart.KIND | BulkPart.VISIBILITY:
            return word(was)
        case BulkPart.DUE:
            return _rule(was, names)
        case BulkPart.PROGRESS:
            return word(was["progress"])
        case BulkPart.PUT:
            return word("not-yet-sent")
        case _:
            return ""


def after(part: BulkPart, was: Any, wish: Mapping[str, Any], names: BulkNames) -> str:
    """Return what one part becomes; `was` says to which parties an item is put."""
    match part:
        case BulkPart.OWNER | BulkPart.ADDRESSEE:
            return names.parties.get(wish[part.value], "")
        case BulkPart.HELPER:
            return names.people.get(wish["helper"], "")
        case BulkPart.THEME:
            return word(wish["theme"]) or str(gettext("no theme"))
        case BulkPart.KIND | BulkPart.VISIBILITY:
            return word(wish[part.value])
        case BulkPart.DUE:
            return _rule(wish["due"], names)
        case BulkPart.PUT:
            day = short_day(date.fromisoformat(wish["sent_on"]))
            who = [names.parties.get(party_id, "") for party_id in was]
            return str(gettext("sent to %(names)s on %(day)s", names=", ".join(who), day=day))
        case BulkPart.PROGRESS:
            return _progress(was, wish)


def _progress(was: Any, wish: Mapping[str, Any]) -> str:
    progress = word(wish.get("progress") or was["progress"])
    if wish.get("has_note"):
        return str(gettext("%(progress)s, with a note", progress=progress))
    return progress


def _rule(kept: dict[str, Any], names: BulkNames) -> str:
    rule = rule_from(kept)
    milestone = lookup(names.milestones, rule.milestone_id)
    if milestone is not None:
        day = day_at(milestone, rule.offset_days, rule.due_from)
        return due_wording.rule(Due(day, milestone, rule.offset_days, first_set_on=None, due_from=rule.due_from))
    if rule.own_due_on is not None:
        return due_wording.rule(Due(rule.own_due_on, None, 0, first_set_on=None))
    return str(gettext("no date"))


def summary(wish: Mapping[str, Any], names: BulkNames) -> list[tuple[str, str]]:
    """Return what is wished for all items: label and value of each part."""
    return list(_summary(wish, names))


def _summary(wish: Mapping[str, Any], names: BulkNames) -> Iterator[tuple[str, str]]:
    for part in BulkPart:
        # For a summary there is no item yet, so the parties are those wished, not those found.
        if part is BulkPart.PUT and "sent_on" in wish:
            who = gettext("every addressee")
            if "sent_to" in wish:
                who = names.parties.get(wish["sent_to"], "")
            day = short_day(date.fromisoformat(wish["sent_on"]))
            yield str(LABELS[part]), gettext("sent to %(names)s on %(day)s", names=who, day=day)
        elif part is BulkPart.PROGRESS and ("progress" in wish or "has_note" in wish):
            yield str(LABELS[part]), _wished_progress(wish)
        elif part.value in wish and part is not BulkPart.PUT and part is not BulkPart.PROGRESS:
            yield str(LABELS[part]), after(part, None, wish, names)


def _wished_progress(wish: Mapping[str, Any]) -> str:
    if "progress" in wish:
        return _progress(None, wish)
    return str(gettext("a note"))
