"""In what capacity speakers say that they speak, and how their words reached the room; nothing is guessed.

The values are the project's stored words for capacity and channel. What a rapporteur tells of others, or what is read
out for somebody, is reported by the one who speaks and counts for nobody else.
"""

import re
from dataclasses import dataclass

from tracker.text import HIS_WORD
from tracker.transcripts.speakers.country_names import is_country
from tracker.transcripts.speakers.printed_names import folded
from tracker.transcripts.speakers.stated_affiliations import ORGANISED
from tracker.transcripts.text_positions import Span

PARTY = r"(?P<party>[^.,;:!?()\[\]\n\r]{2,120})"
BEHALF = re.compile(r"\b(?:on|in)\s+(?:the\s+)?(?:behalf|name)\s+of\s+" + PARTY, re.IGNORECASE)
OWN = re.compile(
    r"\bin\s+(?:my|a|an)\s+(?:(?:own|purely|strictly|entirely|very)\s+)?(?:personal|individual|private|own)"
    r"\s+(?:capacity|name)\b|\bas\s+an\s+individual\b|\bspeak(?:ing)?\s+(?:only\s+|just\s+)?"
    r"(?:for\s+myself|personally)\b|\bon\s+my\s+own\s+behalf\b|\bin\s+my\s+own\s+name\b"
    r"|\bpersonal\s+capacity\b",
    re.IGNORECASE,
)
ROLE = (
    r"(?P<role>(?:MAG|Multistakeholder\s+Advisory\s+Group)\s+member|member\s+of\s+(?:the|this)\s+MAG"
    r"|(?:co-?|vice-?)?chair(?:man|woman|person)?|(?:co-?)?moderator|facilitator|(?:co-?)?rapporteur|reporter"
    r"|host(?:\s+country)?|(?:member|part)\s+of\s+the\s+secretariat|secretariat)\b"
)
AS = re.compile(
    r"\b(?:(?:speak|talk|interven|comment|tak|act|writ|respond|com|wear)\w{0,4}\s[^.;:!?\n]{0,40})?"
    r"(?:in\s+my\s+(?:role|capacity)\s+as|(?:with|wearing)\s+my\s+hat\s+(?:as|of)|as)\s+"
    r"(?:(?:a|an|the|your|one\s+of\s+the)\s+)?" + ROLE
    + r"(?:\s+(?:of|for|from)\s+" + PARTY + ")?",
    re.IGNORECASE,
)  # fmt: skip
HAT = re.compile(r"\bwith\s+my\s+" + ROLE + r"(?:['’]s)?\s+hat\b", re.IGNORECASE)
# Without "I" only "reporting from" says that the speaker does it: the report of the Chairman is a paper.
REPORTING = re.compile(
    r"\b(?:(?:I|we)(?:['’]m|['’]ll|['’]re|\s+(?:am|will|are|shall|would\s+like\s+to|want\s+to|have\s+to))?"
    r"\s+(?:just\s+|now\s+|here\s+)?(?:to\s+)?report(?:ing)?(?:\s+back)?\s+(?:from|on|for|of)"
    r"|reporting(?:\s+back)?\s+(?:from|for)|report(?:ing)?\s+back\s+(?:from|on|for))\s+" + PARTY,
    re.IGNORECASE,
)
# A third party's words: `the workshop concluded that`, `participants felt that`.
OTHERS = re.compile(
    r"\b(?:the|our|this|these|some|many|several|most|all)?\s*(?:workshop|session|panel|group|meeting|participants?|panell?ists?"
    r"|speakers?|discussion|room|audience|people)\s+(?:also\s+|then\s+|generally\s+)?(?:said|concluded"
    r"|recommended|felt|stressed|suggested|proposed|agreed|thought|called\s+for|noted|asked|heard|emphasi[sz]ed)\b"
    r"|\bwe\s+heard\s+(?:that|from)\b|\bit\s+was\s+(?:said|suggested|proposed|recommended|stressed"
    r"|noted|felt)\s+that\b",
    re.IGNORECASE,
)
READ_OUT = re.compile(
    r"\b(?:comment|question|intervention|remark|message|statement|point|request|input)s?\s+"
    r"(?:[^.;:!?\n]{0,30}\s)?(?:from|by)\s+(?:[^.;:!?\n]{0,30}\s)?"
    r"(?:remote|online|on-line|virtual)\s+(?:participa\w+|hubs?|moderator|attendees?|audience|colleagues?)"
    r"|\bremote\s+(?:participa(?:nt|tion)s?|hubs?|intervention|comment|question)s?\b(?:\s+\w+){0,6}?\s+"
    r"(?:asks?|says?|writes?|wants?|suggests?|proposes?|comments?)\b|\b(?:comment|question|message)s?\s+"
    rf"(?:in|from|on)\s+the\s+(?:chat|Q&A)\b|\bread(?:ing)?\s+(?:out\s+)?(?:a|the|this|their|{HIS_WORD}|her)\s+"
    r"(?:comment|question|statement|message)\s+(?:from|of|by)\b",
    re.IGNORECASE,
)
REMOTE = re.compile(
    r"\b(?:join(?:ing)?|participating|speaking|connected|attending|dialling\s+in|dialing\s+in)\s+"
    r"(?:(?:you|us|in|this\s+meeting)\s+)?(?:remotely|online|on-line|virtually|by\s+phone|by\s+telephone"
    r"|over\s+(?:zoom|webex|skype)|via\s+(?:zoom|webex|skype)|from\s+home)\b"
    r"|\bas\s+a\s+remote\s+participant\b|\bfrom\s+the\s+remote\s+hub\b",
    re.IGNORECASE,
)
TONGUE = r"(?:French|Spanish|Russian|Arabic|Chinese|Portuguese|German|Italian|Japanese|Korean|my\s+(?:own\s+)?language)"
# Speakers say it of what they do now, in the first person; a mark of the captioner says it too. That one may listen to
# interpretation, or what would happen if somebody spoke in another language, is no sign.
INTERPRETED = re.compile(
    r"(?<!if\s)(?<!whether\s)(?<!when\s)(?<!unless\s)(?<!should\s)(?<!can\s)(?<!could\s)(?<!may\s)\bI(?:['’]m|['’]ll|['’]d)?\s+"
    r"(?:(?:will|am|shall|would|like|want|prefer|going|have|to|now|also|just)\s+){0,4}(?:speak(?:ing)?|talk(?:ing)?|continue"
    r"|go\s+on|switch|say\s+(?:this|it)|address\s+you|take\s+the\s+floor|intervene|express\s+myself)\s+(?:to\s+)?(?:in\s+)?"
    + TONGUE + r"\b(?![^.!?\n]{0,80}\?)"
    r"|\bI(?:['’]m|\s+am|\s+will)?\s+(?:now\s+)?speak(?:ing)?\s+(?:through|via|with)\s+(?:the\s+|an?\s+|simultaneous\s+)?"
    r"interpret(?:er|ers|ation)\b|[\[(](?:through\s+)?interpret(?:ation|ed)[\])]"
    r"|[\[(](?:speaking|spoke|speaks)\s+in\s+" + TONGUE + r"[^\[\]()\n]{0,20}[\])]",
    re.IGNORECASE,
)  # fmt: skip
NOT = re.compile(r"\b(?:not|never|don['’]t|cannot|can['’]t|without)\b(?:\s+\w+){0,5}\s*$", re.IGNORECASE)
# Where the name of a party ends and the speaker goes on.
GOES_ON = re.compile(
    r"\s+(?:I|we|let|may|and\s+(?:I|we|also|in|as)|to|that|who|which|because|but|in\s+(?:saying|this|my)|would|will|has"
    r"|it|offer|ask|propose|thank|welcome|support|agree|is|was|were|have|want|wish|today|here|this\s+(?:morning|afternoon))\b.*$",
    re.DOTALL,
)
ROLES = (
    ("mag-member", ("mag", "multistakeholder")),
    ("rapporteur", ("rapporteur", "reporter")),
    ("moderator", ("moderator", "facilitator")),
    ("secretariat", ("secretariat",)),
    ("chair", ("chair",)),
    ("host", ("host",)),
)
STATE = re.compile(r"\b(?:governments?|ministry|minister|delegation|kingdom|republic|state of|administration)\b", re.I)
JOINT = re.compile(
    r"\b(?:coalitions?|group|groups|caucus|networks?|constituency|alliance|g77|g-77|colleagues|members"
    r"|community|communities|youth|stakeholders|friends|signatories|countries|states)\b",
    re.IGNORECASE,
)
REACH = 20_000  # characters of a turn that are read
MAX_PARTY_WORDS = 14  # a longer name has run on into the sentence


