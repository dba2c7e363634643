"""From turns to the passages in which somebody puts something forward, by rules and a small model."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tracker.detector.actions.find_actions import read
from tracker.detector.actions.record_so_far import Action
from tracker.detector.addressee import addressee
from tracker.detector.candidate import Candidate as Candidate
from tracker.detector.cues.cue import OBJECTION, SUPPORT
from tracker.detector.deed_words import is_order
from tracker.detector.due_words import spelled_out
from tracker.detector.earlier_proposals import EarlierProposal, refers_to, telling
from tracker.detector.milestone_hints import Calendar, DatedMilestone, milestone
from tracker.detector.minutes import beside, is_minutes
from tracker.detector.model import Scorer, shipped
from tracker.detector.passages import FoundStretch, every, passages
from tracker.detector.room_signals import has_hole, is_exchange, is_rapporteur, is_reported
from tracker.detector.sentence_parts import parts, small
from tracker.detector.time_words import time_words
from tracker.detector.titles import shortened, title
from tracker.detector.training.evaluation import Labelled
from tracker.transcripts.reading.turns import ReadTurn
from tracker.transcripts.text_positions import Span

MINUTED = 0.97  # scores of action items
MINUTED_OF_NOBODY = 0.9


def candidates(
    text: str,
    turns: Sequence[ReadTurn],
    held_on: date | None = None,
    milestones: Sequence[DatedMilestone] = (),
    scorer: Scorer | None = None,
) -> list[Candidate]:
    """Every passage of the turns that looks like a proposal, and every action item of the text, in order.

    `scorer` is a model that a body has trained; without one it is the model that comes with the project.
    """
    calendar = Calendar.of(held_on, milestones) if held_on else None
    minuted = is_minutes(text, turns)
    actions, record = read(text, turns)
    taken = record + [Span(one.start, one.end) for one in actions]
    found: list[Candidate] = []
    heard = (*turns, *beside(turns, len(text))) if minuted else turns
    for turn, said in parts(text, heard, minuted=minuted):
        read_out = passages(text, said, scorer or shipped(), minuted=minuted)
        kept = [one for one in read_out if not any(one.start < other.end and other.start < one.end for other in taken)]
        rapporteur = bool(kept) and is_rapporteur(text, turn.start, turn.end)
        found += [_candidate(text, turn, one, calendar, rapporteur=rapporteur) for one in kept]
    found += [_minuted(text, one, turns, calendar) for one in actions]
    return _referring(text, sorted(found, key=lambda one: one.start))


def every_part(text: str, turns: Sequence[ReadTurn], scorer: Scorer | None = None) -> list[Labelled]:
    """Every part of the turns with the kind and the score that the detector gives it, shown or not."""
    found = [one for _, said in parts(text, turns) for one in every(text, said, scorer or shipped())]
    return [Labelled(one.start, one.end, one.kind, score=one.score) for one in found]


def _candidate(
    text: str, turn: ReadTurn, found: FoundStretch, calendar: Calendar | None, *, rapporteur: bool
) -> Candidate:
    plain = small(text, found.start, found.end)
    hint, slug = _when(plain, calendar)
    return Candidate(
        start=found.start,
        end=found.end,
        turn=turn.seq,
        label=turn.label,
        speaker=turn.speaker,
        kind=found.kind,
        addressee=addressee(text[found.start : found.end], plain),
        due_hint=text[found.start + hint[0] : found.start + hint[1]] if hint else None,
        milestone=slug,
        title=title(text, found.start, found.end, found.kind),
        score=round(found.score, 3),
        hole=has_hole(text, found.start, found.end),
        exchange=is_exchange(plain),
        reported=is_reported(text, found.start, found.end, rapporteur=rapporteur),
    )


def _minuted(text: str, action: Action, turns: Sequence[ReadTurn], calendar: Calendar | None) -> Candidate:
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
    earlier: list[EarlierProposal] = []
    out: list[Candidate] = []
    for one in found:
        quote = text[one.start : one.end]
        if one.kind in (SUPPORT, OBJECTION):
            place = refers_to(quote, one.speaker, one.turn, earlier)
            one = _about(one, place, out)
        out.append(one)
        earlier.append(EarlierProposal(one.speaker, telling(quote), one.turn))
    return out
