"""Reading the queue of triage: what waits, in which order, and how far it has come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.meetings.models import Meeting
from tracker.people.models import Person
from tracker.proposals.models import Change, Meaning, Proposal, Reference, Source, Succession, TriageState
from tracker.transcripts.models import Passage, Transcript, Turn
from tracker.transcripts.newest import of_same_text

#: from this score on a proposal is clear, and comes before the rest
CLEAR = 0.65


@dataclass(frozen=True)
class Showing:
    """Which proposals of a register to list; None is all of them."""

    state: TriageState | None = None
    #: the meeting's slug
    meeting: str | None = None
    #: only what a corrected version changed or brought
    is_corrected: bool = False


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


def proposal(session: Session, body_id: int, number: int) -> Proposal | None:
    """Return that proposal of the register."""
    found = select(Proposal).where(col(Proposal.id) == number)
    row: Proposal | None = session.exec(_in_register(found, body_id)).one_or_none()
    return row


def proposal_to_decide(session: Session, body_id: int, number: int) -> Proposal | None:
    """Return that proposal and keep it from others until the commit: the second then sees what the first did."""
    found = _in_register(select(Proposal).where(col(Proposal.id) == number), body_id)
    row: Proposal | None = session.exec(found.with_for_update(of=Proposal)).one_or_none()
    return row


def register_of(session: Session, proposal: Proposal) -> int:
    """Return the number of the register whose queue it stands in."""
    return session.exec(
        select(Meeting.body_id)
        .join(Transcript, col(Transcript.meeting_id) == col(Meeting.id))
        .where(col(Transcript.id) == proposal.transcript_id)
    ).one()


def counts(session: Session, body_id: int, showing: Showing, now: datetime) -> dict[TriageState, int]:
    """Return how many proposals stand in each state, whatever state is shown; one whose snooze is over waits."""
    state = sa.case((waits(now), TriageState.WAITING.value), else_=sa.cast(col(Proposal.state), sa.String))
    statement = _in_register(sa.select(state, sa.func.count()).select_from(Proposal), body_id)
    current = _of_meeting(statement, showing).where(is_current())
    found = dict(session.execute(current.group_by(state)).all())
    return {state: found.get(state.value, 0) for state in TriageState}


def entries(
    session: Session, body_id: int, showing: Showing, *, now: datetime, page: int = 1, size: int = 50
) -> list[Entry]:
    """Return one page: what waits in the order of the queue, what is decided with the latest first."""
    decided = showing.state not in (None, TriageState.WAITING, TriageState.SNOOZED)
    order = [col(Proposal.decided_at).desc(), col(Proposal.id)] if decided else _queue_order()
    of_register = _rows().where(col(Meeting.body_id) == body_id, is_current())
    statement = _of_state(_of_meeting(of_register, showing), showing, now)
    found = session.exec(statement.order_by(*order).limit(size).offset((page - 1) * size)).all()
    return _entries(session, found)


def entry(session: Session, proposal: Proposal) -> Entry:
    """Return one proposal with its words."""
    return entries_of(session, [proposal.id])[0]


def entries_of(session: Session, numbers: Sequence[int | None]) -> list[Entry]:
    """Return these proposals with their words, in the order of the numbers."""
    found = _entries(session, session.exec(_rows().where(col(Proposal.id).in_(numbers))).all())
    return sorted(found, key=lambda one: numbers.index(one.proposal.id))


def following(session: Session, body_id: int, proposal: Proposal, showing: Showing, now: datetime) -> int | None:
    """Return the number of what waits next in the queue after this one, from its beginning again at its end."""
    statement = _of_meeting(_in_register(select(Proposal.id).select_from(Proposal), body_id), showing)
    wanted = sa.or_(sa.and_(waits(now), is_current()), col(Proposal.id) == proposal.id)
    placed = _with_leader(statement.join(Passage, _its_passage()))
    order = session.exec(placed.where(wanted).order_by(*_queue_order())).all()
    place = order.index(proposal.id) if proposal.id in order else -1
    return next((number for number in [*order[place + 1 :], *order[: max(place, 0)]]), None)


def earlier(session: Session, proposal: Proposal) -> list[Proposal]:
    """Return the proposals that this one speaks of, as the detector read it."""
    spoken_of = select(Proposal).join(Reference, col(Reference.earlier_id) == col(Proposal.id))
    return list(session.exec(spoken_of.where(col(Reference.proposal_id) == proposal.id).order_by(col(Proposal.id))))


def last_decided(session: Session, body_id: int, person_id: int | None) -> Proposal | None:
    """Return what this person decided last, so that he can take it back."""
    statement = _in_register(select(Proposal).where(col(Proposal.decided_by) == person_id), body_id)
    latest = statement.order_by(col(Proposal.decided_at).desc(), col(Proposal.id).desc())
    row: Proposal | None = session.exec(latest.limit(1)).first()
    return row


def waits(now: datetime) -> sa.ColumnElement[bool]:
    """Return the condition that a proposal is to be decided now: it waits, or its snooze is over."""
    over = sa.and_(col(Proposal.state) == TriageState.SNOOZED, col(Proposal.snoozed_until) <= now)
    return sa.or_(col(Proposal.state) == TriageState.WAITING, over)


def is_current() -> sa.ColumnElement[bool]:
    """Return the condition that a proposal is decided, or of the newest version: what the detector found waits once.

    What a person marked by hand in an earlier version waits on, unless it stands in a later one.
    """
    later, own = aliased(Transcript), aliased(Transcript)
    superseded = (
        sa.select(col(later.id))
        .join(own, sa.and_(col(later.meeting_id) == col(own.meeting_id), col(later.number) > col(own.number)))
        .where(col(later.author_key) == col(own.author_key))
        .where(col(own.id) == col(Proposal.transcript_id))
        .exists()
    )
    succeeded = sa.select(col(Succession.proposal_id)).where(col(Succession.earlier_id) == col(Proposal.id)).exists()
    is_open = col(Proposal.state).in_((TriageState.WAITING, TriageState.SNOOZED))
    return sa.not_(sa.and_(is_open, superseded, sa.or_(col(Proposal.source) == Source.DETECTOR, succeeded)))


def _its_passage() -> Any:
    return col(Proposal.passage_id) == col(Passage.id)


def _rows() -> Any:
    columns: Any = (Proposal, Passage, Turn, Meeting, Person.name, Meaning.leader_id)
    joined = select(*columns).join(Passage, _its_passage()).outerjoin(Turn, col(Proposal.turn_id) == col(Turn.id))
    return _with_leader(_with_meeting(joined.outerjoin(Person, col(Passage.speaker_id) == col(Person.id))))


_LEADER, _LEADING = aliased(Proposal), aliased(Passage)


def _with_leader(statement: Any) -> Any:
    """Join the first passage of those that stand together, where they have been compared."""
    meant = statement.outerjoin(Meaning, col(Meaning.proposal_id) == col(Proposal.id))
    led = meant.outerjoin(_LEADER, col(_LEADER.id) == col(Meaning.leader_id))
    return led.outerjoin(_LEADING, col(_LEADING.id) == col(_LEADER.passage_id))


def _with_meeting(statement: Any) -> Any:
    joined = statement.join(Transcript, col(Proposal.transcript_id) == col(Transcript.id))
    return joined.join(Meeting, col(Transcript.meeting_id) == col(Meeting.id))


def _in_register(statement: Any, body_id: int) -> Any:
    return _with_meeting(statement).where(col(Meeting.body_id) == body_id)


def _of_meeting(statement: Any, showing: Showing) -> Any:
    """Keep what is of the meeting that is shown, and of its correction if only that is asked for."""
    if showing.is_corrected:
        statement = statement.where(_is_corrected())
    return statement.where(col(Meeting.slug) == showing.meeting) if showing.meeting else statement


def _is_corrected() -> sa.ColumnElement[bool]:
    changed = col(Succession.change) != Change.SAME
    return (
        sa.select(col(Succession.proposal_id)).where(col(Succession.proposal_id) == col(Proposal.id), changed).exists()
    )


def corrected_count(session: Session, body_id: int, showing: Showing, now: datetime) -> int:
    """Return how many wait that a corrected version changed or brought."""
    wanted = Showing(meeting=showing.meeting, is_corrected=True)
    return counts(session, body_id, wanted, now)[TriageState.WAITING]


def vanished(session: Session, transcript: Transcript) -> list[Entry]:
    """Return what still waited in earlier versions and is not found in this one."""
    succeeded = select(Succession.proposal_id).where(col(Succession.earlier_id) == col(Proposal.id)).exists()
    is_open = col(Proposal.state).in_((TriageState.WAITING, TriageState.SNOOZED))
    before = *of_same_text(transcript), col(Transcript.number) < transcript.number
    rows = _rows().where(*before, is_open, ~succeeded).order_by(col(Transcript.number), col(Passage.start))
    return _entries(session, session.exec(rows).all())


def _of_state(statement: Any, showing: Showing, now: datetime) -> Any:
    match showing.state:
        case None:
            return statement
        case TriageState.WAITING:
            return statement.where(waits(now))
        case TriageState.SNOOZED:
            return statement.where(col(Proposal.state) == showing.state, col(Proposal.snoozed_until) > now)
        case _:
            return statement.where(col(Proposal.state) == showing.state)


def _queue_order() -> list[Any]:
    """Clear ones first; among these the latest meeting, and what was said as it was said, the like of it beside it."""
    band = sa.case((col(Proposal.score) >= CLEAR, 0), else_=1)
    latest = [col(Meeting.starts_on).desc(), col(Proposal.transcript_id).desc()]
    together = sa.func.coalesce(col(_LEADING.start), col(Passage.start))
    return [band, *latest, together, col(Passage.start), col(Proposal.id)]


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
