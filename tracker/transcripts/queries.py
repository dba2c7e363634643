"""Reading transcripts: which of them a reader may see, their versions, and who speaks in them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import defer
from sqlmodel import Session, col, func, select

from tracker.db import rows
from tracker.meetings.models import Meeting
from tracker.meetings.queries import may_read_meeting
from tracker.people.models import Body, Label, Person, Term
from tracker.people.queries import Sight, records_of, with_keepers
from tracker.transcripts.models import JoinedTurn, Passage, Transcript, Turn
from tracker.transcripts.quotes import Quote, quotes
from tracker.transcripts.speakers.register_match import is_a_name

# The bytes of a file are read for its download only.
_LIGHT = defer(Transcript.original)  # type: ignore[arg-type]
UNKNOWN = "unknown"
_WHO = sa.case(
    (col(Turn.person_id).is_not(None), sa.cast(col(Turn.person_id), sa.String)), else_=sa.func.upper(Turn.label)
)
_COUNTED = (
    sa.select(sa.func.count(sa.distinct(_WHO)))
    .select_from(Turn)
    .join(Transcript, col(Turn.transcript_id) == col(Transcript.id))
    .outerjoin(Person, col(Turn.person_id) == col(Person.id))
    .where(col(Turn.transcript_id).in_(sa.bindparam("transcripts", expanding=True)))
    .where(col(Transcript.author_key) == "", sa.func.coalesce(col(Person.stakeholder_group), UNKNOWN) == UNKNOWN)
)


class Version(NamedTuple):
    """A version of a meeting's transcript, without its words."""

    id: int
    number: int
    filename: str
    imported_at: datetime


class SpokenTurn(NamedTuple):
    """A turn, and the person it is given to."""

    turn: Turn
    person: str | None

    @property
    def name(self) -> str | None:
        """Return the best name for who speaks: a person's, what the text gives, the label."""
        return self.person or self.turn.speaker or self.turn.label


def transcript(session: Session, body_id: int, number: int, sight: Sight) -> tuple[Transcript, Meeting] | None:
    """Return that transcript of the register with its meeting if the reader may see it."""
    return session.exec(
        select(Transcript, Meeting)
        .join(Meeting, col(Transcript.meeting_id) == col(Meeting.id))
        .where(col(Transcript.id) == number, col(Meeting.body_id) == body_id)
        .where(may_read_meeting(sight))
        .options(_LIGHT)
    ).one_or_none()


def versions(session: Session, meeting_id: int | None, author_key: str = "") -> list[Version]:
    """Return the versions of a meeting's transcript, or of an author's written contribution to it, newest first."""
    columns: Any = (Transcript.id, Transcript.number, Transcript.filename, Transcript.imported_at)
    same = col(Transcript.meeting_id) == meeting_id, col(Transcript.author_key) == author_key
    statement = select(*columns).where(*same).order_by(col(Transcript.number).desc())
    return [Version(*row) for row in session.exec(statement)]


def turns_without_speaker(session: Session, meeting_id: int) -> int:
    """Return how many turns of a meeting's newest transcript are nobody's; of a written contribution none are."""
    newest = select(Transcript.id).where(col(Transcript.meeting_id) == meeting_id, col(Transcript.author_key) == "")
    newest = newest.order_by(col(Transcript.number).desc()).limit(1)
    unknown = col(Turn.transcript_id) == newest.scalar_subquery(), col(Turn.person_id).is_(None)
    return session.exec(select(func.count()).select_from(Turn).where(*unknown)).one()


class Contribution(NamedTuple):
    """An author's document in its newest version."""

    id: int
    number: int
    author_key: str
    author: str | None
    affiliation: str | None
    imported_at: datetime


def contributions(session: Session, meeting_id: int | None) -> list[Contribution]:
    """Return the written contributions to a meeting, each author's newest, in the order in which they first came."""
    name, affiliation = _author_told()
    columns: Any = (Transcript.id, Transcript.number, Transcript.author_key, name, affiliation, Transcript.imported_at)
    statement = (
        select(*columns)
        .select_from(Transcript)
        .outerjoin(Person, col(Transcript.author_id) == col(Person.id))
        .where(col(Transcript.meeting_id) == meeting_id, col(Transcript.author_key) != "")
        .order_by(col(Transcript.id))
    )
    return list({row.author_key: row for row in (Contribution(*row) for row in session.exec(statement))}.values())


def author(session: Session, transcript: Transcript) -> tuple[str | None, str | None]:
    """Return whose document a written contribution is, and that person's affiliation."""
    statement: Any = (
        select(*_author_told()).select_from(Transcript).outerjoin(Person, col(Transcript.author_id) == col(Person.id))
    )
    name, affiliation = session.exec(statement.where(col(Transcript.id) == transcript.id)).one()
    return name, affiliation


def _author_told() -> tuple[Any, Any]:
    """Name and affiliation: the register's of a person it knows, else as given."""
    name = sa.func.coalesce(col(Person.name), col(Transcript.author_name))
    return name, sa.func.coalesce(col(Person.affiliation), col(Transcript.author_affiliation))


def spoken(session: Session, transcript_id: int | None) -> list[SpokenTurn]:
    """Return the turns of a transcript in order, with the people they are given to."""
    rows = session.exec(
        select(Turn, Person.name)
        .outerjoin(Person, col(Turn.person_id) == col(Person.id))
        .where(col(Turn.transcript_id) == transcript_id)
        .order_by(col(Turn.start))
    )
    return [SpokenTurn(turn, person) for turn, person in rows]


