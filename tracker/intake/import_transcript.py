"""A transcript's whole way in: kept, its proposals queued, and those that items cite already shown as covered.

Reading a file is slow and may fail, so it comes first and apart: `what_is_known`, then `prepare` without a
transaction, `foresee` in one that only reads, then `import_prepared` within one that writes: others wait for that one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from tracker.history import Actor, ChangeWay
from tracker.intake.prepare_file import KnownContext, KnownMilestone, Prepared
from tracker.meetings.models import Meeting
from tracker.meetings.queries import milestones
from tracker.people.models import Label, Person
from tracker.proposals.models import TrainedDetector
from tracker.proposals.similarity import PassagePlace
from tracker.proposals.store_candidates import store
from tracker.proposals.version_successors import NearbyPlaces
from tracker.transcripts.changes import import_transcript
from tracker.transcripts.models import Transcript
from tracker.transcripts.reading.written_contributions import Author
from tracker.transcripts.speakers.attribution import turns_of
from tracker.transcripts.speakers.carry_over import carry_speakers, earlier_places, spans_of
from tracker.transcripts.speakers.speaker_candidates import note_candidates
from tracker.transcripts.text_positions import Span
from tracker.transcripts.versions.place_passages import Alignment, FoundPlace
from tracker.transcripts.versions.reanchor_passages import (
    earlier_version,
    later_places,
    passages_now_in,
    reanchor,
    sentence_counts,
    speeches,
)
from tracker.transcripts.versions.text_differences import says_the_same
from tracker.triage.cited_passages import recognise


@dataclass(frozen=True)
class ImportedTranscript:
    """The transcript, and how many proposals wait for triage and how many an item covers already."""

    transcript: Transcript
    waiting: int
    covered: int


@dataclass(frozen=True)
class Foreseen:
    """A text beside the version before, with all that was worked out of the two before anything is written."""

    earlier_id: int
    alignment: Alignment


def what_is_known(session: Session, meeting: Meeting, author_key: str = "") -> KnownContext:
    """What the register knows that helps to read a transcript of the meeting, or an author's contribution to it."""
    labels = session.exec(
        select(Label.text, Person.name)
        .join(Person, col(Label.person_id) == col(Person.id))
        .where(col(Label.register_id) == meeting.body_id, col(Person.merged_into_id).is_(None))
    )
    days = milestones(session, meeting.body_id)
    ahead = tuple(KnownMilestone(day.slug, day.title, day.starts_on, day.ends_on, day.place) for day in days)
    newest = session.exec(
        select(Transcript.text)
        .where(col(Transcript.meeting_id) == meeting.id, col(Transcript.author_key) == author_key)
        .order_by(col(Transcript.number).desc())
    ).first()
    own = session.exec(select(TrainedDetector.model).where(col(TrainedDetector.body_id) == meeting.body_id)).first()
    return KnownContext(dict(labels.all()), meeting.starts_on, ahead, newest, own)


def import_prepared(
    session: Session,
    meeting: Meeting,
    filename: str,
    data: bytes,
    prepared: Prepared,
    *,
    by: Actor,
    now: datetime,
    author: Author | None = None,
    foreseen: Foreseen | None = None,
) -> ImportedTranscript:
    """Import a file that was prepared; raises Refused where this very file is there already.

    What was foreseen is believed as far as what it was worked out from is still so; the rest is worked out here.
    """
    text = prepared.text
    turns = prepared.turns
    kind = prepared.kind
    transcript = import_transcript(
        session, meeting, filename, data, text, turns, by=by, now=now, kind=kind, author=author
    )
    # Speakers first: what is noted and stored after them takes their names over.
    alignment = _aligned(session, transcript, prepared, foreseen)
    carry_speakers(session, transcript, alignment, by=Actor(None, ChangeWay.IMPORT), now=now)
    if author is None:  # authors of contributions have said who they are
        note_candidates(session, transcript, prepared.introduced, prepared.doubts, by=by, now=now)
    stored = store(session, transcript, prepared.candidates, by=by, now=now)
    reanchor(session, transcript, alignment, by=Actor(None, ChangeWay.IMPORT), now=now)
    # No person has decided these, so none is named for them.
    covered = recognise(session, transcript, by=Actor(None, ChangeWay.IMPORT), now=now)
    return ImportedTranscript(transcript, len(stored) - covered, covered)


def foresee(session: Session, meeting: Meeting, prepared: Prepared, author: Author | None = None) -> Foreseen | None:
    """Work out before the write what became of the version before: which turn, which sentence, which passage.

    It takes seconds for thousands of turns, in which nobody could save if it were done within the write.
    """
    author_key = ""
    if author:
        author_key = author.key
    newest = session.exec(
        select(Transcript)
        .where(col(Transcript.meeting_id) == meeting.id, col(Transcript.author_key) == author_key)
        .order_by(col(Transcript.number).desc())
    ).first()
    if newest is None:
        return None
    alignment = _alignment(newest, prepared)
    before = spans_of(turns_of(session, newest))
    turns = spans_of(prepared.turns)
    earlier_places(alignment, turns, before)
    sentence_counts(alignment, tuple(speeches(session, newest)), turns)
    passages = passages_now_in(session, newest)
    _compare_words(alignment, prepared, zip(passages, later_places(alignment, passages, turns), strict=True))
    return Foreseen(newest.id, alignment)


class _Moved(NamedTuple):
    """Words of the version before, and where they stand now."""

    words: str
    place: PassagePlace


def _compare_words(
    alignment: Alignment, prepared: Prepared, passages: Iterable[tuple[Span, FoundPlace | None]]
) -> None:
    """Compare what stood where a proposal stands now: `says_the_same` keeps what it came to for the write."""
    moved = NearbyPlaces(
        _Moved(alignment.old_text[span.start : span.end], PassagePlace("", now.span.start, now.span.end))
        for span, now in passages
        if now is not None and now.is_sure
    )
    for candidate in prepared.candidates:
        for before in moved.same_as(PassagePlace("", candidate.start, candidate.end)):
            says_the_same(before.words, prepared.text[candidate.start : candidate.end])


def _aligned(
    session: Session, transcript: Transcript, prepared: Prepared, foreseen: Foreseen | None
) -> Alignment | None:
    """Return the version before put beside this one; anew where another was imported while this file was read."""
    earlier = earlier_version(session, transcript)
    if earlier is None:
        return None
    if foreseen is not None and foreseen.earlier_id == earlier.id:
        return foreseen.alignment
    return _alignment(earlier, prepared)


def _alignment(earlier: Transcript, prepared: Prepared) -> Alignment:
    """Put an earlier version beside the file: with what the child process has aligned, if it was that version."""
    if prepared.earlier == earlier.text:
        return Alignment(earlier.text, prepared.text, prepared.runs)
    return Alignment(earlier.text, prepared.text, None)
