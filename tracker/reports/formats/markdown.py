"""The report as Markdown, to be pasted where there is no other way; what people wrote is escaped."""

import re

from tracker.reports.formats import Printed
from tracker.reports.paper import Cell, PaperSection, Sheet, Table
from tracker.text import writable

#: signs that mean something anywhere, and those that do so at the beginning of a line
SIGNS = re.compile(r"([\\`*_{}\[\]<>|#~&])")
BEGINS = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def to_markdown(printed: Printed) -> bytes:
    """Return the whole report as Markdown with tables."""
    paper = printed.paper
    head = [f"# {_plain(paper.title)}", *map(_plain, filter(None, (paper.body, paper.occasion, *paper.lines)))]
    if paper.cite_as:
        head.append(f"> {_plain(paper.cite_as)}")
    blocks = [*head, f"**{_plain(paper.notice)}** {_plain(paper.captions)}"]
    blocks += map(_plain, filter(None, (paper.opening.sentence, paper.opening.compared)))
    for section in paper.sections:
        blocks += _section(section)
    return ("\n\n".join(blocks) + "\n").encode()


def _section(section: PaperSection) -> list[str]:
    blocks = [f"## {_plain(section.heading)}", *map(_plain, section.text)]
    for table in section.tables:
        blocks += [f"**{_plain(table.caption)}**", _table(table)]
        if table.folded:
            blocks.append(_plain(table.folded))
    for sheet in section.sheets:
        blocks += _sheet(sheet)
    return blocks


def _table(table: Table) -> str:
    rule = ["---:" if column.is_number else "---" for column in table.columns]
    lines = [[_plain(column.head) for column in table.columns], rule]
    lines += [[_cell(cell) for cell in row] for row in table.rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(cell: Cell) -> str:
    text = _plain(cell.marked)
    if cell.href:
        text = f"[{text}]({cell.href})"
    if cell.note:
        return f"{text}<br>{_plain(cell.note)}"
    return text


def _sheet(sheet: Sheet) -> list[str]:
    facts = "\n".join(f"- {_plain(label)}: {_cell(cell)}" for label, cell in sheet.facts)
    blocks = [f"### [{sheet.number}\\. {_plain(sheet.title)}]({sheet.href})", _plain(sheet.text), facts]
    for quotation in sheet.quotations:
        source = f"{_plain(quotation.speaker)}, <{quotation.href}>, {_plain(quotation.source)}"
        blocks.append(f"> {_plain(quotation.words)}\n>\n> {source}")
    return [block for block in blocks if block]


def _plain(text: str) -> str:
    """Return the text on one line, with every sign that Markdown would read escaped."""
    # A line break would end a row of a table, and let the next line begin with a sign that means something.
    line = " ".join(writable(text).split())
    escaped = SIGNS.sub(r"\\\1", line)
    # "2012. A year" would become a list: there the full stop is escaped, elsewhere the sign itself.
    if line[:1].isdigit():
        return BEGINS.sub(r"\1\2\\", escaped)
    return BEGINS.sub(r"\1\\\2", escaped)
