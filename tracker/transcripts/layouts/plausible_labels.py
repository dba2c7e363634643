"""Whether words could be a speaker's label: a name, a role, an organisation; or are only a heading."""

import re
from functools import lru_cache

from tracker.text import words
from tracker.transcripts.speakers.country_names import is_country
from tracker.transcripts.speakers.printed_names import PARTICLES, ROLES, TITLES, folded, words_of

# What stands before a colon in a heading, a list or a form, and never in a name.
HEADINGS = words(
    "note notes disclaimer agenda item items question questions answer answers summary date time venue place room topic"
    " topics session workshop panel transcript action actions resolved resolution decision decisions todo subject re"
    " proposal proposals recommendation recommendations observation point points theme themes first second third fourth"
    " fifth sixth seventh next last key main step steps part day title status copyright source example examples warning"
    " update contact email phone website http https location language translation present attendees attending apologies"
    " regrets scribe scribenick minutes meeting chapter section annex figure table option conclusion conclusions"
    " introduction background purpose thank thanks yes no ok okay one two three four five comments comment remarks and"
    " but so or if because that this these it is are was were you we they i my our proposed agreed motion vote votes"
    " deadline deadlines link links file files duration recording participants members invited absent previous log"
    " welcome subtopic reference references summarise summarize deprecated notice error fatal chat issue bug details"
    " what which who when where why how there here to for in on at with from as not also finally consensus reason"
    " objective objectives goal goals aim aims context overview outcome outcomes result results presenter(s) tldr"
    " url urls ai labels video artifacts"
)
#: The representative of France
ENVOYS = words("representative delegate delegation observer of for from permanent")
SIGNS = '?!;=<>@"“”{}#%&+'
#: labels whose answer is kept: each layout asks of the same ones
SEEN = 4_096
NUMBERED = re.compile(r"\d")


@lru_cache(maxsize=SEEN)
def is_label(text: str) -> bool:
    """Whether the words could be a name or a role, in the spelling of one."""
    return could_be(text) and _spelt_as_name(text)


@lru_cache(maxsize=SEEN)
def could_be(text: str) -> bool:
    """Whether the words could be a name or a role, whatever their spelling."""
    plain = [folded(word) for word in words_of(text)]
    if not 1 <= len(plain) <= 7 or any(sign in text for sign in SIGNS):
        return False
    if NUMBERED.search(text.split("(")[0]) and not set(plain) & ROLES:
        return False
    return not set(plain) & HEADINGS or bool(set(plain) & (ROLES | TITLES))


def _spelt_as_name(text: str) -> bool:
    names = [word for word in words_of(text) if folded(word) not in PARTICLES | TITLES | ENVOYS]
    return all(not word[0].islower() for word in names)


def in_capitals(label: str) -> bool:
    """Whether every word of the name is in capitals."""
    names = [word for word in words_of(label) if folded(word) not in TITLES | PARTICLES]
    return bool(names) and all(word.isupper() for word in names)


def is_role(label: str) -> bool:
    """Whether the label says what somebody is and not who."""
    return {folded(word) for word in words_of(label)} <= ROLES


def has_title(label: str) -> bool:
    """Whether a title stands before the name."""
    plain = [folded(word) for word in words_of(label)]
    # `The Mayor` has a title, `Plans for the Summer` has none.
    return bool(set(plain[:1]) & TITLES or set(plain[1:]) & (TITLES - {"the"}))


def is_named(label: str) -> bool:
    """Whether a label is trusted by its own spelling: capitals, a title, a role, or a country."""
    return in_capitals(label) or has_title(label) or is_role(label) or is_country(label)
