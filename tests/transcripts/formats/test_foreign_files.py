"""What is no transcript is refused by its content and by its name, with what to do."""

import bz2
import gzip
import io
import lzma
import random
import sqlite3
import struct
import sys
import tarfile
import zlib
from pathlib import Path

import pytest

from tests.intake.hostile import pdf
from tracker.errors import Refused
from tracker.transcripts.formats.foreign_files import refuse_by_name
from tracker.transcripts.formats.read_transcript_file import read

WORDS = b"CHAIR: We should keep an archive of every session.\n\nMS STAN: I support that.\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><text x="1" y="2">CHAIR: Good morning.</text></svg>'


def program() -> bytes:
    """The head of a Windows program, with words in it as programs have."""
    stub = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8" + b"\0" * 43 + struct.pack("<I", 128)
    return stub.ljust(128, b"\0") + b"PE\0\0d\x86\x06\0" + b"T\0h\0i\0s\0 \0i\0s\0 \0t\0e\0x\0t\0 \0" * 200


def tar() -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        entry = tarfile.TarInfo("session.txt")
        entry.size = len(WORDS)
        archive.addfile(entry, io.BytesIO(WORDS))
    return held.getvalue()


def picture() -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0" + zlib.compress(b"\0" * 99)


def bitmap() -> bytes:
    return b"BM" + struct.pack("<IHHI", 200, 0, 0, 54) + b"\x28\0\0\0" + b" a\n" * 60


def database(folder: Path) -> bytes:
    with sqlite3.connect(folder / "x") as made:
        made.execute("create table said (words text)")
    made.close()
    return (folder / "x").read_bytes()


FOREIGN = {
    "this interpreter": (lambda: Path(sys.executable).resolve().read_bytes()[:200_000], "a program"),
    "a Windows program": (program, "a program"),
    "a class": (lambda: b"\xca\xfe\xba\xbe\0\0\0\x34" + WORDS, "a program"),
    "a module for browsers": (lambda: b"\0asm\1\0\0\0" + WORDS, "a program"),
    "a png": (picture, "a picture"),
    "a jpeg": (lambda: b"\xff\xd8\xff\xe0\0\x10JFIF" + WORDS, "a picture"),
    "a gif of printable signs": (lambda: b"GIF89a" + WORDS, "a picture"),
    "a bitmap": (bitmap, "a picture"),
    "a webp": (lambda: b"RIFF\x99\1\0\0WEBPVP8 " + WORDS, "a picture"),
    "a wave": (lambda: b"RIFF\x99\1\0\0WAVEfmt " + WORDS, "a sound recording"),
    "an mp3": (lambda: b"ID3\x03\0\0\0" + WORDS, "a sound recording"),
    "an mp4": (lambda: b"\0\0\0\x18ftypmp42" + WORDS, "a video"),
    "a gzip": (lambda: gzip.compress(WORDS), "an archive"),
    "a bzip2": (lambda: bz2.compress(WORDS), "an archive"),
    "an xz": (lambda: lzma.compress(WORDS), "an archive"),
    "a tar": (tar, "an archive"),
    "a rar": (lambda: b"Rar!\x1a\x07\x01\0" + WORDS, "an archive"),
    "a 7z": (lambda: b"7z\xbc\xaf\x27\x1c\0\4" + WORDS, "an archive"),
    "a font": (lambda: b"wOF2\0\1\0\0" + WORDS, "a font"),
    "an svg": (lambda: SVG.encode(), "a picture"),
    "an svg with a head": (lambda: f'<?xml version="1.0"?>\n<!-- <p> a -->\n{SVG}'.encode(), "a picture"),
    "an svg with entities": (lambda: f'<!DOCTYPE svg [<!ENTITY a "b">]>{SVG}'.encode(), "a picture"),
    "an svg with a prefix": (lambda: SVG.replace("<svg", "<s:svg").encode(), "a picture"),
    "an svg in UTF-16": (lambda: SVG.encode("utf-16"), "a picture"),
    "a PostScript file": (lambda: b"%!PS-Adobe-3.0\n" + WORDS, "a PostScript file"),
    "signs that no keyboard writes": (lambda: bytes(range(1, 32)) * 99 + WORDS, "another program"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_transcript_is_refused_with_what_it_is(name: str) -> None:
    make, what = FOREIGN[name]
    with pytest.raises(Refused, match=f"This is .*{what}.*choose the transcript itself"):
        read(make())


def test_a_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="a database"):
        read(database(tmp_path))


@pytest.mark.parametrize("seed", range(20))
def test_bytes_thrown_at_random_are_refused(seed: int) -> None:
    with pytest.raises(Refused):
        read(random.Random(seed).randbytes(5_000))


@pytest.mark.parametrize(
    "words",
    [
        b"MZ: We begin.\n\nBM: Yes.\n",
        b"BM: We begin.\n",
        b"RIFF RAFF: We begin.\n",
        b"BZh: We begin.\n",
        b"GIF: We begin.\n",
        b"ID3 is a tag, said the chair.\n",
        b"CHAIR: one\x08 slip of the keyboard\x07.\n" + WORDS,
        b"<v CHAIR> We draw <svg> here.\n",
        b"<html><body><p>CHAIR: We begin.</p><svg></svg></body></html>",
        "MINISTÈRE: Nous commençons.\n".encode("cp1252"),
        "CHAIR: We begin.\n".encode("utf-16"),
        WORDS,
    ],
    ids=repr,
)
def test_words_that_begin_like_something_else_are_read(words: bytes) -> None:
    assert read(words).text


@pytest.mark.parametrize(
    "name", ["setup.exe", "LOGO.SVG", "a.txt.exe", "x.svg ", "x.exe.", "clip.mp4", "a.tar.gz", "n.js"]
)
def test_a_name_that_says_what_it_is_is_believed(name: str) -> None:
    with pytest.raises(Refused, match="not a transcript"):
        refuse_by_name(name)


@pytest.mark.parametrize(
    "name", ["session.txt", "session", "day 1.docx", "a.vtt", "b.srt", "c.json", "d.html", "e.zip", ""]
)
def test_the_name_of_a_transcript_is_taken(name: str) -> None:
    refuse_by_name(name)


def test_a_pdf_is_no_print_of_another_kind() -> None:
    with pytest.raises(Refused, match="PDF"):
        read(pdf("<< >>"))
