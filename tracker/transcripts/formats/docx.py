"""Word documents: meeting services' transcripts, minutes, tables; read as a stream, one paragraph or row at a time."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from tracker.errors import Refused
from tracker.transcripts.formats.captions import cues_of_lines, reading_of_cues
from tracker.transcripts.formats.named import named_lines
from tracker.transcripts.formats.reading import PARAGRAPH, Reading
from tracker.transcripts.formats.zips import BROKEN, Budget, Unpacked, opened

MAX_ENTRIES = 2_000
MAX_BYTES = 50_000_000  # of the document, unpacked
MAIN = re.compile(r"word/document\d*\.xml")
TAGS = ("p", "r", "t", "tab", "br", "cr", "noBreakHyphen", "b", "tc", "tr", "Fallback", "document")
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
ARROW = "-->"
OFF = {"0", "false", "off"}
MAX_LABEL = 60  # characters of bold type that may be a name
FEW = 2  # times that a bold name must open a paragraph before such names are believed


@dataclass(frozen=True)
class Paragraph:
    """The words of a paragraph or a table's row; the first `bold` characters are printed bold."""

    words: str
    bold: int = 0


class Body:
    """Collects paragraphs from the elements of a document as they begin and end."""

    def __init__(self) -> None:
        self.runs: list[tuple[str, bool]] = []  # of the paragraph at hand
        self.cells: list[list[str]] = []  # of the row at hand
        self.rows = 0  # rows open, one within another
        self.unseen = 0  # copies for old programs that are open
        self.bold = False

    def begin(self, name: str) -> None:
        """An element begins."""
        self.unseen += name == "Fallback"
        self.rows += name == "tr"
        if name == "tc" and self.rows == 1:
            self.cells.append([])
        elif name == "r":
            self.bold = False

    def end(self, name: str, element: etree._Element) -> Paragraph | None:
        """An element ends, and with it, maybe, a paragraph outside tables or a row."""
        if name == "Fallback":
            self.unseen -= 1
        elif name == "tr":
            self.rows -= 1
            return None if self.rows else self._row()
        elif name == "p" and not self.unseen:
            return self._paragraph()
        elif not self.unseen:
            self._add(name, element)
        return None

    def _add(self, name: str, element: etree._Element) -> None:
        if name == "b":
            values = [value for key, value in element.attrib.items() if str(key).endswith("val")]
            self.bold = not OFF.intersection(map(str, values))
        elif name == "t":
            self.runs.append((element.text or "", self.bold))
        elif name in SIGNS and _in_run(element):
            self.runs.append((SIGNS[name], self.bold))

    def _paragraph(self) -> Paragraph | None:
        words = "".join(text for text, _ in self.runs)
        bold = _bold(self.runs)
        self.runs = []
        if self.cells:
            self.cells[-1].append(words.strip())
            return None
        return Paragraph(words, bold)

    def _row(self) -> Paragraph:
        cells = ["\n".join(filter(None, cell)) for cell in self.cells]
        self.cells = []
        return Paragraph("\n".join(filter(None, cells)))


def _in_run(element: etree._Element) -> bool:
    """Tab is also the name of a paragraph's tab stop, which is no sign."""
    parent = element.getparent()
    return parent is not None and etree.QName(parent).localname == "r"


def _bold(runs: list[tuple[str, bool]]) -> int:
    """How many characters are bold from the beginning on."""
    count = 0
    for text, bold in runs:
        if not bold and text.strip():
            break
        count += len(text)
    return count if any(bold for _, bold in runs) else 0


def is_docx(names: list[str]) -> bool:
    """Whether an archive of these names is a Word document."""
    return any(MAIN.fullmatch(name) for name in names)


def read_docx(data: bytes) -> Reading:
    """The words of a document, with the speeches that a meeting service marked; Refused where it is damaged."""
    paragraphs = [one for one in _paragraphs(data) if one.words.strip()]
    lines = [line.strip() for one in paragraphs for line in one.words.split("\n")]
    if sum(ARROW in line for line in lines) > FEW:
        return reading_of_cues(cues_of_lines(lines, named=True), "docx")
    return named_lines(lines, "docx") or Reading(PARAGRAPH.join(_labelled(paragraphs)) + "\n", "docx", "")


def _paragraphs(data: bytes) -> Iterator[Paragraph]:
    archive = opened(data)
    if len(archive.infolist()) > MAX_ENTRIES:
        raise Refused("The document consists of more than %(limit)s parts: save it as plain text.", limit=MAX_ENTRIES)
    main = next(entry for entry in archive.infolist() if MAIN.fullmatch(entry.filename))
    stream, body = Unpacked(archive, main, Budget(MAX_BYTES)), Body()
    try:
        for event, element in _events(stream):
            name = etree.QName(element).localname
            if event == "start":
                body.begin(name)
                _refuse_definitions(element)
                continue
            found = body.end(name, element)
            if found:
                yield found
                _forget(element)
    except etree.XMLSyntaxError as error:
        raise Refused("The Word document is damaged: open it in Word, save it again, and try once more.") from error


def _events(stream: Unpacked) -> Iterator[tuple[str, etree._Element]]:
    tags = [f"{{*}}{name}" for name in TAGS]
    safe = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    yield from etree.iterparse(stream, events=("start", "end"), tag=tags, **safe)


def _refuse_definitions(element: etree._Element) -> None:
    """Word writes no document type; who puts one there wants the reader to unfold or fetch something."""
    if element.getparent() is None and element.getroottree().docinfo.doctype:
        raise Refused(BROKEN)


def _forget(element: etree._Element) -> None:
    """Free what has been read."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _labelled(paragraphs: list[Paragraph]) -> Iterator[str]:
    """The paragraphs' words; a name that only bold type tells from the words after it gets a colon."""
    names = [one.words[: one.bold].strip() for one in paragraphs]
    often = Counter(name for name, one in zip(names, paragraphs, strict=True) if _may_be_label(name, one))
    for name, one in zip(names, paragraphs, strict=True):
        if often[name] >= FEW and _may_be_label(name, one):
            yield f"{name}: {one.words[one.bold :].strip()}"
        else:
            yield one.words.strip("\n \t")


def _may_be_label(name: str, one: Paragraph) -> bool:
    return 0 < len(name) <= MAX_LABEL and name[-1] not in ".:?!,;" and bool(one.words[one.bold :].strip())
