"""What a part of a sentence looks like to the model: cues that fired, words, and the shapes that words make.

Words are told from one another only where that matters to proposing; all others stand for their class (a party, a
thing that can be worked on, a verb of doing, a time), so that what is learned of a reservoir holds of a register.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tracker.detector.cues.word_patterns import ACTIONS, ARTEFACTS, MENTAL, PARTIES
from tracker.detector.minutes import TextKind
from tracker.detector.minutes_weight import reweighed
from tracker.detector.sentence_parts import SentenceWords
from tracker.detector.sentence_weight import Weight
from tracker.detector.time_words import MONTHS, TIME
from tracker.text import HE_WORD, HIS_WORD
from tracker.text import words as listed

TOKEN = re.compile(r"[a-z]+(?:['-][a-z]+)*|\d+|[?!,;:]")
#: words that keep their own face: they say who, whether, how and when, not what about
FACES = listed(
    "i me my we us our you your they them their she her it its this that these those there here who what which"
    " when where why how if whether unless because so and or but not no never don't doesn't didn't can't cannot won't"
    " wouldn't couldn't shouldn't isn't aren't wasn't haven't let's i'd i'll i'm i've we'd we'll we're we've you'd"
    " you'll you're it's that's there's they'd they'll"
    " should must ought shall will would could can may might need needs needed have has had having be is are was were"
    " been being am do does did done going want wants wanted like love hope wish wonder think believe feel say said"
    " please thank thanks sorry yes okay"
    " a an the some any all every each more most much many less only also even just still again already yet too very"
    " really perhaps maybe instead rather at least to of in on for with by from about against without before after"
    " until into than as both either one two first second third next last other another such"
    " happy glad ready willing prepared able keen pleased delighted sure fine good great useful helpful important"
    " necessary essential better best idea point proposal suggestion recommendation question problem concern worried"
    " afraid worth time missing lacking lack enough"
    " recommend recommends recommended suggest suggests suggested propose proposes proposed support supports supported"
    " second seconded endorse agree agreed disagree object oppose favour favor welcome call calls called urge urges ask"
    " asks asked request requests appeal beg invite invites invited encourage encourages encouraged offer offers"
    " offered commit commits committed promise promised pledge volunteer intend plan plans planning aim insist demand"
    " advise consider mind grateful appreciate host help join send give get put make keep take bring see try start"
    " stop look write"
) | {HE_WORD, HIS_WORD}
#: words of time, which all count as one
TIMES = listed(
    "today tomorrow tonight yesterday week weeks month months year years day days hour hours minute minutes monday"
    " tuesday wednesday thursday friday saturday sunday spring summer autumn winter morning afternoon"
) | frozenset(MONTHS)
#: words after which a word that may be a thing or a deed is a deed: `to list`, `please list`
LEADS_VERB = listed(
    "to not please also we i you they should must will would could can may might let's i'll we'll just and"
)
IRREGULAR = {
    "made": "make", "given": "give", "held": "hold", "kept": "keep", "built": "build", "sent": "send",
    "taken": "take", "written": "write", "brought": "bring", "shown": "show", "found": "find", "led": "lead",
    "paid": "pay", "drawn": "draw", "met": "meet", "taught": "teach", "sold": "sell", "told": "tell",
}  # fmt: skip
#: steps of the rules' total, and of the number of words
TOTALS = (0.0, 0.5, 0.8, 1.1, 1.3, 1.5, 1.8, 2.2, 2.6)
LENGTHS = (4, 7, 11, 20, 35)
#: what was done is seldom proposed
PAST = re.compile(r"\b(?:was|were|had|did|didn't|wasn't|weren't|\w{3,}ed)\b")
STOP = re.compile(r"[.?!]")
#: steps of the number of parts before, after and in a turn, and of the share of turns that give the floor
PLACES = (1, 3, 6, 12, 25)
GIVING = (0.1, 0.3, 0.5, 0.8)
#: characters of the part after in which its first words stand
AFTER = 60
HYPOTHETIC = re.compile(r"^(?:if|when|once|unless|whenever)\b")


def features(sentence: SentenceWords, weight: Weight) -> list[str]:
    """The features of what is said, each once and in order; `weight` is what the rules make of it."""
    tokens = TOKEN.findall(sentence.words)
    out = {"bias", *_of_rules(weight), *_of_place(sentence, tokens), *_of_turn(sentence)}
    out.update(f"w:{token}" for token in tokens)
    out.update(_grams(_shape(tokens)))
    out.update(_around(sentence))
    if sentence.setting.kind is not TextKind.FORUM:
        out.update(_of_minutes(reweighed(sentence.printed, sentence.words, weight)))
    return sorted(out)


def _of_rules(weight: Weight) -> Iterator[str]:
    yield from (f"cue:{name}" for name in weight.names)
    yield from (f"total>{step}" for step in TOTALS if weight.total > step)
    if weight.names:
        yield f"rules:{weight.kind}"


def _of_minutes(weight: Weight) -> Iterator[str]:
    """What the rules for minutes make of it, which speak a language of their own."""
    yield from (f"line cue:{name}" for name in weight.names)
    yield from (f"line total>{step}" for step in TOTALS if weight.total > step)
    yield f"line rules:{weight.kind}"


def _of_place(sentence: SentenceWords, tokens: Sequence[str]) -> Iterator[str]:
    marks = {
        "chairing": sentence.chairing,
        "opening": sentence.opening,
        "cut": sentence.cut,
        "further": sentence.goes_on,
        "asked": sentence.words.endswith("?"),
        "answers": sentence.before.endswith("?"),
        "asked after": sentence.after.endswith("?"),
        "time": bool(TIME.search(sentence.words)),
        "past": bool(PAST.search(sentence.words)),
        "if": bool(HYPOTHETIC.match(sentence.words)),
        "small first": sentence.printed[:1].islower(),
        "open end": not STOP.search(sentence.words[-3:]),
    }
    yield from (f"is:{name}" for name, true in marks.items() if true)
    yield from (f"words>{length}" for length in LENGTHS if len(tokens) > length)


def _of_turn(sentence: SentenceWords) -> Iterator[str]:
    """Where in its turn a part stands, and what is known of the turn."""
    yield from (f"place>{step}" for step in PLACES if sentence.place >= step)
    yield from (f"parts>{step}" for step in PLACES if sentence.length > step)
    yield from (f"left>{step}" for step in PLACES if sentence.length - sentence.place > step)
    yield f"third:{3 * sentence.place // sentence.length}"
    setting = sentence.setting
    yield from (f"gives>{step}" for step in GIVING if setting.gives > step)
    marks = {"reports": setting.reports, "given the floor": setting.given, "asked by others": setting.asked}
    yield from (f"is:{name}" for name, true in marks.items() if true)


def _around(sentence: SentenceWords) -> Iterator[str]:
    """The first and last words of the sentence before, and the first of the part after."""
    before = TOKEN.findall(sentence.before)
    yield from (f"b:{gram}" for gram in _ends(before))
    yield from (f"before:{token}" for token in (*before[:2], *before[-2:]))
    yield from (f"after:{token}" for token in TOKEN.findall(sentence.after[:AFTER])[:2])


def _shape(tokens: Sequence[str]) -> list[str]:
    """Each token's face or class, between marks for begin and end."""
    out = ["^"]
    for place, token in enumerate(tokens):
        out.append(_class(token, verb=place == 0 or tokens[place - 1] in LEADS_VERB))
    out.append("$")
    return out


