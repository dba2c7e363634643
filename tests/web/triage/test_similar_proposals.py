"""Passages that say the like: shown beside one another, decided together, and tied to what was raised before."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from tests.factories import NOW, SYSTEM, make_meeting, make_transcript
from tests.web.browsing import Browser
from tests.web.room import ARCHIVE, Room, found, make_room
from tests.web.triage.triaging import accept, attach, decide, state
from tests.web.world import World
from tracker.history import leave
from tracker.items.models import ItemPassage, Relation
from tracker.people.models import Body
from tracker.proposals.models import Likeness, Meaning, Proposal, TriageState


@pytest.fixture
def room(app: Flask, world: World) -> Room:
    """Both passages of the room stand together."""
    made = make_room(app, world)
    with app.extensions["sessions"].writing() as session:
        tie(session, made.archive, made.archive)
        tie(session, made.sundays, made.archive)
        session.add(Likeness(proposal_id=made.sundays, earlier_id=made.archive, degree=0.6))
    return made


def tie(session: Session, proposal: int, leader: int) -> None:
    session.add(Meaning(proposal_id=proposal, leader_id=leader, vector=b""))
    session.flush()


def nairobi(app: Flask, world: World, room: Room) -> int:
    """A passage of an earlier meeting that says what the archive passage says."""
    with app.extensions["sessions"].writing() as session:
        board = session.get_one(Body, world.register)
        sitting = make_meeting(session, board, slug="nairobi", title="Nairobi 2011", starts_on=date(2011, 9, 30))
        before = found(session, make_transcript(session, sitting, f"MS SILVA: {ARCHIVE}"), ARCHIVE, title="Archive it")
        session.add(Likeness(proposal_id=room.archive, earlier_id=before.id, degree=0.9))
        return before.id


def test_what_says_the_like_stands_beside_the_passage(secretariat: Browser, room: Room) -> None:
    page = secretariat.get(f"/triage/{room.archive}").text
    assert "Similar passages" in page
    assert "beside this one in the queue" in page


def test_the_queue_tells_which_passage_is_like_the_one_above(secretariat: Browser, room: Room) -> None:
    assert secretariat.get("/triage").text.count("similar to the one above") == 1


def test_a_group_follows_the_decision_on_one_of_it(app: Flask, secretariat: Browser, room: Room) -> None:
    accept(secretariat, room.archive)
    assert "Decide the similar one the same way" in secretariat.get(f"/triage/{room.sundays}").text
    decide(secretariat, room.archive, "likewise", version=2)
    assert state(secretariat, room.sundays) is TriageState.ATTACHED
    with app.extensions["sessions"].reader() as session:
        relations = session.exec(select(ItemPassage.relation).order_by(col(ItemPassage.passage_id))).all()
    assert relations == [Relation.NEW, Relation.REPEATS]


def test_a_group_set_aside_keeps_the_reason(secretariat: Browser, room: Room) -> None:
    decide(secretariat, room.archive, "set-aside", reason="too-general", note="A wish")
    decide(secretariat, room.archive, "likewise", version=2)
    assert "too general" in secretariat.get(f"/triage/{room.sundays}").text


def test_one_of_a_group_can_be_taken_back_by_itself(secretariat: Browser, room: Room) -> None:
    accept(secretariat, room.archive)
    decide(secretariat, room.archive, "likewise", version=2)
    decide(secretariat, room.sundays, "undo", version=2)
    assert [state(secretariat, one) for one in (room.archive, room.sundays)] == [TriageState.ITEM, TriageState.WAITING]


def test_a_group_is_taken_back_with_one_undo_and_the_first_with_the_next(secretariat: Browser, room: Room) -> None:
    accept(secretariat, room.archive)
    decide(secretariat, room.archive, "likewise", version=2)
    page = secretariat.get(f"/triage/{room.archive}").text
    assert "1 decided like a similar one" in page
    answer = secretariat.post(f"/triage/batches/1/undo?at={room.sundays}")
    assert answer.location == f"/triage/{room.sundays}"
    assert [state(secretariat, one) for one in (room.archive, room.sundays)] == [TriageState.ITEM, TriageState.WAITING]
    assert f"/triage/{room.archive}/undo" in secretariat.follow(answer).text


def test_nothing_follows_what_is_not_decided(secretariat: Browser, room: Room) -> None:
    answer = decide(secretariat, room.archive, "likewise")
    assert answer.status_code == 422
    assert "Decide this passage first" in answer.text


def test_nothing_follows_a_decision_that_has_changed_meanwhile(secretariat: Browser, room: Room) -> None:
    accept(secretariat, room.archive)
    assert decide(secretariat, room.archive, "likewise", version=1).status_code == 409
    assert state(secretariat, room.sundays) is TriageState.WAITING


def test_a_support_of_nobody_known_is_left_out_of_the_group(secretariat: Browser, room: Room) -> None:
    accept(secretariat, room.sundays)
    answer = attach(secretariat, room.archive, number=1, relation="supports", stance="supports")
    assert answer.status_code == 422
    decide(secretariat, room.sundays, "likewise", version=2)
    assert state(secretariat, room.archive) is TriageState.ATTACHED


def test_an_item_raised_at_an_earlier_meeting_is_offered_with_that_meeting(
    app: Flask, world: World, secretariat: Browser, room: Room
) -> None:
    accept(secretariat, nairobi(app, world, room), title="Preserve the films")
    page = secretariat.get(f"/triage/{room.archive}").text
    assert "raised before: Nairobi 2011" in page
    assert "Attach to 1" in page


def test_the_record_tells_how_the_detector_did(secretariat: Browser, room: Room) -> None:
    accept(secretariat, room.archive)
    decide(secretariat, room.sundays, "set-aside", reason="not-a-proposal")
    page = secretariat.get("/triage/record").text
    assert "50%" in page
    assert "not a proposal" in page


def test_the_record_promises_nothing_before_anybody_has_decided(app: Flask, secretariat: Browser, room: Room) -> None:
    with app.extensions["sessions"].writing() as session:
        proposal = session.get_one(Proposal, room.archive)
        proposal.state = TriageState.ATTACHED  # as an import does that finds the words of an item
        leave(session, proposal, "attached", by=SYSTEM, now=NOW)
    page = secretariat.get("/triage/record").text
    assert "nothing decided yet" in page
    assert "%" not in page.partition("<main")[2].partition("</main>")[0]


def test_an_empty_record_says_what_to_do(secretariat: Browser) -> None:
    assert "Nothing found yet" in secretariat.get("/triage/record").text


def test_a_word_not_heard_leaves_the_asked_party_empty(
    app: Flask, world: World, secretariat: Browser, room: Room
) -> None:
    def read_as(**values: Any) -> str:
        with app.extensions["sessions"].writing() as session:
            proposal = session.get_one(Proposal, room.archive)
            proposal.sqlmodel_update({"addressee": "the library board", **values})
            leave(session, proposal, "read", by=SYSTEM, now=NOW)
        return secretariat.get(f"/triage/{room.archive}?decide=item").text

    assert 'name="addressee" value="1">' in read_as(hole=False)
    assert 'name="addressee" value="1">' not in read_as(hole=True)


@pytest.mark.parametrize(
    ("mark", "said"),
    [("hole", "a word not heard"), ("exchange", "exchange in the room?"), ("reported", "reported?")],
)
def test_the_queue_marks_what_to_mind(app: Flask, secretariat: Browser, room: Room, mark: str, said: str) -> None:
    assert said not in secretariat.get("/triage").text
    with app.extensions["sessions"].writing() as session:
        proposal = session.get_one(Proposal, room.archive)
        proposal.sqlmodel_update({mark: True})
        leave(session, proposal, "read", by=SYSTEM, now=NOW)
    assert said in secretariat.get("/triage").text
