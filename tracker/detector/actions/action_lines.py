"""The lines of minutes and logs without their dress: times, nicks, bullets, check boxes and marks such as `ACTION:`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.transcripts.text_positions import trim

LINE = re.compile(r"[^\r\n\u2028\u2029]+")
#: characters of a line that are looked at
LONGEST = 700
#: what stands before the words of a line and says nothing: times, nicks, bullets, check boxes
DRESS = re.compile(
    r"(?:[ \t\xa0]+|>+(?=[ \t])|\*{1,3}|_{1,2}(?=\w)|#{1,6}(?=[ \t])|~~"
    r"|\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?Z?\]?(?=[ \t])"
    r"|[\[(]?\d{1,2}[:.]\d\d(?::\d\d)?[\])]?(?: ?[ap]m)?(?=[ \t<-])"
    r"|<(?P<nick>[^<>\s]{1,30})>|(?:[-•·◦▪–—+]|\d{1,2}[.)]|[a-z][.)]|\(\d{1,2}\))(?=[ \t])|…|\.{3}"
    r"|\([!/]\)(?=[ \t])|[👉📌🔴➡]\ufe0f?(?=[ \t])"
    r"|(?P<box>\[[ xX✓]\])(?=[ \t])|(?P<tick>[✓✔✅☑])|(?P<open>[☐□]))"
)
#: `[PENDING] …`
STATE = re.compile(
    r"[\[(]?\b(?P<state>NEW|OPEN|PENDING|DONE|CLOSED|DROPPED|COMPLETED?|ONGOING|CONTINUE[DS]?|CARRIED(?: OVER)?"
    r"|WITHDRAWN"
    r"|OVERTAKEN|RESCINDED)\b[\])]?\s*(?::|-)?\s*(?=\S)"
)
#: the sign of a list
BULLET = re.compile(r"[ \t\xa0>]*(?:[-*•·◦▪–—+]|\d{1,2}[.)]|[a-z][.)]|\(\d{1,2}\)|\[[ xX]\]|[☐□☑✓✅])[ \t]")
#: a speaker before a mark: `Anna: ACTION: …`
LABEL = re.compile(r"[^\W\d_][\w .'’()/-]{0,30}:[ \t]+\**(?=(?:\[?(?:ACTION|Action|AI\b|AP\b|TODO|RESOL|PROPOS)))")
_NUMBER = r"(?:[ \t]*[-#][ \t]*\d+|[ \t]*\d+(?:[./]\d+)*)?"
_FOR = (
    r"(?:[ \t]*(?:\((?P<for>[^)\n]{1,40})\)"
    r"|\[(?P<for2>[^\]\n]{1,40})\]|(?:on|for|by)[ \t]+(?P<for3>[^:\n]{2,30})(?=:)"
    r"|(?P<for5>@[\w.-]{2,30})(?=[ :])"
    r"|(?!(?:plan|group|log|list|taken|summary|tracker|update|research|from|of|in|at|to|and|is|was|we|i)s?\b)"
    r"(?P<for4>(?-i:[A-Z])[\w.'’-]*(?:[ \t](?-i:[A-Z])[\w.'’-]*){0,2})(?=:)))?"
)
_SIGN = r"(?P<sign>[ \t]*\**[ \t]*(?::|[–—]|-{1,2}(?=[ \t])|→|=+>|-+>|>>)[ \t]*\**[ \t]*)"
#: the dress of a mark that is a link, or has one after it: `[*Action item*](https://…): …`
LINKED = re.compile(
    r"\[?\*{0,3}_{0,2}(?P<mark>(?:action|follow-?up)(?:[ -](?:item|point))?|AI|TODO|task)\*{0,3}_{0,2}"
    r"(?:\][ \t]*|[ \t]*\[[^\]\n]{1,30}\])\([^)\s]{1,300}\)\*{0,3}[ \t]*[:–—-][ \t*]*(?=\S)",
    re.IGNORECASE,
)
#: `ACTION 12: …`, `[AI (Anna)] …`, `TODO – …`
MARK = re.compile(
    r"(?P<bracket>[\[({]{1,2})?(?P<word>ACTIONS?(?:[ -](?:(?:ITEM|POINT)S?|REQUIRED|NEEDED))?|AI|A\.I\.|AP|TODO|TO-DO"
    rf"|TO DO|FOLLOW[ -]?UPS?|NEXT STEPS?|TASKS?|HOMEWORK)(?P<number>{_NUMBER})(?:(?<=\w)|(?<=\.))"
    rf"(?P<close>[\])}}]{{1,2}})?{_FOR}{_SIGN}?",
    re.IGNORECASE,
)
BARE = re.compile(r"ACTION[ \t]+(?=[^\W\d_])")  # `ACTION anna to …`
HASHED = re.compile(r"#(?:action|ai|todo)(?:[ \t]*:)?[ \t]+(?=\S)", re.IGNORECASE)  # as the robots of IRC take it
#: an arrow instead of a mark: it must name a doer
ARROW = re.compile(r"(?:=+>|-+>|→|⇒)[ \t]*(?=\S)")
#: a mark within a line: after a sentence, or in brackets that hold the whole action
#: (`AI` and `AP` without a sign only in square brackets, for `(AI Office to …)` is no action)
WITHIN = re.compile(
    r"(?:(?<=[(\[])|(?<=[.;!?,)\]][ \t]))"
    r"(?:(?:ACTIONS?(?:[ -](?:ITEM|POINT)S?)?|Action(?: item| point)?(?=[ \t]*:)|A[IP](?=[ \t]*\d*:))\b|(?<=\[)A[IP]\b)"
    r"(?:[ \t]*\d+)?(?P<sign>[ \t]*:)?[ \t]+(?=\S)"
)
#: a mark that holds only who is to do what follows: `[ACTION: Anna] send it`
HOLDS_OWNER = re.compile(
    r"\[(?:ACTIONS?(?: ITEM)?|AI|AP)[ \t]*[:–-]?[ \t]+(?P<who>(?-i:@?[A-Z])[\w.'’-]*\??"
    r"(?:(?:,? and |, ?| ?& ?| ?\+ ?| ?/ ?| )@?[A-Z][\w.'’-]*\??){0,3})\][ \t:–-]*(?=\S)",
    re.IGNORECASE,
)
#: how a line says that its action is an old one
OVER = re.compile(
    r"(?:[-–—:,(\[]|\.)[ \t]*(?:is |was |now |all )?(?:done|closed|complete[d]?|finished|pending|in progress"
    r"|ongoing|on-?going|carried"
    r"(?: over| forward)?|continue[sd]?|dropped|withdrawn|still open|overtaken|no update"
    r"|no progress)\b[^.\n]{0,60}[\])]?\.?$",
    re.IGNORECASE,
)
#: words that say of which meeting an action is
FROM_BEFORE = re.compile(
    r"[(\[][^)\]\n]{0,20}\b(?:from|of|at|see) (?:the )?(?:minutes|notes|call|meeting|session|last|previous|earlier)\b"
    r"[^)\]\n]{0,40}[)\]]\.?$",
    re.IGNORECASE,
)
#: states of old actions
PAST = frozenset({"DONE", "CLOSED", "DROPPED", "COMPLETE", "COMPLETED", "PENDING", "ONGOING", "WITHDRAWN", "OVERTAKEN",
                  "CONTINUE", "CONTINUED", "CONTINUES", "CARRIED", "CARRIED OVER", "RESCINDED"})  # fmt: skip
CLOSING = {"(": ")", "[": "]"}
NUMBERED = re.compile(r"(?:action )?(?:item|point)[ \t]*\d", re.IGNORECASE)
ALWAYS = re.compile(r"(?:ACTIONS?|[Aa]ctions?)(?:[ -](?:(?:item|point)s?|required|needed))?$|TODO$", re.IGNORECASE)
#: `PROPOSED: …`, `RESOLVED: …`
OUTCOME = re.compile(
    r"\**(?P<word>PROPOSED(?: RESOLUTION)?|PROPOSAL|STRAW ?-?POLL|RECOMMENDATION|SUGGESTION|RESOLVED|RESOLUTION"
    r"|RECOMMENDED"
    r"|AGREED|AGREEMENT|DECISION|DECIDED"
    r"|CONCLUSION)(?:[ \t]*[-#]?[ \t]*\d+(?:[./-]\d+)*)?\**(?P<sign>[ \t]*[:–—][ \t]*\**"
    r"|[ \t]+-[ \t]+|[ \t]+(?=(?:[Tt]hat|THAT)\b))[ \t]*(?:(?:that|THAT)[ \t]+)?",
    re.IGNORECASE,
)
#: where the robots say that they noted it
RECORDED = re.compile(r"[ \t]*(?:\[recorded in [^\]\n]*\]|(?<![\[(<])<?https?://\S+>?)[ \t]*\.?$", re.IGNORECASE)


@dataclass(frozen=True)
class ActionLine:
    """A line with what it says: `start` to `end` without its dress; `first` is where the line itself begins."""

    first: int
    start: int
    end: int
    indent: int
    bullet: bool
    nick: str | None
    state: str | None
    box: bool
    done: bool


@dataclass(frozen=True)
class ActionMark:
    """What a line is marked as: `word` in capitals, `owner` the place of a name in brackets, `start` of the rest.

    `end` is where the action ends if the line goes on, `at` where a mark within a line begins. What is not `sure` must
    name a doer or give an order, and what is `owned` must name a doer.
    """

    word: str
    start: int
    owner: tuple[int, int] | None = None
    sure: bool = True
    end: int | None = None
    owned: bool = False
    at: int = 0


def lines(text: str) -> Iterator[ActionLine]:
    """Every line that says something, undressed."""
    for hit in LINE.finditer(text):
        end = min(hit.end(), hit.start() + LONGEST)
        at = hit.start()
        nick = None
        box = False
        done = False
        bullet = BULLET.match(text, at, end)
        while dress := DRESS.match(text, at, end):
            at = dress.end()
            nick = dress["nick"] or nick
            box = box or bool(dress["box"] or dress["open"])
            done = done or bool(dress["tick"]) or (dress["box"] or "[ ]")[1] != " " or dress[0] == "~~"
        if label := LABEL.match(text, at, end):
            at = label.end()
        state = None
        if stated := STATE.match(text, at, end):
            at = stated.end()
            state = stated["state"].upper()
        span = trim(text, at, end)
        if span.end > span.start:
            indent = _indent(text, hit.start())
            yield ActionLine(hit.start(), span.start, span.end, indent, bool(bullet), nick, state, box, done)


def _indent(text: str, start: int) -> int:
    at = start
    while at < len(text) and text[at] in " \t\xa0":
        at += 1
    return at - start


def is_past(line: ActionLine, words: str) -> bool:
    """Whether an action is one of before, by its tick, its state or its own words."""
    return line.done or line.state in PAST or bool(OVER.search(words) or FROM_BEFORE.search(words))


def marked(text: str, line: ActionLine) -> ActionMark | None:
    """The mark that a line begins with: an action, or what was proposed or resolved."""
    if linked := LINKED.match(text, line.start, line.end):
        return ActionMark("ACTION", linked.end())
    hit = MARK.match(text, line.start, line.end)
    if hit and hit.end() < line.end:
        return _action(text, hit)
    if hashed := HASHED.match(text, line.start, line.end):
        return ActionMark("ACTION", hashed.end())
    if bare := BARE.match(text, line.start, line.end):
        return ActionMark("ACTION", bare.end(), sure=False)
    if arrow := ARROW.match(text, line.start, line.end):
        return ActionMark("ACTION", arrow.end(), owned=True)
    if outcome := OUTCOME.match(text, line.start, line.end):
        return ActionMark(outcome["word"].upper().replace("-", ""), outcome.end())
    return None


def within(text: str, line: ActionLine) -> Iterator[ActionMark]:
    """The actions that are marked within a line, each to its closing bracket or to the next mark."""
    if holding := HOLDS_OWNER.search(text, line.start, line.end):
        yield ActionMark("ACTION", holding.end(), holding.span("who"), at=holding.start())
        return
    hits = list(WITHIN.finditer(text, line.start + 1, line.end))
    ends = [*(hit.start() for hit in hits[1:]), line.end]
    for hit, end in zip(hits, ends, strict=False):  # without hits one end is left
        bracket = CLOSING.get(text[hit.start() - 1])
        closed = end
        if bracket:
            closed = text.find(bracket, hit.end(), end)
        if closed >= 0:
            yield ActionMark(
                "ACTION", hit.end(), end=closed, owned=not hit["sign"], sure=bool(hit["sign"]), at=hit.start()
            )


def _action(text: str, hit: re.Match[str]) -> ActionMark | None:
    word = hit["word"]
    short = word.replace(".", "") in ("AI", "AP")
    if word.upper().replace(".", "") in ("AI", "AP") and not short:
        return None
    named = [hit.span(name) for name in ("for", "for2", "for3", "for4", "for5") if hit[name]]
    if not hit["sign"] and not hit["bracket"] and not named:
        numbered = hit["number"] and NUMBERED.match(hit[0])
        if not numbered and not (word == "ACTION" and not hit["number"]):
            return None
        return ActionMark("ACTION", _after(text, hit.end()), sure=bool(numbered))
    if hit["bracket"] and not hit["close"]:
        return None
    sure = bool(ALWAYS.match(word)) and (word[0].isupper() or bool(hit["number"]))
    return ActionMark("ACTION", _after(text, hit.end()), next(iter(named), None), sure)


def _after(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t*":
        at += 1
    return at
