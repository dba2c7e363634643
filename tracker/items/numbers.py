"""Numbers of items: per register, in order, never used again."""

from sqlmodel import Session, col, select

from tracker.items.models import ItemCounter
from tracker.people.models import Body


def next_number(session: Session, body_id: int) -> int:
    """Take the register's next number; two at once wait for each other."""
    counter = _counter(session, body_id)
    counter.last_number += 1
    session.add(counter)
    return counter.last_number


def keep_up(session: Session, body_id: int, number: int) -> None:
    """Note a number that came from a file, so that it is not given again."""
    counter = _counter(session, body_id)
    counter.last_number = max(counter.last_number, number)
    session.add(counter)


def _counter(session: Session, body_id: int) -> ItemCounter:
    """Return the register's counter, with the register's row locked so that the first two also wait."""
    session.exec(select(Body.id).where(col(Body.id) == body_id).with_for_update()).one()
    return session.get(ItemCounter, body_id, populate_existing=True) or ItemCounter(body_id=body_id)
