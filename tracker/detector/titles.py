"""A title of at most twelve words in the imperative, made from the passage; none where it would not read as one."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from tracker.detector.cues.cue import COMMITMENT, OBJECTION, OFFER, SUPPORT
from tracker.detector.cues.word_patterns import ACTIONS, MENTAL, phrase
from tracker.detector.order_check import FEWEST, NOUNS, WEAK_END, reads_as_order
from tracker.text import words as listed
from tracker.transcripts.reading.caption_marks import blank_marks

#: words of a title at most, and from which it may end at a stop; words of a thing
MAX_WORDS = 12
ENOUGH = 3
MAX_THING = 9
_PART = (
    r"(?:really |also |certainly |definitely |all |still |probably |perhaps |first |actually |just |always |then "
    r"|simply "
    r"|at least |please |maybe |now |only ){0,3}"
)
_MODAL = (
    r"(?:should|must|ought to|shall|(?:will |would )?(?:needs? to|have to|has to)|had better|could|can|might"
    r"|will|'ll)"
)
_VERB = r"(?!(?:be|been|not|like|i|we|you|they|it|the|a|an|there|never|no)\b)(?P<deed>[a-z]+)\b"
#: where the verb stands that is asked for: after a modal, after `let us`, after who is asked, …
MODAL = phrase(rf"\b{_MODAL} (?P<no>not |never )?{_PART}(?P<no2>not )?{_VERB}")
LET = phrase(
    rf"\b(?:let us|let's|why (?:can't|don't|not)(?: we| you)?|going to|happy to|glad to|ready to|willing to|would"
    rf" like to|would love to|offer to|offer is to|plan to|planning to|intend to|commit to|promise to|volunteer to"
    rf"|to) {_PART}{_VERB}"
)
ASKED = phrase(
    r"\b(?:call(?:s|ed)? (?:up)?on|urge[sd]?|ask(?:s|ed)?|encourage[sd]?|invite[sd]?|request(?:s|ed)?|called|appeal"
    r" to|would like|want)"
    rf"\b[^,;:]{{0,60}}? to {_PART}{_VERB}"
)
SUBJUNCTIVE = phrase(
    rf"\b(?:recommend|suggest|propose|request|ask)(?:s|d|ed)? (?:that )?[\w' -]{{2,50}}?"
    rf" (?P<deed>{'|'.join(sorted(ACTIONS - NOUNS, key=len, reverse=True))})\b"
)
GERUND = phrase(
    r"\b(?:recommend|suggest|propose|by|commit(?:s|ted)? (?:myself |ourselves )?(?:\w+ly )?to|how about|what about)"
    r" (?P<deed>[a-z]{3,}ing)\b"
)
ORDER = phrase(rf"(?:please |kindly |so |and |also |then |just )*(?:{_PART}){_VERB}")
WISHED = phrase(rf"\b(?:see|have|let|make sure|ensure) (?:that )?(?:the |all |our |more )?[\w-]+ (?:[\w-]+ )?{_VERB}")
COULD_WE = phrase(
    rf"(?:^|[,;] |\band |\bso |\bperhaps |\bmaybe )(?:could|can|would|will) (?:the |all |our )?[\w-]+ (?:[\w-]+"
    rf" )??{_PART}{_VERB}"
)
_DONE = rf"{_PART}be {_PART}(?P<done>[a-z]+(?:ed|en|ght|de|ne|pt|ut|lt|ld|un|nt|ad|ept))\b"
#: what is to be done, and to which thing
PASSIVE = phrase(rf"(?P<what>[\w' -]{{3,90}}?) {_PART}{_MODAL} {_DONE}")
PASSIVE_THAT = phrase(
    rf"\b(?:propose|suggest|recommend|request|ask)(?:s|d|ed)? (?:that )?(?P<what>[\w' -]{{3,60}}?) {_DONE}"
)
IS_TO = phrase(rf"\b(?:is|was|would be) to {_VERB}")
#: what is needed where no verb says it
NOUN = phrase(
    r"\b(?:what (?:we|you|they|is|the \w+)\b[\w' ]{1,60}? is|we (?:do |also |really |all )?need|there is an? (?:\w+"
    r" )?need for|(?:like|love|want|hope) to (?:see|have)|"
    r"good to have|useful to have|helpful to have|if we (?:have|had)|call(?:s|ed)?(?: (?:is|was) made)? for|there"
    r" (?:should|must|could) be|how about|what about) (?P<thing>(?!to\b).+)"
)
SIDE = phrase(
    r"\b(?P<no>cannot |can't |do not |don't |would not |could not |not )?(?:\w+ly |be able to )?(?P<deed>support"
    r"|endorse|second|agree|object|oppose|disagree|reject|accept)\b.*"
)
IRREGULAR = {
    "made": "make", "given": "give", "held": "hold", "kept": "keep", "built": "build", "sent": "send", "taken": "take",
    "put": "put", "set": "set", "done": "do", "written": "write", "brought": "bring", "shown": "show",
    "chosen": "choose",
    "found": "find", "led": "lead", "paid": "pay", "read": "read", "run": "run", "told": "tell", "dealt": "deal",
    "taught": "teach", "drawn": "draw", "seen": "see", "met": "meet", "spent": "spend", "split": "split", "cut": "cut",
}  # fmt: skip
#: where a title may end
STOPS = re.compile(
    r"[.;:?!]|,(?= (?:and|but|which|because|so|if|whether|or|we|i|to|you|they|it|this|that|not|in particular"
    r"|especially"
    r"|particularly|for example|as|where|who)\b)"
    r"| (?:and|but|so) (?=(?:should|must|can|could|would|will|we|i|i'm|they|you|s?h[e]|it|that|this|then"
    r"|people should|people must)\b)"
    r"| (?:because|so that|which|whereas|thank you)\b",
    re.IGNORECASE,
)
LEADS = re.compile(
    r"^(?:(?:and|but|so|well|now|also|then|really|particularly|probably|in general|for example|first|secondly"
    r"|finally),? )+",
    re.IGNORECASE,
)
STANCE = re.compile(
    r"^.{0,60}\b(?:i|we) (?:\w+ ){0,4}?(?:think|believe|stress|say|feel|hope|argue|insist|wonder|favou?r)"
    r"(?: that| if| whether)? ",
    re.IGNORECASE,
)
#: first words that are no names, so that their capital is only a sentence's
COMMON_FIRST = listed("the a an all every each our more some there these this national documents")
#: what leads to the thing of a passive: `I think that the page should be …`
BEFORE_THING = re.compile(r"^.*\b(?:that|think|believe|and|but|so|is|if|see|have|hope|propose|suggest|recommend)\b ")
#: words that name no thing by themselves
POINTERS = listed("it this they these there we")
#: verbs that say nothing of what is to be done
WEAK_DEEDS = MENTAL | listed("want stress hope take go come do have get mean happen seem appear")
AGAINST = frozenset({"object", "oppose", "disagree", "reject"})
#: where a title that is too long may end: before a clause, else before a phrase
CLAUSES = listed(
    "that how what which who where when because so if whether whereby while unless until although but before after"
)
PHRASES = CLAUSES | listed(
    "to in for with by from on at through into about between among during within without via as under across over"
    " towards toward against including especially particularly"
)
JOINS = listed("and or of")
AUXILIARIES = listed("is are was were can could will would should has have had do does may might")
ASIDE = re.compile(
    r", (?:as a first step|for example|for instance|of course|perhaps|maybe|therefore|however|i think"
    r"|you know|if possible"
    r"|for the moment), ",
    re.IGNORECASE,
)
THERE_ARE = re.compile(r"^(?:there (?:is|are|were|was)|it is|these are) | (?:that|which)$", re.IGNORECASE)
#: the preposition of a participle, left behind
STRANDED = re.compile(
    r" (?:with|upon|on|about|for|after|of)(?= (?:through|by|in|at|within|from|as)\b(?! least)|[ .,]*$)"
)
TRYING = re.compile(r"^(?:try (?:to|and)|attempt to|begin to|start to|seek to|be able to|help to) ", re.IGNORECASE)


def title(text: str, start: int, end: int, kind: str = "") -> str:
    """What the passage proposes, as an order of at most twelve words; empty where none can be made that reads well.

    An empty title is better than a wrong one: a person writes it, with the passage before their eyes.
    """
    words = " ".join(blank_marks(text, start, end).replace("\xa0", " ").replace("’", "'").split())
    words = ASIDE.sub(" ", LEADS.sub("", words))
    low = words.lower()
    if len(low) != len(words):
        return ""  # a letter that is two in small: places in the one would not hold in the other
    orders = (_short(order) for make in _makers(kind) for order in make(words, low))
    return next((order for order in orders if reads_as_order(order)), "")


def shortened(order: str) -> str:
    """A title of words that are an order already."""
    return _short(" ".join(order.split()))


def _makers(kind: str) -> tuple[Callable[[str, str], Iterator[str]], ...]:
    if kind == SUPPORT:
        return (partial(_side, against=False),)
    if kind == OBJECTION:
        return (partial(_side, against=True),)
    if kind in (COMMITMENT, OFFER):
        return (_deeds, _passives, _things)
    return (_passives, _things_first, _deeds, _things)


def _side(words: str, low: str, *, against: bool) -> Iterator[str]:
    hit = SIDE.search(low)
    if hit is None:
        return
    order = words[hit.start("deed") :]
    if hit["deed"] in AGAINST and against and not hit["no"]:
        yield order
    elif hit["deed"] not in AGAINST and bool(hit["no"]) is against:
        yield f"{'Do not ' * against}{order}"


def _passives(words: str, low: str) -> Iterator[str]:
    """`The page should be translated into …` -> `Translate the page into …`."""
    for pattern in (PASSIVE_THAT, PASSIVE):
        for hit in pattern.finditer(low):
            verb = base(hit["done"])
            thing = THERE_ARE.sub("", BEFORE_THING.sub("", words[hit.start("what") : hit.end("what")])).strip()
            if verb and thing and len(thing.split()) <= MAX_THING and thing.lower() not in POINTERS:
                yield _active(verb, _lowered(thing), words[hit.end("done") :])


def _active(verb: str, thing: str, rest: str) -> str:
    """The verb with its thing; its own preposition stays with it: `dealt with in …` -> `deal with … in …`."""
    if hit := STRANDED.match(rest):
        return f"{verb}{hit[0].rstrip()} {thing} {rest[hit.end() :]}"
    return f"{verb} {thing}{rest}"


def base(participle: str) -> str | None:
    """The verb of a participle where it is known: `published` -> `publish`."""
    if participle in IRREGULAR:
        return IRREGULAR[participle]
    stems = [participle[:-1], participle[:-2], participle[:-3] + "y"]  # use(d), publish(ed), carr(ied)
    if participle[-4:-3] == participle[-3:-2]:
        stems.append(participle[:-3])  # plan(ned)
    return next((stem for stem in stems if stem in ACTIONS), None)


def _deeds(words: str, low: str) -> Iterator[str]:
    """The phrases from the verbs asked for; a verb of doing goes before others, an earlier one before a later."""
    ranked: list[tuple[int, int, str]] = []
    for pattern in (IS_TO, ASKED, SUBJUNCTIVE, MODAL, COULD_WE, LET, WISHED):
        for hit in pattern.finditer(low):
            refused = "".join(hit.groupdict().get(name) or "" for name in ("no", "no2"))
            order = "do not " * bool(refused) + TRYING.sub("", words[hit.start("deed") :])
            ranked.append((_rank(hit["deed"], pattern), hit.start("deed"), order))
    if order_given := ORDER.match(low):
        ranked.append((0, order_given.start("deed"), words[order_given.start("deed") :]))
    for gerund in GERUND.finditer(low):
        if verb := _of_gerund(gerund["deed"]):
            # What one proposes or commits oneself to is the deed; `by …` only says how it is done.
            rank = 1 - 2 * (not gerund[0].startswith("by"))
            ranked.append((rank, gerund.start("deed"), f"{verb}{words[gerund.end('deed') :]}"))
    yield from (order for _, _, order in sorted(ranked))


def _rank(verb: str, pattern: re.Pattern[str]) -> int:
    """0 for a verb of doing, 1 for one that will do, 2 for one that says nothing."""
    if verb in ACTIONS - WEAK_DEEDS or verb == "look":
        if pattern is IS_TO:
            return -1
        return 0
    if verb in WEAK_DEEDS or pattern in (LET, IS_TO):
        return 2
    return 1


def _of_gerund(gerund: str) -> str | None:
    stem = gerund[:-3]
    verbs = [stem, stem + "e"]
    if stem[-1:] == stem[-2:-1]:
        verbs.append(stem[:-1])  # planning -> plan
    return next((verb for verb in verbs if verb in ACTIONS), None)


def _things_first(words: str, low: str) -> Iterator[str]:
    if low.startswith(("what ", "there ", "if we have")) or " what we need" in low:
        yield from _things(words, low)


def _things(words: str, low: str) -> Iterator[str]:
    for hit in NOUN.finditer(low):
        yield f"Provide {_lowered(words[hit.start('thing') :])}"


def _lowered(words: str) -> str:
    """The words without a sentence's capital; names and acronyms keep theirs."""
    words = LEADS.sub("", words.strip())
    first = words.split(" ", 1)[0].lower()
    if first in COMMON_FIRST:
        return words[:1].lower() + words[1:]
    return words


