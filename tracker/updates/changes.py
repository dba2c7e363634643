"""Recording updates and undoing them: the only way in which the progress of an item changes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from tracker.errors import Refused
from tracker.history import Actor, Event, Words
from tracker.history_queries import of_subject, wordings
from tracker.history_verbs import Verb
from tracker.items.change_trail import lock, note_change
from tracker.items.changes import DueRule, restore_due, set_due
from tracker.items.closing_views import reinstate_views, set_views_aside
from tracker.items.models import DueFrom, Item, Progress, ProposerView, WaitingKind
from tracker.meetings.models import Milestone, Visibility
from tracker.people.models import Person
from tracker.text import clean_text
from tracker.updates.evidence import File, Link, Proof, checked_evidence
from tracker.updates.models import Evidence, EvidenceKind, Update
from tracker.updates.progress_rules import ProgressStep, apply_step, check_step

#: which field of an update's form stands for one of a due date's form: a refusal must land beside the right one
FIELD_OF_UPDATE = {"reason": "note", "own_due_on": "new_day"}
UNDO_WITHIN = timedelta(days=1)
TAKEN_BACK = Verb.UPDATE_UNDONE
#: the key under which an update's event names the event of the due date that was set with it
DUE = "due_line"
#: the columns of an item that an update may change; its event keeps them before and after, so that it can be undone
STANDING = (
    "progress", "progress_reason", "waiting_for", "waiting_kind", "done_count", "total_count", "proposer_view",
    "proposer_note",
)  # fmt: skip
WORDS = ("progress_reason", "proposer_note")


def record(
    session: Session,
    item: Item,
    author: Person | None,
    note: str,
    *,
    progress: Progress | ProgressStep | None = None,
    evidence: Sequence[Proof] = (),
    visibility: Visibility = Visibility.INTERNAL,
    new_day: date | None = None,
    seen_version: int | None = None,
    by: Actor,
    now: datetime,
) -> Update:
    """Add a dated note to the item with its evidence, and change its progress and due day where they are given.

    Give a ProgressStep where the progress has a reason, an awaited party or a count. Raises Refused where nothing is
    said or the step leaves a question open; Stale if progress or due day change and somebody saved the item after
    `seen_version`.
    """
    step = _step(progress)
    if step is None and new_day is None:
        seen_version = None  # a mere note is added to what stands there, whoever saved meanwhile
    lock(session, item, seen_version)
    note = clean_text(note)
    # All evidence is checked before anything changes: a refused file leaves no half of an update.
    proofs = [checked_evidence(proof) for proof in evidence]
    due_event = None
    if new_day:
        reason = note or (step and step.reason) or ""
        due_event = _set_day(session, item, new_day, reason, by, now)
    if not (note or step or proofs):
        raise Refused("Say what happened: a note, a new progress, or a link.", "note")
    before = standing_of(item)
    if step is not None:
        _take_step(session, item, step, note)
    update = _add_update(session, item, author, note, _progress_of(step), visibility, now)
    _add_evidence(session, update, proofs)
    _note(session, item, update, Verb.UPDATED, before, by, now, {DUE: due_event})
    return update


def _step(progress: Progress | ProgressStep | None) -> ProgressStep | None:
    if progress is None:
        return None
    if isinstance(progress, Progress):
        return ProgressStep(progress)
    return progress.cleaned()


def _progress_of(step: ProgressStep | None) -> Progress | None:
    if step is None:
        return None
    return step.progress


def _take_step(session: Session, item: Item, step: ProgressStep, note: str) -> None:
    had_view = item.proposer_view is not None
    check_step(item.progress, step, note)
    apply_step(item, step)
    if had_view and item.proposer_view is None:  # the item is open again: what was said of its closing no longer holds
        set_views_aside(session, item)
    item.version += 1


def _set_day(session: Session, item: Item, day: date, reason: str, by: Actor, now: datetime) -> int | None:
    """Give the item that day of its own; return the id of the event that says so."""
    try:
        set_due(session, item, DueRule(own_due_on=day), reason=reason, seen_version=item.version, by=by, now=now)
    except Refused as refused:
        raise Refused(refused.message, FIELD_OF_UPDATE.get(refused.field or ""), **refused.values) from None
    return _last_event(session, item)


def _last_event(session: Session, item: Item) -> int | None:
    session.flush()
    return of_subject(session, item.history_key())[-1].id


def undo_update(session: Session, update: Update, author: Person, *, by: Actor, now: datetime) -> Update:
    """Undo one's own update of the last 24 hours; return the update that does it. Both stay.

    Raises Refused for an update of somebody else or an older one, and as revert_update does.
    """
    if update.author_id != author.id:
        raise Refused("Only its author can undo an update. Write an update that corrects it.")
    if now - update.made_at > UNDO_WITHIN:
        raise Refused("This update is more than a day old. Write an update that corrects it.")
    return revert_update(session, update, author, by=by, now=now)


def revert_update(session: Session, update: Update, author: Person, *, by: Actor, now: datetime) -> Update:
    """Undo an update of anybody, however old, by a second one of `author`, which is returned. Both stay.

    The due day that was set with it is undone too. Raises Refused where progress or due date have changed since, where
    the former milestone is cancelled, and where the update was undone already.
    """
    item = session.get_one(Item, update.item_id)
    lock(session, item)
    event = _undoable(session, item, update)
    before = standing_of(item)
    if update.progress is not None:
        _restore(session, item, event)
        item.version += 1
    further: dict[str, int | None] = {"taken_back": update.id}
    if event.after.get(DUE):
        further[DUE] = _restore_day(session, item, session.get_one(Event, event.after[DUE]), by, now)
    progress = update.progress and item.progress
    correction = _add_update(session, item, author, "", progress, update.visibility, now)
    _note(session, item, correction, TAKEN_BACK, before, by, now, further)
    return correction


def _undoable(session: Session, item: Item, update: Update) -> Event:
    """Return the event that the update left; raise Refused where the update can no longer be undone."""
    history = of_subject(session, item.history_key())
    updated = [event for event in history if event.verb == Verb.UPDATED and event.after.get("update") == update.id]
    if not updated or _is_undone(history, update):
        raise Refused("This update was undone already. Look at the page again.")
    event = updated[0]
    later = [other for other in history if other.id > event.id]
    if update.progress and any(event.before.keys() & other.before.keys() for other in later):
        raise Refused("The progress has changed since. Write an update that corrects it.")
    if event.after.get(DUE) and any(other.verb == Verb.DUE_DATE_SET for other in later):
        raise Refused("The due date has changed since. Write an update that corrects it.")
    return event


def _is_undone(history: Sequence[Event], update: Update) -> bool:
    return any(event.after.get("taken_back") == update.id for event in history)


def _restore_day(session: Session, item: Item, event: Event, by: Actor, now: datetime) -> int | None:
    """Give the item the due rule that it had before that event; return the id of the event that says so."""
    milestone = event.before["milestone"]
    day = event.before["due_on"]
    if milestone and session.get_one(Milestone, milestone).is_cancelled:
        raise Refused("The milestone that the item was due at is cancelled. Write an update with another day.")
    rule = DueRule()
    if milestone:
        due_from = DueFrom(event.before["due_from"])
        rule = DueRule(milestone_id=milestone, offset_days=event.before["offset_days"], due_from=due_from)
    elif day:
        rule = DueRule(own_due_on=date.fromisoformat(day))
    promised_on = day and item.promised_on  # where it had no due day, the one undone was the first, and no promise
    restore_due(session, item, rule, promised_on, reason="", by=by, now=now)
    return _last_event(session, item)


def _restore(session: Session, item: Item, event: Event) -> None:
    """Let the item stand where it stood before that event. A reason that was erased meanwhile does not return."""
    words = wordings(session, [event])
    for name, value in event.before.items():
        if isinstance(value, dict):  # words that people wrote, kept apart from the event
            value = words.get(value["wording"])
        setattr(item, name, _typed(name, value))
    if event.before.get("proposer_view"):
        reinstate_views(session, item)


def _typed(name: str, value: Any) -> Any:
    """Return the plain value of an event as the item's column holds it."""
    match name:
        case "progress":
            return Progress(value)
        case "proposer_view" if value is not None:
            return ProposerView(value)
        case "waiting_kind" if value is not None:
            return WaitingKind(value)
        case _:
            return value


