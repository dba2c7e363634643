"""Reading what was uploaded: taken with a lease, read in a child process without a transaction, settled within one.

Whoever comes first reads: a web process right after an upload (reader_thread.py), else the scheduler's next pass.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from tracker import clock
from tracker.db import Sessions
from tracker.errors import Refused
from tracker.history import Actor, ChangeWay
from tracker.intake import upload_steps
from tracker.intake.import_transcript import Foreseen, foresee, import_prepared, what_is_known
from tracker.intake.models import Upload, UploadState, UploadStep
from tracker.intake.prepare_file import KnownContext, LabelReview, Prepared, ReadingWish, prepare
from tracker.intake.upload_leases import UploadClaim, claim, is_any_due, leased, note_step
from tracker.intake.upload_queries import last_choice
from tracker.intake.upload_steps import Sent, UploadOptions
from tracker.meetings.models import Meeting
from tracker.transcripts.formats.foreign_files import refuse_by_name
from tracker.transcripts.formats.zip_bundles import Member, is_bundle, unpack
from tracker.transcripts.reading.head_matter import held_on, is_another_day
from tracker.transcripts.reading.labels import LabelChoice
from tracker.transcripts.reading.meeting_guess import Head, head_of
from tracker.transcripts.reading.written_contributions import Author, author_of

log = logging.getLogger("tracker.jobs")

#: a file that has ended its reader so often is not read again unless somebody asks
MOST_TRIES = 3
INTERRUPTED = Refused("Reading this file was interrupted three times. Try again, or send it as plain text.")
OUR_FAULT = Refused("This file cannot be read: something went wrong on our side. Send it as plain text.")
NO_MEETING = Refused("The meeting of this file no longer exists. Upload the file for another one.")
#: turns in the preview
FIRST_TURNS = 12
#: characters of a turn in the preview
FIRST_WORDS = 400

Outcome = Prepared | Head | list[Member] | Refused


@dataclass(frozen=True)
class Task:
    """All that reading one upload needs to know."""

    filename: str
    data: bytes
    #: None: only its head is read, for it has no meeting yet
    known: KnownContext | None
    wish: ReadingWish
    choice: dict[str, Any]


def read_next(sessions: Sessions) -> bool:
    """Read the next upload to its end; return False where none waits."""
    with sessions.writing() as session:
        taken = claim(session)
    if taken is None:
        return False
    task = _begun(sessions, taken)
    outcome: Outcome
    if isinstance(task, Refused):
        outcome = task
    else:
        outcome = _outcome(task, _listener(sessions, taken))
    _settle(sessions, taken, task, outcome)
    return True


def read_all(sessions: Sessions, goes_on: Callable[[], bool]) -> int:
    """Read what waits or was left as long as nobody else reads; return how many."""
    count = 0
    while goes_on() and _is_due(sessions) and read_next(sessions):
        count += 1
    return count


def _is_due(sessions: Sessions) -> bool:
    with sessions.reader() as session:
        return is_any_due(session)


def _begun(sessions: Sessions, taken: UploadClaim) -> Task | Refused:
    try:
        with sessions.reader() as session:
            return _task(session, taken)
    except SQLAlchemyError:
        raise  # its lease runs out, and it is tried again
    except Exception:
        log.exception("beginning to read upload %d failed", taken.id)
        return OUR_FAULT


def _task(session: Session, taken: UploadClaim) -> Task | Refused:
    upload = session.get(Upload, taken.id)
    if upload is None or upload.data is None:
        return Refused(upload_steps.GONE)
    # A file that kills its reader each time would otherwise keep all others waiting.
    if taken.tries > MOST_TRIES:
        return INTERRUPTED
    if upload.meeting_id is None:
        return Task(upload.filename, upload.data, None, ReadingWish(), {})
    meeting = session.get(Meeting, upload.meeting_id)
    if meeting is None:
        return NO_MEETING
    if author := author_of(upload.author):
        context = what_is_known(session, meeting, author.key)
        wish = ReadingWish(_layout(upload.choice), author.name, _look(upload))
        return Task(upload.filename, upload.data, context, wish, upload.choice)
    # What was said of the labels of the version before most likely holds of this one.
    choice = upload.choice or last_choice(session, meeting.id)
    wish = ReadingWish(_layout(choice), None, _look(upload))
    return Task(upload.filename, upload.data, what_is_known(session, meeting), wish, choice)


def _layout(choice: dict[str, Any]) -> LabelChoice:
    return LabelChoice(tuple(choice.get("labels", ())), tuple(choice.get("not_labels", ())))


def _look(upload: Upload) -> LabelReview:
    if upload.wants_look:
        return LabelReview.ALWAYS
    if upload.choice.get("is_settled"):
        return LabelReview.NEVER
    return LabelReview.IF_UNCLEAR


def _outcome(task: Task, hear: Callable[[str], None]) -> Outcome:
    """What reading comes to: nothing that a file does to its reader gets further than this."""
    try:
        refuse_by_name(task.filename)
        if is_bundle(task.data):
            return unpack(task.data)
        if task.known is None:
            return head_of(task.data, task.filename, hear=hear)
        return prepare(task.data, task.known, task.wish, hear=hear)
    except Refused as refused:
        return refused
    except Exception:
        log.exception("reading %s failed", task.filename)
        return OUR_FAULT


def _listener(sessions: Sessions, taken: UploadClaim) -> Callable[[str], None]:
    def hear(step: str) -> None:
        with suppress(SQLAlchemyError, ValueError), sessions.writing() as session:  # a step missed harms nobody
            note_step(session, taken, UploadStep(step))

    return hear


def _settle(sessions: Sessions, taken: UploadClaim, task: Task | Refused, outcome: Outcome) -> None:
    """Write down in one transaction what came of it, or in another why that could not be."""
    # The lease is renewed with it: storing has its own time.
    _listener(sessions, taken)(UploadStep.STORING)
    try:
        foreseen = _foreseen(sessions, taken, outcome)
        with sessions.writing() as session:
            _end(session, taken, task, outcome, foreseen)
    except Refused as refused:
        _give_up(sessions, taken, refused)
    except SQLAlchemyError:
        log.exception("storing upload %d failed", taken.id)  # its lease runs out, and it is tried again
    except Exception:
        log.exception("storing upload %d failed by a fault of ours", taken.id)
        _give_up(sessions, taken, OUR_FAULT)


def _foreseen(sessions: Sessions, taken: UploadClaim, outcome: Outcome) -> Foreseen | None:
    """Work out beside the version before what would keep others waiting within the write."""
    if not isinstance(outcome, Prepared) or outcome.is_to_look_at:
        return None
    with sessions.reader() as session:
        upload = session.get(Upload, taken.id)
        if upload is None:
            return None
        meeting = session.get(Meeting, upload.meeting_id)
        if meeting is None:
            return None
        return foresee(session, meeting, outcome, author_of(upload.author))


def _give_up(sessions: Sessions, taken: UploadClaim, why: Refused) -> None:
    with sessions.writing() as session:
        _end(session, taken, why, why)


def _end(
    session: Session, taken: UploadClaim, task: Task | Refused, outcome: Outcome, foreseen: Foreseen | None = None
) -> None:
    upload = leased(session, taken)
    if upload is None:
        return  # deleted, or taken over by another process
    by = Actor(upload.kept_by, ChangeWay.BROWSER)
    now = clock.now(session)
    if isinstance(task, Refused):
        upload_steps.refuse(session, upload, task, by=by, now=now)
    elif isinstance(outcome, Refused):
        upload_steps.refuse(session, upload, outcome, by=by, now=now)
    elif isinstance(outcome, list):
        _keep_members(session, upload, outcome, by, now)
    elif isinstance(outcome, Head):
        day = outcome.held_on and outcome.held_on.isoformat()
        upload.found = {"titles": list(outcome.titles), "held_on": day}
        upload_steps.end(session, upload, UploadState.TO_PLACE, by=by, now=now)
    elif outcome.is_to_look_at:
        upload.found = _preview(outcome)
        upload.choice = task.choice
        upload.found["held_on"] = _another_day(outcome.text, session.get(Meeting, upload.meeting_id))
        upload_steps.end(session, upload, UploadState.TO_LOOK_AT, by=by, now=now)
    else:
        upload.choice = task.choice
        _import(session, upload, outcome, task.data, foreseen, by, now)


def _keep_members(session: Session, upload: Upload, members: list[Member], by: Actor, now: datetime) -> None:
    files = [Sent(member.name, member.data) for member in members]
    if not files:
        upload_steps.refuse(session, upload, Refused("There is no file in this archive. Send another."), by=by, now=now)
        return
    options = UploadOptions(wants_look=upload.wants_look)
    upload_steps.keep(session, upload.body_id, files, options, batch=upload.batch, by=by, now=now)
    upload_steps.end(session, upload, UploadState.UNPACKED, by=by, now=now, after={"files": len(files)})


def _import(
    session: Session, upload: Upload, prepared: Prepared, data: bytes, foreseen: Foreseen | None, by: Actor,
    now: datetime,
) -> None:  # fmt: skip
    meeting = session.exec(select(Meeting).where(col(Meeting.id) == upload.meeting_id)).one_or_none()
    if meeting is None:
        raise NO_MEETING
    author: Author | None = author_of(upload.author)
    taken = import_prepared(
        session, meeting, upload.filename, data, prepared, by=by, now=now, author=author, foreseen=foreseen
    )
    upload.transcript_id = taken.transcript.id
    # The transcript holds its author now: a name is kept in one place only.
    upload.author = {}
    upload.told = {
        "turns": len(prepared.turns),
        "waiting": taken.waiting,
        "covered": taken.covered,
        "doubts": [list(pair) for pair in prepared.doubts],
        "notes": list(prepared.notes),
        "held_on": _another_day(prepared.text, meeting),
    }
    after = {"transcript": taken.transcript.id}
    upload_steps.end(session, upload, UploadState.IMPORTED, by=by, now=now, after=after)


def _another_day(text: str, meeting: Meeting | None) -> str | None:
    """The day that the head of a file names where it is no day of its meeting."""
    day = held_on(text)
    if day is None or meeting is None or not is_another_day(day, meeting.starts_on, meeting.ends_on):
        return None
    return day.isoformat()


def _preview(prepared: Prepared) -> dict[str, Any]:
    return {
        "turns": len(prepared.turns),
        "labelled": sum(turn.label is not None for turn in prepared.turns),
        "first": [
            {
                "label": turn.label,
                "speaker": turn.speaker,
                "words": prepared.text[turn.start : turn.end][:FIRST_WORDS],
                "length": turn.end - turn.start,
            }
            for turn in prepared.turns[:FIRST_TURNS]
        ],
        "labels": [
            {"text": label.text, "count": label.count, "examples": list(label.examples), "taken": label.taken}
            for label in prepared.labels
        ],
        "notes": list(prepared.notes),
    }
