"""To strangers nobody is late: no public page names a person beside "overdue" or "no news", nor filters by owner."""

import re
from datetime import timedelta

import pytest

from tests.factories import make_item, make_milestone, make_ownership
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.shelf import Shelf
from tracker.meetings.models import Visibility

LATE = re.compile(r"overdue|no news|days? ago|weeks? ago|months? ago", re.IGNORECASE)
#: a row, a line of a list, a card: whatever is read together, without another of its kind inside
BLOCK = re.compile(r"<(tr|li|article|dd|section)\b[^>]*>((?:(?!<\1\b).)*?)</\1>", re.DOTALL)
PAGES = (
    "/", "/items", "/items/1", "/items?late=1", "/items?quiet=1", "/items?view=board", "/items?view=timeline",
    "/items?print=1", "/items/1?print=1", "/milestones", "/milestones/february", "/search?q=archive",
    "/items.csv", "/milestones.ics", "/reports",
)  # fmt: skip


@pytest.fixture
def late(shelf: Shelf) -> Shelf:
    """Mira put an item forward and owns it, with Rafa's help; it is published, overdue, and silent for months."""
    with shelf.writing() as session:
        board, mira = shelf.board(session), shelf.party(session, "member")
        february = make_milestone(session, board, slug="february")
        long_ago = february.starts_on - timedelta(days=300)
        values = {"visibility": Visibility.PUBLISHED, "own_due_on": long_ago}
        make_ownership(session, make_item(session, board, put_forward_by=mira.id, **values), mira)
        make_item(session, board, title="Another archive", visibility=Visibility.PUBLISHED, milestone_id=february.id)
    return shelf


@pytest.mark.parametrize("path", PAGES)
def test_whoever_is_named_beside_lateness_is_its_proposer_and_nothing_else(
    late: Shelf, visitor: Browser, path: str
) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 200
    page = answer.text
    texts = [plain(block[2]) for block in BLOCK.finditer(page)] or page.splitlines()
    told = [text.replace("Put forward by Mira Member", "") for text in texts if LATE.search(text)]
    assert [text for text in told if "Mira" in text] == []


def test_the_lateness_itself_is_told_to_strangers(late: Shelf, visitor: Browser) -> None:
    assert "overdue" in visitor.get("/items").text


@pytest.mark.parametrize("field", ["owner", "party", "declined", "visibility"])
def test_public_filters_have_no_owner(late: Shelf, visitor: Browser, field: str) -> None:
    assert f'name="{field}"' not in visitor.get("/items").text


@pytest.mark.parametrize("query", ["owner=mira-member", "party=mira-member", "owner=nobody", "declined=1"])
def test_an_address_that_names_an_owner_tells_a_stranger_nothing(late: Shelf, visitor: Browser, query: str) -> None:
    assert "2 items" in plain(visitor.get(f"/items?{query}").text)
    assert len(visitor.get(f"/items.csv?{query}").text.splitlines()) == 3
