"""A title of at most twelve words in the imperative, made from the passage."""

import re
from collections.abc import Callable

from tracker.detector.cues.cue import COMMITMENT, OBJECTION, OFFER, SUPPORT
from tracker.detector.cues.word_patterns import ACTIONS, MENTAL, phrase
from tracker.text import words as listed
from tracker.transcripts.reading.caption_marks import blank_marks

#: verbs that are nouns as often
NOUNS = listed(
    "plan report list document record fund map draft review name test form call survey study link issue host post"
    " file show set need"
)
#: words of a title at most, and from which it may end at a stop; words of a thing
MAX_WORDS = 12
ENOUGH = 5
MAX_THING = 9
_PART = (
    r"(?:really |also |certainly |definitely |all |still |probably |perhaps |first |actually |just |always |then "
    r"|simply "
    r"|at least |please |maybe |now |only ){0,3}"
)
_MODAL = (
    r"(?:should|must|ought to|shall|(?:will |would )?(?:needs? to|have to|has to)|had better|could|can|might|will|'ll)"
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
    r"\b(?:recommend|suggest|propose|by|commit(?:s|ted)? (?:myself |ourselves )?to|how about|what about)"
    r" (?P<deed>[a-z]{3,}ing)\b"
)
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
    r"[.;:?!]|,(?= (?:and|but|which|because|so|if|whether|or|we|i|to|you|they|it|this|that|not|in particular|especially"
    r"|particularly|for example|as|where|who)\b)| (?:because|so that|which|whereas|thank you)\b",
    re.IGNORECASE,
)
LEADS = re.compile(
    r"^(?:(?:and|but|so|well|now|also|then|really|particularly|probably|in general|for example|first|secondly"
    r"|finally),? )+",
    re.IGNORECASE,
)
PROPOSES = re.compile(r"^.{0,60}?\b(?:recommend|suggest|propose)(?:s|d|ed)?(?: that)? ", re.IGNORECASE)
STANCE = re.compile(
    r"^.{0,60}\b(?:i|we) (?:\w+ ){0,4}?(?:think|believe|stress|say|feel|hope|argue|insist|wonder|favou?r)"
    r"(?: that| if| whether)? ",
    re.IGNORECASE,
)
#: words that a title does not end with
WEAK_END = listed(
    "the a an and or of to in on for with by from at as that this these those our their its is are be which who"
    " very more"
    " have has had do does am least probably seemed we i they there until also only"
    " not into about between than so such any some all each every if when where while both must should can could will"
)
#: first words that are no names, so that their capital is only a sentence's
COMMON_FIRST = listed("the a an all every each our more some there these this national documents")
#: what leads to the thing of a passive: `I think that the page should be …`
BEFORE_THING = re.compile(r"^.*\b(?:that|think|believe|and|but|so|is|if|see|have|hope|propose|suggest|recommend)\b ")
#: words that name no thing by themselves
POINTERS = listed("it this they these there we")
#: verbs that say nothing of what is to be done
WEAK_DEEDS = MENTAL | listed("want stress hope take go come do have get mean happen seem appear")


def title(text: str, start: int, end: int, kind: str = "") -> str:
    """What the passage proposes, as an order of at most twelve words; its first words where no verb can be found."""
    words = " ".join(blank_marks(text, start, end).replace("\xa0", " ").replace("’", "'").split())
    words = LEADS.sub("", words)
    low = words.lower()
    for make in _makers(kind):
        order = make(words, low)
        if order and order.count(" ") >= 1:
            return _short(order)
    return _short(PROPOSES.sub("", STANCE.sub("", words)))


def shortened(order: str) -> str:
    """A title of words that are an order already."""
    return _short(" ".join(order.split()))


def _makers(kind: str) -> tuple[Callable[[str, str], str | None], ...]:
    if kind in (SUPPORT, OBJECTION):
        return (_side,)
    if kind in (COMMITMENT, OFFER):
        return (_deed, _passive, _thing)
    return (_passive, _thing_first, _deed, _thing)


