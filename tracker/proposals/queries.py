"""Reading proposals with their words, who spoke them and where; what waits and in which order is triage/queue.py."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.db import rows
from tracker.meetings.models import Meeting
from tracker.people.models import Person
from tracker.proposals.filters import (
    EVERYTHING,
    NOW,
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
from tracker.proposals.models import Meaning, Proposal, Reference, Succession, TriageState, WordingChange
from tracker.transcripts.models import Passage, Transcript, Turn
from tracker.transcripts.versions.newest_places import of_same_text


@dataclass(frozen=True)
class EarlierWording:
    """What a proposal of a corrected transcript was in an earlier version; without words where it is new."""

    change: WordingChange
    #: of the version that it is of, or that it is compared with
    number: int
    earlier: Proposal | None = None
    words: str = ""


@dataclass(frozen=True)
class ProposalEntry:
    """A proposal with its words, who speaks and where."""

    proposal: Proposal
    passage: Passage
    quote: str
    speaker: str | None
    meeting: Meeting
    turn: Turn | None
    #: of the transcript that the words are cut from
    text: str
    #: of somebody's document, and not of what was said in the room
    is_written: bool
    decided_by: str | None
    #: the first of the passages that stand together with it; None while it has not been compared
    leader_id: int | None = None
    corrected: EarlierWording | None = None

    @property
    def is_clear(self) -> bool:
        """Tell whether it is among those that come first."""
        return self.proposal.is_clear

    @property
    def lacks_speaker(self) -> bool:
        """Tell whether nobody has said yet who spoke; whoever wrote a document is said with it."""
        return self.passage.speaker_id is None and not self.is_written

    @property
    def turn_seq(self) -> int | None:
        """Return the number of the turn it is spoken in."""
        if self.turn:
            return self.turn.seq
        return None


def proposal(session: Session, body_id: int, number: int, showing: Showing = EVERYTHING) -> Proposal | None:
    """Return that proposal of the register, if it is among the meetings that are shown."""
    statement = in_register(select(Proposal).where(col(Proposal.id) == number), body_id)
    row: Proposal | None = session.exec(among(statement, showing)).one_or_none()
    return row


def proposals_to_decide(
    session: Session, body_id: int, numbers: Iterable[int], showing: Showing = EVERYTHING
) -> list[Proposal]:
    """Return those proposals, keeping them from others until the commit: the second then sees what the first did."""
    of_register = in_register(select(Proposal).where(col(Proposal.id).in_(list(numbers))), body_id)
    # In one order: two people who decide the same passages together would otherwise wait for each other.
    in_order = among(of_register, showing).order_by(col(Proposal.id))
    return list(session.exec(in_order.with_for_update(of=Proposal)))


def register_of(session: Session, proposal: Proposal) -> int:
    """Return the number of the register whose queue it stands in."""
    return session.exec(
        select(Meeting.body_id)
        .join(Transcript, col(Transcript.meeting_id) == col(Meeting.id))
        .where(col(Transcript.id) == proposal.transcript_id)
    ).one()


def entries(
    session: Session, body_id: int, showing: Showing, *, now: datetime, page: int = 1, size: int = 50
) -> list[ProposalEntry]:
    """Return one page: what waits in the order of the queue, what is decided with the latest first."""
    place = {"now": now, "size": size, "skipped": (page - 1) * size}
    return _entries(session, session.exec(_listed(body_id, showing), params=place).all())


@lru_cache(maxsize=100)
def _listed(body_id: int, showing: Showing) -> Any:
    order = [col(Proposal.decided_at).desc(), col(Proposal.id)]
    if showing.state in (None, TriageState.WAITING, TriageState.SNOOZED):
        order = queue_order()
    of_register = _rows().where(col(Meeting.body_id) == body_id, is_current())
    listed = of_state(of_showing(of_register, showing), showing, NOW).order_by(*order)
    return listed.limit(sa.bindparam("size", type_=sa.Integer)).offset(sa.bindparam("skipped", type_=sa.Integer))


def count(session: Session, body_id: int, showing: Showing, now: datetime) -> int:
    """Return how many proposals the pages of that list have."""
    total: int = session.exec(_counted(body_id, showing), params={"now": now}).one()
    return total


@lru_cache(maxsize=100)
def _counted(body_id: int, showing: Showing) -> Any:
    counted = in_register(select(sa.func.count()).select_from(Proposal), body_id).where(is_current())
    return of_state(of_showing(counted, showing), showing, NOW)


def deciders(session: Session, body_id: int, showing: Showing, now: datetime) -> list[Person]:
    """Return who decided what that list holds, by name."""
    decided = in_register(select(Proposal.decided_by).select_from(Proposal), body_id).where(is_current())
    who = of_state(of_showing(decided, showing), showing, now)
    return list(session.exec(select(Person).where(col(Person.id).in_(who)).order_by(col(Person.name))))


def entry(session: Session, proposal: Proposal) -> ProposalEntry:
    """Return one proposal with its words."""
    return entries_of(session, [proposal.id])[0]


def entries_of(session: Session, numbers: Sequence[int | None]) -> list[ProposalEntry]:
    """Return these proposals with their words, in the order of the numbers."""
    if not numbers:
        return []
    in_any_order = _entries(session, session.exec(_of_numbers(), params={"numbers": numbers}).all())
    return sorted(in_any_order, key=lambda entry: numbers.index(entry.proposal.id))


@cache
def _of_numbers() -> Any:
    return _rows().where(col(Proposal.id).in_(sa.bindparam("numbers", expanding=True)))


class PlaceInTranscript(NamedTuple):
    """The number of a passage among all of its transcript, as they were said, from 1."""

    number: int
    total: int


def place_in_transcript(session: Session, entry: ProposalEntry) -> PlaceInTranscript:
    """Return which of its transcript's passages it is."""
    values = {"transcript": entry.proposal.transcript_id, "start": entry.passage.start}
    return PlaceInTranscript(*rows(session, _PLACE, **values)[0])


