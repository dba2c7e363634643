"""Word documents: meeting services' transcripts, minutes, tables; read as a stream, one paragraph or row at a time."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from tracker.errors import Refused
from tracker.transcripts.formats.captions import cues_of_lines, reading_of_cues
from tracker.transcripts.formats.meeting_service_lines import named_lines
from tracker.transcripts.formats.reading_result import MAX_CHARACTERS, PARAGRAPH, TOO_LONG, FileReading
from tracker.transcripts.formats.zip_archives import BROKEN, Budget, Unpacked, opened

MAX_ENTRIES = 2_000
#: of the document, unpacked
MAX_BYTES = 50_000_000
MAIN = re.compile(r"word/document\d*\.xml")
WORDS = ("{*}t", "{*}tab", "{*}br", "{*}cr", "{*}noBreakHyphen", "{*}Fallback")
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
ARROW = "-->"
OFF = {"0", "false", "off"}
#: characters of bold type that may be a name
MAX_LABEL = 60
#: times that a bold name must open a paragraph before such names are believed
FEW = 2


@dataclass(frozen=True)
class Paragraph:
    """The words of a paragraph or a table's row; the first `bold` characters are printed bold."""

    words: str
    bold: int = 0


def is_docx(names: list[str]) -> bool:
    """Whether an archive of these names is a Word document."""
    return any(MAIN.fullmatch(name) for name in names)


def read_docx(data: bytes) -> FileReading:
    """The words of a document, with the speeches that a meeting service marked; Refused where it is damaged."""
    paragraphs = [paragraph for paragraph in _paragraphs(data) if paragraph.words.strip()]
    lines = [line.strip() for paragraph in paragraphs for line in paragraph.words.split("\n")]
    if sum(ARROW in line for line in lines) > FEW:
        return reading_of_cues(cues_of_lines(lines, named=True), "docx")
    return named_lines(lines, "docx") or FileReading(PARAGRAPH.join(_labelled(paragraphs)) + "\n", "docx", "")


def _paragraphs(data: bytes) -> Iterator[Paragraph]:
    """The paragraphs outside tables and the rows of tables, in order."""
    archive = opened(data)
    if len(archive.infolist()) > MAX_ENTRIES:
        raise Refused("The document consists of more than %(limit)s parts: save it as plain text.", limit=MAX_ENTRIES)
    main = next(entry for entry in archive.infolist() if MAIN.fullmatch(entry.filename))
    count = 0
    try:
        for element in _elements(Unpacked(archive, main, Budget(MAX_BYTES))):
            if _name(element) == "tr":
                paragraph = _row(element)
            else:
                paragraph = _paragraph(element)
            count += len(paragraph.words)
            if count > MAX_CHARACTERS:
                raise Refused(TOO_LONG, limit=MAX_CHARACTERS)
            yield paragraph
            _forget(element)
    except etree.XMLSyntaxError as error:
        raise Refused("The Word document is damaged: open it in Word, save it again, and try once more.") from error


def _elements(stream: Unpacked) -> Iterator[etree._Element]:
    """Each row and paragraph that stands in no other, as it ends."""
    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    for _, element in etree.iterparse(stream, events=("end",), tag=("{*}p", "{*}tr"), **safe):
        if element.getroottree().docinfo.doctype:
            raise Refused(BROKEN)  # Word writes none: somebody wants the reader to unfold or fetch something
        if next(element.iterancestors("{*}tr", "{*}p"), None) is None:
            yield element


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _row(row: etree._Element) -> Paragraph:
    """A row as one paragraph, a line for each paragraph in it."""
    cells = (_paragraph(paragraph).words.strip() for paragraph in row.iter("{*}p"))
    return Paragraph("\n".join(filter(None, cells)))


def _paragraph(paragraph: etree._Element) -> Paragraph:
    pieces = []
    bold = 0
    plain = False
    copies: set[etree._Element] = set()  # what is there twice, for old programs
    for piece in paragraph.iter(*WORDS):
        name = _name(piece)
        if name == "Fallback":
            copies.update(piece.iter())
        elif piece not in copies and (name == "t" or _name(piece.getparent()) == "r"):  # a tab stop is called tab too
            words = SIGNS.get(name, piece.text or "")
            pieces.append(words)
            if words.strip() and not _is_bold(piece):
                plain = True
            if not plain:
                bold += len(words)
    words = "".join(pieces)
    if not words[:bold].strip():
        bold = 0
    return Paragraph(words, bold)


def _is_bold(text: etree._Element) -> bool:
    sign = text.getparent().find("{*}rPr/{*}b")
    return sign is not None and not OFF.intersection(map(str, sign.attrib.values()))


def _forget(element: etree._Element) -> None:
    """Free what has been read."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _labelled(paragraphs: list[Paragraph]) -> Iterator[str]:
    """The paragraphs' words; a name that only bold type tells from the words after it gets a colon."""
    names = [paragraph.words[: paragraph.bold].strip() for paragraph in paragraphs]
    often = Counter(name for name, paragraph in zip(names, paragraphs, strict=True) if _may_be_label(name, paragraph))
    for name, paragraph in zip(names, paragraphs, strict=True):
        if often[name] >= FEW and _may_be_label(name, paragraph):
            yield f"{name}: {paragraph.words[paragraph.bold :].strip()}"
        else:
            yield paragraph.words.strip("\n \t")


def _may_be_label(name: str, paragraph: Paragraph) -> bool:
    return 0 < len(name) <= MAX_LABEL and name[-1] not in ".:?!,;" and bool(paragraph.words[paragraph.bold :].strip())
