"""What happened since, written down: the only way in which the progress of an item moves."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from tracker.errors import Refused
from tracker.history import Actor, Event, Words, of_subject, wordings
from tracker.history_verbs import Verb
from tracker.items.change_trail import lock, note_change
from tracker.items.changes import DueRule, restore_due, set_due
from tracker.items.closing_views import reinstate_views, set_views_aside
from tracker.items.models import Item, Progress, ProposerView, WaitingKind
from tracker.meetings.models import Milestone, Visibility
from tracker.people.models import Person
from tracker.text import clean_text
from tracker.updates.evidence import File, Link, Proof
from tracker.updates.evidence import checked_evidence as checked
from tracker.updates.models import Evidence, EvidenceKind, Update
from tracker.updates.progress_rules import ProgressStep, apply_step, check_step

#: where the form of an update asks for what that of a due date asks for
BESIDE = {"reason": "note", "own_due_on": "new_day"}
UNDO_WITHIN = timedelta(days=1)
TAKEN_BACK = Verb.UPDATE_UNDONE
#: under which an update's line of history names the line of the due date that came with it
DUE = "due_line"
#: what of an item an update may change; kept before and after, so that it can be taken back
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
    """Add a dated note to the item, with its evidence, and move its progress and due day if it reports that.

    Give a Step where the progress has a reason, a party waited for or a count. Raises Refused where nothing is said
    or the step leaves a question open; Stale if something moves and somebody saved the item since `seen_version`.
    """
    step = ProgressStep(progress) if isinstance(progress, Progress) else progress and progress.cleaned()
    lock(session, item, seen_version if step or new_day else None)
    note = clean_text(note)
    proofs = [checked(proof) for proof in evidence]
    reason = note or (step and step.reason) or ""
    due = _set_day(session, item, new_day, reason, by, now) if new_day else None
    if not (note or step or proofs):
        raise Refused("Say what happened: a note, a new progress, or a link.", "note")
    before = standing_of(item)
    if step is not None:
        check_step(item.progress, step, note)
        apply_step(item, step)
        if before["proposer_view"] and item.proposer_view is None:
            set_views_aside(session, item)
        item.version += 1
    update = _add_update(session, item, author, note, step.progress if step else None, visibility, now)
    _add_evidence(session, update, proofs)
    _note(session, item, update, Verb.UPDATED, before, by, now, {DUE: due} if due else None)
    return update


def _set_day(session: Session, item: Item, day: date, reason: str, by: Actor, now: datetime) -> int | None:
    """Give the item that day of its own; return the line of history that says so."""
    try:
        set_due(session, item, DueRule(own_due_on=day), reason=reason, seen_version=item.version, by=by, now=now)
    except Refused as refused:
        raise Refused(refused.message, BESIDE.get(refused.field or ""), **refused.values) from None
    return _last_line(session, item)


def _last_line(session: Session, item: Item) -> int | None:
    session.flush()
    return of_subject(session, item.history_key())[-1].id


def undo_update(session: Session, update: Update, author: Person, *, by: Actor, now: datetime) -> Update:
    """Undo one's own update of the last day by a second one that puts the item where it stood; both stay.

    Raises Refused for somebody else's, an older one, or one that was followed by another move of the progress.
    """
    if update.author_id != author.id:
        raise Refused("Only its author takes an update back. Write one that corrects it.")
    if now - update.made_at > UNDO_WITHIN:
        raise Refused("This update is more than a day old. Write one that corrects it.")
    return restore_update(session, update, author, by=by, now=now)


def restore_update(session: Session, update: Update, author: Person, *, by: Actor, now: datetime) -> Update:
    """Undo an update, whosever and however old, by a second one of `author`; both stay.

    The due day that came with it goes too. Raises Refused where progress or due date have moved since, where the
    milestone it hung from is cancelled, or where it was taken back already.
    """
    item = session.get_one(Item, update.item_id)
    lock(session, item)
    event = _undoable(session, item, update)
    before = standing_of(item)
    if update.progress is not None:
        _restore(session, item, event)
        item.version += 1
    told: dict[str, int | None] = {"taken_back": update.id}
    if event.after.get(DUE):
        told[DUE] = _put_day_back(session, item, session.get_one(Event, event.after[DUE]), by, now)
    correction = _add_update(
        session, item, author, "", item.progress if update.progress else None, update.visibility, now
    )
    _note(session, item, correction, TAKEN_BACK, before, by, now, told)
    return correction


def _undoable(session: Session, item: Item, update: Update) -> Event:
    """Return the line of history that the update left, if it may still be taken back."""
    history = of_subject(session, item.history_key())
    event = next((e for e in history if e.verb == Verb.UPDATED and e.after.get("update") == update.id), None)
    if event is None or _is_taken_back(history, update):
        raise Refused("This update was taken back already.")
    if update.progress and any("progress" in e.before for e in history if (e.id) > (event.id)):
        raise Refused("The progress has moved on since. Write an update that corrects it.")
    if event.after.get(DUE) and any(e.verb == Verb.DUE_DATE_SET for e in history if (e.id) > (event.id)):
        raise Refused("The due date has changed again since. Write an update that corrects it.")
    return event


def _is_taken_back(history: Sequence[Event], update: Update) -> bool:
    return any(event.after.get("taken_back") == update.id for event in history)


def _put_day_back(session: Session, item: Item, event: Event, by: Actor, now: datetime) -> int | None:
    """Give the item the rule that it had before that line; return the line of history that says so.

    Where it had no date, that day was no promise either.
    """
    milestone = event.before["milestone"]
    day = event.before["due_on"]
    if milestone and session.get_one(Milestone, milestone).is_cancelled:
        raise Refused("The milestone that it was due at is cancelled by now. Write an update with another day.")
    own = date.fromisoformat(day) if day and not milestone else None
    rule = DueRule(own, milestone, event.before["offset_days"] or 0)
    restore_due(session, item, rule, item.promised_on if day else None, reason="", by=by, now=now)
    return _last_line(session, item)


def _restore(session: Session, item: Item, event: Event) -> None:
    """Let the item stand where it stood before that event; a reason erased meanwhile does not come back."""
    words = wordings(session, [event])
    for name, value in event.before.items():
        plain = words.get(value["wording"]) if isinstance(value, dict) else value
        setattr(item, name, _typed(name, plain))
    if event.before.get("proposer_view"):
        reinstate_views(session, item)


def _typed(name: str, value: Any) -> Any:
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
    """Let anyone read the note, or the register's own people only; raises Refused to publish what was taken back."""
    item = session.get_one(Item, update.item_id)
    lock(session, item)
    if update.visibility is visibility:
        return
    if visibility is Visibility.PUBLISHED and _is_taken_back(of_subject(session, item.history_key()), update):
        raise Refused("This update was taken back: there is nothing to publish. Write another.")
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
        author_id=author.id if author else None,
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
    """Return what of the item an update may change."""
    return {name: getattr(item, name) for name in STANDING}


def _note(
    session: Session,
    item: Item,
    update: Update,
    verb: Verb,
    before: dict[str, Any],
    by: Actor,
    now: datetime,
    more: dict[str, Any] | None = None,
) -> None:
    was, new = standing_changes(before, standing_of(item))
    told = {"update": update.id, **(more or {}), **new}
    if update.note:
        told["note"] = Words(update.note)
    note_change(session, item, verb, by=by, now=now, before=was, after=told)


def standing_changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what differs of how an item stood before and after, each side as a line of history keeps it."""
    names = [name for name in STANDING if before[name] != after[name]]
    return _event_values(before, names), _event_values(after, names)


def _event_values(values: dict[str, Any], names: list[str]) -> dict[str, Any]:
    return {name: Words(values[name]) if name in WORDS and values[name] else values[name] for name in names}
