"""A list of people in the browser: shown first, taken in, undone."""

import io
import re
import zipfile
from html import unescape
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.factories import NOW, SYSTEM, TODAY, make_person, make_register, make_term
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.shelf import Shelf
from tests.web.world import World
from tracker.history import leave
from tracker.people.models import Person
from tracker.tables import workbooks
from tracker.tables.text_tables import TableRow
from tracker.tables.workbooks import write_workbook
from tracker.web.people.import_list import foresee

LIST = "name,email,role,stakeholder_group\nNia New,nia@example.org,member,Academia\nBad Row,,king,\n"
HIDDEN = re.compile(r'name="(\w+)" type="hidden" value="([^"]*)"')


def shown(browser: Browser, content: bytes = LIST.encode(), name: str = "people.csv", **values: str) -> Any:
    form = {"file": (io.BytesIO(content), name), "starts": "2013-01-01", **values}
    return browser.post("/people/import", form, content_type="multipart/form-data")


def confirm(browser: Browser, page: str) -> Any:
    form = {name: unescape(value) for name, value in HIDDEN.findall(page) if name != "csrf_token"}
    return browser.post("/people/import/run", form)


def names(shelf: Shelf) -> list[str]:
    with shelf.writing() as session:
        return list(session.exec(select(Person.name).where(col(Person.name).in_(("Nia New", "Bad Row")))))


def test_a_list_is_shown_before_anything_is_done(shelf: Shelf, secretariat: Browser) -> None:
    page = plain(shown(secretariat).text)
    assert "1 new 0 changed 0 unchanged 1 refused" in page
    assert "stakeholder_group: academia" in page
    assert "“king” is not a role" in page
    assert names(shelf) == []


def test_a_namesake_with_another_address_is_said_before(shelf: Shelf, secretariat: Browser) -> None:
    confirm(secretariat, shown(secretariat).text)
    page = plain(shown(secretariat, LIST.replace("nia@", "other@").encode()).text)
    assert "Somebody of this name is here already, with another address. If they are the same person, merge" in page


def test_a_list_is_taken_in_and_undone(shelf: Shelf, secretariat: Browser) -> None:
    answer = confirm(secretariat, shown(secretariat).text)
    assert names(shelf) == ["Nia New"]
    page = secretariat.follow(answer).text
    assert "Invite 1 who is new" in page
    assert "1 row skipped" in page
    undone = secretariat.follow(secretariat.post(f"{answer.location}/undo"))
    assert "Removed 1 person." in undone.text
    assert names(shelf) == []


def test_who_is_known_elsewhere_is_shown_as_new_and_taken_in(shelf: Shelf, secretariat: Browser, world: World) -> None:
    with shelf.writing() as session:
        session.get_one(Person, world.stranger_member).email = "nia@example.org"
        leave(session, f"person:{world.stranger_member}", "edited", by=SYSTEM, now=NOW)
    page = shown(secretariat).text
    assert "1 new 0 changed 0 unchanged 1 refused" in plain(page)
    answer = confirm(secretariat, page)
    assert "Pia Parkwoman" in secretariat.follow(answer).text
    assert "1 row skipped" in secretariat.get(answer.location).text
    secretariat.post(f"{answer.location}/undo")
    assert "Pia Parkwoman" not in secretariat.get("/people").text


def test_undoing_says_who_is_put_back(shelf: Shelf, secretariat: Browser) -> None:
    confirm(secretariat, shown(secretariat).text)
    answer = confirm(secretariat, shown(secretariat, LIST.replace("Academia", "Government").encode()).text)
    page = plain(secretariat.follow(secretariat.post(f"{answer.location}/undo")).text)
    assert "Restored 1 person." in page
    assert "Nia New restored" in page
    assert ("taken away" in page, "changed" in page) == (False, False)


def test_undoing_says_what_stays_because_somebody_changed_it(shelf: Shelf, secretariat: Browser) -> None:
    confirm(secretariat, shown(secretariat).text)
    again = LIST.replace("Academia", "Government")
    answer = confirm(secretariat, shown(secretariat, again.encode()).text)
    with shelf.writing() as session:
        nia = session.exec(select(Person).where(col(Person.name) == "Nia New")).one()
        nia.stakeholder_group = "unknown"
        leave(session, nia, "edited", by=SYSTEM, now=NOW)
    page = plain(secretariat.follow(secretariat.post(f"{answer.location}/undo")).text)
    assert "kept, because it was changed since or another body keeps it: stakeholder_group" in page


