"""flask load-people: all of a file, or nothing of it."""

from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import select

from tests.factories import make_register
from tracker.people.models import Person

GOOD = "name,email,role\nAna Silva,ana@example.org,member\nBo Berg,bo@example.org,chair\n"


@pytest.fixture
def register(app: Flask) -> None:
    with app.extensions["sessions"].writing() as session:
        make_register(session)


def load(app: Flask, path: Path, content: str) -> tuple[int, str]:
    path.write_text(content, encoding="utf-8")
    answer = app.test_cli_runner().invoke(args=["load-people", str(path)])
    return answer.exit_code, answer.stderr


def names(app: Flask) -> list[str]:
    with app.extensions["sessions"].reader() as session:
        return sorted(session.exec(select(Person.name)))


def test_people_of_a_csv_are_added(app: Flask, register: None, tmp_path: Path) -> None:
    assert load(app, tmp_path / "p.csv", GOOD) == (0, "p.csv: 2 added, 0 there already.\n")
    assert names(app) == ["Ana Silva", "Bo Berg"]


def test_people_of_json_lines_are_added(app: Flask, register: None, tmp_path: Path) -> None:
    assert load(app, tmp_path / "p.jsonl", '{"name": "Ana Silva", "digest_hour": 7}\n')[0] == 0
    assert names(app) == ["Ana Silva"]


@pytest.mark.parametrize("bad", ["Cy Cole,cy,member", "Cy Cole,cy@example.org,king", ",cy@example.org,member"])
def test_one_bad_line_and_nothing_is_done(app: Flask, register: None, tmp_path: Path, bad: str) -> None:
    status, said = load(app, tmp_path / "p.csv", GOOD + bad)
    assert (status, said.startswith("Line 4: "), said.count("\n")) == (2, True, 1)
    assert names(app) == []


def test_without_a_register_it_says_what_comes_first(app: Flask, tmp_path: Path) -> None:
    status, said = load(app, tmp_path / "p.csv", GOOD)
    assert (status, "flask seed" in said) == (2, True)


def test_a_file_that_is_not_there_is_told(app: Flask, tmp_path: Path) -> None:
    answer = app.test_cli_runner().invoke(args=["load-people", str(tmp_path / "none.csv")])
    assert (answer.exit_code, "cannot be read" in answer.stderr) == (2, True)
