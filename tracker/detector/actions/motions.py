"""Motions of councils and boards: what was moved, and the words in which the record tells what became of it.

A motion is a recommendation. Its result is quoted from the record and never put into words of ours; what only runs the
meeting (`moved to adjourn`, `to approve the minutes`) is no motion to follow up.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.detector.deed_words import is_verb, names_deed
from tracker.detector.minutes import pieces
from tracker.transcripts.text_positions import Span, trim

#: sentences after a motion in which its result is sought
REACH = 12
#: and in which it may be seconded
NEAR = 3
#: characters
LONGEST_MARK = 60
_WHO = r"[^:;\n]{2,70}?"
_THAT = r"(?P<that>that|to|for|the|adoption|approval|acceptance|adjournment)\b(?!,)"
_SECONDED = r"(?:,? (?:and )?(?:(?:was )?seconded|second|supported) by [^:;\n]{2,60}?)"
#: how a sentence tells a motion; `deed` is what was moved
FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\bon (?:a |the )?motion (?:of|by|from) {_WHO}{_SECONDED}?,? (?P<result>(?:the |it )[\w' ]{{2,40}}?"
        r"(?:voted|resolved|approved|agreed|directed)[^.;]{0,40}?)[,:]?\s+(?P<deed>(?:that|to)\b.+)",
        rf"\b(?:moved|proposed) by:? {_WHO}{_SECONDED}(?:,? (?:and )?(?:it was )?(?:unanimously )?(?:resolved|agreed"
        rf"|carried|approved))?[,:;]?\s+(?:was )?(?P<deed>{_THAT}.+)",
        rf"\bmoved(?:,? (?:and |/)?(?:duly )?seconded)?(?:,? seconded by {_WHO},)?,?\s+(?P<deed>{_THAT}.+)",
        rf"\bm/?s/?[cp]?\b[^a-z\n]{{0,3}}(?:\([^)\n]{{2,40}}\)\s*)?:?\s+(?P<deed>{_THAT}.+)",
        rf"\bmotion (?:was |is )?(?:made |put |moved |proposed )?(?:by|from|of) {_WHO}{_SECONDED}?,?\s+"
        rf"(?P<deed>{_THAT}.+)",
        rf"\bmoved,? (?:and )?{_WHO} seconded,?\s+(?P<deed>{_THAT}.+)",
        rf"\bmoved:?[ (]{{1,2}}{_WHO},? (?:and )?seconded:?(?: by)? {_WHO}\)?[:,]\s+(?P<deed>{_THAT}.+)",
        r"^[\W\d]{0,8}(?:motions?|resolutions?)(?: (?:no\.? ?)?[\w./-]{1,12})?(?: ?\([^)\n]{2,40}\))?\s*"
        r"[:–—-]\W{0,4}\s*(?P<deed>\w.+)",
        r"\bmotion (?P<deed>(?:to (?!be\b|which\b)|that (?!was\b|is\b|had\b|has\b|would\b)).+?)"
        r"(?= (?:was )?(?:made|moved|proposed|put) by\b|$)",
        r"\b(?:i|we)(?:'d like| would like| hereby| beg| wish)?(?: to)?(?: so)? (?:move|propose the motion)\s+"
        r"(?P<deed>(?:that|to|adoption|approval|acceptance)\b.+)",
        r"\bproposed (?P<deed>that\b.+)",
    )
)
#: words without which a text has no motions, and a sentence tells none
MOTIONS = re.compile(r"\b(?:moved?|motions?|seconded|m/?s/?[cp])\b", re.IGNORECASE)
TRIGGER = re.compile(r"\b(?:mov(?:ed?|er)|motions?|proposed|m/?s/?[cp]?|that|this)\b", re.IGNORECASE)
#: `Anna proposed that …` is a motion only where somebody seconds it
MUST_BE_SECONDED = FORMS[-1]
#: the mover speaks
OWN = re.compile(r"\b(?:i|we)\b(?:['’](?:d|ll))?[^.;]{0,40}?\b(?:move|motion)\b", re.IGNORECASE)
THE_MOTION = re.compile(r"\W{0,4}(?:the )?(?:motion|amendment|resolution)\b(?! by| of| from)", re.IGNORECASE)
#: a motion that stands below those who moved and seconded it
BELOW = re.compile(
    r"^\W{0,4}(?:be it resolved )?"
    r"(?:(?=that\b)|this (?:council|union|house|meeting) (?:hereby )?resolves (?=to\b))(?P<deed>.{12,})",
    re.IGNORECASE,
)
MOVERS = re.compile(
    r"\W{0,4}(?:motion [\w.]{1,8}\W{1,4})?(?:moved|mover|proposed|proposer)(?: by)?\b\W{1,4}[^\W\d_]", re.IGNORECASE
)
SECONDER = re.compile(r"\b(?:second(?:ed|er)?|supported)\b", re.IGNORECASE)
#: what a record says became of a motion
_FATE = (
    r"(?:carried|carries|passed|passes|failed|fails|lost|defeated|adopted|approved|rejected|withdrawn|deferred|dies|died"
    r"|negatived|agreed to|not agreed|fell|falls|succeeds|succeeded)"
)
FATE = re.compile(
    rf"\b(?:motion|resolution|amendment|question)\b[^.;]{{0,60}}?\b{_FATE}\b"
    rf"|^\W{{0,4}}(?:(?:result|decision|outcome|disposition)\s*:\s*)?(?:unanimously |not )?{_FATE}\b"
    r"(?=\W*$|[ ,:;(]+(?:unanim|by\b|\d|as amended|nem|with|on\b|[\w ]{0,20}vote))"
    r"|\b(?:voted|vote(?: was)?:?|carried|passed|approved|failed|defeated)[ ,]+(?:\w+ ){0,2}"
    r"\(?\d+ ?(?:[-–—:]|to|for) ?\d+"
    r"|\bthe (?:motion|amendment) (?:has|had) (?:not )?(?:been )?(?:carried|passed|adopted)",
    re.IGNORECASE,
)
VOTES = re.compile(
    r"\bvoted (?:aye|yes|no|in favou?r|against)\b"
    r"|\b(?:ayes?|yeas?|noes|nays?|in favou?r|opposed|against|abstain\w*|abstentions?|absent)\b\s*[:–-]"
    r"|\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten) (?:votes? )?"
    r"(?:for|in favou?r|against|ayes?|noes|yes|no|opposed|abstained|abstentions?|abstaining)\b"
    r"|^\W{0,4}(?:vote|votes|voting|recorded vote|roll call)\b[^.]{0,6}[:–-]|\ball in favou?r\b|\bunanimous",
    re.IGNORECASE,
)
#: what a line writes before a motion
MARK_OF_MOTION = re.compile(
    r"[\W\d]{0,12}(?:motions?|resolutions?|moved)\b[\w ./-]{0,12}(?:\([^)\n]{2,60}\))?\W{0,6}", re.IGNORECASE
)
#: what a record writes before a vote
VOTE_LABEL = re.compile(
    r"\W{0,4}(?:votes?|voting|result|outcome|decision|disposition|recorded vote|for|ayes?|yeas?|noes|nays?|yes"
    r"|in favou?r)\W{0,3}:[\s*]*",
    re.IGNORECASE,
)
#: a result at the end of the sentence that tells the motion
TRAILING = re.compile(
    rf"(?:[.;,–—-]|\s)\s*(?P<result>(?:(?:the )?motion |and )?(?:was |were )?(?:unanimously )?{_FATE}"
    r"(?:[ ,(]+(?:for (?:lack|want) of a second(?:er)?|unanimously"
    r"|by .{1,40}|\d+ ?(?:[-–:/]|to) ?\d+.{0,20}|as amended|nem\.? con\.?))?\W*)$",
    re.IGNORECASE,
)
_ITS = r"(?:(?:the|these|those|last|previous|draft|amended|revised|proposed|its|our|all|both) )*"
_PAPERS = (
    r"(?:[\w'’.,/-]+ ){0,7}?(?:minutes|agenda|consent \w+|order of \w+|apologies|(?:(?:first|second|third) )?readings?"
    r"|absences?|items? [A-Z0-9]|correspondence)\b"
)
_ACCOUNTS = (
    r"(?:[\w'’-]+ ){0,2}?(?:financial statements?|reports?|warrants?|bills|invoices|accounts|claims|payroll)\b"
    r"(?=\W*$| (?:for|as|of|dated|from|by|be)\b)"
)
_APPROVE = r"(?:approve|accept|adopt|confirm|receive|ratify|sign|dispense with|waive|note|pay)"
_APPROVED = r"(?:approved|accepted|adopted|confirmed|received|taken as read|signed|noted)"
#: what only runs the meeting
PROCEDURE = re.compile(
    r"(?:(?:that|to|for|the) )*(?:(?:we|the \w+) (?:now |do )?)?(?:adjourn|recess|closure|suspend|exit|return to"
    r"|procedur(?:e|al)\b|reconvene"
    r"|closed? (?:the )?(?:[\w-]+ )?(?:meeting|session|sitting|nominations|comment|hearing|debate|discussion)"
    r"|open (?:the )?(?:[\w-]+ )?(?:hearing|nominations|floor)|(?:go|move|enter|come|retire) (?:back )?(?:in|out|to)"
    r"|(?:meeting|council|committee|board) (?:be )?(?:now )?adjourn|limit debate|second\b|vote\b|reconsider|excuse"
    r"|(?:extend|continue) (?:the )?(?:meeting|session|time|debate|curfew)|call (?:for )?(?:the )?(?:question|vote)"
    r"|previous question|question be now put|lay |take (?:a )?(?:break|recess|up\b|item)|receive and file"
    r"|amend the agenda|add \w+ to the agenda|table (?:the |this |item )?[\w ]{1,30}\W*$"
    rf"|{_APPROVE}(?:,? (?:and )?\w+)?? {_ITS}(?:{_PAPERS}|{_ACCOUNTS})"
    rf"|(?:adoption|approval|acceptance|confirmation|receipt) of {_ITS}(?:{_PAPERS}|{_ACCOUNTS})"
    rf"|{_ITS}(?:{_PAPERS}|{_ACCOUNTS})(?: [\w ,]{{0,60}}?)? ?(?:be|was|were) (?:\w+ly )?{_APPROVED})",
    re.IGNORECASE,
)
TOLD = re.compile(r"(?:that|this|(?:adoption|approval|acceptance) of) ", re.IGNORECASE)
PLACE = re.compile(r"(?:the|an?|its|our|their|her|my|another|new|next|item|\w+ (?:street|road))\b", re.IGNORECASE)
#: who moved and seconded it, after what was moved
MOVED_BY = re.compile(
    r"[\s,;(–—-]+(?:(?:and |it was )?(?:moved|seconded|second|proposed|supported)(?: and seconded)? by[: ].{2,70}"
    r"|\([\w.' -]{2,25}/[\w.' -]{2,25}\))\W*$",
    re.IGNORECASE,
)
LEAD = re.compile(r"(?:that|to)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Motion:
    """What was moved: `passage` tells it, `deed` is what to do, `result` how the record says it ended, if it does."""

    passage: Span
    deed: Span
    result: Span | None
    #: the mover speaks, and nobody tells it of them
    is_own: bool = False


def read_motions(text: str) -> tuple[list[Motion], list[Span]]:
    """The motions of a text, and the sentences that only run the meeting, in which nothing is to be sought."""
    if not MOTIONS.search(text):
        return [], []
    sentences = list(pieces(text, 0, len(text), minuted=True))
    motions: list[Motion] = []
    routine: list[Span] = []
    for place, sentence in enumerate(sentences):
        # A mark that the line begins with, `Motion (Jo):`, is no part of the sentence.
        begin = max(_line_start(text, sentence.start), sentence.start - LONGEST_MARK)
        if not TRIGGER.search(text, begin, sentence.end):
            continue
        motion = _motion(text, sentences, place)
        if motion is None:
            continue
        if PROCEDURE.match(text, motion.deed.start, motion.deed.end):
            routine.append(sentence)
        else:
            motions.append(motion)
    return motions, routine


def as_advice(words: str) -> str:
    """What was moved, as one would advise it: `that the swings be replaced` -> `the swings should be replaced`."""
    bare = LEAD.sub("", words, count=1)
    if words[:5].lower() != "that ":
        return bare
    for verb in re.finditer(r"(?<= )[a-z]+\b", bare):
        if verb[0] == "be" or is_verb(verb[0]):
            return f"{bare[: verb.start()]}should {bare[verb.start() :]}"
    return bare


def _motion(text: str, sentences: Sequence[Span], place: int) -> Motion | None:
    sentence = _with_lead(text, sentences[place])
    for form in FORMS:
        hit = form.search(text[sentence.start : sentence.end])
        if hit and (form is not MUST_BE_SECONDED or _is_seconded(text, sentences, place)):
            return _judged(text, sentences, place, hit, sentence.start)
    sentence = sentences[place]
    hit = BELOW.match(text[sentence.start : sentence.end])
    around = sentences[max(0, place - NEAR) : place + 2]
    if hit and any(_names_mover(text, span) for span in around):
        return _judged(text, sentences, place, hit, sentence.start)
    return None


def _with_lead(text: str, sentence: Span) -> Span:
    """The sentence with what its line begins with, where that is a mark: `3.1 Motion (Jo): publish …`."""
    start = _line_start(text, sentence.start)
    if MARK_OF_MOTION.fullmatch(text, start, sentence.start):
        return Span(trim(text, start, sentence.end).start, sentence.end)
    return sentence


def _names_mover(text: str, sentence: Span) -> bool:
    """Whether a sentence, or the line that it begins, says who moved."""
    return bool(MOVERS.match(text, sentence.start) or MOVERS.match(text, _line_start(text, sentence.start)))


def _judged(text: str, sentences: Sequence[Span], place: int, hit: re.Match[str], begin: int) -> Motion | None:
    """The motion of a hit in the text from `begin` on, where it is a deed that somebody seconds or the record ends."""
    deed = trim(text, begin + hit.start("deed"), begin + hit.end("deed"))
    result = None
    trailing = TRAILING.search(text, deed.start, deed.end)
    if trailing and not text[deed.start : trailing.start("result")].rstrip().endswith((" be", " been")):
        result = trim(text, *trailing.span("result"))
        deed = trim(text, deed.start, trailing.start())
    elif hit.groupdict().get("result"):
        result = Span(begin + hit.start("result"), begin + hit.end("result"))
    else:
        result = _result_after(text, sentences, place)
    if moved_by := MOVED_BY.search(text, deed.start, deed.end):
        deed = trim(text, deed.start, moved_by.start())
    words = text[deed.start : deed.end]
    is_marked = MARK_OF_MOTION.match(text, begin) is not None and words.count(" ") > 1
    if not (is_marked or _is_moved(words)) or not (result or _is_seconded(text, sentences, place)):
        return None
    return Motion(
        Span(begin, max(deed.end, deed.start + 1)),
        deed,
        result,
        is_own=bool(OWN.match(hit[0]) or OWN.search(hit.string)),
    )


def _is_moved(words: str) -> bool:
    """Whether words say something to be done: `to repair it`, `that the bridge be repaired`."""
    bare = LEAD.sub("", words, count=1)
    if PROCEDURE.match(words):
        return True
    if bare.count(" ") < 2:
        return False
    is_told = bool(TOLD.match(words)) or names_deed(words)
    # After `moved to` a small word is a verb, unless a place follows.
    is_verbal = words[:3].lower() == "to " and bare[0].islower() and not PLACE.match(bare)
    return is_told or is_verbal or is_verb(bare.split()[0])


def _is_seconded(text: str, sentences: Sequence[Span], place: int) -> bool:
    around = sentences[max(0, place - NEAR) : place + NEAR]
    return any(SECONDER.search(text, span.start, span.end) for span in around)


def _result_after(text: str, sentences: Sequence[Span], place: int) -> Span | None:
    """The sentences that tell the vote and the result, before another motion: the first ones that stand together."""
    first = None
    end = 0
    for span in sentences[place + 1 : place + 1 + REACH]:
        start = _label_before(text, span.start)
        words = text[start : span.end]
        if any(form.search(words) for form in FORMS) and not (THE_MOTION.match(words) and FATE.search(words)):
            break
        if not words.endswith("?") and (FATE.search(words) or VOTES.search(words)):
            if first is None:
                first = start
            end = span.end
        elif first is not None:
            break
    if first is None:
        return None
    return Span(first, end)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _label_before(text: str, start: int) -> int:
    """Where the line of a vote begins, if it begins with what it is: `Vote: 5 for`."""
    line = _line_start(text, start)
    if VOTE_LABEL.fullmatch(text, line, start):
        return trim(text, line, start).start
    return start
