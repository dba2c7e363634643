"""The evidence of an update, a link or a file: what is accepted, and under which name a file is kept."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from tracker import upload_limits
from tracker.errors import Refused

LONGEST_URL = 2000
# What no file name needs and what could mislead: path separators, control characters, and marks that change the
# direction of writing (a name could then seem to end in another file type).
UNFIT_IN_NAMES = re.compile('[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff/\\\\:*?"<>|]+')


@dataclass(frozen=True)
class Link:
    """An address where the evidence can be read."""

    url: str


@dataclass(frozen=True)
class File:
    """A file with the name and media type that the sender gave; neither is trusted."""

    filename: str
    media_type: str
    content: bytes


Proof = Link | File


def checked_evidence(proof: Proof) -> Proof:
    """Return the evidence as it is stored; raise Refused with the form's field where it cannot be accepted."""
    if isinstance(proof, Link):
        return _checked_link(proof)
    return _checked_file(proof)


def _checked_link(link: Link) -> Link:
    url = link.url.strip()
    if not _is_address(url):
        raise Refused("Give a full address that begins with https:// or http://.", "link")
    return Link(url)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    printable = len(url) <= LONGEST_URL and url.isprintable() and " " not in url
    return printable and parts.scheme in ("http", "https") and bool(parts.hostname)


def _checked_file(file: File) -> File:
    if not file.content:
        raise Refused("The file is empty. Choose another.", "file")
    if len(file.content) > upload_limits.EVIDENCE:
        raise Refused("The file is larger than 10 MB. Give a link to it instead.", "file")
    return File(plain_name(file.filename), file.media_type[:100], file.content)


def plain_name(filename: str) -> str:
    """Return the file name without folders and misleading characters, cut to 120 characters with its ending kept."""
    last = re.split(r"[/\\]", filename)[-1]
    name = UNFIT_IN_NAMES.sub("_", last).strip(" .") or "file"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:120]
    return f"{stem[: 119 - len(ending)]}.{ending}"
