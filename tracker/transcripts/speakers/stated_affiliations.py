"""Where speakers say they come from, as spoken, and the stakeholder group that the words hint at: candidates only."""

import re
from dataclasses import dataclass

from tracker.text import words
from tracker.transcripts.speakers.country_names import is_country
from tracker.transcripts.speakers.printed_names import folded

# What may stand between a name and the place it is from.
LINK = re.compile(
    r"[\s,.;–—-]*(?:sp\s+)?(?:(?:and|so)\s+)?"
    r"(?:(?:I|i)(?:\s+(?:am|come|work|represent|speak|teach|do)|['’]m)?\s+)?"
    r"(?:(?:here|also|just|coming|working|speaking)\s+)?"
    r"(?P<link>from|with|for|representing|at|of|on behalf of|de|desde|del|du|des)?\s+",
    re.IGNORECASE,
)
JOB = re.compile(
    r"(?![\s,]*(?:and\s+)?I\s+(?:speak|talk|will)\b)[\s,]*(?:(?:and\s+)?I(?:\s+am|['’]m)\s+)?(?:(?:the|a|an|as)\s+)?"
    r"[^.,;:!?\n]{2,50}?\s(?:of|at|for|with|in)\s+(?=(?:the\s+)?[A-Z])"
)
STOP = re.compile(
    r"[,.;:!?()\[\]\n\r]|\s(?:sp|and\s+(?:I|we|my|this|thank)|I['’]?|we|who|which|where|speaking|here|but|my|this"
    r"|thank|thanks|it|to|in\s+my|because|just|would|want|have|is|am|are|was|has)(?=[\s.,]|$)"
)
MOST = 90  # characters of an affiliation
ORGANISED = words(
    "university institute ministry association foundation society council agency network union centre center"
    " school commission committee department authority organisation organization forum coalition group company"
    " board office secretariat programme program federation alliance academy college bank college government"
    " delegation embassy mission observatory chamber lab laboratory trust party parliament bank club church hotel"
    " museum hospital registry residents citizens neighbours farmers students delegation caucus league cooperative"
    " co-op"
)
GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "intergovernmental-organisation",
        words("un united-nations unesco itu wipo undp unctad wto oecd unicef intergovernmental european-commission"
              " council-of-europe african-union arab-league commonwealth undesa ilo unece uneca world-bank"),
    ),
    ("academia", words("university professor academia academic faculty institute-of-technology college school phd"
                       " researcher student universite universidad lecturer")),
    (
        "government",
        words("ministry minister government department-of embassy delegation parliament regulator authority federal"
              " ambassador senator permanent-mission ministere ministerio state-secretary municipality mayor"),
    ),
    (
        "civil-society",
        words("ngo civil-society association-for-progressive foundation coalition caucus activist rights youth"
              " non-profit nonprofit consumers community-radio women advocacy"),
    ),
    (
        "technical-community",
        words("icann ietf iab w3c registry ripe apnic lacnic afrinic arin isoc internet-society internet-exchange"
              " network-operators cctld technical-community nic dns nro iana"),
    ),
    ("private-sector", words("company corporation inc ltd business industry chamber-of-commerce ceo telecom google"
                             " microsoft facebook amazon private-sector icc entrepreneur startup operator gmbh")),
    ("media", words("journalist newspaper radio television media press broadcaster reporter editor")),
)  # fmt: skip


@dataclass(frozen=True)
class Affiliation:
    """A body as its speaker called it, at characters start to end, and the group its words hint at, None if none."""

    text: str
    start: int
    end: int
    group: str | None


def find_affiliation(text: str, start: int, end: int) -> Affiliation | None:
    """Return what speakers name as their place right after their name, which ends at `start`; None without one."""
    link = LINK.match(text, start, end)
    begin = link.end() if link and link["link"] else None
    if begin is None:
        job = JOB.match(text, start, min(end, start + 120))
        begin = job.end() if job else None
    if begin is None:
        return None
    stop = STOP.search(text, begin, min(end, begin + MOST))
    finish = min(end, begin + MOST)
    if stop:
        finish = stop.start()
    body_name = text[begin:finish].strip(" \xa0")
    if not _is_place(body_name):
        return None
    return Affiliation(body_name, begin, begin + len(body_name), guess_group(text[start:finish]))


def _is_place(body_name: str) -> bool:
    """Whether the words name something: a capital letter, a country or a kind of body; and not a whole sentence."""
    plain = folded(body_name).split()
    if not plain or len(plain) > 12:
        return False
    return any(sign.isupper() for sign in body_name) or is_country(body_name) or bool(set(plain) & ORGANISED)


def guess_group(body_words: str) -> str | None:
    """The stakeholder group that the words hint at, as the project's stored value; None where nothing does."""
    plain = " " + re.sub(r"\W+", " ", folded(body_words)) + " "
    for group, hints in GROUPS:
        if any(f" {hint.replace('-', ' ')} " in plain for hint in hints):
            return group
    return None