@dataclass(frozen=True)
class LabelVoice:
    """Turns under one label that are one person's or nobody's; under a role, only those in which one name is heard."""

    label: str | None
    #: the best full name that the text gives
    heard: str | None
    person_id: int | None
    person: str | None
    turns: tuple[int, ...]
    #: CHAIR, NEW SPEAKER or no label: it may be another in the next turn
    is_role: bool


def voices(spoken: Sequence[SpokenTurn]) -> list[LabelVoice]:
    """Return who is heard: those nobody knows first, then in the order in which they first speak."""
    groups: dict[tuple[object, ...], list[SpokenTurn]] = {}
    for spoken_turn in spoken:
        groups.setdefault(_key(spoken_turn.turn), []).append(spoken_turn)
    heard = [_voice(group) for group in groups.values()]
    return sorted(heard, key=lambda voice: voice.person_id is not None)


def _key(turn: Turn) -> tuple[object, ...]:
    if turn.label and is_a_name(turn.label):
        return turn.label, turn.person_id
    return turn.label or turn.seq, turn.person_id, turn.speaker


def _voice(group: Sequence[SpokenTurn]) -> LabelVoice:
    first = group[0]
    name = next((spoken_turn.turn.speaker for spoken_turn in group if spoken_turn.turn.speaker), None)
    seqs = tuple(spoken_turn.turn.seq for spoken_turn in group)
    is_role = not (first.turn.label and is_a_name(first.turn.label))
    return LabelVoice(first.turn.label, name, first.turn.person_id, first.person, seqs, is_role)


def turn(session: Session, transcript_id: int | None, seq: int) -> SpokenTurn | None:
    """Return one turn of a transcript."""
    return next((spoken_turn for spoken_turn in spoken(session, transcript_id) if spoken_turn.turn.seq == seq), None)


def joined(session: Session, transcript_id: int | None) -> dict[int, list[JoinedTurn]]:
    """Return what turns were before they were joined to others, by the number of those."""
    rows = session.exec(
        select(JoinedTurn, Turn.seq)
        .join(Turn, col(JoinedTurn.turn_id) == col(Turn.id))
        .where(col(JoinedTurn.transcript_id) == transcript_id)
        .order_by(col(JoinedTurn.start))
    )
    joined_by_turn: dict[int, list[JoinedTurn]] = {}
    for row, seq in rows:
        joined_by_turn.setdefault(seq, []).append(row)
    return joined_by_turn


def people(session: Session, body_id: int) -> list[tuple[int, str]]:
    """Return whom a register's secretariat may say is speaking, by name: its own people, and those of no register."""
    heard = sa.select(col(Turn.person_id)).join(Transcript).join(Meeting).where(col(Meeting.body_id) == body_id)
    labelled = sa.select(col(Label.person_id)).where(col(Label.register_id) == body_id)
    of_body = sa.or_(col(Body.id) == body_id, col(Body.parent_id) == body_id)
    serving = sa.select(col(Term.person_id)).join(Body, col(Term.body_id) == col(Body.id)).where(of_body)
    number = col(Person.id)
    own: sa.CompoundSelect[tuple[int]] = sa.union(heard.where(col(Turn.person_id).is_not(None)), labelled, serving)
    # People of no register at all are offered too: else nobody could be the first to name them.
    anybody_s = sa.select(col(Turn.person_id)).where(col(Turn.person_id).is_not(None))
    somewhere: sa.CompoundSelect[tuple[int]] = sa.union(
        sa.select(col(Label.person_id)), sa.select(col(Term.person_id)), anybody_s
    )
    rows = session.exec(
        select(Person.id, Person.name)
        .where(sa.or_(number.in_(with_keepers(_numbers(own))), number.not_in(with_keepers(_numbers(somewhere)))))
        .where(col(Person.merged_into_id).is_(None), col(Person.erased_on).is_(None))
        .order_by(col(Person.name), number)
    )
    return [(number, name) for number, name in rows if number is not None]


def _numbers(every: sa.CompoundSelect[tuple[int]]) -> sa.Select[tuple[int]]:
    """Return the union as a plain statement: SQLite takes no union within another."""
    return sa.select(every.subquery().c[0])


def passages_of(session: Session, body_id: int, person: Person, sight: Sight, *, most: int) -> list[Quote]:
    """Return the person's passages that the reader may see, the latest meeting first: two statements."""
    passage_ids = session.exec(
        select(Passage.id)
        .join(Transcript, col(Transcript.id) == col(Passage.transcript_id))
        .join(Meeting, col(Meeting.id) == col(Transcript.meeting_id))
        .where(
            col(Passage.speaker_id).in_(records_of(person.id)),
            col(Meeting.body_id) == body_id,
            may_read_meeting(sight),
        )
        .order_by(col(Meeting.starts_on).desc(), col(Passage.start))
        .limit(most)
    ).all()
    cut_quotes = quotes(session, [number for number in passage_ids if number], sight)
    return [cut_quotes[number] for number in passage_ids if number in cut_quotes and cut_quotes[number].words]


def speakers_of_unknown_group(session: Session, transcript_ids: Collection[int | None]) -> int:
    """Return how many who spoke in these transcripts are of no known stakeholder group; authors of documents apart.

    Who is not recognised counts by the name as printed; a turn without one counts for nobody.
    """
    numbers = [number for number in transcript_ids if number]
    if numbers:
        return int(rows(session, _COUNTED, transcripts=numbers)[0][0])
    return 0
