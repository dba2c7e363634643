"""Where one proposal ends and the next begins: long sentences are cut, sentences that go on are joined."""

import re
from collections.abc import Iterator

from tracker.detector.cues.word_patterns import phrase
from tracker.transcripts.text_positions import Span, trim

# A new proposal inside a sentence begins where one of these follows a comma, a semicolon or an `and`.
CUT = phrase(
    r"(?:[,;] ?(?:and |but |or |so |also )?|\b(?:and|but) (?:also |then |secondly |second |finally |thirdly )?)"
    r"(?=(?:if (?:we|the \w+|you|they) (?:could|can)|we (?:also )?(?:need|should|must|have to|would like|propose"
    r"|recommend|suggest|call)"
    r"|(?:i|we) (?:\w+ )?(?:suggest|propose|recommend|urge|would like to see|call on)|to figure out|to (?:make|set"
    r" up|create|publish)"
    r"|what we need|it would be|there should|there must|why (?:can't|don't|not)|also make|to then"
    r"|also [a-z]+ (?:a|an|the|some|more)|we (?:could|will|would be happy)|the \w+ (?:should|must|could)|they"
    r" (?:should|must)|also to )\b)"
    r"|[,;] ?(?=[\w-]+ (?:[\w-]+ )?(?:should|must|needs to)\b)"
)
GOES_ON = phrase(
    r"you (?:will|can|may|should) (?:then |also |soon )?(?:have|get|see|receive|find)\b|(?:and )?i hope (?:that"
    r" )?(?:it|this|that|you|in|by)\b|(?:(?:and |so |but )?(?:i|we) (?:really |also"
    r" )?(?:think|believe) (?:that )?(?=.{0,60}$))?(?:that|this|it|these|those|such|there is no need|this way|that"
    r" way|so that|because|therefore|in this way|they|not only|for this|which|otherwise|then)\b"
)
#: characters before a cut that are too few to stand alone
SHORT_HEAD = 25
MAX_WORDS = 95
MAX_SENTENCES = 3
LEAD = phrase(
    r"(?:(?:and|but|so|well|now|also|then|okay|ok|yes|no|again|equally important|first(?:ly)?|second(?:ly)?"
    r"|third(?:ly)?|finally|lastly|actually|of course|however|therefore|thank you(?: very much)?|you know),? )+"
)


CONDITION = phrase(
    r"(?:and |but |so )?(?:if|when|once|unless|provided|as soon as|should) (?!(?:we|you|they|the \w+|there)"
    r" (?:could|can)\b)"
)
RESULT = phrase(r"(?:so |and )?you(?: will|'ll) (?:then |also |soon |all )?(?:have|get|see|receive|find)\b")
TAIL = phrase(
    r"[,.;]? (?:so |and )?(?:thank you|thanks)(?: very much| so much| again| chair| all| everyone){0,2}[.!,]?$"
)


def clauses(text: str, plain: str, start: int) -> Iterator[Span]:
    """The parts of a sentence that could each be a proposal; `plain` is the sentence in small letters, from `start`."""
    cuts = [hit for hit in CUT.finditer(plain) if hit.start() >= SHORT_HEAD and len(plain) - hit.end() >= SHORT_HEAD]
    begin = 0
    for hit in cuts:
        if CONDITION.match(plain, begin, hit.start()):
            continue  # what is promised under a condition is one with it
        yield trim(text, start + begin, start + hit.start())
        begin = hit.end()
    yield trim(text, start + begin, start + len(plain))


def without_lead(plain: str) -> int:
    """How many characters of a sentence only lead over from the last one."""
    hit = LEAD.match(plain)
    if hit and len(plain) - hit.end() > SHORT_HEAD:
        return hit.end()
    return 0


def without_tail(plain: str) -> int:
    """Where a sentence ends before its closing thanks."""
    hit = TAIL.search(plain)
    if hit and hit.start() > SHORT_HEAD:
        return hit.start()
    return len(plain)


def goes_on(plain: str) -> bool:
    """Whether a sentence points back at the one before it."""
    return bool(GOES_ON.match(plain))


def tells_result(plain: str) -> bool:
    """Whether a sentence tells what those addressed will have of a promise."""
    return bool(RESULT.match(plain))


def fits(text: str, start: int, end: int, sentences: int) -> bool:
    """Whether a passage is still short enough to be one."""
    return sentences <= MAX_SENTENCES and len(re.findall(r"\S+", text[start:end])) <= MAX_WORDS
