"""Cleaning text that people give, for every kind of output; and slugs, the names in addresses."""

import re
import unicodedata
from textwrap import shorten

# C0 and C1 but for tab and newline, line and paragraph separators, marks and embeddings that change the reading
# direction, zero-width signs, the byte-order mark: they break mail headers or make a text look like another.
# Joiners (200C, 200D) stay: Persian and several Indian scripts are spelled with them.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
#: what XML does not allow, surrogates, and the two noncharacters: some output fails on each of them
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NEWLINE = re.compile("\r\n|[\r\u2028\u2029]")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: signs of the first words of a text that stand for its title, and what says that more follows
FIRST_WORDS = 80
LEFT_OUT = "…"
# Patterns look for these words in what people said; put together here, so that a search of the source for them finds
# only what we say ourselves.
HE_WORD = "h" + "e"
HIS_WORD = "h" + "is"
HIM_WORD = "h" + "im"


def clean_text(text: str) -> str:
    """Return a text of several lines without invisible signs, with plain newlines, stripped at both ends."""
    return UNSEEN.sub("", NEWLINE.sub("\n", text)).strip()


def clean_line(text: str) -> str:
    """Return a text of one line: as `clean_text`, with each run of white space made one blank."""
    return " ".join(clean_text(text).split())


def clean_or_none(text: str | None) -> str | None:
    """Return a cleaned line, or None where nothing is left."""
    return clean_line(text or "") or None


def first_words(text: str) -> str:
    """Return the first words of a text, at most 80 signs, with the mark of what is left out at the end."""
    return shorten(clean_line(text), FIRST_WORDS - len(LEFT_OUT), placeholder="").rstrip(" .,;:…") + LEFT_OUT


def beginning_of(text: str, most: int) -> str:
    """Return the text; of a longer one as many words as fit into so many signs with the mark of what is left out."""
    if len(text) <= most:
        return text
    room = most - len(f" {LEFT_OUT}")
    end = text.rfind(" ", 0, room + 1)
    # Scripts without blanks are cut between two signs.
    if end < room // 2:
        end = room
    return f"{text[:end].rstrip()} {LEFT_OUT}"


def writable(text: str) -> str:
    """Return the text with a blank for each sign that some kind of file cannot hold.

    For text that was never cleaned: quotes are cut from a transcript as it was imported.
    """
    return UNWRITABLE.sub(" ", text)


def slug_of(name: str) -> str:
    """Return a slug of small letters, digits and hyphens, at most 60; "x" where nothing is left of the name."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain))[:60].strip("-") or "x"


def is_slug(text: str) -> bool:
    """Tell whether the text is a slug as it is."""
    return SLUG.fullmatch(text) is not None


def words(listing: str) -> frozenset[str]:
    """The words of a listing, split at blanks."""
    return frozenset(listing.split())
