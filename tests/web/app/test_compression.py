"""Text goes over slow lines gzipped."""

import gzip

import pytest
from werkzeug.test import TestResponse

from tests.web.browsing import Browser

GZIP = {"Accept-Encoding": "gzip, br"}


def got(browser: Browser, path: str, headers: dict[str, str] = GZIP, method: str = "GET") -> TestResponse:
    return browser.client.open(path, method=method, headers=headers, buffered=True)


@pytest.mark.parametrize("path", ["/account", "/static/style.css", "/static/app.js"])
def test_text_is_gzipped_and_stays_the_same(member: Browser, path: str) -> None:
    small, plain = got(member, path), got(member, path, {})
    assert small.headers["Content-Encoding"] == "gzip"
    assert len(small.data) < len(plain.data) / 2
    assert gzip.decompress(small.data)[:50] == plain.data[:50]


@pytest.mark.parametrize("headers", [{}, {"Accept-Encoding": "br"}, {"Accept-Encoding": "gzip;q=0"}])
def test_whoever_does_not_take_gzip_gets_plain_text(member: Browser, headers: dict[str, str]) -> None:
    answer = got(member, "/account", headers)
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize(("path", "method"), [("/health", "GET"), ("/static/icon.svg", "GET"), ("/account", "HEAD")])
def test_what_is_small_or_empty_stays_plain(member: Browser, path: str, method: str) -> None:
    assert "Content-Encoding" not in got(member, path, method=method).headers


def test_a_file_that_the_browser_has_is_not_sent_again(visitor: Browser) -> None:
    tag = got(visitor, "/static/style.css").headers["ETag"]
    assert got(visitor, "/static/style.css", {**GZIP, "If-None-Match": tag}).status_code == 304


def test_the_stylesheet_and_the_script_are_small(visitor: Browser) -> None:
    # One stylesheet for all pages: a fifth of what a first visit may weigh.
    assert len(got(visitor, "/static/style.css").data) < 12 * 1024
    assert len(got(visitor, "/static/app.js").data) < 1024


def test_a_form_that_is_shown_again_is_gzipped_too(secretariat: Browser) -> None:
    answer = secretariat.client.post("/items/new", data={"csrf_token": secretariat.token}, headers=GZIP)
    assert answer.status_code == 422
    assert answer.headers["Content-Encoding"] == "gzip"


def test_a_part_of_a_file_stays_as_it_is(visitor: Browser) -> None:
    stylesheet = got(visitor, "/static/style.css", {}).data
    part = got(visitor, "/static/style.css", {**GZIP, "Range": "bytes=0-1999"})
    assert part.status_code == 206
    assert part.data == stylesheet[:2000]


def test_a_tag_is_weak_once_the_text_is_gzipped(visitor: Browser) -> None:
    assert got(visitor, "/static/style.css").get_etag()[1]
