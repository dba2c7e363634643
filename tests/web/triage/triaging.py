"""Sending the forms of triage, each as the page of a passage does."""

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.factories import NOW, SYSTEM, make_person, make_term
from tests.web.browsing import Browser
from tests.web.world import World
from tracker.meetings import changes as meetings
from tracker.meetings.models import Meeting
from tracker.people.models import Body, Person, Role
from tracker.proposals.models import Proposal, TriageState


def make_deputy(app: Flask, world: World, role: Role = Role.SECRETARIAT) -> Browser:
    """Dana, a second person of the secretariat."""
    with app.extensions["sessions"].writing() as session:
        dana = make_person(session, "Dana Deputy")
        make_term(session, dana, session.get_one(Body, world.register), role)
        number = dana.id
    return Browser(app, number)


def name_rapporteur(app: Flask, person: int, meeting: int) -> None:
    """Let somebody be rapporteur of a meeting."""
    with app.extensions["sessions"].writing() as session:
        row = session.get_one(Meeting, meeting)
        meetings.name_rapporteur(session, row, session.get_one(Person, person), by=SYSTEM, now=NOW)


def decide(browser: Browser, proposal: int, what: str, *, version: int = 1, **values: Any) -> TestResponse:
    return browser.post(f"/triage/{proposal}/{what}", {"version": version, **values})


def accept(browser: Browser, proposal: int, **values: Any) -> TestResponse:
    data = {"title": "Keep an archive", "kind": "recommendation", "capacity": "not-stated", **values}
    return decide(browser, proposal, "accept", **data)


def attach(browser: Browser, proposal: int, **values: Any) -> TestResponse:
    return decide(browser, proposal, "attach", **{"relation": "repeats", "capacity": "not-stated", **values})


def state(browser: Browser, proposal: int) -> TriageState:
    with browser.session() as session:
        return session.get_one(Proposal, proposal).state
