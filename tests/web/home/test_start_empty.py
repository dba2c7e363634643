"""Start empty: offered on the example only, exact about what goes, and gone for good."""

import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.factories import NOW, SYSTEM, make_item, make_register, make_term
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.world import World
from tracker.history import leave
from tracker.people.models import Body, Person, Role
from tracker.people.queries import registers
from tracker.seed.start_empty import begin_example

ANSWERS = {
    "name": "City Council",
    "slug": "council",
    "timezone": "Europe/Oslo",
    "your_name": "Cleo Clerk",
    "email": "cleo@example.org",
}


@pytest.fixture
def example(app: Flask, world: World) -> Browser:
    """Olga, who runs an installation that holds nothing but an example with one item, and a mail that is kept."""
    with app.extensions["sessions"].writing() as session:
        board = session.get_one(Body, world.register)
        session.get_one(Body, world.other_register).is_sample = True
        begin_example(session, session.get_one(Body, world.other_register), by=SYSTEM, now=NOW)
        begin_example(session, board, by=SYSTEM, now=NOW)
        make_item(session, board, title="Lend tools")
    kept: Path = app.extensions["config"].var / "mail"
    kept.mkdir(parents=True)
    (kept / "asked.1.eml").write_text("Subject: Lend tools")
    return Browser(app, world.operator)


def press(example: Browser, **otherwise: str) -> TestResponse:
    """Read what goes, and press the button."""
    return example.post("/start-empty", {**ANSWERS, "seen": seen(example.get("/start-empty")), **otherwise})


def seen(page: TestResponse) -> str:
    found = re.search(r'name="seen"[^>]* value="(\d+)"', page.text)
    assert found
    return found[1]


def test_the_page_says_what_goes(example: Browser) -> None:
    page = plain(example.get("/start-empty").text)
    assert "Library Board, Park Board" in page
    assert "1 item" in page
    assert "5 other people" in page


def test_one_button_leaves_a_register_of_ones_own(example: Browser, app: Flask) -> None:
    answer = press(example)
    page = plain(example.follow(answer).text)
    assert "The example is deleted." in page
    assert "City Council" in page
    assert "Cleo Clerk" in page
    assert list((app.extensions["config"].var / "mail").iterdir()) == []
    with app.extensions["sessions"].reader() as session:
        assert [(body.slug, body.timezone) for body in registers(session)] == [("council", "Europe/Oslo")]
    assert example.get("/start-empty").status_code == 404


def test_what_is_begun_leads_nowhere(example: Browser) -> None:
    press(example)
    page = example.get("/")
    assert "Start with your own body done" in plain(page.text)
    assert "/start-empty" not in page.text


def test_what_was_added_since_is_shown_before_it_goes(example: Browser, app: Flask, world: World) -> None:
    before = seen(example.get("/start-empty"))
    with app.extensions["sessions"].writing() as session:
        leave(session, make_item(session, session.get_one(Body, world.register)), "created", by=SYSTEM, now=NOW)
    answer = example.post("/start-empty", {**ANSWERS, "seen": before})
    assert (answer.status_code, "Something was added since you opened this page" in answer.text) == (409, True)
    assert "2 items" in plain(answer.text)
    assert "City Council" in answer.text
    again = example.post("/start-empty", {**ANSWERS, "seen": seen(answer)})
    assert "The example is deleted." in plain(example.follow(again).text)


def test_the_next_start_brings_nothing_back(example: Browser, app: Flask) -> None:
    press(example)
    answer = app.test_cli_runner().invoke(args=["seed"])
    assert answer.exit_code == 0
    with app.extensions["sessions"].reader() as session:
        assert [body.slug for body in registers(session)] == ["council"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Give a name."),
        ({"slug": "City Council!"}, "must be small letters"),
        ({"email": "nobody"}, "is not a mail address"),
        ({"timezone": "Mars/North"}, "Choose one from the list."),
    ],
)
def test_a_slip_deletes_nothing(example: Browser, app: Flask, wrong: dict[str, str], says: str) -> None:
    answer = press(example, **wrong)
    assert (answer.status_code, says in answer.text) == (422, True)
    with app.extensions["sessions"].reader() as session:
        assert [body.slug for body in registers(session)] == ["library-board", "park-board"]


def test_keeping_the_example_is_asked_first(example: Browser, app: Flask, world: World) -> None:
    with app.extensions["sessions"].writing() as session:
        make_item(session, session.get_one(Body, world.other_register))  # the sample's, which has a button of its own
    assert 'href="/start-empty/keep"' in example.get("/start-empty").text
    question = plain(example.get("/start-empty/keep").text)
    assert "Library Board stays as it is, with 1 item" in question
    assert "no longer offers to delete" in question
    assert example.get("/start-empty").status_code == 200


def test_an_example_can_be_kept_and_that_undone(example: Browser) -> None:
    page = example.follow(example.post("/start-empty/keep"))
    assert "yours as it is" in page.text
    assert example.get("/start-empty").status_code == 404
    assert 'action="/start-empty/keep/undo"' in page.text
    page = example.follow(example.post("/start-empty/keep/undo"))
    assert "offers again to delete the example" in page.text
    assert example.get("/start-empty").status_code == 200
    assert example.post("/start-empty/keep/undo").status_code == 404


def test_what_was_never_the_example_is_not_offered_by_an_undo(example: Browser, app: Flask) -> None:
    example.post("/start-empty/keep")
    with app.extensions["sessions"].writing() as session:
        make_register(session, slug="other")
    assert example.post("/start-empty/keep/undo").status_code == 404


def test_a_register_of_somebodys_own_is_never_offered(operator: Browser) -> None:
    assert operator.get("/start-empty").status_code == 404
    assert operator.post("/start-empty", ANSWERS).status_code == 404


def test_who_runs_the_example_is_led_there_from_their_page(example: Browser, app: Flask, world: World) -> None:
    with app.extensions["sessions"].writing() as session:
        olga, board = session.get_one(Person, world.operator), session.get_one(Body, world.register)
        make_term(session, olga, board, Role.SECRETARIAT)
    assert 'href="/start-empty"' in example.get("/").text
