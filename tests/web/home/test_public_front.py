"""What a stranger sees first: figures, the latest report, what comes, themes, the last changes; all of it published."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import Session

from tests.factories import NOW, SYSTEM, TODAY, make_item, make_milestone
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.shelf import Shelf
from tracker.db import thawed
from tracker.history import leave
from tracker.items import changes
from tracker.items.models import Item, Progress, ProposerView
from tracker.meetings.models import Visibility
from tracker.reports.changes import issue
from tracker.reports.models import Report
from tracker.reports.snapshot import Scope
from tracker.updates.changes import record
from tracker.updates.progress_rules import ProgressStep

HOUR = timedelta(hours=1)
PUBLIC = {"visibility": Visibility.PUBLISHED}


def put(session: Session, shelf: Shelf, **values: object) -> Item:
    return make_item(session, shelf.board(session), **values)


def test_the_figures_are_links_and_count_what_is_published(shelf: Shelf, visitor: Browser) -> None:
    with shelf.writing() as session:
        for progress in (Progress.NOT_STARTED, Progress.IN_PROGRESS, Progress.IN_PROGRESS, Progress.DONE):
            put(session, shelf, progress=progress, **PUBLIC)
        put(session, shelf, progress=Progress.DONE)
    page = visitor.get("/").text
    assert "4 items followed 2 in progress 1 done" in plain(page)
    assert 'href="/items?progress=in-progress"' in page


def test_a_register_opens_with_its_own_sentence_where_it_has_one(
    shelf: Shelf, secretariat: Browser, visitor: Browser
) -> None:
    default = "Recommendations and action items, followed up between meetings."
    assert default in visitor.get("/").text
    purpose = "The wishes of the town for its library."
    form = {"name": "Library Board", "purpose": f" {purpose}\n", "stakeholder_group": "unknown", "timezone": "UTC"}
    secretariat.post("/people/library-board/edit-body", {**form, "belongs": "", "digest_months": "24", "version": "1"})
    page = visitor.get("/").text
    assert (purpose in page, default in page) == (True, False)
    assert purpose in secretariat.get("/people/library-board").text


def test_a_done_that_is_disputed_is_never_counted_as_done(shelf: Shelf, visitor: Browser) -> None:
    with shelf.writing() as session:
        put(session, shelf, progress=Progress.DONE, proposer_view=ProposerView.DISPUTES, **PUBLIC)
    assert "1 item followed 1 closed, but disputed or only partly" in plain(visitor.get("/").text)


def test_nothing_published_is_said_in_one_line_with_the_way_in(shelf: Shelf, visitor: Browser) -> None:
    shelf.put(title="An internal thing", theme="secrets")
    page = visitor.get("/").text
    assert "Nothing has been published yet. Members and the secretariat see more. Sign in" in plain(page)
    assert "secrets" not in page


def test_themes_milestones_and_changes_are_those_of_published_items(shelf: Shelf, visitor: Browser) -> None:
    with shelf.writing() as session:
        board = shelf.board(session)
        public, internal = (make_milestone(session, board, slug=slug, title=slug) for slug in ("open-day", "retreat"))
        for values in (PUBLIC, {}):
            theme, milestone = ("lamps", public) if values else ("secrets", internal)
            item = put(session, shelf, title=f"About {theme}", theme=theme, milestone_id=milestone.id, **values)
            leave(session, item, "created", by=SYSTEM, now=NOW, body_id=board.id)
    page = plain(visitor.get("/").text)
    assert "lamps 1" in page
    assert "open-day Thursday 28 February 2013" in page
    assert "About lamps This item was created" in page
    assert "secrets" not in page
    assert "retreat" not in page


def test_a_change_tells_the_progress_and_neither_the_note_nor_its_author(shelf: Shelf, visitor: Browser) -> None:
    with shelf.writing() as session:
        item = put(session, shelf, title="Buy lamps")
        changes.publish(session, item, by=SYSTEM, now=NOW)
        mira = shelf.person(session, "member")
        step = ProgressStep(Progress.IN_PROGRESS)
        record(session, item, mira, "Between us", progress=step, by=SYSTEM, now=NOW)
        record(session, item, mira, "Only a note", by=SYSTEM, now=NOW)
    page = plain(visitor.get("/").text)
    assert "Buy lamps in progress" in page
    assert "Between us" not in page
    assert "Mira" not in page


def test_the_latest_public_report_has_its_sentence_and_its_bar(shelf: Shelf, visitor: Browser) -> None:
    with shelf.writing() as session:
        milestone = make_milestone(session, shelf.board(session))
        put(session, shelf, progress=Progress.DONE, **PUBLIC)
        put(session, shelf, **PUBLIC)
        issue(session, milestone, as_of=TODAY, scope=Scope.PUBLISHED, by=SYSTEM, now=NOW)
        issue(session, milestone, as_of=TODAY, scope=Scope.INTERNAL, by=SYSTEM, now=NOW)
    page = visitor.get("/").text
    assert 'href="/reports/feb-2013-consultations/v1"' in page
    assert "1 of 2 items is open" in plain(page)
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="chart"' in page


def test_a_report_whose_picture_cannot_be_read_is_named_all_the_same(shelf: Shelf, visitor: Browser) -> None:
    with shelf.writing() as session:
        milestone = make_milestone(session, shelf.board(session))
        values = {"body_id": milestone.body_id, "milestone_id": milestone.id, "as_of": date(2013, 2, 1)}
        report = Report(number=1, issued_at=NOW, picture={"scope": "published"}, **values)
        session.add(report)
        leave(session, report, "issued", by=SYSTEM, now=NOW)
    assert 'href="/reports/feb-2013-consultations/v1"' in visitor.get("/").text


def test_a_report_with_the_number_of_one_that_is_gone_has_an_opening_of_its_own(shelf: Shelf, visitor: Browser) -> None:
    with shelf.writing() as session:
        milestone = make_milestone(session, shelf.board(session))
        put(session, shelf, **PUBLIC)
        report = issue(session, milestone, as_of=TODAY, scope=Scope.PUBLISHED, by=SYSTEM, now=NOW)
        values = report.model_dump() | {
            "picture": {**report.picture, "entries": 2 * report.picture["entries"]},
            "issued_at": NOW + HOUR,
        }
    assert "The only item is open" in plain(visitor.get("/").text)
    # An example with its reports was deleted, and another report has been issued.
    with shelf.writing() as session, thawed(session, "report"):
        session.connection().execute(sa.delete(Report))
        session.connection().execute(sa.insert(Report).values(**values))
    assert "All 2 items are open" in plain(visitor.get("/").text)