def _short(words: str) -> str:
    """Cut at the first stop that leaves enough; what is longer than a title, before the last phrase that it can do
    without."""
    for stop in STOPS.finditer(words):
        if words[: stop.start()].count(" ") + 1 >= FEWEST:
            words = words[: stop.start()]
            break
    kept = words.split()
    if len(kept) > MAX_WORDS:
        kept = kept[: _end_of_phrase(kept)]
        if len(kept) > FEWEST and kept[-1].lower().endswith("ing") and _of_gerund(kept[-1].lower()):
            kept.pop()  # `… and drawing` leads on to what was cut
    while len(kept) > FEWEST and kept[-1].lower().strip(",;") in WEAK_END:
        kept.pop()
    line = " ".join(kept).strip(" ,;:.?!-@\"'")
    return line[:1].upper() + line[1:]


def _end_of_phrase(words: list[str]) -> int:
    """The number of words before the last phrase that begins within a title's length, with no clause left half said."""
    low = [word.lower().strip(",") for word in words]
    places = range(ENOUGH, MAX_WORDS + 1)
    # `private and public …` may not end at its "and"; after a plural it may.
    ends = [
        place for place in places if low[place] in PHRASES or (low[place] in JOINS and low[place - 1].endswith("s"))
    ]
    ends += [place for place in places if words[place - 1].endswith(",")]
    told = [place for place in ends if _clause_is_told(low[:place])] or [
        place for place in places if low[place] in JOINS
    ]
    last = max(told, default=MAX_WORDS)
    commas = [place for place in (last - 1, last - 2) if place >= ENOUGH and words[place - 1].endswith(",")]
    return max(commas, default=last)


def _clause_is_told(words: list[str]) -> bool:
    """Whether the last clause that words open has its verb; true where they open none."""
    opened = [place for place, word in enumerate(words) if word in CLAUSES and place > 1]
    return not opened or any(word in AUXILIARIES or word.endswith("ed") for word in words[opened[-1] + 1 :])
