"""Which parts of a text put something forward: what was learned gives each a score, and parts become passages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tracker.detector.candidate import CLEAR, DOUBTFUL
from tracker.detector.cues.cue import COMMITMENT, OBJECTION, SUPPORT, TRIGGER
from tracker.detector.kinds import settled_kind
from tracker.detector.minutes import TextKind
from tracker.detector.minutes_weight import reweighed
from tracker.detector.model import Scorer, prior
from tracker.detector.model_features import features
from tracker.detector.portable_floats import logistic
from tracker.detector.segments import fits, goes_on, tells_result
from tracker.detector.sentence_parts import SentencePart, SentenceWords
from tracker.detector.sentence_weight import NOTHING, THRESHOLD, Weight, inherited, weigh
from tracker.transcripts.text_positions import Span

#: characters of a sentence between two parts of one passage
BRIDGE = 70
#: sentences between two passages that are not joined
APART = 2
#: words up to which two parts of one sentence are one passage: longer ones mostly hold two proposals
ONE_SENTENCE = 37
# Where the best F1 lies on meetings that the model had not seen, as logits: minutes hold more proposals a line.
BARS = {TextKind.FORUM: -0.6, TextKind.CALL: -0.9, TextKind.MINUTES: -1.8}
#: the logit that one part in ten of a text reaches, typically
TENTH = {TextKind.FORUM: 0.2, TextKind.CALL: -0.3, TextKind.MINUTES: -0.4}
#: how far a text's own tenth moves the bar: much talk of what ought to be is not all proposals
BY_RANK = 0.25
#: score from which a proposal keeps its kind, whatever side is taken after it
STRONG = 0.65
#: parts below which a text says nothing of its own tenth
FEW = 100


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


@dataclass(frozen=True)
class WeighedPart:
    """A part, what the rules make of it, its features and what they add up to, as a logit."""

    part: SentencePart
    weight: Weight
    names: list[str]
    logit: float


def weighed_parts(turn_parts: Iterable[SentencePart], scorer: Scorer) -> Iterator[WeighedPart]:
    """Each part of a turn, weighed by the rules and by what was learned."""
    for part, weight in rule_weights(turn_parts):
        names = features(part.said, weight)
        yield WeighedPart(part, weight, names, scorer.logit(names, prior(weight)))


def rule_weights(turn_parts: Iterable[SentencePart]) -> Iterator[tuple[SentencePart, Weight]]:
    """Each part of a turn with its own weight, or the larger one that it has from the part whose modal it goes on with.

    It is never below nothing: what speaks against a proposal is no further news where nothing speaks for one.
    """
    before = NOTHING
    for part in turn_parts:
        own = NOTHING
        further = NOTHING
        if TRIGGER.search(part.said.words):
            own = weigh(part.said.words, chairing=part.said.chairing)
        if part.said.goes_on:
            further = inherited(part.said.words, before)
        before = max(own, further, key=lambda weight: weight.total)
        yield part, before


def bar(kind: TextKind, logits: Sequence[float]) -> float:
    """The logit from which a part is clear: by the kind of text, and by how high the text's own parts reach."""
    return BARS[kind] + moved_by_rank(kind, logits)


def moved_by_rank(kind: TextKind, logits: Sequence[float]) -> float:
    """How far the bar is moved by the best tenth of a text's parts; not at all where these are few."""
    if len(logits) < FEW:
        return 0.0
    tenth = sorted(logits, reverse=True)[len(logits) // 10]
    return BY_RANK * (tenth - TENTH[kind])


def judged(weighed: Iterable[WeighedPart], scorer: Scorer, clear_from: float) -> list[FoundStretch]:
    """Each part as a stretch with its kind and its score, one half at the bar."""
    out = []
    for each in weighed:
        score = logistic(each.logit - clear_from)
        kind = each.weight.kind
        if score >= DOUBTFUL:
            kind = settled_kind(each.part.said.words, _kind(each, scorer))
        out.append(FoundStretch(each.part.start + each.part.lead, each.part.end, kind, score))
    return out


def _kind(weighed: WeighedPart, scorer: Scorer) -> str:
    """The rules' kind where they are sure that something is put forward, else the model's."""
    weight = _weight_by_text(weighed.part.said, weighed.weight)
    if weight.total >= THRESHOLD:
        return weight.kind
    return scorer.kind(weighed.names)


def _weight_by_text(said: SentenceWords, weight: Weight) -> Weight:
    if said.setting.kind is TextKind.FORUM:
        return weight
    return reweighed(said.printed, said.words, weight)


def passages(text: str, turn_parts: Sequence[SentencePart], stretches: Sequence[FoundStretch]) -> list[FoundStretch]:
    """The passages of a turn, clear and doubtful, from its parts as they were judged.

    A doubtful part stands alone, for what is joined is read, and counted, as one.
    """
    clear = _joined(text, turn_parts, stretches)
    covered = [Span(stretch.start, stretch.end) for stretch in clear]
    doubtful = [stretch for stretch in stretches if DOUBTFUL <= stretch.score < CLEAR]
    return clear + [stretch for stretch in doubtful if not stretch.overlaps(covered)]


def _joined(text: str, turn_parts: Sequence[SentencePart], stretches: Sequence[FoundStretch]) -> list[FoundStretch]:
    """Keep the clear parts, and join each with a following one that goes on with it or points back at it."""
    out: list[FoundStretch] = []
    gap = APART  # sentences since the last passage; a short one that points back may stand between
    for part, stretch in zip(turn_parts, stretches, strict=True):
        words = part.said.words
        points_back = goes_on(words)
        if stretch.score < CLEAR:
            if out and gap == 0 and out[-1].kind == COMMITMENT and tells_result(words):
                out[-1] = replace(out[-1], end=part.end, sentences=out[-1].sentences + 1)
            gap += 1
            if not points_back or len(words) > BRIDGE:
                gap = APART
            continue
        further = gap == 0 and part.said.goes_on and _words(text, out[-1].start, stretch.end) <= ONE_SENTENCE
        belongs = further or gap == 1 or (gap == 0 and points_back)
        added = gap + int(not further)
        if out and belongs and fits(text, out[-1].start, stretch.end, out[-1].sentences + added):
            stretch = _together(out.pop(), stretch, added)
        out.append(stretch)
        gap = 0
    return out


def _words(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())


def _together(last: FoundStretch, stretch: FoundStretch, added: int) -> FoundStretch:
    """Two as one, of the surer one's kind; but who first takes sides goes on to say why."""
    telling = max(last, stretch, key=lambda each: each.score)
    keeps_kind = stretch.kind in (SUPPORT, OBJECTION) and last.score >= STRONG
    if last.kind in (SUPPORT, OBJECTION) or keeps_kind:
        telling = last
    score = max(last.score, stretch.score)
    return FoundStretch(last.start, stretch.end, telling.kind, score, last.sentences + added)
