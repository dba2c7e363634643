"""Who is to do it, in the words of an action line: `anna to …`, `Anna, Ben – …`, `… (Anna, by Friday)`, `Owner: …`."""

import re
from dataclasses import dataclass

from tracker.detector.cues.word_patterns import ARTEFACTS, PARTIES
from tracker.detector.deed_words import is_verb
from tracker.detector.due_words import LABELLED, is_due
from tracker.text import words
from tracker.transcripts.text_positions import Span, trim

_WORD = r"@?[^\W\d_](?:[\w'’`|^-]|\.(?=\w))*\.?"
_NAME = rf"(?:The |the )?{_WORD}(?: {_WORD}){{0,4}}?"
_AND = r"(?:, ?and |, ?| and | & | ?\+ ?| ?/ ?| or )"
_NAMES = rf"{_NAME}(?:{_AND}{_NAME}){{0,4}}?"
#: `Anna to draft`, `Anna and Ben will draft`
DOES = re.compile(
    rf"(?P<who>{_NAMES})(?P<does>(?:,? (?:you )?(?:to|will|shall|should|must|needs? to|is to|are to|agree[sd] to"
    rf"|volunteer(?:s|ed)?"
    r" to|offer(?:s|ed)? to|can|has to|have to|promised to|undertook to|(?:is|are) going to)\b|['’]ll\b|,? ?(?:→|->"
    r"|=>))"
    r" )(?P<next>[\w-]+)"
)
#: `Anna: draft`, `Anna – draft`
BEFORE_SIGN = re.compile(rf"(?P<who>{_NAMES})\s*(?:\*{{0,3}}:\*{{0,3}}|\*{{0,3}}\s[-–—]+)\s+(?=\S)")
#: `anna draft the text`, `AB drafts the text`
JUST_DOES = re.compile(rf"(?P<who>{_NAMES})\s+(?P<next>[a-z][\w-]+)(?=\s)")
#: `Anna, please draft`, `all groups, read`
CALLED = re.compile(rf"(?P<who>{_NAMES}), (?:please |could you |can you |would you )?(?P<next>[a-z][\w-]+)(?=\s)")
#: `[Anna] draft`
BRACKET_FIRST = re.compile(rf"[\[(](?P<who>{_NAMES})\??[\])]\s*[:–—-]*\s*(?=\S)")
#: where another action may begin in the same line
APART = re.compile(r"(?:;|(?<=\w\w\.))[ \t]+(?:and[ \t]+)?")
#: `Owner: Anna`
OWNER_LABEL = re.compile(
    r"[\s(\[,;|–—-]*\b(?:action )?(?:owners?|responsible(?: party| person)?|assignees?|assigned to|leads?|who|by whom"
    rf"|resp|holder)\b\.?\**\s*[:=]\s*\**\s*(?P<who>{_NAMES})(?=\s*(?:[.,;|)\]–—\n-]|$))",
    re.IGNORECASE,
)
#: `draft the text – Anna`, `draft the text @anna`
AFTER_SIGN = re.compile(rf"\s(?:[-–—]{{1,2}}|→|->|=>)\s*(?P<who>{_NAMES})\s*\.?$")
MENTIONED = re.compile(r"\s(?P<who>@[\w-]+(?:(?:,? and |, ?| & |/| )@[\w-]+)*)\s*\.?$")
FURTHER_NAME = re.compile(rf"{_AND}(?P<who>{_NAME})(?=\s*(?:[,;)\]]|$))")
#: a name or a date in brackets at the end, and the words that lead to it
IN_BRACKETS = re.compile(r"\s*[\[(](?P<inside>[^\])(\[\n]{2,70})[\])]\s*\.?$")
IN_BRACKETS_LEAD = re.compile(r"^\s*(?:(?:by|on|owner|lead|resp|responsible|with|action)\b[: ]\s*)?")
#: words that stand where a name would, and name nobody
NOBODY = words(
    "someone somebody anyone anybody who tbd tba nobody volunteer volunteers needed open ? i we me myself us you"
)
#: addressed together: asked, but nobody in person has taken it
BATCHES = words(
    "all everyone everybody members group wg participants attendees people team community folks editors authors chairs"
    " implementers reviewers vendors delegations observers"
)
#: words that a line may begin with, and are no nick
ORDINARY = words(
    "need needs how what why when where it this that these those they there new more next also please maybe we i you if"
    " in on for of with at from note text slides nothing no yes not action actions issue issues bug question discussion"
    " draft proposal idea decision info link topic agenda and or a an is are be was were try ready some any each"
)
#: parts of names that say nothing
SMALL = words("the and of for de van von der den di la le el al bin da dos del mac mc o")
#: verbs that another verb may follow with `to`: `agree to send` has no doer before `to`
CATENATIVE = words(
    "agree aim ask begin commit continue decide help intend look need offer plan prepare promise propose remember start"
    " talk"
    " try volunteer want write reply respond report send speak move go add link listen subscribe contribute"
)


