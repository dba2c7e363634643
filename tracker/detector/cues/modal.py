"""Who should do what: modal verbs weighed by their subject and by the verb that they govern."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.detector.cues.word_patterns import ACTIONS, ARTEFACTS, MENTAL, PARTIES, VALUES, phrase
from tracker.text import words

#: a modal, its adverbs, the verb that it governs, and what follows
MODAL = phrase(
    r"\b(?P<modal>should|ought to|must|shall|(?:will|would|'ll|going to) have to|(?:will|would|'ll) need to|needs?"
    r" to|needs?|have to|has to|had better|could|can|will|'ll|are going to"
    r"|is going to|am going to|might|may be|may)\b"
    r"(?P<adverbs>(?: (?:really|also|certainly|definitely|now|all|still|therefore|probably|perhaps|first|actually|just"
    r"|clearly|urgently|always|together|then|simply|not|never|only|already|at least|continue to|be able to|try to"
    r"|try and"
    r"|start to|try|help to|seriously|maybe|soon|strongly|much more|more|better|further|carefully|indeed|again"
    r"|to|like to|take care to)\b){0,3})"
    r" (?P<verb>[\w'-]+)(?=(?P<rest> [\w' ,-]{0,40})?)"
)
#: where the clause of a modal may begin
CLAUSE = re.compile(
    r"[,;:()]|\b(?:that|and|but|so|because|which|who|think|believe|said|if|whether|when|as|then|hope)\b"
)
WORD = re.compile(r"[\w'-]+")
PARTICIPLE = re.compile(
    r"(?:\w+(?:ed|en|wn|ght|ept|elt|ilt|und)|told|held|sold|made|done|given|put|set|led|sent|run|cut|read|split"
    r"|spent|met|paid|brought|kept|shown|known|taken|written|drawn)$"
)
#: how much a modal by itself proposes
WEIGHTS = {
    "should": 0.9, "ought to": 0.9, "must": 0.8, "shall": 0.8, "need": 0.7, "needs": 0.5, "need to": 0.7,
    "needs to": 0.9,
    "will have to": 0.6, "would have to": 0.3, "'ll have to": 0.6, "going to have to": 0.6, "will need to": 0.8,
    "would need to": 0.6, "'ll need to": 0.8, "have to": 0.5, "has to": 0.6, "had better": 0.9,
    "could": 0.5, "can": -0.1, "will": 0.3, "'ll": 0.3,
    "are going to": 0.3, "is going to": 0.2, "am going to": 0.3, "may be": 0.2, "may": -0.2, "might": 0.3,
}  # fmt: skip
FUTURE = frozenset({"will", "'ll", "shall", "are going to", "is going to", "am going to"})
#: who may promise by `will`
DOERS = words(
    "secretariat committee group team host mag board editors bureau organisers foundation institute ministry commission"
    " council university network alliance association office department agency company coalition authority organisation"
    " organization library"
)
OWN = frozenset({"we", "i"})
#: words that a thing follows, after `need`
BEFORE_THINGS = words("a an more the some better clear new greater further stronger concrete")
#: words between `be` and what it says
DEGREES = words("more very really also fully only always able either a an much")
#: verbs that say a deed only with their object
STATIVE = frozenset({"have", "get", "make", "do", "give", "take", "go", "come", "work", "find", "keep"})


@dataclass(frozen=True)
class ModalVerb:
    """One modal, its weight and its offset; `promised` where the speakers say what they will do."""

    modal: str
    weight: float
    start: int
    promised: bool


def duties(plain: str) -> Iterator[ModalVerb]:
    """Every modal of a sentence in small letters, weighed."""
    for hit in MODAL.finditer(plain):
        subject = _subject(plain, hit.start())
        weight = WEIGHTS[re.sub(r" +", " ", hit["modal"])] + _of_subject(subject) + _of_verb(hit, subject)
        modal = re.sub(r" +", " ", hit["modal"])
        own = bool(subject) and (subject[-1] in OWN or "we" in subject[-3:] or subject[0] in {"my", "our"})
        if modal in FUTURE:
            weight += _of_future(hit, subject, own=own)
        promised = modal in FUTURE and (own or bool(set(subject) & DOERS))
        yield ModalVerb(modal, weight, hit.start(), promised)


def _of_future(hit: re.Match[str], subject: list[str], *, own: bool) -> float:
    """What one says of oneself is a promise; of a committee, often one; of anybody else, a guess."""
    if re.search(r"\b(?:not|never)\b", hit["adverbs"]):
        return -1.0
    if own:
        if hit["verb"] in ACTIONS:
            return 0.5
        return 0.0
    if set(subject) & DOERS:
        return -0.1
    return -0.5


def _subject(plain: str, modal: int) -> list[str]:
    """The last words of the clause before the modal."""
    window = plain[max(0, modal - 70) : modal]
    breaks = list(CLAUSE.finditer(window))
    usable = [mark for mark in breaks if window[mark.end() :].strip()]
    if usable:
        window = window[usable[-1].end() :]
    return WORD.findall(window)[-7:]


def _of_subject(subject: list[str]) -> float:
    if not subject:
        return 0.0
    if {"it", "that", "this", "there", "which"} & {subject[-1]}:
        return 0.0
    if subject[-1] == "i":
        return 0.1
    if subject[-1] in {"you", "they"}:
        return 0.2
    if set(subject) & PARTIES:
        return 0.6
    if set(subject) & ARTEFACTS:
        return 0.6
    return -0.1


def _of_verb(hit: re.Match[str], subject: list[str]) -> float:
    verb = hit["verb"]
    rest = hit["rest"] or ""
    if hit["modal"].startswith("need") and not hit["modal"].endswith("to"):
        return _of_need({verb, *WORD.findall(hit["adverbs"])})
    if verb == "be" and hit["modal"] in ("will", "'ll") and re.match(r" +(?:\w+ly )?\w{3,}ing\b", rest):
        return 0.7  # `we will be launching`
    if verb == "be":
        return _of_state(WORD.findall(rest)[:3])
    if verb in MENTAL:
        things = set(subject) & ARTEFACTS or (verb == "look" and rest.split()[:1] in (["into"], ["at"]))
        if things:
            return 0.5
        return -0.7
    if verb in STATIVE:
        return 0.4
    if verb in ACTIONS:
        return 0.6
    return 0.2


def _of_need(next_words: set[str]) -> float:
    """`need a …` asks for something; `need to` is weighed as a modal."""
    if next_words & BEFORE_THINGS:
        return 0.6
    return -0.2


def _of_state(after: list[str]) -> float:
    """`should be published` asks for a deed, `should be free` praises a value."""
    if after and after[0] in DEGREES:
        after = after[1:]
    if not after:
        return -0.2
    if after[0] in VALUES:
        if after[0] != "able":
            return -0.7
        return -0.2
    if PARTICIPLE.match(after[0]):
        return 0.7
    return 0.0
