"""Whether words read as an order that somebody understands who has not read the passage."""

import re

from tracker.detector.cues.word_patterns import ACTIONS, MENTAL
from tracker.detector.deed_words import VERBS
from tracker.text import HE_WORD, HIM_WORD
from tracker.text import words as listed

#: verbs that are nouns as often
NOUNS = listed(
    "plan report list document record fund map draft review name test form call survey study link issue host post"
    " file show set need"
)
#: words of an order at least
FEWEST = 3
#: words that a title does not end with
WEAK_END = listed(
    "the a an and or of to in on for with by from at as that this these those our their its is are be which who"
    " very more have has had do does am least probably seemed we i they there until also only not into about"
    " between expected asked along especially than so such any some all each every if when where while both must"
    " should can could will"
)
#: verbs that a title may begin with
TITLE_VERBS = (VERBS - MENTAL - listed("continue commit propose say")) | listed(
    "deal agree oppose object disagree reject endorse second look continue take have do make catalogue curate"
    " archive respect care learn mentor coordinate institutionalise institutionalize scrutinise scrutinize"
    " resonate operationalise attend abolish abandon accommodate acquire adjourn advance amend anonymise assemble"
    " authorise authorize automate balance block brief broadcast bundle cap caption certify chair chart cite"
    " codify compensate compress concentrate condemn consolidate cover decentralise delay delegate demand"
    " deprecate describe devise digest dim discourage divide double drain drop dub educate empower encrypt equip"
    " exclude exempt experiment explain expose favour feature fence fight file flag forbid forge forgive free"
    " freeze guard guide head heat hear help impose incentivise index insist inspect institute insulate interpret"
    " interview investigate justify lay lend leverage lift light listen load lock loosen mandate mark match"
    " mediate mobilise model modernise modify motivate negotiate number oblige observe obtain occupy operate"
    " orient outlaw overcome pair park patch pave penalise permit phase place plan plough pool practise praise"
    " press procure prohibit proceed prove punish purchase push quote raise rank react recall recognise recognize"
    " reconcile reconsider rehearse reject relax release relocate rely remedy render reopen repeal reproduce"
    " request rescue reserve reset resume retire return reuse reverse revive reward ring rotate rule sample save"
    " scale scan search seat settle signal sit skip solve sort spell spend spread stabilise staff stagger"
    " standardise stand stay stick store substitute surrender suspend swap tailor tax telephone tie tighten"
    " tolerate tour trace trade treat trim trust turn understand unify unite unlock upgrade urge utilise vary view"
    " wait wake walk warn wash watch water weigh welcome wire"
)
#: verbs that say something only with a thing: `have a round table`, `take the list along`
NEEDS_A_THING = listed("have do take get go come")
#: verbs of which no two follow one another
TWO_DEEDS = (
    ACTIONS - NOUNS - listed("open clean clear present live lower support start help let make need target control")
)
A_THING = re.compile(
    r"(?:the|an?|all|any|every|each|more|some|our|their|its|your|no|one|two|three|at least|\w+s|sure|up|into"
    r"|at|for|part|back"
    r"|forward|out|it (?:easier|possible|clear|mandatory|a)|beyond)\b"
)
#: objects that mean nothing without the sentence before
_BACK = r"(?:it|them|this|that|these|those|such|so|h[i]m|her|there|here)"
POINTS_BACK = re.compile(
    rf"(?:(?:at|to|on|for|with|of|into|about|forward|up|out) )*(?:{_BACK}(?: (?:thing|things|way|ways|point"
    rf"|points|one|ones|exercise"
    r"|process|kind|sort|matter|and|or|to|in|on|at|as|for|with|by|from|of|up|out|into|over|again|too|first|now|happen"
    r"|here|back|there|together|further|going|all|more|better|within|through|because|before|after|next|when"
    r"|if|afterwards)|$)"
    r"|such an? (?:exercise|thing|process|approach|step|meeting|list)\b|(?:the same|something|anything|what"
    r"|things?|one)\b(?! (?:room|page|list|day|place|table|year)))"
)
#: a verb at the end that waits for its thing
HANGS = re.compile(r"\bto (?:bring|give|put|make|take|get|have|do|let|set|keep|find)$")
POINTED = listed("it them this that these those her here so such") | {HIM_WORD}
SECOND_WORDS = listed(
    "can could should must will would is are was were been has had i we she they not or but so because which"
    " who almost maybe probably actually"
) | {HE_WORD}
#: words of another sentence, or a verb whose subject was lost
BROKEN = re.compile(
    r"^(?:(?!that|which|who|what|how|whether|where|when|if)[\w'-]+ )*(?:can|could|should|must|would|is|are"
    r"|was|were|has|had"
    r"|i|i'm|i'd|we'll|it's|that's|there's|don't|cannot)\b|\b(?:thank|thanks|okay|um|uh)\b|\bas we go\b"
    r"|\bhere\b|^me\b|\b(?:with|about|for|of|to) (?:on|soon|in|at|like|more)\b(?! (?:details?|line|\w+s\b))"
    r"|\b(?:bring|take|make|do|put|have|send|get|give) (?:this|that|it|them)\b(?! (?:easier|possible|clear"
    r"|mandatory))|^(?:[\w'-]+ )*(?:and|but|so)"
    r" (?:i|we|you|they|h[e]|she|it|this|that) "
)


def reads_as_order(line: str) -> bool:
    """Tell whether words are an order that somebody understands who has not read the passage."""
    words = re.findall(r"[\w'-]+", line.lower())
    if words[:2] == ["do", "not"]:
        words = words[2:]
    if len(words) < FEWEST or words[0] not in TITLE_VERBS or not SECOND_WORDS.isdisjoint(words[1:2]):
        return False
    rest = " ".join(words[1:])
    # `a number of …`, `a set of …`: a noun that is a verb elsewhere; and a verb that waits for its thing.
    if words[1] == "of" or HANGS.search(rest):
        return False
    if line.split()[0].endswith(",") or (
        words[1] in TWO_DEEDS and words[0] in TWO_DEEDS and words[2] not in ("and", "or")
    ):
        return False
    if words[0] in NEEDS_A_THING and not A_THING.match(rest):
        return False
    return not (
        POINTS_BACK.match(rest) or BROKEN.search(rest) or words[-1] in WEAK_END | POINTED or re.search(r"[.;:?!]", line)
    )