_PLACE = (
    sa.select(sa.func.sum(sa.case((col(Passage.start) <= sa.bindparam("start"), 1), else_=0)), sa.func.count())
    .select_from(Proposal)
    .join(Passage, its_passage())
    .where(col(Proposal.transcript_id) == sa.bindparam("transcript"))
)


def earlier(session: Session, proposal: Proposal) -> list[Proposal]:
    """Return the proposals that this one speaks of, as the detector read it."""
    return list(session.exec(_SPOKEN_OF, params={"proposal": proposal.id}))


_SPOKEN_OF = (
    select(Proposal)
    .join(Reference, col(Reference.earlier_id) == col(Proposal.id))
    .where(col(Reference.proposal_id) == sa.bindparam("proposal"))
    .order_by(col(Proposal.id))
)


def last_decided(session: Session, body_id: int, person_id: int | None) -> Proposal | None:
    """Return what this person decided last, so that they can undo it."""
    row: Proposal | None = session.exec(_last_of(body_id), params={"person": person_id}).first()
    return row


@lru_cache(maxsize=100)
def _last_of(body_id: int) -> Any:
    here = select(Transcript.id).join(Meeting, col(Meeting.id) == col(Transcript.meeting_id))
    here = here.where(col(Meeting.body_id) == body_id)
    # The sum keeps the index of transcripts out: it leads to every proposal, that of deciders to this person's.
    is_here = (col(Proposal.transcript_id) + 0).in_(here)
    of_person = select(Proposal).where(col(Proposal.decided_by) == sa.bindparam("person"), is_here)
    return of_person.order_by(col(Proposal.decided_at).desc(), col(Proposal.id).desc()).limit(1)