def test_the_result_names_nobody_who_is_not_known_here_any_more(shelf: Shelf, secretariat: Browser) -> None:
    answer = confirm(secretariat, shown(secretariat).text)
    with shelf.writing() as session:
        nia = session.exec(select(Person).where(col(Person.name) == "Nia New")).one()
        nia.erased_on = TODAY
        leave(session, nia, "erased", by=SYSTEM, now=NOW)
    page = secretariat.get(answer.location).text
    assert "Nia New" not in page
    assert "line 2: no longer known here" in page


def test_a_second_press_adds_nobody_twice(shelf: Shelf, secretariat: Browser) -> None:
    page = shown(secretariat).text
    confirm(secretariat, page)
    assert confirm(secretariat, page).status_code == 409
    assert names(shelf) == ["Nia New"]


def test_a_workbook_is_a_list_too(shelf: Shelf, secretariat: Browser) -> None:
    book = write_workbook(["name", "email"], [{"name": "Nia New", "email": "nia@example.org"}])
    assert "1 new" in plain(shown(secretariat, book, "people.xlsx").text)


def test_a_workbook_is_read_by_another_process(secretariat: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    book = write_workbook(["name", "king"], [{"name": "Nia New"}])
    monkeypatch.setattr(workbooks, "load_workbook", None)  # here it could not be
    answer = shown(secretariat, book, "people.xlsx")
    assert answer.status_code == 422
    assert "Line 1: there is no column “king”. Choose from: name, email" in answer.text


def test_a_workbook_that_asks_for_an_unknown_way_of_packing_is_refused(secretariat: Browser) -> None:
    book = bytearray(write_workbook(["name"], [{"name": "Nia New"}]))
    book[book.index(b"PK\x01\x02") + 6] = 201  # the version that it says it takes
    assert shown(secretariat, bytes(book), "people.xlsx").status_code == 422


def test_a_workbook_with_a_broken_sheet_is_refused(secretariat: Browser) -> None:
    whole, broken = zipfile.ZipFile(io.BytesIO(write_workbook(["name"], [{"name": "Nia New"}]))), io.BytesIO()
    with zipfile.ZipFile(broken, "w") as book:
        for part in whole.namelist():
            book.writestr(part, b"<worksheet" if "sheet1" in part else whole.read(part))
    answer = shown(secretariat, broken.getvalue(), "people.xlsx")
    assert answer.status_code == 422
    assert "this is not a workbook" in answer.text


@pytest.mark.parametrize("values", [{"starts": ""}, {"starts": "soon"}])
def test_a_form_that_cannot_be_says_why(secretariat: Browser, values: dict[str, str]) -> None:
    assert shown(secretariat, **values).status_code == 422


@pytest.mark.parametrize(("content", "name"), [(b"\xd0\xcf\x11\xe0", "people.xls"), (b"a,b\n1,2\n", "people.csv")])
def test_a_file_that_is_no_list_is_refused(secretariat: Browser, content: bytes, name: str) -> None:
    assert shown(secretariat, content, name).status_code == 422


@pytest.mark.parametrize("rows", ["", "{}", "[1]", '[["x", {}]]'])
def test_a_forged_list_is_no_list(secretariat: Browser, rows: str) -> None:
    form = {"rows": rows, "starts": "2013-01-01"}
    assert secretariat.post("/people/import/run", form).status_code in (400, 409)


def test_the_empty_list_can_be_taken(secretariat: Browser) -> None:
    answer = secretariat.get("/people/import/template.csv")
    assert answer.text.startswith("\ufeffname,email,body,role")


@pytest.mark.parametrize("rows", ["[[Infinity, {}]]", "[" * 100_000, "[[1]]"])
def test_rows_that_no_preview_has_sent_are_not_understood(secretariat: Browser, rows: str) -> None:
    form = {"rows": rows, "starts": "2013-01-01"}
    assert secretariat.post("/people/import/run", form).status_code == 400


@pytest.mark.parametrize("row", [{}, {"timezone": "Mars"}, {"affiliation": "River Watch", "role": "member"}])
def test_a_preview_tells_of_who_is_hidden_what_it_tells_of_anybody_new(session: Session, row: dict[str, str]) -> None:
    board, park = make_register(session), make_register(session, slug="park-board", name="Park Board")
    make_term(session, make_person(session, "Ana Hidden", email="hidden@example.org"), park)

    def seen(email: str) -> list[str]:
        rows = [
            TableRow(2, {"name": "Ana", **row, "email": email}),
            TableRow(3, {"name": "Ana", **row, "email": email, "language": "pt"}),
        ]
        told = foresee(session, rows, board, starts=TODAY, goes_over=True, by=SYSTEM, now=NOW)
        return [repr(one).replace(email, "?") for one in told]

    assert seen("hidden@example.org") == seen("nobody@example.org")
    assert session.exec(select(Person.email)).all() == ["hidden@example.org"]
