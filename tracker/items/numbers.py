"""Numbers of items: per register, in order, never used again."""

from sqlmodel import Session, col, select

from tracker.items.models import ItemCounter


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
    row = session.exec(select(ItemCounter).where(col(ItemCounter.body_id) == body_id).with_for_update()).one_or_none()
    return row or ItemCounter(body_id=body_id)
