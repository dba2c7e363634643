"""A person at a browser, over real HTTP requests: each page he sees is checked, each form goes with its token."""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

import html5lib
import lxml.html
from flask import Flask
from flask import session as cookie
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from sqlmodel import Session
from werkzeug.test import TestResponse

from tracker.clock import real_now
from tracker.people import sessions
from tracker.people.models import Person

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
XHTML = "{http://www.w3.org/1999/xhtml}"


def faults_of_page(html: str) -> list[str]:
    """Return what is wrong with a page: broken HTML, not one heading, no title, an id used twice."""
    return _faults(TOKEN.sub("", html))


@lru_cache(500)  # many tests see the same page
def _faults(html: str) -> list[str]:
    parser = html5lib.HTMLParser(strict=False)
    document = parser.parse(html)
    faults = [f"{code} at {position} {values}" for position, code, values in parser.errors]
    headings = len(document.findall(f".//{XHTML}h1"))
    titles = [title.text for title in document.findall(f".//{XHTML}title") if (title.text or "").strip()]
    ids = [element.get("id") for element in document.iter() if element.get("id")]
    faults += [f"{headings} headings of first rank"] if headings != 1 else []
    faults += [] if titles else ["no title"]
    return faults + sorted({f"id {name} is used twice" for name in ids if ids.count(name) > 1})


def links_of(answer: TestResponse) -> list[str]:
    """Return the pages of ours that a page or a redirect leads to."""
    if answer.location:
        return [answer.location] if answer.location.startswith("/") else []
    if answer.mimetype != "text/html" or not answer.data:
        return []
    found = [link.get("href", "").partition("#")[0] for link in lxml.html.fromstring(answer.data).iter("a")]
    return [urljoin(answer.request.path, path) for path in found if path and ":" not in path.partition("?")[0]]


class Browser:
    """A browser of one person, or of a stranger. Redirects are not followed."""

    def __init__(self, app: Flask, person_id: int | None = None) -> None:
        self.app = app
        self.person_id = person_id
        self.client: FlaskClient = app.test_client()
        self._token: str | None = None
        if person_id is not None:
            self._sign_in(person_id)

    def _sign_in(self, person_id: int) -> None:
        with self.app.extensions["sessions"].writing() as session:
            identifier = sessions.start(session, session.get_one(Person, person_id), now=real_now())
        with self.client.session_transaction() as kept:
            kept["sid"] = identifier

    def get(self, path: str, **options: Any) -> TestResponse:
        """Load a page and check it."""
        return self._seen(self.client.get(path, buffered=True, **options))

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form with the token at hand."""
        return self._seen(self.client.post(path, data={"csrf_token": self.token, **(data or {})}, **options))

    @property
    def token(self) -> str:
        """Return the form's token of the page that was loaded last, or one as a page would bring it."""
        if self._token is None:
            with self.client.session_transaction() as kept, self.app.test_request_context():
                cookie.update(kept)
                self._token = generate_csrf()
                kept.update(cookie)
        return self._token

    def send(self, method: str, path: str) -> TestResponse:
        """Send a request of that method, with the token at hand."""
        return self.client.open(path, method=method, headers={"X-CSRFToken": self.token})

    def follow(self, answer: TestResponse) -> TestResponse:
        """Load the page that an answer leads to."""
        assert 300 <= answer.status_code < 400, f"{answer.status_code} leads nowhere: {answer.text[:2000]}"
        return self.get(answer.location)

    def session(self) -> Session:
        """Return a writer's session on the database of the application."""
        made: Session = self.app.extensions["sessions"].writer()
        return made

    def _seen(self, answer: TestResponse) -> TestResponse:
        if answer.mimetype == "text/html" and answer.data and not 300 <= answer.status_code < 400:
            assert faults_of_page(answer.text) == []
            found = TOKEN.search(answer.text)
            self._token = found[1] if found else self._token
        return answer
