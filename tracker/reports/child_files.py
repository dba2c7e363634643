"""Makes files of a report that cost much in a child process.

The web process then keeps neither their libraries nor the memory, and nobody else waits.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from babel.support import Translations
from pydantic import TypeAdapter

from tracker.reports.assemble_report import Edition
from tracker.reports.file_formats import FORMATS
from tracker.reports.formats import Printed
from tracker.reports.paper import Paper
from tracker.reports.report_wording import ReportWording
from tracker.reports.snapshot import from_json, to_json
from tracker.sandbox.limited_process import WALL, AnswerWithFiles, run_for_parts
from tracker.wording.language import Language
from tracker.wording.stored_values import word_to_translate

#: the formats whose libraries take many megabytes; the others are made faster than handed over
HEAVY = frozenset({"pdf", "docx", "pptx", "csv", "xlsx"})
TRANSLATIONS = Path(__file__).parents[1] / "translations"
TOO_MUCH = "This file took too much time or memory to make. Choose HTML, Markdown or JSON instead."
_PAPER = TypeAdapter(Paper)
_EDITION = TypeAdapter(Edition)


def make_file(printed: Printed, ending: str) -> bytes:
    """Return the file, made by a child process with limits; raise Refused where it needs more than these."""
    wording = printed.wording
    header = {
        "ending": ending,
        "picture": to_json(wording.picture),
        "root": wording.root,
        "language": wording.language.code,
        "edition": _EDITION.dump_python(printed.edition, mode="json"),
    }
    answer = run_for_parts(__name__, header, _PAPER.dump_json(printed.paper), wall=WALL, too_much=TOO_MUCH)
    return answer.parts[0]


def work(header: Mapping[str, Any], data: bytes) -> AnswerWithFiles:
    """Return the file: what the child process does."""
    paper = _PAPER.validate_json(data)
    wording = ReportWording(from_json(header["picture"]), _language(header["language"], paper.is_rtl), header["root"])
    printed = Printed(wording, _EDITION.validate_python(header["edition"]), paper)
    return AnswerWithFiles(None, [FORMATS[header["ending"]].write(printed)])


def _language(code: str, is_rtl: bool) -> Language:
    """Return the language without the application; the paper itself is in finished words already."""
    # The child has no application, and with it no flask-babel: that is what makes it small.
    catalogue = Translations.load(TRANSLATIONS, [code])

    def message(text: str, /, **values: object) -> str:
        translation = catalogue.gettext(text)
        if values:
            return translation % values
        return translation

    def counted(singular: str, plural: str, num: int, /, **values: object) -> str:
        return catalogue.ngettext(singular, plural, num) % {"num": num, **values}

    return Language(code, message, counted, lambda value: message(word_to_translate(value)), is_rtl)
