"""Weighing what stands in minutes, where many a duty is a design's (`the field must be unsigned`) and not people's."""

import re
from dataclasses import replace

from tracker.detector.cues.cue import CALL, COMMITMENT, OBJECTION, OFFER, RECOMMENDATION, REQUEST, SUPPORT, Cue, cue
from tracker.detector.cues.minutes import DO, DONE, MINUTED
from tracker.detector.cues.word_patterns import PARTIES
from tracker.detector.deed_words import IDLE, is_order, is_verb
from tracker.detector.sentence_weight import THRESHOLD, Weight
from tracker.detector.time_words import TIME
from tracker.text import HE_WORD

#: `Anna Brown to draft`
NAMED = re.compile(
    rf"(?:the )?(?P<who>[A-Z][\w.'-]*(?:(?:,? and |, | )[A-Z][\w.'-]*){{0,4}}) to (?:also |then )?(?:{DO}|stand"
    rf" in|be the"
    r" (?:champion|editor|liaison|lead|chair))\b",
)
NAMED_TO = cue("somebody to", COMMITMENT, 1.9, "^$")
BARE_ORDER = cue("order", RECOMMENDATION, 1.6, "^$")
#: an order that is a sentence of its own, and none of the running of a meeting
ORDER = re.compile(
    r"(?!(?i:to|order|where|discuss|review|check|see|look|let|keep|work|test|need|talk|hear|help|want|like|hope|think|know"
    r"|remember|note|mention|update"
    r"|report|question|thank|welcome|accept|approve|move|plan|support|agree|call|act|use|follow|open discussion"
    r"|get|go|start|continue|issue|draft|form|list|record|process)\b)"
    r"[^#\n]{12,160}\.$"
)
#: headings are written in capitals
HEADING = re.compile(
    r"(?:[A-Z][\w'-]*|to|of|and|the|for|in|on|with|a|&|:)(?: (?:[A-Z][\w'-]*|to|of|and|the|for|in|on|with|a|&)){1,8}"
)
TODAY = re.compile(r"\b(?:today|tonight|right now|this session|in this (?:call|meeting))\b")
ASKS = re.compile(
    r"\b(?:asked|wondered|questioned|inquired|enquired)(?: \w+){0,3}? (?:if|whether|what|how|why|when|who|which"
    r"|about)\b"
)
NO_NAME = re.compile(
    r"(?:\w+ing|Need|Want|Have|How|What|Able|Nothing|Something|Much|Time|Easy|Hard|It|This|That|Also)\b"
)
#: people of whom a design speaks
ANYBODY = frozenset(
    {
        "people",
        "users",
        "developers",
        "implementers",
        "engines",
        "browsers",
        "vendors",
        "implementations",
        "clients",
        "servers",
    }
)
PERSON = frozenset({"i", "we", "you", "they", HE_WORD, "she", "everyone", "everybody", "somebody", "someone", "us"})
#: a modal with the words before and after it
DUTY = re.compile(
    r"(?P<before>(?:[\w'./-]+ ){0,7}?)(?P<modal>should|must|shall|ought to|needs? to|has to|have to|had to|need"
    r"|could|can|may|might|will)(?: not|n't)?"
    r" (?:(?:also|only|really|then|still|always|never|at least|probably|just) )?(?P<verb>[\w'-]+)(?P<rest> [\w'"
    r" -]{0,30})?"
)
CAPITAL = re.compile(r"[A-Z][\w'-]*")
IS_DONE = re.compile(rf" +(?:\w+ly |also )?{DONE}\b")
#: where a clause begins
BREAK = re.compile(
    r"[,;:()]|\b(?:that|and|but|so|because|which|if|whether|when|as|then|where|think|believe|said|says)\b"
)
#: what holds in general, or is told as known
GENERIC = re.compile(
    r"^(?:(?:by law|in general|normally|usually|ideally|today|currently|of course)\b|people\b|users\b|one\b"
    r"|nobody\b|somebody\b)"
)
TOLD_DUTY = re.compile(
    r"\b(?:needed|had|have|has) to be\b|\bit (?:was|is) (?:noted|explained|known|recalled|stressed|observed"
    r"|understood)\b"
)
HYPOTHESIS = re.compile(
    r"(?:^|[,;] )(?:if|when|unless|once|until|in case|suppose|assuming)\b|\bwould (?:have|need|want|mean|break|be) "
)
#: a line of minutes is a proposal less often than one of a forum's statement
PRIOR = 0.25
#: what a duty of a thing, and a question that is only reported, take away
DESIGN = 1.3
ASKING = 2.5


