"""Many sessions in one ZIP archive: its files by name, unpacked with limits in a process of their own."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from tracker.errors import Refused
from tracker.sandbox.limited_process import AnswerWithFiles, run_for_parts
from tracker.transcripts.formats.zip_archives import Budget, Unpacked, opened

MAX_FILES = 200
#: all files together, unpacked
MAX_BYTES = 100_000_000
#: characters of a name that a message shows
MAX_NAME = 100
ARCHIVES = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")
SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
OFFICE = {"word/document.xml", "[Content_Types].xml", "mimetype"}
DRIVE = re.compile(r"[A-Za-z]:/")
NESTED = "The archive holds another one, “%(name)s”: put all sessions into one archive."
UNSAFE = "The archive holds an unsafe name, “%(name)s”: pack it again."


@dataclass(frozen=True)
class Member:
    """A file of an archive: its path there, and its bytes."""

    name: str
    data: bytes


def is_bundle(data: bytes) -> bool:
    """Whether a file is a ZIP of several others and no document of an office program, which is one inside."""
    if not data.startswith(SIGNATURES):
        return False
    try:
        return not OFFICE.intersection(opened(data).namelist())
    except Refused:
        return True


def unpack(data: bytes) -> list[Member]:
    """The files of an archive in its order, empty ones and what systems add left out, read in a child process.

    Raises Refused, with what to do, where it is damaged, locked, too large, or holds archives or unsafe names.
    """
    done = run_for_parts(__name__, {}, data)
    return [Member(name, part) for name, part in zip(done.value, done.parts, strict=True)]


def work(_header: Mapping[str, Any], data: bytes) -> AnswerWithFiles:
    """What the child process does."""
    files = list(members(data))
    return AnswerWithFiles([member.name for member in files], [member.data for member in files])


def members(data: bytes) -> Iterator[Member]:
    """The files of an archive, one by one; Refused as `unpack` says."""
    archive = opened(data)
    budget = Budget(MAX_BYTES)
    entries = [entry for entry in archive.infolist() if _wanted(entry)]
    if len(entries) > MAX_FILES:
        raise Refused("The archive holds more than %(limit)s files: split it.", limit=MAX_FILES)
    for entry in entries:
        # The bytes tell an archive whatever it is called: one within another would escape the limits.
        content = Unpacked(archive, entry, budget).whole()
        if entry.filename.lower().endswith(ARCHIVES) or is_bundle(content):
            raise Refused(NESTED, name=entry.filename[:MAX_NAME])
        if content:
            yield Member(entry.filename, content)


def _wanted(entry: zipfile.ZipInfo) -> bool:
    """Whether the entry is a file that somebody put there; Refused where its name would lead out of the archive."""
    name = entry.filename.replace("\\", "/")
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or DRIVE.match(name):
        raise Refused(UNSAFE, name=entry.filename[:MAX_NAME])
    return not (entry.is_dir() or "__MACOSX" in parts or any(part.startswith(".") for part in parts))
