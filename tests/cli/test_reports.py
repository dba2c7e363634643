"""`flask report`: files of what was issued or of a draft; exit 2 and one line where something cannot be."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlmodel import Session, select

from tests.factories import NOW, SYSTEM, make_item, make_milestone
from tests.web.world import make_world
from tracker import clock
from tracker.history import change
from tracker.items.models import Item
from tracker.meetings.models import Visibility
from tracker.people.models import Body
from tracker.reports.models import Report
from tracker.web.reports.files import FILES


@pytest.fixture
def register(app: Flask) -> Flask:
    """The Library Board on 12 November 2012 with one published item and one internal one."""
    sessions = app.extensions["sessions"]
    world = make_world(sessions)
    with sessions.writing() as session:
        clock.start_at(session, NOW)
        board = session.get_one(Body, world.register)
        make_milestone(session, board)
        make_item(session, board, title="Keep an archive", visibility=Visibility.PUBLISHED)
        make_item(session, board, title="Paint it blue")
    return app


def run(app: Flask, out: Path, *words: str, milestone: str = "feb-2013-consultations") -> Result:
    return app.test_cli_runner().invoke(args=["report", "--milestone", milestone, "--out", str(out), *words])


def record(app: Flask, out: Path, *words: str) -> dict[str, Any]:
    """Run the command and read the JSON it wrote."""
    result = run(app, out, "--format", "json", *words)
    assert result.exit_code == 0, result.output
    read: dict[str, Any] = json.loads(Path(json.loads(result.stdout)["path"]).read_text("utf-8"))
    return read


def titles(read: dict[str, Any]) -> list[str]:
    return [entry["title"] for entry in read["picture"]["entries"]]


def reports(app: Flask) -> list[Report]:
    session: Session = app.extensions["sessions"].reader()
    with session:
        return list(session.exec(select(Report)))


def test_every_format_is_written_and_named_on_standard_output(register: Flask, tmp_path: Path) -> None:
    result = run(register, tmp_path / "new", "--format", ",".join(FILES))
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["format"] for line in lines] == list(FILES)
    assert all(Path(line["path"]).stat().st_size for line in lines)


def test_before_anything_is_issued_a_draft_is_written(register: Flask, tmp_path: Path) -> None:
    assert titles(record(register, tmp_path)) == ["Keep an archive", "Paint it blue"]
    assert (tmp_path / "feb-2013-consultations-draft-2012-11-12.json").exists()
    assert reports(register) == []


@pytest.mark.parametrize(("annex", "ending", "is_in_full"), [((), "", False), (("--annex", "all"), "-in-full", True)])
def test_items_in_full_are_there_where_all_are_asked_for(
    register: Flask, tmp_path: Path, annex: tuple[str, ...], ending: str, is_in_full: bool
) -> None:
    assert run(register, tmp_path, "--format", "md", *annex).exit_code == 0
    text = (tmp_path / f"feb-2013-consultations-draft-2012-11-12{ending}.md").read_text("utf-8")
    assert ("## The items in full" in text) is is_in_full


def test_issuing_makes_a_version_of_what_is_published(register: Flask, tmp_path: Path) -> None:
    assert titles(record(register, tmp_path, "--issue")) == ["Keep an archive"]
    assert [report.number for report in reports(register)] == [1]


def test_the_last_issued_report_is_written_as_it_was(register: Flask, tmp_path: Path) -> None:
    issued = record(register, tmp_path, "--issue")
    with register.extensions["sessions"].writing() as session:
        for item in session.exec(select(Item)).all():
            change(session, item, {"title": "Something else"}, "edited", by=SYSTEM, now=NOW)
    assert record(register, tmp_path) == issued


def test_a_day_that_is_asked_for_is_a_draft_of_it(register: Flask, tmp_path: Path) -> None:
    record(register, tmp_path, "--issue")
    assert titles(record(register, tmp_path, "--as-of", "2012-11-01")) == []


def test_addresses_are_those_of_the_settings(register: Flask, tmp_path: Path) -> None:
    assert record(register, tmp_path, "--issue")["report"]["address"].startswith("http://localhost:")


def test_a_further_register_has_its_prefix(register: Flask, tmp_path: Path) -> None:
    with register.extensions["sessions"].writing() as session:
        park = session.exec(select(Body).where(Body.slug == "park-board")).one()
        make_milestone(session, park)
        make_item(session, park, visibility=Visibility.PUBLISHED)
    address = record(register, tmp_path, "--issue", "--body", "park-board")["report"]["address"]
    assert address.endswith("/b/park-board/reports/feb-2013-consultations/v1")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--milestone", "nowhere"], "Choose --milestone from feb-2013-consultations"),
        (["--as-of", "2012-13-01"], "2013-02-28"),
        (["--as-of", "2012-11-13"], "still to come"),
        (["--format", "html,doc"], "Choose from html, pdf"),
        (["--format", ""], "Choose from html, pdf"),
        (["--body", "nowhere"], "Choose --body from library-board, park-board"),
        (["--issue", "--as-of", "2012-11-01"], "no item on that day"),
    ],
)
def test_what_cannot_be_ends_with_one_line_that_says_what_to_do(
    register: Flask, tmp_path: Path, words: list[str], says: str
) -> None:
    result = run(register, tmp_path, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    assert says in result.stderr


def unpublish_all(app: Flask) -> None:
    with app.extensions["sessions"].writing() as session:
        for item in session.exec(select(Item)).all():
            change(session, item, {"visibility": Visibility.INTERNAL}, "unpublished", by=SYSTEM, now=NOW)


def test_a_register_with_nothing_published_gets_an_internal_report(register: Flask, tmp_path: Path) -> None:
    unpublish_all(register)
    result = run(register, tmp_path, "--format", "md", "--issue")
    (report,) = reports(register)
    assert (result.exit_code, report.is_internal, report.number) == (0, True, 1)
    assert "internal: nothing here is published" in result.stderr
    written = (tmp_path / "feb-2013-consultations-v1-internal.md").read_text("utf-8")
    assert "2 items, all internal: nothing here is published." in written


def test_an_internal_report_can_be_asked_for(register: Flask, tmp_path: Path) -> None:
    record(register, tmp_path, "--issue")
    assert titles(record(register, tmp_path, "--issue", "--internal")) == ["Keep an archive", "Paint it blue"]
    assert titles(record(register, tmp_path)) == ["Keep an archive"]
    assert titles(record(register, tmp_path, "--internal")) == ["Keep an archive", "Paint it blue"]


def test_a_public_report_is_not_called_internal(register: Flask, tmp_path: Path) -> None:
    assert run(register, tmp_path, "--format", "md", "--issue").stderr == ""


def test_where_no_version_is_public_the_internal_one_is_written(register: Flask, tmp_path: Path) -> None:
    issued = record(register, tmp_path, "--issue", "--internal")
    assert record(register, tmp_path) == issued


def test_a_folder_that_cannot_be_written_to_is_named(register: Flask, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = run(register, tmp_path / "file", "--format", "md")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert "--out" in result.stderr


def test_without_a_milestone_the_known_ones_are_named(register: Flask, tmp_path: Path) -> None:
    result = register.test_cli_runner().invoke(args=["report"])
    assert result.exit_code == 2
    assert "feb-2013-consultations" in result.stderr


def test_an_empty_installation_says_how_to_begin(app: Flask, tmp_path: Path) -> None:
    result = run(app, tmp_path)
    assert (result.exit_code, "flask seed" in result.stderr) == (2, True)
