"""The statements of a page do not grow with its rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import Session

from tests.factories import (
    NOW,
    SYSTEM,
    make_asked,
    make_item,
    make_meeting,
    make_milestone,
    make_ownership,
    make_person,
    make_proposal,
    make_term,
    party_of,
)
from tests.web.browsing import Browser
from tests.web.world import World
from tracker.items.models import OwnerState
from tracker.people.models import Body, Person
from tracker.updates.changes import record

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
    "/people",
    "/meetings",
    "/search?q=archive",
)


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    engine = app.extensions["sessions"].engine
    sa.event.listen(engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(engine, "before_cursor_execute", note)


def grow(session: Session, world: World, numbers: range) -> None:
    """Add for each number a person, a milestone, a meeting with a proposal, and two items of the secretary's."""
    board, sara = session.get_one(Body, world.register), session.get_one(Person, world.secretariat)
    for number in numbers:
        who = make_person(session, f"P{number} Person")
        make_term(session, who, board)
        day = date(2013, 1, 1) + timedelta(days=number)
        milestone = make_milestone(session, board, slug=f"m-{number}", starts_on=day)
        make_proposal(session, make_meeting(session, board, slug=f"s-{number}"), who)
        for state in (OwnerState.ACCEPTED, OwnerState.ASKED):
            due = milestone.id if number else None
            item = make_item(session, board, put_forward_by=party_of(session, who).id, milestone_id=due)
            make_asked(session, item, party_of(session, who))
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
