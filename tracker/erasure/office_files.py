"""Files that are archives of texts, as office programs write them."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from tracker.errors import Refused
from tracker.transcripts.formats.zip_archives import Budget, Unpacked, opened

#: bytes of all parts unpacked; what holds more is left as it is
MOST = 100_000_000


def parts_changed(data: bytes, rename: Callable[[str], str], change: Callable[[bytes], bytes]) -> bytes:
    """Return the archive with each part and its name changed; the same bytes where nothing changes or it is none."""
    try:
        archive, budget = opened(data), Budget(MOST)
        old = [(entry.filename, Unpacked(archive, entry, budget).whole()) for entry in archive.infolist()]
    except Refused:
        return data
    new = [(rename(name), change(content)) for name, content in old]
    if new == old:
        return data
    file = BytesIO()
    with ZipFile(file, "w") as kept:
        for entry, (name, content) in zip(archive.infolist(), new, strict=True):
            # The way of packing stays: some programs know a file by a first part that is not compressed.
            kept.writestr(ZipInfo(name, entry.date_time), content, entry.compress_type)
    return file.getvalue()
