"""Changing the agenda of a milestone: its points, their order, and what became of them in the room.

Every change locks the milestone's row until the commit, so that no two people write at once. The agenda's version tells
whether the order is still the one that a person saw.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.agendas.models import Agenda, AgendaEntry, AgendaOutcome
from tracker.errors import Refused, Stale
from tracker.history import Actor, Words, change, leave
from tracker.history_verbs import Verb
from tracker.items.change_trail import lock, note_change
from tracker.items.models import Item
from tracker.meetings.models import Milestone, Visibility
from tracker.text import clean_text


@dataclass(frozen=True)
class PointOutcome:
    """What became of a point; an `outcome` of None stands for nothing yet. Postponing needs the milestone `to`."""

    outcome: AgendaOutcome | None
    note: str = ""
    to: Milestone | None = None


def put_on_agenda(
    session: Session, milestone: Milestone, item: Item, *, note: str = "", by: Actor, now: datetime
) -> AgendaEntry:
    """Put the item on the milestone's agenda as the last point, with a note for the chair.

    Raises Refused for a milestone of another register or a cancelled one, and where the item is on the agenda already.
    """
    agenda, points = _lock_agenda(session, milestone)
    if milestone.body_id != item.body_id or milestone.is_cancelled:
        raise Refused("Choose a milestone of this register that will be held.", "milestone")
    # The database refuses it too, but cannot say which item it is.
    if any(entry.item_id == item.id for entry in points):
        raise Refused("Item %(number)s is on that agenda already.", "milestone", number=item.number)
    # An empty note leaves no author: nobody has written one.
    note = clean_text(note)
    entry = AgendaEntry(milestone_id=milestone.id, item_id=item.id, position=len(points) + 1)
    if note:
        entry.note = note
        entry.note_by = by.person_id
    session.add(entry)
    # Places in an order that somebody has not seen mean something else.
    agenda.version += 1
    _leave_both(session, milestone, item, Verb.PUT_ON_THE_AGENDA, by, now, note)
    return entry


def take_off_agenda(session: Session, entry: AgendaEntry, *, by: Actor, now: datetime) -> None:
    """Take the point off the agenda. Raises Refused once its outcome is recorded: the record must stay true."""
    milestone, item = _milestone_and_item(session, entry)
    agenda, points = _lock_agenda(session, milestone)
    if entry.outcome is not None:
        raise Refused("The outcome of this point is recorded. Remove the outcome first.")
    session.delete(entry)
    _renumber(point for point in points if point is not entry)
    agenda.version += 1
    _leave_both(session, milestone, item, Verb.TAKEN_OFF_THE_AGENDA, by, now)


def move_point(
    session: Session, entry: AgendaEntry, position: int, *, seen_version: int, by: Actor, now: datetime
) -> None:
    """Move the point to that position, counted from 1. Raises Stale where somebody changed the order meanwhile."""
    milestone, item = _milestone_and_item(session, entry)
    agenda, points = _lock_agenda(session, milestone)
    if agenda.version != seen_version:
        raise Stale("Somebody else has changed this agenda since you opened it. Look at it and try again.")
    before = entry.position
    # Whoever types 99 means the end.
    after = max(1, min(position, len(points)))
    if before == after:
        return
    points.remove(entry)
    points.insert(after - 1, entry)
    _renumber(points)
    agenda.version += 1
    leave(
        session,
        milestone,
        Verb.AGENDA_ORDERED,
        by=by,
        now=now,
        body_id=milestone.body_id,
        before={"position": before},
        after={"item": item.number, "position": after},
    )


def write_chair_note(
    session: Session, entry: AgendaEntry, note: str, *, seen_version: int, by: Actor, now: datetime
) -> None:
    """Write the note for the chair. Raises Stale."""
    milestone, item = _milestone_and_item(session, entry)
    _lock_agenda(session, milestone)
    _refuse_stale(entry, seen_version)
    note = clean_text(note)
    # Pressing Save without a change is no line of history.
    if note == (entry.note or ""):
        return
    entry.note = note or None
    entry.note_by = by.person_id
    entry.version += 1
    after = {"item": item.number, "note": Words(note)}
    leave(session, milestone, Verb.NOTE_FOR_THE_CHAIR, by=by, now=now, body_id=milestone.body_id, after=after)


def note_outcome(
    session: Session, entry: AgendaEntry, outcome: PointOutcome, *, seen_version: int, by: Actor, now: datetime
) -> None:
    """Record what became of the point in the room. A postponed item is put on the agenda of the other milestone.

    Recording another outcome later takes it off there again, unless an outcome is recorded there. Raises Stale;
    Refused, with the field, for postponing to no other milestone.
    """
    milestone, item = _milestone_and_item(session, entry)
    _lock_agenda(session, milestone)
    _refuse_stale(entry, seen_version)
    to = None
    if outcome.outcome is AgendaOutcome.POSTPONED:
        to = outcome.to
        if to is None or to.id == milestone.id:
            raise Refused("Choose the milestone at which it is raised instead.", "to")
    before = entry.outcome
    _postpone(session, entry, item, to, by, now)
    entry.outcome = outcome.outcome
    entry.outcome_note = clean_text(outcome.note) or None
    entry.outcome_by = by.person_id
    entry.outcome_at = now
    entry.version += 1
    session.add(entry)
    _leave_outcome(session, item, before, entry, by, now)


def show_agenda(session: Session, milestone: Milestone, visibility: Visibility, *, by: Actor, now: datetime) -> None:
    """Publish the agenda, of which anyone then reads the published items; or make it internal again."""
    agenda, _ = _lock_agenda(session, milestone)
    verb = Verb.AGENDA_WITHDRAWN
    if visibility is Visibility.PUBLISHED:
        verb = Verb.AGENDA_PUBLISHED
    change(session, agenda, {"visibility": visibility}, verb, by=by, now=now, body_id=milestone.body_id)


def agenda_entries(session: Session, milestone: Milestone) -> list[AgendaEntry]:
    """Return the points of a milestone's agenda in their order."""
    points = select(AgendaEntry).where(col(AgendaEntry.milestone_id) == milestone.id)
    ordered = points.order_by(col(AgendaEntry.position), col(AgendaEntry.id))
    return list(session.exec(ordered.execution_options(populate_existing=True)))


