"""Names to choose from while somebody types: as far as the reader may choose them, and nobody's address."""

import pytest

from tests.factories import make_person, make_term
from tests.web.browsing import Browser
from tests.web.shelf import Shelf


def names(browser: Browser, path: str) -> list[str]:
    answer = browser.get(f"/suggestions/{path}")
    assert answer.status_code == 200
    return [suggestion["name"] for suggestion in answer.json["suggestions"]]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("parties?q=mir", ["Mira Member"]),
        ("parties?q=board", ["Library Board"]),
        ("people?q=board", []),
        ("people?q=CHEN", ["Chen Chair"]),
        ("time-zones?q=new+york", ["America/New York"]),
        ("parties?q=no+such", []),
    ],
)
def test_each_word_begins_a_word_of_the_name(secretariat: Browser, path: str, expected: list[str]) -> None:
    assert names(secretariat, path) == expected


def test_namesakes_are_told_apart_and_who_is_reached_by_mail_is_marked(shelf: Shelf, secretariat: Browser) -> None:
    with shelf.writing() as session:
        board = shelf.board(session)
        make_term(session, make_person(session, "Ana Ruiz", affiliation="City Archive", email="ana@example.org"), board)
        make_term(session, make_person(session, "Ana Ruiz", affiliation="Park Office", email=None), board)
    found = secretariat.get("/suggestions/people?q=ana").json["suggestions"]
    assert {(one["detail"], one["mail"]) for one in found} == {("City Archive", "reached by mail"), ("Park Office", "")}
    assert "ana@example.org" not in secretariat.get("/suggestions/people?q=ana").text


@pytest.mark.parametrize("path", ["parties?q=park", "people?q=pia"])
def test_another_register_s_people_are_not_suggested(member: Browser, path: str) -> None:
    assert names(member, path) == []


@pytest.mark.parametrize(("path", "status"), [("parties", 200), ("speakers", 404), ("passwords", 404)])
def test_a_member_finds_only_what_their_forms_offer(member: Browser, path: str, status: int) -> None:
    assert member.get(f"/suggestions/{path}").status_code == status


def test_only_the_secretariat_says_who_speaks(secretariat: Browser, rapporteur: Browser) -> None:
    assert [browser.get("/suggestions/speakers").status_code for browser in (secretariat, rapporteur)] == [200, 404]


def test_a_stranger_is_sent_to_sign_in(visitor: Browser) -> None:
    assert visitor.get("/suggestions/parties?q=a").status_code == 302
