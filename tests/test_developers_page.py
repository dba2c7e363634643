"""The page for developers names files that are there, and every folder of the program."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/developers.md").read_text(encoding="utf-8")
PICTURE = PAGE.split("```")[1]


def test_the_answers_name_files_that_are_there() -> None:
    paths = re.findall(r"`((?:tracker|templates)/[\w/.]+)`", PAGE)
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_question_has_an_answer() -> None:
    answers = re.findall(r"^\| (?:where|what|who) [^|]+\? \| [^|]+ \|$", PAGE, re.MULTILINE)
    assert len(answers) == 18


def test_the_picture_shows_every_folder() -> None:
    folders = [path.parent for place in ("*", "web/*") for path in (ROOT / "tracker").glob(f"{place}/__init__.py")]
    assert [folder.name for folder in folders if not re.search(rf"\b{folder.name}/", PICTURE)] == []
