"""What is done with an upload: kept, given its meeting, looked at, tried again, deleted; and how its reading ended."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from tracker.clock import real_now
from tracker.errors import Refused
from tracker.history import Actor, Words, leave
from tracker.history_verbs import Verb
from tracker.intake.models import Upload, UploadState
from tracker.meetings.changes import MeetingDetails, add_meeting
from tracker.meetings.models import Meeting
from tracker.transcripts.changes import file_name
from tracker.transcripts.models import Transcript
from tracker.transcripts.reading.labels import LabelChoice
from tracker.transcripts.reading.written_contributions import Author
from tracker.transcripts.text_positions import digest

#: so long a refused file is kept
KEPT = timedelta(days=30)
TWICE = "This file was imported already: “%(title)s”, version %(number)s."
TWICE_HERE = "This file was uploaded already, as “%(name)s”."
GONE = "This file is no longer kept. Upload it again."
STALE = "Somebody else has changed this file meanwhile. Look at its present state."
NOT_NOW = "This file is being read. Wait until it is finished."


@dataclass(frozen=True)
class Sent:
    """A file as it was uploaded."""

    name: str
    data: bytes


@dataclass(frozen=True)
class UploadOptions:
    """How files are to come in: for which meeting, whose they are, whether somebody looks first, with what labels."""

    meeting: Meeting | None = None
    author: Author | None = None
    wants_look: bool = False
    said: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Target:
    """The meeting that a file is for: one that is there, or a new one."""

    meeting_id: int | None
    title: str = ""
    held_on: date | None = None


def keep(
    session: Session,
    body_id: int,
    files: Sequence[Sent],
    options: UploadOptions | None = None,
    *,
    by: Actor,
    now: datetime,
    batch: str | None = None,
) -> list[Upload]:
    """Keep files for the reader; one that is there already, or twice among them, is refused by itself."""
    options = options or UploadOptions()
    batch = batch or secrets.token_hex(8)
    kept: list[Upload] = []
    for file in files:
        upload = _new(body_id, file, options, batch, by, now)
        session.add(upload)
        after = {"sha256": upload.sha256, "size": upload.size, "file": Words(upload.filename)}
        session.flush()
        leave(session, upload.history_key(), Verb.UPLOADED, by=by, now=now, body_id=body_id, after=after)
        # After its first line of history, so that the refusal is its second.
        _refuse_twin(session, upload, by, now)
        kept.append(upload)
    return kept


def _new(body_id: int, file: Sent, options: UploadOptions, batch: str, by: Actor, now: datetime) -> Upload:
    upload = Upload(
        body_id=body_id,
        batch=batch,
        filename=file_name(file.name),
        sha256=digest(file.data),
        size=len(file.data),
        data=file.data,
        kept_at=now,
        kept_by=by.person_id,
        wants_look=options.wants_look,
        choice=dict(options.said or {}),
        author={},
    )
    if options.meeting:
        upload.meeting_id = options.meeting.id
    if options.author:
        upload.author = options.author.plain()
    return upload


def _refuse_twin(session: Session, upload: Upload, by: Actor, now: datetime) -> None:
    if (imported := twin(session, upload.body_id, upload.sha256)) is not None:
        transcript, meeting = imported
        upload.transcript_id = transcript.id
        upload.data = None
        refuse(session, upload, Refused(TWICE, title=meeting.title, number=transcript.number), by=by, now=now)
        return
    # An earlier one that was refused is no reason to refuse this: that may be why it is sent again.
    same = col(Upload.body_id) == upload.body_id, col(Upload.sha256) == upload.sha256, col(Upload.id) < upload.id
    other = session.exec(
        select(Upload).where(*same, col(Upload.state).not_in((UploadState.REFUSED, UploadState.UNPACKED)))
    ).first()
    if other is not None:
        upload.data = None
        refuse(session, upload, Refused(TWICE_HERE, name=other.filename), by=by, now=now)


def twin(session: Session, body_id: int, sha256: str) -> tuple[Transcript, Meeting] | None:
    """Return the transcript of that register which is this very file, with its meeting."""
    rows = select(Transcript, Meeting).join(Meeting, col(Transcript.meeting_id) == col(Meeting.id))
    return session.exec(rows.where(col(Transcript.sha256) == sha256, col(Meeting.body_id) == body_id)).first()


def place(session: Session, upload: Upload, target: Target, *, by: Actor, now: datetime) -> None:
    """Say for which meeting it is, and let it be read; a new one is added, or the one of that title and day taken."""
    _refuse_unless(upload, UploadState.TO_PLACE)
    meeting = _meeting(session, upload, target, by, now)
    upload.meeting_id = meeting.id
    _wait(session, upload)
    after = {"meeting": meeting.id}
    leave(session, upload.history_key(), Verb.PLACED, by=by, now=now, body_id=upload.body_id, after=after)


def _meeting(session: Session, upload: Upload, target: Target, by: Actor, now: datetime) -> Meeting:
    rows = select(Meeting).where(col(Meeting.body_id) == upload.body_id)
    if target.meeting_id is not None:
        meeting = session.exec(rows.where(col(Meeting.id) == target.meeting_id)).one_or_none()
        if meeting is None:
            raise Refused("This meeting no longer exists. Choose another.", f"meeting-{upload.id}")
        return meeting
    if target.held_on is None:
        raise Refused("“%(name)s”: give the day of the new meeting.", f"held_on-{upload.id}", name=upload.filename)
    if not target.title.strip():
        raise Refused("“%(name)s”: give the new meeting a title.", f"title-{upload.id}", name=upload.filename)
    same = col(Meeting.title) == target.title.strip(), col(Meeting.starts_on) == target.held_on
    details = MeetingDetails(target.title, target.held_on, target.held_on)
    # Of several files for one new meeting, the first adds it.
    return session.exec(rows.where(*same)).first() or add_meeting(session, upload.body_id, details, by=by, now=now)


def understand(session: Session, upload: Upload, layout: LabelChoice, *, by: Actor, now: datetime) -> None:
    """Say what is a label in it and what is none, and let it be read again for a look."""
    _refuse_unless(upload, UploadState.TO_LOOK_AT)
    upload.choice = asdict(layout)
    upload.wants_look = True
    _wait(session, upload)
    after = {"labels": len(layout.labels), "not_labels": len(layout.not_labels)}
    leave(session, upload.history_key(), Verb.LABELS_CHOSEN, by=by, now=now, body_id=upload.body_id, after=after)


def approve(session: Session, upload: Upload, *, by: Actor, now: datetime) -> None:
    """Import it as it is understood now."""
    _refuse_unless(upload, UploadState.TO_LOOK_AT)
    upload.wants_look = False
    upload.choice = {**upload.choice, "is_settled": True}
    _wait(session, upload)
    leave(session, upload.history_key(), Verb.APPROVED, by=by, now=now, body_id=upload.body_id)


def try_again(session: Session, upload: Upload, *, wants_look: bool = False, by: Actor, now: datetime) -> None:
    """Let a refused file be read once more, with a look at it first if wanted."""
    _refuse_unless(upload, UploadState.REFUSED)
    if upload.data is None:
        raise Refused(GONE)
    upload.refusal = None
    upload.refusal_values = {}
    upload.wants_look = wants_look
    _wait(session, upload)
    leave(session, upload.history_key(), Verb.TRIED_AGAIN, by=by, now=now, body_id=upload.body_id)


def delete(session: Session, upload: Upload, *, by: Actor, now: datetime) -> None:
    """Forget a file that is not to come in; raises Refused while it is read."""
    # A reader would write down what came of it into nothing; what was imported is the transcript's own record.
    if upload.state in (UploadState.READING, UploadState.IMPORTED):
        raise Refused(NOT_NOW)
    before = {"state": upload.state}
    leave(session, upload.history_key(), Verb.DELETED, by=by, now=now, body_id=upload.body_id, before=before)
    session.delete(upload)


def forget_old(session: Session, *, by: Actor, now: datetime) -> int:
    """Forget the files that were refused long ago; return how many. Goes by the real clock."""
    over = real_now() - KEPT
    old = select(Upload).where(col(Upload.state) == UploadState.REFUSED, col(Upload.ended_at) < over)
    rows = session.exec(old).all()
    for upload in rows:
        delete(session, upload, by=by, now=now)
    return len(rows)


def refuse(session: Session, upload: Upload, why: Refused, *, by: Actor, now: datetime) -> None:
    """It cannot be imported, and says why; its file is kept, so that it can be tried again."""
    upload.refusal = why.message
    upload.refusal_values = dict(why.values)
    end(session, upload, UploadState.REFUSED, by=by, now=now, after={"reason": why.message})


def end(
    session: Session,
    upload: Upload,
    state: UploadState,
    *,
    by: Actor,
    now: datetime,
    after: Mapping[str, Any] | None = None,
) -> None:
    """A reading is over; whatever is not wanted any more goes."""
    upload.state = state
    upload.step = None
    upload.lease_token = None
    upload.lease_until = None
    upload.ended_at = real_now()
    # The transcript, or the files of the archive, hold the bytes from now on.
    if state in (UploadState.IMPORTED, UploadState.UNPACKED):
        upload.data = None
        upload.found = {}
    session.add(upload)
    leave(session, upload.history_key(), VERBS[state], by=by, now=now, body_id=upload.body_id, after=after)


VERBS = {
    UploadState.TO_PLACE: Verb.READ,
    UploadState.TO_LOOK_AT: Verb.READ,
    UploadState.IMPORTED: Verb.IMPORTED,
    UploadState.UNPACKED: Verb.UNPACKED,
    UploadState.REFUSED: Verb.REFUSED,
}


def _refuse_unless(upload: Upload, state: UploadState) -> None:
    if upload.state is not state:
        raise Refused(STALE)


def _wait(session: Session, upload: Upload) -> None:
    """Let it be read for somebody who asked: only what nobody asked for counts as a try."""
    upload.state = UploadState.WAITING
    upload.step = None
    upload.started_at = None
    upload.ended_at = None
    upload.tries = 0
    session.add(upload)
