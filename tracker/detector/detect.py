"""From turns to the passages in which somebody puts something forward, by rules and a small model."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tracker.detector.actions.find_actions import read
from tracker.detector.actions.motions import Motion, as_advice, read_motions
from tracker.detector.actions.record_so_far import Action
from tracker.detector.addressee import addressee, bodies_named
from tracker.detector.candidate import SURE
from tracker.detector.candidate import Candidate as Candidate
from tracker.detector.cues.cue import OBJECTION, RECOMMENDATION, SUPPORT
from tracker.detector.deed_words import is_order
from tracker.detector.due_words import spelled_out
from tracker.detector.earlier_proposals import EarlierProposal, refers_to, telling
from tracker.detector.judge_passages import FoundStretch, bar, judged, passages, weighed_parts
from tracker.detector.milestone_hints import Calendar, DatedMilestone, milestone
from tracker.detector.model import Scorer, shipped
from tracker.detector.reported_speech import FramedSentence, framed_sentences, is_reported
from tracker.detector.room_signals import has_hole, is_exchange
from tracker.detector.sentence_parts import SentencePart, TextParts, small
from tracker.detector.time_words import time_words
from tracker.detector.titles import shortened, title
from tracker.detector.training.evaluation import Labelled
from tracker.transcripts.reading.turns import ReadTurn
from tracker.transcripts.text_positions import Span, split_sentences

#: scores of action items, with an owner and without: somebody wrote them down as such, so they come before the rest
MINUTED = 0.97
MINUTED_OF_NOBODY = SURE
#: where something stands outside all turns
NOBODYS = ReadTurn(0, None, None, 0, 0)
#: characters in which the sentence before is looked for
BEFORE = 400
#: … and in which whoever is asked to act is looked for
SPEECH = 4_000


def candidates(
    text: str,
    turns: Sequence[ReadTurn],
    held_on: date | None = None,
    milestones: Sequence[DatedMilestone] = (),
    scorer: Scorer | None = None,
) -> list[Candidate]:
    """Every passage of the turns that may be a proposal, clear or doubtful, and every action item, in order.

    `scorer` is a model that a body has trained; without one it is the model that comes with the project.
    """
    calendar = None
    if held_on:
        calendar = Calendar.of(held_on, milestones)
    actions, record = read(text, turns)
    # An action line is no passage besides, and a line that keeps the record of actions is none at all.
    taken = record + [Span(action.start, action.end) for action in actions]
    candidates_found = [_of_action(text, action, turns, calendar) for action in actions]
    motions, routine = read_motions(text)
    motions = [motion for motion in motions if not _overlaps(motion.passage, taken)]
    candidates_found += [_of_motion(text, motion, turns, calendar) for motion in motions]
    taken += routine + [span for motion in motions for span in (motion.passage, motion.result) if span]
    for turn, turn_parts, judged_parts in _judged_turns(text, turns, scorer or shipped()):
        stretches = passages(text, turn_parts, judged_parts)
        free = [stretch for stretch in stretches if not stretch.overlaps(taken)]
        if free:
            sentences = framed_sentences(text, turn.start, turn.end, turn.label)
            candidates_found += [_of_stretch(text, turn, each, calendar, sentences) for each in free]
    return _referring(text, sorted(candidates_found, key=lambda candidate: candidate.start))


def clear_only(candidates_in_order: Sequence[Candidate]) -> list[Candidate]:
    """The clear ones, each referring to the clear ones before it."""
    places = [place for place, candidate in enumerate(candidates_in_order) if candidate.is_clear]
    renumbered = {place: number for number, place in enumerate(places)}
    return [_renumbered(candidates_in_order[place], renumbered) for place in places]


def _renumbered(candidate: Candidate, numbers: Mapping[int, int]) -> Candidate:
    return replace(candidate, refers_to=tuple(numbers[place] for place in candidate.refers_to if place in numbers))


def every_part(text: str, turns: Sequence[ReadTurn], scorer: Scorer | None = None) -> list[Labelled]:
    """Every part of the text with the kind and the score that the detector gives it, shown or not."""
    judged_turns = _judged_turns(text, turns, scorer or shipped())
    stretches = [stretch for _, _, judged_parts in judged_turns for stretch in judged_parts]
    return [Labelled(stretch.start, stretch.end, stretch.kind, score=stretch.score) for stretch in stretches]


def _judged_turns(
    text: str, turns: Sequence[ReadTurn], scorer: Scorer
) -> Iterator[tuple[ReadTurn, list[SentencePart], list[FoundStretch]]]:
    """Each turn with its parts, and these as they were judged: by a bar that the whole text has set."""
    cut = TextParts.of(text, turns)
    weighed = [(turn, list(weighed_parts(turn_parts, scorer))) for turn, turn_parts in cut.turns]
    clear_from = bar(cut.kind, [each.logit for _, turn_parts in weighed for each in turn_parts])
    for turn, turn_parts in weighed:
        yield turn, [each.part for each in turn_parts], judged(turn_parts, scorer, clear_from)


def _of_stretch(
    text: str, turn: ReadTurn, stretch: FoundStretch, calendar: Calendar | None, sentences: Sequence[FramedSentence]
) -> Candidate:
    start = stretch.start
    end = stretch.end
    plain = small(text, start, end)
    speech = text[max(turn.start, start - SPEECH) : start]
    hint, slug = _when(plain, _sentence_before(text, turn, start), calendar)
    due_hint = None
    if hint:
        due_hint = text[start + hint[0] : start + hint[1]]
    return Candidate(
        start=start,
        end=end,
        turn=turn.seq,
        label=turn.label,
        speaker=turn.speaker,
        kind=stretch.kind,
        addressee=addressee(text[start:end], plain, speech, bodies_named(text)),
        due_hint=due_hint,
        milestone=slug,
        title=title(text, start, end, stretch.kind),
        score=round(stretch.score, 3),
        hole=has_hole(text, start, end),
        exchange=is_exchange(plain),
        reported=is_reported(sentences, start, end),
    )


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _of_motion(text: str, motion: Motion, turns: Sequence[ReadTurn], calendar: Calendar | None) -> Candidate:
    """A motion as a candidate, with the place of its result; what a clerk tells of a mover is reported."""
    start = motion.passage.start
    turn = next((turn for turn in turns if turn.start <= start < turn.end), NOBODYS)
    stretch = FoundStretch(start, motion.passage.end, RECOMMENDATION, MINUTED_OF_NOBODY)
    sentences = framed_sentences(text, start, motion.passage.end)
    candidate = _of_stretch(text, turn, stretch, calendar, sentences)
    result = None
    if motion.result:
        result = (motion.result.start, motion.result.end)
    return replace(
        candidate,
        title=_deed_title(as_advice(text[motion.deed.start : motion.deed.end]), RECOMMENDATION),
        reported=candidate.reported or (turn.label is not None and not motion.is_own),
        result=result,
    )


def _sentence_before(text: str, turn: ReadTurn, start: int) -> str:
    """What the same speaker said just before, in small letters; empty at the beginning of a turn."""
    begin = max(turn.start, start - BEFORE)
    sentences = [sentence for sentence in split_sentences(text, begin, start) if sentence.start < sentence.end]
    if not sentences:
        return ""
    return small(text, sentences[-1].start, start)


def _of_action(text: str, action: Action, turns: Sequence[ReadTurn], calendar: Calendar | None) -> Candidate:
    """An action item as a candidate: its owner is its addressee, and its own line says so better than any cue."""
    turn = next((turn for turn in turns if turn.seq == action.turn_seq), NOBODYS)
    score = MINUTED
    if action.owner is None:
        score = MINUTED_OF_NOBODY
    slug = None
    if calendar:
        plain = small(text, action.start, action.end)
        slug = milestone(action.due and spelled_out(action.due), plain, calendar)
    return Candidate(
        start=action.start,
        end=action.end,
        turn=turn.seq,
        label=turn.label,
        speaker=turn.speaker,
        kind=action.kind,
        addressee=action.owner,
        due_hint=action.due,
        milestone=slug,
        title=_deed_title(text[action.deed.start : action.deed.end], action.kind),
        score=score,
    )


def _deed_title(deed: str, kind: str) -> str:
    if is_order(deed):
        return shortened(deed)
    return title(deed, 0, len(deed), kind)


def _when(plain: str, before: str, calendar: Calendar | None) -> tuple[tuple[int, int] | None, str | None]:
    """The time words that mean a milestone, with its slug; else the first ones."""
    hints = time_words(plain)
    first = next(iter(hints), None)
    if calendar is None:
        return first, None
    for start, end in hints:
        if slug := milestone(plain[start:end], plain, calendar, before):
            return (start, end), slug
    return first, milestone(None, plain, calendar, before)


def _referring(text: str, found_in_order: Sequence[Candidate]) -> list[Candidate]:
    """Tell for each support and objection which earlier proposal it speaks of."""
    earlier: list[EarlierProposal] = []
    out: list[Candidate] = []
    for candidate in found_in_order:
        quote = text[candidate.start : candidate.end]
        resolved = candidate
        if candidate.kind in (SUPPORT, OBJECTION):
            place = refers_to(quote, candidate.speaker, candidate.turn, earlier)
            resolved = _about(candidate, place, out)
        out.append(resolved)
        earlier.append(EarlierProposal(candidate.speaker, telling(quote), candidate.turn))
    return out


def _about(candidate: Candidate, place: int | None, before: Sequence[Candidate]) -> Candidate:
    """The candidate with what it speaks of; who agrees with an objection objects too."""
    if place is None:
        return candidate
    if candidate.kind == SUPPORT and before[place].kind == OBJECTION:
        return replace(candidate, kind=OBJECTION, refers_to=(*before[place].refers_to, place))
    return replace(candidate, refers_to=(place,))