@dataclass(frozen=True)
class Owned:
    """Who owns an action, where their name stands, and where the deed does; `who` is None where nobody is named."""

    who: Span | None
    deed: Span
    together: bool = False


def owned(text: str, start: int, end: int, names: frozenset[str]) -> Owned:
    """Who is to do what is written from start to end; `names` are names and nicks of the meeting in small letters."""
    for find in (_first, _told, _bracketed, _last):
        if hit := find(text, start, end, names):
            return hit
    return Owned(None, Span(start, end))


def named_in(text: str, start: int, end: int) -> Span:
    """Who is named in a mark's brackets: `Anna` of `Anna to begin`."""
    if hit := DOES.match(text, start, end):
        return trim(text, *hit.span("who"))
    return trim(text, start, end)


def several(text: str, start: int, end: int, names: frozenset[str]) -> list[Span]:
    """The actions of one line, parted where another doer is named after a semicolon or a full stop."""
    cuts = [start]
    ends = []
    for sign in APART.finditer(text, start, end):
        detail = OWNER_LABEL.match(text, sign.start() + 1, end) or LABELLED.match(text, sign.end(), end)
        if detail:
            continue  # an owner or a date of the action before
        hit = _first(text, sign.end(), end, names)
        if hit and hit.who and not hit.together:
            ends.append(sign.start())
            cuts.append(sign.end())
    return [trim(text, first, last) for first, last in zip(cuts, [*ends, end], strict=True)]


def together(name: str) -> bool:
    """Whether a name means people as a crowd."""
    return bool({word.lower() for word in re.findall(r"\w+", name)} & BATCHES)


def is_name(name: str, names: frozenset[str]) -> bool:
    """Whether words could be people's or parties' names: names, with @, capitalised, or a body's."""
    parts = [part for part in re.split(r"[\s,&+/]+", name.strip(" .")) if part and part.lower() not in SMALL]
    return bool(parts) and len(parts) <= 8 and all(_is_part(part, names, alone=len(parts) == 1) for part in parts)


def _is_part(part: str, names: frozenset[str], *, alone: bool) -> bool:
    low = part.lower().strip(".").lstrip("@")
    if part.startswith("@") or low in names:
        return True
    if low in ORDINARY or low in ARTEFACTS - PARTIES or low in NOBODY:
        return False
    return low in PARTIES | BATCHES or (part[0].isupper() and not (alone and is_verb(low)))


def _first(text: str, start: int, end: int, names: frozenset[str]) -> Owned | None:
    """`Anna to draft …`, `anna: draft …`."""
    hit = DOES.match(text, start, end)
    if hit and hit["next"].lower() != "be" and _doer(hit["who"], hit["next"], names):
        return _named(text, hit, Span(hit.start("next"), end))
    for pattern in (BEFORE_SIGN, BRACKET_FIRST):
        hit = pattern.match(text, start, end)
        if hit and (is_name(hit["who"], names) or hit["who"].lower() in NOBODY):
            return _named(text, hit, Span(hit.end(), end))
    hit = CALLED.match(text, start, end)
    if hit and is_name(hit["who"], names) and is_verb(hit["next"]):
        return _named(text, hit, Span(hit.start("next"), end))
    hit = JUST_DOES.match(text, start, end)
    if hit and _is_known(hit["who"], names) and is_verb(_plain_form(hit["next"])):
        return _named(text, hit, Span(hit.start("next"), end))
    return None


