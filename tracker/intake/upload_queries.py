"""Reading what was uploaded: one file, one batch, what still goes on."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from tracker.intake.models import Upload, UploadState

_LIGHT = defer(Upload.data)  # type: ignore[arg-type]
#: what somebody is still to do something about, or the reader
OPEN = (
    UploadState.WAITING,
    UploadState.READING,
    UploadState.TO_PLACE,
    UploadState.TO_LOOK_AT,
    UploadState.REFUSED,
)
BUSY = (UploadState.WAITING, UploadState.READING)
ASKING = (UploadState.TO_PLACE, UploadState.TO_LOOK_AT)


class UploadCounts(NamedTuple):
    """How many files are being read, ask for a look, and were refused."""

    busy: int
    asking: int
    refused: int


def upload(session: Session, body_id: int, number: int) -> Upload | None:
    """Return that upload of the register, without its bytes."""
    rows = select(Upload).where(col(Upload.id) == number, col(Upload.body_id) == body_id).options(_LIGHT)
    return session.exec(rows).one_or_none()


def batch(session: Session, body_id: int, token: str) -> list[Upload]:
    """Return what came in one go, in order; archives whose files stand for themselves are left out."""
    rows = select(Upload).where(col(Upload.batch) == token, col(Upload.body_id) == body_id)
    in_order = session.exec(rows.order_by(col(Upload.id)).options(_LIGHT)).all()
    return [upload for upload in in_order if upload.state is not UploadState.UNPACKED]


def open_ones(session: Session, body_id: int, meeting_id: int | None = None) -> list[Upload]:
    """Return the uploads that are not finished, of the register or of one meeting, oldest first."""
    rows = select(Upload).where(col(Upload.body_id) == body_id, col(Upload.state).in_(OPEN))
    if meeting_id is not None:
        rows = rows.where(col(Upload.meeting_id) == meeting_id)
    return list(session.exec(rows.order_by(col(Upload.id)).options(_LIGHT)))


def standing(session: Session, body_id: int) -> UploadCounts:
    """Count the uploads of a register that are not finished."""
    states: Any = select(Upload.state).where(col(Upload.body_id) == body_id, col(Upload.state).in_(OPEN))
    return counted(session.exec(states).all())


def counted(states: Sequence[UploadState]) -> UploadCounts:
    """Count states."""
    counts = Counter(states)
    busy = sum(counts[state] for state in BUSY)
    asking = sum(counts[state] for state in ASKING)
    return UploadCounts(busy, asking, counts[UploadState.REFUSED])


def last_choice(session: Session, meeting_id: int | None) -> dict[str, Any]:
    """Return what a person said of the labels in the meeting's last version, for the next one."""
    rows = select(Upload).where(col(Upload.meeting_id) == meeting_id, col(Upload.state) == UploadState.IMPORTED)
    for upload in session.exec(rows.order_by(col(Upload.id).desc()).options(_LIGHT)).all():
        if upload.choice.get("labels") or upload.choice.get("not_labels"):
            return upload.choice
    return {}
