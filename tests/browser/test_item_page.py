"""The page of an item in a real browser: how tall it is, and how a fact is changed in place."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from flask import Flask

from tests.browser.looking import press
from tests.factories import (
    NOW,
    SYSTEM,
    make_item,
    make_meeting,
    make_passage,
    make_person,
    make_transcript,
    party_id_of,
    party_of,
)
from tests.web.world import World
from tracker.items.models import Channel, ItemPassage
from tracker.items.party_models import Stance
from tracker.items.positions import NewPosition, add_position
from tracker.people.models import Body
from tracker.people.queries import GROUPS

with suppress(ImportError):
    from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., "Page"]
LONG = "I would like to say at some length why we hold what we hold of the archive of lamps. " * 9
POSITIONS = 10


@pytest.fixture
def debated(app: Flask, world: World) -> str:
    """The address of an item on which ten parties of all groups spoke, each at length and through interpretation."""
    speeches = [f"Speech {number}: {LONG}" for number in range(POSITIONS + 1)]
    text = "\n\n".join(f"SPEAKER {number}: {speech}" for number, speech in enumerate(speeches))
    with app.extensions["sessions"].writing() as session:
        board = session.get_one(Body, world.register)
        item = make_item(session, board, title="Keep an archive", put_forward_by=party_of(session, board).id)
        transcript = make_transcript(session, make_meeting(session, board, title="Evening session on archives"), text)
        passages = [make_passage(session, transcript, speech.strip()) for speech in speeches]
        session.add(ItemPassage(item_id=item.id, passage_id=passages[0].id))
        for number, passage in enumerate(passages[1:]):
            group = list(GROUPS)[number % len(GROUPS)]
            speaker = make_person(session, f"Speaker Number {number}", stakeholder_group=group, email=None)
            passage.speaker_id = speaker.id
            party = party_id_of(session, speaker)
            stance = list(Stance)[number % len(Stance)]
            condition = "the town pays for it" if stance is Stance.SUPPORTS_IF else None
            position = NewPosition(
                party,
                stance,
                condition=condition,
                channel=Channel.THROUGH_INTERPRETATION,
                passage_id=passage.id,
            )
            add_position(session, item, position, by=SYSTEM, now=NOW)
        return f"/items/{item.number}"


def test_ten_positions_are_no_tall_page_and_each_opens(debated: str, open_as: Open, world: World) -> None:
    page = open_as(world.secretariat, debated, width=1280)
    assert page.evaluate("document.documentElement.scrollHeight") < 2000
    speech = page.locator(".positions details").last
    cut = speech.bounding_box()
    speech.locator("summary").click()
    whole = speech.bounding_box()
    assert cut is not None
    assert whole is not None
    assert whole["height"] > 3 * cut["height"]


def test_suggestions_come_in_a_form_that_was_opened_in_place(debated: str, open_as: Open, world: World) -> None:
    page = open_as(world.secretariat, debated)
    page.get_by_role("link", name="Request an owner").press("Enter")
    field = page.get_by_role("combobox").first
    field.press_sequentially("Chen")
    expect(page.get_by_role("option", name="Chen Chair")).to_be_visible()
    field.press("Escape")
    expect(field).to_be_visible()
    field.press("Escape")
    expect(field).to_be_hidden()


def test_a_fact_is_changed_in_place_by_key_alone(debated: str, open_as: Open, world: World) -> None:
    page = open_as(world.secretariat, debated)
    address = page.url
    link = page.get_by_role("link", name="Set the due date")
    link.press("Enter")
    expect(page.get_by_label("no date")).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()
    link.press("Enter")
    page.get_by_label("on a day of its own").check()
    page.get_by_label("Day", exact=True).fill("2012-12-24")
    press(page.get_by_role("button", name="Set the due date"))
    expect(page.locator(".strip time")).to_have_text("Mon 24 Dec 2012")
    assert page.url == address
