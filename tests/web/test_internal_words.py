"""What is internal stays so: no page or file shows a word of it to a stranger, another body or a mere rapporteur."""

import io
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from tests.factories import NOW, SYSTEM
from tests.town import Town, make_town
from tests.town.addresses import PAGES
from tests.town.internal import MARKS, VOLUNTEERS, keep_to_itself
from tests.web.browsing import Browser, links_of
from tracker import create_app
from tracker.meetings.models import Meeting, MeetingRapporteur, Milestone
from tracker.people.models import Body, Person
from tracker.reports.changes import issue

#: beside the pages: files, feeds, prints and searches
FILES = (
    "/items.csv", "/items.xlsx", "/items?print=1", "/items?view=board", "/items?view=timeline", "/calendar.ics",
    "/milestones.ics", "/reports/spring/draft.json", "/reports/spring/v1.json", "/reports/spring/v1.csv",
    "/milestones/spring/agenda/print?chair=1", "/items/3", "/items/3?print=1", "/items?late=1", "/items?quiet=1",
    *(f"/reports/spring/v2.{ending}" for ending in ("html", "csv", "xlsx", "docx", "pptx", "md", "json")),
    "/reports/spring/v2", "/search?q=brooms", "/milestones/summer",
    *(f"/search?q={mark}" for mark in sorted(MARKS)),
)  # fmt: skip
#: of one page with other questions
MOST_STATES = 4
WORD = re.compile("|".join(sorted(MARKS | VOLUNTEERS, key=len, reverse=True)), re.IGNORECASE)


@pytest.fixture(scope="module")
def marked(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The town with marked words in what is internal; Rafa is rapporteur of the session that is published."""
    folder = tmp_path_factory.mktemp("marked")
    shutil.copy(migrated, folder / "marked.sqlite")
    url = f"sqlite:///{folder / 'marked.sqlite'}"
    app = create_app({"DATABASE_URL": url, "VAR_DIR": str(folder / "var"), "SECRET_KEY": "a test's own"})
    app.config["TESTING"] = True
    town = make_town(app)
    with app.extensions["sessions"].writing() as session:
        mira, sara = (session.get_one(Person, getattr(town.world, name)) for name in ("member", "secretariat"))
        keep_to_itself(session, session.get_one(Body, town.world.register), mira, sara)
        talk = session.exec(select(Meeting).where(Meeting.slug == "taking-stock")).one()
        spring = session.exec(select(Milestone).where(Milestone.slug == "spring")).one()
        issue(session, spring, as_of=NOW.date(), by=SYSTEM, now=NOW)
        session.add(MeetingRapporteur(meeting_id=talk.id, person_id=town.world.rapporteur))
    yield town
    app.extensions["sessions"].engine.dispose()


def read_by(town: Town, name: str | None) -> dict[str, set[str]]:
    """Return the marked words that somebody reads, each with the addresses that show it."""
    browser = Browser(town.app, name and getattr(town.world, name))
    waiting = [*(path.format(**town.names) for paths in PAGES.values() for path in paths), *FILES, "/"]
    words, seen, states = dict[str, set[str]](), set[str](), Counter[str]()
    while waiting:
        path = waiting.pop(0)
        page = path.partition("?")[0]
        if path in seen or states[page] == MOST_STATES:
            continue
        seen.add(path)
        states[page] += path not in FILES
        answer = browser.client.get(path, buffered=True)
        waiting += links_of(answer)
        for word in WORD.findall(_text(answer.data)):
            if word.lower() not in path:  # a page may repeat what it was asked
                words.setdefault(word.lower(), set()).add(path)
    return words


def _text(data: bytes) -> str:
    if data.startswith(b"PK"):
        packed = zipfile.ZipFile(io.BytesIO(data))
        data = b"".join(packed.read(name) for name in packed.namelist())
    return data.decode(errors="replace")


@pytest.mark.parametrize("name", [None, "stranger_member"])
def test_outside_nobody_reads_internal_words_or_who_works_for_it(marked: Town, name: str | None) -> None:
    assert read_by(marked, name) == {}


def test_a_mere_rapporteur_reads_no_internal_words(marked: Town) -> None:
    words = read_by(marked, "rapporteur")
    assert {word: paths for word, paths in words.items() if word in MARKS} == {}


def test_the_secretariat_reads_every_marked_word(marked: Town) -> None:
    assert (MARKS | VOLUNTEERS) - read_by(marked, "secretariat").keys() == set()
