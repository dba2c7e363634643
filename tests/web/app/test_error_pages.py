"""A page that says what went wrong says what to do about it."""

import re

import pytest
from flask import Flask, abort
from werkzeug.exceptions import HTTPException

from tracker.errors import Refused, Stale
from tracker.people.sign_in_throttle import TooMany
from tracker.web.app.error_pages import MESSAGES


def page_of(app: Flask, error: Exception | int) -> tuple[int, str]:
    """Return status and text of the page that the application answers an error with."""
    with app.test_request_context("/items"):
        if isinstance(error, int):
            try:
                abort(error)
            except Exception as raised:
                error = raised
        answer = app.make_response(app.handle_user_exception(error))
        return answer.status_code, answer.get_data(as_text=True)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_every_error_page_says_what_happened_and_what_to_do(app: Flask, code: int) -> None:
    heading, advice = map(str, MESSAGES[code])
    assert not heading.endswith(".")
    assert advice.endswith(".")


@pytest.mark.parametrize(
    ("code", "shown"), [(404, 404), (405, 405), (413, 413), (403, 403), (410, 410), (418, 400), (502, 500)]
)
def test_an_error_without_words_of_its_own_has_those_of_its_kind(app: Flask, code: int, shown: int) -> None:
    status, text = page_of(app, code)
    assert status == code
    assert str(MESSAGES[shown][0]) in text


@pytest.mark.parametrize(
    ("error", "status"),
    [(Refused("Choose %(what)s.", what="a day"), 422), (Stale("Choose %(what)s.", what="a day"), 409)],
)
def test_a_refusal_that_no_form_took_up_is_a_page(app: Flask, error: Refused, status: int) -> None:
    code, text = page_of(app, error)
    assert (code, "Choose a day." in text) == (status, True)


@pytest.mark.parametrize(
    ("code", "method", "referrer", "address"),
    [
        (404, "GET", "http://localhost/items?q=ford", "/search"),
        (410, "GET", None, "/search"),
        (422, "POST", "http://localhost/items?q=ford", "/items?q=ford"),
        (413, "POST", "http://elsewhere.example/items", "/"),
        (429, "POST", "http://localhost//elsewhere.example", "/"),
        (500, "GET", "http://localhost/milestones", "/items"),
        (500, "POST", "http://localhost/items/new", "/items/new"),
    ],
)
def test_the_one_button_leads_to_where_the_reader_can_go_on(
    app: Flask, code: int, method: str, referrer: str | None, address: str
) -> None:
    headers = {"Referer": referrer} if referrer else {}
    with app.test_request_context("/items", method=method, headers=headers):
        error = HTTPException()
        error.code = code
        text = app.make_response(app.handle_user_exception(error)).get_data(as_text=True)
    assert re.findall(r'<a class="button" href="([^"]*)"', text) == [address]


def test_too_many_tries_say_how_long_to_wait(app: Flask) -> None:
    assert "Wait 1 minute, then try again." in page_of(app, TooMany(20))[1]
    assert "Wait 5 minutes, then try again." in page_of(app, TooMany(300))[1]
