"""A transcript as its page shows it: speeches in order, each passage with what became of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext, lazy_gettext

from tracker.items.models import Relation
from tracker.proposals.models import TriageState
from tracker.transcripts.models import JoinedTurn, Transcript
from tracker.transcripts.queries import SpokenTurn
from tracker.transcripts.speakers.speaking_for import SpokenCapacity, speaking
from tracker.transcripts.speech_runs import Paragraph, set_speeches
from tracker.transcripts.text_positions import Span
from tracker.triage.passage_outcomes import PassageOutcome
from tracker.web.app import route_access
from tracker.web.app.value_words import word

#: longer offsets than any text has are no offsets
AT = re.compile(r"(\d{1,7})-(\d{1,7})")
TOLD = {
    Relation.NEW: lazy_gettext("item %(number)s"),
    Relation.COVERED: lazy_gettext("item %(number)s"),
    Relation.REPEATS: lazy_gettext("repeats item %(number)s"),
    Relation.REFINES: lazy_gettext("refines item %(number)s"),
    Relation.SUPPORTS: lazy_gettext("supports item %(number)s"),
    Relation.OBJECTS: lazy_gettext("objects to item %(number)s"),
    Relation.ANSWERS: lazy_gettext("answers item %(number)s"),
}


@dataclass(frozen=True)
class Tag:
    """What became of a passage: a word, and where there is more of it."""

    text: str
    state: str
    href: str | None = None


@dataclass(frozen=True)
class TurnSpeech:
    """A turn ready to be set."""

    seq: int
    name: str | None
    #: as printed, where that is not the name
    label: str | None
    is_known: bool
    paragraphs: list[Paragraph]
    #: for whom, by which way: as a person said or as it is read
    speaking: SpokenCapacity
    split_from: int | None
    #: numbers of the turns that were joined to it
    joined: list[int]
    #: seconds of the recording
    said_at: int | None


@dataclass(frozen=True)
class ReadingPlace:
    """Where the reader stands among the passages: the numbers count from 1."""

    number: int | None
    count: int
    previous: str | None
    next: str | None


def span_of(at: str | None, text: str) -> Span | None:
    """Return the passage that the address asks for, if the text has such a place."""
    match = AT.fullmatch(at or "")
    if not match:
        return None
    span = Span(int(match[1]), int(match[2]))
    if span.start < span.end <= len(text):
        return span
    return None


def speeches(
    text: str, spoken: Sequence[SpokenTurn], passages: Sequence[Span], joined: Mapping[int, Sequence[JoinedTurn]]
) -> list[TurnSpeech]:
    """Return the turns with their passages marked; passages are known by their place in the list."""
    pages = set_speeches(text, [Span(one.turn.start, one.turn.end) for one in spoken], passages)
    return [
        TurnSpeech(
            seq=one.turn.seq,
            name=one.name,
            label=one.turn.label if one.turn.label != one.name else None,
            is_known=one.person is not None,
            paragraphs=page,
            speaking=speaking(text, one.turn),
            split_from=one.turn.split_from,
            joined=[row.seq for row in joined.get(one.turn.seq, ())],
            said_at=one.turn.said_at,
        )
        for one, page in zip(spoken, pages, strict=True)
    ]


def tag(fate: PassageOutcome) -> Tag:
    """Return what to write behind a passage."""
    if fate.item is not None:
        text = str(TOLD[fate.relation or Relation.NEW]) % {"number": fate.item.number}
        return Tag(text, "item", f"{request.script_root}/items/{fate.item.number}")
    state = fate.state or TriageState.WAITING
    href = url_for("triage.page", number=fate.proposal_id) if route_access.may("triage.page") else None
    if state is TriageState.SET_ASIDE and fate.reason:
        return Tag(gettext("set aside: %(reason)s", reason=word(fate.reason)), state, href)
    return Tag(gettext("waits for triage") if state is TriageState.WAITING else word(state), state, href)


def place(transcript: Transcript, fates: Sequence[PassageOutcome], at: Span | None) -> ReadingPlace:
    """Return what comes before and after the passage that is shown, or the first one."""
    spans = [Span(fate.place.start, fate.place.end) for fate in fates]
    if at is None:
        return ReadingPlace(None, len(spans), None, _address(transcript, spans[0]) if spans else None)
    before = [span for span in spans if (span.start, span.end) < (at.start, at.end)]
    after = [span for span in spans if (span.start, span.end) > (at.start, at.end)]
    return ReadingPlace(
        len(before) + 1 if at in spans else None,
        len(spans),
        _address(transcript, before[-1]) if before else None,
        _address(transcript, after[0]) if after else None,
    )


def _address(transcript: Transcript, span: Span) -> str:
    return address(transcript.id, span.start, span.end)


def address(transcript_id: int | None, start: int, end: int) -> str:
    """Return the address of a passage in its context: every page that quotes links to it."""
    return url_for("transcripts.page", number=transcript_id, at=f"{start}-{end}", _anchor="at")
