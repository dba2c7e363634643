"""Erasing a person everywhere: his record, his words, his mails; reports that name him are issued anew without him."""

from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.agendas.models import AgendaEntry
from tracker.digests.models import Digest
from tracker.erasure.person_tombstone import NOBODY, erase
from tracker.handovers.changes import parts_of
from tracker.handovers.models import Handover, PartingNote
from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.items.models import Addressee, ClosingView, Item, Ownership, SavedView
from tracker.mail.models import MailState, Outgoing
from tracker.meetings.models import Milestone
from tracker.people.models import Party, Person
from tracker.reports.changes import reissue_without
from tracker.reports.models import Report
from tracker.reports.queries import scope_of_report
from tracker.transcripts.models import JoinedTurn, Transcript, Turn
from tracker.transcripts.speakers.accept_introductions import forget
from tracker.updates.models import Update

VERB = Verb.WORDS_ERASED


def erase_everywhere(
    session: Session, person: Person, ground: str, *, today: date, by: Actor, now: datetime
) -> list[Report]:
    """Erase the person and all that was merged into him; return the reports that had to be issued anew.

    What was said in a meeting stays in the transcript's file, which is its publisher's; here nobody is named for it.
    Raises Refused without a ground, or while the person runs the installation.
    """
    names = {person.name}
    records = erase(session, person, ground, today=today, by=by, now=now)
    numbers = [record.id for record in records]
    touched = {*_forget_notes(session, numbers), *_forget_answers(session, numbers, names)}
    for item in session.exec(select(Item).where(col(Item.id).in_(touched))):
        leave(session, item, VERB, by=by, now=now, body_id=item.body_id)
    for made in _forget_offers(session, numbers):
        leave(session, made, VERB, by=by, now=now, body_id=made.body_id)
    for milestone in session.exec(
        select(Milestone).where(col(Milestone.id).in_(set(_forget_agendas(session, numbers))))
    ):
        leave(session, milestone, VERB, by=by, now=now, body_id=milestone.body_id)
    for transcript_id in _forget_turns(session, numbers):
        leave(session, session.get_one(Transcript, transcript_id), VERB, by=by, now=now)
    _forget_views(session, numbers, by, now)
    _forget_mail(session, numbers)
    return [report for number in numbers for report in _reissue(session, number, ground, by, now)]


def _forget_notes(session: Session, numbers: list[int]) -> Iterable[int]:
    """Empty the updates he wrote, what he said when he was asked to own something, and to whoever came after him."""
    for update in session.exec(select(Update).where(col(Update.author_id).in_(numbers))):
        update.note = ""
        session.add(update)
        yield update.item_id
    his = sa.or_(col(Ownership.answered_by).in_(numbers), col(Ownership.requested_by).in_(numbers))
    for ownership in session.exec(select(Ownership).where(his, col(Ownership.note).is_not(None))):
        ownership.note = None
        session.add(ownership)
        yield ownership.item_id
    for note in session.exec(select(PartingNote).where(col(PartingNote.person_id).in_(numbers))):
        note.text = ""
        session.add(note)
        yield note.item_id


def _forget_offers(session: Session, numbers: list[int]) -> Iterable[Handover]:
    """Empty what he said when he offered a handover, and when he took it or not."""
    his = col(Handover.offered_by).in_(numbers) | col(Handover.to_id).in_(numbers)
    for made in session.exec(select(Handover).where(his)).all():
        made.note = None if made.offered_by in numbers else made.note
        for part in parts_of(session, made) if made.to_id in numbers else []:
            part.answer = None
            session.add(part)
        session.add(made)
        yield made


def _forget_agendas(session: Session, numbers: list[int]) -> Iterable[int]:
    """Empty what he wrote on agendas: notes for the chair, and what became of points in the room."""
    his = sa.or_(col(AgendaEntry.note_by).in_(numbers), col(AgendaEntry.outcome_by).in_(numbers))
    for entry in session.exec(select(AgendaEntry).where(his)):
        if entry.note_by in numbers:
            entry.note = None
        if entry.outcome_by in numbers:
            entry.outcome_note = None
        session.add(entry)
        yield entry.milestone_id


def _forget_answers(session: Session, numbers: list[int], names: set[str]) -> Iterable[int]:
    """Empty what they said of a closed item, and their name where he answered for a party."""
    proposer = select(Party.id).where(col(Party.person_id).in_(numbers))
    for item in session.exec(
        select(Item).where(col(Item.put_forward_by).in_(proposer), col(Item.proposer_note).is_not(None))
    ):
        item.proposer_note = None
        session.add(item)
        yield item.id
    said = select(ClosingView).where(col(ClosingView.party_id).in_(proposer), col(ClosingView.note).is_not(None))
    for view in session.exec(said):
        view.note = None
        session.add(view)
        yield view.item_id
    for addressee in session.exec(select(Addressee).where(col(Addressee.answered_by).in_(names))):
        addressee.answered_by = NOBODY
        session.add(addressee)
        yield addressee.item_id


def _forget_turns(session: Session, numbers: list[int]) -> set[int]:
    """Take his names away from the turns he spoke; return the transcripts."""
    turns = session.exec(select(Turn).where(col(Turn.person_id).in_(numbers))).all()
    for turn in turns:
        turn.label = None
        turn.speaker = None
        session.add(turn)
    for joined in session.exec(select(JoinedTurn).where(col(JoinedTurn.person_id).in_(numbers))):
        joined.label = None
        joined.speaker = None
    return {turn.transcript_id for turn in turns} | forget(session, numbers)


def _forget_views(session: Session, numbers: list[int], by: Actor, now: datetime) -> None:
    """Delete the lists that he kept for himself; what is shared is the register's."""
    own = col(SavedView.made_by).in_(numbers), ~col(SavedView.is_shared)
    for view in session.exec(select(SavedView).where(*own)):
        leave(session, view, VERB, by=by, now=now, body_id=view.body_id)
        session.delete(view)


def _forget_mail(session: Session, numbers: list[int]) -> None:
    """Empty the messages kept for him; those still to be sent are not."""
    his = col(Outgoing.person_id).in_(numbers)
    waiting = his, col(Outgoing.state).in_([MailState.QUEUED, MailState.HELD])
    session.exec(sa.update(Outgoing).where(*waiting).values(state=MailState.CANCELLED))
    empty = {"to_addr": NOBODY, "subject": "", "message": None, "text": None, "html": None}
    session.exec(sa.update(Outgoing).where(his).values(**empty))
    session.exec(sa.update(Digest).where(col(Digest.person_id).in_(numbers)).values(content=sa.null()))


def _reissue(session: Session, number: int, ground: str, by: Actor, now: datetime) -> list[Report]:
    """Issue anew the last report of each milestone that names him, the public one and the internal one."""
    last = select(sa.func.max(col(Report.id))).group_by(col(Report.milestone_id), scope_of_report())
    reports = session.exec(select(Report).where(col(Report.id).in_(last))).all()
    return [
        reissue_without(session, report, number, NOBODY, reason=ground, by=by, now=now)
        for report in reports
        if f"person:{number}" in report.picture["names"]
    ]
