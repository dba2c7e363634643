"""The reader: turns in order, passages with what became of them, the file byte for byte."""

import re

import pytest
from flask import Flask
from sqlmodel import select

from tests.factories import NOW, SYSTEM
from tests.web.browsing import Browser
from tests.web.hostile import PAYLOADS, acting
from tests.web.room import ARCHIVE, SUNDAYS, TEXT, Room, make_board_item, make_room
from tests.web.world import World
from tracker.history import leave
from tracker.items.models import Item, Relation
from tracker.meetings.models import Visibility
from tracker.proposals.models import AsideReason, Proposal
from tracker.transcripts.models import Turn
from tracker.triage.changes import set_aside
from tracker.triage.decisions import attach


@pytest.fixture
def room(app: Flask, world: World) -> Room:
    return make_room(app, world)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def tags(html: str) -> list[str]:
    return re.findall(r'class="fate"[^>]*>([^<]*)<', html)


def test_turns_stand_in_order_each_with_its_link(member: Browser, room: Room) -> None:
    page = member.get(f"/transcripts/{room.transcript}").text
    assert re.findall(r'<article class="speech" id="(turn-\d)">', page) == ["turn-1", "turn-2", "turn-3"]
    assert 'href="#turn-2"' in page


def test_a_captioners_mark_is_set_apart(member: Browser, room: Room) -> None:
    assert '<span class="captioner">(inaudible)</span>' in member.get(f"/transcripts/{room.transcript}").text


def test_the_page_says_that_captions_are_no_record(member: Browser, room: Room) -> None:
    assert "not an authoritative record" in member.get(f"/transcripts/{room.transcript}").text


def test_what_waits_links_to_triage_for_those_who_triage(secretariat: Browser, member: Browser, room: Room) -> None:
    path, link = f"/transcripts/{room.transcript}", f'href="/triage/{room.archive}"'
    assert link in secretariat.get(path).text
    assert link not in member.get(path).text
    assert tags(member.get(path).text) == ["waits for triage", "waits for triage"]


def test_each_passage_says_what_became_of_it(app: Flask, world: World, member: Browser, room: Room) -> None:
    number = make_board_item(app, world, number=14)
    with app.extensions["sessions"].writing() as session:
        item = session.get_one(Item, 1)
        attach(session, session.get_one(Proposal, room.archive), item, Relation.REPEATS, by=SYSTEM, now=NOW)
        sundays = session.get_one(Proposal, room.sundays)
        set_aside(session, sundays, AsideReason.EXCHANGE_IN_THE_ROOM, by=SYSTEM, now=NOW)
    page = member.get(f"/transcripts/{room.transcript}").text
    assert tags(page) == ["repeats item 14", "set aside: exchange in the room"]
    assert f'href="/items/{number}"' in page


def test_a_passage_that_is_asked_for_is_shown(member: Browser, room: Room) -> None:
    start = TEXT.index(ARCHIVE)
    page = member.get(f"/transcripts/{room.transcript}?at={start}-{start + len(ARCHIVE)}").text
    assert re.search(r'<a id="at"></a><mark class="fate-waiting at">We should keep', page)
    assert "Passage 1 of 2" in page


def test_one_goes_from_passage_to_passage(member: Browser, room: Room) -> None:
    page = member.get(f"/transcripts/{room.transcript}").text
    (first,) = re.findall(r'href="([^"]+)" rel="next"', page)
    second = re.findall(r'href="([^"]+)" rel="next"', member.get(first).text)
    last = member.get(second[0]).text
    assert "Passage 2 of 2" in last
    assert re.findall(r'href="([^"]+)" rel="prev"', last) == [first]
    assert 'rel="next"' not in last


@pytest.mark.parametrize("at", ["", "5", "9-3", "1-99999", "a-b", "-1-4", "00000000001-2", "<script>"])
def test_a_place_that_the_text_has_not_is_no_place(member: Browser, room: Room, at: str) -> None:
    answer = member.get(f"/transcripts/{room.transcript}", query_string={"at": at})
    assert (answer.status_code, 'id="at"' in answer.text) == (200, False)


def test_a_transcript_of_others_is_not_there(visitor: Browser, stranger_member: Browser, room: Room) -> None:
    for browser in (visitor, stranger_member):
        for path in (f"/transcripts/{room.transcript}", f"/transcripts/{room.transcript}/original"):
            assert browser.get(path).status_code == 404


def test_a_published_one_is_read_without_what_is_internal(app: Flask, world: World, visitor: Browser) -> None:
    room = make_room(app, world, visibility=Visibility.PUBLISHED)
    page = visitor.get(f"/transcripts/{room.transcript}").text
    assert "We should keep an archive" in words(page)
    assert tags(page) == []
    assert "<mark" not in page


