"""Files made to do harm, or broken by accident: each small here, and made when it is needed."""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def zipped(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


def word(body: str, before: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """A Word document of this body, with what stands before its root element."""
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    )
    return zipped({"[Content_Types].xml": TYPES, "word/document.xml": xml.encode(), **(more or {})})


def said(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def patched(data: bytes, mark: bytes, offset: int, value: int, form: str = "<I") -> bytes:
    """Change a number in every header of this kind."""
    changed, place = bytearray(data), data.find(mark)
    while place >= 0:
        struct.pack_into(form, changed, place + offset, value)
        place = data.find(mark, place + 4)
    return bytes(changed)


def pdf(*objects: str, trailer: str = "/Root 1 0 R", streams: dict[int, bytes] | None = None) -> bytes:
    """A PDF of these objects, numbered from 1, with a table of where they stand."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        stream = (streams or {}).get(number)
        ending = b"" if stream is None else b"\nstream\n" + stream + b"\nendstream"
        out += f"{number} 0 obj\n{text}".encode() + ending + b"\nendobj\n"
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return bytes(out + f"trailer\n<< /Size {len(objects) + 1} {trailer} >>\nstartxref\n{table}\n%%EOF\n".encode())


CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
PAGES = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << {} >> >>"
FONT = "/Font << /F 5 0 R >>"
HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def pdf_stream(data: bytes, how: str = "/FlateDecode", resources: str = "") -> bytes:
    """A PDF of one page that is drawn by this stream."""
    stream = f"<< /Length {len(data)} /Filter {how} >>"
    return pdf(CATALOG, PAGES, PAGE.format(resources + FONT), stream, HELVETICA, streams={4: data})


def flate_bomb() -> bytes:
    return pdf_stream(zlib.compress(b"0" * 200_000_000, 9))


def nested_flate_bomb() -> bytes:
    inner = zlib.compress(zlib.compress(b"\0" * 100_000_000, 9), 9)
    return pdf_stream(inner, "[/FlateDecode /FlateDecode]")


def form_loop() -> bytes:
    """A form that draws itself, twice."""
    form = "<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Length 12 /Resources << /XObject << /X 4 0 R >> >> >>"
    return pdf(
        CATALOG, PAGES, PAGE.format("/XObject << /X 4 0 R >>"), form, HELVETICA, streams={4: b"/X Do /X Do "}
    )  # fmt: skip


def many_operators() -> bytes:
    return pdf_stream(zlib.compress(b"BT /F 1 Tf (a) Tj ET\n" * 500_000, 9))


def pages_loop() -> bytes:
    return pdf(CATALOG, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>")


def pages_bomb() -> bytes:
    """Ten levels of pages, each named ten times by the one above."""
    levels = [f"<< /Type /Pages /Kids [{f'{n + 1} 0 R ' * 10}] /Count 1000000000 >>" for n in range(2, 12)]
    return pdf(CATALOG, *levels, "<< /Type /Page /MediaBox [0 0 9 9] >>")


def nested_objects() -> bytes:
    return pdf("[" * 50_000 + "]" * 50_000, trailer="/Root 1 0 R")


def indirect_loop() -> bytes:
    return pdf("2 0 R", "1 0 R")


def previous_loop() -> bytes:
    """A table of contents that says it continues itself."""
    plain = pdf(CATALOG, PAGES, PAGE.format(FONT))
    return plain.replace(b"/Root 1 0 R", f"/Root 1 0 R /Prev {plain.index(b'xref')}".encode())


def huge_numbers() -> bytes:
    return pdf(
        CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 99999999999 >>", f"<< /Type /Page /Rotate {'9' * 9000} >>"
    )


def locked_pdf() -> bytes:
    lock = (
        "/Encrypt << /Filter /Standard /V 1 /R 2 /O <" + "00" * 32 + "> /U <" + "11" * 32 + "> /P -4 >> /ID [<00> <00>]"
    )
    return pdf(CATALOG, PAGES, PAGE.format(FONT), trailer=f"/Root 1 0 R {lock}")


def laughs(kind: str) -> str:
    """Entities that unfold to a thousand million."""
    steps = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE {kind} [<!ENTITY e0 "ha">{steps}]>'


DAMAGED_CUE = "00:00:09,000 --> nowhere\n"
ENTRY = b"PK\x01\x02"

#: what it is → the file, and words of the refusal; None where it is read, harmlessly
HOSTILE: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "nothing": (lambda: b"", "empty"),
    "only blanks": (lambda: b" \r\n\t\n" * 1000, "no text"),
    "only a mark": (lambda: b"\xef\xbb\xbf", "no text"),
    "null bytes in text": (lambda: b"MS OAK: one\0two and so on", "null bytes"),
    "null bytes alone": (lambda: b"\0" * 5_000, "null bytes|not text"),
    "random bytes": (lambda: bytes(n * 7919 % 256 for n in range(20_000)), "null bytes|not text|not readable"),
    "cut UTF-16": (lambda: "MS OAK: Hello.".encode("utf-16")[:-1], "not readable"),
    "lone surrogates": (lambda: b"\xff\xfe\x00\xd8A\x00", "not readable"),
    "UTF-8 that breaks off": (lambda: b"\xef\xbb\xbfMS OAK: caf\xc3", "not readable"),
    "a program": (lambda: b"\x7fELF\x02\x01\x01" + b"\0" * 900, "a program, not a transcript"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 900, "a picture, not a transcript"),
    "a recording": (lambda: b"ID3\x04\0\0\0\0\0\0\xff\xfb\x90\x44" + b"\0" * 900, "a sound recording"),
    "an old Word file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900, "old Word file"),
    "more than the limit": (lambda: b"A" * 20_000_001, "larger than 20 MB"),
    "text beyond the limit": (lambda: b"MS OAK: Hello there.\n" * 260_000, "more than 5000000 characters"),
    "a line of a million": (lambda: b"MS OAK: " + b"x" * 1_000_000, None),
    "a line of a million words": (lambda: b"MS OAK: " + b"the map is " * 91_000, None),
    "a million colons": (lambda: b":" * 1_000_000, None),
    "a million arrows": (lambda: b">> " * 333_000, None),
    "a million lines": (lambda: b"a\n" * 1_000_000, "more than 100000 lines"),
    "a page of a million lines": (lambda: b"<html><body>" + b"a<br>" * 900_000, "more than 200000 tags"),
    "a page of as many tags as there may be, not a million": (
        lambda: b"<html><body>" + b"a<i>b</i>" * 99_000,
        None,
    ),
    "a million lines of chat": (lambda: b"<a> b\n" * 800_000, "more than 100000 lines"),
    "a million list marks": (lambda: b"- a\r\n" * 900_000, "more than 100000 lines"),
    "as many labels as there may be, not a million": (lambda: b"MR A: b\n" * 100_000, None),
    "a million line ends": (lambda: b"\r" * 1_000_000 + b"MS OAK: Hello.", None),
    "labels without end": (lambda: b"".join(b"P%d Q: a\n" % n for n in range(50_000)), None),
    "marks of direction": (lambda: ("\u202e\u2066\u200f" * 50_000 + "MS OAK: Hello.").encode(), None),
    "letters with a thousand accents": (lambda: ("MS OAK: a" + "\u0301" * 200_000).encode(), None),
    "a page with scripts": (
        lambda: b"<html><body><script>alert(1)</script><img src=x onerror=alert(1)><p>MS OAK: Hi.</p></body></html>",
        None,
    ),
    "a page with nothing but scripts": (lambda: b"<html><body><script>alert(1)</script></body></html>", "no text"),
    "tags nested 10,000 deep": (lambda: b"<html><body>" + b"<div><b>" * 10_000 + b"MS OAK: deep", None),
    "menus nested 10,000 deep": (lambda: b"<html><body>" + b"<ul class=nav><li>" * 10_000 + b"deep <p>text", None),
    "a page of open tags": (lambda: b"<html><body>" + b"<" * 500_000 + b"p>MS OAK: Hi.", "more than 200000 tags"),
    "a page of entities": (lambda: b"<html><body><p>MS OAK: " + b"&amp;" * 100_000, None),
    "a page with laughing entities": (lambda: (laughs("html") + "<html><body>MS OAK: &e9;").encode(), None),
    "attributes without end": (lambda: b"<html><body><p " + b"a=1 " * 200_000 + b">MS OAK: Hi.", None),
    "a page that fetches": (lambda: b"<html><body><iframe src=file:///etc/passwd></iframe>MS OAK: Hi.", None),
    "captions with broken cues": (
        lambda: b"WEBVTT\n\n" + (DAMAGED_CUE + "<v Rosa Oak>Hello</v>\n\n").encode() * 2_000, None
    ),
    "captions without cues": (lambda: b"WEBVTT\n\nNOTE nothing here\n", "no text"),
    "captions that never end": (lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<v " * 200_000, None),
    "captions of arrows": (lambda: b"WEBVTT\n\n" + b"-->\n" * 100_000 + b"words\n", None),
    "captions at impossible times": (lambda: b"1\n99:99:99,999 --> 00:00:00,000\nRosa: Hi.\n", None),
    "captions that grow": (
        lambda: b"WEBVTT\n\n" + b"\n".join(b"00:%02d.0 --> 00:%02d.5\n%s\n" % (n, n, b"go " * n) for n in range(60)),
        None,
    ),
    "JSON nested 100,000 deep": (lambda: b'{"segments":' + b"[" * 100_000 + b'"a"' + b"]" * 100_000 + b"}", "JSON"),
    "JSON of something else": (lambda: json.dumps({"a": 1}).encode(), "no list of segments"),
    "JSON with wrong types": (
        lambda: json.dumps({"segments": [{"speaker": {"name": []}, "start": "x", "text": "Hi."}, 3]}).encode(), None
    ),
    "a JSON number without end": (lambda: b'{"segments":[{"start":' + b"9" * 10_000 + b',"text":"Hi."}]}', "damaged"),
    "a ZIP of sessions": (lambda: zipped({"a.txt": b"MS OAK: Hi."}), "ZIP archive: import it"),
    "a spreadsheet": (lambda: zipped({"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<x/>"}), "Excel"),
    "slides": (lambda: zipped({"[Content_Types].xml": TYPES, "ppt/presentation.xml": b"<x/>"}), "PowerPoint"),
    "an OpenDocument text": (lambda: zipped({"mimetype": b"x", "content.xml": b"<x/>"}), "OpenDocument"),
    "half a ZIP": (lambda: word(said("Hi."))[:300], "damaged"),
    "a document bomb": (lambda: word(said("x" * 60_000_000)), "damaged"),
    "a document bomb of paragraphs": (lambda: word(said("MS OAK: Hi.") * 900_000), "more than 5000000 characters"),
    "a document with laughing entities": (lambda: word(said("&e9;"), laughs("w:document")), "damaged"),
    "a document that fetches": (
        lambda: word(said("&x;"), '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "damaged"
    ),
    "a document of 3,000 parts": (
        lambda: word(said("Hi."), more={f"word/media/{n}.png": b"" for n in range(3_000)}), "more than 2000 parts"
    ),
    "a document nested 1,000 deep": (lambda: word("<w:p>" * 1_000 + "</w:p>" * 1_000), "damaged"),
    "a document that breaks off": (lambda: word(said("Hi.") + "<w:p>"), "damaged"),
    "a document without words": (lambda: word("<w:p/>"), "no text"),
    "a document with a wrong size": (lambda: patched(word(said("Hi.")), ENTRY, 24, 3), "damaged"),
    "a document with a wrong checksum": (lambda: patched(word(said("Hi. " * 99)), ENTRY, 16, 7), "damaged"),
    "a locked document": (lambda: patched(word(said("Hi.")), ENTRY, 8, 1, "<H"), "password"),
    "an oddly packed document": (
        lambda: zipped({"word/document.xml": b"<w/>"}, zipfile.ZIP_BZIP2), "unusual"
    ),
    "a PDF that is none": (lambda: b"%PDF-1.7\nMS OAK: Hello.", "PDF file is damaged"),
    "a PDF without text": (lambda: pdf(CATALOG, PAGES, "<< /Type /Page /MediaBox [0 0 9 9] >>"), "pictures of pages"),
    "a PDF without pages": (lambda: pdf(CATALOG, "<< /Type /Pages /Kids [] /Count 0 >>"), "pictures of pages"),
    "a PDF whose pages are their own pages": (pages_loop, "PDF file"),
    "a PDF of pages without end": (pages_bomb, "PDF file"),
    "a PDF that points in a circle": (indirect_loop, "PDF file"),
    "a PDF that continues itself": (previous_loop, "PDF file"),
    "a PDF of nested lists": (nested_objects, "PDF file"),
    "a PDF that draws itself": (form_loop, "PDF file"),
    "a PDF bomb": (flate_bomb, "PDF file"),
    "a PDF bomb in a bomb": (nested_flate_bomb, "PDF file"),
    "a PDF of a million strokes": (many_operators, "PDF file"),
    "a PDF of huge numbers": (huge_numbers, "PDF file"),
    "a PDF packed in an unknown way": (lambda: pdf_stream(b"BT ET", "/NoSuchDecode"), "PDF file"),
    "a locked PDF": (locked_pdf, "password|damaged"),
}  # fmt: skip