def _is_known(who: str, names: frozenset[str]) -> bool:
    """Whether every word is a name of the meeting: without `to` or a sign nothing else tells a doer."""
    parts = [part.strip("@,.").lower() for part in re.split(r"[\s&+/]+", who)]
    return all(part in names or part in SMALL for part in parts) and parts[0] in names


def _plain_form(verb: str) -> str:
    """A verb as its order: `brings` and `does` become `bring` and `do`."""
    if is_verb(verb):
        return verb
    for ending, plain in (("ies", "y"), ("es", ""), ("s", "")):
        if verb.endswith(ending) and is_verb(verb.removesuffix(ending) + plain):
            return verb.removesuffix(ending) + plain
    return verb


def _doer(who: str, verb: str, names: frozenset[str]) -> bool:
    """Whether the words before `to` name somebody, a nick among them, and are no order (`respond to Anna`)."""
    parts = who.split()
    low = parts[0].lower().strip("@,")
    if low in NOBODY:
        return True
    if low not in names and not who.startswith("@") and is_verb(low) and (low in CATENATIVE or not is_verb(verb)):
        return False
    if len(parts) == 1 and is_verb(verb) and low not in ORDINARY:
        # A single word before a verb is a nick, unless it is a thing: then it must be a name otherwise.
        return low not in ARTEFACTS or is_name(who, names | {low})
    return is_name(who, names)


def _told(text: str, start: int, end: int, _known: frozenset[str]) -> Owned | None:
    """`… Owner: Anna. Deadline: Friday`."""
    hit = OWNER_LABEL.search(text, start, end)
    if hit and hit.start() > start:
        return _named(text, hit, Span(start, max(start, hit.start())))
    return None


def _bracketed(text: str, start: int, end: int, names: frozenset[str]) -> Owned | None:
    """`… (Anna, by Friday)`."""
    hit = IN_BRACKETS.search(text, start, end)
    if hit is None:
        return None
    at = hit.start("inside")
    for part in re.finditer(r"[^,;–—]+", hit["inside"]):
        lead = IN_BRACKETS_LEAD.sub("", part[0])
        name = trim(text, at + part.end() - len(lead), at + part.end())
        name_words = text[name.start : name.end]
        if name_words and not is_due(name_words) and is_name(name_words, names):
            names_span = _widened(text, name, hit.end("inside"), names)
            return Owned(names_span, Span(start, hit.start()), together(name_words))
    return None


def _widened(text: str, name: Span, end: int, names: frozenset[str]) -> Span:
    """The name with those that follow it after commas: `(Anna, Ben, by Friday)`."""
    while more := FURTHER_NAME.match(text, name.end, end):
        if is_due(more["who"]) or not is_name(more["who"], names):
            break
        name = Span(name.start, more.end())
    return name


def _last(text: str, start: int, end: int, names: frozenset[str]) -> Owned | None:
    """`… – Anna`, `… @anna`."""
    for pattern in (AFTER_SIGN, MENTIONED):
        hit = pattern.search(text, start, end)
        if hit and hit.start() > start and not is_due(hit["who"]) and is_name(hit["who"], names):
            return _named(text, hit, Span(start, hit.start()))
    return None


def _named(text: str, hit: re.Match[str], deed: Span) -> Owned:
    who = trim(text, *hit.span("who"))
    name = text[who.start : who.end]
    if name.lower().strip("@. ") in NOBODY:
        return Owned(None, deed)
    return Owned(who, deed, together(name))
