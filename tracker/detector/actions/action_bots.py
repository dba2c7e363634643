"""Lines of and to the robots that keep track of actions: the due date they answer with, their own lists, commands."""

import re
from dataclasses import replace

from tracker.detector.actions.action_lines import ActionLine
from tracker.detector.actions.record_so_far import NEAR, Action, RecordSoFar, add, alike
from tracker.detector.cues.cue import COMMITMENT
from tracker.transcripts.text_positions import Span

#: lines after which a tracker still answers at once, whatever its words
AT_ONCE = 2
#: nicks of robots, in small letters
BOTS = frozenset({"trackbot", "rrsagent", "zakim", "github-bot", "ghurlbot", "gb", "meetbot", "chairbot", "agendabot"})
#: what a tracker says of an action that it has noted
CREATED = re.compile(
    r"(?:Created|Opened|->|→)[^\n]{0,90}?\bACTION[- ]?#?\d+[ \t]*(?:[-:–]"
    r"|\[\w+\])?[ \t]*(?P<deed>[^\n]*?)[ \t]*(?:[\[(]on (?P<who>[^\n]{2,60}?)"
    r"(?:[\])]|[ \t]*-[ \t]*)|[\])][ \t]*)*(?:[-–,][ \t]*)?due (?P<due>\d{4}-\d\d-\d\d|\d{1,2} \w{3,9}(?: \d{4})?)",
    re.IGNORECASE,
)
DUE_ALONE = re.compile(r"ACTION[- ]?\d+[ \t]*[-–:]?[ \t]*due[ \t:]*(?P<due>\d{4}-\d\d-\d\d)", re.IGNORECASE)
#: what people say to it, and it of old actions
COMMAND = re.compile(
    r"(?:(?:trackbot|rrsagent|zakim|gb|ghurlbot)\b[,:]?|(?:close|reopen|drop) action-?\d|action-?\d+[ \t]*(?:\?|--"
    r"|\bis\b|was\b"
    r"|done|closed|:?[ \t]*due\b)|created action|closed action)",
    re.IGNORECASE,
)


def is_record(reading: RecordSoFar, line: ActionLine, words: str) -> bool:
    """Whether a line is a tracker's or to one; its due date goes to the action that it answers."""
    if hit := CREATED.search(words) or DUE_ALONE.match(words):
        _tie(reading, line, hit)
        return True
    return (line.nick or "").lower() in BOTS or bool(COMMAND.match(words)) or "noticed an ACTION" in words


def _tie(reading: RecordSoFar, line: ActionLine, hit: re.Match[str]) -> None:
    """Give the date to the last action without one, or take the tracker's words where it stands alone."""
    words = hit.groupdict().get("deed")
    if reading.actions and _answers(reading, words):
        last = reading.actions[-1]
        if last.due is None:
            reading.actions[-1] = replace(last, due=hit["due"])
        return
    if words:
        start = line.start + hit.start("deed")
        span = Span(start, start + len(words))
        add(reading, Action(span.start, span.end, None, hit["who"], hit["due"], span, COMMITMENT))


def _answers(reading: RecordSoFar, words: str | None) -> bool:
    """Whether the tracker speaks of the last action: at once, or soon after and without other words than its own."""
    lines = reading.number - reading.places[-1]
    if lines > NEAR:
        return False
    return words is None or lines <= AT_ONCE or alike(reading, reading.actions[-1], words)
