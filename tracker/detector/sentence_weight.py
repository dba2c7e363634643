"""How much a sentence looks like a proposal, and of which kind: the sum of its cues."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.detector.cues.against import AGAINST
from tracker.detector.cues.cue import CALL, COMMITMENT, OBJECTION, RECOMMENDATION, SUPPORT, Cue
from tracker.detector.cues.indirect import INDIRECT
from tracker.detector.cues.modal import ModalVerb, duties
from tracker.detector.cues.performative import PERFORMATIVES
from tracker.detector.cues.support import TAKING_SIDES
from tracker.detector.cues.word_patterns import ACTIONS, phrase
from tracker.detector.portable_floats import add_up, logistic
from tracker.detector.time_words import TIME

THRESHOLD = 1.5
STEEP = 1.6
STANCE = phrase(
    r"\b(?:i|we) (?:really |strongly |do |also |still |would |personally |honestly )?(?:think|believe|feel|suggest"
    r"|stress|argue|insist|hope|want"
    r"|wonder|guess|suppose)\b|\bin my (?:view|opinion)|\bmy (?:view|point|message|hope)|\bas (?:a )?feedback"
)
MILD = phrase(r"\b(?:perhaps|maybe|ideally|at least|in (?:the )?future|my suggestion)\b")
MORE = 0.35  # what a second cue adds: many words do not make a proposal surer in proportion
LEADING = frozenset({"own speech", "must say", "let me", "happened", "example"})
FURTHER = phrase(r"(?:and |also |then |secondly |to )*(?P<verb>[a-z]+)\b")
WISHES = frozenset({"grateful for", "would want", "may I ask", "wonder whether", "I'll do that", "you'll have it"})
TOLD = frozenset({"was discussed", "others think"})
LATER = phrase(r"\b(?:after|later|afterwards|in writing|by mail|by e-?mail|online|next|within|all of us)\b")
SURE = 2.0  # a performative, which also one who chairs means
SHORT = 4  # words below which a sentence says too little


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
    found: list[tuple[float, str, int, str]] = []
    for cue in PERFORMATIVES + TAKING_SIDES + INDIRECT:
        if hit := cue.pattern.search(plain):
            found.append((cue.weight, cue.kind or RECOMMENDATION, hit.start(), cue.name))
    modal = [_of_duty(duty) for duty in duties(plain)]
    found += [one for one in modal if one[0] > 0]
    if not found:
        return NOTHING
    found.sort(reverse=True)
    total = found[0][0] + MORE * add_up(weight for weight, *_ in found[1:3] if weight > 0)
    against = [cue for cue in AGAINST if _heft(cue, plain, found[0])]
    total += add_up(_heft(cue, plain, found[0]) for cue in against) + _extras(plain)
    if chairing:
        total -= 0.3 if found[0][0] >= SURE else 0.8
    names = tuple(name for *_, name in found) + tuple(cue.name for cue in against)
    return Weight(total, _kind(found), min(where for *_, where, _ in found), names)


def inherited(plain: str, before: Weight) -> Weight:
    """The weight of a further verb under the modal of the part before: `we should …, and also make …`."""
    hit = FURTHER.match(plain)
    if not hit or hit["verb"] not in ACTIONS or before.score < 0.5:
        return NOTHING
    return Weight(max(THRESHOLD, before.total - 0.3), before.kind, 0, ("further",))


def stronger(one: Weight, other: Weight) -> Weight:
    """Of two joined sentences the weight that counts: taking sides, else the larger."""
    return max(one, other, key=lambda weight: (weight.kind in (SUPPORT, OBJECTION), weight.total))


def _heft(cue: Cue, plain: str, strongest: tuple[float, str, int, str]) -> float:
    """What a cue against counts: less, or nothing, where it only leads to the proposal (`I must say we should …`)."""
    hit = cue.pattern.search(plain)
    if hit is None or (cue.name == "order of the day" and TIME.search(plain)):
        return 0.0
    if cue.name == "thanks" and strongest[0] >= THRESHOLD:
        return 0.0
    if cue.name == "own speech" and strongest[3] in WISHES:
        return 0.0
    if cue.name == "own speech" and strongest[0] >= SURE and strongest[1] != RECOMMENDATION:
        return 0.0  # `I will take that on`, `I would like to ask the board for …` announce no speech
    leads = strongest[2] >= hit.end()
    if leads and cue.name in LEADING:
        return 0.0
    if cue.name in TOLD and strongest[0] >= SURE and hit.start() > strongest[2]:
        return 0.0
    if leads and cue.name in TOLD:
        return cue.weight / 2
    return cue.weight


def _of_duty(duty: ModalVerb) -> tuple[float, str, int, str]:
    kind = COMMITMENT if duty.promised else RECOMMENDATION
    return duty.weight, kind, duty.start, duty.modal


def _extras(plain: str) -> float:
    extra = (0.3 if STANCE.search(plain) else 0.0) + (0.4 if MILD.search(plain) else 0.0)
    extra += 0.25 if TIME.search(plain) else 0.0
    extra -= 1.0 if plain.count(" ") < SHORT else 0.0
    asks_somebody_here = plain.endswith("?") and " you " in plain and not LATER.search(plain)
    return extra - (0.8 if asks_somebody_here else 0.0)


def _kind(found: Sequence[tuple[float, str, int, str]]) -> str:
    """The strongest cue's kind; taking sides goes before, for `I support that we should …` is support."""
    sides = [(weight, kind) for weight, kind, *_ in found if kind in (SUPPORT, OBJECTION)]
    if sides and max(sides)[0] >= found[0][0] - 0.5:
        objections = [weight for weight, kind in sides if kind == OBJECTION]
        if objections:
            return OBJECTION
        return SUPPORT
    calls = [weight for weight, kind, *_ in found if kind == CALL]
    if calls and max(calls) >= found[0][0] - 0.3:
        return CALL
    return found[0][1]
