"""Text as people may give it and as every output may show it; and a text made into a name for an address."""

import re
import unicodedata

# C0 and C1 but for tab and newline, line and paragraph separators, marks and embeddings that turn the reading
# direction round, zero-width signs, the byte-order mark: they break mail headers or make a text look like another.
# Joiners (200C, 200D) stay: Persian and several Indian scripts are spelled with them.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
#: what XML has no place for, halves of characters, and the two that are none: some output fails on each of them
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NEWLINE = re.compile("\r\n|[\r\u2028\u2029]")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def clean_text(text: str) -> str:
    """Return a text of several lines without unseen signs, its newlines plain, no blank at either end."""
    return UNSEEN.sub("", NEWLINE.sub("\n", text)).strip()


def clean_line(text: str) -> str:
    """Return a text of one line: as `clean_text`, and every run of white space one blank."""
    return " ".join(clean_text(text).split())


def clean_or_none(text: str | None) -> str | None:
    """Return a cleaned line, or null where nothing is left."""
    return clean_line(text or "") or None


def writable(text: str) -> str:
    """Return the text as every kind of file can hold it, each other sign a blank: also what was never cleaned.

    A quote is cut from a transcript as it was imported, and a stored picture holds what it was taken of.
    """
    return UNWRITABLE.sub(" ", text)


def slug_of(name: str) -> str:
    """Return a name for addresses: small letters, digits and hyphens; "x" where the script leaves none of these."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain))[:60].strip("-") or "x"


def is_slug(text: str) -> bool:
    """Tell whether the text can stand in an address as it is."""
    return SLUG.fullmatch(text) is not None


def words(listing: str) -> frozenset[str]:
    """The words of a listing, split at blanks."""
    return frozenset(listing.split())
