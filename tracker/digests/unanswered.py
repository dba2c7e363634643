"""What a body's first person has not answered in two digests: the second person is told, once, and history says so.

An answer is anything that the first person did with the item since the digest that told them of it.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.db import UTCDateTime, rows
from tracker.digests.content import Facts
from tracker.digests.models import Digest
from tracker.digests.parts import DigestContent, DutyStage, SectionKind, Unanswered
from tracker.digests.reader import DigestReader
from tracker.history import Actor, ChangeWay, Event, leave
from tracker.history_queries import key_number
from tracker.history_verbs import Verb
from tracker.items.models import Item
from tracker.items.party_models import Ownership, OwnerState
from tracker.mail.models import MailState, Outgoing
from tracker.people.models import Frequency, Party, Person, Subscription

#: digests without an answer after which the second person is told
PATIENCE = 2
#: digests of longer ago no longer count
REMEMBERED = timedelta(days=180)


class FirstPerson(NamedTuple):
    """Somebody who answers for a body before its second person does, and who gets digests."""

    id: int
    name: str


@dataclass(frozen=True)
class SecondedDuty:
    """A request to own, or an ownership, of which the reader is the second person."""

    ownership_id: int
    item_id: int
    reader_id: int
    is_request: bool
    firsts: tuple[FirstPerson, ...]

    @property
    def stage(self) -> DutyStage:
        """Return how the digests of the first person tell of it."""
        if self.is_request:
            return DutyStage.REQUESTED
        return DutyStage.LATE

    @property
    def key(self) -> tuple[int, int, bool]:
        """Return what it is told once for."""
        return self.ownership_id, self.reader_id, self.is_request


def with_unanswered(
    session: Session, readers: Sequence[DigestReader], until: datetime, facts: Mapping[int, Facts]
) -> dict[int, Facts]:
    """Return the facts, by person: what they second is not theirs to answer, but for what the first did not."""
    seconded: dict[int, list[SecondedDuty]] = defaultdict(list)
    for duty in _seconded(session, readers):
        seconded[duty.reader_id].append(duty)
    pressing = [duty for of_reader in seconded.values() for duty in of_reader if _presses(duty, facts[duty.reader_id])]
    unanswered = _unanswered(session, pressing, until)
    return {
        reader.id: replace(
            facts[reader.id],
            seconded=frozenset(duty.item_id for duty in seconded[reader.id]),
            unanswered={duty.item_id: unanswered[duty.key] for duty in seconded[reader.id] if duty.key in unanswered},
        )
        for reader in readers
    }


def _presses(duty: SecondedDuty, facts: Facts) -> bool:
    if duty.is_request:
        return duty.item_id in facts.requests
    return duty.item_id in facts.owed and facts.lines[duty.item_id].is_overdue


def _seconded(session: Session, readers: Sequence[DigestReader]) -> list[SecondedDuty]:
    """Return what these readers only second: somebody who gets digests answers for it before them."""
    people = [reader.id for reader in readers]
    keepers = {person_id: person_id for person_id in people} | dict(rows(session, _MERGED, people=people))
    parties = [party_id for (party_id,) in rows(session, _SECONDED_PARTIES, records=list(keepers))]
    duty_rows = rows(session, _DUTIES, records=list(keepers), parties=parties)
    if not duty_rows:
        return []
    readers_of_digests = _who_get_digests(session, {number for row in duty_rows for number in _firsts(row)})
    duties = []
    for row in duty_rows:
        firsts = tuple(readers_of_digests[number] for number in _firsts(row) if number in readers_of_digests)
        reader_id = keepers.get(row.own_second or row.party_second)
        is_first = reader_id in {first.id for first in firsts}
        if reader_id is not None and firsts and not is_first:
            is_request = row.state is OwnerState.REQUESTED
            duties.append(SecondedDuty(row.id, row.item_id, reader_id, is_request, firsts))
    return duties


def _firsts(row: Any) -> list[int]:
    return [number for number in (row.answers_for_id, row.steward_id) if number is not None]


_MERGED = sa.select(col(Person.id), col(Person.merged_into_id)).where(
    col(Person.merged_into_id).in_(sa.bindparam("people", expanding=True))
)
_SECONDED_PARTIES = sa.select(col(Party.id)).where(col(Party.second_id).in_(sa.bindparam("records", expanding=True)))
_DUTIES: Any = (
    sa.select(
        col(Ownership.id),
        col(Ownership.item_id),
        col(Ownership.state),
        col(Ownership.answers_for_id),
        col(Ownership.second_id).label("own_second"),
        col(Party.steward_id),
        col(Party.second_id).label("party_second"),
    )
    .join(Party, col(Party.id) == col(Ownership.party_id))
    .where(col(Ownership.state).in_((OwnerState.REQUESTED, OwnerState.ACCEPTED)))
    .where(
        sa.or_(
            col(Ownership.second_id).in_(sa.bindparam("records", expanding=True)),
            col(Ownership.party_id).in_(sa.bindparam("parties", expanding=True)),
        )
    )
    .order_by(col(Ownership.id))
)


def _who_get_digests(session: Session, records: Collection[int]) -> dict[int, FirstPerson]:
    """Return by record those people who have an address and have not stopped their digests."""
    seconds = rows(session, _READING, records=list(records))
    return {row.record: FirstPerson(row.id, row.name) for row in seconds}


_RECORD = aliased(Person)
_READING: Any = (
    sa.select(col(_RECORD.id).label("record"), col(Person.id), col(Person.name))
    .select_from(_RECORD)
    .join(Person, col(Person.id) == sa.func.coalesce(col(_RECORD.merged_into_id), col(_RECORD.id)))
    .join(Subscription, col(Subscription.person_id) == col(Person.id))
    .where(col(_RECORD.id).in_(sa.bindparam("records", expanding=True)))
    .where(col(Person.email).is_not(None), col(Person.erased_on).is_(None))
    .where(col(Subscription.frequency) != Frequency.NEVER)
)


def _unanswered(
    session: Session, duties: Sequence[SecondedDuty], until: datetime
) -> dict[tuple[int, int, bool], Unanswered]:
    """Return those of these that no first person answered, and of which no digest has told the second yet."""
    if not duties:
        return {}
    digests = _digests_of(session, {first.id for duty in duties for first in duty.firsts}, until)
    answers = _last_answers(session, duties)
    already_told = _told_already(session, duties)
    unanswered = {}
    for duty in duties:
        answered_at = max((at for first in duty.firsts if (at := answers.get((duty.item_id, first.id)))), default=None)
        counts = {first: _count(digests[first.id], duty, answered_at) for first in duty.firsts}
        first, number = max(counts.items(), key=lambda pair: pair[1])
        if number >= PATIENCE and duty.key not in already_told:
            unanswered[duty.key] = Unanswered(first.name, number, duty.ownership_id, duty.is_request)
    return unanswered


def _count(digests: Sequence[Any], duty: SecondedDuty, since: datetime | None) -> int:
    """Return in how many digests the first person was told of it since then."""
    telling = [row for row in digests if (row.stages or {}).get(str(duty.item_id)) == duty.stage]
    return sum(since is None or row.window_to > since for row in telling)


def _digests_of(session: Session, people: Collection[int], until: datetime) -> Mapping[int, list[Any]]:
    by_person: dict[int, list[Any]] = defaultdict(list)
    values = {"people": list(people), "since": until - REMEMBERED, "until": until}
    for row in rows(session, _SENT, **values):
        by_person[row.person_id].append(row)
    return by_person


_SENT = (
    sa.select(col(Digest.person_id), col(Digest.window_to), col(Digest.content)["stages"].label("stages"))
    .join(Outgoing, col(Outgoing.id) == col(Digest.outgoing_id))
    .where(col(Digest.person_id).in_(sa.bindparam("people", expanding=True)))
    .where(col(Digest.window_to) > sa.bindparam("since", type_=UTCDateTime()))
    .where(col(Digest.window_to) <= sa.bindparam("until", type_=UTCDateTime()))
    .where(col(Outgoing.state) == MailState.SENT)
)


def _last_answers(session: Session, duties: Sequence[SecondedDuty]) -> dict[tuple[int, int], datetime]:
    """Return when each first person last did something with each item, by item and person."""
    statement = (
        select(Event.subject, Event.actor, sa.func.max(col(Event.at)))
        .where(col(Event.subject).in_({f"item:{duty.item_id}" for duty in duties}))
        .where(col(Event.actor).in_({f"person:{first.id}" for duty in duties for first in duty.firsts}))
        .group_by(col(Event.subject), col(Event.actor))
    )
    return {(key_number(subject), key_number(actor)): at for subject, actor, at in session.exec(statement)}


def _told_already(session: Session, duties: Sequence[SecondedDuty]) -> set[tuple[int, int, bool]]:
    """Return what the second person was told in a digest that was sent."""
    subjects = {f"item:{duty.item_id}" for duty in duties}
    of_items = select(Event).where(col(Event.subject).in_(subjects), col(Event.verb) == Verb.SECOND_PERSON_TOLD)
    events = session.exec(of_items).all()
    digests = {event.after["digest"] for event in events}
    sent = set(
        session.exec(select(Outgoing.id).where(col(Outgoing.id).in_(digests), col(Outgoing.state) == MailState.SENT))
    )
    return {
        (event.after["ownership"], event.after["person"], event.after["is_request"])
        for event in events
        if event.after["digest"] in sent
    }


def record_told(session: Session, content: DigestContent, reader_id: int, digest_id: int, now: datetime) -> None:
    """Let the history of each item say that this digest tells the second person of it; a second call adds nothing."""
    lines = [line for section in content.of_kind(SectionKind.UNANSWERED) for line in section.lines]
    for line in lines:
        case = line.unanswered
        assert case is not None  # or it would stand in another section
        after = {
            "person": reader_id,
            "ownership": case.ownership_id,
            "is_request": case.is_request,
            "digest": digest_id,
        }
        if not _is_recorded(session, line.item_id, after):
            item = session.get_one(Item, line.item_id)
            by = Actor(None, ChangeWay.JOB)
            leave(session, item, Verb.SECOND_PERSON_TOLD, by=by, now=now, body_id=item.body_id, after=after)


def _is_recorded(session: Session, item_id: int, after: Mapping[str, Any]) -> bool:
    subject = f"item:{item_id}"
    of_item = select(Event).where(col(Event.subject) == subject, col(Event.verb) == Verb.SECOND_PERSON_TOLD)
    return any(event.after == after for event in session.exec(of_item))
