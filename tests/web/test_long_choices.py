"""In a crowded register no page has a select that nobody reads through: long choices are inputs with suggestions."""

from datetime import timedelta

import lxml.html
import pytest
from flask import Flask
from sqlmodel import Session

from tests.factories import (
    TODAY,
    made,
    make_addressee,
    make_item,
    make_meeting,
    make_milestone,
    make_ownership,
    make_person,
    make_term,
    party_of,
)
from tests.town import make_town
from tests.town.addresses import Address, every_page
from tests.web.browsing import Browser
from tests.web.shelf import Shelf
from tracker.items.party_models import Position, Stance
from tracker.people.models import Body
from tracker.web.app.pick_field import MOST_IN_SELECT

CROWD = range(MOST_IN_SELECT + 2)


def crowd(session: Session, board: Body) -> None:
    """Let there be more of everything than a select takes."""
    for number in CROWD:
        person = make_person(session, f"Crowd{number} Member")
        make_term(session, person, board)
        made(session, Body(slug=f"group-{number}", name=f"Group {number}", parent_id=board.id))
        day = TODAY + timedelta(days=number)
        make_milestone(session, board, slug=f"crowd-{number}", title=f"Crowded {number}", starts_on=day, ends_on=day)
        make_meeting(session, board, slug=f"sitting-{number}", title=f"Sitting {number}")
        item = make_item(session, board, theme=f"Theme {number}")
        make_addressee(session, item, party_of(session, person))
        make_ownership(session, item, party_of(session, person))
        for stance in (Stance.SUPPORTS, Stance.HAS_A_CONCERN):
            made(session, Position(item_id=item.id, party_id=party_of(session, person).id, stance=stance))


def long_selects(page: str) -> list[str]:
    """Return the names of the selects with more than fifteen options."""
    selects = lxml.html.fromstring(page).iter("select")
    return [select.get("name", "") for select in selects if len(select.findall(".//option")) > MOST_IN_SELECT]


def test_no_page_has_a_select_of_more_than_fifteen_options(app: Flask) -> None:
    town = make_town(app)
    with app.extensions["sessions"].writing() as session:
        crowd(session, session.get_one(Body, town.world.register))
    long = {}
    for page in [*every_page(town), Address("/items?filter=open", "secretariat")]:
        answer = Browser(app, page.reader and getattr(town.world, page.reader)).get(page.path)
        if names := long_selects(answer.text):
            long[page.path, page.reader] = names
    assert long == {}


@pytest.mark.parametrize(
    ("typed", "shows"),
    [
        ("Crowd3 Member", "Crowd3 Member"),
        ("crowd1", "Which one do you mean by “crowd1”?"),
        ("Nemo", "No name matches “Nemo”."),
    ],
)
def test_a_filter_of_the_list_is_chosen_by_name(shelf: Shelf, secretariat: Browser, typed: str, shows: str) -> None:
    with shelf.writing() as session:
        crowd(session, shelf.board(session))
    page = secretariat.get("/items", query_string={"owner": "", "owner-name": typed}).text
    assert shows in page
    # What is not clear filters nothing, and says so where it can be mended.
    assert ('id="owner-error"' in page) == (typed != "Crowd3 Member")
