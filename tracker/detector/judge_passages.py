"""Which parts of a turn put something forward: what the rules say and what was learned, joined into passages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.detector.candidate import CLEAR, DOUBTFUL
from tracker.detector.cues.cue import COMMITMENT, OBJECTION, SUPPORT, TRIGGER
from tracker.detector.kinds import settled_kind
from tracker.detector.minutes_weight import reweighed
from tracker.detector.model import Scorer, prior
from tracker.detector.model_features import features
from tracker.detector.segments import fits, goes_on, tells_result
from tracker.detector.sentence_parts import SentencePart
from tracker.detector.sentence_weight import NOTHING, THRESHOLD, Weight, inherited, weigh
from tracker.transcripts.text_positions import Span

#: characters of a sentence between two parts of one passage
BRIDGE = 70
#: sentences between two passages that are not joined
APART = 2


@dataclass(frozen=True)
class FoundStretch:
    """A stretch of a turn that puts something forward, how sure that is, and how many sentences it spans."""

    start: int
    end: int
    kind: str
    score: float
    sentences: int = 1

    def overlaps(self, spans: Sequence[Span]) -> bool:
        """Tell whether it shares a character with one of them."""
        return any(self.start < span.end and span.start < self.end for span in spans)


def every(text: str, turn_parts: Sequence[SentencePart], scorer: Scorer) -> list[FoundStretch]:
    """Every part with its score, high or low."""
    return [stretch for stretch in _judged(text, turn_parts, scorer, minuted=False) if stretch]


def passages(text: str, turn_parts: Sequence[SentencePart], scorer: Scorer, *, minuted: bool) -> list[FoundStretch]:
    """The passages of a turn, clear and doubtful; minutes speak a language of their own: the rules alone decide there.

    A doubtful part stands alone, for what is joined is read, and counted, as one.
    """
    judged = list(_judged(text, turn_parts, scorer, minuted=minuted))
    clear = _joined(text, turn_parts, judged)
    doubtful = [stretch for stretch in judged if stretch and DOUBTFUL <= stretch.score < CLEAR]
    covered = [Span(stretch.start, stretch.end) for stretch in clear]
    return clear + [stretch for stretch in doubtful if not stretch.overlaps(covered)]


def _judged(
    text: str, turn_parts: Sequence[SentencePart], scorer: Scorer, *, minuted: bool
) -> Iterator[FoundStretch | None]:
    """Each part with its kind and score; None for one without any word that could propose."""
    before = NOTHING
    for part in turn_parts:
        words = part.said.words
        if not (minuted or TRIGGER.search(words)):
            before = NOTHING
            yield None
            continue
        weight = _weight(part, before)
        if minuted:
            weight = reweighed(text[part.start : part.end], words, weight)
            kind = weight.kind
            score = weight.score
        else:
            kind, score = _learned(part, weight, scorer)
        before = weight
        if score >= DOUBTFUL:
            kind = settled_kind(words, kind)
        yield FoundStretch(part.start + part.lead, part.end, kind, score)


def _weight(part: SentencePart, before: Weight) -> Weight:
    """The part's own weight, or the larger one that it has from the part before, whose modal it goes on with.

    It is never below nothing: what speaks against a proposal is no further news where nothing speaks for one.
    """
    own = weigh(part.said.words, chairing=part.said.chairing)
    further = NOTHING
    if part.said.goes_on:
        further = inherited(part.said.words, before)
    return max(own, further, key=lambda weight: weight.total)


def _learned(part: SentencePart, weight: Weight, scorer: Scorer) -> tuple[str, float]:
    """The kind is the rules' where they are sure that something is put forward, else the model's."""
    names = features(part.said, weight)
    score = scorer.score(names, prior(weight))
    if score < CLEAR or weight.total >= THRESHOLD:
        return weight.kind, score
    return scorer.kind(names), score


def _joined(text: str, turn_parts: Sequence[SentencePart], judged: Sequence[FoundStretch | None]) -> list[FoundStretch]:
    """Keep the parts that put something forward, and join each with a following one that points back at it."""
    out: list[FoundStretch] = []
    gap = APART  # sentences since the last passage; a short one that points back may stand between
    for part, stretch in zip(turn_parts, judged, strict=True):
        words = part.said.words
        points_back = goes_on(words)
        if stretch is None or stretch.score < CLEAR:
            if out and gap == 0 and out[-1].kind == COMMITMENT and tells_result(words):
                out[-1] = replace(out[-1], end=part.end, sentences=out[-1].sentences + 1)
            gap += 1
            if not points_back or len(words) > BRIDGE:
                gap = APART
            continue
        belongs = gap == 1 or (gap == 0 and points_back)
        if out and belongs and fits(text, out[-1].start, stretch.end, out[-1].sentences + gap + 1):
            stretch = _together(out.pop(), stretch, gap)
        out.append(stretch)
        gap = 0
    return out


def _together(last: FoundStretch, stretch: FoundStretch, gap: int) -> FoundStretch:
    """Two as one; taking sides tells the kind, else the surer one."""
    telling = max(last, stretch, key=lambda each: (each.kind in (SUPPORT, OBJECTION), each.score))
    score = max(last.score, stretch.score)
    return FoundStretch(last.start, stretch.end, telling.kind, score, last.sentences + gap + 1)
