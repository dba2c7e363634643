"""The history of a milestone, a meeting, a person or a body, as its page tells it."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from tests.factories import NOW, SYSTEM, make_milestone, make_person
from tests.web.shelf import Shelf
from tracker.history import Actor, ChangeWay, Words, change, leave
from tracker.history_verbs import Verb
from tracker.web.app.change_history import LEFT_OUT, VERBS, TrailLine, trail


@pytest.fixture(autouse=True)
def page(app: Flask, shelf: Shelf) -> Iterator[None]:
    with app.test_request_context("/milestones"):
        yield


def moved(shelf: Shelf, by: Actor = SYSTEM, **values: object) -> list[TrailLine]:
    """The trail of a milestone after it was moved once."""
    with shelf.writing() as session:
        milestone = make_milestone(session, shelf.board(session))
        key = milestone.history_key()
        changed = values or {"starts_on": date(2013, 3, 4), "ends_on": date(2013, 3, 5)}
        change(session, milestone, changed, Verb.MOVED, by=by, now=NOW, body_id=milestone.body_id)
    return trail(key)


def test_a_moved_milestone_tells_both_days_of_each_end(shelf: Shelf) -> None:
    newest = moved(shelf)[0]
    assert newest.text == "moved it"
    assert newest.changes == [
        ("First day", "Thu 28 Feb 2013", "Mon 4 Mar 2013"),
        ("Last day", "Thu 28 Feb 2013", "Tue 5 Mar 2013"),
    ]


def test_what_no_person_did_was_done_by_the_program(shelf: Shelf) -> None:
    assert moved(shelf)[0].who == "Intersession"


def test_a_person_is_named_for_what_they_did(shelf: Shelf) -> None:
    with shelf.writing() as session:
        ana = make_person(session, "Ana Silva", email="ana.silva@example.org")
        by = Actor(ana.id, ChangeWay.BROWSER)
    assert moved(shelf, by)[0].who == "Ana Silva"


def test_what_was_removed_leaves_a_dash(shelf: Shelf) -> None:
    with shelf.writing() as session:
        milestone = make_milestone(session, shelf.board(session), place="Paris")
        values = {"place": None}
        change(session, milestone, values, Verb.EDITED, by=SYSTEM, now=NOW, body_id=milestone.body_id)
        key = milestone.history_key()
    assert trail(key)[0].changes == [("Place", "Paris", "–")]


def test_a_value_that_stays_is_no_change(shelf: Shelf) -> None:
    labels = [label for label, _before, _after in moved(shelf, title="May consultations")[0].changes]
    assert labels == ["Title"]


def test_words_are_read_where_they_are_kept(shelf: Shelf) -> None:
    with shelf.writing() as session:
        milestone = make_milestone(session, shelf.board(session))
        after = {"reason": Words("The *hall* is flooded.")}
        leave(session, milestone, Verb.CANCELLED, by=SYSTEM, now=NOW, body_id=milestone.body_id, after=after)
        key = milestone.history_key()
    line = trail(key)[0]
    assert (line.text, line.changes) == ("cancelled it", [("Reason", "", "The hall is flooded.")])


def test_what_belongs_to_nobody_else_is_left_out(shelf: Shelf) -> None:
    with shelf.writing() as session:
        person = make_person(session, "Bo Berg", email="bo@example.org")
        leave(session, person, Verb.PASSWORD_SET, by=SYSTEM, now=NOW)
        key = person.history_key()
    assert [line for line in trail(key) if "password" in line.text] == []


def test_a_verb_is_told_or_left_out_and_every_sentence_follows_a_name() -> None:
    assert not VERBS.keys() & LEFT_OUT.keys()
    assert [text for text in map(str, VERBS.values()) if not text[0].islower() or text.endswith(".")] == []
