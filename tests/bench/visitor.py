"""A browser that is as cheap as can be: one connection, cookies, forms' tokens; it notes how many bytes came."""

import gzip
import html
import re
from dataclasses import dataclass
from http.client import HTTPConnection, RemoteDisconnected
from urllib.parse import urlencode, urlsplit

REDIRECTS = (302, 303)
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Wrong(AssertionError):  # noqa: N818 - it reads as what it says
    """What was fetched is not what should have come."""


@dataclass(frozen=True)
class Answer:
    """What came: the status, where it leads, the text, and the bytes that went over the line."""

    status: int
    location: str
    text: str
    size: int

    def demand(self, *texts: str) -> "Answer":
        """Raise Wrong unless it is a page with each of these in it."""
        missing = [text for text in texts if text not in self.text and html.escape(text) not in self.text]
        if self.status != 200 or missing:
            raise Wrong(f"status {self.status}, without {missing}")
        return self

    def hidden(self, field: re.Pattern[str]) -> str:
        """Return what a hidden field of a form holds."""
        found = field.search(self.text)
        if found is None:
            raise Wrong(f"no {field.pattern}")
        return found[1]


class Visitor:
    """Somebody at a browser."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port)
        self.cookies: dict[str, str] = {}

    def sign_in(self, link: str) -> "Visitor":
        """Sign in by a link."""
        page = self.get(link)
        answer = self.post(link, {"csrf_token": page.hidden(TOKEN)})
        if answer.status not in REDIRECTS:
            raise Wrong(f"signing in was answered {answer.status}")
        return self

    def get(self, path: str) -> Answer:
        """Load a page."""
        return self._send("GET", path)

    def post(self, path: str, data: dict[str, str]) -> Answer:
        """Send a form; the redirect is not followed."""
        return self._send("POST", path, urlencode(data))

    def _send(self, method: str, path: str, body: str | None = None) -> Answer:
        headers = {
            "Accept-Encoding": "gzip",
            "Cookie": "; ".join(map("=".join, self.cookies.items())),
            "Accept-Language": "en",
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except RemoteDisconnected:  # it was idle for too long
            self.connection.close()
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        sent = answer.read()
        for given in answer.headers.get_all("Set-Cookie", []):
            name, _, value = given.partition(";")[0].partition("=")
            self.cookies[name] = value
        plain = gzip.decompress(sent) if answer.getheader("Content-Encoding") == "gzip" else sent
        location = urlsplit(answer.getheader("Location") or "").path
        return Answer(answer.status, location, plain.decode(), len(sent))