def _side(words: str, low: str) -> str | None:
    hit = SIDE.search(low)
    if hit is None:
        return None
    side = words[hit.start("deed") :]
    if hit["no"]:
        return f"Do not {side}"
    return side


def _passive(words: str, low: str) -> str | None:
    """`The page should be translated into …` -> `Translate the page into …`."""
    hit = PASSIVE_THAT.search(low) or PASSIVE.search(low)
    if hit is None:
        return None
    verb = base(hit["done"])
    thing = BEFORE_THING.sub("", words[hit.start("what") : hit.end("what")])
    if verb is None or not thing.strip() or len(thing.split()) > MAX_THING or thing.lower() in POINTERS:
        return None
    return f"{verb} {_lowered(thing)}{words[hit.end('done') :]}"


def base(participle: str) -> str | None:
    """The verb of a participle where it is known: `published` -> `publish`."""
    if participle in IRREGULAR:
        return IRREGULAR[participle]
    stems = [participle[:-1], participle[:-2], participle[:-3] + "y"]  # use(d), publish(ed), carr(ied)
    if participle[-4:-3] == participle[-3:-2]:
        stems.append(participle[:-3])  # plan(ned)
    return next((stem for stem in stems if stem in ACTIONS), None)


def _deed(words: str, low: str) -> str | None:
    """The phrase from the verb asked for; a verb of doing goes before others, an earlier one before a later."""
    best: tuple[int, int] | None = None
    refused = ""
    for pattern in (IS_TO, ASKED, SUBJUNCTIVE, MODAL, COULD_WE, LET):
        for hit in pattern.finditer(low):
            verb = hit["deed"]
            rank = (_rank(verb, pattern), hit.start("deed"))
            if best is None or rank < best:
                best = rank
                refused = "".join(hit.groupdict().get(name) or "" for name in ("no", "no2"))
    gerund = GERUND.search(low)
    if gerund and (best is None or best[0] > 0) and (verb := _of_gerund(gerund["deed"])):
        return verb + words[gerund.end("deed") :]
    if best is None or best[0] > 1:
        return None
    if refused:
        return f"do not {words[best[1] :]}"
    return words[best[1] :]


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


def _thing_first(words: str, low: str) -> str | None:
    if low.startswith(("what ", "there ", "if we have")) or " what we need" in low:
        return _thing(words, low)
    return None


def _thing(words: str, low: str) -> str | None:
    hit = NOUN.search(low)
    if hit:
        return f"Provide {_lowered(words[hit.start('thing') :])}"
    return None


def _lowered(words: str) -> str:
    """The words without a sentence's capital; names and acronyms keep theirs."""
    words = LEADS.sub("", words.strip())
    first = words.split(" ", 1)[0].lower()
    if first in COMMON_FIRST:
        return words[:1].lower() + words[1:]
    return words


def _short(words: str) -> str:
    """Cut at the first stop that leaves enough, then at twelve words or a comma before, never after an article."""
    for stop in STOPS.finditer(words):
        if words[: stop.start()].count(" ") + 1 >= ENOUGH:
            words = words[: stop.start()]
            break
    kept = words.split()
    if len(kept) > MAX_WORDS:
        kept = kept[:MAX_WORDS]
        commas = [place for place, word in enumerate(kept) if word.endswith(",") and place >= ENOUGH]
        weak = [place for place, word in enumerate(kept) if word.lower() in WEAK_END and place >= MAX_WORDS - 3]
        if commas:
            kept = kept[: commas[-1] + 1]
        elif weak:
            kept = kept[: weak[0]]
    while len(kept) > 2 and kept[-1].lower().strip(",;") in WEAK_END:
        kept.pop()
    line = " ".join(kept).strip(" ,;:.?!-@\"'")
    return line[:1].upper() + line[1:]
