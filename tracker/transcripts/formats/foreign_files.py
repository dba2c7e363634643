"""Files that are no transcripts: programs, pictures, sound, archives; told by their content and by their name."""

import re
from pathlib import PurePosixPath

from tracker.errors import Refused
from tracker.text import words

NOT_A_TRANSCRIPT = (
    "This is %(what)s, not a transcript: choose the transcript itself, as text, HTML, Word, PDF, WebVTT, SRT or JSON."
)
PROGRAM = "a program"
PICTURE = "a picture"
SOUND = "a sound recording"
VIDEO = "a video"
ARCHIVE = "an archive other than ZIP"
FONT = "a font"
DATABASE = "a database"
PRINT = "a PostScript file"
#: with what a file of that kind begins
BEGINNINGS = (
    (PROGRAM, (b"\x7fELF", b"\0asm", b"dex\n03", b"\xca\xfe\xba\xbe", b"L\0\0\0\x01\x14\x02\0")),
    (PROGRAM, (b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe")),
    (PICTURE, (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"\0\0\x01\0", b"8BPS\0")),
    (SOUND, (b"ID3\x02", b"ID3\x03", b"ID3\x04", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1", b"OggS\0", b"fLaC\0")),
    (VIDEO, (b"\x1a\x45\xdf\xa3", b"FLV\x01", b"\0\0\x01\xba", b"\0\0\x01\xb3")),
    (ARCHIVE, (b"\x1f\x8b", b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x28\xb5\x2f\xfd", b"MSCF\0")),
    (ARCHIVE, (b"!<arch>\n", b"\xed\xab\xee\xdb", b"\x04\x22\x4d\x18", b"\x1f\x9d")),
    (FONT, (b"wOFF", b"wOF2", b"OTTO\0", b"\0\x01\0\0\0")),
    (DATABASE, (b"SQLite format 3\0",)),
    (PRINT, (b"%!PS-", b"\xc5\xd0\xd3\xc6")),
)
#: at which byte, what stands there
INSIDE = ((ARCHIVE, 257, b"ustar"), (VIDEO, 4, b"ftyp"), (ARCHIVE, 32_769, b"CD001"))
#: what a RIFF file says of itself
RIFF = {b"WAVE": SOUND, b"AVI ": VIDEO, b"WEBP": PICTURE}
BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
ENDINGS = {
    PROGRAM: words("apk app bat class cmd deb dll dmg elf exe jar js lnk msi ps1 rpm scr sh so vbs wasm"),
    PICTURE: words("bmp gif heic ico jpeg jpg png psd svg svgz tif tiff webp"),
    SOUND: words("aac flac m4a mp3 ogg opus wav wma"),
    VIDEO: words("avi flv m4v mkv mov mp4 mpeg mpg webm wmv"),
    ARCHIVE: words("7z bz2 cab gz iso rar tar tgz xz zst"),
    FONT: words("otf ttf woff woff2"),
    DATABASE: words("accdb db mdb sqlite sqlite3"),
}
HEAD = 4_000
#: signs that no keyboard writes; tab, line ends, and what old terminals leave behind are none of them
CONTROL = re.compile("[\0-\7\x0e-\x1a\x1c-\x1f\x7f]")
#: share of control signs from which a file is no text
MANY = 0.02


def refuse_by_content(data: bytes) -> None:
    """Raise Refused where the bytes are those of a program, a picture or the like."""
    for file_kind, beginnings in BEGINNINGS:
        if data.startswith(beginnings):
            raise Refused(NOT_A_TRANSCRIPT, what=file_kind)
    for file_kind, place, mark in INSIDE:
        if data[place : place + len(mark)] == mark and _is_binary(data):
            raise Refused(NOT_A_TRANSCRIPT, what=file_kind)
    if kind := _of_two_letters(data):
        raise Refused(NOT_A_TRANSCRIPT, what=kind)


def refuse_by_text(text: str) -> None:
    """Raise Refused where what could be read as text is a drawing, or bytes that only look like text."""
    if _first_tag(text) == "svg":
        raise Refused(NOT_A_TRANSCRIPT, what=PICTURE)
    head = text[:HEAD]
    if len(CONTROL.findall(head)) > max(3, len(head) * MANY):
        raise Refused(NOT_A_TRANSCRIPT, what="a file of another program")


def refuse_by_name(name: str) -> None:
    """Raise Refused where the name says that the file is a program, a picture or the like."""
    ending = PurePosixPath(name.strip().rstrip(".")).suffix.lower().removeprefix(".")
    for kind, endings in ENDINGS.items():
        if ending in endings:
            raise Refused(NOT_A_TRANSCRIPT, what=kind)


def _of_two_letters(data: bytes) -> str | None:
    """Tell kinds that begin with letters which a transcript may begin with too: what follows must be no text."""
    if data.startswith(b"RIFF"):
        return RIFF.get(data[8:12])
    if BZIP2.match(data):
        return ARCHIVE
    if not _is_binary(data):
        return None
    return {b"MZ": PROGRAM, b"BM": PICTURE}.get(data[:2])


def _is_binary(data: bytes) -> bool:
    return b"\0" in data[:512]


def _first_tag(text: str) -> str | None:
    """Return the name of the first element of a page, what stands before it left out: declarations and comments."""
    rest = text[: 5 * HEAD].lstrip()
    while rest.startswith(("<!", "<?")):
        end = ">"
        if rest.startswith("<!--"):
            end = "-->"
        rest = rest.partition(end)[2].lstrip(" \t\r\n]>")
    tag = re.match(r"<(?:[\w.-]+:)?([A-Za-z]+)", rest)
    if tag:
        return tag[1].lower()
    return None
