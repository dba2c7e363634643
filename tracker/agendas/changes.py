"""The agenda of a milestone: what is to be raised there, in which order, and what became of it in the room.

Whoever changes it holds the milestone's row until the commit, so that no two write at once; the agenda's version says
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

OVERTAKEN = "Somebody else has changed this agenda since you opened it. Look at how it stands now, and do it again."


@dataclass(frozen=True)
class PointOutcome:
    """What became of a point: null where it is not noted yet; put off needs the milestone it is put off to."""

    outcome: AgendaOutcome | None
    note: str = ""
    to: Milestone | None = None


def put_on_agenda(
    session: Session, milestone: Milestone, item: Item, *, note: str = "", by: Actor, now: datetime
) -> AgendaEntry:
    """Let the item be raised at the milestone, as the last point, with a note for whoever chairs.

    Raises Refused for a milestone of another register or one that is not held, and where it is a point already.
    """
    agenda, there = _lock_agenda(session, milestone)
    if milestone.body_id != item.body_id or milestone.is_cancelled:
        raise Refused("Choose a milestone of this register that will be held.", "milestone")
    if any(entry.item_id == item.id for entry in there):
        raise Refused("Item %(number)s is on that agenda already.", "milestone", number=item.number)
    said = clean_text(note)
    entry = AgendaEntry(
        milestone_id=milestone.id,
        item_id=item.id,
        position=len(there) + 1,
        note=said or None,
        note_by=by.person_id if said else None,
    )
    session.add(entry)
    agenda.version += 1
    _tell_both(session, milestone, item, Verb.PUT_ON_THE_AGENDA, by, now, said)
    return entry


def take_off_agenda(session: Session, entry: AgendaEntry, *, by: Actor, now: datetime) -> None:
    """Raise the item elsewhere or nowhere; not once something is noted of it, for that has been."""
    milestone, item = _milestone_and_item(session, entry)
    agenda, there = _lock_agenda(session, milestone)
    if entry.outcome is not None:
        raise Refused("What became of this point is noted. Take that back first.")
    session.delete(entry)
    _number(one for one in there if one is not entry)
    agenda.version += 1
    _tell_both(session, milestone, item, Verb.TAKEN_OFF_THE_AGENDA, by, now)


def move_point(
    session: Session, entry: AgendaEntry, position: int, *, seen_version: int, by: Actor, now: datetime
) -> None:
    """Give the point that place, from 1; the others close up. Raises Stale where the order is another one by now."""
    milestone, item = _milestone_and_item(session, entry)
    agenda, there = _lock_agenda(session, milestone)
    if agenda.version != seen_version:
        raise Stale(OVERTAKEN)
    before = entry.position
    after = max(1, min(position, len(there)))
    if before == after:
        return
    there.remove(entry)
    there.insert(after - 1, entry)
    _number(there)
    agenda.version += 1
    places = {"before": {"position": before}, "after": {"item": item.number, "position": after}}
    leave(session, milestone, Verb.AGENDA_ORDERED, by=by, now=now, body_id=milestone.body_id, **places)


def write_chair_note(
    session: Session, entry: AgendaEntry, note: str, *, seen_version: int, by: Actor, now: datetime
) -> None:
    """Write what whoever chairs should know of the point; raises Stale."""
    milestone, item = _milestone_and_item(session, entry)
    _lock_agenda(session, milestone)
    _refuse_stale(entry, seen_version)
    said = clean_text(note)
    if said == (entry.note or ""):
        return
    entry.note = said or None
    entry.note_by = by.person_id
    entry.version += 1
    told = {"item": item.number, "note": Words(said)}
    leave(session, milestone, Verb.NOTE_FOR_THE_CHAIR, by=by, now=now, body_id=milestone.body_id, after=told)


def note_outcome(
    session: Session, entry: AgendaEntry, what: PointOutcome, *, seen_version: int, by: Actor, now: datetime
) -> None:
    """Note what became of the point in the room; what is put off becomes a point of the other milestone.

    Noting something else later takes that point away again, unless something is noted of it. Raises Stale, or Refused
    with the field.
    """
    milestone, item = _milestone_and_item(session, entry)
    _lock_agenda(session, milestone)
    _refuse_stale(entry, seen_version)
    to = what.to if what.outcome is AgendaOutcome.POSTPONED else None
    if what.outcome is AgendaOutcome.POSTPONED and (to is None or to.id == milestone.id):
        raise Refused("Choose the milestone at which it is raised instead.", "to")
    before = entry.outcome
    _postpone(session, entry, item, to, by, now)
    entry.outcome = what.outcome
    entry.outcome_note = clean_text(what.note) or None
    entry.outcome_by = by.person_id
    entry.outcome_at = now
    entry.version += 1
    session.add(entry)
    _tell_outcome(session, item, before, entry, by, now)


def show_agenda(session: Session, milestone: Milestone, visibility: Visibility, *, by: Actor, now: datetime) -> None:
    """Let anyone read the agenda, as far as its items are published, or only the register's own people."""
    agenda, _ = _lock_agenda(session, milestone)
    verb = Verb.AGENDA_PUBLISHED if visibility is Visibility.PUBLISHED else Verb.AGENDA_WITHDRAWN
    change(session, agenda, {"visibility": visibility}, verb, by=by, now=now, body_id=milestone.body_id)


