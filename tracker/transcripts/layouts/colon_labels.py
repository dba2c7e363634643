"""Labels that end in a colon: `MR NETTO:`, `Karen Rose (Tide Union):`, `[00:12] Chair:`, `- abe:`, `KR:`, `主席：`."""

import re
from collections import Counter
from collections.abc import Iterator

from tracker.transcripts.layouts.line_parts import BRACKETED, LINE, STAMP, PrintedLabel, cleaned, seconds
from tracker.transcripts.layouts.list_lines import BULLET, bullet_runs, without_fields
from tracker.transcripts.layouts.plausible_labels import could_be, has_title, in_capitals, is_label, is_named, is_role
from tracker.transcripts.speakers.printed_names import folded, words_of

HEAD = re.compile(
    rf"[\s*_]*(?:\'\'\')?(?:(?:[-•·]|\d{{1,3}}[.)])[ \t]+)?(?P<before>{STAMP}[ \t]*[-–—]?[ \t]*)?"
    r"(?P<arrow>(?:>|&gt;){1,3}[\s\xa0]*)?"
    rf"(?P<label>[^:：\r\n]{{1,90}}?)(?P<after>[ \t]*{BRACKETED})?[ \t]*[:：](?!//)[*_]*(?:\'\'\')?"
    rf"(?P<then>[ \t]*{BRACKETED})?"
)
CLITIC = re.compile(r"[\s\xa0]*(?:['’]s\b|[,;)\]])")
NICK = re.compile(r"[a-z][a-z0-9_-]{1,15}")
NICK_TIMES = 3
INITIALS = re.compile(r"[A-Z]{2,4}")
#: what is written so before an action or a link
MARKS = frozenset({"AI", "AP", "URL", "NOTE", "TODO", "PR", "Q", "A"})
#: labels in capitals from which a page is known to print them so
FEW = 5
#: share of the paragraphs that begin with a label, from which the layout itself is trusted
DENSE = 0.4
#: bullets with a label from which a list is one of speeches
ROW = 2
#: share of the labels that stand again
CAPITALS = 0.3
#: characters of a line in which a label ends
REACH = 130
FIELD = re.compile(r"[ \t]*[^\r\n]{0,80}\r?\n(?!\s*\r?\n)")
# A capital after the end of a sentence, then a few words without a stop, then a colon.
MID = re.compile(
    r"(?:(?<=[.?!…\"”)\]][ \t\xa0])|(?<=[.?!…\"”)\]][ \t\xa0]{2})|(?<=[。！？])|^)"
    r"(?P<label>(?:(?:Mr|Ms|Mrs|Dr|Prof|MR|MS|MRS|DR|PROF|H\.E)\.?[ \t\xa0])?[^\W\d_][^:.?!;,\r\n]{0,50}):"
    r"(?!//)[ \t\xa0]",
    re.M,
)


def line_starts_with_colon(text: str) -> Iterator[PrintedLabel]:
    """Whatever stands before a colon at the start of a line."""
    for line in LINE.finditer(text):
        head = HEAD.match(text, line.start(), min(line.end(), line.start() + REACH))
        if head and cleaned(head["label"]):
            stamp = head["before"] or head["after"] or head["then"]
            yield PrintedLabel(cleaned(head["label"]), line.start(), head.end(), bool(head["arrow"]), seconds(stamp))


def colon_labels(text: str) -> list[PrintedLabel]:
    """The labels among them: by their spelling, by repetition, or because the whole text is set in that way."""
    every = [label for label in line_starts_with_colon(text) if label.text and not CLITIC.match(text, label.speech)]
    plausible = [label for label in every if label.text and is_label(label.text)]
    times = Counter(folded(label.text) for label in every if label.text)
    capitals = _prints_capitals(plausible, times)
    dense = _dense(text, every, times)
    taken = [
        label
        for label in plausible
        if _trusted(label, times, capitals=capitals, dense=dense, in_list=bool(BULLET.match(text, label.start)))
    ]
    starts = {label.start for label in taken}
    others = [label for label in every if label.start not in starts]
    if dense and not capitals:
        taken += [label for label in others if _repeated(label, times)]
    elif len(taken) >= FEW and not capitals:
        taken += [label for label in others if _is_nick(label, times)]
    if sum(bool(INITIALS.fullmatch(label.text or "")) for label in taken) >= FEW:
        taken += [label for label in others if _are_initials(label, times)]
    taken += _in_row(text, every, taken)
    return without_fields(text, taken)


