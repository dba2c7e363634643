"""No parameter leads away from this installation."""

import pytest

from tests.web.browsing import Browser
from tracker.web.app.guards import own_path

FOREIGN = [
    "https://evil.example", "http://evil.example/", "//evil.example", "///evil.example", "////evil.example/%2f..",
    "/\\evil.example", "\\\\evil.example", "/\\/evil.example", "\\/evil.example", "https:evil.example",
    "https:/evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "/\t/evil.example",
    "\t//evil.example", " //evil.example", "/\n/evil.example", "\x00//evil.example", "//evil.example\\@localhost",
    "//localhost@evil.example", "/%09/evil.example\r\nSet-Cookie: x=1", "evil.example", "@evil.example",
    "//[::1]evil", "http:///evil.example", "//\u2028evil.example", "/\x85/evil.example", ".evil.example", "",
    "/" + "x" * 3000,
]  # fmt: skip


@pytest.mark.parametrize("path", FOREIGN)
def test_a_foreign_address_is_not_followed(path: str) -> None:
    assert own_path(path) == "/"


@pytest.mark.parametrize("path", ["/", "/items/3?sort=due#turn-4", "/b/park-board/items", "/search?q=http://a//b"])
def test_a_page_of_ours_is_followed(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize("path", [path for path in FOREIGN if "\x00" not in path])
def test_signing_in_never_leads_away(member: Browser, path: str) -> None:
    assert member.get("/sign-in", query_string={"next": path}).location == "/"
