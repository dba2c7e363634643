"""Who is asked to act, in the speaker's own words: in the passage, else in what they said just before."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tracker.detector.cues.word_patterns import ACTIONS, PARTIES, phrase
from tracker.text import HIS_WORD
from tracker.text import words as listed

#: words that name nobody when they stand alone
BARE = listed(
    "we they you who everyone everybody somebody someone i us people state group team members member sector society"
    " business industry media host chair press union office"
)
ACRONYM = re.compile(r"^[A-Z][A-Za-z0-9]*[A-Z][A-Za-z0-9]*$")
WHO = r"(?P<who>(?:the |all |our |every |each |any )?[\w'/-]+(?: [\w'/-]+){0,6}?)"
VERBS = "|".join(sorted(ACTIONS | {"be", "have", "do", "make", "open", "teach", "lend", "fix", "tell", "say", "pay"}))
ASKED = phrase(
    r"\b(?:call(?:s|ed|ing)? (?:up)?on|urge[sd]?|appeal(?:s|ed)? to|encourage[sd]?|invite[sd]?|ask(?:s|ed)?"
    r"|request(?:s|ed)?|(?:would|'d|i|we) (?:also |really |very much )?like|wants?|wanted|needs?|expects?|trust"
    r"|task(?:s|ed)?|let|hope that|hope|recommends? that|suggests? that|proposes? that|recommend|suggest|propose)"
    rf" {WHO} (?:to|should|could|can|will|would|publish|be|decide|see)\b"
)
#: what is recommended or needed is that somebody does it
THAT_THEY = phrase(
    r"\b(?:recommend(?:s|ed)?|suggest(?:s|ed)?|propose[sd]?|ask(?:s|ed)?|demand(?:s|ed)?|insist(?:s|ed)?"
    r"|request(?:s|ed)?|urge[sd]?|essential|important|vital|necessary|crucial|high time|help if|good if"
    r"|useful if) (?:that )?"
    rf"{WHO} (?:would |also |not )?(?:{VERBS}|report|set|start|take|give|write|send|put)\b"
)
SUBJECT = phrase(
    r"(?P<who>(?:the |all |our |every |each |both )?[\w'/-]+(?: [\w'/-]+){0,9}?) (?:should|must|ought to|shall"
    r"|could|needs? to|has to|have to|can|might|may want to|will|would (?:do well|be well advised|have)|ha(?:s"
    r"|ve) (?:an obligation|a duty|a responsibility))\b"
)
QUESTION = phrase(
    r"\b(?:could|can|would|will|should) (?P<who>(?:the |all |our )?[\w'/-]+(?: [\w'/-]+){0,5}?)"
    rf" (?:please |at least |perhaps |maybe |also |not ){{0,2}}(?:{VERBS}|explain|send|write|tell|say)\b"
)
ENDS = (
    r"(?= (?:to|and|or|is|are|was|were|in|on|at|by|who|that|before|within|as|for|should|must|has|have|needs?"
    r"|could)\b|[,.;:?!]|$)"
)
#: whose turn it is
UP_TO = phrase(
    r"\b(?:(?:up|be|is|fall|falls|left) (?:to|for|on)|(?:duty|task|job|role|responsibility|obligation) of"
    r"|(?:expect|want|need|ask|expected|needed|wanted|asked) (?:from|of)|(?:help|support|answers?|input"
    r"|money) from|work for|incumbent on)"
    rf" (?P<who>(?:the |all |our |every )[\w'/-]+(?: [\w'/-]+){{0,5}}?){ENDS}"
)
BY_WHOM = phrase(
    r"\b(?:be|get) (?:\w+ (?:with |at |up |out |and )?){1,3}by"
    rf" (?P<who>(?:the |all |our |every )?[\w'/-]+(?: [\w'/-]+){{0,4}}?){ENDS}"
)
FOR_WHOM = phrase(rf"\bfor {WHO} to\b")
#: `Petra to send the list`, `Petra, could you send it`
NAME_FIRST = re.compile(
    r"^(?!(?:Happy|Glad|Willing|Ready|Need|Want|Nice|Good|Great|Sorry|Try|Have|Going|Able|How|What|Where|When)\b)"
    rf"(?P<who>[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)(?: to (?:{VERBS}|send|write|check|ask)\b|, (?:can|could|would"
    rf"|will) you\b)"
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
#: words of a name before its last, where nothing else says how far it reaches
WIDEST = 3
DETERMINERS = listed("the all our every each both these those any a an")
#: words that stand before a name, and are no part of it
BEFORE_NAME = listed(
    "i we you they it is are was were be been am do does did have has had will would should must can could may might"
    " shall to in at by with from as than about into if when because that which who what where how why not or but so"
    " then also just only really more most less think hope believe say said see know want need wants needs like ask"
    " asks urge suggest recommend propose make let help guess mean feel this her their my your some many and of on"
    " for what's please until unless while here there"
) | {HIS_WORD}
#: who has such a name acts: `treasurers`, `librarians`, `operators`
AGENT = re.compile(r"[a-z-]{2,}(?:ers?|ors?|ists|ians?|ants?|ees)$")
#: … but not these
NO_AGENTS = listed(
    "paper number order letter server computer water summer winter other another chapter matter power folder header"
    " better older younger greater larger smaller further either neither rather ever never however whatever over under"
    " after later whether together altogether difference character weather buffer pointer trigger corner border layer"
    " fewer higher lower longer shorter faster slower closer wider deeper remember consider answer discover deliver"
    " cover offer gather disorder cluster render refer prefer tower river newsletter filter error factor sector floor"
    " door color colour behavior behaviour favor favour vector mirror motor for nor per her degree committee fee tree"
    " agree see free want grant relevant important constant restaurant plant distant significant instant"
)
MORE_PARTIES = listed(
    "clerk clerks forums exchanges hub hubs museum museums hospital hospitals firms firm clinics church churches club"
    " clubs service services force forces charities farms guild guilds police court courts faculty crew desk bodies"
    " body unit units chairperson president mayor dean master parishes branches branch"
)
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
    r" (?!(?:and|or|to|in|at|on|for|with|will|would|should|could|can|must|ha[sd]|have|is|are|was|were|may|might"
    r"|needs?|by|from|as|that|which|who|do|does|did)\b)[a-z]+"
)
BODY = re.compile(r"\b[Tt]he ([A-Z][A-Za-z]*[A-Z])s?\b")
OWN_DEED = phrase(
    r"\bour [\w'-]+(?: [\w'-]+){0,2} (?:can|will|could|is (?:happy|ready|willing))\b|\b(?:i|we)(?:'ll| will"
    r"| am going| are going| am happy| are happy| commit| am committed| can (?!see|think|imagine|only)|'m going"
    r"|'re going)\b|\bcommit myself\b|\bi(?:'m| am| would be|'d be) (?:\w+ )?(?:happy|glad|willing|ready|committed"
    r"|going) to\b|^(?:happy|glad|willing|ready) to\b|\bi(?:'d| would) (?:like|love) to (?:help|host|offer|present"
    r"|write)\b"
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
    if hit := NAME_FIRST.match(quote):
        yield hit["who"]
    for pattern in (ASKED, THAT_THEY, QUESTION, SUBJECT, ASIDE, UP_TO, BY_WHOM, OF_WHOM, FOR_WHOM):
        for hit in pattern.finditer(plain):
            if pattern is SUBJECT and OWN_DEED.match(plain, hit.start()):
                continue
            end = hit.end("who")
            if here := HERE.search(plain, hit.start("who"), end):
                end = here.start()
            yield _party(quote, hit.start("who"), end) or _head_of(quote, hit.start("who"), end)


def _head_of(quote: str, start: int, end: int) -> str | None:
    """Return the party before `of`: those who act are the developers of a system, not the system."""
    head, of, _ = quote[start:end].partition(" of ")
    if not of:
        return None
    return _party(quote, start, start + len(head))


def _named(words: str) -> Iterator[PartyMention]:
    """Who is named by letters or as a secretariat, in order."""
    for hit in WORD.finditer(words):
        if (ACRONYM.match(hit[0]) and _names_one(hit[0])) or ORGAN.search(hit[0]):
            begin = max(0, hit.start() - 40, words.rfind(" and ", 0, hit.start()) + 5)
            name = _party(words, begin, hit.end(), is_wide=False)
            if name:
                yield PartyMention(name, bool(WHOSE.match(words, hit.end())))


def _choose(parties: Sequence[PartyMention], bodies: Sequence[str]) -> str | None:
    """An organ that can act goes before the body that all speak of, and that before others."""
    organs = [party.name for party in parties if ORGAN.search(party.name)]
    own = [party.name for party in parties if party.name in bodies[:1]]
    # Letters that are no known body are mostly a thing: a format, a protocol, a place.
    known = [party for party in parties if party.name.lower() in PARTIES or party.name in bodies]
    others = [party.name for party in known if not party.is_whose]
    return next(iter(organs + own + others), None)


def _party(quote: str, start: int, end: int, *, is_wide: bool = True) -> str | None:
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
    if is_wide:
        first = _widened([quote[begin:end] for begin, end in words[:first]])
    name = ONE_OF_MANY.sub("", ARTICLES.sub("", quote[words[first][0] : words[-1][1]]))
    if name.lower() in BARE:
        return None
    return name


def _widened(before: Sequence[str]) -> int:
    """Return the number of words before a name that are no part of it: `the local | libraries` has none but "the"."""
    for place in range(len(before) - 1, -1, -1):
        word = before[place].lower()
        if word in DETERMINERS:
            return place + 1
        is_deed = word.endswith("ing") and (place == 0 or before[place - 1].lower() not in DETERMINERS)
        if place < len(before) - WIDEST or word in BEFORE_NAME or is_deed:
            return len(before)
    return 0


def _names_one(word: str) -> bool:
    low = word.lower()
    if low in MORE_PARTIES or (AGENT.match(low) and low.removesuffix("s") not in NO_AGENTS):
        return low not in NOT_ASKED
    return (low in PARTIES and low not in NOT_ASKED) or (bool(ACRONYM.match(word)) and word not in NOT_A_PARTY)


def _belongs(word: str) -> bool:
    """Whether a word before a party's name is part of it: an adjective, a capital, an article, no verb."""
    return word.lower() in PART_OF_NAME or (word[:1].isupper() and word.lower() not in NO_NAME)
