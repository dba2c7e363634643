"""Reading the history: the lines of one subject, the texts they speak of, and how far the history has come."""

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.db import rows
from tracker.history import Event, Wording

_HISTORY = select(Event).where(col(Event.subject) == sa.bindparam("subject")).order_by(col(Event.id))
_WORDINGS = sa.select(col(Wording.id), col(Wording.text)).where(
    col(Wording.id).in_(sa.bindparam("ids", expanding=True))
)


def newest(session: Session, body_id: int | None = None) -> int:
    """Return the id of the latest line of history, 0 before the first: of all, or of what concerns that register.

    What belongs to no register, like the name of a person, concerns every one.
    """
    lines = select(sa.func.coalesce(sa.func.max(Event.id), 0))
    if body_id is not None:
        lines = lines.where(sa.or_(col(Event.body_id) == body_id, col(Event.body_id).is_(None)))
    return session.exec(lines).one()


def so_far(session: Session) -> str:
    """Return a mark of the history's state: two marks are equal only if nothing was recorded in between.

    On PostgreSQL a line may be committed after one with a larger id, so the mark there is the snapshot.
    """
    if session.get_bind().dialect.name == "sqlite":
        return str(newest(session))
    return str(session.scalar(sa.select(sa.cast(sa.func.pg_current_snapshot(), sa.Text))))


def of_subject(session: Session, key: str) -> list[Event]:
    """Return the history of one thing, oldest first, as plain rows."""
    return list(rows(session, _HISTORY, subject=key))


def wordings(session: Session, events: list[Event]) -> dict[int, str | None]:
    """Return the texts of these events by the wording's id; None for an erased one."""
    values = [value for line in events for side in (line.before, line.after) for value in side.values()]
    numbers = [value["wording"] for value in values if isinstance(value, dict) and "wording" in value]
    if numbers:
        return dict(rows(session, _WORDINGS, ids=numbers))
    return {}


def key_number(key: str) -> int:
    """Return 7 for the subject "item:7" or the actor "person:7"."""
    return int(key.partition(":")[2])
