"""Speakers that were settled in an earlier version of a transcript are settled in the corrected one too."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.people.models import Person
from tracker.transcripts.models import Transcript, Turn
from tracker.transcripts.speakers.attribution import give, register_of, turns_of
from tracker.transcripts.speakers.printed_names import Name, given_alike, parse, same_sex, surnames_alike
from tracker.transcripts.text_positions import Ranged, Span, place_holding
from tracker.transcripts.versions.place_passages import Alignment
from tracker.transcripts.versions.reanchor_passages import earlier_version

#: part of the words of a turn, or of the one it was, that both have when they are one
ENOUGH = 0.6
#: what a person noted of how somebody spoke
SPOKEN_AS = ("capacity", "capacity_of", "channel", "is_reporting")


def carry_speakers(
    session: Session, transcript: Transcript, alignment: Alignment | None, *, by: Actor, now: datetime
) -> int:
    """Give turns that are nobody's to whom they were given in the version before; return how many.

    A turn whose label now names somebody else keeps to its label: there the correction is of the speaker. In what
    capacity somebody spoke goes along with him.
    """
    earlier = earlier_version(session, transcript)
    if earlier is None or alignment is None:
        return 0
    before = turns_of(session, earlier)
    people = _people(session, before)
    body_id = register_of(session, transcript)
    given: dict[int | None, list[Turn]] = defaultdict(list)
    spoken_as = []
    turns = turns_of(session, transcript)
    for turn, place in zip(turns, earlier_places(alignment, spans_of(turns), spans_of(before)), strict=True):
        if place is None:
            continue
        was = before[place]
        is_given = _is_his(turn, was, people)
        if is_given:
            given[was.person_id].append(turn)
        if was.capacity is not None and (is_given or was.person_id == turn.person_id):
            spoken_as.append(_spoken_as(turn, was))
    for person_id, turns in given.items():
        give(session, transcript, turns, people[person_id], by=by, now=now)
    if spoken_as:
        after = {"turns": spoken_as, "version": earlier.number}
        leave(session, transcript, Verb.CAPACITIES_CARRIED_OVER, by=by, now=now, body_id=body_id, after=after)
    return sum(map(len, given.values()))


def _spoken_as(turn: Turn, was: Turn) -> int:
    """Note in what capacity somebody spoke, as it was noted before; return the turn's number."""
    for name in SPOKEN_AS:
        setattr(turn, name, getattr(was, name))
    return turn.seq


def _people(session: Session, turns: Sequence[Turn]) -> dict[int | None, Person]:
    people = select(Person).where(col(Person.id).in_({turn.person_id for turn in turns} - {None}))
    return {person.id: person for person in session.exec(people)}


def spans_of(turns: Iterable[Ranged]) -> tuple[Span, ...]:
    """Return where these turns stand."""
    return tuple(Span(turn.start, turn.end) for turn in turns)


def earlier_places(alignment: Alignment, turns: tuple[Span, ...], before: tuple[Span, ...]) -> Sequence[int | None]:
    """Return for each turn which one of the version before it was, if any."""
    source = ("turns", turns, before)
    return alignment.remember(source, lambda: [_earlier_place(alignment, turn, before) for turn in turns])


def _earlier_place(alignment: Alignment, turn: Span, before: Sequence[Span]) -> int | None:
    """Return the turn of the version before that has most of this one's words, if these are enough."""
    here = alignment.new.within(turn.start, turn.end)
    came = [alignment.back[place] for place in here if alignment.came_unchanged(place)]
    counted = Counter(place_holding(before, alignment.old.starts[place]) for place in came)
    counted.pop(None, None)
    if not counted:
        return None
    place, shared = counted.most_common(1)[0]
    was = before[place or 0]
    there = alignment.old.within(was.start, was.end)
    if shared >= ENOUGH * max(1, min(len(here), len(there))):
        return place
    return None


def _is_his(turn: Turn, was: Turn, people: Mapping[int | None, Person]) -> bool:
    """Tell whether a turn that is nobody's is that person's who had it before."""
    before = people.get(was.person_id)
    return turn.person_id is None and before is not None and _may_be(turn.label, was, before.name)


def _may_be(label: str | None, was: Turn, name: str) -> bool:
    """Tell whether who stands under this label may be that person: none is named, or he is, however it is spelt."""
    named = parse(label) if label else None
    if named is None or named.role:
        return True
    return any(_alike(named, parse(other)) for other in (was.label, name) if other)


def _alike(one: Name, other: Name) -> bool:
    if not one.surname or not other.surname or not same_sex(one, other):
        return False
    given = one.given is None or other.given is None or given_alike(one.given, other.given)
    return given and surnames_alike(one.surname, other.surname)
