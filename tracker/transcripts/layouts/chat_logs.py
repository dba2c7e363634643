"""Logs of chat rooms: `<nick> words`, with a scribe who writes `Name: words` and `… more`, and bots among them.

The scribe's conventions are those of W3C meetings (https://www.w3.org/2008/04/scribe). Bouncers write the nick with its
host, `< nick!user@host: words`, and what their own user says as `> nick: words`.
"""

import re
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from tracker.transcripts.layouts.line_parts import STAMP, PrintedLabel, seconds
from tracker.transcripts.layouts.plausible_labels import could_be

SAID = re.compile(
    rf"^[ \t]*(?P<at>{STAMP}[ \t]+)?(?:<(?![a-z]+:)(?P<nick>[@+ ]?[^<>\s/](?:[^<>\s]{{0,60}}[^<>\s/])?)>[ \t]*"
    r"|(?(at)[<>][ \t]+(?P<host_nick>[^\s!<>*:]{1,40})(?:![^\s:]{1,80})?:[ \t]+|(?!)))",
    re.M,
)
#: what somebody does, `* anna waves`, and who comes and goes
DOES = re.compile(
    rf"^[ \t]*(?P<at>{STAMP}[ \t]+(?:[<>][ \t]+)?)?(?P<sign>\*{{1,3}}|-->|<--|-!-)[ \t]+(?P<nick>[^\s!]{{1,40}})"
    r"[^\r\n]*",
    re.M,
)
BOT = re.compile(r"(?:zakim|rrsagent|ghurlbot|chanserv|[\w-]*bot|gb)_?$", re.IGNORECASE)
NOTED = re.compile(r"[^\r\n]{0,40}(?:ACTION\b|action-\d|due \d{4})", re.IGNORECASE)
SCRIBE = re.compile(r"\bscribe(?:nick)?[ \t]*[:=+][ \t]*@?(\S{1,40})", re.IGNORECASE)
INNER = re.compile(
    r"(?P<label>[^\W\d][\w.'’()/_-]{0,40}(?:[ \t][^\W\d][\w.'’_-]{0,30}){0,3})[ \t]*:(?!//|\d|[)(])[ \t]*+"
    r"(?!https?:)"
)
GOES_ON = re.compile(r"(?:…|\.\.+)[ \t]*")
COMMAND = re.compile(
    r"(?:(?:zakim|rrsagent|trackbot|agendabot)\b[,:]|v?q(?:ueue)?[+?=-]|[+-]q\b|present[+-]|regrets[+-]"
    r"|ack[ \t]\S+[ \t]*$|agenda[+?]|(?:sub)?topic[ \t]*:|(?:close[ \t]+|reopen[ \t]+)?action-\d+\??[ \t]*$"
    r"|\S{1,40}[ \t]has[ \t](?:joined|left|quit)[ \t]|scribe(?:nick)?[ \t]*[:+]"
    r"|(?:chair|meeting|date|agenda|present|regrets|previous)[ \t]*:"
    r"|[si](?P<sign>[/|])[^\r\n]{1,200}?(?P=sign))",
    re.IGNORECASE | re.MULTILINE,
)
LEAST = 3
#: lines `Name: words` from which somebody may be a scribe whom the log does not name
FEW_NOTED = 3
#: share of their lines from which they are
MOSTLY = 0.4


def chat_labels(text: str, least: int = LEAST) -> list[PrintedLabel]:
    """The speeches of a log; lines that are nobody's speech are silent, a bot's note of an action stays where it is."""
    hits = []
    if "<" in text:
        hits = list(SAID.finditer(text))
    if len(hits) < least:
        return []
    nicks = {_nick(hit) for hit in hits}
    done = [hit for hit in DOES.finditer(text) if hit["at"] or hit["sign"] != "*" or _is_nick(hit["nick"], nicks)]
    return _LogReader(text, nicks, _scribes(text, hits)).read(sorted([*hits, *done], key=lambda hit: hit.start()))


def _nick(hit: re.Match[str]) -> str:
    return (hit["nick"] or hit["host_nick"]).strip("@+ ")


def _is_nick(word: str, nicks: set[str]) -> bool:
    return word.strip("@+,.:") in nicks


