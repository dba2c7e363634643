"""Names as captions print them: titles, given names and surnames told apart, and likeness measured."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from tracker.text import HE_WORD, words

WOMAN = frozenset({"ms", "mrs", "miss", "madam", "madame", "mme", "lady", "sra"})
MAN = frozenset({"mr", "sir", "mister", "monsieur", "lord", "mssr", "sr"})
TITLES = (
    WOMAN
    | MAN
    | {HE_WORD}
    | words(
        "dr prof professor ambassador amb minister senator sen hon honourable honorable judge justice captain"
        " councillor councilor cllr rev father h.e hrh excellency commissioner the"
        " السيد السيدة"
    )
)
ROLES = words(
    "chair chairman chairwoman chairperson co-chair cochair vice-chair moderator co-moderator facilitator speaker"
    " speakers participant audience floor secretariat interpreter rapporteur host presenter panelist panellist"
    " delegate president secretary clerk operator remote unknown unidentified male female voice member questioner"
    " man woman new captioner translator announcer narrator mc country attendee presidente presidenta moderador"
    " moderadora secretaria secretario moderateur animateur председатель 主席 الرييس"
)
PARTICLES = words(
    "de la le du des di da das do dos del della van von der den ten ter af av al el bin ibn bint ben abu y e zu st"
)
SURE = 85  # likeness, 0 to 100, from which two surnames may be one misspelt
GIVEN_SURE = 75
SOUNDS = str.maketrans({"d": "t", "b": "p", "g": "k", "c": "k", "q": "k", "v": "f", "w": "f", "z": "s", "y": "i"})
INITIALS = re.compile(r"[A-Z]{1,3}|[B-DF-HJ-NP-TV-XZ]{4,5}")
SMALL_WORD = re.compile(r"(?<![\w'’.-])[^\W\d_A-Z][\w'’-]+")
LETTERS = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")


@dataclass(frozen=True)
class Name:
    """A label or spoken name taken apart; parts are folded (no case, no accents), `role` is for labels like CHAIR."""

    title: str | None
    given: str | None
    surname: str | None
    role: bool = False

    @property
    def initial(self) -> bool:
        """Whether only the given name's first letter is known."""
        return self.given is not None and len(self.given) == 1


@lru_cache(maxsize=2)
def common_words(text: str) -> frozenset[str]:
    """Return the words that a text writes with a small letter anywhere: with a capital they are hardly a name."""
    return frozenset(word for word in SMALL_WORD.findall(text) if word[0].islower())


@lru_cache(maxsize=4096)
def is_initials(label: str) -> bool:
    """Tell whether a label is no more than capitals that may stand for a name: EAO, SC, TT (remote)."""
    words = words_of(label)
    return len(words) == 1 and INITIALS.fullmatch(words[0]) is not None


@lru_cache(maxsize=8192)
def folded(words: str) -> str:
    """Lower case without accents, full stops and doubled blanks."""
    plain = words.casefold()
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(plain.replace(".", " ").replace("’", "'").split())


def words_of(label: str) -> list[str]:
    """The words of a label without what stands in brackets or after a comma."""
    bare = re.split(r"[(\[,/|]", label.strip(" >*"), maxsplit=1)[0]
    return LETTERS.findall(bare)


@lru_cache(maxsize=16384)
def parse(label: str) -> Name:
    """Take a label apart: `MR W DRAKE` is a man, W, Drake; `Mr de la Chapelle` has no given name; `CHAIR` is a role."""
    words = [folded(word) for word in words_of(label)]
    title = None
    while words and words[0] in TITLES:
        first = words.pop(0)
        if title is None or title == "the":  # the first title tells most, but for the article
            title = first
    words = [word for word in words if word]
    if words and all(word in ROLES or word in PARTICLES or word in TITLES for word in words):
        return Name(title, None, None, role=True)
    if any(word in {"chair", "moderator", "speaker", "participant", "secretariat"} for word in words):
        words = [word for word in words if word not in ROLES]
    return _split(title, words)


def _split(title: str | None, words: list[str]) -> Name:
    if not words:
        return Name(title, None, None, role=True)
    if len(words) == 1:
        return Name(title, None, words[0])
    if words[0] in PARTICLES and title is not None:
        return Name(title, None, " ".join(words))
    begin = next((place for place, word in enumerate(words) if place and word in PARTICLES), len(words) - 1)
    return Name(title, words[0], " ".join(words[begin:]))


@lru_cache(maxsize=16384)
def sound(name: str) -> str:
    """A rough key of how a name is heard: Netto, Nedo and Neto are one; so are Chapelle and Chappelle."""
    heard = folded(name).replace("ph", "f").replace("'", "").replace("-", "").replace(" ", "").translate(SOUNDS)
    return re.sub(r"(.)\1", r"\1", heard)


def same_sex(name: Name, other: Name) -> bool:
    """Whether the titles do not speak of a man and a woman."""
    return not ({name.title, other.title} & WOMAN and {name.title, other.title} & MAN)


def surnames_alike(surname: str, other: str) -> bool:
    """Whether two surnames may be the same one, misspelt."""
    return sound(surname) == sound(other) or (min(len(surname), len(other)) >= 5 and fuzz.ratio(surname, other) >= SURE)


def given_alike(given_name: str, other: str) -> bool:
    """Whether two given names may be of one person: equal, an initial, a short form or a misspelling."""
    short, long = sorted((given_name, other), key=len)
    if len(short) == 1:
        return long.startswith(short)
    return (
        sound(given_name) == sound(other)
        or (len(short) >= 3 and long.startswith(short))
        or fuzz.ratio(given_name, other) >= GIVEN_SURE
    )


def printed(words: str) -> str:
    """A name in capitals as one writes it: `BERTRAND DE LA CHAPELLE` -> `Bertrand de la Chapelle`."""
    out = []
    for place, word in enumerate(words.split()):
        if not word.isupper():
            out.append(word)
        elif place and word.lower() in PARTICLES - {"al", "el"}:
            out.append(word.lower())
        else:
            out.append("-".join(part.capitalize() for part in word.split("-")))
    return " ".join(out)
