"""A corrected transcript came: every passage of the earlier versions gets its place in it, or is told to be lost."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.meetings.models import Meeting
from tracker.transcripts.models import Anchor, AnchorState, Correction, Passage, Transcript, Turn
from tracker.transcripts.passages import cite, cite_all
from tracker.transcripts.text_positions import Span, place_holding
from tracker.transcripts.versions.align_words import WordRun
from tracker.transcripts.versions.newest_places import newest_place, of_same_text
from tracker.transcripts.versions.place_passages import Alignment, FoundPlace, find, guess, is_worth_asking
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
        beside = alignment if number == earlier.id else _beside(session, number, transcript)
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


def put(session: Session, transcript: Transcript, anchor: Anchor, span: Span | None) -> None:
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


def _unanchored(session: Session, transcript: Transcript) -> dict[int, list[tuple[Passage, Passage]]]:
    """Return passages of earlier versions without a place here, each with its latest place, by the version of that."""
    place = aliased(Passage)
    version = aliased(Transcript)
    there = select(Anchor.id).where(
        col(Anchor.passage_id) == col(Passage.id), col(Anchor.transcript_id) == transcript.id
    )
    rows = session.exec(
        select(Passage, place)
        .join(Transcript, col(Passage.transcript_id) == col(Transcript.id))
        .join(place, col(place.id) == newest_place())
        .join(version, col(place.transcript_id) == col(version.id))
        .where(*of_same_text(transcript), col(version.number) < transcript.number)
        .where(col(Transcript.number) < transcript.number, ~there.exists())
        .order_by(col(Passage.id))
    )
    found: dict[int, list[tuple[Passage, Passage]]] = defaultdict(list)
    for passage, latest in rows:
        found[latest.transcript_id or 0].append((passage, latest))
    return found


def passages_now_in(session: Session, transcript: Transcript) -> list[Span]:
    """Return where the passages of a version and of those before stand in it now: what the next version asks for."""
    place = aliased(Passage)
    rows = session.exec(
        select(Passage.id, place.start, place.end)
        .join(Transcript, col(Passage.transcript_id) == col(Transcript.id))
        .join(place, col(place.id) == newest_place())
        .where(*of_same_text(transcript), col(place.transcript_id) == transcript.id)
        .order_by(col(Passage.id))
    )
    return [Span(start, end) for _id, start, end in rows]


def _beside(session: Session, number: int, transcript: Transcript) -> Alignment:
    return Alignment(session.get_one(Transcript, number).text, transcript.text)


def _anchor(
    session: Session, transcript: Transcript, alignment: Alignment, places: Sequence[tuple[Passage, Passage]]
) -> Counter[AnchorState]:
    found = later_places(
        alignment, [Span(place.start, place.end) for _, place in places], speeches(session, transcript)
    )
    anchors = [_made(transcript, passage, one) for (passage, _), one in zip(places, found, strict=True)]
    sure = [(passage, one.span) for (passage, _), one in zip(places, found, strict=True) if one and one.is_sure]
    successors = _successors(session, transcript, sure)
    for (passage, _), anchor in zip(places, anchors, strict=True):
        anchor.moved_to_id = successors.get(passage.id)
        passage.is_lost = anchor.state in LOST
    session.add_all(anchors)
    session.flush()
    return Counter(anchor.state for anchor in anchors)


def later_places(alignment: Alignment, passages: Sequence[Span], speeches: Sequence[Span]) -> list[FoundPlace | None]:
    """Return where passages of the version before stand in this one; each is looked for once."""
    spoken = tuple(speeches)
    key = alignment.remember(("speeches", spoken), object)  # what was looked for among these speeches
    found = [alignment.remember((key, span), lambda span=span: _found(alignment, span, spoken)) for span in passages]  # type: ignore[misc]
    missing = [number for number, one in enumerate(found) if one is None and passages[number].end <= _length(alignment)]
    lost = tuple(passages[number] for number in missing)
    for place, guessed in alignment.remember((key, lost), lambda: guess(alignment, lost, spoken)).items():
        found[missing[place]] = guessed
    return found


def _length(alignment: Alignment) -> int:
    return len(alignment.old_text)


def _found(alignment: Alignment, span: Span, spoken: Sequence[Span]) -> FoundPlace | None:
    """Return the place; a passage beyond its text has none, and one with hardly a word in common neither."""
    found = find(alignment, span, spoken) if span.end <= _length(alignment) else None
    if found and (found.is_sure or is_worth_asking(found)):
        return found
    return None


def _made(transcript: Transcript, passage: Passage, found: FoundPlace | None) -> Anchor:
    state = _state(found)
    anchor = Anchor(passage_id=passage.id, transcript_id=transcript.id, found=state, state=state)
    if found is not None:
        anchor.start = found.span.start
        anchor.end = found.span.end
        anchor.likeness = found.likeness
    return anchor


def _state(found: FoundPlace | None) -> AnchorState:
    if found is None:
        return AnchorState.LOST
    if not found.is_sure:
        return AnchorState.DOUBTFUL
    if not found.is_unchanged:
        return AnchorState.CHANGED
    if found.is_moved:
        return AnchorState.MOVED
    return AnchorState.UNCHANGED


def _successor(session: Session, transcript: Transcript, passage: Passage, span: Span) -> int | None:
    """Return the passage there; who speaks is who speaks in its turn, else whom the earlier one had."""
    holds = col(Turn.start) <= span.start, col(Turn.end) > span.start
    person = session.exec(select(Turn.person_id).where(col(Turn.transcript_id) == transcript.id, *holds)).first()
    successor = cite(session, transcript.sha256, span.start, span.end, person or passage.speaker_id)
    if successor.moved_from_id is None:
        successor.moved_from_id = passage.moved_from_id or passage.id
    return successor.id


def _successors(
    session: Session, transcript: Transcript, places: Sequence[tuple[Passage, Span]]
) -> dict[int | None, int | None]:
    """Return for each passage the one that follows it here, as `_successor` does for one."""
    turns = [
        SpokenRange(start, end, person)
        for start, end, person in session.exec(
            select(Turn.start, Turn.end, Turn.person_id)
            .where(col(Turn.transcript_id) == transcript.id)
            .order_by(col(Turn.start))
        )
    ]
    cited = []
    for passage, span in places:
        turn = place_holding(turns, span.start)
        person = turns[turn].person_id if turn is not None else None
        cited.append((span.start, span.end, person or passage.speaker_id))
    successors = cite_all(session, transcript, cited)
    for (passage, _span), successor in zip(places, successors, strict=True):
        if successor.moved_from_id is None:
            successor.moved_from_id = passage.moved_from_id or passage.id
    session.flush()
    return {passage.id: successor.id for (passage, _span), successor in zip(places, successors, strict=True)}
