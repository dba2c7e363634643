"""Speakers that were settled in an earlier version of a transcript are settled in the corrected one too."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple, cast

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.db import forget, rows, update_all
from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.people.models import Person
from tracker.transcripts.models import Passage, Transcript, Turn
from tracker.transcripts.speakers.attribution import leave_assignment, register_of
from tracker.transcripts.speakers.printed_names import Name, given_alike, parse, same_sex, surnames_alike
from tracker.transcripts.text_positions import Ranged, Span, place_holding
from tracker.transcripts.versions.place_passages import Alignment
from tracker.transcripts.versions.reanchor_passages import earlier_version

#: part of the words of a turn, or of the one it was, that both have when they are one
ENOUGH = 0.6
#: what a person noted of how somebody spoke
SPOKEN_AS = ("capacity", "capacity_of", "channel", "is_reporting")


class _Spoken(NamedTuple):
    """A turn as far as it is carried over: there may be thousands, too many to load as objects within a write."""

    id: int
    seq: int
    label: str | None
    person_id: int | None
    version: int
    start: int
    end: int
    capacity: str | None
    capacity_of: str | None
    channel: str | None
    is_reporting: bool | None


_SPOKEN = (
    sa.select(*(getattr(Turn, name) for name in _Spoken._fields))
    .where(col(Turn.transcript_id) == sa.bindparam("transcript"))
    .order_by(col(Turn.start))
)
_PASSAGES = sa.select(col(Passage.id), col(Passage.start)).where(col(Passage.sha256) == sa.bindparam("sha256"))


def carry_speakers(
    session: Session, transcript: Transcript, alignment: Alignment | None, *, by: Actor, now: datetime
) -> int:
    """Give turns that are nobody's to whom they were given in the version before; return how many.

    A turn whose label now names somebody else keeps to its label: there the correction is of the speaker. In what
    capacity somebody spoke goes along with them.
    """
    earlier = earlier_version(session, transcript)
    if earlier is None or alignment is None:
        return 0
    before = _spoken(session, earlier)
    turns = _spoken(session, transcript)
    people = _people(session, before)
    turns_by_person: dict[int, list[_Spoken]] = defaultdict(list)
    spoken_as: list[tuple[_Spoken, _Spoken]] = []
    for turn, place in zip(turns, earlier_places(alignment, spans_of(turns), spans_of(before)), strict=True):
        if place is None:
            continue
        was = before[place]
        is_given = _is_theirs(turn, was, people)
        if is_given and was.person_id is not None:
            turns_by_person[was.person_id].append(turn)
        if was.capacity is not None and (is_given or was.person_id == turn.person_id):
            spoken_as.append((turn, was))
    # One line of history for each person, as if somebody had assigned their turns: each can be undone by itself.
    _give(session, transcript, turns_by_person)
    for person_id, theirs in turns_by_person.items():
        whose = {turn.seq: turn.person_id for turn in theirs}
        leave_assignment(session, transcript, whose, person_id, theirs[0].label, by=by, now=now)
    if spoken_as:
        _speak_as(session, spoken_as)
        after = {"turns": [turn.seq for turn, _was in spoken_as], "version": earlier.number}
        body_id = register_of(session, transcript)
        leave(session, transcript, Verb.CAPACITIES_CARRIED_OVER, by=by, now=now, body_id=body_id, after=after)
    forget(session, Turn, Passage)
    return sum(map(len, turns_by_person.values()))


def _spoken(session: Session, transcript: Transcript) -> list[_Spoken]:
    return [_Spoken(*row) for row in rows(session, _SPOKEN, transcript=transcript.id)]


def _give(session: Session, transcript: Transcript, turns_by_person: Mapping[int, Sequence[_Spoken]]) -> None:
    """Write people into their turns, and into the passages cut from these."""
    pairs = [(turn, person) for person, turns in turns_by_person.items() for turn in turns]
    theirs = sorted(pairs, key=lambda pair: pair[0].start)
    update_all(
        session, Turn, [{"id": turn.id, "person_id": person, "version": turn.version + 1} for turn, person in theirs]
    )
    spans = [turn for turn, _person in theirs]
    passages = rows(session, _PASSAGES, sha256=transcript.sha256)
    held = [(passage.id, place_holding(spans, passage.start)) for passage in passages]
    spoken = [{"id": number, "speaker_id": theirs[place][1]} for number, place in held if place is not None]
    update_all(session, Passage, spoken)


def _speak_as(session: Session, spoken_as: Sequence[tuple[_Spoken, _Spoken]]) -> None:
    """Note in what capacity somebody spoke, as it was noted before."""
    changed = [{"id": turn.id, **{name: getattr(was, name) for name in SPOKEN_AS}} for turn, was in spoken_as]
    update_all(session, Turn, changed)


def _people(session: Session, turns: Sequence[_Spoken]) -> dict[int | None, str]:
    """Return the names of those whose these turns are."""
    numbers = {turn.person_id for turn in turns} - {None}
    return dict(session.exec(select(Person.id, Person.name).where(col(Person.id).in_(numbers))).all())


def spans_of(turns: Iterable[Ranged]) -> tuple[Span, ...]:
    """Return where these turns stand."""
    return tuple(Span(turn.start, turn.end) for turn in turns)


def earlier_places(alignment: Alignment, turns: tuple[Span, ...], before: tuple[Span, ...]) -> Sequence[int | None]:
    """Return for each turn which one of the version before it was, if any."""
    source = ("turns", turns, before)
    return alignment.remember(source, lambda: [_earlier_place(alignment, turn, before) for turn in turns])


def _earlier_place(alignment: Alignment, turn: Span, before: Sequence[Span]) -> int | None:
    """Return the turn of the version before that has most of this one's words, if these are enough."""
    words = alignment.new.within(turn.start, turn.end)
    unchanged_places = [alignment.back[place] for place in words if alignment.came_unchanged(place)]
    counted = Counter(place_holding(before, alignment.old.starts[place]) for place in unchanged_places)
    counted.pop(None, None)  # words that nobody spoke: between the turns
    if not counted:
        return None
    place, shared = counted.most_common(1)[0]
    was = before[cast(int, place)]
    earlier_words = alignment.old.within(was.start, was.end)
    if shared >= ENOUGH * max(1, min(len(words), len(earlier_words))):
        return place
    return None


def _is_theirs(turn: _Spoken, was: _Spoken, people: Mapping[int | None, str]) -> bool:
    """Tell whether a turn that is nobody's is that person's who had it before."""
    name = people.get(was.person_id)
    return turn.person_id is None and name is not None and _may_be(turn.label, was.label, name)


@lru_cache(maxsize=1_000)  # the same few labels in thousands of turns
def _may_be(label: str | None, before: str | None, name: str) -> bool:
    """Tell whether who stands under this label may be that person: none is named, or they are, however spelt."""
    if not label:
        return True
    named = parse(label)
    if named.role:
        return True
    return any(_alike(named, parse(other)) for other in (before, name) if other)


def _alike(name: Name, other: Name) -> bool:
    if not name.surname or not other.surname or not same_sex(name, other):
        return False
    givens_agree = name.given is None or other.given is None or given_alike(name.given, other.given)
    return givens_agree and surnames_alike(name.surname, other.surname)
