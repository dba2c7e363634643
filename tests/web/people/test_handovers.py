"""A year handed over in the browser: offered with one mail, taken on one page, taken back, done for many at once."""

from collections import Counter
from datetime import date

import pytest
from sqlmodel import col, select

from tests.factories import NOW, SYSTEM, TODAY, make_item, make_ownership, make_person, make_term, party_of
from tests.mail.expected import assert_mail_as_expected
from tests.statements import statements
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.shelf import Shelf
from tracker.erasure.erase_person import erase_everywhere
from tracker.handovers.models import Handover, HandoverPart, PartingNote
from tracker.history import leave
from tracker.items.party_models import Ownership, OwnerState
from tracker.mail.models import Outgoing
from tracker.people.models import Party, Person, Term
from tracker.updates.changes import record, undo_update

LAST = date(2012, 12, 31)


def end(shelf: Shelf, name: str = "member", last_day: date = LAST) -> str:
    """Let somebody's role end, and return their slug."""
    with shelf.writing() as session:
        person = shelf.person(session, name)
        term = session.exec(select(Term).where(col(Term.person_id) == person.id)).one()
        term.last_day = last_day
        leave(session, term, "made", by=SYSTEM, now=NOW)
        return person.slug


@pytest.fixture
def leaver(shelf: Shelf) -> str:
    """The slug of Mira, who owns one item with a passage and one without, and leaves."""
    shelf.owned(title="Buy lamps", own_due_on=date(2013, 2, 14))
    with shelf.item(shelf.cited(title="Open on Sundays")) as (session, item):
        make_ownership(session, item, shelf.party(session, "member"))
        record(session, item, shelf.person(session, "member"), "The key is with Bo.", by=SYSTEM, now=NOW)
    return end(shelf)


def offer(secretariat: Browser, shelf: Shelf, slug: str, **values: object) -> str:
    """Offer all of it to Chen, and return the address of the last handover."""
    form = {"successor": str(shelf.world.chair), "note": "Welcome.", **values}
    secretariat.follow(secretariat.post(f"/handovers/from/{slug}/offer", form))
    with shelf.writing() as session:
        return f"/handovers/{session.exec(select(Handover.id).order_by(col(Handover.id).desc())).first()}"


def owners(shelf: Shelf) -> Counter[str]:
    """Who owns how many items."""
    with shelf.writing() as session:
        rows = session.exec(
            select(Person.name)
            .join(Party, col(Party.person_id) == col(Person.id))
            .join(Ownership, col(Ownership.party_id) == col(Party.id))
            .where(col(Ownership.state) == OwnerState.ACCEPTED)
        )
        return Counter(rows)


def mails(shelf: Shelf) -> list[str]:
    with shelf.writing() as session:
        rows = session.exec(select(Outgoing).order_by(col(Outgoing.id)))
        return [f"{row.subject}\n\n{row.text}" for row in rows]


def test_whoever_leaves_is_listed_with_what_they_owe(secretariat: Browser, leaver: str) -> None:
    page = plain(secretariat.get("/handovers").text.split("<main", 1)[1])
    assert "Mira Member" in page
    assert "Mon 31 Dec 2012 in 7 weeks 2 Hand over" in page
    assert "Sara Secretary" not in page


def test_the_page_of_whoever_leaves_tells_the_story_of_each_item(secretariat: Browser, leaver: str) -> None:
    page = plain(secretariat.get(f"/handovers/from/{leaver}").text)
    assert "next: Thursday 14 February 2013" in page
    assert "Let us buy lamps" in page
    assert "The key is with Bo." in page


def test_the_story_leaves_out_what_was_taken_back(shelf: Shelf, secretariat: Browser, leaver: str) -> None:
    with shelf.item(2) as (session, item):
        mira = shelf.person(session, "member")
        wrong = record(session, item, mira, "The key is lost.", by=SYSTEM, now=NOW)
        undo_update(session, wrong, mira, by=SYSTEM, now=NOW)
    page = secretariat.get(f"/handovers/from/{leaver}").text
    assert "The key is with Bo." in page
    assert "The key is lost." not in page
    assert page.split('class="history"')[1].split("</ol>")[0].count("<li>") == 1