def agenda_entries(session: Session, milestone: Milestone) -> list[AgendaEntry]:
    """Return the points of a milestone in their order."""
    found = select(AgendaEntry).where(col(AgendaEntry.milestone_id) == milestone.id)
    ordered = found.order_by(col(AgendaEntry.position), col(AgendaEntry.id))
    return list(session.exec(ordered.execution_options(populate_existing=True)))


def _lock_agenda(session: Session, milestone: Milestone) -> tuple[Agenda, list[AgendaEntry]]:
    """Lock the milestone, and return its agenda as it stands now."""
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


def _number(there: Iterable[AgendaEntry]) -> None:
    for position, entry in enumerate(there, 1):
        entry.position = position


def _postpone(session: Session, entry: AgendaEntry, item: Item, to: Milestone | None, by: Actor, now: datetime) -> None:
    """Make the item a point of the milestone it is put off to, and no longer of one it was put off to before."""
    if entry.postponed_to == (to.id if to else None):
        return
    if entry.postponed_to is not None:
        former = _point(session, entry.postponed_to, item)
        if former is not None and former.outcome is None:
            take_off_agenda(session, former, by=by, now=now)
    if to is not None and _point(session, to.id, item) is None:
        put_on_agenda(session, to, item, note=entry.note or "", by=by, now=now)
    entry.postponed_to = to.id if to else None


def _point(session: Session, milestone_id: int, item: Item) -> AgendaEntry | None:
    point = col(AgendaEntry.milestone_id) == milestone_id, col(AgendaEntry.item_id) == item.id
    return session.exec(select(AgendaEntry).where(*point)).one_or_none()


def _tell_both(
    session: Session, milestone: Milestone, item: Item, verb: Verb, by: Actor, now: datetime, note: str = ""
) -> None:
    """Leave a line in the history of the milestone and in that of the item."""
    lock(session, item)
    said = {"note": Words(note)} if note else {}
    leave(session, milestone, verb, by=by, now=now, body_id=milestone.body_id, after={"item": item.number, **said})
    note_change(session, item, verb, by=by, now=now, after={"milestone": milestone.id, **said})


def _tell_outcome(
    session: Session, item: Item, before: AgendaOutcome | None, entry: AgendaEntry, by: Actor, now: datetime
) -> None:
    lock(session, item)
    said = {"note": Words(entry.outcome_note)} if entry.outcome_note else {}
    was = {"outcome": before}
    told = {"outcome": entry.outcome, **said}
    of = {"milestone": entry.milestone_id}
    in_the_room = {"item": item.number, "postponed_to": entry.postponed_to, **told}
    leave(session, entry, Verb.OUTCOME_NOTED, by=by, now=now, body_id=item.body_id, before=was, after=in_the_room)
    note_change(session, item, Verb.OUTCOME_NOTED, by=by, now=now, before=was, after=of | told)