def _rows() -> Any:
    columns: Any = (Proposal, Passage, Turn, Meeting, Person.name, Meaning.leader_id, Transcript.author_key)
    joined = select(*columns).join(Passage, its_passage()).outerjoin(Turn, col(Proposal.turn_id) == col(Turn.id))
    return with_leader(with_meeting(joined.outerjoin(Person, col(Passage.speaker_id) == col(Person.id))))


def vanished(session: Session, transcript: Transcript) -> list[ProposalEntry]:
    """Return what still waited in earlier versions and is not found in this one."""
    succeeded = select(Succession.proposal_id).where(col(Succession.earlier_id) == col(Proposal.id)).exists()
    is_open = col(Proposal.state).in_((TriageState.WAITING, TriageState.SNOOZED))
    before = *of_same_text(transcript), col(Transcript.number) < transcript.number
    rows = _rows().where(*before, is_open, ~succeeded).order_by(col(Transcript.number), col(Passage.start))
    return _entries(session, session.exec(rows).all())


def _entries(session: Session, rows: Iterable[Any]) -> list[ProposalEntry]:
    rows = list(rows)
    texts = _texts(session, {proposal.transcript_id for proposal, *_ in rows})
    deciders = _names(session, [proposal.decided_by for proposal, *_ in rows])
    corrected = _corrected(session, [proposal.id for proposal, *_ in rows])
    return [
        ProposalEntry(
            proposal=proposal,
            passage=passage,
            quote=texts[proposal.transcript_id][passage.start : passage.end],
            speaker=person or (turn and (turn.speaker or turn.label)),
            meeting=meeting,
            turn=turn,
            text=texts[proposal.transcript_id],
            is_written=bool(author_key),
            decided_by=deciders.get(proposal.decided_by),
            leader_id=leader,
            corrected=corrected.get(proposal.id),
        )
        for proposal, passage, turn, meeting, person, leader, author_key in rows
    ]


def _corrected(session: Session, numbers: Sequence[int | None]) -> dict[int | None, EarlierWording]:
    """Read what these proposals were before their transcript was corrected: one statement, and their words."""
    rows = session.exec(_before(), params={"numbers": numbers}).all()
    texts = _texts(session, {earlier.transcript_id for _, earlier, *_ in rows if earlier})
    wordings: dict[int | None, EarlierWording] = {}
    for succession, earlier, earlier_number, own_number, passage in rows:
        words = ""
        if earlier:
            words = texts[earlier.transcript_id][passage.start : passage.end]
        number = earlier_number or own_number
        wordings[succession.proposal_id] = EarlierWording(succession.change, number, earlier, words)
    return wordings


@cache
def _before() -> Any:
    earlier = aliased(Proposal)
    version = aliased(Transcript)
    own = aliased(Transcript)
    columns: Any = (Succession, earlier, col(version.number), col(own.number), Passage)
    return (
        select(*columns)
        .join(Proposal, col(Succession.proposal_id) == col(Proposal.id))
        .join(own, col(Proposal.transcript_id) == col(own.id))
        .outerjoin(earlier, col(Succession.earlier_id) == col(earlier.id))
        .outerjoin(version, col(earlier.transcript_id) == col(version.id))
        .outerjoin(Passage, col(earlier.passage_id) == col(Passage.id))
        .where(col(Succession.proposal_id).in_(sa.bindparam("numbers", expanding=True)))
    )


def _texts(session: Session, numbers: set[int]) -> dict[int | None, str]:
    """Read each text once: cutting in the database would read it again for every row."""
    if not numbers:
        return {}
    return dict(session.exec(_TEXTS, params={"numbers": list(numbers)}).all())


_TEXTS = select(Transcript.id, Transcript.text).where(col(Transcript.id).in_(sa.bindparam("numbers", expanding=True)))


def _names(session: Session, numbers: Sequence[int | None]) -> dict[int | None, str]:
    people = {number for number in numbers if number}
    if not people:
        return {}
    return dict(session.exec(select(Person.id, Person.name).where(col(Person.id).in_(people))).all())
