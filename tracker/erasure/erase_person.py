"""Erasing a person everywhere: their record, words and mails; reports that name them are issued again without them.

The record becomes a tombstone that says when and on what ground. The history keeps its lines, without the words.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from secrets import token_hex
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col, delete, select

from tracker.agendas.models import AgendaEntry
from tracker.digests.kept_digests import forget_digests_naming
from tracker.digests.models import Digest
from tracker.digests.runs.holds import IN_HAND
from tracker.erasure import ledger
from tracker.erasure.ledger_entry import ErasureGround, ErasureKind, LedgerEntry
from tracker.erasure.marks import bare, is_telling
from tracker.erasure.redact import redact, spans_of_person
from tracker.erasure.sweep import Swept, sweep
from tracker.errors import Refused
from tracker.handovers.changes import parts_of
from tracker.handovers.models import Handover, PartingNote
from tracker.history import Actor, Wording, leave
from tracker.history_queries import of_subject
from tracker.history_verbs import Verb
from tracker.inbound.models import IncomingMessage
from tracker.items.models import Item, SavedView
from tracker.items.party_models import Addressee, ClosingView, Ownership
from tracker.mail.models import MailState, Outgoing, Suppression
from tracker.meetings.models import Milestone
from tracker.people.merged_records import merged_into
from tracker.people.models import CalendarLink, Label, Party, Person, SignInLink, SignInSession, Subscription, Term
from tracker.reports.changes import reissue_without
from tracker.reports.models import Report
from tracker.reports.queries import scope_of_report
from tracker.text import clean_text
from tracker.transcripts.models import JoinedTurn, Transcript, Turn
from tracker.transcripts.speakers.accept_introductions import empty_introductions
from tracker.updates.models import Update

NOBODY = "(erased)"
VERB = Verb.WORDS_ERASED
#: letters of a name in full
SHORTEST_NAME = 5
#: what the columns of an erased person hold
_EMPTY: dict[str, Any] = {
    "name": NOBODY,
    "affiliation": None,
    "stakeholder_group": "unknown",
    "group_source": None,
    "email": None,
    "password_hash": None,
    "timezone": None,
    "language": "en",
}


class Erasure(NamedTuple):
    """What follows from an erasure: reports that had to be issued again, and mails whose files must go, by name."""

    reports: list[Report]
    mails: list[str]
    #: what was looked for: kept files that hold it go as well
    words: Collection[str]


def erase_everywhere(
    session: Session, person: Person, ground: str, *, today: date, by: Actor, now: datetime, with_words: bool = False
) -> Erasure:
    """Erase the person and all records merged into theirs; the caller deletes the files, and scrubs after the commit.

    The words they spoke stay in the transcript, where nobody is named for them; `with_words` redacts them too.
    Raises Refused without a ground, or while the person runs the installation.
    """
    # The answers to requests name the person by name, which is gone once the record is erased.
    names = {person.name}
    words = _names_of(session, person)
    records = erase_records(session, person, ground, today=today, by=by, now=now)
    numbers = [record.id for record in records]
    redacted = Swept()
    if with_words:
        spans = spans_of_person(session, numbers)
        redacted = redact(session, spans, chosen=False, reason=ground, by=by, now=now)
        kind = ErasureKind.NAME_AND_WORDS
        entry = LedgerEntry(token_hex(16), now, kind, ErasureGround.OTHER, person.id, spans)
        ledger.note(session, entry, by=by, now=now)
    item_ids = {*_forget_notes(session, numbers), *_forget_answers(session, numbers, names)}
    for item in session.exec(select(Item).where(col(Item.id).in_(item_ids))):
        leave(session, item, VERB, by=by, now=now, body_id=item.body_id)
    for handover in _forget_handovers(session, numbers):
        leave(session, handover, VERB, by=by, now=now, body_id=handover.body_id)
    milestone_ids = set(_forget_agendas(session, numbers))
    for milestone in session.exec(select(Milestone).where(col(Milestone.id).in_(milestone_ids))):
        leave(session, milestone, VERB, by=by, now=now, body_id=milestone.body_id)
    for transcript_id in _forget_turns(session, numbers):
        leave(session, session.get_one(Transcript, transcript_id), VERB, by=by, now=now)
    _forget_saved_lists(session, numbers, by, now)
    mails = [*_forget_mail(session, numbers, names), *forget_digests_naming(session, names)]
    swept = sweep(session, words, NOBODY, by=by, now=now)
    mails += [*swept.mails, *redacted.mails]
    # A report never changes: one that names the person is withheld, and a new version takes its place.
    reports = [report for number in numbers for report in _reissue(session, number, ground, by, now)]
    return Erasure(reports, mails, {*words, *redacted.words})


def _names_of(session: Session, person: Person) -> set[str]:
    """Return by what the person is known in full: name, address, slug, printed names; none that somebody else has."""
    numbers = [person.id, *(record.id for record in merged_into(session, person))]
    labels = session.exec(select(Label.text).where(col(Label.person_id).in_(numbers))).all()
    others = select(Person.name).where(col(Person.id).not_in(numbers), col(Person.erased_on).is_(None))
    shared = {bare(name) for name in session.exec(others)}
    known = {person.name, person.email or "", person.slug, *labels}
    return {each for each in known if is_telling(each, SHORTEST_NAME) and bare(each) not in shared}


def erase_records(
    session: Session, person: Person, ground: str, *, today: date, by: Actor, now: datetime
) -> list[Person]:
    """Empty the person's record and those merged into it; return them. This cannot be undone.

    Raises Refused without a ground, and for an operator, who must hand over first.
    """
    reason = clean_text(ground)
    if not reason:
        raise Refused("Give the ground, as in: requested on 3 May.", "ground")
    if person.is_operator:
        raise Refused("%(name)s runs this installation. Make somebody else operator first.", "ground", name=person.name)
    # The keeper's record stands for the person; erasing one of two would leave the other with the name.
    if person.merged_into_id is not None:
        raise Refused("This record was merged with another. Erase that one.", "ground")
    records = [person, *merged_into(session, person)]
    for record in records:
        _erase_record(session, record, reason, today, by, now)
    return records


def _erase_record(session: Session, person: Person, ground: str, today: date, by: Actor, now: datetime) -> None:
    _forget_words(session, person, ground, today)
    _forget_belongings(session, person, today)
    # The slug is made of the name.
    person.slug = f"erased-{person.id}"
    party = session.exec(select(Party).where(col(Party.person_id) == person.id)).one_or_none()
    if party is not None:
        party.slug = person.slug
        session.add(party)
        leave(session, party, Verb.ERASED, by=by, now=now)
    for name, value in _EMPTY.items():
        setattr(person, name, value)
    person.erased_on = today
    # Every link and session of the person ends.
    person.token_epoch += 1
    person.version += 1
    session.add(person)
    leave(session, person, Verb.ERASED, by=by, now=now, after={"on": today, "ground": ground})


def _forget_words(session: Session, person: Person, ground: str, today: date) -> None:
    """Empty the texts of the history that the person wrote, or that others wrote on the person's own record."""
    # Others may have written the name into its history, as they corrected it.
    of_record = {
        value["wording"]
        for line in of_subject(session, person.history_key())
        for side in (line.before, line.after)
        for value in side.values()
        if isinstance(value, dict) and "wording" in value
    }
    written = select(Wording).where((col(Wording.written_by) == f"person:{person.id}") | col(Wording.id).in_(of_record))
    for wording in session.exec(written):
        wording.text = None
        wording.erased_on = today
        wording.erasure_ground = ground
        session.add(wording)


