"""Items and milestones as they stood, found by walking their history back from how they stand now.

Pure: rows that belong to no session and events in, the same rows changed back. Where somebody's words have been erased
since, nothing comes back. Positions and passages are not walked back: they tell what was said, not what happened since.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.history import Event
from tracker.history_verbs import Verb
from tracker.items.models import (
    Capacity,
    Channel,
    DueFrom,
    Item,
    ItemKind,
    Progress,
    ProposerView,
    SpeakerPart,
    WaitingKind,
)
from tracker.items.party_models import ResponseState
from tracker.meetings.models import Milestone, Visibility

#: columns of an item whose values events hold under the same name
PLAIN = frozenset(
    {
        "title", "text", "theme", "put_forward_by", "capacity_of", "reported_by", "condition",
        "progress_reason", "waiting_for", "done_count", "total_count", "proposer_note",
    }
)  # fmt: skip
CHOICES: dict[str, type[StrEnum]] = {
    "kind": ItemKind,
    "capacity": Capacity,
    "channel": Channel,
    "progress": Progress,
    "proposer_view": ProposerView,
    "waiting_kind": WaitingKind,
    "speaker_part": SpeakerPart,
}
#: columns that hold a day
DAYS = frozenset({"promised_on", "condition_met_on"})
Words = Mapping[int, str | None]


@dataclass
# History tells what was before each change. So the past is today with all later events undone, newest first.
class PastItem:
    """An item with the response and its day of each addressee, by party, and the party that owns it."""

    item: Item
    answers: dict[int, tuple[ResponseState, date | None]] = field(default_factory=dict)
    owner: int | None = None
    #: today, whatever it was then
    is_published_now: bool = False


def walk_back(past_item: PastItem, events: Iterable[Event], words: Words) -> None:
    """Undo these events of the item, newest first; `words` are the texts that they refer to."""
    for event in events:
        if event.verb in BY_COLUMNS:
            _restore_columns(past_item.item, event.before, words)
        elif event.verb in STEPS_BACK:
            STEPS_BACK[event.verb](past_item, event.before, event.after)


def _restore_columns(item: Item, before: Mapping[str, Any], words: Words) -> None:
    for name, value in before.items():
        if name in PLAIN:
            setattr(item, name, _text(value, words))
        # An event keeps the value; the row must hold the member, or comparisons by `is` would fail.
        elif name in CHOICES:
            setattr(item, name, value and CHOICES[name](value))
        elif name in DAYS:
            setattr(item, name, _day(value))


Side = Mapping[str, Any]


def _make_internal(past_item: PastItem, _before: Side, _after: Side) -> None:
    past_item.item.visibility = Visibility.INTERNAL


def _make_published(past_item: PastItem, _before: Side, _after: Side) -> None:
    past_item.item.visibility = Visibility.PUBLISHED


def _undo_condition(past_item: PastItem, _before: Side, _after: Side) -> None:
    past_item.item.condition_met_on = None


def _undo_closing_view(past_item: PastItem, before: Side, _after: Side) -> None:
    past_item.item.proposer_view = None
    if before["view"]:
        past_item.item.proposer_view = ProposerView(before["view"])


def _wait_for_former_party(past_item: PastItem, before: Side, _after: Side) -> None:
    past_item.item.waiting_for = before["party"]


def _drop_addressee(past_item: PastItem, _before: Side, after: Side) -> None:
    past_item.answers.pop(after["party"], None)


def _restore_addressee(past_item: PastItem, _before: Side, after: Side) -> None:
    past_item.answers[after["party"]] = (ResponseState.NOT_YET_SENT, None)


def _undo_response(past_item: PastItem, before: Side, _after: Side) -> None:
    past_item.answers[before["party"]] = (ResponseState(before["response"]), None)


def _drop_owner(past_item: PastItem, _before: Side, _after: Side) -> None:
    past_item.owner = None


def _restore_owner(past_item: PastItem, _before: Side, after: Side) -> None:
    past_item.owner = after["party"]


def _restore_answer(past_item: PastItem, before: Side, _after: Side) -> None:
    past_item.owner = before["owner"]
    if "promised_on" in before:
        past_item.item.promised_on = _day(before["promised_on"])


def _undo_due_rule(past_item: PastItem, before: Side, after: Side) -> None:
    item = past_item.item
    item.milestone_id = before["milestone"]
    item.offset_days = 0
    if before["offset_days"]:
        item.offset_days = before["offset_days"]
    item.due_from = DueFrom.FIRST_DAY
    if before.get("due_from"):
        item.due_from = DueFrom(before["due_from"])
    item.own_due_on = None
    if before["milestone"] is None:
        item.own_due_on = _day(before["due_on"])
    if "promised_on" in before:
        item.promised_on = _day(before["promised_on"])
    elif before["due_on"] is None and item.promised_on == _day(after["due_on"]):
        item.promised_on = None  # older events do not hold it, but that rule was the first


#: verbs whose `before` holds columns of the item under their own names
BY_COLUMNS = frozenset(
    {
        Verb.EDITED, Verb.UPDATED, Verb.UPDATE_UNDONE, Verb.NOTES_IMPORTED, Verb.PROMISE_NOTED, Verb.SPEAKER_FOLLOWED,
    }
)  # fmt: skip
#: what undoes the other verbs that change what a report shows
STEPS_BACK: dict[str, Callable[[PastItem, Side, Side], None]] = {
    Verb.PUBLISHED: _make_internal,
    Verb.UNPUBLISHED: _make_published,
    Verb.DUE_DATE_SET: _undo_due_rule,
    Verb.CONDITION_MET: _undo_condition,
    Verb.PROPOSER_VIEW_RECORDED: _undo_closing_view,
    Verb.WAITS_FOR_ANOTHER: _wait_for_former_party,
    Verb.ADDRESSEE_ADDED: _drop_addressee,
    Verb.ADDRESSEE_REMOVED: _restore_addressee,
    Verb.SENT_TO_ADDRESSEE: _undo_response,
    Verb.SENDING_UNDONE: _undo_response,
    Verb.RESPONSE_RECORDED: _undo_response,
    Verb.OWNERSHIP_ACCEPTED: _drop_owner,
    Verb.OWNERSHIP_ENDED: _restore_owner,
    Verb.ANSWER_UNDONE: _restore_answer,
}
SAID_IN_THE_ROOM = "positions and passages tell what was said, whatever the day of the report"
NOT_ACCEPTED = "a report names owners, not requests to own"
NOT_REPORTED = "no report shows it"
#: verbs of an item that need no undoing, and why
PASSED_OVER: dict[Verb, str] = {
    Verb.CREATED: "an item that did not exist yet is left out as a whole",
    Verb.REMOVED: "the item is gone, and its report with it",
    Verb.WORDS_ERASED: "what was erased does not come back",
    Verb.MOVED: "the milestone itself is walked back",
    Verb.NOTE_SHOWN: "a report holds no notes",
    **dict.fromkeys(
        (Verb.PASSAGES_CITED, Verb.PROPOSAL_ACCEPTED, Verb.PROPOSAL_ATTACHED, Verb.PROPOSAL_DETACHED,
         Verb.OWN_WORDS_CONFIRMED, Verb.POSITION_NOTED, Verb.POSITION_CORRECTED, Verb.POSITION_REMOVED),
        SAID_IN_THE_ROOM),
    **dict.fromkeys(
        (Verb.OWNERSHIP_REQUESTED, Verb.REQUEST_WITHDRAWN, Verb.OWNERSHIP_DECLINED, Verb.OWNERSHIP_PASSED_ON),
        NOT_ACCEPTED),
    **dict.fromkeys(
        (Verb.LINKED, Verb.LINKED_FROM, Verb.UNLINKED, Verb.UNLINKED_FROM, Verb.ANSWERERS_NAMED,
         Verb.SECOND_PERSON_TOLD, Verb.HELPER_ADDED, Verb.HELPER_REMOVED, Verb.PARTING_NOTE_WRITTEN,
         Verb.PUT_ON_THE_AGENDA, Verb.TAKEN_OFF_THE_AGENDA,
         Verb.OUTCOME_NOTED), NOT_REPORTED),
}  # fmt: skip
#: the same of a milestone: nothing else of it is part of a report
MILESTONE_WALKED = frozenset({Verb.MOVED, Verb.RENAMED, Verb.CANCELLED, Verb.REINSTATED})
MILESTONE_PASSED_OVER: dict[Verb, str] = {
    Verb.ADDED: "a report may be for a milestone that was added after its day",
    Verb.REMOVED: "the milestone is gone",
    **dict.fromkeys(
        (Verb.PUT_ON_THE_AGENDA, Verb.TAKEN_OFF_THE_AGENDA, Verb.AGENDA_ORDERED, Verb.AGENDA_PUBLISHED,
         Verb.AGENDA_WITHDRAWN, Verb.NOTE_FOR_THE_CHAIR, Verb.OUTCOME_NOTED, Verb.WORDS_ERASED), NOT_REPORTED),
}  # fmt: skip


def walk_milestone_back(milestone: Milestone, events: Iterable[Event]) -> None:
    """Undo these events of the milestone, newest first."""
    for event in events:
        if event.verb not in MILESTONE_WALKED:
            continue
        for name, value in event.before.items():
            if name in ("starts_on", "ends_on"):
                setattr(milestone, name, _day(value))
            elif name in ("title", "place", "tentative", "is_cancelled"):
                setattr(milestone, name, value)


def _text(value: Any, words: Words) -> Any:
    if isinstance(value, dict):
        return words.get(value["wording"])
    return value


def _day(value: str | None) -> date | None:
    if value:
        return date.fromisoformat(value)
    return None
