"""Files of a report that cost much to make, made in a child process: the web process keeps neither the libraries nor
the memory, and whoever else is there waits for nothing."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from babel.support import Translations
from pydantic import TypeAdapter

from tracker.reports.assemble_report import Edition
from tracker.reports.file_formats import FORMATS
from tracker.reports.formats import Printed
from tracker.reports.paper import Paper
from tracker.reports.phrases import Telling
from tracker.reports.report_language import Tongue
from tracker.reports.snapshot import from_json, to_json
from tracker.sandbox.limited_process import WALL, AnswerWithFiles, run_for_parts

#: the formats whose libraries take many megabytes; the others are quicker made than handed over
HEAVY = frozenset({"pdf", "docx", "pptx", "csv", "xlsx"})
TRANSLATIONS = Path(__file__).parents[1] / "translations"
TOO_MUCH = "This file took too much time or memory to make. Choose HTML, Markdown or JSON instead."
_PAPER = TypeAdapter(Paper)
_EDITION = TypeAdapter(Edition)


def make_file(printed: Printed, ending: str) -> bytes:
    """Return the file, made by a child process with limits; raise Refused where it needs more than these."""
    telling = printed.telling
    header = {
        "ending": ending,
        "picture": to_json(telling.picture),
        "root": telling.root,
        "language": telling.tongue.language,
        "edition": _EDITION.dump_python(printed.edition, mode="json"),
    }
    answer = run_for_parts(__name__, header, _PAPER.dump_json(printed.paper), wall=WALL, too_much=TOO_MUCH)
    return answer.parts[0]


def work(header: Mapping[str, Any], data: bytes) -> AnswerWithFiles:
    """What the child process does."""
    paper = _PAPER.validate_json(data)
    telling = Telling(from_json(header["picture"]), _tongue(header["language"], paper.is_rtl), header["root"])
    printed = Printed(telling, _EDITION.validate_python(header["edition"]), paper)
    return AnswerWithFiles(None, [FORMATS[header["ending"]].write(printed)])


def _tongue(language: str, is_rtl: bool) -> Tongue:
    """Return how the report speaks, without the application; the paper itself is in finished words."""
    catalogue = Translations.load(TRANSLATIONS, [language])

    def message(text: str, /, **values: object) -> str:
        said = catalogue.gettext(text)
        if values:
            return said % values
        return said

    def counted(one: str, many: str, num: int, /, **values: object) -> str:
        return catalogue.ngettext(one, many, num) % {"num": num, **values}

    return Tongue(language, message, counted, lambda value: message(value.replace("-", " ")), is_rtl)
