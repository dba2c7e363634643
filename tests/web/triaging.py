"""Sending the forms of triage, each as the page of a passage does."""

from typing import Any

from werkzeug.test import TestResponse

from tests.web.browsing import Browser
from tracker.proposals.models import Proposal, TriageState


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
