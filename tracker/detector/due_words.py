"""By when, in the words of an action line: `by Friday`, `due: 28 Feb`, `(ETA Q1)`, `2013-02-28`."""

import re

from tracker.detector.time_words import MONTHS
from tracker.transcripts.text_positions import Span, trim

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)\b"
)
_MEETING = (
    r"(?:(?:weekly|monthly|annual|plenary|open|board|wg|working group|committee|council|mag|steering|virtual|f2f"
    r"|face-to-face|tc) ){0,2}"
    r"(?:meetings?|calls?|plenary|sessions?|telecon(?:ference)?|f2f|sync|workshop|conference|release|sprint"
    r"|consultations?"
    r"|council|board|summit|hackathon|assembly|forum|agm|ietf|tpac|milestone|deadline|freeze|cut-?off)\b"
)
_FEAST = (
    r"(?:easter|christmas|new year|ramadan|eid|diwali|(?:spring|summer|winter|autumn) (?:break|holidays?)|harvest"
    r"|elections?|launch|opening|fair|print run|publication|budget|vote|spring|summer|autumn|winter)\b"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?\b"
_DATE = (
    r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}"
    rf"|(?:{_WEEKDAY},? )?(?:the )?{_DAY}(?: of)? {_MONTH}(?:,? \d{{4}})?"
    rf"|(?:{_WEEKDAY},? )?{_MONTH} {_DAY}(?:,? \d{{4}})?|{_MONTH} \d{{4}}|\d{{1,2}}/\d{{1,2}}\b)"
)
_CLOSE = (
    r"(?:eod|eow|eom|eoy|cob|asap|tomorrow|today|tonight|soon|noon|q[1-4](?: \d{4})?|h[12](?: \d{4})?"
    r"|(?:the )?(?:end|close|start|beginning|middle) of (?:the |this |next )?(?:day|week|month|year|quarter|business|"
    rf"sprint|term|{_MEETING}|{_MONTH}(?: \d{{4}})?)|(?:early |mid[- ]?|late )?{_MONTH}|(?:early|mid|late) (?:next )?"
    r"(?:week|month|year)|(?:19|20)\d\d\b)"
)
_RELATIVE = (
    rf"(?:(?:the |our )?(?:next|this|following|coming|upcoming) (?:{_WEEKDAY}|{_MEETING}|week|month|year"
    rf"|quarter|spring"
    rf"|summer|autumn|fall|winter|time)(?: in {_MONTH}(?: \d{{4}})?| (?:week|call|meeting))?"
    rf"|(?:the|our) (?:[a-z]+ )?{_MEETING}(?: (?:in|of|on) {_MONTH}(?: \d{{4}})?)?|{_WEEKDAY}(?: (?:week|next|morning"
    r"|evening|noon|call))?|(?:ietf|tpac)[ -]?\d*|version [\d.]+|v\d[\d.]*|release [\d.]+)"
)
_AMOUNT = (
    r"(?:a|an|one|two|three|four|five|six|the next|\d+)(?: (?:or|to) (?:two|three|four"
    r"|\d+))? (?:couple of )?(?:working )?"
    r"(?:days?|weeks?|months?|fortnight|quarters?)"
)
WHEN = rf"(?:{_DATE}|{_CLOSE}|{_RELATIVE}|{_AMOUNT})"
LABELLED = re.compile(
    r"(?:\b(?:due(?: date| on| by)?|deadline(?: is)?|by when|target(?: date)?|timing|timeline|expected by"
    r"|when)\b\s*[:=]"
    r"|\b(?:due(?: date| on| by)?|deadline|ETA)\b\s*:?)\s*\**\s*(?P<due>(?:by |before |on |at |in )?"
    rf"{WHEN}(?: (?:call|meeting))?|(?<=: )[^\]\)|;,\n]{{2,40}})",
    re.IGNORECASE,
)
LIMIT = re.compile(
    r"(?P<due>\b(?:by|before|until|till|within|no later than|not later than|ahead of|prior to|in time for"
    r"|(?:well )?in"
    rf" advance of|latest)(?: the| our| this)? {WHEN}(?: (?:call|meeting|session)\b)?|\bby {WHEN}"
    rf"|\b(?:before|by|for|ahead of) (?:the |our )?{_MEETING}|\b(?:by|before|until) (?:the |our )?{_FEAST})",
    re.IGNORECASE,
)
BRACKETED = re.compile(rf"[(\[](?:[^()\[\]\n]{{2,40}}, )?(?P<due>{WHEN})[)\]]\.?$", re.IGNORECASE | re.MULTILINE)
NEAR = re.compile(
    rf"(?P<due>\b(?:(?:on|at|in|for|during|over) (?:the )?)?(?:(?:the |our )?next (?:{_MEETING}|week|month"
    rf"|year|quarter"
    rf"|{_WEEKDAY}|time)(?: (?:call|meeting))?|{_DATE}|tomorrow|today|asap\b|as soon as possible|eo[dwmy]\b"
    rf"|cob\b|this"
    rf" (?:week|month|afternoon|evening)|q[1-4]\b(?: \d{{4}})?"
    rf"|(?:the )?(?:end|start|beginning|middle) of (?:the |this |next )?(?:week|month|year|quarter|{_MONTH}))"
    rf"|\bin {_AMOUNT}|\b(?:on|this|next) {_WEEKDAY})",
    re.IGNORECASE,
)


TAIL = re.compile(
    r"[\s,;–—(\[-]*\b(?:due|deadline|ETA|by when|target(?: date)?)\b[^.;\n]{0,40}[\])]?\.?$", re.IGNORECASE
)
LAST_DAY = re.compile(r"(?:at|during|within|throughout|in|on|over)\b", re.IGNORECASE)
FIRST_DAY = re.compile(
    r"(?:at|in|on) (?:the )?(?:very )?(?:start|beginning|opening|first day|time for|advance)\b", re.IGNORECASE
)
SHORT_MONTH = re.compile(r"\b(?P<month>jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?", re.IGNORECASE)
ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b")


def due(text: str, start: int, end: int) -> Span | None:
    """The words that say by when, within the characters from start to end; the plainest first."""
    for pattern in (LABELLED, LIMIT, BRACKETED, NEAR):
        if hit := pattern.search(text, start, end):
            return trim(text, *hit.span("due"))
    return None


def is_due(words: str) -> bool:
    """Whether words say nothing but a time."""
    return bool(
        re.fullmatch(rf"(?:(?:by|before|until|due|on|at|in|eta|deadline)[: ]*)?{WHEN}\.?", words, re.IGNORECASE)
    )


def without_due(text: str, start: int, end: int) -> int:
    """Where a deed ends before the label that tells its date: `… - due 2013-02-28`."""
    hit = TAIL.search(text, start, end)
    if hit and hit.start() > start:
        return hit.start()
    return end


def means_last_day(words_: str | None) -> bool:
    """Whether time words mean a milestone's last day (`at`, `during`), and not its first (`before`, `by`, `for`)."""
    return bool(words_ and LAST_DAY.match(words_) and not FIRST_DAY.match(words_))


def spelled_out(words: str) -> str:
    """A date's words in small letters with the month's whole name: `28 Feb`, `2013-02-28`."""
    low = ISO.sub(_of_iso, words.lower())
    return SHORT_MONTH.sub(lambda hit: next(name for name in MONTHS if name.startswith(hit["month"][:3])), low)


def _of_iso(hit: re.Match[str]) -> str:
    month = int(hit["month"])
    if 1 <= month <= len(MONTHS):
        return f"{int(hit['day'])} {MONTHS[month - 1]} {hit['year']}"
    return hit[0]
