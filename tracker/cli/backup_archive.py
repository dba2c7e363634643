"""The one file of a backup: a zip with the database, the secret key, the kept mails, and a list of what is in it.

The database in it is SQLite whatever the installation runs on, so that a backup of one kind restores into the other.
"""

import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from tracker.errors import Refused

FORMAT = 1
#: what opening any other file ends in
NO_BACKUP = (zipfile.BadZipFile, OSError, KeyError, TypeError, ValueError)
MANIFEST = "manifest.json"
DATABASE = "database.sqlite"
SECRET = "secret-key"  # noqa: S105 (the name of a file)
MAILS = "mail/"


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself; `files` are SHA-256 by name, `rows` counts by table."""

    made_at: str
    revision: str
    rows: Mapping[str, int]
    files: Mapping[str, str]
    format: int = FORMAT


def pack(path: Path, manifest: Manifest, files: Mapping[str, Path]) -> None:
    """Write the backup whole or not at all, readable by its owner only: it holds the key and addresses."""
    # A machine that stops in between must not leave half a backup under the name of a whole one.
    unfinished = path.with_name(f".{path.name}.tmp")
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1, sort_keys=True))
            for name, source in files.items():
                archive.write(source, name)
        file.flush()
        # The name may reach the disk before the content does.
        os.fsync(file.fileno())
    unfinished.replace(path)


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """Open a backup and read its list; raises Refused for a file that is none."""
    try:
        archive = zipfile.ZipFile(path)
        manifest = Manifest(**json.loads(archive.read(MANIFEST)))
    except NO_BACKUP as error:
        raise Refused(
            "%(path)s is no backup of Intersession. Choose a file that flask backup has written.", path=path
        ) from error
    with archive:
        if manifest.format != FORMAT:
            raise Refused("This backup was made by another version of the program. Update, then try again.")
        yield archive, manifest


def unpack(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    """Write the listed files into the folder; raises Refused where one is not what was packed."""
    for name, expected in manifest.files.items():
        target = folder / name
        # A name such as ../../etc/passwd writes wherever it likes.
        if not target.resolve().is_relative_to(folder.resolve()):
            raise Refused("%(name)s in this backup points outside of it. Use another backup.", name=name)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _extract(archive, name, target) or digest(target) != expected:
            raise Refused("%(name)s in this backup is damaged. Use another backup.", name=name)


def _extract(archive: zipfile.ZipFile, name: str, target: Path) -> bool:
    try:
        with archive.open(name) as source, open(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            shutil.copyfileobj(source, file)
    # What is missing, cut off or changed is all the same to whoever restores.
    except (KeyError, zipfile.BadZipFile, zlib.error):
        return False
    return True


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
