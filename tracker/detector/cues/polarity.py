"""Which side words take of something put forward: for it, against it, or only asking; the weakest that they bear.

A few idioms say it whole (`could not agree more`). Else a word of one side says it, and each negation before that word
turns it (`nobody would object`). What is doubted is asked, not opposed.
"""

import re
from enum import StrEnum

from tracker.detector.cues.side_words import (
    AGAINST,
    ASKS,
    FOR,
    NEED,
    NO_SIDE,
    QUESTION,
    SURE_OBJECTION,
    SURE_SUPPORT,
    THIS,
)


class Reading(StrEnum):
    """How words stand towards a proposal."""

    SUPPORT = "support"
    OBJECTION = "objection"
    ASKS = "asks"


#: what is written short, and what is meant by it; the patterns below know the long forms only
LONG_FORMS = (
    (re.compile(r"\bcan(?:'t|not)\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'m\b"), " am"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'d\b"), " would"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"\b(it|that|there|this|what|she)'s\b"), r"\1 is"),
    (re.compile(r"(?<!\w)\+1\b"), "plus one"),
    (re.compile(r"(?:^|(?<=\s))[-−]1\b"), "minus one"),
    (re.compile(r"\b(?:could|can) not be (?:any )?more\b"), "am very"),
)
#: a turn of thought: what follows is weighed by itself
TURN = re.compile(
    r"[;.!]+ ?|(?<=\?) |(?<!not)(?<!help)(?<!nothing)(?<!last),? (?:but|however|yet (?=i\b|we\b)|although|though"
    r"|nevertheless|on the contrary|in fact)\b,?|,? and (?=(?:i|we) \w+)|, (?=(?:i|we|that|this"
    r"|it) (?!know)\w+)|^(?:no|yes"
    r"|well|so|and|but|oh), "
)
WE = (
    r"(?:i|we|(?:my|our|the|this) (?:delegation|government|country|council|group|caucus|ministry|association"
    r"|team|board"
    r"|secretariat|organi[sz]ation|company|union|town|village|office|members?)|my \w+|(?:nobody|no one"
    r"|anybody|anyone|hardly anybody)(?: (?:on|in|of|from) \w+ \w+| here)?|one)"
)
FOR_VERB = (
    r"(?:support|endorse|agree|agreeing|concur|back|second|accept|accepting|supporting|endorsing|subscribe|favou?r|approve"
    r"|align)s?"
)
AGAINST_VERB = (
    r"(?:object|oppose|disagree|reject|refuse|dispute|contest|opposing|objecting|rejecting|say no(?= to)"
    r"|(?<!in )(?<!my )(?<!open )mind)s?"
)
NEGATION = re.compile(
    r"\b(?:not|no|never|no longer|nobody|no one|nothing|none|neither|hardly|scarcely|unable to|declines? to"
    r"|refuses? to|nor"
    r"|anything but|far from|hesitate|reluctant|without|last|hard pressed)\b(?! (?:only|because|just)\b)"
)
#: who, some words, and a verb of taking sides in the present or in the conditional
VERB = re.compile(
    rf"\b(?P<who>{WE}) (?P<between>(?:[\w']+,? ){{0,9}}?)(?:(?P<pro>{FOR_VERB})|(?P<contra>{AGAINST_VERB})"
    rf"|(?P<state>against|(?<!as )opposed to))(?=[ ,.;:!?]|$)(?P<after>.{{0,14}})"
)
#: between who speaks and the verb there is another subject, or no verb of this clause
OTHERS = re.compile(
    r"\b(?:if|whether|you|they|she|people|others|some|which|who|when|what|because|did|had|agreed to|the|my|our|a|more"
    r"|want to thank|stood?|should|ought|shall|let|offer|provide|drop|give|get|ask|asked|asking|propose|suggest"
    r"|recommend|continued?|technical|financial|label|learn|means?)\b"
)
#: `support staff`, `back to the point`, `accept cards`, `agree on a date`
NOT_A_SIDE = re.compile(
    r"^ (?:staff|team|desk|group|to this point|to (?:the )?(?:item|agenda)|up|later|cards|its \w+|among|the chair"
    r"|on[.,)]?$|on (?!this|that|it\b|what|all))"
)
NEEDS_OBJECT = re.compile(r"^(?:back|second|favou?r)s?$")
OBJECT = re.compile(rf"^ {THIS}\b")
#: an infinitive takes a side only after one who is about to: `I would like to support`, not `they called us to support`
TO_DO = re.compile(
    r"(?<!like)(?<!want)(?<!wish)(?<!have)(?<!going)(?<!able)(?<!happy)(?<!glad)(?<!pleased)(?<!hesitate)(?<!decline)"
    r"(?<!refuse)(?<!ready)(?<!reluctant)(?<!delighted)(?<!inclined)(?<!tempted)(?<!willing)(?<!position)"
    r"(?<!pressed)(?<!myself) to $"
)
_NOUN = r"(?:idea|proposal|suggestion|plan|approach|thing|point|option|compromise|solution|motion|step|initiative|one)"
GOOD = (
    r"(?:good|great|excellent|wonderful|brilliant|fantastic|sensible|reasonable|wise|welcome|useful|helpful"
    r"|right|fine|workable|worthwhile)"
)
BAD = (
    r"(?:bad|wrong|poor|terrible|dangerous|risky|unwise|unrealistic|unworkable|silly|stupid|harmful|dubious|misguided"
    r"|pointless)"
)
#: what is said of the proposal itself: `that is not such a bad idea`
VERDICT = re.compile(
    rf"\b(?:that|this|it(?! would be {GOOD})|(?:the|your|her|their) {_NOUN})(?: [\w']+){{0,3}}? (?:is|be"
    rf"|sounds like|seems|seems like)"
    rf" (?P<between>(?:\w+ )*?)(?:(?:(?P<good>{GOOD})|(?P<bad>{BAD})) {_NOUN}\b|(?P<well>{GOOD})(?P<end> ?[,.!]|$)?"
    rf"|(?P<ill>{BAD})\b)"
)
#: a plan that the speakers do not want: `I don't think that we should move it`
NOT_DUTY = re.compile(
    r"\b(?:i|we) (?:\w+ )?(?:not|never) (?:\w+ )?(?:think|believe|feel|find"
    r"|consider) (?:that )?(?P<rest>(?:[\w']+ ){1,6}?)"
    r"(?:should|must|ought|needs?|is|are|would|can|will|appropriate|necessary|ha(?:ve|s) to|solves?"
    r"|helps?|belongs?)\b(?P<after>(?: [\w']+){0,2})"
)
SHY = re.compile(r"(?<!not )\b(?:hesitate|hesitant|reluctant)\b")
HEDGE = re.compile(r"\b(?:perhaps|maybe|possibly|might|may be|a little|a bit|slightly|somewhat|some of the|partly)\b")
#: whoever agrees with those who are on one side is on it too
WITH_THOSE = re.compile(
    rf"\b{WE} (?:\w+ ){{0,3}}?(?:agree|side|stand|am|are|is|go|concur) with (?:those|all|everyone|everybody|people|the"
    r" \w+|\w+) (?:who|that) (?P<rest>.*)"
)
DO_NOT = re.compile(r"\b(?:not|never|no|against)\b")
TURNED = {Reading.SUPPORT: Reading.OBJECTION, Reading.OBJECTION: Reading.SUPPORT}


def polarity(plain: str) -> Reading | None:
    """Tell which side the words, in small letters, take; None where they take none.

    Who agrees and then objects has objected; who agrees and then doubts has asked.
    """
    words = " ".join(plain.replace("’", "'").split())
    for short, long_form in LONG_FORMS:
        words = short.sub(long_form, words)
    readings = {_of_clause(clause.strip(" ,")) for clause in TURN.split(words) if clause}
    return next(
        (reading for reading in (Reading.OBJECTION, Reading.ASKS, Reading.SUPPORT) if reading in readings), None
    )


def _of_clause(clause: str) -> Reading | None:
    if NO_SIDE.search(clause):
        return None
    if SURE_SUPPORT.search(clause):
        return Reading.SUPPORT
    if SURE_OBJECTION.search(clause):
        return Reading.OBJECTION
    if ASKS.search(clause) or (QUESTION.match(clause) and clause.endswith("?")):
        return Reading.ASKS
    if hit := WITH_THOSE.search(clause):
        return _of_those(hit["rest"])
    reading = _of_verb(clause) or _of_words(clause) or _of_verdict(clause) or _of_duty(clause)
    if reading is not Reading.SUPPORT and SHY.search(clause):
        return Reading.ASKS
    if reading is Reading.OBJECTION and HEDGE.search(clause):
        return Reading.ASKS
    return reading


def _of_those(deed: str) -> Reading:
    if polarity(f"i {deed}") is Reading.OBJECTION or DO_NOT.search(deed):
        return Reading.OBJECTION
    return Reading.SUPPORT


def _of_verb(clause: str) -> Reading | None:
    for hit in VERB.finditer(clause):
        between = hit["between"]
        if OTHERS.search(between) or TO_DO.search(between) or NOT_A_SIDE.match(hit["after"]):
            continue
        if NEEDS_OBJECT.match(hit["pro"] or "") and not OBJECT.match(hit["after"]):
            continue
        verb = hit.start("after") - len(hit["pro"] or hit["contra"] or hit["state"])
        reading = Reading.OBJECTION
        if hit["pro"]:
            reading = Reading.SUPPORT
        return _turned(reading, clause[:verb])
    return None


def _of_words(clause: str) -> Reading | None:
    """By words that stand for a side with any verb: the first of them, turned by what comes before or within it."""
    if NEED.search(clause) and len(NEGATION.findall(clause)) % 2 and not AGAINST.search(clause):
        return Reading.OBJECTION
    for reading, pattern in ((Reading.OBJECTION, AGAINST), (Reading.SUPPORT, FOR)):
        if hit := pattern.search(clause):
            return _turned(reading, clause[: hit.end()])
    return None


def _of_verdict(clause: str) -> Reading | None:
    """What is good only to do (`it would be good to …`) is proposed, not supported."""
    hit = VERDICT.search(clause)
    if hit is None:
        return None
    if hit["bad"] or hit["ill"]:
        return _turned(Reading.OBJECTION, clause[: hit.end()])
    reading = _turned(Reading.SUPPORT, clause[: hit.end()])
    if hit["well"] and hit["end"] is None and reading is Reading.SUPPORT:
        return None
    return reading


def _of_duty(clause: str) -> Reading | None:
    hit = NOT_DUTY.search(clause)
    if hit is None or NEGATION.search(f"{hit['rest']} {hit['after']}"):
        return None
    return Reading.OBJECTION


def _turned(reading: Reading, before: str) -> Reading:
    if len(NEGATION.findall(before)) % 2 == 0:
        return reading
    return TURNED[reading]
