"""Replaces characters of transcripts by as many marks, and the words that stood there wherever else they stand."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.erasure.ledger_entry import ErasedSpan
from tracker.erasure.marks import is_telling, mask_spans, masked, replacer
from tracker.erasure.sweep import Swept, index_again, sweep
from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.intake.models import Upload, UploadState
from tracker.items.models import Item, Origin
from tracker.meetings.models import Meeting
from tracker.proposals.models import Likeness, Meaning, Proposal, SecondScore, TrainedDetector
from tracker.reports.changes import reissue
from tracker.reports.models import Report
from tracker.reports.queries import scope_of_report
from tracker.transcripts.models import Introduction, Passage, Transcript, Turn
from tracker.transcripts.text_positions import split_sentences
from tracker.triage.detector_learning import forget

#: letters of a sentence that nobody else is likely to have said as well
OWN_SENTENCE = 40


def spans_of_person(session: Session, numbers: Sequence[int]) -> tuple[ErasedSpan, ...]:
    """Return all that these people said, in every version of every transcript."""
    said = select(Turn.start, Turn.end, Transcript.id, Transcript.sha256).join(Transcript)
    turns = session.exec(said.where(col(Turn.person_id).in_(numbers)).order_by(col(Turn.id)))
    return tuple(ErasedSpan(number, sha256, start, end) for start, end, number, sha256 in turns if start < end)


def redact(
    session: Session, spans: Sequence[ErasedSpan], *, chosen: bool, reason: str, by: Actor, now: datetime
) -> Swept:
    """Replace the characters by marks, and what they said everywhere; return where else it stood.

    `chosen` says that a person chose these characters, and no whole turns: they are then looked for as they are.
    Spans of a file that is not here, or that are marks already, change nothing. Reports that held the words are
    issued again. The caller deletes the files of the mails.
    """
    words: set[str] = set()
    redacted = []
    for transcript, places in _here(session, spans):
        words |= _telling(transcript.text, places, chosen)
        _forget_titles(session, transcript, places)
        transcript.text = mask_spans(transcript.text, places)
        # The file itself may be of a kind that cannot be changed character by character; its name stays its hash.
        transcript.original, transcript.media_type = transcript.text.encode(), "text/plain"
        _forget_learned(session, transcript, places, by, now)
        leave(session, transcript, Verb.WORDS_ERASED, by=by, now=now, after={"spans": places})
        index_again(session, [transcript.id])
        redacted.append(transcript.id)
    swept = sweep(session, words, None, by=by, now=now)
    swept.redacted = redacted
    _issue_again(session, swept.reports, reason, by, now)
    return swept


def _here(session: Session, spans: Iterable[ErasedSpan]) -> list[tuple[Transcript, list[tuple[int, int]]]]:
    """Return the transcripts with the spans that still hold words; ids may differ after a restore, hashes do not."""
    by_file = defaultdict(set)
    for span in spans:
        by_file[span.sha256].add((span.start, span.end))
    here = []
    for transcript in session.exec(select(Transcript).where(col(Transcript.sha256).in_(by_file))):
        text = transcript.text
        places = [place for place in sorted(by_file[transcript.sha256]) if mask_spans(text, [place]) != text]
        if places:
            here.append((transcript, places))
    return here


def _telling(text: str, places: Iterable[tuple[int, int]], chosen: bool) -> set[str]:
    """Return what is looked for elsewhere: what somebody chose, and each sentence that is long enough to be theirs."""
    told = set()
    for start, end in places:
        sentences = [text[each.start : each.end] for each in split_sentences(text, start, end)]
        told |= {sentence for sentence in sentences if is_telling(sentence, OWN_SENTENCE)}
        if chosen and is_telling(text[start:end]):
            told.add(text[start:end])
    return told


def _standing(session: Session, transcript: Transcript, places: Iterable[tuple[int, int]]) -> list[tuple[Any, Any]]:
    """Return the proposals whose passages the places touch, with these."""
    touched = sa.or_(*(sa.and_(col(Passage.start) < end, col(Passage.end) > start) for start, end in places))
    found = select(Proposal, Passage).join(Passage, col(Proposal.passage_id) == col(Passage.id))
    return list(session.exec(found.where(col(Proposal.transcript_id) == transcript.id, touched)))


def _forget_titles(session: Session, transcript: Transcript, places: Sequence[tuple[int, int]]) -> None:
    """Put marks into what the program made of these words: titles, addressees, due dates, names heard."""
    for proposal, passage in _standing(session, transcript, places):
        cut = [(max(start, passage.start), min(end, passage.end)) for start, end in places]
        chosen = [transcript.text[start:end] for start, end in cut if start < end]
        is_whole = any((start, end) == (passage.start, passage.end) for start, end in cut)
        replace = masked if is_whole else replacer(chosen, None)
        made = {name: getattr(proposal, name) for name in ("title", "addressee", "due_hint")}
        new = {name: value and replace(value) for name, value in made.items()}
        connection = session.connection()
        connection.execute(sa.update(Proposal).where(col(Proposal.id) == proposal.id).values(**new))
        items = sa.select(col(Origin.item_id)).where(col(Origin.proposal_id) == proposal.id)
        same = sa.update(Item).where(col(Item.id).in_(items), col(Item.title) == made["title"])
        connection.execute(same.values(title=new["title"], version=col(Item.version) + 1))
        session.expire(proposal)
    heard = select(Introduction).where(col(Introduction.transcript_id) == transcript.id)
    for introduction in session.exec(heard).all():
        if any(introduction.start < end and introduction.end > start for start, end in places):
            introduction.name, introduction.affiliation = "", None


def _forget_learned(
    session: Session, transcript: Transcript, places: Sequence[tuple[int, int]], by: Actor, now: datetime
) -> None:
    """Drop what was worked out of the words: likenesses, the register's own detector, the upload they came by."""
    numbers = [proposal.id for proposal, _ in _standing(session, transcript, places)]
    for column in (Meaning.proposal_id, SecondScore.proposal_id, Likeness.proposal_id, Likeness.earlier_id):
        table: Any = column.class_  # type: ignore[attr-defined]
        session.connection().execute(sa.delete(table).where(col(column).in_(numbers)))
    body_id = session.get_one(Meeting, transcript.meeting_id).body_id
    trained = session.get(TrainedDetector, body_id)
    if trained is not None:
        forget(session, trained, by=by, now=now)
    same = sa.update(Upload).where(col(Upload.sha256) == transcript.sha256)
    gone: dict[str, Any] = {"data": None, "found": {}}
    session.connection().execute(same.values(**gone))
    waits = col(Upload.state).not_in([UploadState.IMPORTED, UploadState.UNPACKED])
    session.connection().execute(same.where(waits).values(state=UploadState.REFUSED))


def _issue_again(session: Session, numbers: set[int], reason: str, by: Actor, now: datetime) -> None:
    """Issue the last report of each milestone and scope again, if it held the words."""
    last = select(sa.func.max(col(Report.id))).group_by(col(Report.milestone_id), scope_of_report())
    for number in sorted(numbers & set(session.connection().execute(last).scalars())):
        reissue(session, session.get_one(Report, number), reason=reason, by=by, now=now)
