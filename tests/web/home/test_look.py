"""The page that shows how everything looks leaves nothing out, and draws each theme apart."""

from tests.web.browsing import Browser
from tests.web.shelf import Shelf
from tracker.web.home.look import THEMES
from tracker.wording.stored_values import SHAPES


def test_every_mark_and_colour_is_shown_in_both_themes(shelf: Shelf, secretariat: Browser) -> None:
    shelf.put(title="Buy lamps")
    page = secretariat.get("/look").text
    parts = page.split("data-theme=")[1:3]
    for part in parts:
        assert [value for value in SHAPES if f"mark-{value}" not in part] == []
        assert "<code>on-accent</code>" in part
    assert parts[0].count("<code>") == parts[1].count("<code>") > 10
    assert page.count("Buy lamps") == len(THEMES)


def test_the_menu_of_the_secretariat_ends_with_it(secretariat: Browser, member: Browser) -> None:
    link = '<a href="/look">How the pages look</a>'
    assert (link in secretariat.get("/").text, link in member.get("/").text) == (True, False)
