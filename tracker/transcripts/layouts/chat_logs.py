"""Logs of chat rooms: `<nick> words`, with a scribe who writes `Name: words` and `… more`, and bots among them.

The scribe's conventions are those of W3C meetings (https://www.w3.org/2008/04/scribe).
"""

import re
from collections.abc import Iterator

from tracker.transcripts.layouts.line_parts import STAMP, PrintedLabel, seconds
from tracker.transcripts.layouts.plausible_labels import could_be

SAID = re.compile(rf"^[ \t]*(?P<at>{STAMP}[ \t]+)?<(?P<nick>[@+ ]?[^<>\s/]{{1,40}})>[ \t]*", re.M)
DOES = re.compile(rf"^[ \t]*(?:{STAMP}[ \t]+)?(?:\*{{1,3}}|-->|<--|-!-)[ \t]+\S[^\r\n]*", re.M)
BOT = re.compile(r"(?:zakim|rrsagent|ghurlbot|chanserv|\w*bot|gb)$", re.IGNORECASE)
NOTED = re.compile(r"[^\r\n]{0,40}(?:ACTION\b|action-\d|due \d{4})", re.IGNORECASE)
SCRIBE = re.compile(r"\bscribe(?:nick)?[ \t]*[:=][ \t]*@?(\S{1,40})", re.IGNORECASE)
INNER = re.compile(r"(?P<label>[^\W\d][\w.'’_-]{0,30}(?:[ \t][^\W\d][\w.'’_-]{0,30}){0,3})[ \t]*:[ \t]+(?=\S)")
GOES_ON = re.compile(r"(?:…|\.\.+)[ \t]*")
COMMAND = re.compile(
    r"(?:(?:zakim|rrsagent|trackbot|agendabot)\b[,:]|q[+-]|present[+-]|regrets[+-]|agenda\+|(?:sub)?topic[ \t]*:"
    r"|scribe(?:nick)?[ \t]*[:+]|(?:chair|meeting|date|agenda|present|regrets|previous)[ \t]*:"
    r"|s/[^/\r\n]{1,80}/|i/[^/\r\n]{1,80}/)",
    re.IGNORECASE,
)
LEAST = 3


def chat_labels(text: str, least: int = LEAST) -> list[PrintedLabel]:
    """The speeches of a log; lines that are nobody's speech are silent, a bot's note of an action stays where it is."""
    hits = list(SAID.finditer(text)) if "<" in text else []
    if len(hits) < least:
        return []
    scribes = {hit[1].casefold().rstrip(",.;") for hit in SCRIBE.finditer(text)} | {"scribe"}
    log_labels = [label for hit in hits for label in _labels(text, hit, scribes)]
    log_labels += [PrintedLabel(None, hit.start(), hit.end(), silent=True) for hit in DOES.finditer(text)]
    return sorted(log_labels, key=lambda label: label.start)


def _labels(text: str, hit: re.Match[str], scribes: set[str]) -> Iterator[PrintedLabel]:
    nick = hit["nick"].strip("@+ ")
    at = seconds(hit["at"])
    if BOT.match(nick):
        if not NOTED.match(text, hit.end()):
            yield PrintedLabel(None, hit.start(), hit.end(), silent=True)
        return
    if COMMAND.match(text, hit.end()):
        yield PrintedLabel(None, hit.start(), hit.end(), silent=True)
        return
    # The scribe goes on with the words of the one before: no new speech begins.
    if GOES_ON.match(text, hit.end()):
        return
    inner = INNER.match(text, hit.end()) if nick.casefold() in scribes else None
    if inner and could_be(inner["label"]):
        yield PrintedLabel(inner["label"], hit.start(), inner.end(), False, at)
    else:
        yield PrintedLabel(nick, hit.start(), hit.end(), False, at)
