"""What became of an item since its reader last knew of it, so that they answer what stands now."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile

from sqlmodel import Session

from tracker.history import Event
from tracker.history_queries import of_subject
from tracker.history_verbs import Verb
from tracker.items.lines import person_names
from tracker.items.models import Item, Progress

#: verbs that change what somebody answers: how far it is, when it is due, whose it is
TELLING = frozenset(
    {
        Verb.UPDATED, Verb.UPDATE_UNDONE, Verb.DUE_DATE_SET, Verb.MOVED, Verb.OWNERSHIP_REQUESTED,
        Verb.REQUEST_WITHDRAWN, Verb.OWNERSHIP_ACCEPTED, Verb.OWNERSHIP_DECLINED, Verb.OWNERSHIP_PASSED_ON,
        Verb.OWNERSHIP_ENDED, Verb.ANSWER_UNDONE, Verb.PROPOSER_VIEW_RECORDED,
    }
)  # fmt: skip


@dataclass(frozen=True)
class ChangesSince:
    """Who changed the item last, when, and how it stood before; what did not change is None."""

    by: str | None
    #: by the reader themselves
    is_own: bool
    at: datetime
    progress: Progress | None = None
    due_on: date | None = None


def newest_line(session: Session, item: Item, moment: datetime | None = None) -> int:
    """Return the number of the item's last line of history, or of the last one before any after that moment."""
    lines = of_subject(session, item.history_key())
    earlier = list(takewhile(lambda line: moment is None or line.at <= moment, lines))
    if earlier:
        return earlier[-1].id
    return 0


def changes_since(session: Session, item: Item, number: int, reader_id: int) -> ChangesSince | None:
    """Return what others and the reader changed after the line of that number; None where nothing that matters."""
    lines = [line for line in of_subject(session, item.history_key()) if line.id > number and line.verb in TELLING]
    if not lines:
        return None
    last = lines[-1]
    is_own = last.actor == f"person:{reader_id}"
    return ChangesSince(_who(session, last), is_own, last.at, _progress_before(lines), _due_before(lines))


def _who(session: Session, line: Event) -> str | None:
    kind, _, number = line.actor.partition(":")
    if kind != "person":
        return None
    return person_names(session, {int(number)}).get(int(number))


def _progress_before(lines: list[Event]) -> Progress | None:
    for line in lines:
        if "progress" in line.before:
            return Progress(line.before["progress"])
    return None


def _due_before(lines: list[Event]) -> date | None:
    for line in lines:
        if line.before.get("due_on"):
            return date.fromisoformat(line.before["due_on"])
    return None