@dataclass(frozen=True)
class StatedCapacity:
    """For whom speakers say that they speak; each None where they do not say.

    `capacity` and `channel` are stored values (`mag-member`, `through-interpretation`); `on_behalf_of` is as spoken;
    `reported` says that others' words are told; `span` covers the words that say it.
    """

    capacity: str | None = None
    on_behalf_of: str | None = None
    channel: str | None = None
    reported: bool = False
    span: Span | None = None


def capacity_of(text: str, start: int, end: int) -> StatedCapacity:
    """What a turn or passage at characters start to end says of the capacity and channel in which it is spoken."""
    end = min(end, start + REACH)
    role = _first(AS, text, start, end) or _first(HAT, text, start, end)
    own = _first(OWN, text, start, end)
    behalf = _first(BEHALF, text, start, end)
    report = _first(REPORTING, text, start, end)
    read_out = _first(READ_OUT, text, start, end)
    others = report or read_out or OTHERS.search(text, start, end)
    capacity, party, cue = _spoken_for(report, role, own, behalf)
    channel, way = _channel(text, start, end, read_out)
    hits = [hit for hit in (cue, way, others) if hit]
    span = None
    if hits:
        span = _span(hits[0])
    return StatedCapacity(capacity, party, channel, bool(others) or capacity == "rapporteur", span)


