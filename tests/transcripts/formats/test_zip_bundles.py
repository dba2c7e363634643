"""A ZIP of sessions gives its files; one that is damaged, locked or there to do harm gives a message."""

import io
import struct
import zipfile

import pytest

from tracker.errors import Refused
from tracker.transcripts.formats import zip_bundles
from tracker.transcripts.formats.zip_bundles import Member, is_bundle, members, unpack


def packed(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


def with_flag(data: bytes, flag: int) -> bytes:
    """Set a general purpose flag in the only entry, in both of its headers."""
    changed = bytearray(data)
    struct.pack_into("<H", changed, 6, flag)
    struct.pack_into("<H", changed, changed.index(b"PK\x01\x02") + 8, flag)
    return bytes(changed)


TWO = {"day 1/opening.txt": b"MS OAK: Hello.", "day 1/closing.vtt": b"WEBVTT\n"}


def test_the_files_come_in_the_order_of_the_archive() -> None:
    assert unpack(packed(TWO)) == [Member(name, data) for name, data in TWO.items()]


@pytest.mark.parametrize("name", ["__MACOSX/day/._a.txt", ".DS_Store", "day/.hidden/a.txt", "empty/"])
def test_what_systems_leave_behind_is_skipped(name: str) -> None:
    assert [member.name for member in members(packed({name: b"x" * (name[-1] != "/"), "a.txt": b"A"}))] == ["a.txt"]


def test_an_archive_of_too_many_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_bundles, "MAX_FILES", 1)
    with pytest.raises(Refused, match="The archive holds more than 1 files: split it"):
        list(members(packed(TWO)))


def test_an_empty_file_is_left_out() -> None:
    assert list(members(packed({"a.txt": b""}))) == []


@pytest.mark.parametrize("name", ["../a.txt", "/etc/passwd", "a/../../b.txt", "C:\\a.txt", "..\\a.txt"])
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="unsafe name"):
        list(members(packed({name: b"x"})))


@pytest.mark.parametrize("name", ["more.zip", "more.txt", "more.tar.gz"])
def test_an_archive_within_is_refused_by_name_or_content(name: str) -> None:
    inner = b"\x1f\x8b" if name.endswith("gz") else packed(TWO)
    with pytest.raises(Refused, match="holds another one, “more"):
        list(members(packed({name: inner})))


def test_a_word_document_within_is_no_archive() -> None:
    document = packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
    assert [member.data for member in members(packed({"a.docx": document}))] == [document]
    assert (is_bundle(document), is_bundle(packed(TWO)), is_bundle(b"MS OAK: PK")) == (False, True, False)


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_bundles, "MAX_FILES", 1)
    with pytest.raises(Refused, match="more than 1 files"):
        list(members(packed(TWO)))


def test_what_comes_out_is_counted_over_all_files() -> None:
    with pytest.raises(Refused, match="more than 100 MB"):
        unpack(packed({f"{number}.txt": b"x" * 30_000_000 for number in range(4)}))


def test_a_locked_archive_is_refused() -> None:
    with pytest.raises(Refused, match="password"):
        unpack(with_flag(packed({"a.txt": b"x"}), 1))


def test_an_unusual_compression_is_refused() -> None:
    with pytest.raises(Refused, match="unusual"):
        list(members(packed({"a.txt": b"x"}, zipfile.ZIP_LZMA)))


# named by hand: an archive holds the second it was made in, and workers must agree on the names of tests
@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04 and no more", packed(TWO)[:60], packed(TWO)[:-30]],
    ids=["head only", "cut early", "cut late"],
)
def test_a_damaged_archive_is_refused(data: bytes) -> None:
    assert is_bundle(data)
    with pytest.raises(Refused, match="damaged"):
        list(members(data))


def test_a_header_that_tells_a_wrong_size_is_seen() -> None:
    data = bytearray(packed({"a.txt": b"x" * 1_000_000}))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 10)
    with pytest.raises(Refused, match="damaged"):
        list(members(bytes(data)))


def test_a_table_of_contents_without_end_is_not_read() -> None:
    with pytest.raises(Refused, match="far too many"):
        list(members(packed(TWO) + b"PK\x01\x02" * 10_001))
