"""A transcript as its page shows it: speeches in order, each passage with what became of it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import request, url_for
from flask_babel import gettext, lazy_gettext

from tracker.clock import day_in
from tracker.erasure.models import Redaction
from tracker.items.lines import person_names
from tracker.items.models import Relation
from tracker.proposals.models import TriageState
from tracker.transcripts.models import JoinedTurn, Transcript
from tracker.transcripts.queries import SpokenTurn
from tracker.transcripts.speakers.speaking_for import SpokenCapacity, speaking
from tracker.transcripts.speech_runs import Paragraph, set_speeches
from tracker.transcripts.text_positions import Span
from tracker.triage.passage_outcomes import PassageOutcome
from tracker.web.app import context, route_access
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
    Relation.ASKS: lazy_gettext("asks about item %(number)s"),
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
    label: str | None  # as printed
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
            label=one.turn.label,
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
    # What became an item says so whatever else was decided: that is where a reader goes on.
    if fate.item is not None:
        text = str(TOLD[fate.relation or Relation.NEW]) % {"number": fate.item.number}
        return Tag(text, "item", f"{request.script_root}/items/{fate.item.number}")
    state = fate.state or TriageState.WAITING
    # Who only reads gets the word and no link: the page behind it would refuse them.
    href = None
    if route_access.may("triage.page"):
        href = url_for("triage.page", number=fate.proposal_id)
    return Tag(_state_words(fate, state), state, href)


def _state_words(fate: PassageOutcome, state: TriageState) -> str:
    if state is TriageState.SET_ASIDE and fate.reason:
        return str(gettext("set aside: %(reason)s", reason=word(fate.reason)))
    if state is TriageState.WAITING:
        return str(gettext("waits for triage"))
    return word(state)


def place(transcript: Transcript, fates: Sequence[PassageOutcome], at: Span | None) -> ReadingPlace:
    """Return what comes before and after the passage that is shown, or the first one."""
    spans = [Span(fate.place.start, fate.place.end) for fate in fates]
    # Before anything is shown the reader stands ahead of the first passage.
    here = at or Span(-1, -1)
    before = [span for span in spans if (span.start, span.end) < (here.start, here.end)]
    after = [span for span in spans if (span.start, span.end) > (here.start, here.end)]
    number = None
    if at in spans:
        number = len(before) + 1
    return ReadingPlace(number, len(spans), _address(transcript, before[-1:]), _address(transcript, after[:1]))


def _address(transcript: Transcript, spans: Sequence[Span]) -> str | None:
    """Return the address of the only passage, if there is one."""
    for span in spans:
        return address(transcript.id, span.start, span.end)
    return None


def redacted_turns(rows: Iterable[Redaction], turns: Iterable[SpokenTurn]) -> dict[int, list[tuple[date, Redaction]]]:
    """Return what was redacted in each turn, by its number, with the register's day on which it was done."""
    zone = context.body().timezone
    done = [(day_in(zone, row.done_at), row) for row in rows if row.done_at is not None]
    return {one.turn.seq: [(day, row) for day, row in done if _touches(row, one)] for one in turns}


def _touches(redaction: Redaction, spoken: SpokenTurn) -> bool:
    return any(start < spoken.turn.end and spoken.turn.start < end for start, end in redaction.spans)


def to_confirm(rows: Iterable[Redaction]) -> list[tuple[Redaction, str | None]]:
    """Return what waits to be redacted, with who asked for it; only those who may confirm one see that it waits."""
    waits = [row for row in rows if row.done_at is None and route_access.may("redactions.confirm")]
    names = person_names(context.session(), {row.asked_by for row in waits if row.asked_by})
    return [(row, names.get(row.asked_by or 0)) for row in waits]


def address(transcript_id: int | None, start: int, end: int) -> str:
    """Return the address of a passage in its context: every page that quotes links to it."""
    return url_for("transcripts.page", number=transcript_id, at=f"{start}-{end}", _anchor="at")
