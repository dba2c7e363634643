"""What the lines of a reply say: notes, and commands such as `done` or `14 waiting: secretariat`. Pure."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.answers.choices import MailAnswer
from tracker.detector.time_words import MONTHS, days_meant

#: how each answer may be written; what comes after it is its detail
WORDS: dict[MailAnswer, str] = {
    MailAnswer.DONE_IN_PART: r"(?:done|finished|completed?)[ -](?:in part|partly|partially)|part(?:ly|ially)? done",
    MailAnswer.DONE: r"done|finished|completed?",
    MailAnswer.IN_PROGRESS: r"in[ -]progress|started|working on it",
    MailAnswer.WAITING: r"waiting(?: for)?",
    MailAnswer.MORE_TIME: r"due|(?:need )?more time(?: until)?",
    MailAnswer.NOT_MINE: r"not mine",
    MailAnswer.TAKE_IT: r"(?:i'?ll |i will )?take it",
    MailAnswer.PASS_ON: r"pass(?: it| this)?(?: on)?(?: to)?",
    MailAnswer.SATISFIED: r"satisfied",
    MailAnswer.PARTLY: r"partly",
    MailAnswer.DISPUTES: r"disputed?s?",
}
#: how each is written by who was not understood
EXAMPLES: dict[MailAnswer, str] = {
    MailAnswer.DONE_IN_PART: "done in part: 3 of 6",
    MailAnswer.DONE: "done",
    MailAnswer.IN_PROGRESS: "in progress",
    MailAnswer.WAITING: "waiting: secretariat",
    MailAnswer.MORE_TIME: "due: 14 March",
    MailAnswer.NOT_MINE: "not mine",
    MailAnswer.TAKE_IT: "take it",
    MailAnswer.PASS_ON: "pass to: ana@example.org",
    MailAnswer.SATISFIED: "satisfied",
    MailAnswer.PARTLY: "partly: why",
    MailAnswer.DISPUTES: "disputed: why",
}
#: answers that are nothing without what comes after them
NEEDS_DETAIL = frozenset({MailAnswer.WAITING, MailAnswer.MORE_TIME, MailAnswer.PASS_ON})
#: a word with a detail is a command only with one of these signs between them: "done the list" is a sentence
_SIGN = r"\s*(?:[:：,;–—]|\s-)\s*"
_COMMAND = re.compile(
    "|".join(rf"(?P<{answer.name}>{words})" for answer, words in WORDS.items()).join(("^(?:", r")")), re.IGNORECASE
)
_MONTH = re.compile("|".join(MONTHS), re.IGNORECASE)
#: a word with a digit in it: the number of an item, written well or not
_NUMBER = re.compile(
    r"^(?:no\.?|nr\.?|n°|№|numbers?|items?|#)?\s*((?=[^\W\d]{0,12}\d)\w{1,40}?)"
    r"\s*(?:[:：.)\]=;,/–—](?!\d)|\s-|\s|(?<=\d)(?=[^\W\d]{2})|$)\s*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d$")
#: "3 of 6", "3/6"
_COUNT = r"(\d{1,3}(?:[,.\u202f\u00a0 ]\d{3}){1,2}|\d{1,6})(?![\w]|[,.]\d)"
_PARTS = re.compile(rf"^{_COUNT}\s*(?:of|out of|/)\s*{_COUNT}\s*", re.IGNORECASE)


@dataclass(frozen=True)
class ReplyLine:
    """What a reply says of one item: an answer with its detail, a note, or both."""

    #: the number of the item; None where the mail was about one
    number: int | None = None
    #: what stands for a number, where the mail spoke of no such item
    unknown: str = ""
    answer: MailAnswer | None = None
    detail: str = ""
    #: the answer as it was written
    words: str = ""
    note: tuple[str, ...] = field(default=())
    #: all its lines, as its author wrote them
    written: tuple[str, ...] = field(default=(), compare=False)

    @property
    def text(self) -> str:
        """Return the note."""
        return "\n".join(self.note).strip()


def read_lines(text: str, numbers: Iterable[int]) -> list[ReplyLine]:
    """Return what the text says of each item, in its order; `numbers` are those that the mail spoke of.

    A line begins with a number, a command, or both; the lines after it are its note. Where several items are answered,
    a line with the number of none of them is nobody's note.
    """
    known = frozenset(numbers)
    is_list = False
    said: list[ReplyLine] = []
    for line in text.split("\n"):
        begun = _begin(line.strip(' \t"“”').lstrip("-–—*•·([ \t"), known, is_list=is_list)
        is_list = is_list or (begun is not None and begun.number is not None and len(known) > 1)
        last = said[-1] if said else ReplyLine()
        written = (*last.written, line.strip())
        if begun is None:
            said[-1:] = [replace(last, note=(*last.note, line.rstrip()), written=written)]
        elif said and begun.number is None and not begun.unknown and last.answer is None and not last.unknown:
            # "We sent it. / Done" is one answer with its note above, unless a number begins another item.
            said[-1] = replace(last, answer=begun.answer, detail=begun.detail, words=begun.words, written=written)
        else:
            said.append(replace(begun, written=(line.strip(),)))
    return [line for line in said if line.answer or line.text or line.unknown]


def _begin(line: str, known: frozenset[int], *, is_list: bool) -> ReplyLine | None:
    """Return what a line begins; None for a line of a note."""
    hit = _NUMBER.match(line)
    if hit is None:
        return read_command(line)
    rest = line[hit.end() :]
    command = read_command(rest)
    again = _NUMBER.match(rest)
    if command is None and again is not None and read_command(rest[again.end() :]) is not None:
        # "6, 102 done": which of them is meant is for its author to say.
        return ReplyLine(note=(rest,), unknown=line[: -len(rest)].strip())
    if hit[1].isdecimal() and int(hit[1]) in known:
        return replace(command or ReplyLine(note=(rest,)), number=int(hit[1]))
    is_other_item = is_list and hit[1].isdecimal() and not _YEAR.match(hit[1])
    if command is not None or is_other_item:
        return replace(command or ReplyLine(note=(rest,)), unknown=hit[1])
    return read_command(line)


def read_command(line: str) -> ReplyLine | None:
    """Return the command that a line is, with its detail; None for any other line."""
    hit = _COMMAND.match(line)
    if hit is None or hit.lastgroup is None:
        return None
    command = ReplyLine(answer=MailAnswer[hit.lastgroup], words=hit[0])
    rest = line[hit.end() :]
    sign = re.match(_SIGN, rest)
    if sign:
        return _counted(replace(command, detail=rest[sign.end() :].strip()))
    if command.answer is MailAnswer.DONE_IN_PART and _PARTS.match(rest.strip()):
        return replace(command, detail=rest.strip())
    if rest.strip(" .!") == "":
        return command
    # "waiting for the secretariat", "pass to Ben", "due 14 March"
    if command.answer in NEEDS_DETAIL and rest.startswith(" "):
        return replace(command, detail=rest.strip(" ."))
    return None


def _counted(command: ReplyLine) -> ReplyLine:
    """Return the command; "done: 3 of 6" says that some of it is not done."""
    done, total, _ = parts_meant(command.detail)
    if command.answer is MailAnswer.DONE and done is not None and total is not None and done < total:
        return replace(command, answer=MailAnswer.DONE_IN_PART)
    return command


def parts_meant(detail: str) -> tuple[int | None, int | None, str]:
    """Return 3, 6 and "the rest in May" of "3 of 6, the rest in May"; None for both numbers where there are none."""
    hit = _PARTS.match(detail)
    if hit is None:
        return None, None, detail
    done, total = (int(re.sub(r"\D", "", count)) for count in hit.groups())
    return done, total, detail[hit.end() :].lstrip(" ,;:.–—-")


def day_meant(detail: str, today: date) -> date | None:
    """Return the last day that the words mean: 2013-03-14, 14 March, end of March; None for others."""
    with suppress(ValueError):
        return date.fromisoformat(detail.strip())
    # A year alone, or a date in figures, might be read in more than one way.
    if not _MONTH.search(detail):
        return None
    meant = days_meant(detail.casefold(), today)
    if meant is None:
        return None
    return meant[1]
