"""Which files a report can be had as, and how each is made."""

from dataclasses import dataclass
from datetime import date

from tracker.later import later
from tracker.reports.formats import Printed, Writer
from tracker.reports.formats.json_record import to_record
from tracker.reports.formats.markdown import to_markdown
from tracker.reports.snapshot import Picture, Scope

# each of these brings a library of many megabytes
_pdf = later("tracker.reports.formats.pdf", "pdf")
_docx = later("tracker.reports.formats.docx", "to_docx")
_pptx = later("tracker.reports.formats.pptx", "to_pptx")
_csv = later("tracker.reports.formats.spreadsheet", "to_csv")
_xlsx = later("tracker.reports.formats.spreadsheet", "to_xlsx")


@dataclass(frozen=True)
class Format:
    """A kind of file: its media type, and what writes it."""

    media_type: str
    write: Writer


FORMATS = {
    "pdf": Format("application/pdf", lambda printed: _pdf(printed.paper)),
    "docx": Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _docx),
    "pptx": Format("application/vnd.openxmlformats-officedocument.presentationml.presentation", _pptx),
    "md": Format("text/markdown; charset=utf-8", to_markdown),
    "csv": Format("text/csv; charset=utf-8", _csv),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "json": Format("application/json", to_record),
}


def file_name(printed: Printed, ending: str) -> str:
    """Return "igf-2013-v2.pdf" or "igf-2013-v1-internal.pdf", for a draft "igf-2013-draft-2013-10-22.pdf"."""
    picture = printed.telling.picture
    number = printed.edition.number
    if number is None:
        return draft_name(picture.milestone, picture.as_of, ending)
    return issued_name(picture, number, ending)


def issued_name(picture: Picture, number: int, ending: str) -> str:
    """Return what a file of an issued report is called."""
    internal = "-internal" if picture.scope is Scope.INTERNAL else ""
    return f"{picture.milestone}-v{number}{internal}.{ending}"


def draft_name(milestone: str, as_of: date, ending: str) -> str:
    """Return what a file of a draft is called."""
    return f"{milestone}-draft-{as_of.isoformat()}.{ending}"