def test_what_is_offered_comes_with_one_mail_and_passes_only_when_taken(
    shelf: Shelf, secretariat: Browser, chair: Browser, leaver: str
) -> None:
    address = offer(secretariat, shelf, leaver)
    assert len(mails(shelf)) == 1
    assert owners(shelf) == {"Mira Member": 2}
    assert "take all 2" in chair.get(address).text
    chair.follow(chair.post(f"{address}/take"))
    assert owners(shelf) == {"Chen Chair": 2}


def test_the_mail_reads_as_expected(shelf: Shelf, secretariat: Browser, leaver: str) -> None:
    offer(secretariat, shelf, leaver)
    with shelf.writing() as session:
        mail = session.exec(select(Outgoing)).one()
        assert_mail_as_expected("handover", mail.subject, mail.text, mail.html)


def test_one_is_taken_and_one_declined_which_comes_back(
    shelf: Shelf, secretariat: Browser, chair: Browser, leaver: str
) -> None:
    address = offer(secretariat, shelf, leaver)
    chair.post(f"{address}/take", {"part": "1"})
    page = chair.follow(chair.post(f"{address}/decline", {"part": "2", "message": "Not my field"}))
    assert "declined by Chen Chair" in page.text
    assert owners(shelf) == {"Mira Member": 1, "Chen Chair": 1}
    assert "1 declined: choose somebody else" in secretariat.get("/handovers").text
    assert "Not my field" in secretariat.get(f"/handovers/from/{leaver}").text


def test_each_item_may_go_to_another_or_to_nobody(shelf: Shelf, secretariat: Browser, leaver: str) -> None:
    offer(secretariat, shelf, leaver, **{"to-owns-1": str(shelf.world.rapporteur), "to-owns-2": "nobody"})
    with shelf.writing() as session:
        assert [one.to_id for one in session.exec(select(Handover))] == [shelf.world.rapporteur]


def test_offering_twice_mails_once(shelf: Shelf, secretariat: Browser, leaver: str) -> None:
    offer(secretariat, shelf, leaver)
    again = secretariat.post(f"/handovers/from/{leaver}/offer", {"successor": str(shelf.world.chair)})
    assert again.status_code == 422
    assert len(mails(shelf)) == 1


def test_an_offer_without_anybody_says_what_to_do(secretariat: Browser, leaver: str) -> None:
    answer = secretariat.post(f"/handovers/from/{leaver}/offer", {"successor": ""})
    assert answer.status_code == 422
    assert "Choose a successor" in answer.text


def test_an_offer_is_taken_back(shelf: Shelf, secretariat: Browser, chair: Browser, leaver: str) -> None:
    address = offer(secretariat, shelf, leaver)
    assert "2 offers are withdrawn" in secretariat.follow(secretariat.post(f"{address}/withdraw")).text
    assert "I take" not in chair.get(address).text
    again = secretariat.follow(secretariat.post(f"{address}/withdraw"))
    assert "answered already" in again.text


@pytest.mark.parametrize("name", ["member", "rapporteur", "stranger_member", "operator"])
def test_a_handover_is_nobody_elses(
    shelf: Shelf, secretariat: Browser, leaver: str, name: str, request: pytest.FixtureRequest
) -> None:
    address = offer(secretariat, shelf, leaver)
    other: Browser = request.getfixturevalue(name)
    assert other.get(address).status_code == 404
    assert other.post(f"{address}/take").status_code == 404
    assert owners(shelf) == {"Mira Member": 2}


def test_the_secretariat_does_not_take_it_for_them(shelf: Shelf, secretariat: Browser, leaver: str) -> None:
    assert secretariat.post(f"{offer(secretariat, shelf, leaver)}/take").status_code == 404


