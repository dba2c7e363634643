"""How a chair gives the floor and thanks for it: who is called at the end of a speech, who is thanked at the start."""

import re

from tracker.text import HE_WORD, words
from tracker.transcripts.speakers.country_names import is_country
from tracker.transcripts.speakers.printed_names import (
    PARTICLES,
    ROLES,
    TITLES,
    common_words,
    folded,
    is_initials,
)
from tracker.transcripts.speakers.stated_affiliations import ORGANISED

_PART = r"(?:de|la|le|du|des|di|da|dos|del|della|van|von|der|den|al|el|bin|ibn|y|e)"
_WORD = r"[^\W\d_a-z][\w'’-]{0,30}"
_TITLE = r"(?:Mr|Ms|Mrs|Dr|Prof|Madam|Ambassador|Minister|Sir|Señor|Señora|Monsieur|Madame)\.?"
NAME = rf"(?P<name>(?:{_TITLE}\s+)?{_WORD}(?:\s+(?:{_PART}\s+){{0,2}}{_WORD}){{0,3}})"
_OUR = r"(?:(?:our|the|my|your)\s+(?:[\w-]+\s+){0,3}[\w-]+,?\s+)?"
CALLS = tuple(
    re.compile(form)
    for form in (
        rf"\b(?:floor|microphone|mic|word|podium|chair|mike|screen)\s+(?:(?:now|over|back|next|first|then)\s+)*to\s+{_OUR}{NAME}",
        rf"\b(?:[Hh]and|[Pp]ass|[Tt]urn|[Gg]ive|[Bb]ack|[Oo]ver|[Gg]o)\s+(?:(?:it|this|that|you|back|over|on|now|first|next)\s+)*to\s+(?:you,?\s+)?{_OUR}{NAME}",
        rf"\b(?:[Cc]all|[Cc]alling)\s+(?:up)?on\s+{_OUR}{NAME}",
        rf"\b(?:[Ii]nvite|[Ii]ntroduce|[Ww]elcome|[Aa]sk|[Hh]ear\s+from|[Rr]ecogni[sz]e)\s+{_OUR}{NAME}",
        rf"\b(?:[Nn]ext|[Ff]irst|[Tt]hen|list|line|queue|[Ss]peaker),?\s+(?:(?:speaker|up|one|person|on\s+(?:my|the)\s+list|in\s+(?:the\s+)?(?:line|queue)|we\s+have|I\s+have)\s+)?(?:is|comes|will\s+be|we\s+have|I\s+have)?\s*,?\s*{_OUR}{NAME}",
        rf"\b(?:I|[Ww]e)\s+(?:have|see|got|do\s+see)\s+{_OUR}{NAME}(?=\s+(?:on|in|at|with|asking|raising|who|first|next)\b|[.,?!])",
        rf"(?:^|[.!?…,]\s+|\band\s+|\bto\s+){NAME}[,.]?\s+(?:please|you\s+have|you\s+are|you['’]re|the\s+floor|go\s+ahead|over\s+to|would\s+you|could\s+you|can\s+you|do\s+you|do\s+we|is\s+there|are\s+there|will\s+you|your\s+turn|it['’]s\s+your|welcome|take\s+it)\b",
        rf"\b(?:palabra|parole|mot|palavra)\s+(?:la\s+tiene|est\s+à|à|a|para)?\s*{_OUR}{NAME}",
        rf"\b(?:[Oo]ver\s+to\s+you|[Gg]o\s+ahead|[Pp]lease|[Yy]es|[Oo]kay|OK|[Nn]ow|[Aa]nd|[Nn]ext|[Tt]hen),?\s+{NAME}\s*[.?!]?\s*$",
        rf"(?:^|[.!?…]\s+){NAME}\s*[?.!]\s*$",
    )
)
THANKS = re.compile(
    r"\W*(?:(?:ok|okay|yes|great|good|right|all right|well|wonderful|excellent|very clear|splendid|many|so|perfect"
    r"|hello|good morning|good afternoon)\b[\s,.!]*){0,4}(?:thank you|thanks|merci|gracias|obrigad[oa]|thank)\b[\s,.!]*"
    r"(?:(?:so|very|much|a lot|indeed|again|for that|to|too|beaucoup|muchas|both|dear)\b[\s,.!]*){0,4}",
    re.IGNORECASE,
)  # fmt: skip
AFTER = re.compile(NAME)
REACH = 500  # characters at the end of a speech in which the next speaker is called
NOBODY = (
    ROLES
    | {HE_WORD}
    | words(
        "i we you she it they thank thanks the this that these those there yes no ok okay so and but now next first"
        " then"
        " good very please our my your all any well right who what when where why how let lets if in on at for from to"
        " is are do does excellencies ladies gentlemen everybody everyone colleagues madam sir mag igf un chat internet"
        " question comments any another one two three hello hi dear great perfect noted fine sorry remote online panel"
        " monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
        " september october november december point action resolved with will can could would here with session"
    )
)


def find_called(text: str, start: int, end: int) -> str | None:
    """The name of whoever is called last at the end of a speech, as spoken; None where nobody is."""
    # Several may be named at the end of a speech; the last is the one who speaks next.
    return next(reversed(names_called(text, start, end)), None)


def names_called(text: str, start: int, end: int) -> list[str]:
    """The names of all who are called at the end of a speech, as spoken, in order."""
    hits = [hit for form in CALLS for hit in form.finditer(text, max(start, end - REACH), end)]
    named = [(hit.start("name"), name) for hit in hits if (name := _person(text, hit["name"]))]
    return [name for _, name in sorted(named)]


def find_thanked(text: str, start: int, end: int) -> str | None:
    """The name of whoever is thanked in the first words of a speech, as spoken; None where nobody is."""
    opening = THANKS.match(text, start, min(end, start + 120))
    # After a full stop a name begins another sentence: often the speaker's own.
    if opening is None or opening[0].rstrip()[-1:] in (".", "!"):
        return None
    name = AFTER.match(text, opening.end(), min(end, opening.end() + 80))
    if name:
        return _person(text, name["name"])
    return None


def _person(text: str, name: str) -> str | None:
    """The words, where they name a person: no country, role or body, and no word that the text writes small too."""
    common = common_words(text)
    parts = name.split()
    while parts and (folded(parts[0]) in NOBODY - TITLES or parts[0].lower() in common):
        parts = parts[1:]
    while parts and folded(parts[-1]) in NOBODY | PARTICLES:
        parts = parts[:-1]
    bare = [part for part in parts if folded(part) not in TITLES]
    if not bare or is_country(" ".join(bare)) or all(len(part) < 2 for part in bare):
        return None
    if any(is_initials(part) or folded(part) in ORGANISED or part.endswith(("'s", "’s")) for part in bare):
        return None
    return " ".join(parts)
