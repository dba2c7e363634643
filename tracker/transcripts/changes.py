"""Writing transcripts: a file as it was imported, byte for byte, with its turns and who speaks."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from tracker.db import rows
from tracker.errors import Refused
from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.meetings.models import Meeting
from tracker.people.models import Label
from tracker.text import clean_line
from tracker.transcripts.models import Passage, Transcript, Turn
from tracker.transcripts.reading import turns as heard
from tracker.transcripts.reading.written_contributions import Author
from tracker.transcripts.speakers.printed_names import folded
from tracker.transcripts.speakers.register_match import match_register
from tracker.transcripts.speakers.speaker_candidates import note_likely
from tracker.transcripts.text_positions import digest

MEDIA_TYPES = {
    "text": "text/plain",
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "vtt": "text/vtt",
    "srt": "application/x-subrip",
    "json": "application/json",
    "rtf": "application/rtf",
}
MAX_NAME = 200
#: kind of a turn among what the index holds: its entry's number is four times the turn's, and this
TURN_ENTRY = 2
_TURN_PLACES = sa.select(col(Turn.id), col(Turn.start), col(Turn.end)).where(
    col(Turn.transcript_id) == sa.bindparam("transcript")
)
_ENTRY_NUMBER = {"sqlite": "rowid", "postgresql": "id"}


def import_transcript(
    session: Session,
    meeting: Meeting,
    filename: str,
    data: bytes,
    text: str,
    turns: Sequence[heard.ReadTurn],
    *,
    by: Actor,
    now: datetime,
    kind: str = "text",
    author: Author | None = None,
) -> Transcript:
    """Keep a file with the text and turns that were read from it, as the meeting's, or this author's, next version.

    Speakers known in the register by their labels are tied to their turns; passages that point into this file get
    their words. Raises Refused where this very file is there already.
    """
    sha256 = _new_file(session, meeting, data)
    transcript = Transcript(
        meeting_id=meeting.id,
        sha256=sha256,
        filename=file_name(filename),
        media_type=MEDIA_TYPES[kind],
        original=data,
        text="",  # until its turns are entered: see `_enter_words`
        imported_at=now,
        imported_by=by.person_id,
        **_next_version(session, meeting, author),
    )
    session.add(transcript)
    session.flush()
    after = {"number": transcript.number, "sha256": sha256, "turns": len(turns)}
    after |= _add_turns(session, transcript, turns, meeting.body_id)
    _enter_words(session, transcript, text)
    after["passages"] = _tie_passages(session, transcript)
    leave(session, transcript, Verb.IMPORTED, by=by, now=now, body_id=meeting.body_id, after=after)
    return transcript


def file_name(path: str) -> str:
    """Return the name of a file without the folders before it."""
    return clean_line(PurePosixPath(path.replace("\\", "/")).name)[-MAX_NAME:] or "transcript"


def _new_file(session: Session, meeting: Meeting, data: bytes) -> str:
    """Return the SHA-256 of a file; raise Refused where it has been imported already."""
    # Two imports for one meeting wait for each other here, or both would become the same version.
    session.exec(select(Meeting.id).where(col(Meeting.id) == meeting.id).with_for_update()).one()
    sha256 = digest(data)
    row = session.exec(
        select(Transcript, Meeting)
        .join(Meeting, col(Transcript.meeting_id) == col(Meeting.id))
        .where(col(Transcript.sha256) == sha256)
    ).first()
    if row is None:
        return sha256
    transcript, its_meeting = row
    if its_meeting.id == meeting.id:
        raise Refused("This very file is there already, as version %(number)s.", "file", number=transcript.number)
    # Another body's meeting may not be for this reader: it is not named below.
    if its_meeting.body_id == meeting.body_id:
        raise Refused("This very file is already the transcript of “%(title)s”.", "file", title=its_meeting.title)
    raise Refused("This very file has been imported already, by another body of this installation.", "file")


def _next_version(session: Session, meeting: Meeting, author: Author | None) -> dict[str, Any]:
    """Return whose document it is, and its number among the versions of the meeting's, or of this author's."""
    columns: dict[str, Any] = {"author_key": ""}
    if author is not None:
        columns |= author.columns()
    same = col(Transcript.meeting_id) == meeting.id, col(Transcript.author_key) == columns["author_key"]
    last = session.exec(select(func.coalesce(func.max(Transcript.number), 0)).where(*same)).one()
    return {"number": last + 1, **columns}


def _add_turns(
    session: Session, transcript: Transcript, turns: Sequence[heard.ReadTurn], body_id: int
) -> dict[str, int]:
    """Add the turns, tied to the people whom the register surely knows; return how many are, and how many may be."""
    labels = session.exec(select(Label).where(col(Label.register_id) == body_id).order_by(col(Label.id)))
    known_labels = {folded(label.text): label.person_id for label in labels}
    if transcript.is_written:
        known_labels = {}  # a paragraph's heading is nobody's label
    knows = match_register(turns, known_labels)
    spoken = [
        {
            "transcript_id": transcript.id,
            "seq": turn.seq,
            "start": turn.start,
            "end": turn.end,
            "label": turn.label,
            "speaker": turn.speaker,
            "said_at": turn.said_at,
            "person_id": transcript.author_id or knows.people.get(turn.seq),
            "version": 1,
        }
        for turn in turns
    ]
    if spoken:  # thousands, and others wait meanwhile: by the table and not as objects, the import leaves their event
        session.connection().execute(sa.insert(Turn), spoken)
    tied = sum(row["person_id"] is not None for row in spoken)
    return {"known": tied, "likely": note_likely(session, transcript, knows.likely)}


def _tie_passages(session: Session, transcript: Transcript) -> int:
    """Tie the passages that pointed ahead to this file; one beyond its text is lost, for the secretariat to see."""
    passages = session.exec(select(Passage).where(col(Passage.sha256) == transcript.sha256)).all()
    for passage in passages:
        passage.transcript_id = transcript.id
        passage.is_lost = passage.end > len(transcript.text)
    session.flush()
    return len(passages)


def _enter_words(session: Session, transcript: Transcript, text: str) -> None:
    """Give the transcript its text, and the entries of its turns in the index of words theirs."""
    # While it had none, the triggers of the table of turns had nothing to cut out of it, for thousands of rows.
    transcript.text = text
    session.flush()
    turns = rows(session, _TURN_PLACES, transcript=transcript.id)
    entries = [{"number": number * 4 + TURN_ENTRY, "body": transcript.text[start:end]} for number, start, end in turns]
    if entries:
        connection = session.connection()
        name = _ENTRY_NUMBER[connection.dialect.name]
        connection.execute(sa.text(f"UPDATE search_entry SET body = :body WHERE {name} = :number"), entries)  # noqa: S608
