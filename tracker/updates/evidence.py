"""What may stand behind an update: a link, or a file that is kept as it came."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from tracker.errors import Refused

LARGEST_FILE = 10 * 1024 * 1024
LONGEST_URL = 2000
# What no file name needs: path separators, control signs, and signs that turn the direction of writing.
UNFIT_IN_NAMES = re.compile('[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff/\\\\:*?"<>|]+')


@dataclass(frozen=True)
class Link:
    """An address where the evidence can be read."""

    url: str


@dataclass(frozen=True)
class File:
    """A file as its sender named it; the media type is what the sender says and is never trusted."""

    filename: str
    media_type: str
    content: bytes


Proof = Link | File


def checked_evidence(proof: Proof) -> Proof:
    """Return the evidence fit to be kept; raise Refused with the form's field where it is not."""
    if isinstance(proof, Link):
        return _checked_link(proof)
    return _checked_file(proof)


def _checked_link(link: Link) -> Link:
    url = link.url.strip()
    if not _is_address(url):
        raise Refused("Give a whole address that begins with https:// or http://.", "link")
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
    if len(file.content) > LARGEST_FILE:
        raise Refused("The file is larger than 10 MB. Give a link to it instead.", "file")
    return File(plain_name(file.filename), file.media_type[:100], file.content)


def plain_name(filename: str) -> str:
    """Return a file name without folders and signs that could mislead; at most 120 characters, its ending kept."""
    last = re.split(r"[/\\]", filename)[-1]
    name = UNFIT_IN_NAMES.sub("_", last).strip(" .") or "file"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:120]
    return f"{stem[: 119 - len(ending)]}.{ending}"
