"""When: the time words of a passage as spoken, and the days that they mean on the day of the meeting."""

import calendar
import re
from datetime import date, timedelta

from tracker.detector.cues.word_patterns import phrase

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_DAY = "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_GATHERING = (
    "(?:(?:open |mag |board |annual |general |planning |regional |face-to-face )*(?:meetings?|consultations?|igf"
    "|forum|session"
    "|hearing|call|board|committee|exercise|conference|summit|review|assembly|mag|sprint|release|plenary|retreat"
    "|workshop))"
)
_COUNT = r"(?:\d+|a|one|two|three|four|five|six|seven|eight|nine|ten|twelve|few|couple of|the)"
_UNIT = "(?:days?|weeks?|months?|years?|quarters?)"
_LEAD = (
    r"(?:by|before|until|in|at|on|for|from|during|within|not later than|no later than|starting in|as of|after|ahead"
    r" of|prior to|towards?)"
)
TIME = phrase(
    rf"\b{_LEAD} (?:the |our |its |this |that )?(?:(?:very )?(?:end|beginning|start|middle|course|first half|second"
    rf" half|process) of )?"
    rf"(?:the |our )?(?:next|coming|following|upcoming|{_MONTH}|\d{{4}}) (?:\w+ )?{_GATHERING}(?: in {_MONTH})?\b"
    rf"|\b(?:{_LEAD} )?(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? ?(?:to|-|–|and|until) ?)?\d{{1,2}}(?:st|nd|rd|th)?(?:"
    rf" of)? {_MONTH}(?: \d{{4}}| this year| next year)?\b"
    rf"|\b(?:{_LEAD} )?{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?\b"
    rf"|\b{_LEAD} (?:the |early |late |mid-?)?(?:(?:end|beginning|start|middle) of )?(?:early |late |mid-?)?(?!may"
    rf" (?:be|have|not|well|also)){_MONTH}(?: (?:\d{{4}}|this year|next year))?\b"
    rf"|\b(?:{_LEAD} )?(?:the )?(?:(?:end|beginning|start|middle|course|process) of )?(?:the )?(?:next|this coming"
    rf"|coming|following) (?:{_COUNT} )?(?:or {_COUNT} )?(?:\w+ or \w+ )?(?:year|month|week|spring|summer|autumn"
    rf"|fall|winter|{_DAY}|{_UNIT}|quarter|days)\b(?:'s igf)?"
    rf"|\b(?:{_LEAD} )(?:the )?(?:end|beginning|middle) of (?:the |this )?(?:year|month|week|quarter|decade|day"
    rf"|process)\b"
    r"|\b(?:before|by|until|at|after) the (?:next|coming|following) [a-z]+(?: (?!to\b|and\b|with\b|for\b|in\b|i\b"
    r"|we\b)[a-z]+)?"
    rf"|\b(?:within|in) {_COUNT} (?:or {_COUNT} )?{_UNIT}(?: time)?\b"
    rf"|\b(?:by|before|until|on|this|not later than) (?:next )?{_DAY}\b"
    r"|\b(?:by|in|for|before|until|from|starting in|during) (?:19|20)\d\d(?:(?: to |-|–| )20\d\d)?\b"
    r"|\b(?:as soon as possible|going forward|immediately|right away|without delay|every (?:year|month|week|quarter"
    r"|autumn|spring|two weeks)|once a (?:year|month|week)"
    r"|year round|all year|throughout the year|on an ongoing basis|as a first step|in (?:a|the) (?:first|second"
    r"|next) step|this (?:spring|summer|autumn|fall|winter|year|month|week)|tomorrow|next time|by then|in the"
    r" (?:near )?future)\b"
)  # fmt: skip
#: times that say by when, and are too loose to make a proposal of a sentence
LOOSE_TIME = phrase(
    rf"\b(?:by |before |until |later )?(?:today(?: or tomorrow)?|tonight|this (?:afternoon|evening|morning"
    rf"|weekend)|tomorrow)\b"
    r"(?! (?:is|was|we have heard|i|many))"
    r"|\b(?:very )?(?:soon|shortly)\b(?! (?:be|after|as))|\bin (?:very |the )?(?:short order|near future|future)\b"
    r"|\blater (?:this|in the|half of this) (?:year|month|week)\b|\blater on\b|\blater(?=\s*[.,;]?$)"
    r"|\bas soon as (?:we|you|they|i) can\b|\bafterwards\b|\bcontinuously\b|\b(?:well )?in advance\b"
    r"|\b(?:all |all through |through |throughout |during )(?:the )?(?:whole )?year\b|\bfor (?:the"
    r"|going) (?:future|forward)\b"
    rf"|\b{_LEAD} (?:the )?(?:very )?(?:end|beginning|start|middle) of (?:the |this |next )?(?:week|month|year"
    rf"|july|{_MONTH})\b"
    rf"|\b(?:in|at|for|before|by|until|during|after) (?:the )?(?:next|coming|upcoming|following|first"
    rf"|future) (?:open |annual )?[a-z]+"
    rf"(?: (?:meetings?|consultations?|sessions?|forums?|calls?|term|release))?(?=\s*[.,;?!]?$)"
    rf"|\b(?:in|at|for|before|by|until|during|after|into) (?:the )?(?:next|coming|upcoming|following|first"
    rf"|future|open) (?:open |annual"
    rf" |[a-z]+ )?(?:meetings?|consultations?|sessions?|forums?|igfs?|calls?|term|release|weeks?"
    rf"|months?)(?: in {_MONTH})?\b"
    rf"|\bfor (?:presentation (?:at|to) )?the \d{{4}} (?:[a-z]+ )?(?:meeting|session|igf"
    rf"|forum)(?: of the [a-z]+)?(?: in [a-z]+)?\b"
    rf"|\bin between (?:[a-z]+ )?(?:meetings|igfs|sessions)\b|\b(?:in the |within )?(?:next"
    rf"|coming) (?:few )?\d*\s?(?:days|weeks|months)\b"
    rf"|\bwithin \d+\b|\bin {_MONTH}\b|\bwithin this (?:year|month|week)\b"
)  # fmt: skip
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 12)}
DAYS = re.compile(
    rf"(?P<first>\d{{1,2}})(?:st|nd|rd|th)?(?: ?(?:to|-|–|and|until) ?(?P<last>\d{{1,2}})(?:st|nd|rd|th)?)?(?: of)?"
    rf" +(?P<month>{_MONTH})"
)
DAYS_AFTER = re.compile(rf"(?P<month>{_MONTH}) +(?P<first>\d{{1,2}})\b")