def test_whoever_leaves_writes_what_the_next_should_know(
    shelf: Shelf, secretariat: Browser, member: Browser, chair: Browser, leaver: str
) -> None:
    assert 'form="notes"' in member.get(f"/handovers/from/{leaver}").text
    member.follow(member.post(f"/handovers/from/{leaver}/notes", {"note-1": "Ask the *mill*.", "seen-1": "0"}))
    assert "Ask the <em>mill</em>." in chair.get(offer(secretariat, shelf, leaver)).text


def test_a_note_saved_in_another_tab_is_shown_beside_what_is_typed(shelf: Shelf, member: Browser, leaver: str) -> None:
    member.post(f"/handovers/from/{leaver}/notes", {"note-1": "First", "seen-1": "0"})
    answer = member.post(f"/handovers/from/{leaver}/notes", {"note-1": "Second", "seen-1": "0"})
    assert answer.status_code == 409
    assert "First" in answer.text
    assert "Second" in answer.text
    with shelf.writing() as session:
        assert session.exec(select(PartingNote.text)).all() == ["First"]


@pytest.mark.parametrize("name", ["chair", "secretariat"])
def test_nobody_writes_another_ones_notes(shelf: Shelf, leaver: str, name: str, request: pytest.FixtureRequest) -> None:
    browser: Browser = request.getfixturevalue(name)
    assert browser.post(f"/handovers/from/{leaver}/notes", {"note-1": "No"}).status_code == 404


def test_whoever_begins_later_is_told_from_when_on(shelf: Shelf, secretariat: Browser, leaver: str) -> None:
    with shelf.writing() as session:
        new = make_person(session, "Nia New")
        make_term(session, new, shelf.board(session), first_day=date(2013, 1, 1))
        number = new.id
    address = offer(secretariat, shelf, leaver, successor=str(number))
    page = Browser(shelf.app, number).get(address).text
    assert "Tuesday 1 January 2013" in page
    assert "Buy lamps" not in page
    assert "Buy lamps" not in mails(shelf)[0]
    assert "Tuesday 1 January 2013" in mails(shelf)[0]


def test_the_statements_of_the_page_do_not_grow_with_the_items(shelf: Shelf, secretariat: Browser, leaver: str) -> None:
    counts = []
    for _ in range(2):
        with statements(shelf.app) as seen:
            secretariat.get(f"/handovers/from/{leaver}")
        counts.append(len(seen))
        for _ in range(4):
            shelf.owned(title="More")
    assert counts[0] == counts[1]


def test_my_page_says_that_the_role_ends_and_what_is_offered(
    shelf: Shelf, secretariat: Browser, member: Browser, chair: Browser, leaver: str
) -> None:
    assert "Your role here ends on Monday 31 December 2012." in member.get("/").text
    assert "2</span> duties to hand over" in secretariat.get("/").text
    offer(secretariat, shelf, leaver)
    assert "Mira Member is leaving and offers you 2 duties." in chair.get("/").text
    assert "duties to hand over" not in secretariat.get("/").text


def test_erasing_empties_what_was_said_in_a_handover(
    shelf: Shelf, secretariat: Browser, member: Browser, chair: Browser, leaver: str
) -> None:
    member.post(f"/handovers/from/{leaver}/notes", {"note-1": "Ask Bo", "seen-1": "0"})
    address = offer(secretariat, shelf, leaver)
    chair.post(f"{address}/decline", {"part": "1", "message": "Ill"})
    with shelf.writing() as session:
        for name in ("member", "chair"):
            erase_everywhere(session, shelf.person(session, name), "asked", today=TODAY, by=SYSTEM, now=NOW)
    with shelf.writing() as session:
        assert session.exec(select(PartingNote.text)).all() == [""]
        assert set(session.exec(select(HandoverPart.answer))) == {None}


