"""Reading proposals with their words, who spoke them and where; what waits and in which order is queue.py."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.meetings.models import Meeting
from tracker.people.models import Person
from tracker.proposals.conditions import (
    CLEAR,
    EVERYTHING,
    Showing,
    among,
    in_register,
    is_current,
    its_passage,
    of_showing,
    of_state,
    queue_order,
    with_leader,
    with_meeting,
)
from tracker.proposals.models import Change, Meaning, Proposal, Reference, Succession, TriageState
from tracker.transcripts.models import Passage, Transcript, Turn
from tracker.transcripts.newest import of_same_text


@dataclass(frozen=True)
class Corrected:
    """What a proposal of a corrected transcript was in an earlier version; without words where it is new."""

    change: Change
    #: of the version that it is of, or that it is compared with
    number: int
    earlier: Proposal | None = None
    words: str = ""


@dataclass(frozen=True)
class Entry:
    """A proposal with its words, who speaks and where."""

    proposal: Proposal
    passage: Passage
    quote: str
    speaker: str | None
    meeting: Meeting
    turn_seq: int | None
    decided_by: str | None
    #: the first of the passages that stand together with it; None while it has not been compared
    leader_id: int | None = None
    corrected: Corrected | None = None

    @property
    def is_clear(self) -> bool:
        """Tell whether it is among those that come first."""
        return self.proposal.score >= CLEAR


def proposal(session: Session, body_id: int, number: int, showing: Showing = EVERYTHING) -> Proposal | None:
    """Return that proposal of the register, if it is among the meetings that are shown."""
    found = in_register(select(Proposal).where(col(Proposal.id) == number), body_id)
    row: Proposal | None = session.exec(among(found, showing)).one_or_none()
    return row


def proposals_to_decide(
    session: Session, body_id: int, numbers: Iterable[int], showing: Showing = EVERYTHING
) -> list[Proposal]:
    """Return those proposals, keeping them from others until the commit: the second then sees what the first did."""
    found = among(in_register(select(Proposal).where(col(Proposal.id).in_(list(numbers))), body_id), showing)
    return list(session.exec(found.order_by(col(Proposal.id)).with_for_update(of=Proposal)))


def register_of(session: Session, proposal: Proposal) -> int:
    """Return the number of the register whose queue it stands in."""
    return session.exec(
        select(Meeting.body_id)
        .join(Transcript, col(Transcript.meeting_id) == col(Meeting.id))
        .where(col(Transcript.id) == proposal.transcript_id)
    ).one()


def entries(
    session: Session, body_id: int, showing: Showing, *, now: datetime, page: int = 1, size: int = 50
) -> list[Entry]:
    """Return one page: what waits in the order of the queue, what is decided with the latest first."""
    decided = showing.state not in (None, TriageState.WAITING, TriageState.SNOOZED)
    order = [col(Proposal.decided_at).desc(), col(Proposal.id)] if decided else queue_order()
    of_register = _rows().where(col(Meeting.body_id) == body_id, is_current())
    statement = of_state(of_showing(of_register, showing), showing, now)
    found = session.exec(statement.order_by(*order).limit(size).offset((page - 1) * size)).all()
    return _entries(session, found)


def count(session: Session, body_id: int, showing: Showing, now: datetime) -> int:
    """Return how many proposals the pages of that list have."""
    counted = in_register(select(sa.func.count()).select_from(Proposal), body_id).where(is_current())
    found: int = session.exec(of_state(of_showing(counted, showing), showing, now)).one()
    return found


def deciders(session: Session, body_id: int, showing: Showing, now: datetime) -> list[Person]:
    """Return who decided what that list holds, by name."""
    decided = in_register(select(Proposal.decided_by).select_from(Proposal), body_id).where(is_current())
    who = of_state(of_showing(decided, showing), showing, now)
    return list(session.exec(select(Person).where(col(Person.id).in_(who)).order_by(col(Person.name))))


def entry(session: Session, proposal: Proposal) -> Entry:
    """Return one proposal with its words."""
    return entries_of(session, [proposal.id])[0]


def entries_of(session: Session, numbers: Sequence[int | None]) -> list[Entry]:
    """Return these proposals with their words, in the order of the numbers."""
    found = _entries(session, session.exec(_rows().where(col(Proposal.id).in_(numbers))).all())
    return sorted(found, key=lambda one: numbers.index(one.proposal.id))


def earlier(session: Session, proposal: Proposal) -> list[Proposal]:
    """Return the proposals that this one speaks of, as the detector read it."""
    spoken_of = select(Proposal).join(Reference, col(Reference.earlier_id) == col(Proposal.id))
    return list(session.exec(spoken_of.where(col(Reference.proposal_id) == proposal.id).order_by(col(Proposal.id))))


def last_decided(session: Session, body_id: int, person_id: int | None) -> Proposal | None:
    """Return what this person decided last, so that he can take it back."""
    statement = in_register(select(Proposal).where(col(Proposal.decided_by) == person_id), body_id)
    latest = statement.order_by(col(Proposal.decided_at).desc(), col(Proposal.id).desc())
    row: Proposal | None = session.exec(latest.limit(1)).first()
    return row


def _rows() -> Any:
    columns: Any = (Proposal, Passage, Turn, Meeting, Person.name, Meaning.leader_id)
    joined = select(*columns).join(Passage, its_passage()).outerjoin(Turn, col(Proposal.turn_id) == col(Turn.id))
    return with_leader(with_meeting(joined.outerjoin(Person, col(Passage.speaker_id) == col(Person.id))))


def vanished(session: Session, transcript: Transcript) -> list[Entry]:
    """Return what still waited in earlier versions and is not found in this one."""
    succeeded = select(Succession.proposal_id).where(col(Succession.earlier_id) == col(Proposal.id)).exists()
    is_open = col(Proposal.state).in_((TriageState.WAITING, TriageState.SNOOZED))
    before = *of_same_text(transcript), col(Transcript.number) < transcript.number
    rows = _rows().where(*before, is_open, ~succeeded).order_by(col(Transcript.number), col(Passage.start))
    return _entries(session, session.exec(rows).all())


def _entries(session: Session, rows: Iterable[Any]) -> list[Entry]:
    rows = list(rows)
    texts = _texts(session, {proposal.transcript_id for proposal, *_ in rows})
    deciders = _names(session, [proposal.decided_by for proposal, *_ in rows])
    corrected = _corrected(session, [proposal.id for proposal, *_ in rows])
    return [
        Entry(
            proposal=proposal,
            passage=passage,
            quote=texts[proposal.transcript_id][passage.start : passage.end],
            speaker=person or (turn and (turn.speaker or turn.label)),
            meeting=meeting,
            turn_seq=turn.seq if turn else None,
            decided_by=deciders.get(proposal.decided_by),
            leader_id=leader,
            corrected=corrected.get(proposal.id),
        )
        for proposal, passage, turn, meeting, person, leader in rows
    ]


def _corrected(session: Session, numbers: Sequence[int | None]) -> dict[int | None, Corrected]:
    """Read what these proposals were before their transcript was corrected: one statement, and their words."""
    earlier, version, own = aliased(Proposal), aliased(Transcript), aliased(Transcript)
    columns: Any = (Succession, earlier, col(version.number), col(own.number), Passage)
    rows = session.exec(
        select(*columns)
        .join(Proposal, col(Succession.proposal_id) == col(Proposal.id))
        .join(own, col(Proposal.transcript_id) == col(own.id))
        .outerjoin(earlier, col(Succession.earlier_id) == col(earlier.id))
        .outerjoin(version, col(earlier.transcript_id) == col(version.id))
        .outerjoin(Passage, col(earlier.passage_id) == col(Passage.id))
        .where(col(Succession.proposal_id).in_(numbers))
    ).all()
    numbers_of_texts = {before.transcript_id for _, before, *_ in rows if before}
    texts = _texts(session, numbers_of_texts) if numbers_of_texts else {}
    return {
        one.proposal_id: Corrected(
            change=one.change,
            number=there or here,
            earlier=before,
            words=texts[before.transcript_id][passage.start : passage.end] if before else "",
        )
        for one, before, there, here, passage in rows
    }


def _texts(session: Session, numbers: set[int]) -> dict[int | None, str]:
    """Read each text once: cutting in the database would read it again for every row."""
    return dict(session.exec(select(Transcript.id, Transcript.text).where(col(Transcript.id).in_(numbers))).all())


def _names(session: Session, numbers: Sequence[int | None]) -> dict[int | None, str]:
    found = select(Person.id, Person.name).where(col(Person.id).in_({number for number in numbers if number}))
    return dict(session.exec(found).all())
