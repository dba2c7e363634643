"""Who is asked to act, in the passage's own words."""

import re

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
LINKS = frozenset({"and", "of", "on", "for"})
#: words
MAX_NAME = 10
PART_OF_NAME = LINKS | listed(
    "the all our both every each working civil private technical host local national regional international member"
    " advisory upstream power young"
)
NO_NAME = listed(
    "i so but if perhaps maybe could can would what that this these when why how it there also then now well yes no"
)
ARTICLE = re.compile(r"^(?:all|both|every|each|our|the) ", re.IGNORECASE)


def addressee(quote: str, plain: str) -> str | None:
    """The party asked, verbatim, or None; `plain` is the quote in small letters."""
    for pattern in (ASKED, QUESTION, SUBJECT, OF_WHOM):
        for hit in pattern.finditer(plain):
            start, end = _party(quote, hit.start("who"), hit.end("who"))
            if start < end:
                return quote[start:end]
    return None


def _party(quote: str, start: int, end: int) -> tuple[int, int]:
    """The end of the words that names a party, from its article or first capital on; empty where none does."""
    words = [(hit.start() + start, hit.end() + start) for hit in re.finditer(r"[\w'/-]+", quote[start:end])]
    if not words or not _ends_a_name(quote[words[-1][0] : words[-1][1]]):
        return start, start
    first = len(words) - 1
    while first and len(words) - first < MAX_NAME and _belongs(quote[words[first - 1][0] : words[first - 1][1]]):
        first -= 1
    while first < len(words) - 1 and quote[words[first][0] : words[first][1]].lower() in LINKS:
        first += 1
    kept = quote[words[first][0] : words[-1][1]]
    kept_words = re.findall(r"[\w'/-]+", kept)
    if ARTICLE.sub("", kept).lower() in BARE or not any(_names_one(word) for word in kept_words):
        return start, start
    return words[first][0], words[-1][1]


def _names_one(word: str) -> bool:
    return word.lower() in PARTIES or bool(ACRONYM.match(word))


def _ends_a_name(word: str) -> bool:
    return _names_one(word) or (word[:1].isupper() and word.lower() not in NO_NAME)


def _belongs(word: str) -> bool:
    """Whether a word before a party's name is part of it: an adjective, a capital, an article, no verb."""
    return word.lower() in PART_OF_NAME or (word[:1].isupper() and word.lower() not in NO_NAME)