@pytest.fixture
def many(shelf: Shelf) -> list[int]:
    """Three who serve and own an item each, and three who come in January; the numbers of the first three."""
    with shelf.writing() as session:
        board, leaving = shelf.board(session), []
        for number, group in enumerate(("academia", "media", "government")):
            old = make_person(session, f"Old{number} Member", stakeholder_group=group)
            make_term(session, old, board)
            make_ownership(session, make_item(session, board), party_of(session, old))
            new = make_person(session, f"New{number} Member", stakeholder_group=group)
            make_term(session, new, board, first_day=date(2013, 1, 1))
            leaving.append(old.id)
        return leaving


YEAR = {"body": "library-board", "last_day": "2012-12-31"}


def test_a_year_is_changed_in_three_steps(shelf: Shelf, secretariat: Browser, many: list[int]) -> None:
    ticks = {"leaves": [str(number) for number in many], **{f"to-{number}": str(number + 1) for number in many}}
    shown = secretariat.post("/handovers/year/preview", {**YEAR, **ticks})
    assert "3 people leave Library Board" in shown.text
    seen = shown.text.split('name="seen" value="')[1][:16]
    assert mails(shelf) == []
    page = secretariat.follow(secretariat.post("/handovers/year", {**YEAR, **ticks, "seen": seen})).text
    assert "3 roles end on that day, and 3 handovers are offered." in page
    assert len(mails(shelf)) == 3


def test_successors_are_proposed_by_group(shelf: Shelf, secretariat: Browser, many: list[int]) -> None:
    ticks = {"leaves": [str(number) for number in many], "suggest": "1"}
    page = secretariat.post("/handovers/year/preview", {**YEAR, **ticks}).text
    chosen = [page.split(f'name="to-{number}"')[1].split("selected ")[1].split(">")[1].split("<")[0] for number in many]
    assert chosen == ["New0 Member", "New1 Member", "New2 Member"]


def test_a_successor_s_name_that_is_not_clear_is_asked_about(
    shelf: Shelf, secretariat: Browser, many: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.web.app.pick_field.MOST_IN_SELECT", 2)
    ticks = {"leaves": [str(number) for number in many], f"to-{many[0]}-name": "new"}
    answer = secretariat.post("/handovers/year/preview", {**YEAR, **ticks})
    assert answer.status_code == 422
    assert "Which one do you mean by “new”?" in answer.text
    assert answer.text.count("<datalist") == 1  # the names are drawn once for all seats


def test_whose_role_ends_by_that_day_is_ticked(shelf: Shelf, secretariat: Browser) -> None:
    end(shelf)
    page = secretariat.get("/handovers/year", query_string=YEAR).text
    assert page.count(" checked>") == 1


def test_a_change_since_the_preview_is_shown_before_it_is_done(
    shelf: Shelf, secretariat: Browser, many: list[int]
) -> None:
    ticks = {"leaves": [str(many[0])]}
    seen = secretariat.post("/handovers/year/preview", {**YEAR, **ticks}).text.split('name="seen" value="')[1][:16]
    with shelf.writing() as session:
        old = session.get_one(Person, many[0])
        make_ownership(session, make_item(session, shelf.board(session)), party_of(session, old))
    answer = secretariat.post("/handovers/year", {**YEAR, **ticks, "seen": seen})
    assert answer.status_code == 409
    assert "meanwhile" in answer.text


@pytest.mark.parametrize("form", [{}, {**YEAR, "last_day": "soon"}, {**YEAR, "body": "park-board"}, YEAR])
def test_a_change_that_cannot_be_shown_says_why(secretariat: Browser, form: dict[str, str]) -> None:
    answer = secretariat.post("/handovers/year/preview", form)
    assert answer.status_code == 422


@pytest.mark.parametrize("wrong", [{"last_day": ""}, {"body": "park-board"}])
def test_a_year_without_its_day_or_body_is_asked_for_again(secretariat: Browser, wrong: dict[str, str]) -> None:
    assert secretariat.post("/handovers/year", {**YEAR, **wrong}).status_code == 422
