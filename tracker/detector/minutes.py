"""Minutes, logs and call notes as a kind of text: how they are told from captions, and where their utterances end."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from tracker.detector.actions.action_lines import BULLET, DRESS
from tracker.transcripts.reading.turns import ReadTurn
from tracker.transcripts.text_positions import Span, split_sentences, trim

LINE = re.compile(r"[^\r\n\u2028\u2029]+")
#: a chat's `<anna>`
NICK = re.compile(r"^[ \t]*(?:\[?[\d:.T-]{4,20}Z?\]?[ \t]+)?<[^<>\s]{1,30}>", re.MULTILINE)
#: indirect speech: `she suggested`, `it was noted`
TELLING = re.compile(
    r"\b(?:h[e]|she|they|it|chair(?:man|person|woman)?|secretar(?:y|iat)|delegation|representative|observer|councill?or"
    r"|member|committee|council|mayor|(?:mr|ms|mrs|dr)\.? [A-Z][\w-]+|[A-Z][\w-]+(?: \([^)]{2,50}\))?),? (?:said"
    r"|stated|noted"
    r"|reported|explained|recalled|suggested|proposed|asked|informed|pointed out|added|replied|observed|stressed"
    r"|expressed"
    r"|moved|seconded|requested|reminded|introduced|presented|considered|wondered|felt|mentioned|supported)\b"
    r"|\b(?:was|were) (?:noted|agreed|adopted|carried|approved|reported|suggested|explained|pointed out)\b"
)
#: what only minutes have: marks and headings
KEPT = re.compile(
    r"^[ \t*#<\w>:\[\]]{0,24}\b(?:ACTION|RESOLVED|RESOLUTION|AGREED|Minutes|MINUTES|Attendees|Present|Regrets"
    r"|Apologies|Scribe"
    r"|scribe(?:nick)?|Note ?takers?|topic|Topic|Next steps|Action items|AOB|Any other business|Summary report)\b",
    re.MULTILINE,
)
#: the words of people at work on a text or a program
CRAFT = re.compile(
    r"\b(?:specs?|PRs?|pull requests?|issues?|APIs?|drafts?|implement(?:ers?|ations?)|repos?(?:itory)?|merge[ds]?"
    r"|browsers?|parsers?"
    r"|tests?|bugs?|editors?|syntax|operators?|headers?|schemas?|proposal stage|stage \d|champions?|interop|RFCs?|WGs?"
    r"|working group|fields?|namespace|algorithm|runtime|CI|deprecat\w+|backwards?[- ]compatib\w+|normative"
    r"|vendors?|release)\b"
)
#: a speaker's name before the words
SPOKEN = re.compile(r"^[^\W\d_][\w .'’()-]{0,28}:[ \t]+\**(?=\S)")
#: characters of a line that was not wrapped
SHORT = 66
#: characters; captions of a forum run on for longer
LONG_TURN = 420
FIRST = re.compile(r"\bI\b")
#: how often in a thousand words minutes tell of others; who keeps them seldom says I, and people at work talk shop
MUCH_TELLING = 3.0
MUCH_I = 4.0
MUCH_CRAFT = 7.0
INITIALS = re.compile(r"[A-Z]{2,3}$")
#: who keeps minutes rarely says I; of people at work on something a text has words of their craft
LITTLE_I = 8.0


class TextKind(StrEnum):
    """What kind of text is read: each has its own share of proposals, and a bar of its own."""

    FORUM = "forum"
    CALL = "call"
    MINUTES = "minutes"


def text_kind(text: str, *, minuted: bool) -> TextKind:
    """Tell minutes and the talk of people at work from what is said in a forum; `minuted` is what `is_minutes` says."""
    if minuted and _rate(FIRST, text) < LITTLE_I:
        return TextKind.MINUTES
    if minuted or _rate(CRAFT, text) >= MUCH_CRAFT:
        return TextKind.CALL
    return TextKind.FORUM


def is_minutes(text: str, turns: Sequence[ReadTurn]) -> bool:
    """Whether the lines of a text are utterances: minutes, notes, or the talk of people at work on a document."""
    if len(NICK.findall(text)) >= 3:
        return True
    tells_of_others = _rate(TELLING, text) >= MUCH_TELLING and _rate(FIRST, text) < MUCH_I
    if tells_of_others or _is_list(text) or _is_by_initials(turns):
        return True
    brief = sum(turn.end - turn.start for turn in turns) < LONG_TURN * max(1, len(turns))
    return brief and (len(KEPT.findall(text)) >= 2 or _rate(CRAFT, text) >= MUCH_CRAFT)


def _rate(pattern: re.Pattern[str], text: str) -> float:
    """How often a pattern stands in a thousand words."""
    return len(pattern.findall(text)) * 1000 / max(1, text.count(" "))


def _is_list(text: str) -> bool:
    """Whether a quarter of the lines have the sign of a list."""
    lines = [hit[0] for hit in LINE.finditer(text) if hit[0].strip()]
    bullets = sum(bool(BULLET.match(line)) for line in lines)
    return len(lines) > 8 and bullets * 4 >= len(lines)


def _is_by_initials(turns: Sequence[ReadTurn]) -> bool:
    return sum(bool(turn.label and INITIALS.match(turn.label)) for turn in turns) * 2 > len(turns)


def pieces(text: str, start: int, end: int, *, minuted: bool) -> Iterator[Span]:
    """The sentences between start and end; in minutes a new line may begin another, and who says it is left out."""
    if not minuted:
        yield from split_sentences(text, start, end)
        return
    begin = start
    for line in LINE.finditer(text, start, end):
        if line.start() > begin and _breaks(text, begin, line):
            yield from split_sentences(text, _undressed(text, begin, line.start()), line.start())
            begin = line.start()
    yield from split_sentences(text, _undressed(text, begin, end), end)


def beside(turns: Sequence[ReadTurn], end: int) -> Iterator[ReadTurn]:
    """What stands under nobody's label, before, between and after the turns: minutes put things forward there too."""
    at = 0
    for turn in sorted(turns, key=lambda turn: turn.start):
        if turn.start > at:
            yield ReadTurn(0, None, None, at, turn.start)
        at = max(at, turn.end)
    if end > at:
        yield ReadTurn(0, None, None, at, end)


def _breaks(text: str, begin: int, line: re.Match[str]) -> bool:
    """Whether a line begins a new utterance: dressed, labelled, or in a capital after a line that was not full."""
    at = _skip_blank(text, line.start(), line.end())
    if BULLET.match(text, line.start(), line.end()) or text[at : at + 1] in "<|#…" or text[at : at + 3] == "...":
        return True
    if SPOKEN.match(text[at : at + 60]) or re.match(r"\[?\d{1,2}:\d\d", text[at : at + 6]):
        return True
    before = text[max(begin, text.rfind("\n", begin, line.start() - 1) + 1) : line.start()].strip()
    return len(before) < SHORT and text[at : at + 1].isupper()


def _skip_blank(text: str, start: int, end: int) -> int:
    while start < end and text[start] in " \t\xa0":
        start += 1
    return start


def _undressed(text: str, start: int, end: int) -> int:
    """Where the words of an utterance begin, after bullets, nicks, times and `Anna:`."""
    start = trim(text, start, end).start
    for _ in range(2):
        while (dress := DRESS.match(text, start, end)) and dress.end() < end:
            start = dress.end()
        label = SPOKEN.match(text[start : min(end, start + 60)])
        if label is None:
            break
        start += label.end()
    return start