def test_another_registers_pages_do_not_show_it(secretariat: Browser, room: Room) -> None:
    assert secretariat.get(f"/b/park-board/transcripts/{room.transcript}").status_code == 404


def test_the_file_comes_back_byte_for_byte_and_is_never_shown(member: Browser, room: Room) -> None:
    answer = member.get(f"/transcripts/{room.transcript}/original")
    assert answer.data == TEXT.encode()
    assert answer.headers["Content-Disposition"] == "attachment; filename=session.txt"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_transcript_never_acts(app: Flask, world: World, secretariat: Browser, payload: str) -> None:
    text = f"{payload.replace(':', '')}: {ARCHIVE} {payload}\n\nMS SILVA: {SUNDAYS} {payload}"
    room = make_room(app, world, text)
    pages = ("", "/speakers", "/speakers?turn=1", "/turns/1")
    assert [f for page in pages for f in acting(secretariat.get(f"/transcripts/{room.transcript}{page}").text)] == []
    assert list(acting(secretariat.get(f"/triage/{room.archive}").text)) == []
    assert list(acting(secretariat.get("/triage").text)) == []


LONG = "\n\n".join(f"MS SILVA: {number} " + "We should keep it. " * 200 for number in range(1, 21))


@pytest.fixture
def long(app: Flask, world: World) -> str:
    room = make_room(app, world, f"CHAIR: {ARCHIVE}\n\nMS SILVA: {SUNDAYS}\n\n{LONG}")
    return f"/transcripts/{room.transcript}"


def shown(html: str) -> list[int]:
    return [int(seq) for seq in re.findall(r'<article class="speech" id="turn-(\d+)">', html)]


def test_a_long_transcript_comes_in_pages(member: Browser, long: str) -> None:
    seen, path = [], long
    for _ in range(9):
        page = member.get(path).text
        seen += shown(page)
        following = re.findall(r'rel="next" href="(\?turn=\d+)"', page)
        path = long + following[0] if following else ""
        if not path:
            break
    assert seen == list(range(1, 23))


@pytest.mark.parametrize("turn", [1, 9, 22])
def test_every_turn_has_its_place_on_every_page(member: Browser, long: str, turn: int) -> None:
    page = member.get(f"{long}?turn={turn}").text
    assert turn in shown(page)
    assert all(f'id="turn-{seq}"' in page for seq in range(1, 23))


def test_a_passage_is_shown_on_the_page_that_has_it(member: Browser, long: str) -> None:
    start = len(f"CHAIR: {ARCHIVE}\n\nMS SILVA: {SUNDAYS}\n\n") + LONG.index("15 We should")
    assert 17 in shown(member.get(f"{long}?at={start}-{start + 20}").text)


def test_the_whole_can_be_had_on_one_page(member: Browser, long: str) -> None:
    assert len(shown(member.get(f"{long}?all=1").text)) == 22


def test_words_are_found_in_the_whole_transcript(member: Browser, long: str) -> None:
    page = member.get(f"{long}?q=open+ON%0Asundays").text
    assert "1 turn with" in page
    assert "<mark>open on Sundays</mark>" in page


@pytest.mark.parametrize("query", ["q=(.*", "q=%3Cscript%3E", "turn=x", "turn=99", "q=" + "a" * 500])
def test_odd_questions_find_nothing(member: Browser, long: str, query: str) -> None:
    answer = member.get(f"{long}?{query}")
    assert (answer.status_code, "<mark>" in answer.text) == (200, False)


def test_the_margin_says_for_whom_and_when(app: Flask, world: World, member: Browser) -> None:
    room = make_room(app, world, f"CHAIR: I speak on behalf of the Mill Group. {ARCHIVE}\n\nMS SILVA: {SUNDAYS}")
    with app.extensions["sessions"].writing() as session:
        for turn in session.exec(select(Turn)).all():
            turn.said_at = 3723
        leave(session, f"transcript:{room.transcript}", "made", by=SYSTEM, now=NOW)
    page = words(member.get(f"/transcripts/{room.transcript}").text)
    assert "coalition or group: the Mill Group as read" in page
    assert "1:02:03" in page


def test_the_search_leads_from_one_turn_with_the_words_to_the_next(member: Browser, room: Room) -> None:
    path, first, second = f"/transcripts/{room.transcript}", TEXT.index("on."), TEXT.index("on the board")
    assert "“on”: turn – of 2" in member.get(f"{path}?q=on").text
    page = member.get(f"{path}?q=on&at={first}-{first + 2}").text
    assert "“on”: turn 1 of 2" in page
    assert f'q=on&amp;at={second}-{second + 2}#at" data-key="."' in page
    assert 'data-key=","' not in page
