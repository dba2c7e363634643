"""Words of a passage are redacted by two: one asks, another confirms; what stands around keeps its place."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, col, select
from werkzeug.test import TestResponse

from tests.factories import make_item, make_transcript
from tests.web.browsing import Browser
from tests.web.room import ARCHIVE, SUNDAYS, TEXT, Room, make_room
from tests.web.triage.triaging import make_deputy, name_rapporteur
from tests.web.world import World
from tracker.clock import day_in
from tracker.erasure.ledger import ERASURES
from tracker.erasure.marks import MARK
from tracker.erasure.models import Redaction
from tracker.history import Event
from tracker.history_verbs import Verb
from tracker.items.models import Item
from tracker.meetings.models import Meeting, Visibility
from tracker.people.models import Body
from tracker.transcripts.models import Passage, Transcript

SECRET = "an archive of every session"
BECAUSE = "it names a thing that is confidential"
AT = f"{TEXT.index(ARCHIVE)}-{TEXT.index(ARCHIVE) + len(ARCHIVE)}"


@pytest.fixture
def room(app: Flask, world: World) -> Room:
    """A published session, so that everybody reads the page."""
    return make_room(app, world, visibility=Visibility.PUBLISHED)


def ask(browser: Browser, room: Room, at: str = AT, **values: Any) -> TestResponse:
    data = {"words": SECRET, "ground": "other", "reason": BECAUSE, **values}
    return browser.post(f"/transcripts/{room.transcript}/redactions/new?at={at}", data)


def settle(browser: Browser, room: Room, what: str, number: int = 1) -> TestResponse:
    return browser.post(f"/transcripts/{room.transcript}/redactions/{number}/{what}")


def stored(session: Session, room: Room) -> str:
    return session.get_one(Transcript, room.transcript).text


def text_of(browser: Browser, room: Room) -> str:
    with browser.session() as session:
        return stored(session, room)


def page_of(browser: Browser, room: Room) -> str:
    return browser.get(f"/transcripts/{room.transcript}").text


def test_the_pages_of_turn_and_passage_lead_there(secretariat: Browser, room: Room) -> None:
    for path in (f"/transcripts/{room.transcript}/turns/1", f"/triage/{room.archive}"):
        assert f"/transcripts/{room.transcript}/redactions/new?at=" in secretariat.get(path).text
    assert ARCHIVE in secretariat.get(f"/transcripts/{room.transcript}/redactions/new?at={AT}").text


def test_only_the_secretariat_asks(app: Flask, world: World, chair: Browser, room: Room) -> None:
    name_rapporteur(app, world.rapporteur, room.meeting)
    rapporteur = Browser(app, world.rapporteur)
    assert "/redactions/new" not in rapporteur.get(f"/transcripts/{room.transcript}/turns/1").text
    assert [ask(browser, room).status_code for browser in (chair, rapporteur)] == [404, 404]


def test_nothing_goes_before_a_second_person_has_confirmed_it(secretariat: Browser, chair: Browser, room: Room) -> None:
    assert "waits for a second person" in secretariat.follow(ask(secretariat, room)).text
    assert text_of(secretariat, room) == TEXT
    assert f"Sara Secretary proposes to redact this, because {BECAUSE}" in page_of(chair, room)
    assert settle(secretariat, room, "confirm").status_code == 422
    assert text_of(secretariat, room) == TEXT


def test_who_asked_is_told_who_can_confirm(secretariat: Browser, room: Room) -> None:
    ask(secretariat, room)
    page = page_of(secretariat, room)
    assert "the chair or somebody else of the secretariat must confirm it" in page
    assert "Confirm and redact for good" not in page


def test_readers_see_nothing_of_what_waits(app: Flask, secretariat: Browser, member: Browser, room: Room) -> None:
    ask(secretariat, room)
    for browser in (member, Browser(app)):
        assert BECAUSE not in page_of(browser, room)


def test_marks_of_the_same_length_stand_there_and_all_else_keeps_its_place(
    secretariat: Browser, chair: Browser, room: Room
) -> None:
    with secretariat.session() as session:
        before = places(session)
    ask(secretariat, room)
    assert settle(chair, room, "confirm").status_code == 302
    with secretariat.session() as session:
        assert stored(session, room) == TEXT.replace(SECRET, MARK * len(SECRET))
        assert places(session) == before
        later = session.exec(select(Passage).where(col(Passage.start) > TEXT.index(ARCHIVE))).one()
        assert stored(session, room)[later.start : later.end] == SUNDAYS


def places(session: Session) -> list[tuple[int, int, str, str]]:
    """Each passage with the hash of the file it quotes, and that of the transcript itself."""
    of = session.exec(select(Transcript.sha256)).one()
    return [(row.start, row.end, row.sha256, of) for row in session.exec(select(Passage).order_by(col(Passage.id)))]


def test_every_reader_is_told_when_by_whom_and_why(
    app: Flask, secretariat: Browser, chair: Browser, room: Room
) -> None:
    ask(secretariat, room)
    settle(chair, room, "confirm")
    page = page_of(Browser(app), room)
    with secretariat.session() as session:
        day = day_in("Europe/Zurich", session.exec(select(col(Redaction.done_at))).one())
    assert f"{day:%B %Y}, by the secretariat, because {BECAUSE}" in page
    assert (SECRET in page, MARK * len(SECRET) in page, page.count("Redacted on")) == (False, True, 1)


def test_the_ledger_can_do_it_again(app: Flask, secretariat: Browser, chair: Browser, room: Room) -> None:
    ask(secretariat, room, ground="law-or-court")
    settle(chair, room, "confirm")
    entry = json.loads((app.extensions["config"].var / ERASURES).read_text())
    start = TEXT.index(SECRET)
    assert (entry["kind"], entry["ground"]) == ("redaction", "law-or-court")
    assert [(span["start"], span["end"]) for span in entry["spans"]] == [(start, start + len(SECRET))]
    assert "archive" not in str(entry)


def test_what_repeats_the_words_loses_them(
    app: Flask, world: World, secretariat: Browser, chair: Browser, room: Room
) -> None:
    with secretariat.session() as session:
        item = make_item(session, session.get_one(Body, world.register), text=f"Make {SECRET}.").id
        session.commit()
    kept = app.extensions["config"].var / "mail" / "old.eml"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(f"Subject: News\n\nMake {SECRET}.")
    ask(secretariat, room)
    settle(chair, room, "confirm")
    with secretariat.session() as session:
        assert "archive" not in session.get_one(Item, item).text
    assert not kept.exists()


def test_the_same_words_go_in_every_version(secretariat: Browser, chair: Browser, room: Room) -> None:
    with secretariat.session() as session:
        sitting = session.get_one(Meeting, room.meeting)
        longer = f"CHAIR: Good day to the archive.\n\n{TEXT} And so on."
        version = make_transcript(session, sitting, longer, number=2).id
        session.commit()
    # One word says too little to be looked for everywhere: it is known by its place.
    ask(secretariat, room, words="archive")
    settle(chair, room, "confirm")
    with secretariat.session() as session:
        text = session.get_one(Transcript, version).text
    assert text == longer.replace("keep an archive", f"keep an {MARK * len('archive')}")
    assert chair.get(f"/transcripts/{version}").text.count(f"because {BECAUSE}") == 1


def test_without_words_the_whole_passage_goes(secretariat: Browser, chair: Browser, room: Room) -> None:
    ask(secretariat, room, words="")
    settle(chair, room, "confirm")
    assert text_of(secretariat, room) == TEXT.replace(ARCHIVE, MARK * len(ARCHIVE))


def test_each_place_of_the_words_in_the_passage_goes_and_no_other(
    secretariat: Browser, chair: Browser, room: Room
) -> None:
    ask(secretariat, room, words="o")
    settle(chair, room, "confirm")
    assert text_of(secretariat, room) == TEXT.replace(ARCHIVE, ARCHIVE.replace("o", MARK))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"words": SUNDAYS}, "These words do not stand in the passage."),
        ({"reason": ""}, "Say why."),
        ({"reason": " "}, "Give a reason without"),
        ({"reason": f"they want {SECRET.upper()}!"}, "Give a reason without the words themselves"),
        ({"ground": ""}, "Choose one."),
        ({"words": "a" * 3000}, "Field cannot be longer than 2000 characters."),
    ],
)
def test_what_cannot_be_redacted_is_said_and_kept_as_typed(
    secretariat: Browser, room: Room, values: dict[str, Any], said: str
) -> None:
    answer = ask(secretariat, room, **values)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert (values.get("words") or SECRET) in answer.text


@pytest.mark.parametrize("at", ["", "5", "7-3", "0-99999"])
def test_a_place_that_the_text_does_not_have_is_not_found(secretariat: Browser, room: Room, at: str) -> None:
    assert ask(secretariat, room, at).status_code == 404


def test_nobody_asks_twice(secretariat: Browser, chair: Browser, room: Room) -> None:
    ask(secretariat, room)
    assert "already asked for this" in ask(secretariat, room).text
    settle(chair, room, "confirm")
    assert "redacted already" in ask(secretariat, room, words=MARK * len(SECRET)).text


@pytest.mark.parametrize(("own", "verb"), [(True, Verb.WITHDRAWN), (False, Verb.SENT_BACK)])
def test_it_is_withdrawn_or_sent_back(
    app: Flask, world: World, secretariat: Browser, room: Room, own: bool, verb: Verb
) -> None:
    ask(secretariat, room)
    browser = secretariat if own else make_deputy(app, world)
    assert ("Withdraw it" if own else "Send it back") in page_of(browser, room)
    assert settle(browser, room, "back").status_code == 302
    assert settle(browser, room, "confirm").status_code == 409
    with secretariat.session() as session:
        events = session.exec(select(Event.verb).where(Event.subject == f"transcript:{room.transcript}")).all()
        assert (events[-2:], stored(session, room)) == ([Verb.REDACTION_REQUESTED, verb], TEXT)


@pytest.mark.parametrize("what", ["confirm", "back"])
def test_what_is_done_is_neither_done_again_nor_undone(
    secretariat: Browser, chair: Browser, room: Room, what: str
) -> None:
    ask(secretariat, room)
    settle(chair, room, "confirm")
    assert settle(chair, room, what).status_code == 409


def test_a_member_confirms_nothing(secretariat: Browser, member: Browser, room: Room) -> None:
    ask(secretariat, room)
    assert [settle(member, room, what).status_code for what in ("confirm", "back")] == [404, 404]
    assert text_of(secretariat, room) == TEXT
