"""What a text says beforehand of its names: initials with their bearers, who was present, who holds the chair."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from tracker.transcripts.speakers.printed_names import PARTICLES, common_words, folded, is_initials

REACH = 12_000  # characters of a head, and of a tail, in which such lists stand
WORD = r"[^\W\d_][\w'’.-]{0,30}"
NAME = rf"{WORD}(?:[ \t]{{1,3}}{WORD}){{1,4}}"
KEY = r"[A-Z]{2,5}"
FORMS = (
    re.compile(rf"(?P<name>{NAME})(?:[ \t]+[-–—][^()\[\]\r\n]{{1,60}})?[ \t]{{0,3}}[(\[](?P<key>{KEY})[)\]]"),
    re.compile(
        rf"^[ \t*-]*(?P<key>{KEY})[ \t]{{0,3}}(?:=|–|—|-|:|\t)[ \t]{{0,3}}(?P<name>{NAME})[ \t]*(?:[,(;|].*)?\r?$", re.M
    ),
    re.compile(rf"\|[ \t]{{0,40}}(?P<name>{NAME})[ \t]{{0,60}}\|[ \t]{{0,40}}(?P<key>{KEY})[ \t]{{0,40}}\|"),
)
SPEECH_LIKE = FORMS[1]
PRESENT = re.compile(
    r"^[ \t*#]{0,6}(?:present|attendees|attending|attendance|in attendance|participants|on the call|members present"
    r"|remote attendees|invitees)[ \t*]{0,4}:?[ \t*]{0,4}(?P<same>[^\r\n]{0,2000})(?:\r?\n[ \t]*(?=\r?\n[ \t]*[-*•]))?"
    r"(?P<below>(?:\r?\n[ \t]*[-*•]?[ \t]*\S[^\r\n]{0,200}){0,60})",
    re.M | re.I,
)
HOLDER = re.compile(
    r"^[ \t*•-]{0,6}"
    r"(?P<role>(?:co-?)?chair(?:man|woman|person)?|moderator|facilitator|secretary|clerk|host|president)"
    rf"[ \t*]{{0,4}}:[ \t*]{{0,4}}(?P<name>{NAME})[ \t]*(?:\([^()\r\n]{{1,60}}\))?[ \t]*\r?$",
    re.M | re.I,
)  # fmt: skip
LINKED = re.compile(r"\[([^\[\]\r\n]{1,80})\]\([^()\r\n]{0,300}\)")
# What stands beside a name in a list: a body after a dash, a heading before a colon.
BESIDE = re.compile(r"^[^:]{1,40}:[ \t]|[ \t]+[-–—][ \t].*")
SEPARATOR = re.compile(r"[,;\r\n]|[ \t]and[ \t]")


@dataclass(frozen=True)
class Legend:
    """Full names by what stands for them: `keys` by folded initials, `roles` by folded role; `present` were there."""

    keys: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    present: tuple[str, ...] = ()


def read_legend(text: str) -> Legend:
    """What the head of a text tells of its names."""
    head = LINKED.sub(r"\1", text[:REACH])
    common = common_words(text)
    keys: dict[str, str] = {}
    for form in FORMS:
        for hit in form.finditer(head):
            name = _fitting(hit["name"], hit["key"])
            # Minutes begin speeches so too: `TT: Thanks Timea` explains nothing, and `CHAIR: …` no initials.
            is_speech = form is SPEECH_LIKE and (not is_initials(hit["key"]) or _begins_small(name, common))
            if name and not is_speech:
                keys.setdefault(folded(hit["key"]), name)
    roles = {folded(hit["role"]): _plain(hit["name"]) for hit in HOLDER.finditer(head) if _is_name(_plain(hit["name"]))}
    present = [name for hit in PRESENT.finditer(head) for name in _names(f"{hit['same']}\n{hit['below']}")]
    for name in dict.fromkeys(present):
        _explain_initials(keys, name, present)
    return Legend(keys, roles, tuple(dict.fromkeys([*keys.values(), *roles.values(), *present])))


def _begins_small(name: str | None, common: Container[str]) -> bool:
    return any(word.lower() in common for word in (name or "").split())


def _explain_initials(keys: dict[str, str], name: str, present: Sequence[str]) -> None:
    """Let the first letters of a name stand for it, unless they fit two of those present."""
    own = _initials(name)
    if sum(_initials(other) == own for other in dict.fromkeys(present)) == 1:
        keys.setdefault(own, name)


def _initials(name: str) -> str:
    return "".join(part[0] for part in re.split(r"[ -]", folded(name)) if part)


def _fitting(words: str, key: str) -> str | None:
    """The last words before initials that could be their name: it begins with the first of them."""
    parts = _plain(words).split()
    # The form may have caught words before the name: it begins where its first letter is that of the initials.
    for start in range(len(parts) - 1):
        name = " ".join(parts[start:])
        if folded(parts[start])[:1] == key[0].lower() and _is_name(name):
            return name
    if _is_name(_plain(words)) and len(parts) <= 3 and parts[0][0].lower() == key[0].lower():
        return _plain(words)
    return None


def _names(listed: str) -> list[str]:
    parts = (
        _plain(BESIDE.sub("", re.sub(r"\([^()]*\)?|\[[^\[\]]*\]?", "", part).lstrip("-*• \t")))
        for part in SEPARATOR.split(listed)
    )
    return [name for name in parts if _is_name(name)]


def _plain(words: str) -> str:
    return " ".join(words.split()).strip(".-’'")


def _is_name(words: str) -> bool:
    """Two to five capitalised words."""
    parts = words.split()
    return 2 <= len(parts) <= 5 and all(part[0].isupper() or folded(part) in PARTICLES for part in parts)
