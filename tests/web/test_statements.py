"""The statements of a page do not grow with its rows."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session

from tests.factories import (
    NOW,
    SYSTEM,
    make_addressee,
    make_item,
    make_meeting,
    make_milestone,
    make_ownership,
    make_passage,
    make_person,
    make_proposal,
    make_term,
    make_transcript,
    party_id_of,
    party_of,
)
from tests.statements import statements
from tests.web.browsing import Browser
from tests.web.world import World
from tracker.items import changes, ownership, positions
from tracker.items.models import Item, LinkKind
from tracker.items.party_models import OwnerState, Stance
from tracker.items.positions import NewPosition
from tracker.people.models import Body, Person
from tracker.updates.changes import record
from tracker.updates.evidence import Link

PAGES = (
    "/",
    "/items",
    "/items?progress=open&owner=mira",
    "/items?view=board",
    "/items?view=timeline",
    "/items?print=1",
    "/milestones",
    "/milestones/m-0",
    "/triage",
    "/triage/1",
    "/people",
    "/meetings",
    "/search?q=archive",
)


def grow(session: Session, world: World, numbers: range) -> None:
    """Add for each number a person, a milestone, a meeting with a proposal, and two items of the secretary's."""
    board, sara = session.get_one(Body, world.register), session.get_one(Person, world.secretariat)
    for number in numbers:
        who = make_person(session, f"P{number} Person")
        make_term(session, who, board)
        day = date(2013, 1, 1) + timedelta(days=number)
        milestone = make_milestone(session, board, slug=f"m-{number}", starts_on=day)
        make_proposal(session, make_meeting(session, board, slug=f"s-{number}"), who)
        for state in (OwnerState.ACCEPTED, OwnerState.REQUESTED):
            due = milestone.id if number else None
            item = make_item(session, board, put_forward_by=party_of(session, who).id, milestone_id=due)
            make_addressee(session, item, party_of(session, who))
            make_ownership(session, item, party_of(session, sara), state=state)
            record(session, item, who, f"Note {number} of the archive", by=SYSTEM, now=NOW)


def counted(browser: Browser, path: str) -> list[str]:
    """The statements of the second look: the first one may fill what is kept."""
    browser.get(path)
    with statements(browser.app) as seen:
        assert browser.get(path).status_code == 200
    return seen


@pytest.mark.parametrize("path", PAGES)
def test_the_statements_of_a_page_do_not_grow_with_its_rows(secretariat: Browser, world: World, path: str) -> None:
    counts = []
    for numbers in (range(2), range(2, 9)):
        with secretariat.session() as session:
            grow(session, world, numbers)
            session.commit()
        counts.append(counted(secretariat, path))
    assert len(counts[0]) == len(counts[1]), "\n".join(counts[1])


#: of the page of an item with everything on it, for the secretariat
MOST = 28


def grow_item(session: Session, board: Body, item: Item, numbers: range) -> None:
    """Add for each number somebody who is asked, takes a position in a meeting, helps, and writes; and a link."""
    for number in numbers:
        who = make_person(session, f"Q{number} Person")
        party, meeting = party_of(session, who), make_meeting(session, board, slug=f"q-{number}")
        make_addressee(session, item, party, sent_by=who.id)
        text = f"MS ONE: Let us buy {number} lamps."
        passage = make_passage(session, make_transcript(session, meeting, text), "Let us buy")
        stand = NewPosition(party_id_of(session, who), Stance.ASKS, reported_by=who.id, passage_id=passage.id)
        positions.add_position(session, item, stand, by=SYSTEM, now=NOW)
        ownership.add_helper(session, item, who.id, by=SYSTEM, now=NOW)
        changes.link(session, item, make_item(session, board), LinkKind.REFINES, by=SYSTEM, now=NOW)
        record(session, item, who, f"Note {number}", evidence=[Link("https://lib.example/")], by=SYSTEM, now=NOW)


def test_the_statements_of_an_item_do_not_grow_with_what_belongs_to_it(secretariat: Browser, world: World) -> None:
    counts = []
    for numbers in (range(2), range(2, 9)):
        with secretariat.session() as session:
            board = session.get_one(Body, world.register)
            item = session.get(Item, 1) or make_item(session, board)
            grow_item(session, board, item, numbers)
            session.commit()
            number = item.number
        counts.append(counted(secretariat, f"/items/{number}"))
    assert len(counts[0]) == len(counts[1]) <= MOST, "\n".join(counts[1])
