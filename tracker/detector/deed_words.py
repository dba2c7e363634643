"""Whether words name a deed: an order (`draft the text`), or what somebody will or should do."""

import re

from tracker.detector.cues.word_patterns import ACTIONS, MENTAL
from tracker.text import words

#: verbs of working notes, beside those of meetings
WORK = words(
    "backport book bounce bump bundle chase confirm contact convert cross-check cc delegate dig do double-check email"
    " ensure enquire fetch fill flag forward get go have help import inquire investigate land let liaise look mail"
    " message migrate note nudge obtain order pause phone ping plan poll port prod propose pull push query re-run"
    " rebase recheck redirect reorganise reorganize reply rerun reschedule restart revert rework ring roll script scope"
    " see settle sketch socialise socialize sort split spec squash suggest summarise summarize swap sync talk tell tidy"
    " triage"
    " trim tweak unblock update upstream validate warn watch workshop wrap bisect"
)
VERBS = ACTIONS | MENTAL | WORK
#: orders that only run the meeting or say nothing
IDLE = re.compile(
    r"(?:none|nothing|nil|n/?a(?! to)|tbd|tba|see (?:above|below|minutes|notes|item)|as above|no (?:new"
    r" )?actions?|next (?:meeting"
    r"|call)"
    r"|date of (?:the )?next|(?:accept|approve|adopt|confirm|agree)(?:d|s|ing)? (?:the |our |last |previous"
    r" )*(?:agenda"
    r"|minutes|notes)|adjourn|close the (?:meeting|call|queue)|carried|thanks?)\b",
    re.IGNORECASE,
)
LEAD = re.compile(
    r"(?:(?:and|also|then|please|possibly|maybe|to|still|just|not|that|need to|needs to) )*", re.IGNORECASE
)
WORD = re.compile(r"[^\W\d_][\w'’-]*")
DOES = re.compile(
    r"\b(?:will|shall|should|must|needs? to|has to|have to|is to|are to|to|'ll|agreed to|be (?:asked|instructed"
    r"|requested"
    r"|directed|authori[sz]ed|invited) to) (?:\w+ly |also |then |please |not )?(?P<verb>[a-z][\w-]+)",
    re.IGNORECASE,
)
BE_DONE = re.compile(
    r"\b(?:to|will|shall|should|must|needs? to|that [\w ,'-]{3,80}?) be (?:\w+ly )?(?P<done>\w+(?:ed|en|nt|ld|wn|ut"
    r"|de))\b",
    re.IGNORECASE,
)


def is_order(words_: str) -> bool:
    """Whether words begin with the verb of something to do."""
    words_ = words_[LEAD.match(words_).end() :]  # type: ignore[union-attr]  # may be empty, never absent
    first = WORD.match(words_)
    return first is not None and is_verb(first[0]) and words_.count(" ") >= 1 and not IDLE.match(words_)


def is_verb(word: str) -> bool:
    """Whether a word is the plain form of a verb of doing."""
    low = word.lower().replace("’", "'")
    return low in VERBS or (low.startswith("re") and low[2:].lstrip("-") in ACTIONS)


def names_deed(words_: str) -> bool:
    """Whether words tell somebody, or the group, to do something."""
    if IDLE.match(words_.lstrip()):
        return False
    does = DOES.search(words_)
    return is_order(words_) or (does is not None and is_verb(does["verb"])) or bool(BE_DONE.search(words_))
