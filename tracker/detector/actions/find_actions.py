"""Explicit action items of minutes and logs: `ACTION: anna to draft …`, lists and tables of actions, resolutions.

Kinds: an action is a commitment, of its owner or else of the body, for minutes record what was taken on; addressed to
a crowd (`all to …`) it is a request. What is only proposed to be resolved is a recommendation, what
stands as resolved a commitment of the body, and neither has an owner unless one is named. A review of old actions, and
one that is done, closed or struck, is nothing new; an action listed again is found once.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from tracker.detector.actions import action_lists as lists
from tracker.detector.actions.action_bots import BOTS, is_record
from tracker.detector.actions.action_lines import RECORDED, ActionLine, ActionMark, is_past, lines, marked, within
from tracker.detector.actions.action_owners import OWNER_LABEL, Owned, named_in, owned, several, together
from tracker.detector.actions.record_so_far import Action, RecordSoFar, add, due_words
from tracker.detector.cues.cue import COMMITMENT, RECOMMENDATION, REQUEST
from tracker.detector.deed_words import IDLE, is_order, names_deed
from tracker.detector.due_words import LABELLED, without_due
from tracker.transcripts.reading.turns import ReadTurn
from tracker.transcripts.text_positions import Span, trim

#: how the robot of a chat is told the topic: then `#action` makes an action, and `ACTION:` may be an old one
TOPIC = re.compile(r"#(?:sub)?topic[ \t]+", re.IGNORECASE)
#: marks of what is only proposed
PUT = frozenset({"PROPOSED", "PROPOSED RESOLUTION", "PROPOSAL", "STRAWPOLL", "STRAW POLL", "RECOMMENDATION",
                 "SUGGESTION", "RECOMMENDED"})  # fmt: skip
#: characters from which a line may have been wrapped
FULL = 62
#: lines after an action in which its owner or date may follow
DETAIL_LINES = 3
#: lines of text that one action may take beside its first
WRAPPED_LINES = 4
#: how a chat or a log begins what somebody says
STAMPED = re.compile(r"<[^<>\s]{1,30}>|^[\w .-]{1,25}: ")


def read(text: str, turns: Sequence[ReadTurn]) -> tuple[list[Action], list[Span]]:
    """The action items, and the lines that only keep the record of actions, in which nothing else is to be sought."""
    reading = RecordSoFar(text, _names(text, turns))
    every = list(lines(text))
    skip = 0
    for number, line in enumerate(every):
        reading.number = number
        if number < skip:
            continue
        wrapped = _wrapped(text, every, number)
        skip = number + 1 + wrapped
        _line(reading, replace(line, end=every[number + wrapped].end))
    spans = sorted((turn.start, turn.end, turn.seq) for turn in turns)
    return [replace(action, turn_seq=_turn(spans, action.start)) for action in reading.actions], reading.silent


def _turn(spans: Sequence[tuple[int, int, int]], at: int) -> int | None:
    return next((seq for start, end, seq in spans if start <= at < end), None)


def _names(text: str, turns: Sequence[ReadTurn]) -> frozenset[str]:
    """Names, nicks and initials of the meeting, in small letters: labels, `<nick>`, who was present."""
    names = [name for turn in turns for name in (turn.label, turn.speaker) if name and len(name) < 40]
    names += re.findall(r"<([^<>\s]{1,30})>", text)
    for hit in re.finditer(
        r"^[ \t*]*(?:present|attendees|attending|participants)\W{1,4}([^\n]{1,600})", text, re.I | re.M
    ):
        names.append(hit[1])
    parts = {part.lower() for name in names for part in re.findall(r"[^\W\d_][\w'’`|^.-]+", name)}
    return frozenset(part.strip(".") for part in parts if len(part) > 1) - BOTS - {"the", "and", "for", "action"}


def _wrapped(text: str, every: Sequence[ActionLine], number: int) -> int:
    """How many of the lines after an action belong to it because it was wrapped."""
    line = every[number]
    if marked(text, line) is None:
        return 0
    count = 0
    while number + count + 1 < len(every) and count < WRAPPED_LINES:
        last = every[number + count]
        following = every[number + count + 1]
        gap = text[last.end : following.first].count("\n")
        low = text[following.start].islower() or text[following.start] in "([" or following.indent > line.indent + 1
        long = last.end - last.first >= FULL or following.indent > line.indent
        fresh = following.bullet or following.nick or STAMPED.match(text[following.start : following.end])
        if gap != 1 or not low or not long or fresh or marked(text, following):
            break
        count += 1
    return count


def _line(reading: RecordSoFar, line: ActionLine) -> None:
    text = reading.text
    words = text[line.start : line.end]
    if is_record(reading, line, words):
        reading.silent.append(Span(line.first, line.end))
        return
    if topic := TOPIC.match(words):
        reading.reviews = lists.heading(words[topic.end() :]) == "old"
        reading.under = None
        return
    # A row of a table may begin as a heading does.
    if not line.nick and (kind := lists.heading(words)) and "|" not in words:
        reading.under = kind
        reading.listed = False
        reading.table = None
        reading.last = reading.number
        return
    if lists.is_heading(text[line.first : line.end]):
        reading.under = None
    if _row(reading, line) or _detail(reading, words):
        return
    inner = list(within(text, line))
    mark = marked(text, line)
    if mark and inner:
        mark = replace(mark, end=inner[0].at)
    # Every mark is read, also after one that was an action.
    are_actions = [_deed_of(reading, line, each) for each in (mark, *inner) if each]
    if any(are_actions):
        reading.listed = reading.listed or line.bullet
    else:
        _item(reading, line, words)


def _row(reading: RecordSoFar, line: ActionLine) -> bool:
    """Whether a line is a row of a table of actions, its head included."""
    text = reading.text
    row = lists.cells(text, line.first, _whole(text, line))
    if not row:
        reading.table = None
        return False
    if head := lists.columns(text, row):
        reading.table = head
        reading.under = reading.under or "new"
        return True
    table = reading.table
    if table is None:
        return False
    deed = lists.filled(text, row, table.deed)
    if deed and set(text[deed.start : deed.end]) - set("-: ="):
        reading.silent.append(Span(line.first, line.end))
        if reading.under != "old" and not lists.is_over(text, row, table):
            add(reading, _of_row(reading, row, table, deed))
    return True


def _whole(text: str, line: ActionLine) -> int:
    """Where a line ends with the empty cells after its last word."""
    end = line.end
    while end < len(text) and text[end] in " \t":
        end += 1
    return end


def _of_row(reading: RecordSoFar, row: list[Span], table: lists.Columns, deed: Span) -> Action:
    owner = lists.filled(reading.text, row, table.owner)
    when = lists.filled(reading.text, row, table.due)
    owner_words = _words(reading.text, owner)
    return Action(deed.start, deed.end, None, owner_words, _words(reading.text, when), deed, COMMITMENT)


def _words(text: str, span: Span | None) -> str | None:
    if span is None:
        return None
    return text[span.start : span.end]


def _detail(reading: RecordSoFar, words: str) -> bool:
    """Whether a line only adds an owner or a date to the action before it."""
    owner = OWNER_LABEL.match(words)
    when = LABELLED.match(words)
    if not reading.actions or not (owner or when) or reading.number - reading.places[-1] > DETAIL_LINES:
        return False
    last = reading.actions[-1]
    if owner and last.owner is None:
        last = replace(last, owner=owner["who"].strip(), kind=COMMITMENT)
    if when is None and owner:
        when = LABELLED.search(words)
    if when and last.due is None:
        last = replace(last, due=when["due"].strip())
    reading.actions[-1] = last
    reading.places[-1] = reading.number
    return True


def _deed_of(reading: RecordSoFar, line: ActionLine, mark: ActionMark) -> bool:
    """Whether a marked line is an action, a resolution, or the record of an old one; a new one is kept."""
    text = reading.text
    end = _end(text, mark.start, mark.end or line.end)
    rest = text[mark.start : end]
    if mark.word != "ACTION":
        if names_deed(rest):
            span = trim(text, mark.start, end)
            add(reading, Action(span.start, span.end, None, None, due_words(text, span), span, _outcome(mark.word)))
        return True
    if is_past(line, rest) or IDLE.match(rest) or rest.count(" ") < 1:
        reading.silent.append(Span(line.first, line.end))
        return True
    who = owned(text, mark.start, end, reading.names)
    if who.who is None and mark.owner is None and (mark.owned or not (mark.sure or is_order(rest))):
        return False
    is_reviewed = reading.reviews and text[line.start] != "#"
    if is_reviewed or (reading.under == "old" and line.state != "NEW" and not line.nick):
        reading.silent.append(Span(line.first, line.end))
        return True
    for part in several(text, mark.start, end, reading.names):
        _keep(reading, part, mark.owner)
    return True


def _outcome(word: str) -> str:
    """The kind of what is marked as proposed, or as resolved."""
    if word in PUT:
        return RECOMMENDATION
    return COMMITMENT


def _item(reading: RecordSoFar, line: ActionLine, words: str) -> None:
    """A line without a mark: one of a list of actions, a check box, `@anna will …`."""
    near = reading.number - reading.last == 1
    leaves = line.nick or (not line.bullet and (reading.listed or (STAMPED.match(words) and not near)))
    if leaves:
        reading.under = None
    old = reading.under == "old" or is_past(line, words)
    if reading.under and (line.bullet or not reading.listed):
        reading.listed = reading.listed or line.bullet
        if old:
            reading.silent.append(Span(line.first, line.end))
            return
    if old or IDLE.match(words) or words.count(" ") < 1:
        return
    end = _end(reading.text, line.start, line.end)
    who = owned(reading.text, line.start, end, reading.names)
    if _is_listed(reading, line, words, who) or _is_assigned(reading, line, words, who):
        reading.last = reading.number
        for part in several(reading.text, line.start, end, reading.names):
            _keep(reading, part, None)


def _is_assigned(reading: RecordSoFar, line: ActionLine, words: str, who: Owned) -> bool:
    """Whether a line outside a list is an action: a check box with an order, or a bullet that begins with `@anna`."""
    is_called = who.who is not None and reading.text[who.who.start] == "@"
    begins_with_call = is_called and line.bullet and who.who == _first_word(reading.text, line)
    deed = reading.text[who.deed.start : who.deed.end]
    return (line.box or begins_with_call) and (is_called or is_order(words) or (who.who is not None and is_order(deed)))


def _is_listed(reading: RecordSoFar, line: ActionLine, words: str, who: Owned) -> bool:
    """Whether a line stands in a list of actions: with a bullet, or at once below the heading and naming a doer."""
    if not reading.under:
        return False
    if line.bullet and reading.under == "short":
        return who.who is not None or is_order(words)
    near = reading.number - reading.last == 1
    deed = reading.text[who.deed.start : who.deed.end]
    return (line.bullet and bool(who.who or names_deed(words) or names_deed(deed))) or (near and who.who is not None)


def _first_word(text: str, line: ActionLine) -> Span:
    end = line.start
    while end < line.end and text[end] not in " \t:,":
        end += 1
    return Span(line.start, end)


def _keep(reading: RecordSoFar, span: Span, marked_owner: tuple[int, int] | None) -> None:
    text = reading.text
    span = trim(text, span.start, span.end)
    who = owned(text, span.start, span.end, reading.names)
    place = who.who
    if marked_owner:
        place = named_in(text, *marked_owner)
    deed = trim(text, who.deed.start, without_due(text, who.deed.start, who.deed.end))
    kind = COMMITMENT
    if who.together or (place and together(text[place.start : place.end])):
        kind = REQUEST  # nobody in the crowd has taken it on
    add(reading, Action(span.start, span.end, None, _words(text, place), due_words(text, span), deed, kind))


def _end(text: str, start: int, end: int) -> int:
    """Where an action's words end: before where it was recorded."""
    while hit := RECORDED.search(text, start, end):
        if hit.start() <= start:
            break
        end = hit.start()
    end = trim(text, start, end).end
    while end > start and text[end - 1] in ";*_ ":
        end -= 1
    return end
