"""The history of an item: the person to the register's people, nobody to the public, never a body as the actor."""

import ast
from pathlib import Path

import pytest
from flask import Flask

import tracker
from tests.factories import NOW, SYSTEM, make_item, make_milestone
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.room import make_room
from tests.web.shelf import Shelf
from tests.web.world import World
from tracker.history import Actor, ChangeWay, Words, leave
from tracker.history_verbs import Verb
from tracker.items.create import NewItem
from tracker.items.models import ItemKind
from tracker.meetings.models import Visibility
from tracker.proposals.models import Proposal, ProposalSource
from tracker.triage.decisions import accept
from tracker.web.items.history_words import ABOUT, VERBS


def told(shelf: Shelf, verb: str, by: Actor) -> str:
    """The address of a published item of whose history that is a line."""
    number = shelf.put(visibility=Visibility.PUBLISHED)
    with shelf.item(number) as (session, item):
        leave(session, item, verb, by=by, now=NOW, body_id=item.body_id, after={"due_on": "2012-12-01"})
    return f"/items/{number}"


def lines(browser: Browser, address: str) -> str:
    """The words of the history."""
    return plain(browser.get(f"{address}/history").text.split('<ol class="history">')[1].split("</ol>")[0])


def test_the_public_reads_that_it_was_accepted_and_of_no_name(shelf: Shelf, visitor: Browser) -> None:
    address = told(shelf, "ownership accepted", Actor(shelf.world.member, ChangeWay.BROWSER))
    assert "The request to own it was accepted" in lines(visitor, address)
    assert not any(name in lines(visitor, address) for name in ("Library Board", "Mira"))


@pytest.mark.parametrize("verb", ["sent to addressee", "response recorded", "ownership accepted"])
def test_the_public_reads_which_body_it_was_and_of_no_person(
    shelf: Shelf, visitor: Browser, member: Browser, verb: str
) -> None:
    number = shelf.put(visibility=Visibility.PUBLISHED)
    with shelf.item(number) as (session, item):
        for name in ("chair", "register"):
            after = {"party": shelf.party(session, name).id, "response": "sent"}
            leave(session, item, verb, by=Actor(None, ChangeWay.BROWSER), now=NOW, after=after)
    seen = lines(visitor, f"/items/{number}")
    assert "Chen" in lines(member, f"/items/{number}")
    assert "Chen" not in seen
    assert (seen.count("Party:"), seen.count("Library Board")) == (1, 1)
    assert seen.count("Response: sent") == 2


def test_the_public_reads_of_no_milestone_that_is_internal(shelf: Shelf, visitor: Browser, member: Browser) -> None:
    with shelf.writing() as session:
        board = shelf.board(session)
        retreat, open_day = (make_milestone(session, board, slug=slug, title=slug) for slug in ("retreat", "open-day"))
        number = make_item(session, board, milestone_id=open_day.id, visibility=Visibility.PUBLISHED).number
        sides = {"before": {"milestone": retreat.id}, "after": {"milestone": open_day.id}}
    with shelf.item(number) as (session, item):
        leave(session, item, Verb.DUE_DATE_SET, by=SYSTEM, now=NOW, body_id=item.body_id, **sides)
    assert "Milestone: retreat → open-day" in lines(member, f"/items/{number}")
    assert "open-day" in lines(visitor, f"/items/{number}")
    assert "retreat" not in lines(visitor, f"/items/{number}")


def test_people_of_the_register_read_who_accepted(shelf: Shelf, member: Browser) -> None:
    address = told(shelf, "ownership accepted", Actor(shelf.world.member, ChangeWay.BROWSER))
    assert "Mira Member accepted to own it" in lines(member, address)


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("created", "This item was created, by import"),
        ("ownership accepted", "The request to own it was accepted, by import"),
        ("edited", "Intersession, by import edited it"),
    ],
)
def test_an_import_is_named_as_no_person(shelf: Shelf, member: Browser, verb: str, words: str) -> None:
    assert words in lines(member, told(shelf, verb, Actor(None, ChangeWay.IMPORT)))


def verbs_in_source() -> set[Verb]:
    """The verbs that are written as such where the history of an item is left."""
    found = set[Verb]()
    for path in Path(tracker.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and len(call.args) > 2:
                verb, of = call.args[2], ast.unparse(call.args[1])
                is_item = call.func.id == "note_change" or (call.func.id == "leave" and of == "item")
                found |= {Verb[verb.attr]} if is_item and isinstance(verb, ast.Attribute) else set()
    return found


def test_every_verb_reads_as_a_sentence() -> None:
    verbs = verbs_in_source()
    assert len(verbs) > 25
    assert verbs - {*VERBS, *ABOUT, Verb.PROPOSAL_ATTACHED} == set()


def test_a_line_says_whom_it_is_about_and_holds_no_slug_and_no_signs(shelf: Shelf, member: Browser) -> None:
    number = shelf.put()
    with shelf.item(number) as (session, item):
        party, by = shelf.party(session).id, Actor(shelf.world.member, ChangeWay.BROWSER)
        put = {"party": party, "way": "in-the-meeting", "on": "2012-11-12", "response": "sent"}
        before = {"party": party, "response": "not-yet-sent"}
        leave(session, item, "sent to addressee", by=by, now=NOW, before=before, after=put)
        leave(session, item, "updated", by=by, now=NOW, after={"note": Words("It is *done* [here](https://a.example)")})
    text = lines(member, f"/items/{number}")
    assert "Mira Member sent it to Library Board in the meeting" in text
    assert "Response: not yet sent → sent" in text
    assert "Note: It is done here" in text
    assert "in-the-meeting" not in text


@pytest.mark.parametrize(
    ("verb", "words"),
    [("linked", "recorded that it repeats item 1"), ("linked from", "recorded that item 1 repeats it")],
)
def test_a_link_is_told_from_either_side(shelf: Shelf, member: Browser, verb: str, words: str) -> None:
    other, number = shelf.put(), shelf.put()
    with shelf.item(other) as (_session, item):
        told = {"kind": "repeats", "other": item.id}
    with shelf.item(number) as (session, item):
        leave(session, item, verb, by=Actor(shelf.world.member, ChangeWay.BROWSER), now=NOW, after=told)
    assert words in lines(member, f"/items/{number}")


@pytest.mark.parametrize(
    ("source", "words"), [("assistant", "found by the assistant"), ("both", "found by the detector and the assistant")]
)
def test_an_item_made_of_a_passage_that_the_assistant_found_says_so(
    app: Flask, world: World, secretariat: Browser, source: str, words: str
) -> None:
    room = make_room(app, world)
    with secretariat.app.extensions["sessions"].writing() as session:
        proposal = session.get_one(Proposal, room.archive)
        proposal.source = ProposalSource(source)
        item = accept(session, proposal, NewItem("Keep it", ItemKind.OFFER), body_id=world.register, by=SYSTEM, now=NOW)
        number = item.number
    assert f"Passage: {words}" in lines(secretariat, f"/items/{number}")
