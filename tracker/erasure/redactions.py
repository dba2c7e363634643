"""Redacting words of a transcript takes two: one asks for it, with a ground and a reason, a second confirms it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from secrets import token_hex

from sqlmodel import Session, col, select

from tracker.erasure import ledger
from tracker.erasure.ledger_entry import ErasedSpan, ErasureGround, ErasureKind, LedgerEntry
from tracker.erasure.marks import bare, mask_spans
from tracker.erasure.models import Redaction
from tracker.erasure.redact import redact
from tracker.erasure.sweep import Swept
from tracker.errors import Refused, Stale
from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.text import clean_line
from tracker.transcripts.models import Transcript
from tracker.transcripts.speakers.attribution import register_of
from tracker.transcripts.text_positions import Span, find_words

#: characters before the words by which they are known again in another version
BEFORE = 60


def places_of(text: str, passage: Span, words: str) -> list[tuple[int, int]]:
    """Return each place of the words in the passage, all of it without words; raises Refused where they are not."""
    if not words.strip():
        return [(passage.start, passage.end)]
    places, rest = [], passage
    while hit := find_words(text, rest, words):
        places.append((hit.start, hit.end))
        rest = Span(hit.end, passage.end)
    if not places:
        raise Refused("These words do not stand in the passage. Write them exactly as they stand there.", "words")
    return places


def ask(
    session: Session, transcript: Transcript, places: Sequence[tuple[int, int]], ground: ErasureGround, reason: str,
    *, by: Actor, now: datetime,
) -> Redaction:  # fmt: skip
    """Ask for the characters to be redacted; raises Refused without a reason, or where it repeats the words.

    Refused too where they are redacted already, or somebody has asked for the same.
    """
    text, spans, reason = transcript.text, [list(place) for place in places], clean_line(reason)
    if not reason or any(f" {bare(text[start:end])} " in f" {bare(reason)} " for start, end in places):
        raise Refused("Give a reason without the words themselves: every reader sees it.", "reason")
    if mask_spans(text, places) == text:
        raise Refused("These words are redacted already.", "words")
    if any(each.spans == spans and each.done_at is None for each in redactions_of(session, transcript)):
        raise Refused("Somebody has already asked for this. It waits for a second person.", "words")
    redaction = Redaction(transcript_id=transcript.id, spans=spans, ground=ground, asked_at=now, reason=reason)
    redaction.asked_by = by.person_id
    session.add(redaction)
    _note(session, redaction, Verb.REDACTION_REQUESTED, by, now)
    return redaction


def confirm(session: Session, redaction: Redaction, *, by: Actor, now: datetime) -> Swept:
    """Redact what somebody else asked for, and return where else it stood; raises Refused for the same person.

    The caller commits, and then clears up.
    """
    if redaction.asked_by == by.person_id:
        raise Refused("You asked for this yourself. Let a second person confirm it.")
    redaction.done_at, redaction.confirmed_by = now, by.person_id
    redaction.version += 1
    _note(session, redaction, Verb.WORDS_ERASED, by, now)
    spans = tuple(_in_every_version(session, redaction))
    swept = redact(session, spans, chosen=True, reason=redaction.reason or "", by=by, now=now)
    _say_it_there(session, redaction, {*swept.redacted} - {redaction.transcript_id}, spans)
    entry = LedgerEntry(token_hex(16), now, ErasureKind.REDACTION, redaction.ground, spans=spans)
    ledger.note(session, entry, by=by, now=now)
    return swept


def withdraw(session: Session, redaction: Redaction, *, by: Actor, now: datetime) -> None:
    """Drop what waits: who asked for it withdraws it, anybody else sends it back."""
    verb = Verb.WITHDRAWN if redaction.asked_by == by.person_id else Verb.SENT_BACK
    _note(session, redaction, verb, by, now)
    session.delete(redaction)


def redactions_of(session: Session, transcript: Transcript) -> Sequence[Redaction]:
    """Return the redactions of a transcript, those that wait and those that are done, oldest first."""
    return session.exec(
        select(Redaction).where(Redaction.transcript_id == transcript.id).order_by(col(Redaction.id))
    ).all()


def waiting(session: Session, transcript: Transcript, number: int) -> Redaction:
    """Return a redaction that waits, and let nobody else settle it meanwhile; raises Stale where somebody has."""
    redaction = session.get(Redaction, number, with_for_update=True)
    if redaction is None or redaction.transcript_id != transcript.id or redaction.done_at is not None:
        raise Stale("Somebody has confirmed, withdrawn or sent this back already. Reload the page.")
    return redaction


def _note(session: Session, redaction: Redaction, verb: Verb, by: Actor, now: datetime) -> None:
    body_id = register_of(session, session.get_one(Transcript, redaction.transcript_id))
    leave(session, redaction, verb, by=by, now=now, body_id=body_id, after=redaction.values())


def _in_every_version(session: Session, redaction: Redaction) -> Iterator[ErasedSpan]:
    """Yield the characters, and the same in other versions, known there by the words before them."""
    asked = session.get_one(Transcript, redaction.transcript_id)
    same = select(Transcript).where(
        Transcript.meeting_id == asked.meeting_id, Transcript.author_key == asked.author_key
    )
    for version in session.exec(same).all():
        for start, end in redaction.spans:
            hit: Span | None = Span(start, end)
            if version.id != asked.id:
                hit = find_words(version.text, Span(0, len(version.text)), asked.text[max(0, start - BEFORE) : end])
            if hit is not None:
                yield ErasedSpan(version.id, version.sha256, hit.end - (end - start), hit.end)


def _say_it_there(session: Session, redaction: Redaction, others: Iterable[int], spans: Iterable[ErasedSpan]) -> None:
    session.refresh(redaction)
    told = redaction.model_dump(exclude={"id", "transcript_id", "spans"})
    for number in others:
        places = [[span.start, span.end] for span in spans if span.transcript_id == number]
        session.add(Redaction(transcript_id=number, spans=places, **told))
