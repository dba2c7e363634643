"""The first steps of a new secretary: done or next as the register stands; hidden by whoever wants it so."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests.factories import NOW, SYSTEM, make_meeting, make_milestone, make_ownership, make_proposal, make_transcript
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.shelf import Shelf
from tracker.history import Actor, ChangeWay, leave
from tracker.items.party_models import OwnerState
from tracker.mail import outbox
from tracker.mail.compose_email import Email
from tracker.mail.models import MailKind, MailState
from tracker.people.models import Body, Invitation
from tracker.seed.start_empty import begin_example


def steps(browser: Browser, path: str = "/") -> list[str]:
    """Each step in words, up to what is said of it."""
    card = browser.get(path).text.partition('<ol class="steps-first">')[2].partition("</ol>")[0]
    return [plain(f"<li{one}").rpartition(" done")[0] for one in card.split("<li")[1:] if "mark-done" in one]


def next_step(browser: Browser) -> str:
    card = browser.get("/").text.partition('aria-current="step">')[2].partition("</li>")[0]
    return plain(card).partition(" next ")[0]


def imported(shelf: Shelf) -> None:
    with shelf.writing() as session:
        make_transcript(session, make_meeting(session, shelf.board(session)), "MS ONE: Good morning.")


def sent_a_digest(shelf: Shelf, moment: datetime) -> None:
    with shelf.writing() as session:
        email = Email(to="mira@example.org", subject="x", text="x", html="x")
        sent = outbox.put(session, email, person_id=shelf.world.member, kind=MailKind.DIGEST, now=moment)
        sent.state = MailState.SENT


def identified(shelf: Shelf) -> None:
    with shelf.writing() as session:
        by = Actor(shelf.world.secretariat, ChangeWay.BROWSER)
        leave(session, "transcript:1", "speaker assigned", by=by, now=NOW, body_id=shelf.world.register)


def planned(shelf: Shelf) -> None:
    with shelf.writing() as session:
        make_milestone(session, shelf.board(session))


def invited(shelf: Shelf) -> None:
    with shelf.writing() as session:
        session.add(
            Invitation(
                person_id=shelf.world.member,
                body_id=shelf.world.register,
                invited_at=NOW,
                expires_at=NOW + timedelta(days=7),
                times=1,
            )
        )
        by = Actor(shelf.world.secretariat, ChangeWay.BROWSER)
        leave(session, f"person:{shelf.world.member}", "invited", by=by, now=NOW, body_id=shelf.world.register)


def test_what_an_import_recognised_is_nobodys_decision(shelf: Shelf, secretariat: Browser) -> None:
    imported(shelf)
    with shelf.writing() as session:
        by = Actor(shelf.world.secretariat, ChangeWay.BROWSER)
        leave(session, "proposal:1", "attached", by=by, now=NOW, body_id=shelf.world.register)
    identified(shelf)
    planned(shelf)
    assert next_step(secretariat) == "Triage the proposals"


def test_on_an_empty_register_the_first_is_next(shelf: Shelf, secretariat: Browser) -> None:
    assert next_step(secretariat) == "Import a transcript"
    page = secretariat.get("/").text
    assert 'href="/meetings/new">Import a transcript' in page
    assert "Add the meeting first" in page
    assert steps(secretariat) == ["Start with your own body"]
    assert "/start-empty" not in secretariat.get("/").text


def test_members_are_invited_once_somebody_was(shelf: Shelf, secretariat: Browser) -> None:
    assert "Invite members" not in steps(secretariat)
    invited(shelf)
    assert "Invite members" in steps(secretariat)


def test_the_first_promises_what_its_page_does(shelf: Shelf, secretariat: Browser) -> None:
    with shelf.writing() as session:
        make_meeting(session, shelf.board(session))
    page = secretariat.get("/").text
    assert 'href="/uploads">Import a transcript' in page
    assert "You choose its meeting before anything is imported" in page
    assert "You choose the meeting of each file" in secretariat.get("/uploads").text


def test_what_has_been_done_is_ticked_off_one_by_one(shelf: Shelf, secretariat: Browser) -> None:
    imported(shelf)
    assert next_step(secretariat) == "Identify the speakers"
    identified(shelf)
    assert next_step(secretariat) == "Add a milestone"
    assert "Due dates hang from milestones" in secretariat.get("/").text
    planned(shelf)
    assert next_step(secretariat) == "Triage the proposals"
    with shelf.writing() as session:
        by = Actor(shelf.world.secretariat, ChangeWay.BROWSER)
        leave(session, "proposal:1", "set aside", by=by, now=NOW, body_id=shelf.world.register)
    assert next_step(secretariat) == "Request an owner"
    sent_a_digest(shelf, NOW)
    with shelf.item(shelf.put()) as (session, item):
        party = shelf.party(session, "member")
        make_ownership(session, item, party, state=OwnerState.REQUESTED, requested_by=shelf.world.secretariat)
    assert next_step(secretariat) == "Preview the digest"


def decided_but_for_two(shelf: Shelf) -> None:
    planned(shelf)
    with shelf.writing() as session:
        meeting = make_meeting(session, shelf.board(session))
        make_proposal(session, meeting)
        make_proposal(session, meeting)
        by = Actor(shelf.world.secretariat, ChangeWay.BROWSER)
        leave(session, "proposal:9", "set aside", by=by, now=NOW, body_id=shelf.world.register)


def test_triage_is_not_done_while_something_waits(shelf: Shelf, secretariat: Browser) -> None:
    decided_but_for_two(shelf)
    assert next_step(secretariat) == "Triage the proposals"
    assert "next 2 still wait." in plain(secretariat.get("/").text)


def test_what_waits_later_brings_no_first_steps_back(shelf: Shelf, secretariat: Browser) -> None:
    test_with_all_done_there_is_nothing_to_show(shelf, secretariat)
    with shelf.writing() as session:
        make_proposal(session, make_meeting(session, shelf.board(session), slug="later"))
    page = secretariat.get("/").text
    assert ("1 proposal to triage" in plain(page), "First steps" in page) == (True, False)


def test_with_all_done_there_is_nothing_to_show(shelf: Shelf, secretariat: Browser) -> None:
    test_what_has_been_done_is_ticked_off_one_by_one(shelf, secretariat)
    sent_a_digest(shelf, NOW + timedelta(days=7))
    invited(shelf)
    assert "First steps" not in secretariat.get("/").text


def test_each_person_hides_and_shows_them_for_themselves(shelf: Shelf, secretariat: Browser) -> None:
    assert "are hidden" in secretariat.follow(secretariat.post("/first-steps/hide")).text
    page = secretariat.get("/").text
    assert "steps-first" not in page
    assert "Show the first steps" in page
    secretariat.post("/first-steps/show")
    assert "steps-first" in secretariat.get("/").text


@pytest.mark.parametrize("who", ["member", "chair", "rapporteur"])
def test_only_the_secretariat_sees_them(shelf: Shelf, who: str, request: pytest.FixtureRequest) -> None:
    assert "First steps" not in request.getfixturevalue(who).get("/").text


def test_the_example_leads_to_starting_empty(app: Flask, shelf: Shelf, secretariat: Browser) -> None:
    with shelf.writing() as session:
        session.get_one(Body, shelf.world.other_register).is_sample = True
        for number in (shelf.world.register, shelf.world.other_register):
            begin_example(session, session.get_one(Body, number), by=SYSTEM, now=NOW)
    assert "Start with your own body" not in steps(secretariat)
    page = secretariat.get("/").text
    assert "Start with your own body" in page
    assert page.count('class="quiet about"') == 1