def _scribes(text: str, hits: Sequence[re.Match[str]]) -> set[str]:
    """Nicks in small letters of those who write for others: as the log says, or as most of their lines show."""
    scribes = {hit[1].casefold().rstrip(",.;") for hit in SCRIBE.finditer(text)} | {"scribe"}
    names: dict[str, list[str]] = defaultdict(list)
    lines: dict[str, int] = defaultdict(int)
    for hit in hits:
        nick = _nick(hit).casefold()
        if COMMAND.match(text, hit.end()):
            continue
        lines[nick] += 1
        if inner := _inner(text, hit, frozenset()):
            names[nick].append(inner["label"].casefold())
    for nick, noted in names.items():
        if len(noted) >= max(FEW_NOTED, MOSTLY * lines[nick]) and len(set(noted)) > 1:
            scribes.add(nick)
    # A nick with `_` is the same person who came in twice.
    return scribes | {f"{scribe}_" for scribe in scribes}


def _inner(text: str, hit: re.Match[str], nicks: Set[str]) -> re.Match[str] | None:
    """`Name:` at the beginning of a line's words, where it is a nick or could be somebody's name."""
    inner = INNER.match(text, hit.end())
    if inner and (inner["label"] in nicks or could_be(inner["label"].replace("_", " "))):
        return inner
    return None


@dataclass
class _LogReader:
    """Where a reader of a log's lines has come to."""

    text: str
    nicks: set[str]
    scribes: set[str]
    labels: list[PrintedLabel] = field(default_factory=list)
    #: silent lines since the last speech, which it may go on after
    silent: list[PrintedLabel] = field(default_factory=list)
    #: whose words each nick wrote last, in the scribe's case another's
    written_for: dict[str, str] = field(default_factory=dict)
    #: nicks that wrote `Name:` and nothing after it
    named: set[str] = field(default_factory=set)
    last: str | None = None

    def read(self, lines: Sequence[re.Match[str]]) -> list[PrintedLabel]:
        """The labels of the lines in order."""
        for hit in lines:
            if hit.re is DOES or self._is_silent(hit):
                self._pass_over(hit)
            elif not BOT.match(_nick(hit)):
                self._hear(hit)
        return [*self.labels, *self.silent]

    def _is_silent(self, hit: re.Match[str]) -> bool:
        """Whether a line is a command, or a robot's that notes no action."""
        if BOT.match(_nick(hit)):
            return not NOTED.match(self.text, hit.end())
        return bool(COMMAND.match(self.text, hit.end()))

    def _pass_over(self, hit: re.Match[str]) -> None:
        self.silent.append(PrintedLabel(None, hit.start(), hit.end(), silent=True))

    def _hear(self, hit: re.Match[str]) -> None:
        nick = _nick(hit)
        inner = _inner(self.text, hit, self.nicks)
        # Anybody else who writes `anna: yes` speaks to Anna.
        if inner and nick.casefold() not in self.scribes | {inner["label"].casefold()}:
            inner = None
        if inner and self.text[inner.end() : inner.end() + 1] in "\r\n":
            self.written_for[nick] = inner["label"]
            self.named.add(nick)
            self._pass_over(hit)
        elif inner:
            self._add(nick, inner["label"], hit, inner.end())
        elif nick in self.named:
            self.named.discard(nick)
            self._add(nick, self.written_for[nick], hit, hit.end())
        elif goes_on := GOES_ON.match(self.text, hit.end()):
            self._go_on(nick, hit, goes_on.end())
        else:
            self._add(nick, nick, hit, hit.end())

    def _go_on(self, nick: str, hit: re.Match[str], speech: int) -> None:
        """More of what the nick wrote last: the same speech, unless somebody else has spoken since."""
        if self.last == nick:
            self.silent.clear()
        else:
            self._add(nick, self.written_for.get(nick, nick), hit, speech)

    def _add(self, nick: str, name: str, hit: re.Match[str], speech: int) -> None:
        self.labels += self.silent
        self.silent = []
        self.labels.append(PrintedLabel(name, hit.start(), speech, False, seconds(hit["at"])))
        self.written_for[nick] = name
        self.last = nick
