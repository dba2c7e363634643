"""The speakers' desk: doubts, proposals and introductions are settled with one button each, and can be undone."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlmodel import col, select

from tests.factories import NOW, SYSTEM
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.room import ARCHIVE, SUNDAYS, make_room
from tests.web.world import World
from tracker.history import Event, leave
from tracker.history_verbs import Verb
from tracker.items.create import NewItem
from tracker.items.models import ItemKind
from tracker.people.models import Person
from tracker.proposals.models import Proposal
from tracker.transcripts.models import Introduction, SpeakerDoubt, Transcript, Turn
from tracker.transcripts.speakers.self_introductions import Introduced
from tracker.transcripts.speakers.speaker_candidates import note_candidates
from tracker.triage.decisions import accept as accept_proposal

NAME = "My name is Bo Berg, from the Mill. "
TEXT = f"CHAIR: {ARCHIVE}\n\nMS SILVA: {SUNDAYS}\n\nNEW SPEAKER: {NAME}Good.\n\nMIRA MEMBR: Yes.\n\nMS SYLVA: No."


@dataclass(frozen=True)
class Desk:
    """A transcript with one doubt and one introduction."""

    path: str
    doubt: int
    heard: int


@pytest.fixture
def desk(app: Flask, world: World) -> Desk:
    room = make_room(app, world, TEXT)
    with app.extensions["sessions"].writing() as session:
        transcript = session.get_one(Transcript, room.transcript)
        session.exec(select(Turn).where(col(Turn.label) == "NEW SPEAKER")).one().speaker = "Bo Berg"
        start = TEXT.index(NAME)
        said = [Introduced(3, start, start + len(NAME) - 2, "Bo Berg", "the Mill", "civil-society")]
        note_candidates(session, transcript, said, [("MS SILVA", "MS SYLVA")], by=SYSTEM, now=NOW)
        session.flush()
        doubt, heard = session.exec(select(SpeakerDoubt)).one(), session.exec(select(Introduction)).one()
        return Desk(f"/transcripts/{room.transcript}", doubt.id, heard.id)


def who(browser: Browser) -> list[str | None]:
    with browser.session() as session:
        found = select(Person.name).select_from(Turn).outerjoin(Person, col(Turn.person_id) == col(Person.id))
        return list(session.exec(found.order_by(col(Turn.start))))


def settle(browser: Browser, desk: Desk, answer: str = "same", **values: str) -> Any:
    return browser.post(f"{desk.path}/doubts/{desk.doubt}", {"version": 1, "answer": answer, **values})


def accept(browser: Browser, desk: Desk, **values: Any) -> Any:
    said = {"version": 1, "name": "Bo Berg", "affiliation": "the Mill", "stakeholder_group": "unknown", "person": 0}
    return browser.post(f"{desk.path}/introductions/{desk.heard}", {**said, "keep": "", **values})


def undo(browser: Browser, desk: Desk) -> Any:
    event = re.findall(r'name="event" value="(\d+)"', browser.get(f"{desk.path}/speakers").text)[0]
    return browser.post(f"{desk.path}/undo", {"event": event})


def test_doubts_come_first_then_proposals_then_the_rest(secretariat: Browser, desk: Desk) -> None:
    page = secretariat.get(f"{desk.path}/speakers").text
    headings = ("One person or two?", "Suggested speakers", "How speakers", "Speakers to identify")
    places = [page.index(text) for text in headings]
    assert places == sorted(places)


def test_who_is_identified_is_folded_and_the_first_introduction_is_open(
    secretariat: Browser, world: World, desk: Desk
) -> None:
    give(secretariat, desk, 2, label="MS SILVA", person=world.chair)
    page = secretariat.get(f"{desk.path}/speakers").text
    above, folded = page.split('<details class="fold">')
    assert "1 label is identified" in folded
    row = "<span>Chen Chair</span>"
    assert (row in above, row in folded) == (False, True)
    assert page.count('<details name="heard" open>') == 1


def test_one_person_is_said_with_one_button(secretariat: Browser, world: World, desk: Desk) -> None:
    settle(secretariat, desk)
    data = {"label": "MS SILVA", "person": world.chair, "name": "", "instead_of": "", "remember": "y"}
    secretariat.post(f"{desk.path}/speakers?turn=2", data)
    assert who(secretariat) == [None, "Chen Chair", None, None, "Chen Chair"]


def test_a_doubt_once_settled_is_gone_and_comes_back(secretariat: Browser, desk: Desk) -> None:
    page = secretariat.follow(settle(secretariat, desk, "different")).text
    assert ("One person or two?" in page, "are two people" in page) == (False, True)
    assert "One person or two?" in secretariat.follow(undo(secretariat, desk)).text


def test_the_second_who_settles_a_doubt_is_told(secretariat: Browser, desk: Desk) -> None:
    settle(secretariat, desk)
    answer = settle(secretariat, desk, "different")
    assert (answer.status_code, "are one person" in answer.text) == (409, True)


@pytest.mark.parametrize("other", ["9" * 5_000 + "=1", "9" * 40 + "=1", "²=1"])
def test_a_further_doubt_that_cannot_be_is_none(secretariat: Browser, desk: Desk, other: str) -> None:
    assert settle(secretariat, desk, others=other).status_code == 302


def test_a_likeness_is_proposed_and_taken_with_one_button(secretariat: Browser, world: World, desk: Desk) -> None:
    assert f'name="only" value="4={world.member}"' in secretariat.get(f"{desk.path}/speakers").text
    assert who(secretariat)[3] is None
    secretariat.post(f"{desk.path}/speakers/accept", {"only": f"4={world.member}", "remember": "y"})
    assert who(secretariat)[3] == "Mira Member"


def test_a_role_is_proposed_with_why(secretariat: Browser, desk: Desk) -> None:
    page = secretariat.get(f"{desk.path}/speakers").text
    assert re.search(r"gave this name in turn\s+<a href=\"[^\"]+\">3</a>", page)


def test_all_that_are_sure_are_accepted_and_undone_at_once(app: Flask, secretariat: Browser, desk: Desk) -> None:
    with app.extensions["sessions"].writing() as session:
        for seq, name in ((1, "Ana Lind"), (4, "Kim Okoro")):
            named = sa.update(Turn).where(col(Turn.seq) == seq).values(label=name.upper(), speaker=name)
            session.connection().execute(named)
    page = secretariat.get(f"{desk.path}/speakers").text
    form = page.partition("Marked as sure")[0].rpartition("<form")[2]
    sure = re.findall(r'name="take" value="([^"]+)"', form)
    assert ("Accept all 2 that are sure" in page, sure) == (True, ["1=0", "4=0"])
    secretariat.post(f"{desk.path}/speakers/accept", {"take": sure, "remember": "y"})
    assert who(secretariat) == ["Ana Lind", None, None, "Kim Okoro", None]
    page = secretariat.get(f"{desk.path}/speakers").text
    assert page.index("Last decision:") < page.index("Suggested speakers")
    page = secretariat.follow(undo(secretariat, desk)).text
    assert (who(secretariat), "Last decision:" in page) == ([None] * 5, False)


def test_a_role_or_a_name_in_question_is_never_sure(secretariat: Browser, desk: Desk) -> None:
    assert "that are sure" not in secretariat.get(f"{desk.path}/speakers").text


def test_several_are_accepted_at_once(secretariat: Browser, world: World, desk: Desk) -> None:
    secretariat.post(f"{desk.path}/speakers/accept", {"take": [f"4={world.member}", "3=0"]})
    assert who(secretariat) == [None, None, "Bo Berg", "Mira Member", None]


@pytest.mark.parametrize("take", ["3=77", "99=0", "2=1"])
def test_what_is_no_longer_proposed_is_not_taken(secretariat: Browser, desk: Desk, take: str) -> None:
    answer = secretariat.post(f"{desk.path}/speakers/accept", {"only": take})
    assert (answer.status_code, "settled meanwhile" in answer.text) == (409, True)


@pytest.mark.parametrize("take", ["", "x", "3=", "=1", "²=1", "9" * 5_000 + "=0", f"3={'9' * 40}"])
def test_something_must_be_ticked(secretariat: Browser, desk: Desk, take: str) -> None:
    answer = secretariat.post(f"{desk.path}/speakers/accept", {"take": take})
    assert (answer.status_code, "Tick the speakers you accept." in answer.text) == (422, True)


def test_an_assignment_is_undone(secretariat: Browser, world: World, desk: Desk) -> None:
    secretariat.post(f"{desk.path}/speakers/accept", {"only": f"4={world.member}", "remember": "y"})
    undo(secretariat, desk)
    assert who(secretariat)[3] is None


def names(browser: Browser) -> set[str]:
    with browser.session() as session:
        return set(session.exec(select(Person.name)))


def give(browser: Browser, desk: Desk, turn: int, **values: Any) -> None:
    browser.post(f"{desk.path}/speakers?turn={turn}", {"person": 0, "name": "", "instead_of": "", **values})


@pytest.mark.parametrize("is_introduction", [True, False])
def test_whom_a_decision_added_goes_when_it_is_undone(
    secretariat: Browser, desk: Desk, *, is_introduction: bool
) -> None:
    before = names(secretariat)
    if is_introduction:
        accept(secretariat, desk)
    else:
        secretariat.post(f"{desk.path}/speakers/accept", {"only": "3=0", "remember": "y"})
    assert names(secretariat) - before == {"Bo Berg"}
    page = secretariat.follow(undo(secretariat, desk)).text
    assert "only this decision had added them: Bo Berg" in page
    assert names(secretariat) == before
    with secretariat.session() as session:
        lines = session.exec(select(Event.subject).where(col(Event.verb) == Verb.REMOVED)).all()
    assert [line.partition(":")[0] for line in lines] == ["party", "person"]


def test_whom_another_decision_names_stays_until_that_is_undone_too(secretariat: Browser, desk: Desk) -> None:
    before = names(secretariat)
    give(secretariat, desk, 2, label="MS SILVA", name="Ana Silva")
    with secretariat.session() as session:
        ana = session.exec(select(Person.id).where(col(Person.name) == "Ana Silva")).one()
    give(secretariat, desk, 1, label="CHAIR", person=ana)
    first, second = re.findall(r'name="event" value="(\d+)"', secretariat.get(f"{desk.path}/speakers").text)[::-1]
    page = secretariat.follow(secretariat.post(f"{desk.path}/undo", {"event": first})).text
    assert "something else names them by now: Ana Silva" in page
    secretariat.post(f"{desk.path}/undo", {"event": second})
    assert names(secretariat) == before


def test_whom_the_history_of_an_item_names_stays(app: Flask, secretariat: Browser, world: World, desk: Desk) -> None:
    give(secretariat, desk, 2, label="MS SILVA", name="Ana Silva")
    with app.extensions["sessions"].writing() as session:
        proposal = session.exec(select(Proposal).where(col(Proposal.title) == "Open on Sundays")).one()
        accept_proposal(session, proposal, NewItem("Open", ItemKind.CALL), body_id=world.register, by=SYSTEM, now=NOW)
    assert "something else names them by now: Ana Silva" in secretariat.follow(undo(secretariat, desk)).text
    assert "Ana Silva" in secretariat.get("/items/1/history").text


def test_who_was_in_the_register_before_stays_without_a_word(secretariat: Browser, world: World, desk: Desk) -> None:
    give(secretariat, desk, 2, label="MS SILVA", person=world.chair)
    assert "register" not in plain(secretariat.follow(undo(secretariat, desk)).text).partition("Speakers")[0]
    assert "Chen Chair" in names(secretariat)


@pytest.mark.parametrize("event", ["9223372036854775808", "-1", "0", "x"])
def test_no_event_has_such_a_number(secretariat: Browser, desk: Desk, event: str) -> None:
    assert 400 <= secretariat.post(f"{desk.path}/undo", {"event": event}).status_code < 500


def test_an_introduction_is_put_right_and_accepted(secretariat: Browser, desk: Desk) -> None:
    assert 'value="the Mill"' in secretariat.get(f"{desk.path}/introductions/{desk.heard}").text
    accept(secretariat, desk, name="Beau Berg")
    assert who(secretariat)[2] == "Beau Berg"


def test_two_affiliations_are_shown_to_choose_from(app: Flask, secretariat: Browser, world: World, desk: Desk) -> None:
    with app.extensions["sessions"].writing() as session:
        mira = session.get_one(Person, world.member)
        mira.affiliation = "the Weir"
        leave(session, mira, "edited", by=SYSTEM, now=NOW)
    answer = accept(secretariat, desk, person=world.member)
    assert answer.status_code == 422
    assert "On record is “the Weir”, heard was “the Mill”. Choose one." in answer.text
    accept(secretariat, desk, person=world.member, keep="kept")
    assert who(secretariat)[2] == "Mira Member"


def test_an_introduction_is_dismissed_and_waits_again(secretariat: Browser, desk: Desk) -> None:
    secretariat.post(f"{desk.path}/introductions/{desk.heard}/dismiss", {"version": 1})
    assert "How speakers introduce" not in secretariat.get(f"{desk.path}/speakers").text
    assert "How speakers introduce" in secretariat.follow(undo(secretariat, desk)).text


def test_a_decided_introduction_is_not_decided_again(secretariat: Browser, desk: Desk) -> None:
    accept(secretariat, desk)
    assert accept(secretariat, desk).status_code == 409
    answer = secretariat.post(f"{desk.path}/introductions/{desk.heard}/dismiss", {"version": 1})
    assert answer.status_code == 409


@pytest.mark.parametrize("path", ["doubts/99", "introductions/99", "introductions/99/dismiss"])
def test_what_is_not_there_is_not_found(secretariat: Browser, desk: Desk, path: str) -> None:
    assert secretariat.post(f"{desk.path}/{path}", {"version": 1}).status_code == 404


def test_another_registers_secretariat_settles_nothing(stranger_member: Browser, desk: Desk) -> None:
    assert settle(stranger_member, desk).status_code == 404


def test_an_item_made_before_its_speaker_is_known_names_them_later(
    app: Flask, secretariat: Browser, world: World, desk: Desk
) -> None:
    with app.extensions["sessions"].writing() as session:
        proposal = session.exec(select(Proposal).where(col(Proposal.title) == "Open on Sundays")).one()
        new = NewItem("Open on Sundays", ItemKind.CALL)
        number = accept_proposal(session, proposal, new, body_id=world.register, by=SYSTEM, now=NOW).number
    assert "Proposer not known" in secretariat.get(f"/items/{number}").text
    label = {"label": "MS SILVA", "person": world.chair, "name": "", "instead_of": ""}
    secretariat.post(f"{desk.path}/speakers?turn=2", label)
    assert "Put forward by Chen Chair" in secretariat.get(f"/items/{number}").text
    undo(secretariat, desk)
    assert "Proposer not known" in secretariat.get(f"/items/{number}").text
    page = secretariat.get(f"/items/{number}/history").text
    assert page.count("settled who speaks in its passage") == 2


def test_one_person_under_two_spellings_is_one_question(app: Flask, secretariat: Browser, desk: Desk) -> None:
    with app.extensions["sessions"].writing() as session:
        for seq, name in ((1, "Ana Lindberg"), (2, "Anna Lindbergh")):
            named = sa.update(Turn).where(col(Turn.seq) == seq).values(label=name.upper(), speaker=name)
            session.connection().execute(named)
    page = secretariat.get(f"{desk.path}/speakers").text
    assert 'name="only" value="1=0 2=0"' in page
    secretariat.post(f"{desk.path}/speakers/accept", {"only": "1=0 2=0"})
    assert len({*who(secretariat)[:2]}) == 1
    undo(secretariat, desk)
    assert who(secretariat)[:2] == [None, None]


def test_two_names_for_one_voice_are_one_question(app: Flask, secretariat: Browser, desk: Desk) -> None:
    with app.extensions["sessions"].writing() as session:
        named = sa.update(Turn).where(col(Turn.seq) == 3).values(label="BERND BORK", speaker="Bernd Bork")
        session.connection().execute(named)
    page = secretariat.get(f"{desk.path}/speakers").text
    assert "or Bo Berg, as they say" in page
    assert ("How speakers introduce" in page, "that is sure" in page) == (False, False)


def test_a_given_name_alone_is_no_other_name(app: Flask, secretariat: Browser, desk: Desk) -> None:
    with app.extensions["sessions"].writing() as session:
        session.connection().execute(sa.update(Introduction).values(name="Bo"))
    page = secretariat.get(f"{desk.path}/speakers").text
    assert ("as they say" in page, "How speakers introduce" in page) == (False, True)


def test_two_candidates_of_one_label_are_settled_together(app: Flask, secretariat: Browser, desk: Desk) -> None:
    with app.extensions["sessions"].writing() as session:
        transcript = session.exec(select(Transcript)).one()
        note_candidates(session, transcript, [], [("MS SILVA", "MIRA MEMBR")], by=SYSTEM, now=NOW)
        session.flush()
        second = session.exec(select(SpeakerDoubt.id).where(col(SpeakerDoubt.id) != desk.doubt)).one()
    page = secretariat.get(f"{desk.path}/speakers").text
    assert (page.count("are one person"), page.count("<h3>MS SILVA</h3>")) == (2, 1)
    form = {"version": 1, "answer": "different", "others": [f"{second}=1"], "same": [str(desk.doubt)]}
    page = secretariat.follow(secretariat.post(f"{desk.path}/doubts/{desk.doubt}", form)).text
    assert ("One person or two?" in page, page.count('name="event"')) == (False, 1)
    with secretariat.session() as session:
        states = {doubt.id: doubt.state.value for doubt in session.exec(select(SpeakerDoubt))}
    assert states == {desk.doubt: "same", second: "different"}
    assert "One person or two?" in secretariat.follow(undo(secretariat, desk)).text
