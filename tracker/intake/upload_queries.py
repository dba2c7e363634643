"""Reading what has come in: one file, one batch, what still goes on."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from tracker.transcripts.models import Arrival, ArrivalState

_LIGHT = defer(Arrival.data)  # type: ignore[arg-type]
#: what somebody is still to do something about, or the reader
OPEN = (
    ArrivalState.WAITING,
    ArrivalState.READING,
    ArrivalState.TO_PLACE,
    ArrivalState.TO_LOOK_AT,
    ArrivalState.REFUSED,
)
BUSY = (ArrivalState.WAITING, ArrivalState.READING)
ASKING = (ArrivalState.TO_PLACE, ArrivalState.TO_LOOK_AT)


class Standing(NamedTuple):
    """How many files are being read, ask for a look, and were refused."""

    busy: int
    asking: int
    refused: int


def arrival(session: Session, body_id: int, number: int) -> Arrival | None:
    """Return that arrival of the register, without its bytes."""
    rows = select(Arrival).where(col(Arrival.id) == number, col(Arrival.body_id) == body_id).options(_LIGHT)
    return session.exec(rows).one_or_none()


def batch(session: Session, body_id: int, token: str) -> list[Arrival]:
    """Return what came in one go, in order; archives whose files stand for themselves are left out."""
    rows = select(Arrival).where(col(Arrival.batch) == token, col(Arrival.body_id) == body_id)
    found = session.exec(rows.order_by(col(Arrival.id)).options(_LIGHT)).all()
    return [one for one in found if one.state is not ArrivalState.UNPACKED]


def open_ones(session: Session, body_id: int, meeting_id: int | None = None) -> list[Arrival]:
    """Return what has come in and is not done with, of the register or of one meeting, oldest first."""
    rows = select(Arrival).where(col(Arrival.body_id) == body_id, col(Arrival.state).in_(OPEN))
    if meeting_id is not None:
        rows = rows.where(col(Arrival.meeting_id) == meeting_id)
    return list(session.exec(rows.order_by(col(Arrival.id)).options(_LIGHT)))


def standing(session: Session, body_id: int) -> Standing:
    """Count what has come into a register and is not done with."""
    states: Any = select(Arrival.state).where(col(Arrival.body_id) == body_id, col(Arrival.state).in_(OPEN))
    return counted(session.exec(states).all())


def counted(states: Sequence[ArrivalState]) -> Standing:
    """Count states."""
    counts = Counter(states)
    return Standing(
        sum(counts[state] for state in BUSY), sum(counts[state] for state in ASKING), counts[ArrivalState.REFUSED]
    )


def last_choice(session: Session, meeting_id: int | None) -> dict[str, Any]:
    """Return what a person said of the labels in the meeting's last version, for the next one."""
    rows = select(Arrival).where(col(Arrival.meeting_id) == meeting_id, col(Arrival.state) == ArrivalState.IMPORTED)
    found = session.exec(rows.order_by(col(Arrival.id).desc()).options(_LIGHT)).all()
    return next((one.choice for one in found if one.choice.get("labels") or one.choice.get("not_labels")), {})