def time_words(plain: str) -> list[tuple[int, int]]:
    """Where the time words of a passage in small letters stand, the plain ones first and then the loose ones.

    Of two that overlap the one that begins first counts, and of two that begin together the longer.
    """
    sure = [hit.span() for hit in TIME.finditer(plain)]
    spans = sorted(sure + [hit.span() for hit in LOOSE_TIME.finditer(plain)], key=lambda span: (span[0], -span[1]))
    kept: list[tuple[int, int]] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return sorted(kept, key=lambda span: not any(span[0] < end and start < span[1] for start, end in sure))


def days_meant(hint: str, held_on: date) -> tuple[date, date] | None:
    """First and last day that time words may mean, seen from the meeting's day."""
    year = _year(hint, held_on)
    if hit := DAYS.search(hint) or DAYS_AFTER.search(hint):
        month = MONTHS.index(hit["month"]) + 1
        last = hit.groupdict().get("last") or hit["first"]
        return _days(year or _coming(month, held_on), month, int(hit["first"]), int(last))
    for number, month_name in enumerate(MONTHS, 1):
        if re.search(rf"\b{month_name}\b", hint):
            in_year = year or _coming(number, held_on)
            return date(in_year, number, 1), date(in_year, number, calendar.monthrange(in_year, number)[1])
    for season, (first, last_month) in SEASONS.items():
        if season in hint:
            in_year = year or _coming(last_month, held_on)
            return date(in_year, first, 1), date(in_year, last_month, calendar.monthrange(in_year, last_month)[1])
    if "next week" in hint:
        return held_on, held_on + timedelta(days=14)
    if year:
        return (date(year, 1, 1), date(year, 12, 31))
    return None


def _year(hint: str, held_on: date) -> int | None:
    if hit := re.search(r"\b((?:19|20)\d\d)\b", hint):
        return int(hit[1])
    if "this year" in hint:
        return held_on.year
    if "next year" in hint:
        return held_on.year + 1
    return None


def _coming(month: int, held_on: date) -> int:
    if month >= held_on.month:
        return held_on.year
    return held_on.year + 1


def _days(year: int, month: int, first: int, last: int) -> tuple[date, date] | None:
    try:
        return date(year, month, first), date(year, month, max(first, last))
    except ValueError:
        return None
