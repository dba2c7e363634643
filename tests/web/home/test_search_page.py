"""One search page, for strangers too, that shows nobody what they may not read."""

import pytest

from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.shelf import Shelf
from tracker.meetings.models import Visibility


def test_what_is_found_is_marked_and_linked(shelf: Shelf, member: Browser) -> None:
    number = shelf.cited(title="Buy lamps", text="For the hall")
    page = member.get("/search?q=lamp").text
    assert f'<a href="/items/{number}">Buy <mark>lamps</mark></a>' in page
    assert 'href="/transcripts/1#turn-1">Taking stock</a>' in page
    assert "Let us buy <mark>lamps</mark>" in page


def test_people_are_found_by_members_only(shelf: Shelf, member: Browser, visitor: Browser) -> None:
    assert "<mark>Chen</mark> Chair" in member.get("/search?q=chen").text
    assert "Nothing found" in visitor.get("/search?q=chen").text


def test_strangers_find_what_is_published(shelf: Shelf, visitor: Browser) -> None:
    shelf.cited(title="Hidden lamps")
    shelf.put(title="Open lamps", visibility=Visibility.PUBLISHED)
    text = plain(visitor.get("/search?q=lamps").text)
    assert "Open lamps" in text
    assert "Hidden" not in text
    assert "Let us buy" not in text


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=%22", "?q=%27%3B--", "?q=" + "x" * 5000, "?p=1"])
def test_a_strange_question_is_answered(shelf: Shelf, member: Browser, query: str) -> None:
    assert member.get(f"/search{query}").status_code == 200


def test_what_is_asked_is_shown_and_never_run(shelf: Shelf, member: Browser) -> None:
    page = member.get("/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").text
    assert "<script>alert" not in page
    assert "&#34;&gt;&lt;script&gt;" in page