def _forget_belongings(session: Session, person: Person, today: date) -> None:
    """Delete names as printed, sessions, links and the digest's day; let roles end."""
    for label in session.exec(select(Label).where(col(Label.person_id) == person.id)):
        session.delete(label)
    digest = session.get(Subscription, person.id)
    if digest is not None:
        session.delete(digest)
    for term in session.exec(select(Term).where(col(Term.person_id) == person.id)):
        if term.last_day is None or term.last_day > today:
            # A role cannot end before it begins.
            term.last_day = max(term.first_day, today)
            session.add(term)
    for table in (SignInSession, SignInLink, CalendarLink):
        session.exec(delete(table).where(col(table.person_id) == person.id))


def _forget_notes(session: Session, numbers: list[int]) -> Iterable[int]:
    """Empty the updates they wrote, their notes on requests to own and to successors; yield the items' ids."""
    for update in session.exec(select(Update).where(col(Update.author_id).in_(numbers))):
        update.note = ""
        session.add(update)
        yield update.item_id
    theirs = sa.or_(col(Ownership.answered_by).in_(numbers), col(Ownership.requested_by).in_(numbers))
    for ownership in session.exec(select(Ownership).where(theirs, col(Ownership.note).is_not(None))):
        ownership.note = None
        session.add(ownership)
        yield ownership.item_id
    for note in session.exec(select(PartingNote).where(col(PartingNote.person_id).in_(numbers))):
        note.text = ""
        session.add(note)
        yield note.item_id


def _forget_handovers(session: Session, numbers: list[int]) -> Iterable[Handover]:
    """Empty their notes on the handovers they offered, and their answers to those they were offered; yield these."""
    theirs = col(Handover.offered_by).in_(numbers) | col(Handover.to_id).in_(numbers)
    for handover in session.exec(select(Handover).where(theirs)).all():
        if handover.offered_by in numbers:
            handover.note = None
        if handover.to_id in numbers:
            for part in parts_of(session, handover):
                part.answer = None
                session.add(part)
        session.add(handover)
        yield handover


