"""Does an erasure of the ledger again, on a database where it may not have been done."""

from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from tracker.erasure.erase_person import erase_everywhere
from tracker.erasure.ledger_entry import ErasedSpan, ErasureKind, LedgerEntry
from tracker.erasure.models import Redaction
from tracker.erasure.redact import redact, spans_of_person
from tracker.erasure.sweep import Swept, forget_files
from tracker.history import Actor, ChangeWay
from tracker.mail import message_folder
from tracker.people.merged_records import merged_into, undo_merge
from tracker.people.models import Person
from tracker.transcripts.models import Transcript

BY = Actor(None, ChangeWay.COMMAND_LINE)


def erase_again(session: Session, entry: LedgerEntry, *, var: Path, now: datetime) -> bool:
    """Perform the entry and return whether anything was left to do; the caller commits, then calls `sweep.scrub`.

    A person or a file that is not here is passed over. No second person is asked: two have agreed already.
    """
    person = session.get(Person, entry.person_id) if entry.person_id is not None else None
    spans = set(entry.spans)
    if person is not None and entry.kind is ErasureKind.NAME_AND_WORDS:
        spans |= set(spans_of_person(session, [person.id, *(each.id for each in merged_into(session, person))]))
    swept = _words(session, sorted(spans, key=lambda each: (each.sha256, each.start)), entry, now)
    mails, words, is_done = [*swept.mails], swept.words, bool(swept.redacted)
    has_name = entry.kind in (ErasureKind.NAME, ErasureKind.NAME_AND_WORDS)
    if has_name and person is not None and person.erased_on is None:
        # What was erased was a record of its own, and ran nothing any more.
        if person.merged_into_id is not None:
            undo_merge(session, person, by=BY, now=now)
        person.is_operator = False
        ground = f"Erased on {entry.at:%Y-%m-%d} ({entry.ground}), and again after a restore."
        erased = erase_everywhere(session, person, ground, today=entry.at.date(), by=BY, now=now)
        mails, words, is_done = [*mails, *erased.mails], {*words, *erased.words}, True
    message_folder.forget(var / "mail", mails)
    forget_files(var, words)
    return is_done


def _words(session: Session, spans: list[ErasedSpan], entry: LedgerEntry, now: datetime) -> Swept:
    chosen = entry.kind is not ErasureKind.NAME_AND_WORDS
    swept = redact(session, spans, chosen=chosen, reason=entry.ground.value, by=BY, now=now)
    for number in swept.redacted:
        sha256 = session.get_one(Transcript, number).sha256
        places = [[span.start, span.end] for span in spans if span.sha256 == sha256]
        waiting = select(Redaction).where(col(Redaction.transcript_id) == number, col(Redaction.done_at).is_(None))
        asked = next((each for each in session.exec(waiting) if each.spans == places), None)
        redaction = asked or Redaction(transcript_id=number, spans=places, ground=entry.ground, asked_at=entry.at)
        redaction.done_at = entry.at
        session.add(redaction)
    return swept