def _prints_capitals(plausible: list[PrintedLabel], times: Counter[str]) -> bool:
    """Whether a page prints its labels in capitals: a few initials among names do not make it one."""
    in_capital_letters = sum(in_capitals(label.text or "") for label in plausible)
    again = sum(times[folded(label.text or "")] > 1 for label in plausible)
    return in_capital_letters >= max(FEW, CAPITALS * again)


def _is_nick(label: PrintedLabel, times: Counter[str]) -> bool:
    """Whether a single word in small letters stands there again and again, as a nick does among names."""
    text = label.text or ""
    return bool(NICK.fullmatch(text)) and could_be(text) and times[folded(text)] >= NICK_TIMES


def _are_initials(label: PrintedLabel, times: Counter[str]) -> bool:
    """Whether initials that spell a small word, as `TO` does, stand again and again on a page of initials."""
    text = label.text or ""
    return bool(INITIALS.fullmatch(text)) and text not in MARKS and times[folded(text)] >= NICK_TIMES


def _in_row(text: str, every: list[PrintedLabel], taken: list[PrintedLabel]) -> list[PrintedLabel]:
    """Names that stand once, in a list of which most bullets have a label."""
    starts = {label.start for label in taken}
    others = {label.start: label for label in every if label.start not in starts and is_label(label.text or "")}
    in_row = []
    for run in bullet_runs(text):
        beside = [others[start] for start in run if start in others]
        labelled = len(starts.intersection(run))
        if labelled >= ROW and (labelled + len(beside)) * 2 >= len(run):
            in_row += beside
    return in_row


def _dense(text: str, every: list[PrintedLabel], times: Counter[str]) -> bool:
    """Whether much of the text begins with something before a colon that stands there again and again."""
    again = [label for label in every if label.text and could_be(label.text) and times[folded(label.text)] > 1]
    if len(again) < FEW:
        return False
    lines = sum(bool(line[0].strip()) for line in LINE.finditer(text))
    return len(again) >= DENSE * lines


def _repeated(label: PrintedLabel, times: Counter[str]) -> bool:
    text = label.text or ""
    return could_be(text) and len(words_of(text)) <= 4 and times[folded(text)] > 1


def _trusted(label: PrintedLabel, times: Counter[str], *, capitals: bool, dense: bool, in_list: bool) -> bool:
    """Capitals, arrows, titles and roles are trusted at once; Two Capitalised Words where nothing speaks against it."""
    text = label.text or ""
    if label.arrow or label.said_at is not None or is_named(text):
        return True
    if times[folded(text)] > 1:
        return True
    # On a page that prints its labels in capitals, and in a list, `Two Words:` is a heading or part of a speech.
    return not capitals and (dense or (not in_list and len({folded(word) for word in words_of(text)}) >= 2))


def midline_labels(text: str) -> list[PrintedLabel]:
    """Labels that begin a sentence anywhere: in capitals, with a title, or a name that stands there again and again."""
    hits = [hit for hit in MID.finditer(text) if could_be(hit["label"])]
    times = Counter(folded(hit["label"]) for hit in hits)
    return [
        PrintedLabel(cleaned(hit["label"]), hit.start(), hit.end())
        for hit in hits
        if in_capitals(hit["label"]) or (times[folded(hit["label"])] > 1 and _sure(hit["label"]))
    ]


def _sure(label: str) -> bool:
    words = label.split()
    return has_title(label) or is_role(label) or (len(words) >= 2 and all(not word[0].islower() for word in words))
