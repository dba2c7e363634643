"""What a list shows, on paper and as files: the same items, and never one that the reader may not see."""

import csv
import io

from openpyxl import load_workbook
from sqlmodel import select

from tests.factories import TODAY, make_item, make_meeting, make_passage, make_transcript
from tests.web.browsing import Browser
from tests.web.items.test_lists import titles
from tests.web.items.test_pages import plain
from tests.web.shelf import Shelf
from tracker.exchange.columns import COLUMNS
from tracker.items.models import ItemPassage, Progress
from tracker.meetings.models import Visibility
from tracker.transcripts.models import Passage
from tracker.web.items import export, pages


def rows(browser: Browser, query: str = "") -> list[dict[str, str]]:
    answer = browser.get(f"/items.csv{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_a_file_holds_what_the_list_shows_in_its_order(shelf: Shelf, member: Browser) -> None:
    for title, progress in (("A", Progress.WAITING), ("B", Progress.DONE), ("C", Progress.WAITING)):
        shelf.put(title=title, progress=progress)
    found = rows(member, "?progress=waiting&sort=-number")
    assert [row["title"] for row in found] == ["C", "A"]
    assert tuple(found[0]) == COLUMNS


def test_a_workbook_holds_the_same_and_no_formula(shelf: Shelf, member: Browser) -> None:
    shelf.put(title="=HYPERLINK(1)")
    sheet = load_workbook(io.BytesIO(member.get("/items.xlsx").data)).worksheets[0]
    head, line = sheet.iter_rows()
    assert tuple(cell.value for cell in head) == COLUMNS
    assert (line[1].value, line[1].data_type) == ("=HYPERLINK(1)", "s")
    assert rows(member)[0]["title"] == "'=HYPERLINK(1)"


def test_a_file_is_named_for_the_body_and_the_day(shelf: Shelf, member: Browser) -> None:
    sent = [member.get(f"/items.{ending}").headers["Content-Disposition"] for ending in ("csv", "xlsx")]
    assert sent == [f"attachment; filename=library-board-items-2012-11-12.{ending}" for ending in ("csv", "xlsx")]
    assert member.get("/items.exe").status_code == 404


def test_a_stranger_gets_what_is_published(shelf: Shelf, visitor: Browser, stranger_member: Browser) -> None:
    shelf.put(title="Open to all", visibility=Visibility.PUBLISHED)
    shelf.put(title="Among us")
    for browser in (visitor, stranger_member):
        assert [row["title"] for row in rows(browser, "?visibility=internal")] == ["Open to all"]
        assert "Among us" not in browser.get("/items?print=1").text


def test_where_an_internal_meeting_said_it_stays_inside(shelf: Shelf, visitor: Browser, member: Browser) -> None:
    shelf.cited(visibility=Visibility.PUBLISHED)
    with shelf.writing() as session:
        passage = session.exec(select(Passage)).one()
        place = f"{passage.sha256}:{passage.start}-{passage.end}"
    assert [rows(browser)[0]["passages"] for browser in (visitor, member)] == ["", place]


def test_more_than_a_file_holds_is_refused(shelf: Shelf, member: Browser, monkeypatch: object) -> None:
    shelf.put()
    shelf.put()
    monkeypatch.setattr(export, "MOST", 1)  # type: ignore[attr-defined]
    answer = member.get("/items.csv")
    assert answer.status_code == 422
    assert "Filter the list first." in answer.text


def test_paper_has_all_pages_and_says_what_it_is(shelf: Shelf, member: Browser) -> None:
    with shelf.writing() as session:
        for number in range(pages.PAGE_SIZE + 1):
            make_item(session, shelf.board(session), title=f"Title {number:03}", own_due_on=TODAY)
    page = member.get("/items?print=1&q=title&view=timeline&sort=-number").text
    text = plain(page)
    assert len(titles(page)) == pages.PAGE_SIZE + 1
    for part in (
        "Items of Library Board",
        "Words or number: title · sorted by number, latest first",
        "51 items, Mon 12 Nov 2012, 09:00",
        "put forward by those named · not a Library Board outcome",
        "This list: http://localhost:8000/items?q=title&amp;view=timeline&amp;sort=-number",
    ):
        assert part in text
    assert "<nav" not in page


def test_paper_says_where_it_ends(shelf: Shelf, member: Browser, monkeypatch: object) -> None:
    shelf.put()
    shelf.put()
    monkeypatch.setattr(pages, "MOST_PRINTED", 1)  # type: ignore[attr-defined]
    page = member.get("/items?print=1").text
    assert "Only the first 1 are printed." in page
    assert len(titles(page)) == 1


def test_paper_says_of_its_sources_what_fits_them(shelf: Shelf, member: Browser) -> None:
    captions, written = "Captions are not an authoritative record", "ritten contributions are quoted as they were sent"
    shelf.cited(title="Said")
    with shelf.writing() as session:
        board = shelf.board(session)
        meeting, item = make_meeting(session, board, slug="sent"), make_item(session, board, title="Sent")
        letter = make_transcript(session, meeting, "MS TWO: Please dance.", author_key="ana")
        passage = make_passage(session, letter, "Please dance.")
        session.add(ItemPassage(item_id=item.id, passage_id=passage.id))
    seen = []
    for words in ("Said", "Sent", ""):
        page = member.get(f"/items?print=1&q={words}").text
        seen.append((captions in page, written in page))
    assert seen == [(True, False), (False, True), (True, True)]
