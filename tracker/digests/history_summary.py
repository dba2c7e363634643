"""What happened to one item, from its history: the change as a whole, not every step. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.digests.parts import DigestChange, What
from tracker.history import Event
from tracker.history_queries import key_number
from tracker.history_verbs import Verb
from tracker.mail.compose_email import one_line
from tracker.mail.markdown import plain
from tracker.text import beginning_of

#: only the latest notes; the item's page has all
MOST_NOTES = 2
LONGEST_NOTE = 240
OWNING: dict[str, What] = {
    Verb.OWNERSHIP_ACCEPTED: What.TAKEN,
    Verb.OWNERSHIP_DECLINED: What.DECLINED,
    Verb.OWNERSHIP_PASSED_ON: What.PASSED_ON,
    Verb.OWNERSHIP_ENDED: What.LET_GO,
}
#: every verb that a digest tells of; the others are on the item's page
TOLD = (Verb.CREATED, Verb.UPDATED, Verb.UPDATE_UNDONE, Verb.RESPONSE_RECORDED, Verb.SENT_TO_ADDRESSEE,
        Verb.PROPOSER_VIEW_RECORDED, Verb.DUE_DATE_SET, Verb.CONDITION_MET, Verb.EDITED, *OWNING)  # fmt: skip
SEEN_THERE = "a detail, seen on the item's page"
OF_PASSAGES = "it tells where the item comes from, not what became of it"
#: verbs of an item that no digest tells, and why
UNTOLD: dict[Verb, str] = {
    Verb.MOVED: "the digest tells of the milestone itself, with the items that hang from it",
    Verb.WAITS_FOR_ANOTHER: "both people know who now waits; the item says whom it waits for",
    Verb.NOTES_IMPORTED: "old notes of a file are no news",
    Verb.OWNERSHIP_REQUESTED: "the person requested finds the request itself in the digest",
    Verb.REQUEST_WITHDRAWN: "the request is no longer in the digest",
    Verb.WORDS_ERASED: "an erasure is nobody's news",
    Verb.REMOVED: "there is no item to point to",
    Verb.SECOND_PERSON_TOLD: "the second person finds it in the digest that this line speaks of",
    Verb.ANSWER_UNDONE: "the answer that it undoes is not told either",
    **dict.fromkeys(
        (Verb.PUBLISHED, Verb.UNPUBLISHED, Verb.PROMISE_NOTED, Verb.LINKED, Verb.LINKED_FROM, Verb.UNLINKED,
         Verb.UNLINKED_FROM, Verb.ANSWERERS_NAMED, Verb.HELPER_ADDED, Verb.HELPER_REMOVED, Verb.ADDRESSEE_ADDED,
         Verb.ADDRESSEE_REMOVED, Verb.SENDING_UNDONE, Verb.POSITION_NOTED, Verb.POSITION_CORRECTED,
         Verb.POSITION_REMOVED, Verb.PARTING_NOTE_WRITTEN, Verb.NOTE_SHOWN, Verb.PUT_ON_THE_AGENDA,
         Verb.TAKEN_OFF_THE_AGENDA, Verb.OUTCOME_NOTED), SEEN_THERE),
    **dict.fromkeys(
        (Verb.PASSAGES_CITED, Verb.PROPOSAL_ACCEPTED, Verb.PROPOSAL_ATTACHED, Verb.PROPOSAL_DETACHED,
         Verb.SPEAKER_FOLLOWED, Verb.OWN_WORDS_CONFIRMED), OF_PASSAGES),
}  # fmt: skip


@dataclass(frozen=True)
class EventNames:
    """What the numbers in events stand for, which notes the reader may see, and of which items what is internal."""

    people: Mapping[int, str]
    parties: Mapping[int, str]
    words: Mapping[int, str | None]
    readable: frozenset[int]
    inside: frozenset[int]


def changes_of(events: Sequence[Event], names: EventNames) -> tuple[DigestChange, ...]:
    """Return what happened to one item, from its events in order of time."""
    undone = {number for event in events for number in event.after.get("undone", ())}
    events = [event for event in events if event.id not in undone]
    taken_back = {event.after.get("taken_back") for event in events}
    standing = [event for event in events if event.after.get("update") not in taken_back]
    changes = [*_progress(events, names), *_notes(standing, names), *_due(events, names)]
    for event in events:
        if change := _single(event, names):
            changes.append(change)
    return tuple(changes)


def _progress(events: Sequence[Event], names: EventNames) -> list[DigestChange]:
    """Return the step from where it stood at first to where it stands now, if there is one."""
    steps = [event for event in events if "progress" in event.after and "progress" in event.before]
    if not steps or steps[0].before["progress"] == steps[-1].after["progress"]:
        return []
    last = steps[-1]
    reason = _text(last.after.get("progress_reason"), names)
    return [
        DigestChange(What.PROGRESS, _who(last, names), steps[0].before["progress"], last.after["progress"], note=reason)
    ]


def _notes(events: Sequence[Event], names: EventNames) -> list[DigestChange]:
    noted = [event for event in events if event.verb == Verb.UPDATED and event.after.get("update") in names.readable]
    texts = [(event, _text(event.after.get("note"), names)) for event in noted]
    changes = [DigestChange(What.NOTE, _who(event, names), note=text) for event, text in texts if text]
    return changes[-MOST_NOTES:]


def _due(events: Sequence[Event], names: EventNames) -> list[DigestChange]:
    """Return the step from the first due day to the last one."""
    steps = [event for event in events if event.verb == Verb.DUE_DATE_SET]
    if not steps or steps[0].before.get("due_on") == steps[-1].after.get("due_on"):
        return []
    last = steps[-1]
    before = steps[0].before.get("due_on")
    after = last.after.get("due_on")
    day = after and date.fromisoformat(after)
    return [DigestChange(What.DUE, _who(last, names), before=before, day=day, note=_internal(last, "reason", names))]


def _single(event: Event, names: EventNames) -> DigestChange | None:
    """Return what an event says by itself."""
    who = _who(event, names)
    after = event.after
    match event.verb:
        case Verb.CREATED:
            return DigestChange(What.NEW, who)
        case Verb.EDITED:
            return DigestChange(What.WORDS, who)
        case Verb.RESPONSE_RECORDED | Verb.SENT_TO_ADDRESSEE:
            party = names.parties.get(after.get("party", 0))
            return DigestChange(
                What.RESPONSE, party, after=after.get("response"), note=_text(after.get("reason"), names)
            )
        case Verb.PROPOSER_VIEW_RECORDED if view := after.get("said", after.get("view")):
            return DigestChange(
                What.PROPOSER,
                names.parties.get(after.get("party", 0)) or who,
                after=view,
                note=_text(after.get("message"), names),
            )
        case Verb.CONDITION_MET:
            return DigestChange(What.CONDITION, who, day=date.fromisoformat(after["on"]))
        case verb if verb in OWNING:
            to = names.parties.get(after.get("to", 0))
            party = names.parties.get(after.get("party", 0))
            return DigestChange(OWNING[verb], party, after=to, note=_internal(event, "message", names))
    return None


def _who(event: Event, names: EventNames) -> str | None:
    kind, _, number = event.actor.partition(":")
    if kind == "person":
        return names.people.get(int(number))
    return None


def _internal(event: Event, name: str, names: EventNames) -> str | None:
    """Return what was said among the register's own people, if the reader may read that of the item."""
    is_inside = key_number(event.subject) in names.inside
    if is_inside:
        return _text(event.after.get(name), names)
    return None


def _text(value: Any, names: EventNames) -> str | None:
    """Return the beginning of a text that somebody wrote, in plain words; nothing once it is erased."""
    if not isinstance(value, dict):
        return None
    text = names.words.get(value["wording"])
    if text:
        return beginning_of(one_line(plain(text)), LONGEST_NOTE)
    return None
