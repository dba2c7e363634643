"""Which parts of a turn put something forward: what the rules say and what was learned, joined into passages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.detector.cues.cue import COMMITMENT, OBJECTION, SUPPORT, TRIGGER
from tracker.detector.minutes_weight import reweighed
from tracker.detector.model import Scorer, prior
from tracker.detector.model_features import features
from tracker.detector.segments import fits, goes_on, tells_result
from tracker.detector.sentence_parts import SentencePart
from tracker.detector.sentence_weight import NOTHING, THRESHOLD, Weight, inherited, weigh

ENOUGH = 0.5  # the score from which a part is shown
BRIDGE = 70  # characters of a sentence between two parts of one passage
APART = 2  # sentences between two passages that are not joined


@dataclass(frozen=True)
class FoundStretch:
    """A stretch of a turn that puts something forward, how sure that is, and how many sentences it spans."""

    start: int
    end: int
    kind: str
    score: float
    sentences: int = 1


def every(text: str, said: Sequence[SentencePart], scorer: Scorer) -> list[FoundStretch]:
    """Every part with its score, high or low."""
    return [found for found in _judged(text, said, scorer, minuted=False, enough=0.0) if found]


def passages(text: str, said: Sequence[SentencePart], scorer: Scorer, *, minuted: bool) -> list[FoundStretch]:
    """The passages of a turn; minutes speak a language of their own, in which the rules alone decide."""
    return _joined(text, said, _judged(text, said, scorer, minuted=minuted))


def _judged(
    text: str, said: Sequence[SentencePart], scorer: Scorer, *, minuted: bool, enough: float = ENOUGH
) -> Iterator[FoundStretch | None]:
    before = NOTHING
    for part in said:
        words = part.said.words
        if not (minuted or TRIGGER.search(words)):
            before = NOTHING
            yield None
            continue
        weight = max(
            weigh(words, chairing=part.said.chairing),
            inherited(words, before if part.said.goes_on else NOTHING),
            key=lambda one: one.total,
        )
        if minuted:
            weight = reweighed(text[part.start : part.end], words, weight)
        before = weight
        kind, score = (weight.kind, weight.score) if minuted else _learned(part, weight, scorer)
        yield FoundStretch(part.start + part.lead, part.end, kind, score) if score >= enough else None


def _learned(part: SentencePart, weight: Weight, scorer: Scorer) -> tuple[str, float]:
    """The kind is the rules' where they are sure that something is put forward, else the model's."""
    names = features(part.said, weight)
    score = scorer.score(names, prior(weight))
    return (weight.kind if score < ENOUGH or weight.total >= THRESHOLD else scorer.kind(names)), score


def _joined(text: str, said: Sequence[SentencePart], judged: Iterator[FoundStretch | None]) -> list[FoundStretch]:
    """Join a passage with a following one that points back at it."""
    out: list[FoundStretch] = []
    gap = APART  # sentences since the last passage; a short one that points back may stand between
    for part, found in zip(said, judged, strict=True):
        words = part.said.words
        if found is None and out and gap == 0 and out[-1].kind == COMMITMENT and tells_result(words):
            out[-1] = replace(out[-1], end=part.end, sentences=out[-1].sentences + 1)
        if found is None:
            gap = gap + 1 if goes_on(words) and len(words) <= BRIDGE else APART
            continue
        back = goes_on(words) if gap == 0 else gap == 1
        if out and back and fits(text, out[-1].start, found.end, out[-1].sentences + gap + 1):
            found = _together(out.pop(), found, gap)
        out.append(found)
        gap = 0
    return out


def _together(last: FoundStretch, found: FoundStretch, gap: int) -> FoundStretch:
    """Two as one; taking sides tells the kind, else the surer one."""
    telling = max(last, found, key=lambda one: (one.kind in (SUPPORT, OBJECTION), one.score))
    return FoundStretch(last.start, found.end, telling.kind, max(last.score, found.score), last.sentences + gap + 1)