def _forget_agendas(session: Session, numbers: list[int]) -> Iterable[int]:
    """Empty their notes for the chair and on outcomes; yield the ids of the milestones with these agendas."""
    theirs = sa.or_(col(AgendaEntry.note_by).in_(numbers), col(AgendaEntry.outcome_by).in_(numbers))
    for entry in session.exec(select(AgendaEntry).where(theirs)):
        if entry.note_by in numbers:
            entry.note = None
        if entry.outcome_by in numbers:
            entry.outcome_note = None
        session.add(entry)
        yield entry.milestone_id


def _forget_answers(session: Session, numbers: list[int], names: set[str]) -> Iterable[int]:
    """Empty their views of closed items, and their names where they answered for a party; yield the items' ids."""
    proposers = select(Party.id).where(col(Party.person_id).in_(numbers))
    items = select(Item).where(col(Item.put_forward_by).in_(proposers), col(Item.proposer_note).is_not(None))
    for item in session.exec(items):
        item.proposer_note = None
        session.add(item)
        yield item.id
    views = select(ClosingView).where(col(ClosingView.party_id).in_(proposers), col(ClosingView.note).is_not(None))
    for view in session.exec(views):
        view.note = None
        session.add(view)
        yield view.item_id
    for addressee in session.exec(select(Addressee).where(col(Addressee.answered_by).in_(names))):
        addressee.answered_by = NOBODY
        session.add(addressee)
        yield addressee.item_id


def _forget_turns(session: Session, numbers: list[int]) -> set[int]:
    """Remove their names from the turns they spoke; return the ids of the transcripts."""
    turns = session.exec(select(Turn).where(col(Turn.person_id).in_(numbers))).all()
    for turn in turns:
        turn.label = None
        turn.speaker = None
        session.add(turn)
    for joined in session.exec(select(JoinedTurn).where(col(JoinedTurn.person_id).in_(numbers))):
        joined.label = None
        joined.speaker = None
    return {turn.transcript_id for turn in turns} | empty_introductions(session, numbers)


def _forget_saved_lists(session: Session, numbers: list[int], by: Actor, now: datetime) -> None:
    """Delete the lists that they saved for themselves; a shared one is the register's."""
    private = col(SavedView.made_by).in_(numbers), ~col(SavedView.is_shared)
    for view in session.exec(select(SavedView).where(*private)):
        leave(session, view, VERB, by=by, now=now, body_id=view.body_id)
        session.delete(view)


def _forget_mail(session: Session, numbers: list[int], names: Collection[str]) -> list[str]:
    """Empty the messages to them, and those kept that name them; cancel those to them that are still to be sent.

    Return the names of these messages.
    """
    theirs = col(Outgoing.person_id).in_(numbers)
    # Where no relay is set, messages to others are kept whole, with the names in them.
    is_past = col(Outgoing.state).in_([MailState.SENT, MailState.CANCELLED, MailState.DEAD])
    naming = sa.or_(sa.false(), *(col(Outgoing.text).contains(name, autoescape=True) for name in names if name))
    kept = session.exec(select(Outgoing.id, Outgoing.message_id).where(sa.or_(theirs, sa.and_(is_past, naming)))).all()
    of_others = col(Outgoing.id).in_([number for number, _ in kept])
    # What is claimed may be with a slow relay for seconds: it is let go unless the relay has begun to take it.
    waiting = theirs, sa.or_(col(Outgoing.state) == MailState.HELD, IN_HAND)
    session.exec(sa.update(Outgoing).where(*waiting).values(state=MailState.CANCELLED))
    addresses = select(Outgoing.to_addr).where(theirs)
    session.exec(sa.delete(Suppression).where(col(Suppression.to_addr).in_(addresses)))
    empty: dict[str, Any] = {
        "to_addr": NOBODY, "subject": "", "message": None, "text": None, "html": None, "headers": {}, "last_text": None,
    }  # fmt: skip
    session.exec(sa.update(Outgoing).where(theirs).values(**empty))
    session.exec(sa.update(Outgoing).where(of_others).values(subject="", message=None, text=None, html=None))
    session.exec(sa.update(Digest).where(col(Digest.person_id).in_(numbers)).values(content=sa.null()))
    # The name of a mail says which machine wrote it.
    unnamed = sa.literal("erased-", sa.String).concat(sa.cast(col(IncomingMessage.id), sa.String))
    session.exec(sa.update(IncomingMessage).where(col(IncomingMessage.person_id).in_(numbers)).values(name=unnamed))
    return [message_id for _, message_id in kept]


def _reissue(session: Session, number: int, ground: str, by: Actor, now: datetime) -> list[Report]:
    """Issue the last report of each milestone and scope again if it names that person; return the new ones."""
    last = select(sa.func.max(col(Report.id))).group_by(col(Report.milestone_id), scope_of_report())
    reports = session.exec(select(Report).where(col(Report.id).in_(last))).all()
    return [
        reissue_without(session, report, number, NOBODY, reason=ground, by=by, now=now)
        for report in reports
        if f"person:{number}" in report.picture["names"]
    ]
