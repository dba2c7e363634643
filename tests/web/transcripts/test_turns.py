"""Who spoke, and passages marked by hand, on the pages of speakers and turns."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlmodel import col, select

from tests.web.browsing import Browser
from tests.web.room import ARCHIVE, PIANO, TEXT, Room, make_room
from tests.web.triage.triaging import name_rapporteur
from tests.web.world import World
from tracker.people.models import Label, Person
from tracker.proposals.models import Proposal, ProposalSource
from tracker.proposals.queries import entry
from tracker.transcripts.models import Turn


@pytest.fixture
def room(app: Flask, world: World) -> Room:
    """A room whose rapporteur is Rafa."""
    made = make_room(app, world)
    name_rapporteur(app, world.rapporteur, made.meeting)
    return made


def speaker(browser: Browser, seq: int) -> str | None:
    with browser.session() as session:
        return session.exec(
            select(Person.name).join(Turn, col(Turn.person_id) == col(Person.id)).where(col(Turn.seq) == seq)
        ).one_or_none()


def give(browser: Browser, room: Room, **values: Any) -> Any:
    data = {"label": "MS SILVA", "person": 0, "name": "", "instead_of": "", "remember": "y", **values}
    return browser.post(f"/transcripts/{room.transcript}/speakers?turn=2", data)


def mark(browser: Browser, room: Room, **values: Any) -> Any:
    data = {"version": 1, "sentences": [1], "kind": "offer", "title": "Buy a piano", **values}
    return browser.post(f"/transcripts/{room.transcript}/turns/3/mark", data)


def test_labels_that_are_nobodys_are_listed(secretariat: Browser, room: Room) -> None:
    page = secretariat.get(f"/transcripts/{room.transcript}/speakers").text
    assert "3 speakers still to identify" in page
    assert all(label in page for label in ("CHAIR", "MS SILVA", "MR BERG"))


def test_a_label_is_given_to_somebody_known(secretariat: Browser, world: World, room: Room) -> None:
    answer = give(secretariat, room, person=world.member)
    assert "Assigned 1 turn" in secretariat.follow(answer).text
    assert speaker(secretariat, 2) == "Mira Member"


def test_a_new_name_is_a_new_person_whose_label_it_is(secretariat: Browser, room: Room) -> None:
    give(secretariat, room, name=" Ana  Silva ")
    assert speaker(secretariat, 2) == "Ana Silva"
    with secretariat.session() as session:
        assert session.exec(select(Label.text)).all() == ["MS SILVA"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "Choose who speaks, or write a new name."),
        ({"person": 1, "name": "Ana Silva"}, "Choose somebody or write a new name, not both."),
        ({"name": "A" * 300}, "Field cannot be longer than 200 characters."),
        ({"person": 9999}, "Choose one from the list."),
    ],
)
def test_what_cannot_be_given_is_said_and_kept_as_typed(
    secretariat: Browser, room: Room, values: dict[str, Any], said: str
) -> None:
    answer = give(secretariat, room, **values)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert f'value="{values.get("name", "")}"' in answer.text
    assert speaker(secretariat, 2) is None


def test_a_label_that_another_has_given_meanwhile_is_shown_and_not_gone_over(
    secretariat: Browser, world: World, room: Room
) -> None:
    give(secretariat, room, person=world.chair)
    answer = give(secretariat, room, person=world.member)
    assert (answer.status_code, "as you saw it any more" in answer.text) == (409, True)
    assert speaker(secretariat, 2) == "Chen Chair"


def test_one_turn_is_given_alone(secretariat: Browser, world: World, room: Room) -> None:
    answer = secretariat.post(f"/transcripts/{room.transcript}/turns/1/speaker", {"version": 1, "person": world.chair})
    assert answer.location == f"/transcripts/{room.transcript}?turn=1#turn-1"
    assert speaker(secretariat, 1) == "Chen Chair"


def test_a_turn_given_as_it_stands_is_said(secretariat: Browser, room: Room) -> None:
    answer = secretariat.post(f"/transcripts/{room.transcript}/turns/1/speaker", {"version": 1, "person": 0})
    assert (answer.status_code, "That is how it stands already." in answer.text) == (422, True)


def test_a_rapporteur_marks_but_does_not_say_who_speaks(rapporteur: Browser, room: Room) -> None:
    page = rapporteur.get(f"/transcripts/{room.transcript}/turns/3")
    assert page.status_code == 200
    assert "Who speaks here" not in page.text
    assert (
        rapporteur.post(f"/transcripts/{room.transcript}/turns/3/speaker", {"version": 1, "person": 0}).status_code
        == 404
    )


def test_a_passage_is_marked_from_the_first_tick_to_the_last(rapporteur: Browser, room: Room) -> None:
    answer = mark(rapporteur, room, sentences=[0, 2])
    with rapporteur.session() as session:
        marked = session.exec(select(Proposal).where(col(Proposal.source) == ProposalSource.HAND)).one()
        assert entry(session, marked).quote == f"Well. {PIANO} Yes."
    start = TEXT.index("Well.")
    assert answer.location == f"/transcripts/{room.transcript}?at={start}-{len(TEXT)}#at"


def test_marking_needs_a_sentence_and_keeps_what_was_typed(rapporteur: Browser, room: Room) -> None:
    answer = mark(rapporteur, room, sentences=[])
    assert (answer.status_code, "Tick the first and the last sentence" in answer.text) == (422, True)
    assert 'value="Buy a piano"' in answer.text
    assert '<option selected value="offer">' in answer.text


def test_a_passage_that_is_there_already_is_said(rapporteur: Browser, room: Room) -> None:
    mark(rapporteur, room)
    answer = mark(rapporteur, room)
    assert (answer.status_code, "already in the queue" in answer.text) == (422, True)


def test_selected_words_tick_their_sentences(rapporteur: Browser, room: Room) -> None:
    page = rapporteur.get(f"/transcripts/{room.transcript}/turns/3", query_string={"words": "buy a\n piano. Y"}).text
    ticked = re.findall(r'<input checked id="sentences-(\d)"', page)
    assert ticked == ["1", "2"]


@pytest.mark.parametrize("path", ["/turns/9", "/turns/0"])
def test_a_turn_that_is_not_there_is_not_found(secretariat: Browser, room: Room, path: str) -> None:
    assert secretariat.get(f"/transcripts/{room.transcript}{path}").status_code == 404


def sent(browser: Browser, room: Room, what: str, seq: int = 1, **values: Any) -> Any:
    return browser.post(f"/transcripts/{room.transcript}/turns/{seq}/{what}", {"version": 1, **values})


def turns(browser: Browser) -> list[tuple[int, int | None]]:
    with browser.session() as session:
        return list(session.exec(select(Turn.seq, Turn.split_from).order_by(col(Turn.start))))


def test_a_turn_is_split_where_a_sentence_begins(secretariat: Browser, world: World, room: Room) -> None:
    answer = sent(secretariat, room, "split", at=TEXT.index(ARCHIVE), person=world.member)
    assert answer.location == f"/transcripts/{room.transcript}?turn=1#turn-1"
    assert turns(secretariat) == [(1, None), (4, 1), (2, None), (3, None)]
    assert speaker(secretariat, 4) == "Mira Member"


def test_a_turn_is_joined_with_the_next(secretariat: Browser, room: Room) -> None:
    sent(secretariat, room, "join", seq=2)
    assert turns(secretariat) == [(1, None), (2, None)]


@pytest.mark.parametrize("what", ["speaker", "split", "join", "capacity", "mark"])
def test_who_comes_second_sees_what_the_first_did(secretariat: Browser, world: World, room: Room, what: str) -> None:
    sent(secretariat, room, "speaker", person=world.chair)
    values = {"person": world.member, "at": TEXT.index(ARCHIVE), "sentences": [1], "kind": "offer"} | {
        "capacity": "",
        "channel": "",
    }
    answer = sent(secretariat, room, what, **values)
    assert (answer.status_code, "1 turn to Chen Chair" in answer.text) == (409, True)
    assert (speaker(secretariat, 1), len(turns(secretariat))) == ("Chen Chair", 3)


def test_for_whom_one_spoke_is_put_right(secretariat: Browser, room: Room) -> None:
    sent(secretariat, room, "capacity", capacity="coalition-or-group", capacity_of="the Mill Group", channel="remote")
    page = secretariat.get(f"/transcripts/{room.transcript}/turns/1").text
    assert ("Confirmed by a person." in page, 'value="the Mill Group"' in page) == (True, True)