def reweighed(words: str, plain: str, weight: Weight) -> Weight:
    """The weight of a sentence that stands in minutes; `words` as written, `plain` in small letters."""
    if IDLE.match(plain) or len(plain.split()) < 2 or HEADING.fullmatch(words):
        return replace(weight, total=min(weight.total, 0.0))
    hits = [(each, hit.start()) for each in MINUTED if (hit := each.pattern.search(plain))]
    named = NAMED.match(words)
    if named and not is_verb(named["who"].split()[0]) and not NO_NAME.match(named["who"]):
        hits.append((NAMED_TO, 0))
    total = weight.total - PRIOR - _design(words, plain)
    if ASKS.search(plain):
        total -= ASKING
        hits = [hit for hit in hits if hit[0].name in ("told to promise", "seconds", "opposes")]
    if is_order(plain) and ORDER.match(words):
        hits.append((BARE_ORDER, 0))
    if not hits:
        return replace(weight, total=total)
    strongest, where = max(hits, key=lambda hit: hit[0].weight)
    return _with(weight, total, strongest, where, plain)


def _with(weight: Weight, total: float, strongest: Cue, where: int, plain: str) -> Weight:
    """The weight where a cue of minutes is stronger than what was weighed before; `where` is the cue's offset."""
    heft = _heft(strongest, where, plain)
    if heft <= max(total, 0.0):
        return replace(weight, total=total + 0.2)
    # A side taken, a call or an offer says more of the kind than a general cue of minutes.
    own = total >= THRESHOLD and total > heft - 0.5 and weight.kind in (SUPPORT, OBJECTION, CALL, OFFER)
    kind = strongest.kind or weight.kind
    if own and strongest.kind in (RECOMMENDATION, COMMITMENT):
        kind = weight.kind
    if TIME.search(plain):
        heft += 0.25
    return Weight(heft, kind, min(where, weight.where), (strongest.name, *weight.names))


def _heft(strongest: Cue, where: int, plain: str) -> float:
    """What a cue of minutes weighs here: less of what is done today, asked, or supposed."""
    heft = strongest.weight
    if strongest.kind == COMMITMENT and TODAY.search(plain):
        heft -= 0.6
    if strongest.kind == REQUEST:
        return heft  # is a question by nature
    if plain.endswith("?"):
        heft -= 0.5
    if HYPOTHESIS.search(plain[:where]):
        heft -= 0.5
    return heft


def _design(words: str, plain: str) -> float:
    """What speaks for a duty of a thing (`the field must be unsigned`) and not of people."""
    against = 0.0
    for hit in DUTY.finditer(plain):
        before = BREAK.split(hit["before"])[-1].split()
        if not before or hit["modal"] in ("can", "may", "will", "might"):
            continue
        if _people(words, before):
            if is_verb(hit["verb"]) and before[-1] not in ANYBODY:
                return 0.0
            continue
        if hit["verb"] == "be" and IS_DONE.match(hit["rest"] or "") and not _is_vague(before):
            return 0.3
        against = DESIGN
    if GENERIC.match(plain) or TOLD_DUTY.search(plain):
        against += 0.8
    return against


def _people(words: str, before: list[str]) -> bool:
    """Whether the words before a modal end in people: a pronoun, a party, a name with its capital."""
    head = before[-1].strip("'.")
    if head in PERSON or head in PARTIES:
        return True
    return any(
        name.lower() == head and (name != words[: len(name)] or not head.endswith("s"))
        for name in CAPITAL.findall(words)
    )


def _is_vague(before: list[str]) -> bool:
    return before[-1] in {"it", "this", "that", "they", "which", "values", "value", "there"}
