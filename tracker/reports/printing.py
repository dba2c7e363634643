"""Which files a report can be had as, and how each is made."""

from dataclasses import dataclass

from tracker.reports.formats import Printed, Writer
from tracker.reports.formats.document import to_docx
from tracker.reports.formats.markdown import to_markdown
from tracker.reports.formats.record import to_record
from tracker.reports.formats.slides import to_pptx
from tracker.reports.formats.spreadsheet import to_csv, to_xlsx
from tracker.reports.picture import Scope
from tracker.reports.print.pdf import pdf


@dataclass(frozen=True)
class Format:
    """A kind of file: its media type, and what writes it."""

    media_type: str
    write: Writer


FORMATS = {
    "pdf": Format("application/pdf", lambda printed: pdf(printed.paper)),
    "docx": Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", to_docx),
    "pptx": Format("application/vnd.openxmlformats-officedocument.presentationml.presentation", to_pptx),
    "md": Format("text/markdown; charset=utf-8", to_markdown),
    "csv": Format("text/csv; charset=utf-8", to_csv),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx),
    "json": Format("application/json", to_record),
}


def file_name(printed: Printed, ending: str) -> str:
    """Return "igf-2013-v2.pdf" or "igf-2013-v1-internal.pdf", for a draft "igf-2013-draft-2013-10-22.pdf"."""
    picture, number = printed.telling.picture, printed.edition.number
    internal = "-internal" if picture.scope is Scope.INTERNAL else ""
    which = f"v{number}{internal}" if number else f"draft-{picture.as_of.isoformat()}"
    return f"{picture.milestone}-{which}.{ending}"
