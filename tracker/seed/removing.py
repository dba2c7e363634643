"""Taking the sample away again: every row of its register goes, and the history keeps that it was there."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from tracker.digests.models import Digest
from tracker.errors import Refused
from tracker.history import Actor, Event, leave
from tracker.items.models import (
    Asked,
    Follow,
    Helper,
    Item,
    ItemCounter,
    ItemLink,
    ItemPassage,
    Origin,
    Ownership,
    Position,
)
from tracker.mail.models import Outgoing
from tracker.meetings.models import Meeting, Milestone
from tracker.people.models import Body, Label, Party, Person, SignInLink, SignInSession, Subscription, Term
from tracker.proposals.models import Proposal, Reference
from tracker.reports.models import Report
from tracker.transcripts.models import Passage, Transcript, Turn
from tracker.updates.models import Evidence, Update

Numbers = list[int]
#: what the history says of it
REMOVED = "sample removed"


def was_removed(session: Session) -> bool:
    """Tell whether somebody has taken the sample away: then it does not come back by itself."""
    return session.exec(select(Event.id).where(col(Event.verb) == REMOVED).limit(1)).first() is not None


def remove_sample(session: Session, register: Body, *, by: Actor, now: datetime) -> None:
    """Delete the sample register, what was said and followed up in it, and whoever serves in no other.

    Raises Refused for a register that is no sample, or that has issued a report: those never go.
    """
    if not register.is_sample or register.id is None:
        raise Refused("Only the sample can be taken away.")
    if session.exec(select(Report.id).where(col(Report.body_id) == register.id)).first() is not None:
        raise Refused("A report of the sample was issued, and a report never changes.")
    leave(session, register, REMOVED, by=by, now=now, body_id=register.id)
    bodies = _numbers(session, Body.id, col(Body.is_sample))
    people = _only_there(session, bodies)
    _drop_items(session, register.id)
    _drop_meetings(session, register.id)
    _drop_people(session, bodies, people)
    _delete(session, Body, Body.parent_id, bodies)
    _delete(session, Body, Body.id, bodies)
    session.expire_all()


def _drop_items(session: Session, register_id: int) -> None:
    items = _numbers(session, Item.id, col(Item.body_id) == register_id)
    updates = _numbers(session, Update.id, col(Update.item_id).in_(items))
    _delete(session, Evidence, Evidence.update_id, updates)
    for part in (Update, Asked, Ownership, Helper, Position, ItemPassage, Origin, ItemLink, Follow):
        _delete(session, part, part.item_id, items)
    _delete(session, ItemLink, ItemLink.other_id, items)
    _delete(session, Item, Item.id, items)
    _delete(session, ItemCounter, ItemCounter.body_id, [register_id])


def _drop_meetings(session: Session, register_id: int) -> None:
    meetings = _numbers(session, Meeting.id, col(Meeting.body_id) == register_id)
    transcripts = _numbers(session, Transcript.id, col(Transcript.meeting_id).in_(meetings))
    proposals = _numbers(session, Proposal.id, col(Proposal.transcript_id).in_(transcripts))
    _delete(session, Reference, Reference.proposal_id, proposals)
    _delete(session, Proposal, Proposal.id, proposals)
    _delete(session, Passage, Passage.transcript_id, transcripts)
    _delete(session, Turn, Turn.transcript_id, transcripts)
    _delete(session, Transcript, Transcript.id, transcripts)
    _delete(session, Meeting, Meeting.id, meetings)
    _delete(session, Milestone, Milestone.body_id, [register_id])


def _only_there(session: Session, bodies: Numbers) -> Numbers:
    """Return who serves or is named in the sample and nowhere else, and runs nothing."""
    elsewhere = sa.union(
        sa.select(col(Term.person_id)).where(col(Term.body_id).not_in(bodies)),
        sa.select(col(Label.person_id)).where(col(Label.register_id).not_in(bodies)),
    )
    there = sa.union(
        sa.select(col(Term.person_id)).where(col(Term.body_id).in_(bodies)),
        sa.select(col(Label.person_id)).where(col(Label.register_id).in_(bodies)),
    )
    is_only_there = (col(Person.id).in_(there), col(Person.id).not_in(elsewhere), ~col(Person.is_operator))
    return _numbers(session, Person.id, sa.and_(*is_only_there))


def _drop_people(session: Session, bodies: Numbers, people: Numbers) -> None:
    _delete(session, Term, Term.body_id, bodies)
    _delete(session, Label, Label.register_id, bodies)
    messages = _numbers(session, Outgoing.id, col(Outgoing.person_id).in_(people))
    _delete(session, Digest, Digest.outgoing_id, messages)
    for table in (Outgoing, SignInSession, SignInLink, Subscription):
        _delete(session, table, table.person_id, people)
    _delete(session, Party, Party.body_id, bodies)
    _delete(session, Party, Party.person_id, people)
    _delete(session, Person, Person.id, people)


def _numbers(session: Session, column: Any, condition: Any) -> Numbers:
    return list(session.exec(select(column).where(condition)))


def _delete(session: Session, table: type[SQLModel], column: Any, numbers: Iterable[int]) -> None:
    """Delete below the ORM: one event has said it of all of them, so the guard need not ask for each."""
    rows = SQLModel.metadata.tables[str(table.__tablename__)]
    session.connection().execute(sa.delete(rows).where(rows.c[column.key].in_(list(numbers))))
