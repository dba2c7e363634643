"""Opening ZIP archives from strangers: their headers lie, so what comes out is counted while it is unpacked."""

import io
import zipfile
import zlib

from tracker.errors import Refused

#: begins each entry of an archive's table of contents
ENTRY = b"PK\x01\x02"
#: entries, those of archives within included, that are looked at at all
MAX_RECORDS = 10_000
CHUNK = 64 * 1024
ENCRYPTED = 0x1
USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
FAULTS = (zipfile.BadZipFile, zlib.error, ValueError, OverflowError, NotImplementedError, OSError, EOFError)
BROKEN = "The ZIP archive is damaged: pack it again, and try once more."
UNUSUAL = "The ZIP archive is packed in an unusual way: pack it again as a plain ZIP."
LOCKED = "The ZIP archive is locked with a password: save it without one."
BLOATED = "The archive holds more than %(limit)s MB unpacked: split it."


def opened(data: bytes) -> zipfile.ZipFile:
    """The archive; Refused where it is damaged or its table of contents is there to exhaust the reader."""
    if data.count(ENTRY) > MAX_RECORDS:
        raise Refused("The archive holds far too many files: split it.")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except FAULTS as error:
        raise Refused(BROKEN) from error


class Budget:
    """How many bytes may still be unpacked, over all entries that share it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.left = most

    def spend(self, size: int) -> None:
        """Count bytes; Refused where it is too much."""
        self.left -= size
        if self.left < 0:
            raise Refused(BLOATED, limit=self.most // 1_000_000)


class Unpacked(io.RawIOBase):
    """One entry as a stream of bytes, counted while they come."""

    def __init__(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> None:
        if entry.flag_bits & ENCRYPTED:
            raise Refused(LOCKED)
        if entry.compress_type not in USUAL:
            raise Refused(UNUSUAL)
        self.budget = budget
        try:
            self.stream = archive.open(entry)
        except FAULTS as error:
            raise Refused(BROKEN) from error

    def read(self, size: int = -1) -> bytes:
        """So many bytes, at most 64 kB at once; Refused beyond the budget."""
        if not 0 <= size <= CHUNK:
            size = CHUNK
        try:
            some = self.stream.read(size)
        except FAULTS as error:
            raise Refused(BROKEN) from error
        self.budget.spend(len(some))
        return some

    def whole(self) -> bytes:
        """All that is left."""
        return b"".join(iter(self.read, b""))