def set_note_visibility(session: Session, update: Update, visibility: Visibility, *, by: Actor, now: datetime) -> None:
    """Publish the update's note, or make it internal. Raises Refused to publish an update that was undone."""
    item = session.get_one(Item, update.item_id)
    lock(session, item)
    if update.visibility is visibility:
        return
    if visibility is Visibility.PUBLISHED and _is_undone(of_subject(session, item.history_key()), update):
        raise Refused("This update was undone, so there is nothing to publish. Write another.")
    update.visibility = visibility
    session.add(update)
    after = {"update": update.id, "visibility": visibility}
    note_change(session, item, Verb.NOTE_SHOWN, by=by, now=now, after=after)


def _add_update(
    session: Session,
    item: Item,
    author: Person | None,
    note: str,
    progress: Progress | None,
    visibility: Visibility,
    now: datetime,
) -> Update:
    update = Update(
        item_id=item.id,
        author_id=author and author.id,
        made_at=now,
        note=note,
        progress=progress,
        visibility=visibility,
    )
    session.add(update)
    session.flush()
    return update


def _add_evidence(session: Session, update: Update, proofs: Sequence[Proof]) -> None:
    for proof in proofs:
        kept = Evidence(update_id=update.id, kind=EvidenceKind.LINK)
        match proof:
            case Link(url):
                kept.url = url
            case File(filename, media_type, content):
                kept.kind = EvidenceKind.FILE
                kept.filename = filename
                kept.media_type = media_type
                kept.content = content
        session.add(kept)


def standing_of(item: Item) -> dict[str, Any]:
    """Return the columns of the item that an update may change, by name."""
    return {name: getattr(item, name) for name in STANDING}


def _note(
    session: Session,
    item: Item,
    update: Update,
    verb: Verb,
    before: dict[str, Any],
    by: Actor,
    now: datetime,
    further: Mapping[str, Any],
) -> None:
    """Leave the event of the update: what it changed of the item, its note, and those `further` ids that are there."""
    former, new = standing_changes(before, standing_of(item))
    after = {"update": update.id, **{name: value for name, value in further.items() if value}, **new}
    if update.note:
        after["note"] = Words(update.note)
    note_change(session, item, verb, by=by, now=now, before=former, after=after)


def standing_changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what differs between two results of standing_of, before and after, each as an event keeps it."""
    names = [name for name in STANDING if before[name] != after[name]]
    return _event_values(before, names), _event_values(after, names)


def _event_values(values: dict[str, Any], names: list[str]) -> dict[str, Any]:
    # Words that people wrote stand apart from the event, so that they can be erased.
    chosen = {name: values[name] for name in names}
    for name in WORDS:
        if chosen.get(name):
            chosen[name] = Words(chosen[name])
    return chosen
