"""From turns to the passages in which somebody puts something forward, by rules on the language of meetings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.proposals.actionrecord import Action
from tracker.proposals.actions import read
from tracker.proposals.addressee import addressee
from tracker.proposals.cues import COMMITMENT, OBJECTION, SUPPORT, TRIGGER
from tracker.proposals.deeds import is_order
from tracker.proposals.duetime import time_words
from tracker.proposals.duewords import spelled_out
from tracker.proposals.milestones import Calendar, Dated, milestone
from tracker.proposals.minuted import reweighed
from tracker.proposals.minutes import is_minutes, pieces
from tracker.proposals.references import Earlier, refers_to, telling
from tracker.proposals.room import has_hole, is_exchange, is_reported
from tracker.proposals.segments import clauses, fits, goes_on, tells_result, without_lead, without_tail
from tracker.proposals.titles import shortened, title
from tracker.proposals.weighing import NOTHING, Weight, inherited, stronger, weigh
from tracker.transcripts.anchors import Span
from tracker.transcripts.marks import blanked
from tracker.transcripts.turns import Turn

CHAIRING = re.compile(
    r"\b(?:the floor|next speaker|any (?:other )?(?:comments?|questions?|interventions?)|please go ahead|thank"
    r" you,? \w+\.|over to you)\b"
)
ROLE = re.compile(r"\b(?:chair|chairman|chairwoman|chairperson|moderator|secretariat)\b", re.IGNORECASE)
MINUTED, MINUTED_OF_NOBODY = 0.97, 0.9  # scores of action items
BRIDGE = 70  # characters of a sentence between two parts of one passage
SMALL = str.maketrans({"’": "'", "‘": "'", "\xa0": " ", "\n": " ", "\r": " ", "\t": " ", "“": '"', "”": '"'})


@dataclass(frozen=True)
class Candidate:
    """A passage that may be a proposal: characters start to end of the text, and what was read from it.

    `addressee` and `due_hint` are verbatim; `milestone` is a slug; `score` runs from 0 to 1; `refers_to` holds the
    places, from 0, of earlier candidates in the same list. `hole` says that words were not heard, `exchange` that two
    people in the room ask something of each other, `reported` that others' words are told.
    """

    start: int
    end: int
    turn: int
    label: str | None
    speaker: str | None
    kind: str
    addressee: str | None
    due_hint: str | None
    milestone: str | None
    title: str
    score: float
    refers_to: tuple[int, ...] = ()
    hole: bool = False
    exchange: bool = False
    reported: bool = False


@dataclass(frozen=True)
class Found:
    """A stretch of a turn that weighs enough, and how many sentences it spans."""

    start: int
    end: int
    weight: Weight
    sentences: int = 1


def candidates(
    text: str, turns: Sequence[Turn], held_on: date | None = None, milestones: Sequence[Dated] = ()
) -> list[Candidate]:
    """Every passage of the turns that looks like a proposal, and every action item of the text, in order."""
    chairs = _chairs(text, turns)
    calendar = Calendar.of(held_on, milestones) if held_on else None
    minuted = is_minutes(text, turns)
    actions, record = read(text, turns)
    taken = record + [Span(one.start, one.end) for one in actions]
    found = [
        _candidate(text, turn, one, calendar)
        for turn in turns
        for one in _joined(text, _weighed(text, turn, chairing=_voice(turn) in chairs, minuted=minuted))
        if not any(one.start < other.end and other.start < one.end for other in taken)
    ]
    found += [_minuted(text, one, turns, calendar) for one in actions]
    return _referring(text, sorted(found, key=lambda one: one.start))


def small(text: str, start: int, end: int) -> str:
    """The characters from start to end in small letters, marks blanked, sign for sign."""
    plain = blanked(text, start, end).translate(SMALL)
    lower = plain.lower()
    return lower if len(lower) == len(plain) else "".join(s.lower() if len(s.lower()) == 1 else s for s in plain)


def _voice(turn: Turn) -> str | None:
    return turn.speaker or turn.label


def _chairs(text: str, turns: Sequence[Turn]) -> set[str | None]:
    """Those who run the meeting: by their label, or by giving the floor in most of their turns."""
    spoken: dict[str | None, list[bool]] = {}
    for turn in turns:
        gives = bool(CHAIRING.search(small(text, turn.start, min(turn.end, turn.start + 400))))
        spoken.setdefault(_voice(turn), []).append(gives or bool(turn.label and ROLE.search(turn.label)))
    return {voice for voice, given in spoken.items() if voice and len(given) >= 3 and sum(given) * 2 > len(given)}


def _weighed(text: str, turn: Turn, *, chairing: bool, minuted: bool) -> Iterator[tuple[Found | None, int, str]]:
    """Each part of each sentence of a turn with its weight, or with None where it weighs too little."""
    for sentence in pieces(text, turn.start, turn.end, minuted=minuted):
        plain = small(text, sentence.start, sentence.end)
        if not (minuted or TRIGGER.search(plain)):
            yield None, sentence.end, plain
            continue
        before = NOTHING
        for part in clauses(text, plain, sentence.start):
            words = plain[part.start - sentence.start : part.end - sentence.start]
            words = words[: without_tail(words)]
            weight = max(weigh(words, chairing=chairing), inherited(words, before), key=lambda one: one.total)
            if minuted:
                weight = reweighed(text[part.start : part.start + len(words)], words, weight)
            lead = without_lead(words)
            before = weight
            yield (
                (Found(part.start + lead, part.start + len(words), weight) if weight.score >= 0.5 else None),
                part.end,
                words,
            )


def _joined(text: str, parts: Iterator[tuple[Found | None, int, str]]) -> list[Found]:
    """Join a passage with a following one that points back at it."""
    out: list[Found] = []
    gap = 2  # sentences since the last passage; a short one that points back may stand between
    for found, end, words in parts:
        if found is None and out and gap == 0 and out[-1].weight.kind == COMMITMENT and tells_result(words):
            out[-1] = replace(out[-1], end=end, sentences=out[-1].sentences + 1)
        if found is None:
            gap = gap + 1 if goes_on(words) and len(words) <= BRIDGE else 2
            continue
        back = goes_on(words) if gap == 0 else gap == 1
        if out and back and fits(text, out[-1].start, found.end, out[-1].sentences + gap + 1):
            last = out.pop()
            found = Found(last.start, found.end, stronger(last.weight, found.weight), last.sentences + gap + 1)
        out.append(found)
        gap = 0
    return out


def _candidate(text: str, turn: Turn, found: Found, calendar: Calendar | None) -> Candidate:
    plain = small(text, found.start, found.end)
    hint, slug = _when(plain, calendar)
    return Candidate(
        start=found.start,
        end=found.end,
        turn=turn.seq,
        label=turn.label,
        speaker=turn.speaker,
        kind=found.weight.kind,
        addressee=addressee(text[found.start : found.end], plain),
        due_hint=text[found.start + hint[0] : found.start + hint[1]] if hint else None,
        milestone=slug,
        title=title(text, found.start, found.end, found.weight.kind),
        score=round(found.weight.score, 3),
        hole=has_hole(text, found.start, found.end),
        exchange=is_exchange(plain),
        reported=is_reported(text, found.start, found.end, turn.start),
    )


def _minuted(text: str, action: Action, turns: Sequence[Turn], calendar: Calendar | None) -> Candidate:
    """An action item as a candidate: its owner is whom it asks, and its own line says so better than any cue."""
    turn = next((one for one in turns if one.seq == action.turn_seq), None)
    deed = text[action.deed.start : action.deed.end]
    plain = small(text, action.start, action.end)
    return Candidate(
        start=action.start,
        end=action.end,
        turn=turn.seq if turn else 0,
        label=turn.label if turn else None,
        speaker=turn.speaker if turn else None,
        kind=action.kind,
        addressee=action.owner,
        due_hint=action.due,
        milestone=milestone(action.due and spelled_out(action.due), plain, calendar) if calendar else None,
        title=shortened(deed) if is_order(deed) else title(text, action.deed.start, action.deed.end, action.kind),
        score=MINUTED if action.owner else MINUTED_OF_NOBODY,
    )


def _when(plain: str, calendar: Calendar | None) -> tuple[tuple[int, int] | None, str | None]:
    """The time words that mean a milestone, with its slug; else the first ones."""
    hints = time_words(plain)
    for start, end in hints if calendar else ():
        if calendar and (slug := milestone(plain[start:end], plain, calendar)):
            return (start, end), slug
    return (hints[0] if hints else None), (milestone(None, plain, calendar) if calendar else None)


def _about(one: Candidate, place: int | None, before: Sequence[Candidate]) -> Candidate:
    """The candidate with what it speaks of; who agrees with an objection objects too."""
    if place is None:
        return one
    if one.kind == SUPPORT and before[place].kind == OBJECTION:
        return replace(one, kind=OBJECTION, refers_to=(*before[place].refers_to, place))
    return replace(one, refers_to=(place,))


def _referring(text: str, found: Sequence[Candidate]) -> list[Candidate]:
    """Tell for each support and objection which earlier proposal it speaks of."""
    earlier: list[Earlier] = []
    out: list[Candidate] = []
    for one in found:
        quote = text[one.start : one.end]
        if one.kind in (SUPPORT, OBJECTION):
            place = refers_to(quote, one.speaker, one.turn, earlier)
            one = _about(one, place, out)
        out.append(one)
        earlier.append(Earlier(one.speaker, telling(quote), one.turn))
    return out
