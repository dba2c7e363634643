"""The history of an item: the person to the register's people, nobody to the public, never a body as the actor."""

import pytest

from tests.factories import NOW
from tests.web.browsing import Browser
from tests.web.shelf import Shelf
from tests.web.test_items import plain
from tracker.history import Actor, Way, leave
from tracker.meetings.models import Visibility


def told(shelf: Shelf, verb: str, by: Actor) -> str:
    """The address of a published item of whose history that is a line."""
    number = shelf.put(visibility=Visibility.PUBLISHED)
    with shelf.item(number) as (session, item):
        leave(session, item, verb, by=by, now=NOW, body_id=item.body_id, after={"due_on": "2012-12-01"})
    return f"/items/{number}"


def lines(browser: Browser, address: str) -> str:
    """The words of the history."""
    return plain(browser.get(address).text.split('<ol class="history">')[1].split("</ol>")[0])


def test_the_public_reads_that_it_was_accepted_and_of_no_name(shelf: Shelf, visitor: Browser) -> None:
    address = told(shelf, "ownership accepted", Actor(shelf.world.member, Way.BROWSER))
    assert "The request to own it was accepted" in lines(visitor, address)
    assert not any(name in lines(visitor, address) for name in ("Library Board", "Mira"))


def test_people_of_the_register_read_who_accepted(shelf: Shelf, member: Browser) -> None:
    address = told(shelf, "ownership accepted", Actor(shelf.world.member, Way.BROWSER))
    assert "Mira Member accepted to own it" in lines(member, address)


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("created", "This item was begun, by import"),
        ("ownership accepted", "The request to own it was accepted, by import"),
        ("edited", "The register, by import edited it"),
    ],
)
def test_an_import_is_named_as_no_person(shelf: Shelf, member: Browser, verb: str, words: str) -> None:
    assert words in lines(member, told(shelf, verb, Actor(None, Way.IMPORT)))
