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
_NUMBER = re.compile(r"^(?:no\.?|nr\.?|n°|item|#)?\s*(\d{1,6})\s*(?:[:：.)–—]|\s-|\s|$)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class ReplyLine:
    """What a reply says of one item: an answer with its detail, a note, or both."""

    #: the number of the item; None where the mail was about one
    number: int | None = None
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

    A line begins with a number, a command, or both; the lines after it are its note.
    """
    known = frozenset(numbers)
    said: list[ReplyLine] = []
    for line in text.split("\n"):
        begun = _begin(line.strip(), known)
        last = said[-1] if said else ReplyLine()
        written = (*last.written, line.strip())
        if begun is None:
            said[-1:] = [replace(last, note=(*last.note, line.rstrip()), written=written)]
        elif said and begun.number is None and last.answer is None:
            # "We sent it. / Done" is one answer with its note above, unless a number begins another item.
            said[-1] = replace(last, answer=begun.answer, detail=begun.detail, words=begun.words, written=written)
        else:
            said.append(replace(begun, written=(line.strip(),)))
    return [line for line in said if line.answer or line.text]


def _begin(line: str, known: frozenset[int]) -> ReplyLine | None:
    """Return what a line begins; None for a line of a note."""
    number = None
    rest = line
    if (hit := _NUMBER.match(line)) and int(hit[1]) in known:
        number = int(hit[1])
        rest = line[hit.end() :]
    command = read_command(rest)
    if command is not None:
        return replace(command, number=number)
    if number is None:
        return None
    return ReplyLine(number, note=(rest,))


def read_command(line: str) -> ReplyLine | None:
    """Return the command that a line is, with its detail; None for any other line."""
    hit = _COMMAND.match(line)
    if hit is None or hit.lastgroup is None:
        return None
    command = ReplyLine(answer=MailAnswer[hit.lastgroup], words=hit[0])
    rest = line[hit.end() :]
    sign = re.match(_SIGN, rest)
    if sign:
        return replace(command, detail=rest[sign.end() :].strip())
    if rest.strip(" .!") == "":
        return command
    # "waiting for the secretariat", "pass to Ben", "due 14 March"
    if command.answer in NEEDS_DETAIL and rest.startswith(" "):
        return replace(command, detail=rest.strip(" ."))
    return None


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