def _grams(shape: Sequence[str]) -> Iterator[str]:
    """Pairs and threes of the shape, and pairs with one or two words between."""
    for place in range(len(shape) - 1):
        yield f"{shape[place]} {shape[place + 1]}"
        if place + 2 < len(shape):
            yield f"{shape[place]} {shape[place + 1]} {shape[place + 2]}"
            yield f"{shape[place]} . {shape[place + 2]}"


def _ends(tokens: Sequence[str]) -> Iterator[str]:
    """The first two and the last word of the sentence before."""
    yield from (_class(token, verb=False) for token in tokens[:2])
    yield from (mark for mark in tokens[-1:] if mark in "?!")


@lru_cache(maxsize=20_000)
def _class(token: str, *, verb: bool) -> str:
    if token in FACES or not token[0].isalpha():
        if token[0].isdigit():
            return "NUM"
        return token
    if token in TIMES:
        return "TIME"
    if token in ACTIONS and (verb or token not in ARTEFACTS):
        return "ACT"
    if token in PARTIES:
        return "PARTY"
    if token in ARTEFACTS:
        return "THING"
    if token in MENTAL:
        return "MIND"
    return _derived(token)


def _derived(token: str) -> str:
    """The class of an inflected verb; else of any other word."""
    if IRREGULAR.get(token) in ACTIONS:
        return "DONE"
    for ending, name in (("ing", "DOING"), ("ed", "DONE"), ("es", "DOES"), ("s", "DOES")):
        stem = token.removesuffix(ending)
        if stem != token and ({stem, stem + "e", stem[:-1], stem[:-1] + "y"} & ACTIONS):
            return name
    if token.endswith("ly"):
        return "ly"
    return "x"
