"""What somebody wrote in a reply: the text above the marker line, without what their mail program quotes."""

import re
from collections.abc import Iterable
from itertools import takewhile

from quotequail import quote

from tracker.answers.reply_address import REPLY_MARK
from tracker.inbound.reply_lines import read_command

#: where a signature begins (RFC 3676, 4.3), and what telephones put below a text
SIGNATURE = re.compile(r"^(?:-- ?|Sent from my \w+.*|Get Outlook for \w+.*)$")
#: the line with which mail programs of many languages begin what they quote: a date, a name, and a colon at its end
ATTRIBUTION = re.compile(r"^.{0,300}(?:\d{4}|<[^<>]{1,200}@[^<>]{1,200}>).{0,200}[:：]\s*$")
#: what some programs draw above a quote, with words or without
RULE = re.compile(r"^(?:-{3,}[^-]{0,100}-{3,}|_{5,})$")
#: "From: …", "Gesendet: …", "Тема: …"
HEADER = re.compile(r"^\*?[^\W\d][\w ]{1,20}\*? ?[:：]\*? .+$")
FEWEST_HEADERS = 3


def reply_text(text: str) -> str:
    """Return what was written above the quote, trimmed; "" where nothing was."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    own = _above_mark(lines)
    # The library knows the words of English, French and Spanish; ">" and the mark serve for the others.
    shown = [part for is_shown, part in quote("\n".join(own)) if is_shown]
    kept = [line.rstrip() for line in "\n".join(shown).split("\n")]
    kept = _above_signature(line for line in kept if not line.startswith(">"))
    kept = _above_headers(_above_attribution(kept))
    return "\n".join(_above_attribution(kept)).strip()


def _above_attribution(lines: list[str]) -> list[str]:
    last = len(lines)
    while last and (not lines[last - 1] or ATTRIBUTION.match(lines[last - 1]) or RULE.match(lines[last - 1])):
        last -= 1
    return lines[:last]


def _above_headers(lines: list[str]) -> list[str]:
    """Return the lines without the headers that some programs put above a quote: three lines or more."""
    last = len(lines)
    while last and HEADER.match(lines[last - 1]):
        last -= 1
    block = lines[last:]
    # Commands look like headers.
    if len(block) < FEWEST_HEADERS or any(read_command(line) for line in block):
        return lines
    return lines[:last]


def _above_mark(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        if REPLY_MARK in line:
            return lines[:number]
    return lines


def _above_signature(lines: Iterable[str]) -> list[str]:
    return list(takewhile(lambda line: not SIGNATURE.match(line), lines))