Hit = re.Match[str] | None


def _first(cue: re.Pattern[str], text: str, start: int, end: int) -> Hit:
    """The first hit that is not denied (`I am not speaking on behalf of …`)."""
    hits = cue.finditer(text, start, end)
    return next((hit for hit in hits if not NOT.search(text, max(start, hit.start() - 60), hit.start())), None)


def _spoken_for(report: Hit, role: Hit, own: Hit, behalf: Hit) -> tuple[str | None, str | None, Hit]:
    """Capacity, party and the words that say so; who reports is a rapporteur, whatever else they are."""
    if report:
        return "rapporteur", _party(report), report
    if own and (not behalf or own.start() < behalf.start()) and (not role or own.start() < role.start()):
        return "own", None, own
    if behalf and (not role or behalf.start() < role.start()):
        party = _party(behalf)
        if party and _is_named(party):
            return (_kind(party), party, behalf)
        return (None, None, None)
    if role:
        return _role(role["role"]), _party(role), role
    return None, None, None


def _span(hit: re.Match[str]) -> Span:
    """The words that say it, up to the end of the party that they name."""
    party = hit.groupdict().get("party")
    if not party:
        return Span(hit.start(), hit.end())
    return Span(hit.start(), hit.start("party") + len(GOES_ON.sub("", party).rstrip()))


def _party(hit: re.Match[str]) -> str | None:
    party = hit.groupdict().get("party") or ""
    name = GOES_ON.sub("", party).split()
    return " ".join(name[:MAX_PARTY_WORDS]) or None


def _role(words: str) -> str | None:
    plain = folded(words)
    return next((value for value, signs in ROLES if any(sign in plain for sign in signs)), None)


def _is_named(party: str) -> bool:
    """Whether somebody can speak for it: a name, or a kind of body; "in the name of brevity" is for nobody."""
    plain = folded(party)
    if any(sign.isupper() for sign in party) or is_country(party) or JOINT.search(party) or STATE.search(party):
        return True
    return bool(plain.split()[0] in {"my", "our", "myself", "me"} or set(plain.split()) & ORGANISED)


def _kind(party: str) -> str:
    """What a party named after `on behalf of` is; an organisation where nothing tells more."""
    plain = folded(party)
    if plain in {"myself", "me"}:
        return "own"
    if re.match(r"(?:the )?(?:mag|multistakeholder advisory group)\b", plain):
        return "mag-member"
    if re.match(r"(?:the )?(?:igf |un )?secretariat\b", plain):
        return "secretariat"
    if re.match(r"(?:the )?(?:co-?)?(?:chair|host)", plain):
        if "host" in plain:
            return "host"
        return "chair"
    if JOINT.search(party):
        return "coalition-or-group"
    if STATE.search(party) or is_country(party):
        return "government"
    return "organisation"


def _channel(text: str, start: int, end: int, read_out: Hit) -> tuple[str | None, Hit]:
    interpreted = _first(INTERPRETED, text, start, end)
    remote = read_out or _first(REMOTE, text, start, end)
    if interpreted and (not remote or interpreted.start() < remote.start()):
        return "through-interpretation", interpreted
    if remote:
        return ("remote", remote)
    return (None, None)