def _lock_agenda(session: Session, milestone: Milestone) -> tuple[Agenda, list[AgendaEntry]]:
    """Lock the milestone; return its agenda and the points in their order as they stand now."""
    # Refreshing the row would lose what was changed of it.
    session.flush()
    session.refresh(milestone, with_for_update=True)
    agenda = session.get(Agenda, milestone.id, populate_existing=True) or Agenda(milestone_id=milestone.id)
    session.add(agenda)
    return agenda, agenda_entries(session, milestone)


def _milestone_and_item(session: Session, entry: AgendaEntry) -> tuple[Milestone, Item]:
    return session.get_one(Milestone, entry.milestone_id), session.get_one(Item, entry.item_id)


def _refuse_stale(entry: AgendaEntry, seen_version: int) -> None:
    if entry.version != seen_version:
        raise Stale("Somebody else has written here since you opened it. Look at both and save again.")


def _renumber(points: Iterable[AgendaEntry]) -> None:
    for position, entry in enumerate(points, 1):
        entry.position = position


def _postpone(session: Session, entry: AgendaEntry, item: Item, to: Milestone | None, by: Actor, now: datetime) -> None:
    """Put the item on the agenda of the milestone `to`, and take it off that to which it was postponed before."""
    postponed_to = None
    if to is not None:
        postponed_to = to.id
    if entry.postponed_to == postponed_to:
        return
    if entry.postponed_to is not None:
        former = _point(session, entry.postponed_to, item)
        if former is not None and former.outcome is None:
            take_off_agenda(session, former, by=by, now=now)
    if to is not None and _point(session, to.id, item) is None:
        put_on_agenda(session, to, item, note=entry.note or "", by=by, now=now)
    entry.postponed_to = postponed_to


def _point(session: Session, milestone_id: int, item: Item) -> AgendaEntry | None:
    points = select(AgendaEntry).where(col(AgendaEntry.milestone_id) == milestone_id)
    return session.exec(points.where(col(AgendaEntry.item_id) == item.id)).one_or_none()


def _leave_both(
    session: Session, milestone: Milestone, item: Item, verb: Verb, by: Actor, now: datetime, note: str = ""
) -> None:
    """Leave an event in the history of the milestone and in that of the item."""
    lock(session, item)
    words = _note_words(note)
    leave(session, milestone, verb, by=by, now=now, body_id=milestone.body_id, after={"item": item.number, **words})
    note_change(session, item, verb, by=by, now=now, after={"milestone": milestone.id, **words})


def _leave_outcome(
    session: Session, item: Item, before: AgendaOutcome | None, entry: AgendaEntry, by: Actor, now: datetime
) -> None:
    """Leave an event of the outcome in the history of the milestone and in that of the item."""
    lock(session, item)
    former = {"outcome": before}
    after = {"outcome": entry.outcome, **_note_words(entry.outcome_note)}
    of_entry = {"item": item.number, "postponed_to": entry.postponed_to, **after}
    of_item = {"milestone": entry.milestone_id, **after}
    leave(session, entry, Verb.OUTCOME_NOTED, by=by, now=now, body_id=item.body_id, before=former, after=of_entry)
    note_change(session, item, Verb.OUTCOME_NOTED, by=by, now=now, before=former, after=of_item)


def _note_words(note: str | None) -> dict[str, Words]:
    if note:
        return {"note": Words(note)}
    return {}
