"""Which files a report can be had as, and how each is made."""

from dataclasses import dataclass
from datetime import date

from tracker.reports.assemble_report import Annex
from tracker.reports.formats import Printed, Writer
from tracker.reports.formats.json_record import to_record
from tracker.reports.formats.markdown import to_markdown
from tracker.reports.snapshot import Picture, Scope


def _to_pdf(printed: Printed) -> bytes:
    # typst takes many megabytes, which only the process that makes the file needs.
    from tracker.reports.formats.pdf import pdf  # noqa: PLC0415

    return pdf(printed.paper)


def _to_docx(printed: Printed) -> bytes:
    # python-docx takes many megabytes, which only the process that makes the file needs.
    from tracker.reports.formats.docx import to_docx  # noqa: PLC0415

    return to_docx(printed)


def _to_pptx(printed: Printed) -> bytes:
    # python-pptx takes many megabytes, which only the process that makes the file needs.
    from tracker.reports.formats.pptx import to_pptx  # noqa: PLC0415

    return to_pptx(printed)


def _to_csv(printed: Printed) -> bytes:
    # openpyxl takes many megabytes, which only the process that makes the file needs.
    from tracker.reports.formats.spreadsheet import to_csv  # noqa: PLC0415

    return to_csv(printed)


def _to_xlsx(printed: Printed) -> bytes:
    # openpyxl takes many megabytes, which only the process that makes the file needs.
    from tracker.reports.formats.spreadsheet import to_xlsx  # noqa: PLC0415

    return to_xlsx(printed)


@dataclass(frozen=True)
class Format:
    """A kind of file: its media type, and what writes it."""

    media_type: str
    write: Writer


FORMATS = {
    "pdf": Format("application/pdf", _to_pdf),
    "docx": Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _to_docx),
    "pptx": Format("application/vnd.openxmlformats-officedocument.presentationml.presentation", _to_pptx),
    "md": Format("text/markdown; charset=utf-8", to_markdown),
    "csv": Format("text/csv; charset=utf-8", _to_csv),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _to_xlsx),
    "json": Format("application/json", to_record),
}


#: how the name of a file says which items it holds in full
ANNEX_NAMES = {Annex.CHANGED: "", Annex.ALL: "-in-full"}
#: the formats that hold items in full only where that is asked for; the others hold all of them in their own way
WITH_ANNEX = ("html", "pdf", "docx", "md")


def file_name(printed: Printed, ending: str, annex: Annex = Annex.CHANGED) -> str:
    """Return "igf-2013-v2.pdf" or "igf-2013-v1-internal.pdf", for a draft "igf-2013-draft-2013-10-22.pdf"."""
    picture = printed.wording.picture
    number = printed.edition.number
    if number is None:
        return draft_name(picture.milestone, picture.as_of, ending, annex)
    return issued_name(picture, number, ending, annex)


def issued_name(picture: Picture, number: int, ending: str, annex: Annex = Annex.CHANGED) -> str:
    """Return what a file of an issued report is called."""
    if picture.scope is Scope.INTERNAL:
        return f"{picture.milestone}-v{number}-internal{ANNEX_NAMES[annex]}.{ending}"
    return f"{picture.milestone}-v{number}{ANNEX_NAMES[annex]}.{ending}"


def draft_name(milestone: str, as_of: date, ending: str, annex: Annex = Annex.CHANGED) -> str:
    """Return what a file of a draft is called."""
    return f"{milestone}-draft-{as_of.isoformat()}{ANNEX_NAMES[annex]}.{ending}"
