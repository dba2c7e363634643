"""Who is asked to act, in the speaker's own words: in the passage, else in what they said just before."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tracker.detector.cues.word_patterns import ACTIONS, PARTIES, phrase
from tracker.text import words as listed

#: words that name nobody when they stand alone
BARE = listed(
    "we they you who everyone everybody somebody someone i us people state group team members member sector society"
    " business industry media host chair press union office"
)
ACRONYM = re.compile(r"^[A-Z][A-Za-z0-9]*[A-Z][A-Za-z0-9]*$")
ASKED = phrase(
    r"\b(?:call(?:s|ed|ing)? (?:up)?on|urge[sd]?|appeal(?:ed)? to|encourage[sd]?|invite[sd]?|ask(?:s|ed)?"
    r"|request(?:s|ed)?|called|like|want|hope that|hope|recommends? that|suggests? that|proposes? that|propose|for)"
    r" "
    r"(?P<who>(?:the |all |our |every |each )?[\w' /-]{2,60}?) (?:to|should|could|can|will|would|publish|be)\b"
)
SUBJECT = phrase(
    r"(?P<who>(?:the |all |our |every |each |both )?[\w'/-]+(?: [\w'/-]+){0,9}?) (?:should|must|ought to|shall"
    r"|could|needs? to|has to|have to|can|might|will)\b"
)
VERBS = "|".join(sorted(ACTIONS | {"be", "have", "do", "make"}))
QUESTION = phrase(
    r"\b(?:could|can|would|will|should) (?P<who>(?:the |all |our )?[\w'/-]+(?: [\w'/-]+){0,5}?)"
    rf" (?:please |at least |perhaps |maybe |also |not ){{0,2}}(?:{VERBS})\b"
)
OF_WHOM = phrase(
    r"\b(?:website|site|page|documents?|agenda|work|role|mandate|part) of (?P<who>the [\w' -]{2,40}?)(?= (?:needs?"
    r"|should|must|has|have|could|to|in|and|is)\b|[,.;])"
)
ASIDE = phrase(
    r"(?P<who>(?:the |all |our )?[\w'/-]+(?: [\w'/-]+){0,4}), [^,.;]{3,60}, (?:should|must|ought to|need to"
    r"|have to)\b"
)
LINKS = frozenset({"and", "of", "on", "for"})
#: words
MAX_NAME = 10
PART_OF_NAME = LINKS | listed(
    "the all our both every each working civil private technical host local national regional international member"
    " advisory upstream power young"
)
NO_NAME = listed(
    "i so but if perhaps maybe could can would what that this these when why how it there also then now well yes no"
    " since because we us"
)
#: of whom much is asked in their absence, and nothing to be done
NOT_ASKED = listed("people youth youngsters children women users speakers speaker i we us")
#: acronyms of things
NOT_A_PARTY = listed(
    "WSIS WCIT WTPF ICT ICTs ccTLD gTLD DNS TV CEO PR PRs API APIs AI URL URLs PDF IP HTML CSS JSON OK AIDS CIR IXP ID"
    " IDs UI ACTION TODO TBD FCP RFC RFCs WIP LLM LLMs SDK US UK"
)
ARTICLES = re.compile(r"^(?:(?:all|both|every|each|our|the|an?) )+", re.IGNORECASE)
ONE_OF_MANY = re.compile(r"(?<=[A-Z]{2})s$")
BREAK = re.compile(r"[^\w '/-]\s*| {3,}")
WORD = re.compile(r"[\w'/-]+")
HERE = re.compile(r" (?:here|present|today|in (?:this|the) (?:room|hall)|too|also|now|themselves)$")
ORGAN = re.compile(r"(?:secretariat|\bMAG)$", re.IGNORECASE)
#: an acronym before a noun only says whose: `the CSTD recommendations`
WHOSE = re.compile(
    r" (?!(?:and|or|to|in|at|on|for|with|will|would|should|could|can|must|ha[sd]|have|is|are|was|were|may"
    r"|might|needs?|by|from"
    r"|as|that|which|who|do|does|did)\b)[a-z]+"
)
BODY = re.compile(r"\b[Tt]he ([A-Z][A-Za-z]*[A-Z])s?\b")
OWN_DEED = phrase(
    r"\b(?:i|we)(?:'ll| will| am going| are going| am happy| are happy| commit| am committed| can|'m going"
    r"|'re going)\b"
    r"|\bcommit myself\b"
)
#: characters before a passage in which somebody may have been named; how often a meeting names its own body
NEAR = 300
OFTEN = 4


class PartyMention(NamedTuple):
    """A party that is named; `is_whose` where it only says whose something is."""

    name: str
    is_whose: bool


def addressee(quote: str, plain: str, speech: str = "", bodies: Sequence[str] = ()) -> str | None:
    """The party asked, verbatim without its article, or None; `plain` is the quote in small letters.

    `speech` is what the speaker said before it, and `bodies` those whom the meeting names most: where the passage asks
    nobody by name, whoever is named nearby is meant, and what speakers promise themselves is asked of nobody else.
    """
    asked = next((name for name in _asked(quote, plain) if name), None)
    named = asked or _choose(list(_named(quote)), bodies)
    if named or OWN_DEED.search(plain):
        return named
    near = [party for party in _named(speech[-NEAR:]) if party.name in bodies[:1] or ORGAN.search(party.name)]
    named = _choose(near[::-1], bodies)
    if named is None and bodies and re.search(rf"\b{bodies[0]}", speech):
        return bodies[0]
    return named


@lru_cache(maxsize=2)  # asked for each passage of a text
def bodies_named(text: str) -> tuple[str, ...]:
    """The bodies that a meeting names by their letters at least a few times, the most frequent first."""
    counted = Counter(hit[1] for hit in BODY.finditer(text) if hit[1] not in NOT_A_PARTY)
    return tuple(name for name, times in counted.most_common(4) if times >= OFTEN)


def _asked(quote: str, plain: str) -> Iterator[str | None]:
    for pattern in (ASKED, QUESTION, SUBJECT, ASIDE, OF_WHOM):
        for hit in pattern.finditer(plain):
            end = hit.end("who")
            if here := HERE.search(plain, hit.start("who"), end):
                end = here.start()
            yield _party(quote, hit.start("who"), end)


def _named(words: str) -> Iterator[PartyMention]:
    """Who is named by letters or as a secretariat, in order."""
    for hit in WORD.finditer(words):
        if (ACRONYM.match(hit[0]) and _names_one(hit[0])) or ORGAN.search(hit[0]):
            begin = max(0, hit.start() - 40, words.rfind(" and ", 0, hit.start()) + 5)
            name = _party(words, begin, hit.end())
            if name:
                yield PartyMention(name, bool(WHOSE.match(words, hit.end())))


def _choose(parties: Sequence[PartyMention], bodies: Sequence[str]) -> str | None:
    """An organ that can act goes before the body that all speak of, and that before others."""
    organs = [party.name for party in parties if ORGAN.search(party.name)]
    own = [party.name for party in parties if party.name in bodies[:1]]
    others = [party.name for party in parties if not party.is_whose]
    return next(iter(organs + own + others), None)


def _party(quote: str, start: int, end: int) -> str | None:
    """The end of the words that names a party, from its first capital on; None where none does."""
    for gap in BREAK.finditer(quote, start, end):
        start = gap.end()
    words = [hit.span() for hit in WORD.finditer(quote, start, end)]
    if not words:
        return None
    last = quote[words[-1][0] : words[-1][1]]
    # The capital of a passage's first word is only a sentence's.
    is_name = words[-1][0] > 0 and last[:1].isupper() and last not in NOT_A_PARTY
    if not (_names_one(last) or (is_name and last.lower() not in NO_NAME | NOT_ASKED)):
        return None
    first = len(words) - 1
    while first and len(words) - first < MAX_NAME and _belongs(quote[words[first - 1][0] : words[first - 1][1]]):
        first -= 1
    while first < len(words) - 1 and quote[words[first][0] : words[first][1]].lower() in LINKS:
        first += 1
    name = ONE_OF_MANY.sub("", ARTICLES.sub("", quote[words[first][0] : words[-1][1]]))
    if name.lower() in BARE:
        return None
    return name


def _names_one(word: str) -> bool:
    low = word.lower()
    return (low in PARTIES and low not in NOT_ASKED) or (bool(ACRONYM.match(word)) and word not in NOT_A_PARTY)


def _belongs(word: str) -> bool:
    """Whether a word before a party's name is part of it: an adjective, a capital, an article, no verb."""
    return word.lower() in PART_OF_NAME or (word[:1].isupper() and word.lower() not in NO_NAME)
