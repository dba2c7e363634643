"""How much a sentence looks like a proposal, and of which kind: the sum of its cues."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tracker.detector.cues.against import AGAINST
from tracker.detector.cues.cue import CALL, COMMITMENT, OBJECTION, RECOMMENDATION, SUPPORT, Cue
from tracker.detector.cues.indirect import INDIRECT
from tracker.detector.cues.modal import ModalVerb, duties
from tracker.detector.cues.performative import PERFORMATIVES
from tracker.detector.cues.support import TAKING_SIDES
from tracker.detector.cues.word_patterns import ACTIONS, phrase
from tracker.detector.portable_floats import add_up, logistic
from tracker.detector.time_words import TIME

#: the total from which something is put forward, and how fast a score grows about it
THRESHOLD = 1.5
STEEP = 1.6
STANCE = phrase(
    r"\b(?:i|we) (?:really |strongly |do |also |still |would |personally |honestly )?(?:think|believe|feel|suggest"
    r"|stress|argue|insist|hope|want"
    r"|wonder|guess|suppose)\b|\bin my (?:view|opinion)|\bmy (?:view|point|message|hope)|\bas (?:a )?feedback"
)
MILD = phrase(r"\b(?:perhaps|maybe|ideally|at least|in (?:the )?future|my suggestion)\b")
#: what a second cue adds: many words do not make a proposal surer in proportion
MORE = 0.35
#: cues against that only lead to a proposal which follows them
LEADING = frozenset({"own speech", "must say", "let me", "happened", "example"})
FURTHER = phrase(r"(?:and |also |then |secondly |to )*(?P<verb>[a-z]+)\b")
#: wishes that sound as an announcement of one's own speech does
WISHES = frozenset({"grateful for", "would want", "may I ask", "wonder whether", "I'll do that", "you'll have it"})
#: cues that others are told of
REPORTING = frozenset({"was discussed", "others think"})
#: what is asked for later is asked of nobody in the room
LATER = phrase(r"\b(?:after|later|afterwards|in writing|by mail|by e-?mail|online|next|within|all of us)\b")
#: the weight of a performative, which also one who chairs means
SURE = 2.0
#: words below which a sentence says too little
SHORT = 4


class CueHit(NamedTuple):
    """A cue that fired: its weight, the kind it speaks for, where it begins, and its name."""

    weight: float
    kind: str
    where: int
    name: str


@dataclass(frozen=True)
class Weight:
    """The sum of a sentence's cues and the kind that most of it speaks for; `where` is the first cue's offset."""

    total: float
    kind: str
    where: int
    names: tuple[str, ...]

    @property
    def score(self) -> float:
        """The total as a number from 0 to 1, one half at the threshold."""
        return logistic(STEEP * (self.total - THRESHOLD))


NOTHING = Weight(0.0, RECOMMENDATION, 0, ())


def weigh(plain: str, *, chairing: bool = False) -> Weight:
    """Weigh a sentence in small letters; in the mouth of one who chairs, the future is mostly the meeting's own."""
    hits = _hits(plain)
    if not hits:
        return NOTHING
    strongest = hits[0]
    total = strongest.weight + MORE * add_up(hit.weight for hit in hits[1:3] if hit.weight > 0)
    against = [cue for cue in AGAINST if _heft(cue, plain, strongest)]
    total += add_up(_heft(cue, plain, strongest) for cue in against) + _extras(plain)
    if chairing and strongest.weight >= SURE:
        total -= 0.3
    elif chairing:
        total -= 0.8
    names = [hit.name for hit in hits] + [cue.name for cue in against]
    return Weight(total, _kind(hits), min(hit.where for hit in hits), tuple(names))


def _hits(plain: str) -> list[CueHit]:
    """The cues that speak for a proposal, the strongest first."""
    hits = []
    for cue in PERFORMATIVES + TAKING_SIDES + INDIRECT:
        if match := cue.pattern.search(plain):
            hits.append(CueHit(cue.weight, cue.kind or RECOMMENDATION, match.start(), cue.name))
    hits += [_of_duty(duty) for duty in duties(plain) if duty.weight > 0]
    return sorted(hits, reverse=True)


def inherited(plain: str, before: Weight) -> Weight:
    """The weight of a further verb under the modal of the part before: `we should …, and also make …`."""
    hit = FURTHER.match(plain)
    if not hit or hit["verb"] not in ACTIONS or before.score < 0.5:
        return NOTHING
    return Weight(max(THRESHOLD, before.total - 0.3), before.kind, 0, ("further",))


def _heft(cue: Cue, plain: str, strongest: CueHit) -> float:
    """What a cue against counts: less, or nothing, where it only leads to the proposal (`I must say we should …`)."""
    hit = cue.pattern.search(plain)
    if hit is None or (cue.name == "order of the day" and TIME.search(plain)):
        return 0.0
    is_sure = strongest.weight >= SURE
    if cue.name == "thanks" and strongest.weight >= THRESHOLD:
        return 0.0
    if cue.name == "own speech" and strongest.name in WISHES:
        return 0.0
    if cue.name == "own speech" and is_sure and strongest.kind != RECOMMENDATION:
        return 0.0  # `I will take that on`, `I would like to ask the board for …` announce no speech
    leads = strongest.where >= hit.end()
    if leads and cue.name in LEADING:
        return 0.0
    if cue.name in REPORTING and is_sure and hit.start() > strongest.where:
        return 0.0
    if leads and cue.name in REPORTING:
        return cue.weight / 2
    return cue.weight


def _of_duty(duty: ModalVerb) -> CueHit:
    kind = RECOMMENDATION
    if duty.promised:
        kind = COMMITMENT
    return CueHit(duty.weight, kind, duty.start, duty.modal)


def _extras(plain: str) -> float:
    """What a stance, a mild word or a time adds; what too few words, or a question to somebody here, take away."""
    extra = 0.0
    if STANCE.search(plain):
        extra += 0.3
    if MILD.search(plain):
        extra += 0.4
    if TIME.search(plain):
        extra += 0.25
    if plain.count(" ") < SHORT:
        extra -= 1.0
    if plain.endswith("?") and " you " in plain and not LATER.search(plain):
        extra -= 0.8
    return extra


def _kind(hits: Sequence[CueHit]) -> str:
    """The strongest cue's kind; taking sides goes before, for `I support that we should …` is support."""
    strongest = hits[0]
    sides = [hit for hit in hits if hit.kind in (SUPPORT, OBJECTION)]
    if sides and sides[0].weight >= strongest.weight - 0.5:
        # Who agrees and then objects has objected.
        if any(hit.kind == OBJECTION for hit in sides):
            return OBJECTION
        return SUPPORT
    calls = [hit for hit in hits if hit.kind == CALL]
    if calls and calls[0].weight >= strongest.weight - 0.3:
        return CALL
    return strongest.kind
