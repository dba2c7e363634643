"""A report as a paper: what it says, in order, in finished words. The print and every file are made from this.

Nothing here is marked up: all that people wrote stays a value until a writer sets it as text.
"""

from dataclasses import dataclass, field
from datetime import date

from tracker.reports.charts import Chart


@dataclass(frozen=True)
class Cell:
    """A cell of a table: text, where it leads, and the sign of a status mark before it, drawn where a file can."""

    text: str
    href: str | None = None
    mark: str = ""
    #: a second, quieter line
    note: str = ""

    @property
    def marked(self) -> str:
        """Return the text with its mark, for writers that have no other way to show it."""
        if self.mark:
            return f"{self.mark} {self.text}"
        return self.text


@dataclass(frozen=True)
class Column:
    """A column of a table; `share` is its part of the width, numbers stand at the end of theirs."""

    head: str
    share: int = 1
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """A table; the first cell of a row says what the row is of."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    #: what counted nothing, in one line below; empty where there is none
    folded: str = ""


@dataclass(frozen=True)
class Quotation:
    """Words of a transcript, who spoke them, and where they stand."""

    words: str
    speaker: str
    href: str
    #: file, characters: what names the passage for ever
    source: str


@dataclass(frozen=True)
class Sheet:
    """One item in full."""

    number: int
    title: str
    href: str
    text: str
    facts: tuple[tuple[str, Cell], ...]
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True)
class PaperSection:
    """A heading and what stands under it, in this order."""

    key: str
    heading: str
    text: tuple[str, ...] = ()
    chart: Chart | None = None
    tables: tuple[Table, ...] = ()
    sheets: tuple[Sheet, ...] = ()


@dataclass(frozen=True)
class BigFigure:
    """A number to be shown large, and what it counts."""

    number: str
    label: str


@dataclass(frozen=True)
class Opening:
    """What the report says first: a sentence, how that has changed, and all items in one bar."""

    sentence: str
    #: since the report before; empty where there is none
    compared: str
    bar: Chart
    figures: tuple[BigFigure, ...]


@dataclass(frozen=True)
class Paper:
    """The whole report."""

    language: str
    is_rtl: bool
    #: of issue, or of the draft: the same report makes the same file
    date: date
    title: str
    body: str
    #: the days and the place of the milestone; empty where the calendar does not have it
    occasion: str
    #: as of when, which version, of what
    lines: tuple[str, ...]
    #: what every page of it says of itself
    notice: str
    #: said wherever it quotes
    captions: str
    #: how to cite it; empty for a draft
    cite_as: str
    address: str
    #: the heading of the list of sections
    contents: str
    opening: Opening
    sections: tuple[PaperSection, ...] = field(default=())

    def section(self, key: str) -> PaperSection:
        """Return that section; raise StopIteration if there is none."""
        return next(section for section in self.sections if section.key == key)
