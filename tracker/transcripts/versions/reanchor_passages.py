"""A corrected transcript came: every passage of the earlier versions gets its place in it, or is told to be lost."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.db import forget, insert_all, rows, update_all
from tracker.history import Actor, free_numbers, leave
from tracker.history_verbs import Verb
from tracker.meetings.models import Meeting
from tracker.transcripts.models import Anchor, AnchorState, Correction, Passage, Transcript, Turn
from tracker.transcripts.passages import Citation, cite, cite_all
from tracker.transcripts.text_positions import Span, place_holding
from tracker.transcripts.versions.align_words import WordRun
from tracker.transcripts.versions.newest_places import newest_place, of_same_text
from tracker.transcripts.versions.place_passages import Alignment, FoundPlace, find_place, guess_places, is_worth_asking
from tracker.transcripts.versions.text_differences import Sentences, count_sentences

LOST = (AnchorState.LOST, AnchorState.GONE)


class SpokenRange(NamedTuple):
    """Characters that one person speaks."""

    start: int
    end: int
    person_id: int | None


def earlier_version(session: Session, transcript: Transcript) -> Transcript | None:
    """Return the version before this one."""
    before = *of_same_text(transcript), col(Transcript.number) < transcript.number
    return session.exec(select(Transcript).where(*before).order_by(col(Transcript.number).desc())).first()


def aligned(session: Session, transcript: Transcript, runs: Iterable[WordRun] | None = None) -> Alignment | None:
    """Return the version before put beside this one; `runs` are what a reader of the file has found already."""
    earlier = earlier_version(session, transcript)
    if earlier:
        return Alignment(earlier.text, transcript.text, runs)
    return None


def reanchor(
    session: Session, transcript: Transcript, alignment: Alignment | None, *, by: Actor, now: datetime
) -> dict[AnchorState, int]:
    """Find the passages of earlier versions that have no place in this one yet; return how many became what.

    A passage keeps its number and its file: what cites it stays true, and its successor shows the newest words.
    """
    earlier = earlier_version(session, transcript)
    if earlier is None or alignment is None:
        return {}
    if session.get(Correction, transcript.id) is None:
        session.add(_correction(session, transcript, earlier, alignment))
    counted: Counter[AnchorState] = Counter()
    for number, places in _unanchored(session, transcript).items():
        beside = alignment
        if number != earlier.id:  # found in an older version only: put beside this one anew
            beside = _beside(session, number, transcript)
        counted.update(_anchor(session, transcript, beside, places))
    if counted:
        body_id = session.get_one(Meeting, transcript.meeting_id).body_id
        after = {state.value: count for state, count in counted.items()}
        leave(session, transcript, Verb.PASSAGES_REANCHORED, by=by, now=now, body_id=body_id, after=after)
    return dict(counted)


def speeches(session: Session, transcript: Transcript) -> list[Span]:
    """Return where people speak in a transcript."""
    turns = select(Turn.start, Turn.end).where(col(Turn.transcript_id) == transcript.id).order_by(col(Turn.seq))
    return [Span(start, end) for start, end in session.exec(turns)]


def set_successor(session: Session, transcript: Transcript, anchor: Anchor, span: Span | None) -> None:
    """Give an anchor its successor, or none, and say of the passage whether it is lost."""
    passage = session.get_one(Passage, anchor.passage_id)
    anchor.moved_to_id = _successor(session, transcript, passage, span) if span else None
    passage.is_lost = anchor.state in LOST
    session.add(anchor)


def _correction(session: Session, transcript: Transcript, earlier: Transcript, alignment: Alignment) -> Correction:
    counts = sentence_counts(alignment, tuple(speeches(session, earlier)), tuple(speeches(session, transcript)))
    return Correction(transcript_id=transcript.id, earlier_id=earlier.id, **asdict(counts))


def sentence_counts(alignment: Alignment, earlier: tuple[Span, ...], later: tuple[Span, ...]) -> Sentences:
    """Return how many sentences became what, counted once."""
    return alignment.remember(("sentences", earlier, later), lambda: count_sentences(alignment, earlier, later))


class _Standing(NamedTuple):
    """A passage of an earlier version, and where it stands in the latest one that has it."""

    id: int
    speaker_id: int | None
    moved_from_id: int | None
    is_lost: bool
    start: int
    end: int


def _unanchored(session: Session, transcript: Transcript) -> dict[int, list[_Standing]]:
    """Return passages of earlier versions that have no anchor in this one, by the version they stand in now."""
    place = aliased(Passage)
    version = aliased(Transcript)
    anchored = select(Anchor.id).where(
        col(Anchor.passage_id) == col(Passage.id), col(Anchor.transcript_id) == transcript.id
    )
    by_version: dict[int, list[_Standing]] = defaultdict(list)
    statement = (
        sa.select(
            col(place.transcript_id), col(Passage.id), col(Passage.speaker_id), col(Passage.moved_from_id),
            col(Passage.is_lost), col(place.start), col(place.end),
        )
        .join(Transcript, col(Passage.transcript_id) == col(Transcript.id))
        .join(place, col(place.id) == newest_place())
        .join(version, col(place.transcript_id) == col(version.id))
        .where(*of_same_text(transcript), col(version.number) < transcript.number)
        .where(col(Transcript.number) < transcript.number, ~anchored.exists())
        .order_by(col(Passage.id))
    )  # fmt: skip
    for number, *standing in rows(session, statement):
        by_version[number].append(_Standing(*standing))
    return by_version


def passages_now_in(session: Session, transcript: Transcript) -> list[Span]:
    """Return where the passages of a version and of those before stand in it now: what the next version asks for."""
    place = aliased(Passage)
    places = session.exec(
        select(Passage.id, place.start, place.end)
        .join(Transcript, col(Passage.transcript_id) == col(Transcript.id))
        .join(place, col(place.id) == newest_place())
        .where(*of_same_text(transcript), col(place.transcript_id) == transcript.id)
        .order_by(col(Passage.id))
    )
    return [Span(start, end) for _id, start, end in places]


def _beside(session: Session, number: int, transcript: Transcript) -> Alignment:
    return Alignment(session.get_one(Transcript, number).text, transcript.text)


def _anchor(
    session: Session, transcript: Transcript, alignment: Alignment, passages: Sequence[_Standing]
) -> Counter[AnchorState]:
    """Say where these passages stand now: there may be thousands, so by statements and not by objects."""
    spans = [Span(passage.start, passage.end) for passage in passages]
    places = later_places(alignment, spans, speeches(session, transcript))
    # Only a sure place gets a successor: nothing doubtful is shown before a person has said so.
    sure = [(passage, place.span) for passage, place in zip(passages, places, strict=True) if place and place.is_sure]
    successors = _successors(session, transcript, sure)
    anchors = [
        _anchored(transcript, passage.id, place, successors.get(passage.id))
        for passage, place in zip(passages, places, strict=True)
    ]
    # All rows in one statement: a corrected transcript of a day has thousands of passages.
    numbers = free_numbers(session, Anchor, len(anchors))
    insert_all(session, Anchor, [{"id": number, **anchor} for number, anchor in zip(numbers, anchors, strict=True)])
    lost = {anchor["passage_id"]: anchor["state"] in LOST for anchor in anchors}
    changed = [passage.id for passage in passages if passage.is_lost != lost[passage.id]]
    update_all(session, Passage, [{"id": number, "is_lost": lost[number]} for number in changed])
    forget(session, Passage)
    return Counter(anchor["state"] for anchor in anchors)


def later_places(alignment: Alignment, passages: Sequence[Span], speeches: Sequence[Span]) -> list[FoundPlace | None]:
    """Return where passages of the version before stand in this one; each is looked for once."""
    spoken = tuple(speeches)
    key = alignment.remember(("speeches", spoken), object)  # what was looked for among these speeches
    places = [alignment.remember((key, span), lambda span=span: _found(alignment, span, spoken)) for span in passages]  # type: ignore[misc]
    within = [passage.end <= _length(alignment) for passage in passages]
    missing = [number for number, place in enumerate(places) if place is None and within[number]]
    lost = tuple(passages[number] for number in missing)
    for number, guessed in alignment.remember((key, lost), lambda: guess_places(alignment, lost, spoken)).items():
        places[missing[number]] = guessed
    return places


def _length(alignment: Alignment) -> int:
    return len(alignment.old_text)


def _found(alignment: Alignment, span: Span, spoken: Sequence[Span]) -> FoundPlace | None:
    """Return the place; a passage beyond its text has none, and one with hardly a word in common neither."""
    if span.end > _length(alignment):
        return None
    place = find_place(alignment, span, spoken)
    if place and (place.is_sure or is_worth_asking(place)):
        return place
    return None


def _anchored(
    transcript: Transcript, passage_id: int, place: FoundPlace | None, successor: int | None
) -> dict[str, Any]:
    state = _state(place)
    anchor: dict[str, Any] = {
        "passage_id": passage_id,
        "transcript_id": transcript.id,
        "found": state,
        "state": state,
        "moved_to_id": successor,
        "start": None,
        "end": None,
        "likeness": 0.0,
        "version": 1,
    }
    if place:
        anchor |= {"start": place.span.start, "end": place.span.end, "likeness": place.likeness}
    return anchor


def _state(place: FoundPlace | None) -> AnchorState:
    if place is None:
        return AnchorState.LOST
    # The order is that of what a person must do: look first at what may be wrong.
    if not place.is_sure:
        return AnchorState.DOUBTFUL
    if not place.is_unchanged:
        return AnchorState.CHANGED
    if place.is_moved:
        return AnchorState.MOVED
    return AnchorState.UNCHANGED


def _successor(session: Session, transcript: Transcript, passage: Passage, span: Span) -> int | None:
    """Return the passage there; who speaks is who speaks in its turn, else whom the earlier one had."""
    holds = col(Turn.start) <= span.start, col(Turn.end) > span.start
    person = session.exec(select(Turn.person_id).where(col(Turn.transcript_id) == transcript.id, *holds)).first()
    successor = cite(session, transcript.sha256, span.start, span.end, person or passage.speaker_id)
    # Always the first of them all: a chain of versions would be walked one by one.
    if successor.moved_from_id is None:
        successor.moved_from_id = passage.moved_from_id or passage.id
    return successor.id


def _successors(session: Session, transcript: Transcript, places: Sequence[tuple[_Standing, Span]]) -> dict[int, int]:
    """Return for each passage the one that follows it here, as `_successor` does for one."""
    spoken = select(Turn.start, Turn.end, Turn.person_id).where(col(Turn.transcript_id) == transcript.id)
    turns = [SpokenRange(*turn) for turn in session.exec(spoken.order_by(col(Turn.start)))]
    cited = []
    for passage, span in places:
        person = None
        turn = place_holding(turns, span.start)
        if turn is not None:
            person = turns[turn].person_id
        first = passage.moved_from_id or passage.id
        cited.append(Citation(span.start, span.end, person or passage.speaker_id, first))
    numbers = cite_all(session, transcript, cited)
    return {passage.id: number for (passage, _span), number in zip(places, numbers, strict=True)}
